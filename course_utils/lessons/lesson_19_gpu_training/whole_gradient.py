"""One gradient from several devices."""

import numpy as np

from course_utils.exercises import FunctionExercise, edge, random, small


def of_all(gradients, counts):
    """The gradient of the mean over all samples, from the mean gradient and the number of samples of each device."""
    return sum(n * g for n, g in zip(counts, gradients, strict=True)) / sum(counts)


whole_gradient = FunctionExercise(
    "whole-gradient", reference=of_all, points=3, title="One gradient from several devices"
)


@whole_gradient.cases
def _(rng):
    def drawn(devices, *shape):
        return [rng.normal(size=shape) for _ in range(devices)]

    yield small("3 and 1 samples: (2.5, 5)", [np.array([2.0, 4.0]), np.array([4.0, 8.0])], [3, 1])
    yield random("three devices, a kernel", drawn(3, 4, 2), rng.permutation([3, 7, 12]).tolist())
    yield random("three devices, a kernel of three rows", drawn(3, 3, 2), rng.permutation([2, 5, 9]).tolist())
    yield random("four devices", drawn(4, 3), rng.permutation([1, 8, 8, 9]).tolist())
    yield edge("equal shards", drawn(2, 3), [5, 5])
    yield edge("a device without samples", [*drawn(2, 3), np.zeros(3)], [4, 2, 0])
    yield edge("the first without samples, its array left over", drawn(3, 3), [0, 2, 4])
    yield edge("a single device", drawn(1, 2), [6])
    yield edge("hundreds of samples", drawn(2, 3), [700, 45])
    yield edge("large gradients, on eight devices", [1000 * g for g in drawn(8, 2, 2)], list(range(1, 9)))


@whole_gradient.variant("the sum over all samples, then divided")
def _(gradients, counts):
    total = sum(n * g for n, g in zip(counts, gradients, strict=True))
    return total / sum(counts)


@whole_gradient.variant("np.average")
def _(gradients, counts):
    return np.average(np.array(gradients), axis=0, weights=counts)


@whole_gradient.variant("shares first")
def _(gradients, counts):
    shares = np.array(counts) / np.sum(counts)
    return np.tensordot(shares, np.stack(gradients), axes=1)


@whole_gradient.variant("in a loop")
def _(gradients, counts):
    total = 0
    for place, count in enumerate(counts):
        total = total + count * gradients[place]
    return total / sum(counts)


whole_gradient.slip(
    "return-in-the-loop",
    "The loop ends with its first device, because the function returns inside it. How far in does `return` stand?",
    "\n    return total",
    "\n        return total",
    of="in a loop",
)

whole_gradient.slip(
    "only-two-devices",
    "With two devices all is right; of three or more, those behind the second are not heard. How many may there be?",
    "total / sum(counts)",
    "(sum(counts[:2]) and sum(n * g for n, g in zip(counts[:2], gradients, strict=False)) / sum(counts[:2]))",
)

whole_gradient.slip(
    "plain-mean",
    "You trust the device with one sample as much as the one with three. What should each mean weigh?",
    "total / sum(counts)",
    "np.mean(gradients, axis=0)",
)

whole_gradient.slip(
    "sum",
    "You added the means. Two devices with the same gradient would step twice as far. Divide by?",
    "total / sum(counts)",
    "np.sum(gradients, axis=0)",
)

whole_gradient.slip(
    "not-divided", "This is the sum over all samples. How many samples are there on all devices?", " / sum(counts)", ""
)

whole_gradient.slip(
    "divided-by-devices",
    "Each mean is weighed by its samples, then you divide by the number of devices. Divide by what?",
    "sum(counts)",
    "len(counts)",
)

whole_gradient.slip(
    "weighed-the-other-way",
    "The device with few samples is the loudest. Whose samples should each mean be multiplied by?",
    "total / sum(counts)",
    "sum((sum(counts) - n) * g for n, g in zip(counts, gradients, strict=True)) / sum(counts)",
)

whole_gradient.slip(
    "one-number",
    "One single number came out. Each number of the gradient has a mean of its own: over what do you add?",
    "total / sum(counts)",
    "np.sum(total) / sum(counts)",
)

whole_gradient.slip(
    "of-the-largest",
    "You heard the device with the most samples alone. What did the others compute?",
    "total / sum(counts)",
    "gradients[int(np.argmax(counts))]",
)

whole_gradient.slip(
    "first-device",
    "Only the first device was heard. What did the others compute?",
    "total / sum(counts)",
    "gradients[0]",
)

whole_gradient.slip(
    "divided-twice",
    "Each gradient is a mean already; dividing it by its count once more makes it too small. Multiply?",
    "total / sum(counts)",
    "sum(g / n if n else g for n, g in zip(counts, gradients, strict=True))",
)

for name, wrong, hint in (
    (
        "sum-of-weighed-by-mean-count",
        "total / np.mean(counts)",
        "You divide by the mean number of samples of a device. How many samples are there on all of them?",
    ),
    (
        "divided-by-both",
        "total / sum(counts) / len(counts)",
        "The sum over all samples is divided by their number, and then by the number of devices too. Which one is enough?",
    ),
    (
        "divided-by-the-largest",
        "total / max(counts)",
        "You divide by the samples of one device. How many are there on all of them?",
    ),
    (
        "divided-by-the-first",
        "total / (counts[0] or 1)",
        "You divide by the samples of the first device. How many are there on all of them?",
    ),
    (
        "divided-by-the-last",
        "total / (counts[-1] or 1)",
        "You divide by the samples of the last device. How many are there on all of them?",
    ),
    (
        "divided-by-the-length",
        "total / len(gradients[0])",
        "You divide by the length of a gradient. What is the mean taken over: the numbers of a gradient, or the samples?",
    ),
    (
        "empty-device-heard",
        "sum(max(n, 1) * g for n, g in zip(counts, gradients, strict=True)) / sum(max(n, 1) for n in counts)",
        "A device without samples has nothing to say, and you count it as one sample. What should its mean weigh?",
    ),
    (
        "mean-of-devices-with-samples",
        "np.mean([g for n, g in zip(counts, gradients, strict=True) if n], axis=0)",
        "The empty device is left out, but the others all weigh the same. What should the mean of each weigh?",
    ),
    (
        "divided-by-devices-with-samples",
        "total / sum(n > 0 for n in counts)",
        "You divide by the number of devices that have samples. How many *samples* did you add up?",
    ),
    (
        "last-device-left-out",
        "sum(n * g for n, g in zip(counts[:-1], gradients[:-1], strict=True)) / sum(counts)",
        "The last device is not heard, though its samples are counted. How far does your loop go?",
    ),
    (
        "first-device-left-out",
        "sum(n * g for n, g in zip(counts[1:], gradients[1:], strict=True)) / sum(counts)",
        "The first device is not heard, though its samples are counted. Where does your loop begin?",
    ),
):
    whole_gradient.slip(name, hint, "total / sum(counts)", wrong)


_OTHER_AXIS = (
    "{} adds along the last axis but one of the array on the right. In a stack of biases that is the axis of the devices; in a stack "
    "of kernels it is that of a kernel's rows. Over which axis did you want to add?"
)


@whole_gradient.mistake("dot-over-rows", _OTHER_AXIS.format("`np.dot`"))
def _(gradients, counts):
    return np.dot(np.array(counts), np.array(gradients)) / sum(counts)


@whole_gradient.mistake("product-over-rows", _OTHER_AXIS.format("`@`"))
def _(gradients, counts):
    return np.array(counts) @ np.array(gradients) / sum(counts)


@whole_gradient.mistake(
    "changes-input",
    "The result is right, but a device's gradient was changed. `*=` and `+=` write into the caller's array.",
)
def _(gradients, counts):
    total = gradients[0]
    total *= counts[0]
    for n, g in zip(counts[1:], gradients[1:], strict=True):
        total += n * g
    return total / sum(counts)


whole_gradient.equivalent("np.array(gradients)", "gradients", why="NumPy makes the array itself")
whole_gradient.equivalent("np.stack(gradients)", "gradients", why="NumPy makes the array itself")
whole_gradient.equivalent("np.array(counts)", "counts", why="NumPy makes the array itself")
