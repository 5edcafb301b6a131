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


def mixes_all(seen, count):
    """Whether samples come so much earlier than they stood that the shuffle must have held nearly all of them.

    Of all honest shuffles one in ten million does not reach this.
    """
    return farthest(seen) >= count - np.sqrt(32 * count / len(seen["labels"]))


def pixels_of(numbers):
    """The pixels, from 1 to 254, of the images with these numbers; 0 where a batch was padded."""
    return np.where(numbers > 0, (numbers - 1) % 254 + 1, 0)


def paired(seen, factor=1.0):
    """Whether every image still stands beside its label, with pixels that are the stored ones / factor."""
    return all(
        np.size(x) == np.size(y) and np.allclose(np.reshape(x, np.shape(y)) * factor, pixels_of(y), atol=1e-3)
        for x, y in zip(seen["images"], seen["labels"], strict=True)
    )


def torn_apart(seen):
    """Whether all images are there, scaled as they should be or not at all, but not beside their labels."""
    return any(
        not paired(seen, factor)
        and all(
            np.size(x) == np.size(y)
            and np.allclose(np.sort(np.ravel(x)) * factor, np.sort(np.ravel(pixels_of(y))), atol=1e-3)
            for x, y in zip(seen["images"], seen["labels"], strict=True)
        )
        for factor in (1, 255)
    )


def pixel_problem(seen):
    """What is wrong with the images, as a sentence; None when they are float32 from 0 to 1, beside their labels."""
    if torn_apart(seen):
        return "an image and its label do not come out together"
    if paired(seen):
        return "the pixels are not divided by 255"
    if all_black(seen):
        return "every pixel is 0"
    if not paired(seen, 255):
        return "the pixels are not the stored ones divided by 255"
    kinds = {x.dtype.name for x in seen["images"]} - {"float32"}
    return f"the pixels should be float32, but are {', '.join(kinds)}" if kinds else None


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
