"""What came out of a pipeline, epoch by epoch, and by what the mistakes in it are recognised."""

import numpy as np


def order(labels):
    """The numbers of an epoch in the order in which they came, without the padding of the last batch."""
    return labels[labels > 0].astype(int)


def batches_of(labels):
    """The numbers of each batch of an epoch."""
    return [row[row > 0].astype(int) for row in labels]


def ascending(numbers):
    """Whether each number is one more than the one before."""
    return bool(np.all(np.diff(numbers) == 1))


def farthest(seen):
    """By how many places a sample came earlier than it stood, at most, over all epochs."""
    return max((int(np.max(order(e) - 1 - np.arange(len(order(e))), initial=0)) for e in seen["labels"]), default=0)


def paired(seen, factor=1.0):
    """Whether every image still stands beside its label, with pixels that are label / factor."""
    return all(
        np.size(x) == np.size(y) and np.allclose(np.reshape(x, np.shape(y)) * factor, y, atol=1e-3)
        for x, y in zip(seen["images"], seen["labels"], strict=True)
    )


def all_black(seen):
    """Whether nothing is left of the pixels, all of which were above 0."""
    return not any(np.any(x) for x in seen["images"])


def same_again(seen):
    """Whether all epochs have the same order."""
    return all(np.array_equal(order(seen["labels"][0]), order(epoch)) for epoch in seen["labels"])


def flows(test):
    """The mistake is recognised by `test(seen, count, batch_size)` on a dataset of batches."""
    return lambda seen, images, labels, batch_size: (
        isinstance(seen, dict) and np.ndim(seen["labels"][0]) == 2 and bool(test(seen, len(labels), batch_size))
    )
