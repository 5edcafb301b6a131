"""Mini-batches: a few samples at a time, each sample once per epoch."""

from collections.abc import Iterator

import numpy as np


def batches(
    x: np.ndarray, y: np.ndarray, batch_size: int = 32, rng: np.random.Generator | None = None
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """All samples once, batch_size at a time (the last batch may be smaller), shuffled if rng is given.

    Errors: ValueError when x and y differ in length or batch_size is less than 1.

    >>> [x.tolist() for x, y in batches(np.arange(5), np.arange(5), batch_size=2)]
    [[0, 1], [2, 3], [4]]
    """
    if len(x) != len(y):
        raise ValueError(f"x has {len(x)} samples and y has {len(y)}: every sample needs its label.")
    if batch_size < 1:
        raise ValueError(f"batch_size must be at least 1, but it is {batch_size}.")
    order = rng.permutation(len(x)) if rng is not None else None
    for start in range(0, len(x), batch_size):
        chosen = slice(start, start + batch_size)
        if order is not None:
            chosen = order[chosen]
        yield x[chosen], y[chosen]
