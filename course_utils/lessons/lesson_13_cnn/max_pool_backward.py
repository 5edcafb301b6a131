"""Send each slope back to the pixel that was the largest of its window."""

import numpy as np

from course_utils import nn
from course_utils.exercises import FunctionExercise, edge, random, small

from .max_pool import pooled


def pool_back(dy, x, size=2):
    """dx: each number of dy goes to the pixel that was the largest of its window; all others get 0."""
    return nn.max_pool_backward(dy, x, pooled(x, size), (size, size), (size, size))


max_pool_backward = FunctionExercise(
    "max-pool-backward", reference=pool_back, points=2, title="Max pooling, backward", library=(nn.max_pool_backward,)
)


def different(rng, *shape):
    """Numbers of which no two are equal."""
    return (rng.permutation(np.prod(shape)).reshape(shape) - np.prod(shape) / 2 + 0.25) / 3


@max_pool_backward.cases
def _(rng):
    yield small(
        "4 × 4 pixels",
        np.array([[10.0, 20.0], [30.0, -40.0]]).reshape(1, 2, 2, 1),
        np.array([[2.0, 7.0, 1.0, 0.0], [4.0, 3.0, 5.0, 8.0], [9.0, 1.0, 2.0, 3.0], [0.0, 6.0, 4.0, 1.0]]).reshape(
            1, 4, 4, 1
        ),
    )
    yield random("two images, three channels", rng.normal(size=(2, 3, 2, 3)), different(rng, 2, 6, 4, 3))
    yield random("windows of 3 × 3", rng.normal(size=(1, 2, 3, 2)), different(rng, 1, 6, 9, 2), size=3)
    hardly = 1000 + 0.015 * different(rng, 1, 2, 2, 1).repeat(2, axis=3)
    yield edge("pixels that hardly differ", rng.normal(size=(1, 1, 1, 2)), hardly)
    yield edge("one window", rng.normal(size=(1, 1, 1, 2)), different(rng, 1, 2, 2, 2))


@max_pool_backward.variant("a mask")
def _(dy, x, size=2):
    n, h, w, c = x.shape
    y = x.reshape(n, h // size, size, w // size, size, c).max(axis=(2, 4))
    largest, slopes = (a.repeat(size, axis=1).repeat(size, axis=2) for a in (y, dy))
    return (x == largest) * slopes


@max_pool_backward.variant("window by window with argmax")
def _(dy, x, size=2):
    dx = np.zeros(x.shape)
    for n, i, j, c in np.ndindex(dy.shape):
        window = x[n, size * i : size * i + size, size * j : size * j + size, c]
        a, b = divmod(int(np.argmax(window)), size)
        dx[n, size * i + a, size * j + b, c] = dy[n, i, j, c]
    return dx


max_pool_backward.slip(
    "to-all-four",
    (
        "Every pixel of a window got the whole slope. Would the output change if you raised a pixel that "
        "was *not* the largest a little?"
    ),
    "(x == largest) * slopes",
    "slopes",
)

max_pool_backward.slip(
    "shared-out",
    (
        "You share each slope among the pixels of its window. That belongs to average pooling. Which "
        "pixel alone decided the output here?"
    ),
    "(x == largest) * slopes",
    "slopes / size**2",
)

max_pool_backward.slip(
    "marks-only",
    "The right pixels are marked with 1, and `dy` is missing. How much slope arrives at each of them?",
    "(x == largest) * slopes",
    "(x == largest).astype(float)",
)

max_pool_backward.slip(
    "times-the-pixel",
    (
        "You multiply the slope by the pixel's value. The output *is* that pixel: if it grows by 0.1, "
        "by how much does the output grow?"
    ),
    " * slopes",
    " * slopes * x",
)

max_pool_backward.slip(
    "to-the-first",
    "Each slope went to the upper left pixel of its window. Send it to the largest instead.",
    "divmod(int(np.argmax(window)), size)",
    "0, 0",
    of="window by window with argmax",
)

max_pool_backward.slip(
    "to-all-but-the-largest",
    "You have it the wrong way round: the largest pixel got 0 and the others the slope.",
    "x == largest",
    "x != largest",
)

max_pool_backward.slip(
    "nearly-largest-too",
    "Pixels that are nearly as large as the largest get the slope as well. Which comparison is exact?",
    "x == largest",
    "np.isclose(x, largest)",
)

max_pool_backward.slip(
    "largest-of-the-map",
    "Only the largest pixel of a whole map gets a slope. How many squares are there, and has each one a largest pixel?",
    "x == largest",
    "x == x.max(axis=(1, 2), keepdims=True)",
)

max_pool_backward.slip(
    "laid-side-by-side",
    "`tile` lays copies of the whole map side by side. Which function writes each number several times next to itself?",
    "a.repeat(size, axis=1).repeat(size, axis=2) for a",
    "np.tile(a, (1, size, size, 1)) for a",
)

max_pool_backward.slip(
    "slopes-side-by-side",
    "The right pixels get a slope, and it is that of another window: `tile` lays copies of the whole map side by side. "
    "Which function writes each number several times next to itself?",
    "(x == largest) * slopes",
    "(x == largest) * np.tile(dy, (1, size, size, 1))",
)

max_pool_backward.slip(
    "two-for-size",
    "With `size` 2 all is right, with 3 your code stops. Does every function that you call get `size`, and is there a 2 where `size` belongs?",
    "a.repeat(size, axis=1).repeat(size, axis=2)",
    "a.repeat(2, axis=1).repeat(2, axis=2)",
)

max_pool_backward.slip(
    "to-the-smallest",
    "Each slope went to the smallest pixel of its window. Which pixel alone came through the pooling?",
    ".max(axis=(2, 4))",
    ".min(axis=(2, 4))",
)

max_pool_backward.slip(
    "to-all-above-zero",
    "You let a slope through where the pixel is above 0. That is ReLU, backward; which pixel of a window came through the pooling?",
    "x == largest",
    "x > 0",
)

max_pool_backward.slip(
    "halved-among-the-pixels",
    "The right pixels get their slope, but divided by the pixels of the window. Among how many is it shared?",
    "* slopes",
    "* slopes / size**2",
)

max_pool_backward.slip(
    "forward-again",
    "You return the largest pixels themselves. What arrives from behind: the pixel or the slope `dy`?",
    "* slopes",
    "* x",
)

max_pool_backward.slip(
    "larger-than-the-slope",
    "You compare the pixels with the slopes. With what must a pixel be equal to be the largest of its window?",
    "(x == largest) * slopes",
    "(x >= slopes) * slopes",
)

max_pool_backward.slip(
    "slopes-not-signed",
    "No slope of yours is negative. A slope of -40 says that the loss goes *down*: what takes the sign away?",
    "* slopes",
    "* np.abs(slopes)",
)

max_pool_backward.slip(
    "place-across-and-down",
    "Row and column of the largest pixel have changed places. Which of the two does `divmod` give first?",
    "a, b = divmod",
    "b, a = divmod",
    of="window by window with argmax",
)

max_pool_backward.slip(
    "last-windows-left-out",
    "Some windows get no slope at all: those of the last row. Where does your loop stop?",
    "np.ndindex(dy.shape)",
    "np.ndindex(dy.shape[0], dy.shape[1] - 1, *dy.shape[2:])",
    of="window by window with argmax",
)


max_pool_backward.equivalent(
    "int(np.argmax(window))", "np.argmax(window)", why="divmod takes NumPy's whole numbers too"
)

max_pool_backward.slip(
    "largest-of-all-channels",
    "You look for the largest pixel of a window in all its channels at once. Each channel was pooled by itself: over which axes runs your maximum?",
    ".max(axis=(2, 4))",
    ".max(axis=(2, 4, 5))[..., None]",
)
