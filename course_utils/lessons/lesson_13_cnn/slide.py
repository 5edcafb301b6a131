"""Slide a kernel over an image and add up its products at every place."""

import numpy as np

from course_utils import nn
from course_utils.exercises import FunctionExercise, edge, random, small


def sliding_sums(image, kernel):
    """y[h, w] = sum over i, j of image[h + i, w + j] kernel[i, j], for every place where the kernel fits."""
    return nn.conv2d(image[None, :, :, None], kernel[:, :, None, None])[0, :, :, 0]


slide = FunctionExercise("slide", reference=sliding_sums, points=3, title="Slide a window", library=(nn.conv2d,))


@slide.cases
def _(rng):
    yield small(
        "3 × 3 pixels, a kernel of 2 × 2",
        np.array([[1.0, 2.0, 0.0], [0.0, 1.0, 3.0], [2.0, 0.0, 1.0]]),
        np.array([[1.0, -1.0], [0.0, 2.0]]),
    )
    yield random("6 × 6 pixels, a kernel of 3 × 3", rng.normal(size=(6, 6)), rng.normal(size=(3, 3)))
    yield random("5 × 7 pixels, a kernel of 2 × 3", rng.normal(size=(5, 7)), rng.normal(size=(2, 3)))
    yield edge("a kernel as large as the image", rng.normal(size=(3, 4)), rng.normal(size=(3, 4)))
    yield edge("a kernel of one pixel", rng.normal(size=(3, 3)), rng.normal(size=(1, 1)))
    yield edge("one row of pixels", rng.normal(size=(1, 6)), rng.normal(size=(1, 3)))
    yield edge("pixels that are whole numbers", rng.integers(0, 9, (4, 5)), rng.normal(size=(2, 2)))
    yield edge("28 × 28 pixels", rng.normal(size=(28, 28)), rng.normal(size=(5, 4)))


@slide.variant("two loops")
def _(image, kernel):
    kh, kw = kernel.shape
    h, w = image.shape[0] - kh + 1, image.shape[1] - kw + 1
    y = np.zeros((h, w))
    for i in range(h):
        for j in range(w):
            y[i, j] = (image[i : i + kh, j : j + kw] * kernel).sum()
    return y


@slide.variant("float32")
def _(image, kernel):
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    return np.tensordot(windows, kernel, axes=2).astype(np.float32)


@slide.variant("one shifted image for each number of the kernel")
def _(image, kernel):
    h, w = image.shape[0] - kernel.shape[0] + 1, image.shape[1] - kernel.shape[1] + 1
    return sum(
        kernel[i, j] * image[i : i + h, j : j + w] for i in range(kernel.shape[0]) for j in range(kernel.shape[1])
    )


slide.slip(
    "one-place-too-few",
    "Your result lacks its last row and column. A window of 2 in 3 pixels: at how many places does it fit?",
    "image.shape[0] - kh + 1, image.shape[1] - kw + 1",
    "image.shape[0] - kh, image.shape[1] - kw",
)

slide.slip(
    "flipped",
    (
        "You turn the kernel round before you lay it on. That is the convolution of mathematics; networks do not "
        "turn it. Which pixel meets `kernel[0, 0]`?"
    ),
    "* kernel",
    "* kernel[::-1, ::-1]",
)

slide.slip(
    "matrix-product",
    (
        "`@` multiplies rows with columns. Here each pixel of the window meets one number of the kernel, the "
        "one that lies on it. Which sign multiplies place by place?"
    ),
    "* kernel",
    "@ kernel",
)

slide.slip(
    "mean-not-sum",
    "You take the mean of the products. Their *sum* is asked for: by how much is yours too small?",
    ".sum()",
    ".mean()",
)

slide.slip(
    "kernel-not-used",
    "You add up the pixels of the window as they are. Where does the kernel come in?",
    " * kernel",
    "",
)

slide.slip(
    "whole-windows-jumped",
    "Your window jumps by its own width, as in pooling. Here it moves on by one pixel, so windows overlap.",
    "(image, kernel.shape)",
    "(image, kernel.shape)[:: kernel.shape[0], :: kernel.shape[1]]",
    of="float32",
)

slide.slip(
    "same-size",
    (
        "Your result is as large as the image, with places left at 0 where the kernel did not fit. Keep only the "
        "places where it fits."
    ),
    "np.zeros((h, w))",
    "np.zeros(image.shape)",
)

slide.slip(
    "window-shrinks",
    (
        "Your first window is right. The others end at the same place as the first, so they shrink as they move. "
        "A window of kh rows that begins at row i: where does it end?"
    ),
    "image[i : i + kh, j : j + kw]",
    "image[i:kh, j:kw]",
)

slide.slip(
    "cut-to-whole-numbers",
    "With whole numbers as pixels your sums lose what stands behind the point. Which kind of numbers can your result hold?",
    "np.zeros((h, w))",
    "np.zeros((h, w), dtype=image.dtype)",
)

slide.slip(
    "largest-product",
    "You keep the largest of the products under the window. What should become of all of them?",
    ".sum()",
    ".max()",
)

slide.slip(
    "last-windows-left-out",
    "The last row and the last column of your result stay at 0. Your loops stop one place too early: how many places has the result?",
    "for i in range(h):\n        for j in range(w):",
    "for i in range(h - 1):\n        for j in range(w - 1):",
)

slide.slip(
    "last-row-left-out",
    "The last row of your result stays at 0. How many rows of places are there, and where does `range` stop?",
    "range(h)",
    "range(h - 1)",
)

slide.slip(
    "last-column-left-out",
    "The last column of your result stays at 0. How many places are there in a row, and where does `range` stop?",
    "range(w)",
    "range(w - 1)",
)

slide.slip(
    "rows-and-columns-exchanged",
    "Your window walks down where it should walk across. Which of `i` and `j` counts the rows?",
    "image[i : i + kh, j : j + kw]",
    "image[j : j + kh, i : i + kw]",
)

slide.slip(
    "only-square-kernels",
    "With a square kernel all is right. With another one: is its height used for the rows, and its width for the columns?",
    "kh, kw = kernel.shape",
    "kh = kw = kernel.shape[0]",
)

slide.slip(
    "divided-by-the-kernel",
    "You divide each sum by that of the kernel. That makes a mean for blurring; does the exercise ask for it?",
    ".sum()",
    ".sum() / kernel.sum()",
)

slide.slip(
    "relu-inside",
    "All your negative sums have become 0. They tell of edges in the other direction: what makes them disappear?",
    "(image[i : i + kh, j : j + kw] * kernel).sum()",
    "max(0, (image[i : i + kh, j : j + kw] * kernel).sum())",
)

slide.slip(
    "signs-lost",
    "No sum of yours is negative. The sign tells the direction of an edge: what takes it away?",
    "(image[i : i + kh, j : j + kw] * kernel).sum()",
    "abs((image[i : i + kh, j : j + kw] * kernel).sum())",
)

slide.slip(
    "squares-of-differences",
    "You add up squared differences of pixel and kernel. What does the kernel do with the pixels under it?",
    "(image[i : i + kh, j : j + kw] * kernel)",
    "((image[i : i + kh, j : j + kw] - kernel) ** 2)",
)

slide.slip(
    "sum-of-both",
    "You add the kernel to the pixels. What happens to a pixel and the number that lies on it, before the sum?",
    "* kernel).sum()",
    "+ kernel).sum()",
)

slide.slip(
    "turned-over-one-axis",
    "Your kernel is turned upside down before you lay it on. Which pixel meets `kernel[0, 0]`?",
    "* kernel",
    "* kernel[::-1]",
)

slide.slip(
    "kernel-transposed",
    "Rows and columns of your kernel have changed places. Which pixel meets `kernel[0, 1]`?",
    "* kernel",
    "* kernel.T",
)


@slide.mistake(
    "hanging-over-the-edge",
    "Your result is larger than the image: the windows hang over its edges. Only places where the kernel fits wholly are wanted.",
)
def _(image, kernel):
    framed = np.pad(image, [(side - 1, side - 1) for side in kernel.shape])
    return np.einsum("abij,ij->ab", np.lib.stride_tricks.sliding_window_view(framed, kernel.shape), kernel)


@slide.mistake(
    "framed",
    "Your result is as large as the image: there is a frame of zeros around it. Only places where the kernel fits wholly are wanted.",
)
def _(image, kernel):
    framed = np.pad(image, [(side // 2, (side - 1) // 2) for side in kernel.shape])
    return np.einsum("abij,ij->ab", np.lib.stride_tricks.sliding_window_view(framed, kernel.shape), kernel)


slide.equivalent("(0, :, :, 0)", why="there is one image and one filter, so the first is the last")
slide.equivalent("np.zeros((h, w))", "np.ones((h, w))", why="every place is written to")
slide.equivalent("np.tensordot(windows, kernel, axes=2)", "np.tensordot(windows, kernel)", why="axes is 2 unless given")
