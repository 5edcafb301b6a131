"""The worked example of lesson 16: one query and three keys."""

import numpy as np

QUERY = np.array([[1.0, 1.0, 1.0, 1.0]])

KEYS = np.array([[1.0, 1.0, 0.0, 0.0], [0.0, 0.0, 0.0, 0.0], [1.0, 0.0, 1.0, 0.0]])
