"""What several exercises of lesson 16 share."""

import numpy as np

# The worked example of the lesson: one question, three keys, three answers.
QUERY = np.array([[1.0, 1.0, 1.0, 1.0]])


KEYS = np.array([[1.0, 1.0, 0.0, 0.0], [0.0, 0.0, 0.0, 0.0], [1.0, 0.0, 1.0, 0.0]])
