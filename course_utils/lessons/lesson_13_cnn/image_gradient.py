"""An extra: how the loss depends on every pixel that a kernel has read."""

import numpy as np

from course_utils import nn
from course_utils.exercises import FunctionExercise, edge, random, small


def pixel_slopes(dy, kernel):
    """dimage[h + i, w + j] collects dy[h, w] kernel[i, j]."""
    rows, columns = dy.shape
    dimage = np.zeros((rows + kernel.shape[0] - 1, columns + kernel.shape[1] - 1))
    for i, j in np.ndindex(kernel.shape):
        dimage[i : i + rows, j : j + columns] += kernel[i, j] * dy
    return dimage


image_gradient = FunctionExercise(
    "image-gradient",
    reference=pixel_slopes,
    points=3,
    title="The image's gradient",
    library=(nn.conv2d_backward,),
    extra=True,
)


@image_gradient.cases
def _(rng):
    yield small(
        "dy of 2 × 2, a kernel of 2 × 2", np.array([[1.0, 0.0], [-2.0, 3.0]]), np.array([[1.0, 2.0], [0.0, -1.0]])
    )
    yield random("dy of 4 × 4, a kernel of 3 × 3", rng.normal(size=(4, 4)), rng.normal(size=(3, 3)))
    yield random("dy of 5 × 3, a kernel of 2 × 3", rng.normal(size=(5, 3)), rng.normal(size=(2, 3)))
    yield edge("the kernel fitted at one place only", rng.normal(size=(1, 1)), rng.normal(size=(3, 2)))
    yield edge("a kernel of one number", rng.normal(size=(3, 4)), rng.normal(size=(1, 1)))
    yield edge("a kernel that is larger than dy", rng.normal(size=(2, 1)), rng.normal(size=(4, 3)))
    yield edge("slopes that are whole numbers", rng.integers(-9, 9, (3, 4)), rng.normal(size=(2, 2)))
    yield edge("26 × 26 slopes", rng.normal(size=(26, 26)), rng.normal(size=(3, 3)))


@image_gradient.variant("place by place: the kernel, times the slope")
def _(dy, kernel):
    kh, kw = kernel.shape
    dimage = np.zeros((dy.shape[0] + kh - 1, dy.shape[1] + kw - 1))
    for h in range(dy.shape[0]):
        for w in range(dy.shape[1]):
            dimage[h : h + kh, w : w + kw] += dy[h, w] * kernel
    return dimage


@image_gradient.variant("a frame round dy, and the turned kernel slides over it")
def _(dy, kernel):
    kh, kw = kernel.shape
    framed = np.pad(dy, ((kh - 1, kh - 1), (kw - 1, kw - 1)))
    turned = kernel[::-1, ::-1]
    rows, columns = dy.shape[0] + kh - 1, dy.shape[1] + kw - 1
    return np.array([[np.sum(framed[i : i + kh, j : j + kw] * turned) for j in range(columns)] for i in range(rows)])


image_gradient.variant("one shifted copy of dy for each number of the kernel")(pixel_slopes)

_FRAME = "a frame round dy, and the turned kernel slides over it"

image_gradient.slip(
    "overwritten",
    "A pixel keeps only what the last window sent to it. It was read by several windows: which sign adds to what is there?",
    "+=",
    "=",
)

image_gradient.slip(
    "kernel-not-turned",
    "Your kernel lies the wrong way round. The first pixel was read by one window only and met `kernel[0, 0]`: which number of the kernel goes to the first pixel in your result?",
    "kernel[::-1, ::-1]",
    "kernel",
    of=_FRAME,
)

image_gradient.slip(
    "turned-in-one-direction",
    "You turned the kernel in one direction only. Both rows and columns run the other way.",
    "kernel[::-1, ::-1]",
    "kernel[::-1]",
    of=_FRAME,
)

image_gradient.slip(
    "turned-in-the-other-direction",
    "Your kernel's columns run the other way, and its rows do not. Both have to.",
    "kernel[::-1, ::-1]",
    "kernel[:, ::-1]",
    of=_FRAME,
)

image_gradient.slip(
    "slope-left-out",
    "Every window sends back the whole kernel, however much its place mattered. Where is `dy`?",
    "dy[h, w] * kernel",
    "kernel",
)

image_gradient.slip(
    "kernel-left-out",
    "Every pixel of a window gets the same slope. It was multiplied by a number of the kernel: which one does it get back?",
    "dy[h, w] * kernel",
    "dy[h, w]",
)

image_gradient.slip(
    "size-of-dy",
    "Your result is as large as `dy`. The image was larger: the kernel did not fit at its rim. How many rows does a kernel of 3 take away?",
    "return dimage",
    "return dimage[: dy.shape[0], : dy.shape[1]]",
)

image_gradient.slip(
    "last-places-left-out",
    "You leave out the last row and the last column of `dy`. Where do your loops stop?",
    "for h in range(dy.shape[0]):\n        for w in range(dy.shape[1]):",
    "for h in range(dy.shape[0] - 1):\n        for w in range(dy.shape[1] - 1):",
)

image_gradient.slip(
    "slopes-without-signs",
    "You take the size of each slope and lose its sign. What does a place say that wants its sum lower?",
    "dy[h, w] *",
    "abs(dy[h, w]) *",
)

image_gradient.slip(
    "kernel-transposed",
    "Rows and columns of the kernel have changed places. Which number met the pixel to the *right* of the first?",
    "kernel[i, j] * dy",
    "kernel.T[i % kernel.shape[1], j % kernel.shape[0]] * dy",
    of="one shifted copy of dy for each number of the kernel",
)

image_gradient.slip(
    "mean-of-the-shares",
    "The shares of a pixel are divided by how many numbers the kernel has. They are added, not averaged.",
    "np.sum",
    "np.mean",
    of=_FRAME,
)

image_gradient.slip(
    "downhill-already",
    "Every sign is the other way round. The step downhill is taken later: which sign do the slopes themselves have?",
    "+=",
    "-=",
)

image_gradient.slip(
    "cut-to-whole-numbers",
    "With whole numbers as slopes your result loses what stands behind the point. Which kind of numbers can your array hold?",
    "np.zeros((dy.shape[0] + kh - 1, dy.shape[1] + kw - 1))",
    "np.zeros((dy.shape[0] + kh - 1, dy.shape[1] + kw - 1), dtype=dy.dtype)\n    kernel = kernel.astype(dy.dtype)",
)

for _side in ("kh", "kw"):
    for _wider in (f"{_side} + 1", _side, f"{_side} - 0"):
        image_gradient.equivalent(
            f"{_side} - 1", _wider, why="what a wider frame adds behind the last window is never read"
        )
