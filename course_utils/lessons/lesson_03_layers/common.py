"""What several exercises of lesson 03 share."""

from itertools import pairwise


def some_layers(rng, *sizes):
    """A pair (W, b) of random numbers for each gap between two sizes."""
    return [(rng.normal(size=(d, f)), rng.normal(size=f)) for d, f in pairwise(sizes)]
