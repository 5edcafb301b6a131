"""Compute a CNN's predictions from its eight arrays of weights, with NumPy alone."""

import numpy as np

from course_utils import nn
from course_utils.exercises import FunctionExercise, edge, random, small

from .max_pool import pooled


def forward(weights, images, pool=pooled, bend=nn.relu, hidden=nn.relu, output=nn.softmax):
    """The predictions of convolution, pooling, convolution, pooling, dense, dense, from the eight weights."""
    kernel1, bias1, kernel2, bias2, kernel3, bias3, kernel4, bias4 = weights
    x = pool(bend(nn.conv2d(images, kernel1, bias1)))
    x = pool(bend(nn.conv2d(x, kernel2, bias2)))
    x = hidden(x.reshape(len(x), -1) @ kernel3 + bias3)
    return output(x @ kernel4 + bias4)


by_hand = FunctionExercise("predict-by-hand", reference=forward, points=3, tolerance=1e-5, title="The CNN by hand")


def small_weights(rng, size, filters, neurons, classes, window=3):
    """Random weights of a small network of the same form: the eight arrays of `get_weights`."""
    places = [((side - window + 1) // 2 - window + 1) // 2 for side in np.broadcast_to(size, 2)]
    f1, f2 = filters
    sizes = [
        (window, window, 1, f1),
        (f1,),
        (window, window, f1, f2),
        (f2,),
        (np.prod(places) * f2, neurons),
        (neurons,),
        (neurons, classes),
        (classes,),
    ]
    return [rng.normal(size=shape) / np.sqrt(np.prod(shape[:-1]) if len(shape) > 1 else 4) for shape in sizes]


@by_hand.cases
def _(rng):
    yield small(
        "one image of 10 × 10, two and three filters",
        small_weights(rng, 10, (2, 3), 4, 3),
        rng.uniform(0, 1, (1, 10, 10, 1)),
    )
    yield random("three images of 14 × 14", small_weights(rng, 14, (3, 4), 8, 10), rng.uniform(0, 1, (3, 14, 14, 1)))
    yield random("an image of 28 × 28", small_weights(rng, 28, (4, 5), 6, 10), rng.uniform(0, 1, (1, 28, 28, 1)))
    large = small_weights(rng, 10, (2, 3), 4, 3)
    images = rng.uniform(0, 1, (2, 10, 10, 1))
    yield edge("very large scores", [*large[:7], large[7] + 1000], images)
    yield edge("scores far below zero", [*large[:7], large[7] - 1000], images)
    yield edge("scores far apart in one image", [*large[:7], np.array([0.0, 1500.0, -1500.0])], images)
    positive = [*map(np.abs, large[:6]), large[6] + 1e4, large[7]]
    yield edge("a dark image and a bright one", positive, images * np.array([0.01, 1.0]).reshape(2, 1, 1, 1))
    yield edge("16 × 11 pixels", small_weights(rng, (16, 11), (2, 3), 4, 3), rng.uniform(0, 1, (2, 16, 11, 1)))
    yield edge("windows of 5 × 5", small_weights(rng, 20, (2, 3), 5, 6, window=5), rng.uniform(0, 1, (1, 20, 20, 1)))


@by_hand.variant("layer by layer")
def _(weights, images):
    def conv(x, kernel, bias):
        windows = np.lib.stride_tricks.sliding_window_view(x, kernel.shape[:2], axis=(1, 2))
        sums = np.einsum("nhwcij,ijcf->nhwf", windows, kernel)
        return np.maximum(0, sums + bias)

    def pool(x):
        n, h, w, c = x.shape
        return x[:, : h // 2 * 2, : w // 2 * 2].reshape(n, h // 2, 2, w // 2, 2, c).max(axis=(2, 4))

    k1, b1, k2, b2, k3, b3, k4, b4 = weights
    x = pool(conv(pool(conv(images, k1, b1)), k2, b2))
    rows = x.reshape(len(x), -1)
    hidden = np.maximum(0, rows @ k3 + b3)
    scores = hidden @ k4 + b4
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


@by_hand.variant("ReLU after the pooling, place by place")
def _(weights, images):
    def conv_pool_relu(x, kernel, bias):
        kh, kw = kernel.shape[:2]
        ho, wo = x.shape[1] - kh + 1, x.shape[2] - kw + 1
        y = np.array([
            [np.tensordot(x[:, i : i + kh, j : j + kw], kernel, axes=3) + bias for j in range(wo)] for i in range(ho)
        ])
        y = y.transpose(2, 0, 1, 3)[:, : ho // 2 * 2, : wo // 2 * 2]
        return np.maximum(0, np.max([y[:, i::2, j::2] for i in (0, 1) for j in (0, 1)], axis=0))

    x = conv_pool_relu(conv_pool_relu(images, *weights[0:2]), *weights[2:4])
    scores = np.maximum(0, x.reshape(len(x), -1) @ weights[4] + weights[5]) @ weights[6] + weights[7]
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


@by_hand.variant("image after image")
def _(weights, images):
    def conv(x, kernel, bias):
        windows = np.lib.stride_tricks.sliding_window_view(x, kernel.shape[:2], axis=(0, 1))
        return np.maximum(0, np.einsum("hwcij,ijcf->hwf", windows, kernel) + bias)

    def pool(x):
        h, w, c = x.shape
        return x[: h // 2 * 2, : w // 2 * 2].reshape(h // 2, 2, w // 2, 2, c).max(axis=(1, 3))

    rows = []
    for image in images:
        x = pool(conv(pool(conv(image, *weights[0:2])), *weights[2:4])).ravel()
        scores = np.maximum(0, x @ weights[4] + weights[5]) @ weights[6] + weights[7]
        e = np.exp(scores - scores.max())
        rows.append(e / e.sum())
    return np.array(rows)


by_hand.slip(
    "convolutions-do-not-bend",
    'Your convolutions hand on negative numbers. What does `activation="relu"` do after each of them?',
    "np.maximum(0, sums + bias)",
    "sums + bias",
)

by_hand.slip(
    "hidden-does-not-bend",
    "After Flatten, what does the hidden layer do with its negative sums?",
    "np.maximum(0, rows @ k3 + b3)",
    "rows @ k3 + b3",
)

by_hand.slip(
    "scores-not-shares",
    "You return the ten scores. What did the last layer do with them, so that they become shares?",
    "return e / e.sum(axis=1, keepdims=True)",
    "return scores",
)

by_hand.slip(
    "channels-first",
    (
        "You lay out map after map. Keras keeps the channels of one place together: a plain `reshape` of "
        "(N, H, W, C) does it. Did you move an axis?"
    ),
    "x.reshape(len(x), -1)",
    "x.transpose(0, 3, 1, 2).reshape(len(x), -1)",
)

by_hand.slip(
    "relu-before-softmax",
    (
        "The scores of the last layer went through ReLU before softmax, so all negative scores became equal. "
        "The last layer has one activation only."
    ),
    "hidden @ k4 + b4",
    "np.maximum(0, hidden @ k4 + b4)",
)

by_hand.slip(
    "overflow",
    (
        "When the scores get large, softmax gives `nan`. What may you subtract from all "
        "scores of an image without changing the shares (lesson 02)?"
    ),
    " - scores.max(axis=1, keepdims=True)",
    "",
)

by_hand.slip(
    "one-image-flattened",
    "All images together became one row. How many rows should be left after Flatten?",
    "x.reshape(len(x), -1)",
    "x.reshape(1, -1)",
)

by_hand.slip(
    "shared-among-all-images",
    (
        "The shares of all images together add up to 1. They should do so image by image: whose sum should "
        "each row be divided by?"
    ),
    "e.sum(axis=1, keepdims=True)",
    "e.sum()",
)

by_hand.slip(
    "shifted-by-one-for-all",
    (
        "You take off the largest score of *all* images. Where those of one image lie far below it, `exp` gives 0 for all of "
        "them. Whose largest score should be taken off?"
    ),
    "scores.max(axis=1, keepdims=True)",
    "scores.max()",
)

by_hand.slip(
    "shifted-by-the-smallest",
    "You take off the smallest score. Where the scores of one image lie far apart, `exp` of the largest is too large. Which of them should come to 0 before `exp`?",
    "scores.max(axis=1, keepdims=True)",
    "scores.min(axis=1, keepdims=True)",
)

by_hand.slip(
    "shared-among-the-images",
    "Your shares of one *class* add up to 1 over all images. Along which axis lie the classes of one image?",
    "e.sum(axis=1, keepdims=True)",
    "e.sum(axis=0, keepdims=True)",
)

by_hand.slip(
    "hidden-bias-forgotten",
    "What do the neurons of the hidden layer add to their sums of products?",
    "rows @ k3 + b3",
    "rows @ k3",
)

by_hand.slip(
    "last-bias-forgotten",
    "The last layer adds nothing to its sums of products. Which of the eight arrays have you not used yet?",
    "hidden @ k4 + b4",
    "hidden @ k4",
)

by_hand.slip(
    "average-pooling",
    "Your pooling takes the mean of each square. Which number of the four does max pooling keep?",
    ".max(axis=(2, 4))",
    ".mean(axis=(2, 4))",
)

by_hand.slip(
    "convolution-biases-forgotten",
    "The convolutions add no bias. Which arrays of `weights` have you not used?",
    "sums + bias",
    "sums",
)

by_hand.slip(
    "sigmoid-output",
    "Each of your outputs is a share by itself: together they are not 1. Which function shares one whole out?",
    "    e = np.exp(scores - scores.max(axis=1, keepdims=True))\n    return e / e.sum(axis=1, keepdims=True)",
    "    return 1 / (1 + np.exp(-scores))",
)

by_hand.slip(
    "tanh-hidden",
    "Your hidden layer bends with tanh: which activation does the table of section 6 give it?",
    "np.maximum(0, rows @ k3 + b3)",
    "np.tanh(rows @ k3 + b3)",
)

by_hand.slip(
    "digits-not-shares",
    "You return one digit for each image. `predict` tells more: what is in a row of its result?",
    "return e / e.sum(axis=1, keepdims=True)",
    "return scores.argmax(axis=1)",
)

by_hand.slip(
    "logs-of-the-shares",
    "You return the logarithms of the shares. What undoes them?",
    "return e / e.sum(axis=1, keepdims=True)",
    "return np.log(e / e.sum(axis=1, keepdims=True))",
)

by_hand.slip(
    "not-divided",
    "Your largest share is always 1, and a row is more than 1 together. By what is each row divided?",
    "return e / e.sum(axis=1, keepdims=True)",
    "return e",
)

by_hand.slip(
    "another-order-of-flatten",
    "Flatten goes through rows, columns and channels in this order, the last one fastest. Which argument of your `reshape` changes that?",
    "x.reshape(len(x), -1)",
    'x.reshape(len(x), -1, order="F")',
)

by_hand.slip(
    "kernels-turned-round",
    "You turn the kernels round before you lay them on. Networks leave them as they are: does your own `conv_layer`?",
    "windows, kernel)",
    "windows, kernel[::-1, ::-1])",
)

by_hand.slip(
    "sizes-of-the-lesson",
    (
        "Your `reshape` asks for a size that these numbers do not fill. A fixed one, such as 1600, belongs to 28 × 28 images and "
        "64 filters, and here other images and filters come in. What else says how many rows there are?"
    ),
    "x.reshape(len(x), -1)",
    "x.reshape(-1, 1600)",
)

for _conv in ("nn.conv2d(images, kernel1, bias1)", "nn.conv2d(x, kernel2, bias2)"):
    by_hand.equivalent(f"bend({_conv})", f"hidden({_conv})", why="both are ReLU unless given")
_FLAT = "x.reshape(len(x), -1) @ kernel3 + bias3"
by_hand.equivalent(f"hidden({_FLAT})", f"bend({_FLAT})", why="both are ReLU unless given")
by_hand.equivalent("x.reshape(len(x), -1)", "x.reshape(len(x), -2)", why="NumPy takes any negative length as -1")
by_hand.equivalent("0:2", ":2", why="the same slice")
