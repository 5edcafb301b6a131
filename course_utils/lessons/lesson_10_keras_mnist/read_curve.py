"""Read one curve out of a TensorBoard log."""

import numpy as np

from course_utils.exercises import FunctionExercise, edge, random, small

from . import events


def curve(folder, tag):
    """The values of a scalar in a TensorBoard log."""
    return events.read_scalars(folder)[tag]


read_curve = FunctionExercise("read-curve", reference=curve, points=2, title="Read a TensorBoard log")

TAGS = ("epoch_loss", "epoch_accuracy")


@read_curve.cases
def _(rng):
    def log(run, part):
        return str(events.RUNS / run / part)

    yield small("the validation loss of the run ash", log("ash", "validation"), "epoch_loss")
    yield random(
        "the accuracy of another run",
        log(str(rng.choice(["birch", "cedar"])), str(rng.choice(["train", "validation"]))),
        "epoch_accuracy",
    )
    yield edge("a long run, elm", log("elm", str(rng.choice(["train", "validation"]))), str(rng.choice(TAGS)))


def reads(test):
    """The mistake is recognised by `test(seen, right values, folder, tag)` on numbers."""

    def when(seen, folder, tag):
        try:
            numbers = np.asarray(seen, dtype=float)
        except (TypeError, ValueError):
            return False
        return bool(test(numbers, np.array(curve(folder, tag)), folder, tag))

    return when


def alike(one, other):
    """Same shape and same float32 numbers."""
    return np.shape(one) == np.shape(other) and np.allclose(one, other, rtol=1e-5)


@read_curve.variant("through TensorBoard's NumPy helper")
def _(folder, tag):
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
    from tensorboard.util import tensor_util

    log = EventAccumulator(folder, size_guidance={"tensors": 0})
    log.Reload()
    values = [float(tensor_util.make_ndarray(event.tensor_proto)) for event in log.Tensors(tag)]
    return values


@read_curve.variant("a generous size, the values as an array's items")
def _(folder, tag):
    import tensorflow as tf
    from tensorboard.backend.event_processing import event_accumulator

    log = event_accumulator.EventAccumulator(folder, size_guidance={event_accumulator.TENSORS: 1000}).Reload()
    values = []
    for event in log.Tensors(tag):
        values.append(tf.make_ndarray(event.tensor_proto).item())
    return values


read_curve.slip(
    "only-ten",
    (
        "Ten values came back from a run of more epochs: unless told otherwise, TensorBoard's reader keeps a "
        'random ten of them. What does `size_guidance` say about "tensors"?'
    ),
    ', size_guidance={"tensors": 0}',
    "",
    when=reads(
        lambda seen, right, *_: (
            seen.shape == (10,) and len(right) > 10 and np.isin(seen.astype(np.float32), right.astype(np.float32)).all()
        )
    ),
)

read_curve.slip(
    "steps-not-values",
    "You return the numbers of the epochs: 0, 1, 2, … The value of an event stands in its `tensor_proto`.",
    "float(tensor_util.make_ndarray(event.tensor_proto))",
    "event.step",
    when=reads(lambda seen, right, *_: alike(seen, np.arange(len(right)))),
)

read_curve.slip(
    "pairs",
    "Each item is a pair of step and value. Only the values are asked for.",
    "float(tensor_util.make_ndarray(event.tensor_proto))",
    "(event.step, float(tensor_util.make_ndarray(event.tensor_proto)))",
    when=reads(lambda seen, right, *_: seen.ndim == 2 and alike(seen[:, 1], right)),
)

read_curve.slip(
    "only-the-last",
    "You return one number, the last. A curve has one value for each epoch.",
    "return values",
    "return values[-1]",
    when=reads(lambda seen, right, *_: seen.size == 1 and alike(seen.ravel(), right[-1:])),
)

read_curve.slip(
    "tag-ignored",
    "You return the loss, whatever tag is asked for. Where should `tag` stand in your code?",
    "log.Tensors(tag)",
    'log.Tensors("epoch_loss")',
    when=reads(lambda seen, right, folder, tag: tag != "epoch_loss" and alike(seen, curve(folder, "epoch_loss"))),
)

read_curve.slip(
    "backwards",
    "The values are right, but the last epoch comes first. Keep the order of the steps.",
    "return values",
    "return values[::-1]",
    when=reads(lambda seen, right, *_: alike(seen[::-1], right)),
)

read_curve.slip(
    "from-the-second",
    "The first epoch is missing. From which place on do you take the values?",
    "return values",
    "return values[1:]",
    when=reads(lambda seen, right, *_: alike(seen, right[1:])),
)

read_curve.slip(
    "without-the-last",
    "The last epoch is missing. Up to which place do you take the values?",
    "return values",
    "return values[:-1]",
    when=reads(lambda seen, right, *_: alike(seen, right[:-1])),
)

read_curve.slip(
    "sorted",
    "The values come sorted by size. Keep the order of the steps: a curve may rise again.",
    "return values",
    "return sorted(values, reverse=True)",
    when=reads(
        lambda seen, right, *_: (
            not alike(seen, right) and (alike(seen, np.sort(right)) or alike(seen[::-1], np.sort(right)))
        )
    ),
)

read_curve.slip(
    "rounded",
    "The values are rounded. The cell above rounds for the eye only: return the numbers as they are.",
    "return values",
    "return [round(value, 4) for value in values]",
    when=reads(
        lambda seen, right, *_: any(
            np.shape(seen) == np.shape(right) and np.allclose(seen, right.round(k), atol=1e-9) for k in (1, 2, 3, 4)
        )
    ),
)

read_curve.slip(
    "times-not-values",
    "You return when each value was written. The value of an event stands in its `tensor_proto`.",
    "float(tensor_util.make_ndarray(event.tensor_proto))",
    "event.wall_time",
    when=reads(lambda seen, right, *_: len(seen) == len(right) and np.min(seen) > 1e9),
)

read_curve.slip(
    "fixed-size",
    "Of a longer run some epochs are missing: the reader keeps a random choice of them. Which size keeps every value?",
    '"tensors": 0',
    '"tensors": 12',
    when=reads(
        lambda seen, right, *_: (
            len(seen) < len(right) - 1 and np.isin(seen.astype(np.float32), right.astype(np.float32)).all()
        )
    ),
)

read_curve.equivalent("{event_accumulator.TENSORS: 1000}", why="any size serves that is not below the number of epochs")
read_curve.equivalent("tf.make_ndarray(event.tensor_proto).item()", why="an array of one number serves as well")
read_curve.equivalent("the result", "at most 6", why="no recorded loss is above 6")
