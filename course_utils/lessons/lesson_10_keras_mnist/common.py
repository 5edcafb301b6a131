"""Made-up shares of classes, as a softmax would give them."""

import numpy as np


def shares_of(rng, rows, classes=10):
    """Random shares, none of them too near to 0."""
    return 0.9 * rng.dirichlet(np.full(classes, 0.3), size=rows) + 0.1 / classes
