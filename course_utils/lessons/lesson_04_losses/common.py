"""How a loss shows that it went through probabilities: it breaks, or it was patched."""

import numpy as np

TOLERANCE_FLOAT64 = 1e-9  # finer than a patch inside a log, coarser than rounding


def broken(seen):
    """Whether there is an inf or a nan in what came out."""
    return isinstance(seen, float | np.floating | np.ndarray) and not np.isfinite(seen).all()


def breaks(seen, z, beyond):
    """Whether a result came out with inf or nan, for scores larger than `beyond`."""
    return broken(seen) and np.abs(z).max() > beyond


def breaks_far_apart(seen, z):
    """Whether a result broke where the largest scores of two rows are far apart."""
    return broken(seen) and z.shape[1] > 1 and z.max() - z.max(axis=1).min() > 700


def breaks_wide(seen, z):
    """Whether a result broke where the scores of one row are far apart."""
    return broken(seen) and np.ptp(z, axis=1).max() > 700


def patched(seen, losses):
    """Whether a loss looks like log(p + tiny) or log of a p kept above tiny; `losses` are the true ones of each example."""
    lowest, highest = (-np.mean(np.log(np.exp(-losses) + tiny)) for tiny in (2e-5, 1e-17))
    return isinstance(seen, float | np.floating) and lowest <= seen <= highest * (1 + 1e-9)


def limited(seen, losses):
    """Whether a loss is too small where one of the true ones is large."""
    return isinstance(seen, float | np.floating) and losses.max() > 30 and 0 <= seen < np.mean(losses)


def swept(seen, z):
    """Whether a loss looks as if nan_to_num had put 0 in the place of nan, and the largest float in that of inf."""
    return isinstance(seen, float | np.floating) and np.abs(z).max() > 30 and (seen == 0 or abs(seen) > 1e300)
