"""Lesson 00 by other means: a straight line through two known points."""

import numpy as np


def through_two_points(x):
    """The line through (0, 1) and (1, 3), by Lagrange's formula."""
    return np.multiply(np.subtract(1, x), 1) + np.multiply(x, 3)


ORACLES = {"twice-plus-one": through_two_points}
