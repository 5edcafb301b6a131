"""Random layers, each a pair (W, b), for networks of any sizes."""

from itertools import pairwise


def some_layers(rng, *sizes):
    """A pair (W, b) of random numbers for each gap between two sizes."""
    return [(rng.normal(size=(d, f)), rng.normal(size=f)) for d, f in pairwise(sizes)]
