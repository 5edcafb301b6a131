"""How a loss shows that it went through probabilities: it breaks, or it was patched."""

import numpy as np


def breaks(seen, z, beyond):
    """Whether a loss came out as inf or nan, for scores larger than `beyond`."""
    return isinstance(seen, float | np.floating) and not np.isfinite(seen) and np.abs(z).max() > beyond


def patched(seen, true, z):
    """Whether a loss looks like log(p + tiny) or a clipped p: nearly right for usual scores, finite for extreme ones."""
    if not isinstance(seen, float | np.floating) or not np.isfinite(seen):
        return False
    return seen > 5 if np.abs(z).max() > 20 else abs(seen - true) < 0.02 * true
