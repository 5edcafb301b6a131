"""Keep the largest value of each window of a batch of images."""

import numpy as np

from course_utils import nn
from course_utils.exercises import FunctionExercise, edge, random, small


def pooled(x, size=2):
    """The largest value of each size × size window of images (N, H, W, C); what does not fill a window is left out."""
    return nn.max_pool(x, (size, size), (size, size))


max_pool = FunctionExercise(
    "max-pool", reference=pooled, points=2, title="Max pooling", library=(nn.max_pool, nn.MaxPooling2D)
)


@max_pool.cases
def _(rng):
    yield small(
        "4 × 4 pixels",
        np.array([[2.0, 7.0, 1.0, 0.0], [4.0, 3.0, 5.0, 8.0], [9.0, 1.0, 2.0, 3.0], [0.0, 6.0, 4.0, 1.0]]).reshape(
            1, 4, 4, 1
        ),
    )
    yield random("two images, three channels", rng.normal(size=(2, 6, 4, 3)))
    yield random("windows of 3 × 3", rng.normal(size=(1, 6, 9, 2)), size=3)
    yield edge("5 × 7 pixels: the last row and column are left over", rng.normal(size=(1, 5, 7, 2)))
    yield edge("7 × 8 pixels, windows of 3 × 3", rng.normal(size=(2, 7, 8, 2)), size=3)
    yield edge("numbers far below zero", -1e12 * rng.uniform(1, 2, (1, 4, 4, 1)))
    yield edge("only negative numbers", -rng.uniform(1, 2, (1, 4, 4, 1)))


@max_pool.variant("reshape, for any whole number of windows")
def _(x, size=2):
    n, h, w, c = x.shape
    h, w = h // size, w // size
    return x[:, : h * size, : w * size].reshape(n, h, size, w, size, c).max(axis=(2, 4))


@max_pool.variant("window by window")
def _(x, size=2):
    n, h, w, c = x.shape
    y = np.zeros((n, h // size, w // size, c))
    for i in range(h // size):
        for j in range(w // size):
            y[:, i, j] = x[:, size * i : size * i + size, size * j : size * j + size].max(axis=(1, 2))
    return y


@max_pool.variant("the larger of shifted images")
def _(x, size=2):
    h, w = x.shape[1] // size * size, x.shape[2] // size * size
    views = [x[:, i:h:size, j:w:size] for i in range(size) for j in range(size)]
    return np.max(views, axis=0)


max_pool.slip(
    "mean",
    "You take the mean of each window. That is average pooling; which number of the four is asked for?",
    ".max(axis=(2, 4))",
    ".mean(axis=(2, 4))",
)

max_pool.slip(
    "smallest",
    "You keep the smallest number of each window. How strongly a pattern was found is told by the largest.",
    ".max(axis=(2, 4))",
    ".min(axis=(2, 4))",
)

max_pool.slip(
    "first-of-each-window",
    "You keep the upper left pixel of each window, however small it is. Which one should stay?",
    ".max(axis=(2, 4))",
    "[:, :, 0, :, 0]",
)


@max_pool.mistake(
    "windows-overlap",
    "Your windows move by one pixel and overlap. In pooling the next window begins where the last one ended.",
)
def _(x, size=2):
    return np.lib.stride_tricks.sliding_window_view(x, (size, size), axis=(1, 2)).max(axis=(4, 5))


max_pool.slip(
    "pixels-mixed-by-reshape",
    (
        "The shape is right, but `reshape` cut the rows into pieces, not the image into squares. "
        "In which order must the axes stand: window row, pixel row, window column, pixel column?"
    ),
    "reshape(n, h, size, w, size, c).max(axis=(2, 4))",
    "reshape(n, h, w, size, size, c).max(axis=(3, 4))",
)

max_pool.slip(
    "across-channels",
    "You mix the channels. Each channel is pooled by itself: four filters in, four out.",
    ".max(axis=(2, 4))",
    ".max(axis=(2, 4, 5))[..., None].repeat(c, axis=-1)",
)


@max_pool.mistake(
    "left-over-kept",
    "With 5 rows you return 3: the last window has only one row. Windows that are not full are left out.",
)
def _(x, size=2):
    n, h, w, c = x.shape
    x = np.pad(x, ((0, 0), (0, -h % size), (0, -w % size), (0, 0)), constant_values=-np.inf)
    return x.reshape(n, x.shape[1] // size, size, x.shape[2] // size, size, c).max(axis=(2, 4))


max_pool.slip(
    "starts-from-zero",
    (
        "When all pixels of a window are negative you return 0, which is not one of them. "
        "With what do you start your search for the largest?"
    ),
    ".max(axis=(2, 4))",
    ".max(axis=(2, 4), initial=0)",
)

max_pool.slip(
    "start-not-multiplied",
    (
        "The size of your result is right, but its squares begin one pixel apart. At which row does square number "
        "i begin when the squares lie side by side?"
    ),
    "size * i : size * i + size, size * j : size * j + size",
    "i : i + size, j : j + size",
    of="window by window",
)

max_pool.slip(
    "largest-of-all",
    (
        "With one image and one channel all is right. `.max()` without an axis looks through all images and channels "
        "at once. Over which two axes should it look?"
    ),
    ".max(axis=(1, 2))",
    ".max()",
    of="window by window",
)

max_pool.slip(
    "starts-too-high",
    (
        "When all pixels of a window lie far below zero, you return a number that is not one of them. Which of the "
        "window's own pixels could your search start from?"
    ),
    ".max(axis=(2, 4))",
    ".max(axis=(2, 4), initial=-1e6)",
)

max_pool.slip(
    "first-rows-left-out",
    "When rows or columns are left over, you leave out those at the beginning. Where does the first square begin?",
    "x[:, : h * size, : w * size]",
    "x[:, -h * size :, -w * size :]",
)

max_pool.slip(
    "size-ignored",
    "Your squares are always 2 × 2. Which argument says how large they are?",
    "n, h, w, c = x.shape\n",
    "n, h, w, c = x.shape\n    size = 2\n",
)

max_pool.slip(
    "places-behind-pixels",
    "The shape is right, but `reshape` took pixels from all over the image into one square. Which two rows lie in the first square, and which axis counts them?",
    "reshape(n, h, size, w, size, c).max(axis=(2, 4))",
    "reshape(n, size, h, size, w, c).max(axis=(1, 3))",
)


@max_pool.mistake(
    "pixels-mixed-and-nothing-left-out",
    "`reshape` took pixels from all over the image into one square, and with rows left over it stops. Which axis counts the rows of one square?",
)
def _(x, size=2):
    n, h, w, c = x.shape
    return x.reshape(n, size, h // size, size, w // size, c).max(axis=(1, 3))


@max_pool.mistake(
    "nothing-left-out",
    "When the squares come out even all is right. With rows or columns left over your code stops: what must go before the squares are cut?",
)
def _(x, size=2):
    n, h, w, c = x.shape
    return x.reshape(n, h // size, size, w // size, size, c).max(axis=(2, 4))


max_pool.slip(
    "two-in-the-place",
    "With `size` 2 all is right, with 3 your code stops. Is there a 2 in it where `size` belongs?",
    "y[:, i, j] = x[:, size * i",
    "y[:, i * size // 2, j * size // 2] = x[:, size * i",
    of="window by window",
)

max_pool.slip(
    "result-for-size-two",
    "With `size` 2 all is right, with 3 your result is too large and ends in zeros. Is there a 2 in your code where `size` belongs?",
    "np.zeros((n, h // size, w // size, c))",
    "np.zeros((n, h // 2, w // 2, c))",
    of="window by window",
)

max_pool.slip(
    "steps-of-two",
    "With `size` 2 all is right. With 3 your squares are 3 wide and begin 2 pixels apart: how far apart should they begin?",
    "x[:, size * i : size * i + size, size * j : size * j + size]",
    "x[:, 2 * i : 2 * i + size, 2 * j : 2 * j + size]",
    of="window by window",
)

max_pool.slip(
    "largest-size",
    "You look for the number farthest from 0. Is -8 larger than 5?",
    "x[:, : h * size, : w * size]",
    "np.abs(x[:, : h * size, : w * size])",
)

max_pool.slip(
    "sum",
    "You add up each window. Which number of the four is asked for?",
    ".max(axis=(2, 4))",
    ".sum(axis=(2, 4))",
)

max_pool.slip(
    "rows-only",
    "You keep the largest of each pair of rows, and all columns stay. Over which two axes does a square lie?",
    ".max(axis=(2, 4))",
    ".max(axis=2).reshape(n, h, w * size, c)",
)

max_pool.slip(
    "columns-only",
    "You keep the largest of each pair of columns, and all rows stay. Over which two axes does a square lie?",
    ".max(axis=(2, 4))",
    ".max(axis=4).reshape(n, h * size, w, c)",
)

max_pool.slip(
    "last-squares-left-out",
    "The last row and the last column of your result stay at 0. How many squares are there, and where do your loops stop?",
    "for i in range(h // size):\n        for j in range(w // size):",
    "for i in range(h // size - 1):\n        for j in range(w // size - 1):",
    of="window by window",
)

max_pool.slip(
    "place-of-the-largest",
    "You return the place of the largest number in its window, not the number. Which function gives the number itself?",
    ".max(axis=(2, 4))",
    ".transpose(0, 1, 3, 5, 2, 4).reshape(n, h, w, c, size * size).argmax(axis=-1)",
)

max_pool.slip(
    "squares-too-small",
    "You leave out a row or a column of each square. Where does a slice that begins at `size * i` have to end?",
    "size * i : size * i + size, size * j : size * j + size",
    "size * i : size * i + size - 1, size * j : size * j + size - 1",
    of="window by window",
)


max_pool.equivalent(
    "np.zeros((n, h // size, w // size, c))", "np.ones((n, h // size, w // size, c))", why="every place is written to"
)
