"""Build a pipeline: scale, keep, shuffle, put into batches, prepare the next one meanwhile."""

import numpy as np

from course_utils.environment import Lazy
from course_utils.exercises import FunctionExercise, edge, plain, random, small
from course_utils.exercises.compare import family
from course_utils.exercises.keras_models.networks import refused

from .pipeline_judging import (
    all_black,
    ascending,
    batches_of,
    farthest,
    flows,
    mixes_all,
    order,
    paired,
    pixel_problem,
    pixels_of,
    same_again,
    torn_apart,
)

tf = Lazy("tensorflow")

EPOCHS, MOST = 5, 64
MANY = 12_000  # more than the bundled digits, and than any buffer that one types in


def pipeline(images, labels, batch_size):
    """Pixels divided by 255, kept, shuffled anew for each epoch, in batches, the next one prepared meanwhile."""
    dataset = tf.data.Dataset.from_tensor_slices((images, labels))
    dataset = dataset.map(lambda image, label: (tf.cast(image, tf.float32) / 255, label))
    return dataset.cache().shuffle(len(images)).batch(batch_size).prefetch(tf.data.AUTOTUNE)


make_pipeline = FunctionExercise("make-pipeline", reference=pipeline, points=4, rounds=1, title="Build a pipeline")


@make_pipeline.given
def _():
    return {"tf": tf}


def numbered(count):
    """Images of one pixel and their labels, which are numbered from 1: what comes out tells where it was."""
    numbers = np.arange(1, count + 1)
    return pixels_of(numbers).astype(np.uint8).reshape(count, 1, 1), numbers


@make_pipeline.cases
def _(rng):
    yield small("24 images in batches of 4", *numbered(24), 4)
    batch = int(rng.integers(4, 7))
    yield random(
        "a smaller last batch", *numbered(batch * int(rng.integers(6, 9)) + int(rng.integers(1, batch))), batch
    )
    yield edge("fewer images than fit into a batch", *numbered(25), 32)
    yield edge("12,000 images in batches of 200", *numbered(MANY), 200)


@make_pipeline.drive
def _(answer, images, labels, batch_size):
    dataset = answer(images, labels, batch_size)
    if not hasattr(dataset, "padded_batch"):
        return family(dataset)
    seen = {"images": [], "labels": [], "last": family(dataset)}
    for _ in range(2 if len(labels) == MANY else EPOCHS):
        epoch, problem = refused(dataset.take(MOST).padded_batch(MOST).get_single_element)
        if problem and "empty" not in problem:
            return problem
        epoch = (np.zeros((0, 0, 1, 1)), np.zeros((0, 0))) if problem else plain(epoch)
        if not isinstance(epoch, tuple) or len(epoch) != 2:
            return "a dataset whose elements are not pairs of images and labels"
        seen["images"].append(epoch[0])
        seen["labels"].append(epoch[1])
    return seen


@make_pipeline.accept
def _(seen, images, labels, batch_size):
    if not isinstance(seen, dict):
        return f"make_pipeline should return a dataset of pairs (images, labels), but returned {seen}"
    if np.ndim(seen["labels"][0]) != 2:
        return "the dataset gives single samples; it should give batches"
    if problem := pixel_problem(seen):
        return problem
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
    if not mixes_all(seen, count):
        return f"no sample comes earlier than it stands by more than {farthest(seen)} of {count} places"
    if "Prefetch" not in seen["last"]:
        return "the pipeline should end with prefetch, so that the next batch is prepared while this one is trained on"
    return None


@make_pipeline.variant("scaled in NumPy, then kept")
def _(images, labels, batch_size):
    dataset = tf.data.Dataset.from_tensor_slices((images / np.float32(255), labels))
    return dataset.cache().shuffle(len(images)).batch(batch_size).prefetch(1)


@make_pipeline.variant("scaled in NumPy, without a cache")
def _(images, labels, batch_size):
    dataset = tf.data.Dataset.from_tensor_slices((images.astype("float32") / 255, labels))
    return dataset.shuffle(len(labels)).batch(batch_size).prefetch(2)


@make_pipeline.variant("scaled batch by batch")
def _(images, labels, batch_size):
    def scale(image, label):
        return tf.cast(image, "float32") / 255.0, label

    dataset = tf.data.Dataset.from_tensor_slices((images, labels)).shuffle(len(labels), reshuffle_each_iteration=True)
    return dataset.batch(batch_size).map(scale, num_parallel_calls=tf.data.AUTOTUNE).prefetch(tf.data.AUTOTUNE)


make_pipeline.slip(
    "no-return",
    "make_pipeline returned nothing. Every stage gives a new dataset: which one leaves the function?",
    "return dataset",
    "dataset",
    when=lambda seen, *_: seen == "None",
)


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


make_pipeline.slip(
    "no-batch",
    "Single samples come out. Which stage puts several of them together?",
    ".batch(batch_size)",
    "",
    when=lambda seen, *_: isinstance(seen, dict) and np.ndim(seen["labels"][0]) == 1,
)

make_pipeline.slip(
    "no-scaling",
    "The pixels come out as they were stored, from 0 to 255. Which stage works on every single image?",
    " / np.float32(255)",
    "",
    when=flows(lambda seen, *_: paired(seen)),
)


@make_pipeline.mistake(
    "shuffled-apart",
    "Images and labels were shuffled each for themselves, so a 4 may now be called 9. When must they be put together?",
    when=flows(lambda seen, *_: torn_apart(seen)),
)
def _(images, labels, batch_size):
    pictures = tf.data.Dataset.from_tensor_slices(images / np.float32(255)).shuffle(len(images))
    names = tf.data.Dataset.from_tensor_slices(labels).shuffle(len(images))
    return tf.data.Dataset.zip((pictures, names)).batch(batch_size).prefetch(1)


make_pipeline.slip(
    "whole-numbers",
    (
        "Every pixel comes out as 0: whole numbers cannot hold 0.5. Divide with `/`, and in `float32`. What does your "
        "division leave of 128 / 255?"
    ),
    "images / np.float32(255)",
    "images // 255",
    when=flows(lambda seen, *_: all_black(seen)),
)

make_pipeline.slip(
    "not-float32",
    "The values are right, in another type than `float32`. NumPy divides in 64 bits: of which type should the pixels be?",
    "images / np.float32(255)",
    "images / 255.0",
    when=flows(lambda seen, *_: paired(seen, 255) and seen["images"][0].dtype != np.float32),
)

make_pipeline.slip(
    "scaled-otherwise",
    "A stored 0 should come out as 0, a stored 255 as 1. What comes out of yours for 0, and what for 255?",
    "images / np.float32(255)",
    "images / np.float32(127.5) - 1",
    when=flows(lambda seen, *_: not (paired(seen) or paired(seen, 255) or all_black(seen) or torn_apart(seen))),
)

make_pipeline.slip(
    "repeats",
    "There is no end to the epoch. `fit` begins each epoch by itself; which stage is one too many?",
    ".batch(batch_size)",
    ".repeat().batch(batch_size)",
    when=flows(lambda seen, count, _: all(len(order(epoch)) > count for epoch in seen["labels"])),
)

make_pipeline.slip(
    "last-batch-dropped",
    "Samples are missing: the last, smaller batch was thrown away. Who asked for that?",
    "batch(batch_size)",
    "batch(batch_size, drop_remainder=True)",
    when=flows(
        lambda seen, count, size: all(len(order(epoch)) == count // size * size < count for epoch in seen["labels"])
    ),
)

make_pipeline.slip(
    "no-shuffle",
    "The samples come in the order in which they are stored, in every epoch. Which stage mixes them?",
    ".shuffle(len(images))",
    "",
    when=flows(lambda seen, *_: all(ascending(order(epoch)) for epoch in seen["labels"])),
)

make_pipeline.slip(
    "batch-before-shuffle",
    (
        "You shuffle whole batches, so the same samples always sit together. "
        "What should be mixed: boxes, or what is in them?"
    ),
    ".shuffle(len(images)).batch(batch_size)",
    ".batch(batch_size).shuffle(len(images))",
    when=flows(lambda seen, *_: all(ascending(b) for epoch in seen["labels"] for b in batches_of(epoch))),
)

make_pipeline.slip(
    "shuffle-before-cache",
    (
        "Every epoch has the same order: it is mixed once, and then kept. Which stage keeps an order when it stands "
        "behind the shuffle, and which argument of `shuffle` does?"
    ),
    ".cache().shuffle(len(images))",
    ".shuffle(len(images)).cache()",
    when=flows(lambda seen, *_: same_again(seen)),
)

make_pipeline.slip(
    "small-buffer",
    (
        "The mixing is only local: `shuffle(n)` draws from the next n samples. How many must it hold to mix all of "
        "them, however many there are?"
    ),
    "shuffle(len(images))",
    "shuffle(1000)",
    when=flows(lambda seen, count, _: not mixes_all(seen, count)),
)

make_pipeline.slip(
    "own-batch-size",
    "The batches have another size than the one asked for. Which parameter says it?",
    "batch(batch_size)",
    "batch(32)",
    when=flows(
        lambda seen, count, size: all(
            [len(b) for b in batches_of(epoch)[:1]] not in ([], [min(size, count)]) for epoch in seen["labels"]
        )
    ),
)

make_pipeline.slip(
    "no-prefetch",
    (
        "All samples come out as they should, but the device waits for each batch. "
        "Which last stage prepares the next one meanwhile?"
    ),
    ".prefetch(1)",
    "",
    when=flows(lambda seen, *_: "Prefetch" not in seen["last"]),
)
