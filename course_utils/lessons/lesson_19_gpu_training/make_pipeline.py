"""Build a pipeline: scale, keep, shuffle, put into batches, prepare the next one meanwhile."""

import numpy as np

from course_utils.environment import Lazy
from course_utils.exercises import FunctionExercise, edge, plain, random, small
from course_utils.exercises.compare import family
from course_utils.exercises.keras_models.networks import refused

from .pipeline_judging import (
    ascending,
    batches_of,
    farthest,
    mixes_all,
    order,
    pixel_problem,
    pixels_of,
    same_again,
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


for stages, sizes in (
    ("dataset.cache().shuffle(len(images)).batch(batch_size).prefetch({})", (1, 2, 0)),
    ("dataset.shuffle(len(labels)).batch(batch_size).prefetch({})", (2, 3, 1, 4)),
):
    right, *others = (stages.format(size) for size in sizes)
    for other in others:
        make_pipeline.equivalent(right, other, why="what comes out does not show how many batches are held ready")
slices = "tf.data.Dataset.from_tensor_slices((images, labels)).shuffle(len(labels){})"
make_pipeline.equivalent(
    slices.format(", reshuffle_each_iteration=True"), slices.format(""), why="that is what shuffle does by itself"
)
make_pipeline.equivalent(
    "dataset.batch(batch_size).map(scale, num_parallel_calls=tf.data.AUTOTUNE)",
    "dataset.batch(batch_size).map(scale)",
    why="the same comes out, only later",
)
