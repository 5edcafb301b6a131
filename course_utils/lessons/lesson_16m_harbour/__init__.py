"""Milestone after lesson 16: a page of a logbook is read, and a question about it answered."""

from course_utils.exercises import Lesson

from .questions import report
from .train_mistakes import train

lesson = Lesson("16m_harbour", "Where does the ship lie?", [train, report], optional=True)
