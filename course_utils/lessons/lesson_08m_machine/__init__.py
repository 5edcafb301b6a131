"""Milestone after lesson 08: what is wrong with a machine, heard by a network and its optimizer in NumPy."""

from course_utils.exercises import Lesson

from .questions import report
from .train import train

lesson = Lesson("08m_machine", "A machine complains", [train, report], optional=True)
