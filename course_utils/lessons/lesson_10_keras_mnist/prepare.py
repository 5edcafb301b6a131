"""Turn pixels from 0 to 255 into float32 numbers from 0 to 1."""

import numpy as np

from course_utils.data.samples import scaled
from course_utils.exercises import FunctionExercise, edge, plain, random, small
from course_utils.exercises.compare import family

prepare = FunctionExercise("prepare", reference=scaled, points=2, title="Prepare the images")


@prepare.drive
def _(answer, images, what="pixels"):
    result = plain(answer(images))
    if what == "type":
        return str(getattr(result, "dtype", family(result)))
    return result.astype(float) if getattr(result, "dtype", None) == np.float32 else result  # compared more closely


def image_of(*pixels):
    """One image of 28 × 28: these pixels come first, the rest has no ink."""
    return np.array(pixels + (0,) * (784 - len(pixels)), np.uint8).reshape(1, 28, 28)


@prepare.cases
def _(rng):
    yield small("an image that begins with the pixels 0, 51, 102, 204", image_of(0, 51, 102, 204))
    highest = np.array([256, 160, 90]).reshape(3, 1, 1)
    yield random("three images, no pixel without ink", rng.integers(20, highest, (3, 28, 28), dtype=np.uint8))
    yield random("two images without full ink", rng.integers(0, 200, (2, 28, 28), dtype=np.uint8))
    yield random("faint pixels, none above 3", rng.integers(0, 4, (2, 28, 28), dtype=np.uint8))
    yield edge("an image without ink", image_of())
    yield edge("the type of the numbers", rng.integers(0, 256, (2, 28, 28), dtype=np.uint8), what="type")


@prepare.variant("divide first")
def _(images):
    return (images / 255.0).astype("float32")


@prepare.variant("times one over 255")
def _(images):
    return np.float32(1 / 255) * images.astype(np.float32)


@prepare.variant("row by row, for images of 28 × 28")
def _(images):
    result = np.zeros((len(images), 28, 28), "float32")
    for row in range(28):
        result[:, row] = images[:, row] / 255
    return result


@prepare.variant("np.asarray with a type")
def _(images):
    return np.asarray(images, dtype="float32") / np.float32(255)


prepare.slip(
    "whole-division",
    "Nearly everything became 0: `//` throws away what stands behind the point. Which sign divides and keeps it?",
    "images / 255.0",
    "images // 255",
)

prepare.slip(
    "by-256",
    "Full ink, 255, does not become 1. There are 256 different pixel values, but what is the largest?",
    "255.0",
    "256",
)

prepare.slip(
    "by-own-maximum",
    (
        "You divide by the largest pixel of this batch. Then the same grey becomes another number in "
        "another batch. Which number is the same for all images?"
    ),
    "255.0",
    "max(images.max(), 1)",
)

prepare.slip(
    "standardised",
    (
        "You subtract a mean and divide by a spread. That is another way to scale, and the result is "
        "not between 0 and 1. Here one division is enough."
    ),
    "images / 255.0",
    "(images - images.mean()) / (images.std() + 1e-7)",
)

prepare.slip(
    "minus-one-to-one",
    "Your numbers run from -1 to 1. No ink should be 0 and full ink 1.",
    "images / 255.0",
    "images / 127.5 - 1",
)

prepare.slip(
    "not-scaled", "The numbers are floats now, but still as large as before. What brings 255 down to 1?", " / 255.0", ""
)

prepare.slip(
    "flattened",
    "You laid each image out as one row. The shape should stay (N, 28, 28); Flatten does this later, inside the model.",
    "images / 255.0",
    "images.reshape(len(images), 784) / 255.0",
)

prepare.slip(
    "float64",
    (
        "The numbers are right, but NumPy made them float64, twice the memory that Keras needs. "
        'Where could `.astype("float32")` stand?'
    ),
    '.astype("float32")',
    "",
)

for _name, _part, _axis in (
    ("column-by-its-length", "column", "axis=1"),
    ("row-by-its-length", "row", "axis=2"),
    ("image-by-its-length", "image", "axis=(1, 2)"),
):
    prepare.slip(
        _name,
        f"You divide each {_part} by its own length. Which number is the same for every pixel of every image?",
        "images / 255.0",
        f"images / np.maximum(np.linalg.norm(images.astype(float), {_axis}, keepdims=True), 1e-9)",
    )

prepare.slip(
    "by-each-image's-maximum",
    "You divide each image by its own largest pixel, so a faint one becomes dark. Which number is the same for all images?",
    "images / 255.0",
    "images / np.maximum(images.max(axis=(1, 2), keepdims=True), 1)",
)

prepare.slip(
    "from-lowest-to-highest",
    "You stretch from the lowest to the highest pixel of this batch. Which two numbers are the same for all images?",
    "images / 255.0",
    "(images - images.min()) / max(int(images.max()) - int(images.min()), 1)",
)

for _name, _test in (("black-and-white", "> 127"), ("ink-or-none", "> 0")):
    prepare.slip(
        _name,
        f"Every pixel becomes 1 when it is {_test}, and otherwise 0: the greys are lost. What does 51 become in the worked numbers?",
        "images / 255.0",
        f"(images {_test})",
    )


prepare.slip(
    "overwrites",
    "`images[...] = ` writes into the caller's array, and that array can hold whole numbers only. Return a new array.",
    'return (images / 255.0).astype("float32")',
    "images[...] = images / 255\n    return images",
)

prepare.slip(
    "float16",
    "The numbers are nearly right: float16 holds three digits. Which type does the text ask for?",
    '"float32"',
    '"float16"',
)


def _whole(seen, images, what="pixels"):
    """Whether the scaled pixels were cut to whole numbers, and their type holds no others."""
    return seen.startswith(("int", "uint")) if what == "type" else not np.any(seen - np.trunc(images / 255.0))


prepare.slip(
    "cut-to-whole-numbers",
    "Whole numbers cannot hold what lies between 0 and 1. To which type do you turn the result?",
    '"float32"',
    '"int"',
    when=_whole,
)


prepare.equivalent("np.zeros((len(images), 28, 28), 'float32')", why="every row is written")
prepare.equivalent("dtype='float32'", "dtype='float16'", why="float16 holds the whole numbers to 255 exactly")
