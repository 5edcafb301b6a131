"""What goes wrong in a pipeline: a stage missing, in the wrong place, or too small."""

import numpy as np

from course_utils.environment import Lazy

from .make_pipeline import make_pipeline
from .pipeline_judging import (
    all_black,
    ascending,
    batches_of,
    flows,
    mixes_all,
    order,
    paired,
    same_again,
    torn_apart,
)

tf = Lazy("tensorflow")
KEPT = "(Each stage gives a *new* dataset. A line that does not keep it changes nothing.)"

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
    f"Single samples come out. Which stage puts several of them together? {KEPT}",
    ".batch(batch_size)",
    "",
    when=lambda seen, *_: isinstance(seen, dict) and np.ndim(seen["labels"][0]) == 1,
)

make_pipeline.slip(
    "labels-first",
    "Labels and images have changed places. In which order does the exercise name the pair, and in which order do you give it?",
    "(images / np.float32(255), labels)",
    "(labels, images / np.float32(255))",
    when=lambda seen, *_: isinstance(seen, dict) and np.ndim(seen["labels"][0]) > 2,
)

make_pipeline.slip(
    "no-scaling",
    f"The pixels come out as they were stored, from 0 to 255. Which stage works on every single image? {KEPT}",
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
    "More samples come out than there are. `fit` begins each epoch by itself; which stage is one too many?",
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
    f"The samples come in the order in which they are stored, in every epoch. Which stage mixes them? {KEPT}",
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
        "Every epoch has the same order, and another one than the stored: it is set once, and then kept. What keeps it: a stage "
        "behind the shuffle, an argument of `shuffle`, or that you mix before the pipeline begins?"
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
        f"Which last stage prepares the next one meanwhile? {KEPT}"
    ),
    ".prefetch(1)",
    "",
    when=flows(lambda seen, *_: "Prefetch" not in seen["last"]),
)
