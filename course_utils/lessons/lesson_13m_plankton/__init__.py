"""Milestone after lesson 13: beings in a drop of water, named by a CNN of the learner's own."""

from course_utils.exercises import Lesson

from .questions import report
from .train_mistakes import train

lesson = Lesson("13m_plankton", "Life in a drop", [train, report], optional=True)
