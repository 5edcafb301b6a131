"""The kernel's gradient."""

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


kernel_gradient = FunctionExercise("kernel-gradient", reference=kernel_slopes, points=2, title="The kernel's gradient")


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


@kernel_gradient.mistake(
    "flipped",
    "Your numbers belong to a `dy` that was turned round. For `dkernel[0, 0]`, `dy[0, 0]` meets `image[0, 0]`.",
)
def _(image, dy):
    windows = np.lib.stride_tricks.sliding_window_view(image, dy.shape)
    return np.einsum("hwij,ij->hw", windows, dy[::-1, ::-1])


@kernel_gradient.mistake(
    "result-flipped", "The right numbers, but in the reverse order: `dkernel[0, 0]` stands in your last place."
)
def _(image, dy):
    windows = np.lib.stride_tricks.sliding_window_view(image, dy.shape)
    return np.einsum("hwij,ij->hw", windows, dy)[::-1, ::-1]


@kernel_gradient.mistake(
    "mean-not-sum", "The kernel is used at many places, and each has its say. Their shares are added, not averaged."
)
def _(image, dy):
    return np.mean(np.lib.stride_tricks.sliding_window_view(image, dy.shape) * dy, axis=(2, 3))


@kernel_gradient.mistake(
    "pixels-only",
    "You add up the pixels that the kernel met, without asking how much each place mattered. Where is `dy`?",
)
def _(image, dy):
    return np.lib.stride_tricks.sliding_window_view(image, dy.shape).sum(axis=(2, 3))


@kernel_gradient.mistake(
    "bias-gradient",
    "Every number is the sum of `dy`. That is the gradient of the *bias*, which meets no pixel. "
    "What does a number of the kernel multiply?",
)
def _(image, dy):
    return np.full((image.shape[0] - dy.shape[0] + 1, image.shape[1] - dy.shape[1] + 1), dy.sum())


@kernel_gradient.mistake(
    "last-place-only",
    "You keep only what the last place sent and overwrite the others. Which sign adds to what is there?",
)
def _(image, dy):
    kh, kw = image.shape[0] - dy.shape[0] + 1, image.shape[1] - dy.shape[1] + 1
    return dy[-1, -1] * image[-kh:, -kw:]
