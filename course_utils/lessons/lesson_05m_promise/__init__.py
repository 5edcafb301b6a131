"""Milestone after lesson 05: a promised time for each ride, by gradient descent on a loss of its own."""

from course_utils.exercises import Lesson

from .questions import report
from .train import train

lesson = Lesson("05m_promise", "A promise in minutes", [train, report], optional=True)
