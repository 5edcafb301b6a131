"""Compute how the loss depends on every number of a kernel."""

import numpy as np

from course_utils import nn
from course_utils.exercises import FunctionExercise, edge, random, small


def kernel_slopes(image, dy):
    """dkernel[i, j] = sum over h, w of dy[h, w] image[h + i, w + j]."""
    return nn.conv2d_backward(
        dy[None, :, :, None],
        image[None, :, :, None],
        np.zeros((image.shape[0] - dy.shape[0] + 1, image.shape[1] - dy.shape[1] + 1, 1, 1)),
        needs_dx=False,
    )[1][:, :, 0, 0]


kernel_gradient = FunctionExercise(
    "kernel-gradient", reference=kernel_slopes, points=2, title="The kernel's gradient", library=(nn.conv2d_backward,)
)


@kernel_gradient.cases
def _(rng):
    yield small(
        "3 × 3 pixels, dy of 2 × 2",
        np.array([[1.0, 2.0, 0.0], [0.0, 1.0, 3.0], [2.0, 0.0, 1.0]]),
        np.array([[1.0, 0.0], [-2.0, 3.0]]),
    )
    yield random("6 × 6 pixels, a kernel of 3 × 3", rng.normal(size=(6, 6)), rng.normal(size=(4, 4)))
    yield random("5 × 7 pixels, a kernel of 2 × 3", rng.normal(size=(5, 7)), rng.normal(size=(4, 5)))
    yield edge("the kernel fitted at one place only", rng.normal(size=(3, 3)), rng.normal(size=(1, 1)))
    yield edge("one row of pixels", rng.normal(size=(1, 6)), rng.normal(size=(1, 4)))
    yield edge("pixels that are whole numbers", rng.integers(0, 9, (4, 5)), rng.normal(size=(2, 3)))
    yield edge("28 × 28 pixels", rng.normal(size=(28, 28)), rng.normal(size=(24, 25)))
    yield edge("a kernel of one number", rng.normal(size=(3, 4)), rng.normal(size=(3, 4)))


@kernel_gradient.variant("place by place: dy times the window it came from")
def _(image, dy):
    kh, kw = image.shape[0] - dy.shape[0] + 1, image.shape[1] - dy.shape[1] + 1
    dkernel = np.zeros((kh, kw))
    for h in range(dy.shape[0]):
        for w in range(dy.shape[1]):
            dkernel += dy[h, w] * image[h : h + kh, w : w + kw]
    return dkernel


@kernel_gradient.variant("number by number")
def _(image, dy):
    ho, wo = dy.shape
    return np.array([
        [np.sum(image[i : i + ho, j : j + wo] * dy) for j in range(image.shape[1] - wo + 1)]
        for i in range(image.shape[0] - ho + 1)
    ])


kernel_gradient.slip(
    "flipped",
    "Your numbers belong to a `dy` that was turned round. For `dkernel[0, 0]`, `dy[0, 0]` meets `image[0, 0]`.",
    "image[i : i + ho, j : j + wo] * dy",
    "image[i : i + ho, j : j + wo] * dy[::-1, ::-1]",
    of="number by number",
)

kernel_gradient.slip(
    "result-flipped",
    "The right numbers, but in the reverse order: `dkernel[0, 0]` stands in your last place.",
    "return dkernel",
    "return dkernel[::-1, ::-1]",
)

kernel_gradient.slip(
    "mean-not-sum",
    "The kernel is used at many places, and each has its say. Their shares are added, not averaged.",
    "np.sum",
    "np.mean",
    of="number by number",
)

kernel_gradient.slip(
    "pixels-only",
    "You add up the pixels that the kernel met, without asking how much each place mattered. Where is `dy`?",
    "image[i : i + ho, j : j + wo] * dy",
    "image[i : i + ho, j : j + wo]",
    of="number by number",
)

kernel_gradient.slip(
    "bias-gradient",
    (
        "Every number is the sum of `dy`. That is the gradient of the *bias*, which meets no pixel. "
        "What does a number of the kernel multiply?"
    ),
    "dy[h, w] * image[h : h + kh, w : w + kw]",
    "dy[h, w]",
)

kernel_gradient.slip(
    "last-place-only",
    "You keep only what the last place sent and overwrite the others. Which sign adds to what is there?",
    "dkernel +=",
    "dkernel =",
)

kernel_gradient.slip(
    "cut-to-whole-numbers",
    "With whole numbers as pixels your slopes lose what stands behind the point. Which kind of numbers can your result hold?",
    "dkernel = np.zeros((kh, kw))",
    "dkernel = np.zeros((kh, kw), dtype=image.dtype)\n    dy = dy.astype(image.dtype)",
)

kernel_gradient.slip(
    "one-pixel-for-all",
    "Every number of yours met the same pixels. The upper right number of a kernel lies further to the right: which pixels does it meet?",
    "image[h : h + kh, w : w + kw]",
    "image[h, w]",
)

kernel_gradient.slip(
    "last-places-left-out",
    "You leave out the last row and the last column of `dy`. Where do your loops stop?",
    "for h in range(dy.shape[0]):\n        for w in range(dy.shape[1]):",
    "for h in range(dy.shape[0] - 1):\n        for w in range(dy.shape[1] - 1):",
)

kernel_gradient.slip(
    "rows-and-columns-exchanged",
    "You move across where you should move down. Which of your two counters belongs to the rows of the image?",
    "image[h : h + kh, w : w + kw]",
    "image[w : w + kh, h : h + kw]",
)

kernel_gradient.slip(
    "a-row-and-a-column-missing",
    "Your result is one row and one column too small. With 3 pixels a `dy` of 2 comes from a kernel of 2: what is missing in 3 − 2?",
    "image.shape[0] - dy.shape[0] + 1, image.shape[1] - dy.shape[1] + 1\n    dkernel",
    "image.shape[0] - dy.shape[0], image.shape[1] - dy.shape[1]\n    dkernel",
)

kernel_gradient.slip(
    "largest-share",
    "You keep the largest of the shares. What should become of all of them?",
    "np.sum",
    "np.max",
    of="number by number",
)

kernel_gradient.slip(
    "slopes-without-signs",
    "You take the size of each slope and lose its sign. What does a place say that wants the number lower?",
    "dy[h, w] *",
    "abs(dy[h, w]) *",
)

kernel_gradient.slip(
    "dy-transposed",
    "Rows and columns of `dy` have changed places. Which pixel does `dy[0, 1]` meet for `dkernel[0, 0]`?",
    "* dy)",
    "* dy.T)",
    of="number by number",
)

kernel_gradient.slip(
    "downhill-already",
    "Every sign is the other way round. The step downhill is taken later: which sign do the slopes themselves have?",
    "dkernel +=",
    "dkernel -=",
)

kernel_gradient.slip(
    "squares",
    "Your pixels are squared. How often does a place multiply its slope by its pixel?",
    "image[i : i + ho, j : j + wo] * dy",
    "image[i : i + ho, j : j + wo] ** 2 * dy",
    of="number by number",
)

kernel_gradient.slip(
    "dy-added",
    "You add `dy` to the pixels. What happens to a slope and the pixel that it meets, before the sum?",
    "image[i : i + ho, j : j + wo] * dy",
    "image[i : i + ho, j : j + wo] + dy",
    of="number by number",
)


_EXCHANGED = (
    "You let the image slide over `dy`, and it is the larger one. Which of the two stays, and which moves over it?"
)
kernel_gradient.slip(
    "exchanged",
    _EXCHANGED,
    "    ho, wo = dy.shape\n",
    "    image, dy = dy, image\n    ho, wo = dy.shape\n",
    of="number by number",
)


@kernel_gradient.mistake("exchanged-and-empty-of-a-size-below-0", f"{_EXCHANGED} So nothing is left of the result.")
def _(image, dy):
    kh, kw = image.shape
    slid = np.zeros((dy.shape[0] - kh + 1, dy.shape[1] - kw + 1))
    for i in range(slid.shape[0]):
        for j in range(slid.shape[1]):
            slid[i, j] = np.sum(dy[i : i + kh, j : j + kw] * image)
    return slid


@kernel_gradient.mistake("exchanged-with-all-windows-at-once", f"{_EXCHANGED} A window that large does not fit.")
def _(image, dy):
    windows = np.lib.stride_tricks.sliding_window_view(dy, image.shape)
    return np.einsum("hwij,ij->hw", windows, image)


_EMPTY = "(image.shape[0] - dy.shape[0] + 1, image.shape[1] - dy.shape[1] + 1, 1, 1)"
for _wrong in (f"np.ones({_EMPTY})", f"np.zeros({_EMPTY}, dtype='uint8')"):
    kernel_gradient.equivalent(f"np.zeros({_EMPTY})", _wrong, why="only the shape of the kernel is asked for")
kernel_gradient.equivalent("needs_dx=False", "needs_dx=True", why="dx is computed and not used")
_CALL = f"nn.conv2d_backward(dy[None, :, :, None], image[None, :, :, None], np.zeros({_EMPTY})"
kernel_gradient.equivalent(f"{_CALL}, needs_dx=False)", f"{_CALL})", why="dx is computed and not used")
kernel_gradient.equivalent("(:, :, 0, 0)", why="there is one channel and one filter, so the first is the last")
