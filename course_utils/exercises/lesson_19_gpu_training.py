"""Exercises of lesson 19: what a step costs, pipelines, half precision, loss scaling, several devices."""

import numpy as np

from .core import Lesson, edge, plain, random, small
from .core.compare import family
from .core.lazy import Lazy, keras
from .core.networks import dense_shapes, forward, refused

tf = Lazy("tensorflow")
lesson = Lesson("19_gpu_training", "Training on a GPU")

# What a faster device is worth ------------------------------------------------------------------------

speed_up = lesson.values(
    "speed-up",
    points=2,
    title="What a faster device is worth",
    reference=lambda: {
        "steps_per_epoch": 469,
        "seconds_per_epoch": 1.876,
        "gpu_speed_up": 5.0,
        "highest_speed_up": 10.0,
    },
)


@speed_up.mistake(
    "last-batch-lost", "468 full batches hold 59,904 digits. Where do the other 96 go? They are trained on as well."
)
def _():
    return {"steps_per_epoch": 468}


@speed_up.mistake("part-of-a-step", "There is no three quarters of a step. How large is the last batch?")
def _():
    return {"steps_per_epoch": 468.75}


@speed_up.mistake("milliseconds", "That many seconds would be half an hour. How many milliseconds are in a second?")
def _():
    return {"seconds_per_epoch": 1876.0}


@speed_up.mistake(
    "whole-step-faster", "You made the whole step nine times as fast. Which part of it does the GPU not touch?"
)
def _():
    return {"gpu_speed_up": 9.0}


@speed_up.mistake(
    "upside-down", "A speed-up below 1 would mean that the GPU is slower. Which of the two times stands above?"
)
def _():
    return {"gpu_speed_up": 0.2}


@speed_up.mistake(
    "new-time", "4 ms is the new time of a step. A speed-up compares: how many times does it fit into the old one?"
)
def _():
    return {"gpu_speed_up": 4.0}


@speed_up.mistake(
    "time-saved", "16 ms is what is saved in each step. A speed-up asks how many times the new step fits into the old."
)
def _():
    return {"gpu_speed_up": 16.0}


@speed_up.mistake(
    "same-limit", "That is the speed-up with the GPU that you have. What is left of the step when training takes 0 ms?"
)
def _():
    return {"highest_speed_up": 5.0}


@speed_up.mistake(
    "compute-over-load", "18 / 2 compares the two parts of the old step. Compare the old step with the new."
)
def _():
    return {"highest_speed_up": 9.0}


@speed_up.variant("whole numbers")
def _():
    return {"gpu_speed_up": 5, "highest_speed_up": 10}


@speed_up.variant("NumPy numbers")
def _():
    return {"steps_per_epoch": np.float64(469.0), "seconds_per_epoch": np.float64(1.876)}


# The time of an epoch ---------------------------------------------------------------------------------


def milliseconds(batches, load, compute, prefetch):
    """The time until the last batch is trained on, in turn or with the next batch prepared meanwhile."""
    if not prefetch:
        return batches * (load + compute)
    return load + (batches - 1) * max(load, compute) + compute


epoch_time = lesson.function("epoch-time", reference=milliseconds, points=3, title="The time of an epoch")


@epoch_time.cases
def _(rng):
    def drawn(low, high):
        return float(rng.uniform(low, high))

    yield small("4 batches, 2 and 3 ms, in turn: 20", 4, 2.0, 3.0, False)
    yield small("4 batches, 2 and 3 ms, prefetch: 14", 4, 2.0, 3.0, True)
    yield random("training is slower", int(rng.integers(5, 40)), drawn(1, 3), drawn(4, 9), True)
    yield random("preparing is slower", int(rng.integers(5, 40)), drawn(4, 9), drawn(1, 3), True)
    yield random("in turn", int(rng.integers(5, 40)), drawn(4, 9), drawn(1, 3), False)
    yield edge("a single batch", 1, drawn(1, 3), drawn(4, 9), True)


@epoch_time.mistake("always-in-turn", "Your time is the same with and without prefetch. What happens side by side?")
def _(batches, load, compute, prefetch):
    return batches * (load + compute)


@epoch_time.mistake(
    "only-the-slower", "The slower of the two sets the pace. But who waits while the very first batch is prepared?"
)
def _(batches, load, compute, prefetch):
    return batches * max(load, compute) if prefetch else batches * (load + compute)


@epoch_time.mistake(
    "first-load-free",
    "Nothing can be trained on before the first batch is there. Which part of the picture is missing?",
)
def _(batches, load, compute, prefetch):
    return (batches - 1) * max(load, compute) + compute if prefetch else batches * (load + compute)


@epoch_time.mistake("last-compute-missing", "You stop when the last batch is prepared. What still has to happen to it?")
def _(batches, load, compute, prefetch):
    return load + (batches - 1) * max(load, compute) if prefetch else batches * (load + compute)


@epoch_time.mistake(
    "load-hidden",
    "You hid all of the preparing. When it takes longer than the training, can the device go on without it?",
)
def _(batches, load, compute, prefetch):
    return load + batches * compute if prefetch else batches * (load + compute)


@epoch_time.mistake("faster-sets-the-pace", "Two people carry one table. Who sets the pace, the faster or the slower?")
def _(batches, load, compute, prefetch):
    return load + (batches - 1) * min(load, compute) + compute if prefetch else batches * (load + compute)


@epoch_time.mistake(
    "one-too-many", "The first preparing and the last training stand alone. How many rounds are between?"
)
def _(batches, load, compute, prefetch):
    return load + batches * max(load, compute) + compute if prefetch else batches * (load + compute)


@epoch_time.mistake("swapped", "Both times are right, each in the other's place. When does the work overlap?")
def _(batches, load, compute, prefetch):
    return batches * (load + compute) if prefetch else load + (batches - 1) * max(load, compute) + compute


@epoch_time.variant("batch by batch")
def _(batches, load, compute, prefetch):
    ready = free = 0.0
    for _ in range(batches):
        ready += load
        start = max(ready, free)
        free = start + compute
        if not prefetch:
            ready = free
    return free


@epoch_time.variant("the slower n times, the faster once")
def _(batches, load, compute, prefetch):
    slow, fast = max(load, compute), min(load, compute)
    return np.float64(batches * slow + fast if prefetch else batches * (slow + fast))


# A pipeline in tf.data --------------------------------------------------------------------------------

EPOCHS, MOST = 5, 64


def pipeline(images, labels, batch_size):
    """Pixels divided by 255, kept, shuffled anew for each epoch, in batches, the next one prepared meanwhile."""
    dataset = tf.data.Dataset.from_tensor_slices((images, labels))
    dataset = dataset.map(lambda image, label: (tf.cast(image, tf.float32) / 255, label))
    return dataset.cache().shuffle(len(images)).batch(batch_size).prefetch(tf.data.AUTOTUNE)


make_pipeline = lesson.function("make-pipeline", reference=pipeline, points=4, rounds=1, title="Build a pipeline")


@make_pipeline.given
def _():
    return {"tf": tf}


def numbered(count):
    """Images of one pixel and their labels, both numbered from 1: what comes out tells where it was."""
    numbers = np.arange(1, count + 1, dtype=np.uint8)
    return numbers.reshape(count, 1, 1), numbers.astype(np.int64)


@make_pipeline.cases
def _(rng):
    yield small("24 images in batches of 4", *numbered(24), 4)
    batch = int(rng.integers(4, 7))
    yield random(
        "a smaller last batch", *numbered(batch * int(rng.integers(6, 9)) + int(rng.integers(1, batch))), batch
    )
    yield edge("fewer images than fit into a batch", *numbered(25), 32)


@make_pipeline.drive
def _(answer, images, labels, batch_size):
    dataset = answer(images, labels, batch_size)
    if not hasattr(dataset, "padded_batch"):
        return family(dataset)
    seen = {"images": [], "labels": [], "last": family(dataset)}
    for _ in range(EPOCHS):
        epoch, problem = refused(dataset.take(MOST).padded_batch(MOST).get_single_element)
        if problem and "empty" not in problem:
            return problem
        epoch = (np.zeros((0, 0, 1, 1)), np.zeros((0, 0))) if problem else plain(epoch)
        if not isinstance(epoch, tuple) or len(epoch) != 2:
            return "a dataset whose elements are not pairs of images and labels"
        seen["images"].append(epoch[0])
        seen["labels"].append(epoch[1])
    return seen


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


@make_pipeline.accept
def _(seen, images, labels, batch_size):
    if not isinstance(seen, dict):
        return f"make_pipeline should return a dataset of pairs (images, labels), but returned {seen}"
    if np.ndim(seen["labels"][0]) != 2:
        return "the dataset gives single samples; it should give batches"
    if not paired(seen, 255):
        return (
            "the pixels are not divided by 255"
            if paired(seen)
            else "every pixel is 0"
            if all_black(seen)
            else "an image and its label do not come out together"
        )
    count = len(labels)
    for epoch in seen["labels"]:
        numbers = order(epoch)
        if not np.array_equal(np.sort(numbers), np.arange(1, count + 1)):
            return f"an epoch should hold each of the {count} samples once; it held {len(numbers)} samples"
        if [len(b) for b in batches_of(epoch)[:-1]] != [batch_size] * ((count - 1) // batch_size):
            return f"the batches hold {', '.join(str(len(b)) for b in batches_of(epoch))} samples"
    if any(ascending(order(epoch)) for epoch in seen["labels"]):
        return "the samples come in the order in which they stand"
    if all(ascending(batch) for epoch in seen["labels"] for batch in batches_of(epoch)):
        return "the same samples meet in a batch in every epoch"
    if same_again(seen):
        return "every epoch has the same order"
    if farthest(seen) < count // 2:
        return f"no sample ever moves forward by more than {farthest(seen)} places, so it hardly leaves its neighbours"
    if "Prefetch" not in seen["last"]:
        return "the pipeline should end with prefetch, so that the next batch is prepared while this one is trained on"
    return None


def same_again(seen):
    """Whether all epochs have the same order."""
    return all(np.array_equal(order(seen["labels"][0]), order(epoch)) for epoch in seen["labels"])


def flows(test):
    """The mistake is recognised by `test(seen, count, batch_size)` on a dataset of batches."""
    return lambda seen, images, labels, batch_size: (
        isinstance(seen, dict) and np.ndim(seen["labels"][0]) == 2 and bool(test(seen, len(labels), batch_size))
    )


@make_pipeline.mistake(
    "no-return",
    "make_pipeline returned nothing. Every stage gives a new dataset: which one leaves the function?",
    when=lambda seen, *_: seen == "None",
)
def _(images, labels, batch_size):
    dataset = tf.data.Dataset.from_tensor_slices((images / np.float32(255), labels))
    dataset.cache().shuffle(len(images)).batch(batch_size).prefetch(1)


@make_pipeline.mistake(
    "stages-thrown-away",
    "What comes out is what went in. Each stage gives a *new* dataset and leaves the old one as it was. "
    "Where does the new one go?",
    when=lambda seen, *_: (
        isinstance(seen, dict)
        and np.ndim(seen["labels"][0]) == 1
        and paired(seen)
        and all(ascending(order(epoch)) for epoch in seen["labels"])
        and "Prefetch" not in seen["last"]
    ),
)
def _(images, labels, batch_size):
    dataset = tf.data.Dataset.from_tensor_slices((images, labels))
    dataset.map(lambda image, label: (tf.cast(image, tf.float32) / 255, label))
    dataset.cache()
    dataset.shuffle(len(images))
    dataset.batch(batch_size)
    dataset.prefetch(tf.data.AUTOTUNE)
    return dataset


@make_pipeline.mistake(
    "no-batch",
    "Single samples come out. Which stage puts several of them together?",
    when=lambda seen, *_: isinstance(seen, dict) and np.ndim(seen["labels"][0]) == 1,
)
def _(images, labels, batch_size):
    dataset = tf.data.Dataset.from_tensor_slices((images / np.float32(255), labels))
    return dataset.cache().shuffle(len(images)).prefetch(1)


@make_pipeline.mistake(
    "no-scaling",
    "The pixels come out as they were stored, from 0 to 255. Which stage works on every single image?",
    when=flows(lambda seen, *_: paired(seen)),
)
def _(images, labels, batch_size):
    dataset = tf.data.Dataset.from_tensor_slices((images, labels))
    return dataset.cache().shuffle(len(images)).batch(batch_size).prefetch(1)


@make_pipeline.mistake(
    "shuffled-apart",
    "Images and labels were shuffled each for themselves, so a 4 may now be called 9. When must they be put together?",
    when=flows(lambda seen, *_: not paired(seen) and not paired(seen, 255) and not all_black(seen)),
)
def _(images, labels, batch_size):
    pictures = tf.data.Dataset.from_tensor_slices(images / np.float32(255)).shuffle(len(images))
    names = tf.data.Dataset.from_tensor_slices(labels).shuffle(len(images))
    return tf.data.Dataset.zip((pictures, names)).batch(batch_size).prefetch(1)


@make_pipeline.mistake(
    "whole-numbers",
    "Every pixel comes out as 0: whole numbers cannot hold 0.5. Divide with `/`, and in `float32`. What does your "
    "division leave of 128 / 255?",
    when=flows(lambda seen, *_: all_black(seen)),
)
def _(images, labels, batch_size):
    dataset = tf.data.Dataset.from_tensor_slices((images // 255, labels))
    return dataset.cache().shuffle(len(images)).batch(batch_size).prefetch(1)


@make_pipeline.mistake(
    "repeats",
    "There is no end to the epoch. `fit` begins each epoch by itself; which stage is one too many?",
    when=flows(lambda seen, count, _: all(len(order(epoch)) > count for epoch in seen["labels"])),
)
def _(images, labels, batch_size):
    dataset = tf.data.Dataset.from_tensor_slices((images / np.float32(255), labels))
    return dataset.cache().shuffle(len(images)).repeat().batch(batch_size).prefetch(1)


@make_pipeline.mistake(
    "last-batch-dropped",
    "Samples are missing: the last, smaller batch was thrown away. Who asked for that?",
    when=flows(
        lambda seen, count, size: all(len(order(epoch)) == count // size * size < count for epoch in seen["labels"])
    ),
)
def _(images, labels, batch_size):
    dataset = tf.data.Dataset.from_tensor_slices((images / np.float32(255), labels))
    return dataset.cache().shuffle(len(images)).batch(batch_size, drop_remainder=True).prefetch(1)


@make_pipeline.mistake(
    "no-shuffle",
    "The samples come in the order in which they are stored, in every epoch. Which stage mixes them?",
    when=flows(lambda seen, *_: all(ascending(order(epoch)) for epoch in seen["labels"])),
)
def _(images, labels, batch_size):
    dataset = tf.data.Dataset.from_tensor_slices((images / np.float32(255), labels))
    return dataset.cache().batch(batch_size).prefetch(1)


@make_pipeline.mistake(
    "batch-before-shuffle",
    "You shuffle whole batches, so the same samples always sit together. "
    "What should be mixed: boxes, or what is in them?",
    when=flows(lambda seen, *_: all(ascending(b) for epoch in seen["labels"] for b in batches_of(epoch))),
)
def _(images, labels, batch_size):
    dataset = tf.data.Dataset.from_tensor_slices((images / np.float32(255), labels))
    return dataset.cache().batch(batch_size).shuffle(len(images)).prefetch(1)


@make_pipeline.mistake(
    "shuffle-before-cache",
    "Mixed once, then kept: every epoch has the same order. "
    "What does the cache keep when it stands behind the shuffle?",
    when=flows(lambda seen, *_: same_again(seen)),
)
def _(images, labels, batch_size):
    dataset = tf.data.Dataset.from_tensor_slices((images / np.float32(255), labels))
    return dataset.shuffle(len(images)).cache().batch(batch_size).prefetch(1)


@make_pipeline.mistake(
    "small-buffer",
    "The mixing is only local: `shuffle(n)` draws from the next n samples. How many should it see at once?",
    when=flows(lambda seen, count, _: farthest(seen) < count // 2),
)
def _(images, labels, batch_size):
    dataset = tf.data.Dataset.from_tensor_slices((images / np.float32(255), labels))
    return dataset.cache().shuffle(3).batch(batch_size).prefetch(1)


@make_pipeline.mistake(
    "no-prefetch",
    "All samples come out as they should, but the device waits for each batch. "
    "Which last stage prepares the next one meanwhile?",
    when=flows(lambda seen, *_: "Prefetch" not in seen["last"]),
)
def _(images, labels, batch_size):
    dataset = tf.data.Dataset.from_tensor_slices((images / np.float32(255), labels))
    return dataset.cache().shuffle(len(images)).batch(batch_size)


@make_pipeline.variant("scaled in NumPy, without a cache")
def _(images, labels, batch_size):
    dataset = tf.data.Dataset.from_tensor_slices((images.astype("float32") / 255, labels))
    return dataset.shuffle(1000).batch(batch_size).prefetch(2)


@make_pipeline.variant("scaled batch by batch")
def _(images, labels, batch_size):
    def scale(image, label):
        return tf.cast(image, "float32") / 255.0, label

    dataset = tf.data.Dataset.from_tensor_slices((images, labels)).shuffle(len(labels), reshuffle_each_iteration=True)
    return dataset.batch(batch_size).map(scale, num_parallel_calls=tf.data.AUTOTUNE).prefetch(tf.data.AUTOTUNE)


# Half precision ---------------------------------------------------------------------------------------


def lost(gradients, scale):
    """The shares of all gradients that turn into 0 without having been 0, and that leave the range."""
    half = (gradients * scale).astype(np.float16)
    return float(np.mean((half == 0) & (gradients != 0))), float(np.mean(np.isinf(half)))


lost_in_half = lesson.function("lost-in-half", reference=lost, points=3, title="What does not fit into 16 bits")


@lost_in_half.cases
def _(rng):
    def spread(low, high, count):
        return rng.choice([-1.0, 1.0], count) * 10.0 ** rng.uniform(low, high, count)

    yield small("four gradients, scale 1: 0.25 and 0", np.array([1e-8, 1e-4, 0.0, -3.0]), 1.0)
    yield small("the same, scale 32768: 0 and 0.25", np.array([1e-8, 1e-4, 0.0, -3.0]), 32768.0)
    both = np.concatenate([spread(-13, -9.5, 4), spread(-3, 0, 5), -(10.0 ** rng.uniform(4, 5, 3)), np.zeros(4)])
    yield random("some too small, some too large", rng.permutation(both), 64.0)
    yield random(
        "a table", rng.permutation(np.concatenate([spread(-12, -9, 5), spread(3.8, 5, 7)])).reshape(3, 4), 256.0
    )
    yield edge("all zero", np.zeros(5), 1024.0)
    yield edge("all of them fit", spread(-3, 1, 6), 8.0)


@lost_in_half.mistake(
    "scaled-too-late", "You stored first and multiplied then. What is left to multiply once a number has become 0?"
)
def _(gradients, scale):
    half = gradients.astype(np.float16) * np.float16(scale)
    return np.mean((half == 0) & (gradients != 0)), np.mean(np.isinf(half))


@lost_in_half.mistake("zeros-counted", "A gradient that was 0 from the start has lost nothing. Which zeros are new?")
def _(gradients, scale):
    half = (gradients * scale).astype(np.float16)
    return np.mean(half == 0), np.mean(np.isinf(half))


@lost_in_half.mistake(
    "counts", "You give numbers of gradients. A share is a number out of all of them: divide by what?"
)
def _(gradients, scale):
    half = (gradients * scale).astype(np.float16)
    return np.sum((half == 0) & (gradients != 0)), np.sum(np.isinf(half))


@lost_in_half.mistake(
    "negative-missed", "A large negative gradient leaves the range too, at the other end. Which infinity did you count?"
)
def _(gradients, scale):
    half = (gradients * scale).astype(np.float16)
    return np.mean((half == 0) & (gradients != 0)), np.mean(half == np.inf)


@lost_in_half.mistake(
    "never-stored-in-half", "Your numbers are still in 64 bits, where nearly everything fits. Which step makes them 16?"
)
def _(gradients, scale):
    half = gradients * scale
    return np.mean((half == 0) & (gradients != 0)), np.mean(np.isinf(half))


@lost_in_half.mistake(
    "not-scaled", "Your answer is the same for every scale. What happens before the gradients are stored?"
)
def _(gradients, scale):
    half = gradients.astype(np.float16)
    return np.mean((half == 0) & (gradients != 0)), np.mean(np.isinf(half))


@lost_in_half.mistake("swapped", "Both shares are right, in the wrong order. Which one does the exercise name first?")
def _(gradients, scale):
    half = (gradients * scale).astype(np.float16)
    return np.mean(np.isinf(half)), np.mean((half == 0) & (gradients != 0))


@lost_in_half.variant("one by one")
def _(gradients, scale):
    vanished = overflowed = 0
    for gradient in gradients.ravel():
        stored = np.float16(gradient * scale)
        vanished += gradient != 0 and stored == 0
        overflowed += not np.isfinite(stored)
    return vanished / gradients.size, overflowed / gradients.size


@lost_in_half.variant("counting what is left")
def _(gradients, scale):
    half = np.float16(gradients * scale)
    return [(np.count_nonzero(gradients) - np.count_nonzero(half)) / half.size, np.mean(np.abs(half) > 65504)]


# Dynamic loss scaling ---------------------------------------------------------------------------------


def step_with_scale(w, scaled_gradient, scale, good_steps, rate, patience):
    """One careful step: skip and halve when a gradient is not finite; double after `patience` good steps."""
    if not np.all(np.isfinite(scaled_gradient)):
        return w, scale / 2, 0
    w = w - rate * scaled_gradient / scale
    good_steps += 1
    if good_steps == patience:
        return w, scale * 2, 0
    return w, scale, good_steps


scaled_step = lesson.function("scaled-step", reference=step_with_scale, points=4, title="Dynamic loss scaling")


@scaled_step.cases
def _(rng):
    def drawn(size=3):
        return rng.normal(size=size), rng.normal(size=size) * 100

    scale = 2.0 ** int(rng.integers(5, 12))
    yield small("a good step: (0.9, 2.2), 8, 1", np.array([1.0, 2.0]), np.array([8.0, -16.0]), 8.0, 0, 0.1, 3)
    yield small("an infinity: skip, 4, 0", np.array([1.0, 2.0]), np.array([np.inf, -16.0]), 8.0, 2, 0.1, 3)
    yield random("a good step", *drawn(), scale, int(rng.integers(2, 40)), 0.05, 100)
    yield random("the last of the patience", *drawn(4), scale, 9, 0.05, 10)
    w, gradient = drawn(4)
    yield random("minus infinity", w, np.where(np.arange(4) == 2, -np.inf, gradient), scale, 7, 0.05, 10)
    w, gradient = drawn(3)
    yield edge("not a number", w, np.where(np.arange(3) == 1, np.nan, gradient), scale, 5, 0.05, 10)
    yield edge("patience of 1", *drawn(2), scale, 0, 0.05, 1)


@scaled_step.mistake(
    "not-unscaled", "The gradient still carries the scale, so the step is that many times too long. What takes it away?"
)
def _(w, scaled_gradient, scale, good_steps, rate, patience):
    if not np.all(np.isfinite(scaled_gradient)):
        return w, scale / 2, 0
    w = w - rate * scaled_gradient
    return (w, scale * 2, 0) if good_steps + 1 == patience else (w, scale, good_steps + 1)


@scaled_step.mistake(
    "no-skip", "You halve the scale and still take the step, so the weights are no numbers any more. What should w be?"
)
def _(w, scaled_gradient, scale, good_steps, rate, patience):
    w = w - rate * scaled_gradient / scale
    if not np.all(np.isfinite(scaled_gradient)):
        return w, scale / 2, 0
    return (w, scale * 2, 0) if good_steps + 1 == patience else (w, scale, good_steps + 1)


@scaled_step.mistake(
    "nan-missed", "Infinities are caught, but inf - inf gives something else. Which function asks for both?"
)
def _(w, scaled_gradient, scale, good_steps, rate, patience):
    if np.any(np.isinf(scaled_gradient)):
        return w, scale / 2, 0
    w = w - rate * scaled_gradient / scale
    return (w, scale * 2, 0) if good_steps + 1 == patience else (w, scale, good_steps + 1)


@scaled_step.mistake(
    "infinity-missed", "You look for nan only. What does a number become that is too large for 16 bits?"
)
def _(w, scaled_gradient, scale, good_steps, rate, patience):
    if np.any(np.isnan(scaled_gradient)):
        return w, scale / 2, 0
    w = w - rate * scaled_gradient / scale
    return (w, scale * 2, 0) if good_steps + 1 == patience else (w, scale, good_steps + 1)


@scaled_step.mistake(
    "zeros-for-infinities", "You took the step with 0 in place of the bad numbers. The rule is: how many weights move?"
)
def _(w, scaled_gradient, scale, good_steps, rate, patience):
    finite = np.isfinite(scaled_gradient)
    w = w - rate * np.where(finite, scaled_gradient, 0.0) / scale
    if not finite.all():
        return w, scale / 2, 0
    return (w, scale * 2, 0) if good_steps + 1 == patience else (w, scale, good_steps + 1)


@scaled_step.mistake(
    "scale-kept", "The step was skipped, but the next one will overflow again. What should happen to the scale?"
)
def _(w, scaled_gradient, scale, good_steps, rate, patience):
    if not np.all(np.isfinite(scaled_gradient)):
        return w, scale, 0
    w = w - rate * scaled_gradient / scale
    return (w, scale * 2, 0) if good_steps + 1 == patience else (w, scale, good_steps + 1)


@scaled_step.mistake("count-kept", "After a bad step the good ones in a row begin anew. What should the count be then?")
def _(w, scaled_gradient, scale, good_steps, rate, patience):
    if not np.all(np.isfinite(scaled_gradient)):
        return w, scale / 2, good_steps
    w = w - rate * scaled_gradient / scale
    return (w, scale * 2, 0) if good_steps + 1 == patience else (w, scale, good_steps + 1)


@scaled_step.mistake(
    "never-grows", "The patience is used up, and your scale has not grown. Does the step that was just taken count?"
)
def _(w, scaled_gradient, scale, good_steps, rate, patience):
    if not np.all(np.isfinite(scaled_gradient)):
        return w, scale / 2, 0
    return w - rate * scaled_gradient / scale, scale, good_steps + 1


@scaled_step.mistake("grows-at-once", "Your scale doubles after every good step. How many should it wait for?")
def _(w, scaled_gradient, scale, good_steps, rate, patience):
    if not np.all(np.isfinite(scaled_gradient)):
        return w, scale / 2, 0
    return w - rate * scaled_gradient / scale, scale * 2, 0


@scaled_step.mistake(
    "grown-before-dividing",
    "This gradient was made with the old scale, but you divided by the new one. Which comes first?",
)
def _(w, scaled_gradient, scale, good_steps, rate, patience):
    if not np.all(np.isfinite(scaled_gradient)):
        return w, scale / 2, 0
    good_steps += 1
    if good_steps == patience:
        scale, good_steps = scale * 2, 0
    return w - rate * scaled_gradient / scale, scale, good_steps


@scaled_step.mistake(
    "changes-input",
    "The numbers are right, but `-=` writes into the caller's weights. Make a new array for the result.",
)
def _(w, scaled_gradient, scale, good_steps, rate, patience):
    if not np.all(np.isfinite(scaled_gradient)):
        return w, scale / 2, 0
    w -= rate * scaled_gradient / scale
    return (w, scale * 2, 0) if good_steps + 1 == patience else (w, scale, good_steps + 1)


@scaled_step.variant("unscaled first, then looked at")
def _(w, scaled_gradient, scale, good_steps, rate, patience):
    gradient = scaled_gradient / scale
    if np.isnan(gradient).any() or np.isinf(gradient).any():
        return w.copy(), scale * 0.5, 0
    good_steps = (good_steps + 1) % patience
    return w - rate * gradient, scale if good_steps else scale * 2, good_steps


@scaled_step.variant("as a list, through the sum")
def _(w, scaled_gradient, scale, good_steps, rate, patience):
    good = np.isfinite(np.abs(scaled_gradient).sum())
    grown = good and good_steps + 1 >= patience
    new = w + (-rate / scale) * scaled_gradient if good else w
    return [new, scale * (2.0 if grown else 1.0 if good else 0.5), good_steps + 1 if good and not grown else 0]


# A model in mixed precision ---------------------------------------------------------------------------


def mixed(policy):
    """Flatten(28 × 28)-128-10: the hidden layer under the policy, the softmax in float32."""
    return keras.Sequential([
        keras.Input((28, 28)),
        keras.layers.Flatten(dtype=policy),
        keras.layers.Dense(128, activation="relu", dtype=policy),
        keras.layers.Dense(10, activation="softmax", dtype="float32"),
    ])


build_mixed = lesson.function("build-mixed", reference=mixed, points=3, rounds=1, title="A model in mixed precision")


@build_mixed.given
def _():
    return {"keras": keras}


@build_mixed.cases
def _(rng):
    yield small("mixed_float16", "mixed_float16")
    yield random("mixed_bfloat16", "mixed_bfloat16")
    yield edge("float32 all through", "float32")


PROBE = np.random.default_rng(19).uniform(0, 1, (8, 28, 28)).astype(np.float32)
COMPUTES = {"mixed_float16": "float16", "mixed_bfloat16": "bfloat16", "float32": "float32"}


@build_mixed.drive
def _(answer, policy):
    model = answer(policy)
    if not hasattr(model, "get_weights"):
        return family(model)
    layers = [layer for layer in model.layers if layer.count_params()]
    seen = {
        "compute": [layer.compute_dtype for layer in layers],
        "stored": [layer.variable_dtype for layer in layers],
        "shapes": [tuple(int(side) for side in np.shape(w)) for w in model.get_weights()],
    }
    # Numbers in bfloat16 are no NumPy type: the output is asked for only when it is in float32.
    if seen["compute"][-1:] == ["float32"] and set(seen["stored"]) == {"float32"}:
        seen |= {"weights": model.get_weights(), "probabilities": model(PROBE)}
    return seen


@build_mixed.accept
def _(seen, policy):
    if not isinstance(seen, dict):
        return f"build_mixed should return a Keras model, but it returned {seen}"
    if seen["shapes"] != dense_shapes(784, 128, 10):
        return f"the weights should have the shapes of 784 → 128 → 10, but have {', '.join(map(str, seen['shapes']))}"
    if set(seen["stored"]) != {"float32"}:
        return f"the weights are stored in {', '.join(seen['stored'])}; they should stay in float32"
    if seen["compute"] != [COMPUTES[policy], "float32"]:
        return (
            f"with the policy {policy} the two dense layers should compute in {COMPUTES[policy]} and float32, "
            f"but compute in {' and '.join(seen['compute'])}"
        )
    expected = forward(seen["weights"], PROBE)
    if not np.allclose(expected, seen["probabilities"], atol=0.02):
        return "the predictions are not those of ReLU in the hidden layer and softmax in the output"
    return None


def built(test):
    """The mistake is recognised by `test(seen, policy)` on a model."""
    return lambda seen, policy: isinstance(seen, dict) and bool(test(seen, policy))


@build_mixed.mistake(
    "no-return",
    "build_mixed returned nothing. The model must leave the function: which line is missing at its end?",
    when=lambda seen, *_: seen == "None",
)
def _(policy):
    keras.Sequential([
        keras.Input((28, 28)),
        keras.layers.Flatten(dtype=policy),
        keras.layers.Dense(128, activation="relu", dtype=policy),
        keras.layers.Dense(10, activation="softmax", dtype="float32"),
    ])


@build_mixed.mistake(
    "weights-in-half",
    "The weights themselves are stored in 16 bits, where small steps get lost. "
    "What does the word `mixed` in the policy's name promise?",
    when=built(lambda seen, _: "float32" not in seen["stored"][:1]),
)
def _(policy):
    half = policy.replace("mixed_", "")
    return keras.Sequential([
        keras.Input((28, 28)),
        keras.layers.Flatten(dtype=half),
        keras.layers.Dense(128, activation="relu", dtype=half),
        keras.layers.Dense(10, activation="softmax", dtype="float32"),
    ])


@build_mixed.mistake(
    "output-in-half",
    "The softmax computes in 16 bits too, and the loss takes the logarithm of its shares. "
    "In which type should the last layer compute?",
    when=built(lambda seen, policy: seen["compute"] == [COMPUTES[policy]] * 2),
)
def _(policy):
    return keras.Sequential([
        keras.Input((28, 28)),
        keras.layers.Flatten(dtype=policy),
        keras.layers.Dense(128, activation="relu", dtype=policy),
        keras.layers.Dense(10, activation="softmax", dtype=policy),
    ])


@build_mixed.mistake(
    "policy-unused",
    "Every layer computes in float32, whatever the policy. Where does a layer take its policy from?",
    when=built(lambda seen, policy: set(seen["compute"]) == {"float32"} and policy != "float32"),
)
def _(policy):
    return keras.Sequential([
        keras.Input((28, 28)),
        keras.layers.Flatten(),
        keras.layers.Dense(128, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])


@build_mixed.mistake(
    "layers-swapped",
    "The small last layer computes in 16 bits and the large one in 32. Which of them has most of the work?",
    when=built(lambda seen, policy: seen["compute"] == ["float32", COMPUTES[policy]]),
)
def _(policy):
    return keras.Sequential([
        keras.Input((28, 28)),
        keras.layers.Flatten(),
        keras.layers.Dense(128, activation="relu", dtype="float32"),
        keras.layers.Dense(10, activation="softmax", dtype=policy),
    ])


@build_mixed.mistake(
    "always-float16",
    "With `mixed_bfloat16` your layer still computes in float16. Whose name should stand after `dtype=`?",
    when=built(lambda seen, policy: seen["compute"] == ["float16", "float32"] and policy != "mixed_float16"),
)
def _(policy):
    return keras.Sequential([
        keras.Input((28, 28)),
        keras.layers.Flatten(),
        keras.layers.Dense(128, activation="relu", dtype="mixed_float16"),
        keras.layers.Dense(10, activation="softmax", dtype="float32"),
    ])


@build_mixed.mistake(
    "no-softmax",
    "The ten outputs are scores, not shares. Which activation belongs to the last layer?",
    when=built(
        lambda seen, _: (
            "probabilities" in seen and not np.allclose(np.sum(seen["probabilities"], axis=-1), 1, atol=1e-2)
        )
    ),
)
def _(policy):
    return keras.Sequential([
        keras.Input((28, 28)),
        keras.layers.Flatten(dtype=policy),
        keras.layers.Dense(128, activation="relu", dtype=policy),
        keras.layers.Dense(10, dtype="float32"),
    ])


@build_mixed.variant("layer by layer, the softmax on its own")
def _(policy):
    model = keras.Sequential()
    model.add(keras.Input((28, 28)))
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(128, activation="relu", dtype=policy))
    model.add(keras.layers.Dense(10, dtype="float32"))
    model.add(keras.layers.Softmax(dtype="float32"))
    return model


@build_mixed.variant("functional, with a policy object")
def _(policy):
    rule = keras.mixed_precision.DTypePolicy(policy)
    inputs = keras.Input((28, 28))
    hidden = keras.layers.Dense(128, activation="relu", dtype=rule)(keras.layers.Flatten(dtype=rule)(inputs))
    return keras.Model(inputs, keras.layers.Dense(10, activation="softmax", dtype="float32")(hidden))


# Several devices --------------------------------------------------------------------------------------


def of_all(gradients, counts):
    """The gradient of the mean over all samples, from the mean gradient and the number of samples of each device."""
    return sum(n * g for n, g in zip(counts, gradients, strict=True)) / sum(counts)


whole_gradient = lesson.function(
    "whole-gradient", reference=of_all, points=3, title="One gradient from several devices"
)


@whole_gradient.cases
def _(rng):
    def drawn(devices, *shape):
        return [rng.normal(size=shape) for _ in range(devices)]

    yield small("3 and 1 samples: (2.5, 5)", [np.array([2.0, 4.0]), np.array([4.0, 8.0])], [3, 1])
    yield random("three devices, a kernel", drawn(3, 4, 2), rng.permutation([3, 7, 12]).tolist())
    yield random("four devices", drawn(4, 3), rng.permutation([1, 8, 8, 9]).tolist())
    yield edge("equal shards", drawn(2, 3), [5, 5])
    yield edge("a device without samples", [*drawn(2, 3), np.zeros(3)], [4, 2, 0])
    yield edge("a single device", drawn(1, 2), [6])


@whole_gradient.mistake(
    "plain-mean", "You trust the device with one sample as much as the one with three. What should each mean weigh?"
)
def _(gradients, counts):
    return np.mean(gradients, axis=0)


@whole_gradient.mistake(
    "sum", "You added the means. Two devices with the same gradient would step twice as far. Divide by?"
)
def _(gradients, counts):
    return np.sum(gradients, axis=0)


@whole_gradient.mistake("not-divided", "This is the sum over all samples. How many samples are there on all devices?")
def _(gradients, counts):
    return sum(n * g for n, g in zip(counts, gradients, strict=True))


@whole_gradient.mistake(
    "divided-by-devices",
    "Each mean is weighed by its samples, then you divide by the number of devices. Divide by what?",
)
def _(gradients, counts):
    return sum(n * g for n, g in zip(counts, gradients, strict=True)) / len(counts)


@whole_gradient.mistake("first-device", "Only the first device was heard. What did the others compute?")
def _(gradients, counts):
    return gradients[0]


@whole_gradient.mistake(
    "divided-twice", "Each gradient is a mean already; dividing it by its count once more makes it too small. Multiply?"
)
def _(gradients, counts):
    return sum(g / n if n else g for n, g in zip(counts, gradients, strict=True))


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


@whole_gradient.variant("np.average")
def _(gradients, counts):
    return np.average(np.array(gradients), axis=0, weights=counts)


@whole_gradient.variant("shares first")
def _(gradients, counts):
    shares = np.array(counts) / np.sum(counts)
    return np.tensordot(shares, np.stack(gradients), axes=1)
