"""Lesson 18 has no exercise that is compared with a reference: its judge computes in NumPy what a network should do.

That NumPy is compared with Keras in test_lesson_18.py.
"""

ORACLES = {}
