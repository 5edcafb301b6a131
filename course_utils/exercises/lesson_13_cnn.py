"""Exercises of lesson 13: convolution and pooling by hand, forward and backward; a CNN in Keras, and again in NumPy.

Keras answers are judged by what they do. Their forward pass is computed again in NumPy from their weights, so the judge
needs no TensorFlow; `keras` below is imported when one of the answers in this table is really run.
"""

import numpy as np

from course_utils import nn

from .core import Lesson, edge, plain, random, small
from .core.classifiers import compile_problem, evaluated, first_step, loss_and_accuracy, share_problem
from .core.compare import family
from .core.lazy import keras
from .core.networks import is_model, no_model, shapes, steps_of, total
from .core.samples import digits, scaled

lesson = Lesson("13_cnn", "Images")

# What a trained CNN must reach on unseen digits. Five epochs on 8,000 digits reach 0.975 to 0.984 and 0.09.
NEEDED, HIGHEST_LOSS = 0.95, 0.5
CNN_SHAPES = [(3, 3, 1, 32), (32,), (3, 3, 32, 64), (64,), (1600, 64), (64,), (64, 10), (10,)]


# Slide a window --------------------------------------------------------------------------------------


def sliding_sums(image, kernel):
    """y[h, w] = sum over i, j of image[h + i, w + j] kernel[i, j], for every place where the kernel fits."""
    return nn.conv2d(image[None, :, :, None], kernel[:, :, None, None])[0, :, :, 0]


slide = lesson.function("slide", reference=sliding_sums, points=3, title="Slide a window")


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


@slide.mistake(
    "one-place-too-few",
    "Your result lacks its last row and column. A window of 2 in 3 pixels: at how many places does it fit?",
)
def _(image, kernel):
    kh, kw = kernel.shape
    h, w = image.shape[0] - kh, image.shape[1] - kw
    return np.array([[np.sum(image[i : i + kh, j : j + kw] * kernel) for j in range(w)] for i in range(h)]).reshape(
        h, w
    )


@slide.mistake(
    "flipped",
    "You turn the kernel round before you lay it on. That is the convolution of mathematics; networks do not "
    "turn it. Which pixel meets `kernel[0, 0]`?",
)
def _(image, kernel):
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    return np.einsum("hwij,ij->hw", windows, kernel[::-1, ::-1])


@slide.mistake(
    "matrix-product",
    "`@` multiplies rows with columns. Here each pixel of the window meets one number of the kernel, the "
    "one that lies on it. Which sign multiplies place by place?",
)
def _(image, kernel):
    kh, kw = kernel.shape
    h, w = image.shape[0] - kh + 1, image.shape[1] - kw + 1
    return np.array([[np.sum(image[i : i + kh, j : j + kw] @ kernel) for j in range(w)] for i in range(h)])


@slide.mistake(
    "mean-not-sum", "You take the mean of the products. Their *sum* is asked for: by how much is yours too small?"
)
def _(image, kernel):
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    return np.mean(windows * kernel, axis=(2, 3))


@slide.mistake("kernel-not-used", "You add up the pixels of the window as they are. Where does the kernel come in?")
def _(image, kernel):
    return np.lib.stride_tricks.sliding_window_view(image, kernel.shape).sum(axis=(2, 3))


@slide.mistake(
    "whole-windows-jumped",
    "Your window jumps by its own width, as in pooling. Here it moves on by one pixel, so windows overlap.",
)
def _(image, kernel):
    kh, kw = kernel.shape
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)[::kh, ::kw]
    return np.einsum("hwij,ij->hw", windows, kernel)


@slide.mistake(
    "same-size",
    "Your result is as large as the image, with places left at 0 where the kernel did not fit. Keep only the "
    "places where it fits.",
)
def _(image, kernel):
    kh, kw = kernel.shape
    y = np.zeros(image.shape)
    for i in range(image.shape[0] - kh + 1):
        for j in range(image.shape[1] - kw + 1):
            y[i, j] = np.sum(image[i : i + kh, j : j + kw] * kernel)
    return y


@slide.mistake(
    "window-shrinks",
    "Your first window is right. The others end at the same place as the first, so they shrink as they move. "
    "A window of kh rows that begins at row i: where does it end?",
)
def _(image, kernel):
    kh, kw = kernel.shape
    y = np.zeros((image.shape[0] - kh + 1, image.shape[1] - kw + 1))
    for i in range(y.shape[0]):
        for j in range(y.shape[1]):
            y[i, j] = np.sum(image[i:kh, j:kw] * kernel)
    return y


@slide.variant("two loops")
def _(image, kernel):
    kh, kw = kernel.shape
    y = np.zeros((image.shape[0] - kh + 1, image.shape[1] - kw + 1))
    for i in range(y.shape[0]):
        for j in range(y.shape[1]):
            y[i, j] = (image[i : i + kh, j : j + kw] * kernel).sum()
    return y


@slide.variant("one shifted image for each number of the kernel")
def _(image, kernel):
    h, w = image.shape[0] - kernel.shape[0] + 1, image.shape[1] - kernel.shape[1] + 1
    return sum(
        kernel[i, j] * image[i : i + h, j : j + w] for i in range(kernel.shape[0]) for j in range(kernel.shape[1])
    )


@slide.variant("float32")
def _(image, kernel):
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    return np.tensordot(windows, kernel, axes=2).astype(np.float32)


# How large is the result? ----------------------------------------------------------------------------


def places(size, window, stride, pad):
    """floor((size + 2 pad - window) / stride) + 1."""
    return (size + 2 * pad - window) // stride + 1


output_size = lesson.function("output-size", reference=places, points=2, title="How large is the result?")


@output_size.cases
def _(rng):
    yield small("8 pixels, window 3, stride 2, 2 zeros on each side", 8, 3, 2, 2)
    yield random("an image of MNIST, window 3", 28, 3, 1, int(rng.integers(0, 2)))
    for _ in range(3):
        window, stride, pad = (int(rng.integers(low, high)) for low, high in [(2, 6), (2, 4), (1, 4)])
        yield random("any sizes", window + int(rng.integers(4, 30)), window, stride, pad)
    yield edge("a window as large as the image", 7, 7, 3, 0)
    yield edge("the window stops before the last pixel", 9, 2, 2, 0)  # 3.5 moves: `round` would say 4


@output_size.mistake(
    "no-plus-one", "Try 3 pixels and a window of 3: it fits at 1 place, and you say 0. The first place counts too."
)
def _(size, window, stride, pad):
    return (size + 2 * pad - window) // stride


@output_size.mistake(
    "not-whole",
    "A result of 5.5 places? When the stride does not come out even, the last window would hang over the edge. "
    "Which division throws the rest away?",
)
def _(size, window, stride, pad):
    return (size + 2 * pad - window) / stride + 1


@output_size.mistake(
    "rounded-up", "You count a last window that would hang over the edge. Only windows that fit wholly inside count."
)
def _(size, window, stride, pad):
    return -(-(size + 2 * pad - window) // stride) + 1


@output_size.mistake("padded-once", "The zeros are added on *both* sides. How much longer does the image get?")
def _(size, window, stride, pad):
    return (size + pad - window) // stride + 1


@output_size.mistake(
    "padding-ignored", "Your result does not depend on `pad`. How long is the image after the zeros are added?"
)
def _(size, window, stride, pad):
    return (size - window) // stride + 1


@output_size.mistake(
    "stride-ignored", "That is the number of places when the window moves by 1. What if it moves by `stride`?"
)
def _(size, window, stride, pad):
    return size + 2 * pad - window + 1


@output_size.mistake(
    "one-added-too-early",
    "You add the 1 before dividing. Count the moves first, (length − window) // stride, then the places: "
    "one more than the moves.",
)
def _(size, window, stride, pad):
    return (size + 2 * pad - window + 1) // stride


@output_size.mistake(
    "division-first",
    "Python divides before it adds and subtracts, so here only the window is divided by the stride. What has to "
    "stand in brackets?",
)
def _(size, window, stride, pad):
    return size + 2 * pad - window // stride + 1


@output_size.mistake(
    "rounded",
    "`round` goes to the nearest whole number, so it sometimes counts a last window that hangs over the edge. Which "
    "division always rounds down?",
)
def _(size, window, stride, pad):
    return round((size + 2 * pad - window) / stride) + 1


@output_size.variant("int and division")
def _(size, window, stride, pad):
    return int((size + 2 * pad - window) / stride) + 1


@output_size.variant("counted")
def _(size, window, stride, pad):
    return len(range(0, size + 2 * pad - window + 1, stride))


# A convolution layer ---------------------------------------------------------------------------------


def layer(x, kernel, bias, stride=1, pad=0):
    """The convolution of images (N, H, W, C) with F filters (kh, kw, C, F), + bias (F,)."""
    padded = np.pad(x, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    return nn.conv2d(padded, kernel, bias, (stride, stride))


conv_layer = lesson.function("conv-layer", reference=layer, points=3, title="A convolution layer")


@conv_layer.cases
def _(rng):
    def drawn(*shape):
        return rng.normal(size=shape)

    yield small(
        "an image of 3 × 3, one filter of 2 × 2, stride 2, pad 1",
        np.array([[1.0, 2.0, 0.0], [0.0, 1.0, 3.0], [2.0, 0.0, 1.0]]).reshape(1, 3, 3, 1),
        np.array([[1.0, -1.0], [0.0, 2.0]]).reshape(2, 2, 1, 1),
        np.array([-5.0]),
        stride=2,
        pad=1,
    )
    yield random("three channels, four filters", drawn(2, 5, 6, 3), drawn(3, 3, 3, 4), drawn(4))
    yield random("stride 2", drawn(1, 7, 7, 2), drawn(3, 3, 2, 3), drawn(3), stride=2)
    yield random("a frame of zeros", drawn(2, 4, 4, 2), drawn(3, 3, 2, 2), drawn(2), pad=1)
    yield edge("one window only", drawn(1, 3, 2, 2), drawn(3, 2, 2, 5), drawn(5))
    yield edge("a wide frame, a wide stride", drawn(1, 5, 4, 1), drawn(3, 2, 1, 2), drawn(2), stride=3, pad=2)


@conv_layer.mistake(
    "no-bias",
    "Each filter adds its own bias to all its sums. Yours are too large or too small by exactly that: where is `bias`?",
)
def _(x, kernel, bias, stride=1, pad=0):
    x = np.pad(x, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    windows = np.lib.stride_tricks.sliding_window_view(x, kernel.shape[:2], axis=(1, 2))[:, ::stride, ::stride]
    return np.einsum("nhwcij,ijcf->nhwf", windows, kernel)


@conv_layer.mistake("padding-ignored", "The result is right as long as `pad` is 0. Where do the zeros come in?")
def _(x, kernel, bias, stride=1, pad=0):
    windows = np.lib.stride_tricks.sliding_window_view(x, kernel.shape[:2], axis=(1, 2))[:, ::stride, ::stride]
    return np.einsum("nhwcij,ijcf->nhwf", windows, kernel) + bias


@conv_layer.mistake(
    "stride-ignored",
    "Your windows always move by one pixel. At which pixel does window number h begin when the stride is 2?",
)
def _(x, kernel, bias, stride=1, pad=0):
    x = np.pad(x, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    windows = np.lib.stride_tricks.sliding_window_view(x, kernel.shape[:2], axis=(1, 2))
    return np.einsum("nhwcij,ijcf->nhwf", windows, kernel) + bias


@conv_layer.mistake(
    "window-not-moved-by-stride",
    "The size of your result is right, but its windows stand too close together. "
    "At which pixel does window number h begin when the stride is 2?",
)
def _(x, kernel, bias, stride=1, pad=0):
    x = np.pad(x, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    ho, wo = (x.shape[1] - kernel.shape[0]) // stride + 1, (x.shape[2] - kernel.shape[1]) // stride + 1
    windows = np.lib.stride_tricks.sliding_window_view(x, kernel.shape[:2], axis=(1, 2))[:, :ho, :wo]
    return np.einsum("nhwcij,ijcf->nhwf", windows, kernel) + bias


@conv_layer.mistake(
    "padded-every-axis",
    "Without a frame all is right; with one, the shapes no longer fit. Does only height and width get the "
    "frame (`np.pad(x, pad)` also adds images and channels)? Is it counted once in Ho and Wo, not twice?",
)
def _(x, kernel, bias, stride=1, pad=0):
    x = np.pad(x, pad)
    kh, kw = kernel.shape[:2]
    ho, wo = (x.shape[1] - kh) // stride + 1, (x.shape[2] - kw) // stride + 1
    y = np.zeros((len(x), ho, wo, kernel.shape[3]))
    for h in range(ho):
        for w in range(wo):
            y[:, h, w] = (
                np.tensordot(x[:, stride * h : stride * h + kh, stride * w : stride * w + kw], kernel, axes=3) + bias
            )
    return y


@conv_layer.mistake(
    "padded-at-the-end-only", "You add zeros below and to the right only. The frame goes all the way round."
)
def _(x, kernel, bias, stride=1, pad=0):
    x = np.pad(x, ((0, 0), (0, 2 * pad), (0, 2 * pad), (0, 0)))
    windows = np.lib.stride_tricks.sliding_window_view(x, kernel.shape[:2], axis=(1, 2))[:, ::stride, ::stride]
    return np.einsum("nhwcij,ijcf->nhwf", windows, kernel) + bias


@conv_layer.mistake(
    "first-channel-only",
    "With one channel all is right. With several, your sums use only the first: a filter reaches through all of them.",
)
def _(x, kernel, bias, stride=1, pad=0):
    x = np.pad(x, ((0, 0), (pad, pad), (pad, pad), (0, 0)))[..., :1]
    windows = np.lib.stride_tricks.sliding_window_view(x, kernel.shape[:2], axis=(1, 2))[:, ::stride, ::stride]
    return np.einsum("nhwcij,ijcf->nhwf", windows, kernel[:, :, :1]) + bias


@conv_layer.mistake(
    "relu-inside",
    "All your negative sums have become 0. ReLU comes after this layer; here the sums are wanted as they are.",
)
def _(x, kernel, bias, stride=1, pad=0):
    x = np.pad(x, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    windows = np.lib.stride_tricks.sliding_window_view(x, kernel.shape[:2], axis=(1, 2))[:, ::stride, ::stride]
    return np.maximum(0, np.einsum("nhwcij,ijcf->nhwf", windows, kernel) + bias)


@conv_layer.variant("place by place, all images at once")
def _(x, kernel, bias, stride=1, pad=0):
    x = np.pad(x, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    kh, kw, _, filters = kernel.shape
    y = np.zeros((len(x), (x.shape[1] - kh) // stride + 1, (x.shape[2] - kw) // stride + 1, filters))
    for h in range(y.shape[1]):
        for w in range(y.shape[2]):
            window = x[:, stride * h : stride * h + kh, stride * w : stride * w + kw]
            y[:, h, w] = np.tensordot(window, kernel, axes=3) + bias
    return y


@conv_layer.variant("everything by loops")
def _(x, kernel, bias, stride=1, pad=0):
    x = np.pad(x, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    kh, kw, _, filters = kernel.shape
    ho, wo = (x.shape[1] - kh) // stride + 1, (x.shape[2] - kw) // stride + 1
    return np.array([
        [
            [
                [
                    np.sum(image[stride * h : stride * h + kh, stride * w : stride * w + kw] * kernel[..., f]) + bias[f]
                    for f in range(filters)
                ]
                for w in range(wo)
            ]
            for h in range(ho)
        ]
        for image in x
    ])


# Max pooling -----------------------------------------------------------------------------------------


def pooled(x, size=2):
    """The largest value of each size × size window of images (N, H, W, C); what does not fill a window is left out."""
    return nn.max_pool(x, (size, size), (size, size))


max_pool = lesson.function("max-pool", reference=pooled, points=2, title="Max pooling")


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
    yield edge("only negative numbers", -rng.uniform(1, 2, (1, 4, 4, 1)))


@max_pool.mistake(
    "mean", "You take the mean of each window. That is average pooling; which number of the four is asked for?"
)
def _(x, size=2):
    n, h, w, c = x.shape
    h, w = h // size, w // size
    return x[:, : h * size, : w * size].reshape(n, h, size, w, size, c).mean(axis=(2, 4))


@max_pool.mistake(
    "smallest", "You keep the smallest number of each window. How strongly a pattern was found is told by the largest."
)
def _(x, size=2):
    n, h, w, c = x.shape
    h, w = h // size, w // size
    return x[:, : h * size, : w * size].reshape(n, h, size, w, size, c).min(axis=(2, 4))


@max_pool.mistake(
    "first-of-each-window", "You keep the upper left pixel of each window, however small it is. Which one should stay?"
)
def _(x, size=2):
    h, w = x.shape[1] // size, x.shape[2] // size
    return x[:, ::size, ::size][:, :h, :w].copy()


@max_pool.mistake(
    "windows-overlap",
    "Your windows move by one pixel and overlap. In pooling the next window begins where the last one ended.",
)
def _(x, size=2):
    return np.lib.stride_tricks.sliding_window_view(x, (size, size), axis=(1, 2)).max(axis=(4, 5))


@max_pool.mistake(
    "pixels-mixed-by-reshape",
    "The shape is right, but `reshape` cut the rows into pieces, not the image into squares. "
    "In which order must the axes stand: window row, pixel row, window column, pixel column?",
)
def _(x, size=2):
    n, h, w, c = x.shape
    h, w = h // size, w // size
    return x[:, : h * size, : w * size].reshape(n, h, w, size, size, c).max(axis=(3, 4))


@max_pool.mistake(
    "across-channels", "You mix the channels. Each channel is pooled by itself: four filters in, four out."
)
def _(x, size=2):
    n, h, w, c = x.shape
    h, w = h // size, w // size
    y = x[:, : h * size, : w * size].reshape(n, h, size, w, size, c).max(axis=(2, 4, 5))
    return np.repeat(y[..., None], c, axis=-1)


@max_pool.mistake(
    "left-over-kept",
    "With 5 rows you return 3: the last window has only one row. Windows that are not full are left out.",
)
def _(x, size=2):
    n, h, w, c = x.shape
    x = np.pad(x, ((0, 0), (0, -h % size), (0, -w % size), (0, 0)), constant_values=-np.inf)
    return x.reshape(n, x.shape[1] // size, size, x.shape[2] // size, size, c).max(axis=(2, 4))


@max_pool.mistake(
    "starts-from-zero",
    "When all pixels of a window are negative you return 0, which is not one of them. "
    "With what do you start your search for the largest?",
)
def _(x, size=2):
    n, h, w, c = x.shape
    h, w = h // size, w // size
    return np.maximum(0, x[:, : h * size, : w * size].reshape(n, h, size, w, size, c).max(axis=(2, 4)))


@max_pool.mistake(
    "start-not-multiplied",
    "The size of your result is right, but its squares begin one pixel apart. At which row does square number "
    "i begin when the squares lie side by side?",
)
def _(x, size=2):
    n, h, w, c = x.shape
    y = np.zeros((n, h // size, w // size, c))
    for i in range(h // size):
        for j in range(w // size):
            y[:, i, j] = x[:, i : i + size, j : j + size].max(axis=(1, 2))
    return y


@max_pool.mistake(
    "largest-of-all",
    "With one image and one channel all is right. `.max()` without an axis looks through all images and channels "
    "at once. Over which two axes should it look?",
)
def _(x, size=2):
    n, h, w, c = x.shape
    y = np.zeros((n, h // size, w // size, c))
    for i in range(h // size):
        for j in range(w // size):
            y[:, i, j] = x[:, size * i : size * i + size, size * j : size * j + size].max()
    return y


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


@max_pool.variant("reshape, for any whole number of windows")
def _(x, size=2):
    n, h, w, c = x.shape
    h, w = h // size, w // size
    return x[:, : h * size, : w * size].reshape(n, h, size, w, size, c).max(axis=(2, 4))


# Max pooling, backward -------------------------------------------------------------------------------


def pool_back(dy, x, size=2):
    """dx: each number of dy goes to the pixel that was the largest of its window; all others get 0."""
    return nn.max_pool_backward(dy, x, pooled(x, size), (size, size), (size, size))


max_pool_backward = lesson.function("max-pool-backward", reference=pool_back, points=2, title="Max pooling, backward")


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
    yield edge("one window", rng.normal(size=(1, 1, 1, 2)), different(rng, 1, 2, 2, 2))


@max_pool_backward.mistake(
    "to-all-four",
    "Every pixel of a window got the whole slope. Would the output change if you raised a pixel that "
    "was *not* the largest a little?",
)
def _(dy, x, size=2):
    return dy.repeat(size, axis=1).repeat(size, axis=2)


@max_pool_backward.mistake(
    "shared-out",
    "You share each slope among the pixels of its window. That belongs to average pooling. Which "
    "pixel alone decided the output here?",
)
def _(dy, x, size=2):
    return dy.repeat(size, axis=1).repeat(size, axis=2) / size**2


@max_pool_backward.mistake(
    "marks-only", "The right pixels are marked with 1, and `dy` is missing. How much slope arrives at each of them?"
)
def _(dy, x, size=2):
    n, h, w, c = x.shape
    y = x.reshape(n, h // size, size, w // size, size, c).max(axis=(2, 4))
    return (x == y.repeat(size, axis=1).repeat(size, axis=2)).astype(float)


@max_pool_backward.mistake(
    "times-the-pixel",
    "You multiply the slope by the pixel's value. The output *is* that pixel: if it grows by 0.1, "
    "by how much does the output grow?",
)
def _(dy, x, size=2):
    n, h, w, c = x.shape
    y = x.reshape(n, h // size, size, w // size, size, c).max(axis=(2, 4)).repeat(size, axis=1).repeat(size, axis=2)
    return (x == y) * x * dy.repeat(size, axis=1).repeat(size, axis=2)


@max_pool_backward.mistake(
    "to-the-first", "Each slope went to the upper left pixel of its window. Send it to the largest instead."
)
def _(dy, x, size=2):
    dx = np.zeros(x.shape)
    dx[:, ::size, ::size] = dy
    return dx


@max_pool_backward.mistake(
    "to-all-but-the-largest", "You have it the wrong way round: the largest pixel got 0 and the others the slope."
)
def _(dy, x, size=2):
    n, h, w, c = x.shape
    y = x.reshape(n, h // size, size, w // size, size, c).max(axis=(2, 4)).repeat(size, axis=1).repeat(size, axis=2)
    return (x != y) * dy.repeat(size, axis=1).repeat(size, axis=2)


@max_pool_backward.variant("a mask")
def _(dy, x, size=2):
    n, h, w, c = x.shape
    y = x.reshape(n, h // size, size, w // size, size, c).max(axis=(2, 4)).repeat(size, axis=1).repeat(size, axis=2)
    return (x == y) * dy.repeat(size, axis=1).repeat(size, axis=2)


@max_pool_backward.variant("window by window with argmax")
def _(dy, x, size=2):
    dx = np.zeros(x.shape)
    for n, i, j, c in np.ndindex(dy.shape):
        window = x[n, size * i : size * i + size, size * j : size * j + size, c]
        a, b = divmod(int(np.argmax(window)), size)
        dx[n, size * i + a, size * j + b, c] = dy[n, i, j, c]
    return dx


# The kernel's gradient -------------------------------------------------------------------------------


def kernel_slopes(image, dy):
    """dkernel[i, j] = sum over h, w of dy[h, w] image[h + i, w + j]."""
    return nn.conv2d_backward(
        dy[None, :, :, None],
        image[None, :, :, None],
        np.zeros((image.shape[0] - dy.shape[0] + 1, image.shape[1] - dy.shape[1] + 1, 1, 1)),
        needs_dx=False,
    )[1][:, :, 0, 0]


kernel_gradient = lesson.function("kernel-gradient", reference=kernel_slopes, points=2, title="The kernel's gradient")


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


# Count the parameters --------------------------------------------------------------------------------

count = lesson.values(
    "count-parameters",
    points=2,
    title="Count the parameters",
    reference=lambda: {
        "first_convolution": 3 * 3 * 1 * 32 + 32,
        "second_convolution": 3 * 3 * 32 * 64 + 64,
        "hidden_layer": 5 * 5 * 64 * 64 + 64,
        "whole_network": 121_930,
    },
)


@count.mistake("no-biases", "288 weights in 32 filters of 3 × 3. What else does each filter own?")
def _():
    return {"first_convolution": 288}


@count.mistake(
    "bias-at-every-place",
    "You give the filter a bias of its own at each of its 26 × 26 places. It carries its numbers with it: "
    "how many biases do 32 filters have?",
)
def _():
    return {"first_convolution": 288 + 26 * 26 * 32}


@count.mistake("one-filter", "That is one filter of 3 × 3 with its bias. How many filters are there?")
def _():
    return {"first_convolution": 10}


@count.mistake(
    "one-channel-deep",
    "Your filters of the second convolution are 3 × 3 and one channel deep. How many channels come out of "
    "the first one, and does a filter see all of them?",
)
def _():
    return {"second_convolution": 3 * 3 * 64 + 64}


@count.mistake(
    "filters-for-channels",
    "You let each filter reach through 64 channels. 64 is the number of filters of this layer: how many channels "
    "come into it?",
)
def _():
    return {"second_convolution": 3 * 3 * 64 * 64 + 64}


@count.mistake(
    "same-padding",
    "You counted 7 × 7 × 64 inputs. That is 28 halved twice, but each convolution without padding also takes "
    "away two rows: 28 → 26 → 13 → 11 → ?",
)
def _():
    return {"hidden_layer": 7 * 7 * 64 * 64 + 64}


@count.mistake(
    "second-pooling-forgotten", "11 × 11 places leave the second convolution, and then comes the second pooling."
)
def _():
    return {"hidden_layer": 11 * 11 * 64 * 64 + 64}


@count.mistake(
    "channels-forgotten", "Flatten lays out 5 × 5 places of *each* of the 64 channels. How many numbers is that?"
)
def _():
    return {"hidden_layer": 25 * 64 + 64}


@count.mistake(
    "output-layer-forgotten", "You added the three layers above. What do the ten neurons of the output need?"
)
def _():
    return {"whole_network": 121_280}


@count.variant("NumPy whole numbers")
def _():
    return {"first_convolution": np.int64(320), "second_convolution": np.int64(18_496)}


@count.variant("as floats")
def _():
    return {"hidden_layer": 102_464.0, "whole_network": 121_930.0}


# Define the CNN --------------------------------------------------------------------------------------


def network():
    """Conv32-pool-Conv64-pool-Flatten-64-10, compiled."""
    model = keras.Sequential([
        keras.Input((28, 28, 1)),
        keras.layers.Conv2D(32, 3, activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Conv2D(64, 3, activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Flatten(),
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


def average(x):
    """The mean of each 2 × 2 window."""
    return nn.AveragePooling2D(2)(x)


def forward(weights, images, pool=pooled, bend=nn.relu, hidden=nn.relu, output=nn.softmax):
    """The predictions of convolution, pooling, convolution, pooling, dense, dense, from the eight weights."""
    kernel1, bias1, kernel2, bias2, kernel3, bias3, kernel4, bias4 = weights
    x = pool(bend(nn.conv2d(images, kernel1, bias1)))
    x = pool(bend(nn.conv2d(x, kernel2, bias2)))
    x = hidden(x.reshape(len(x), -1) @ kernel3 + bias3)
    return output(x @ kernel4 + bias4)


def is_forward(seen, images, **how):
    """Whether the model computes exactly this forward pass."""
    return shapes(seen) == CNN_SHAPES and np.allclose(
        forward(seen["weights"], images, **how), seen["probabilities"], atol=1e-4
    )


build_cnn = lesson.function("build-cnn", reference=network, points=3, rounds=1, title="Define the CNN")


@build_cnn.given
def _():
    return {"keras": keras}


@build_cnn.cases
def _(rng):
    images = rng.uniform(0, 1, (8, 28, 28, 1)).astype(np.float32)
    labels = rng.integers(0, 10, 8)
    yield small("the layers", images, labels, "layers")
    yield random("the compiled model", images, labels, "compiled")


@build_cnn.drive
def _(answer, images, labels, aspect):
    model = answer()
    if not hasattr(model, "get_weights"):
        return family(model)
    seen = {"probabilities": model(images), "weights": model.get_weights()}
    return seen | evaluated(model, images, labels) if aspect == "compiled" else seen


@build_cnn.accept
def _(seen, images, labels, aspect):
    if not is_model(seen):
        return no_model(seen, "build_cnn")
    problem = share_problem(seen["probabilities"], images)
    if aspect == "compiled":
        return problem or compile_problem(seen, images, labels)
    if problem:
        return problem
    if shapes(seen) != CNN_SHAPES:
        return (
            f"the network should have 121930 parameters, as you counted in exercise 7, but has {total(seen)}, "
            f"with weights of the shapes {', '.join(map(str, shapes(seen)))}"
        )
    if not is_forward(seen, images):
        return (
            "the predictions are not those of convolutions with ReLU, max pooling, a hidden layer with ReLU and softmax"
        )
    return None


def builds(test):
    """The mistake is recognised by `test(seen, images)` on a model."""
    return lambda seen, images, labels, aspect: is_model(seen) and bool(test(seen, images))


def has_shape(place, shape):
    """The mistake is recognised by the shape of the weights at a place."""
    return builds(lambda seen, _: len(shapes(seen)) > place and shapes(seen)[place] == shape)


@build_cnn.mistake(
    "no-return",
    "build_cnn returned nothing. The model must leave the function: which line is missing at its end?",
    when=lambda seen, *_: seen == "None",
)
def _():
    model = keras.Sequential([
        keras.Input((28, 28, 1)),
        keras.layers.Conv2D(32, 3, activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Conv2D(64, 3, activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Flatten(),
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])


@build_cnn.mistake(
    "one-pooling",
    "The hidden layer gets 11 × 11 × 64 = 7744 numbers: one of the two poolings is missing. Which?",
    when=has_shape(4, (7744, 64)),
)
def _():
    model = keras.Sequential([
        keras.Input((28, 28, 1)),
        keras.layers.Conv2D(32, 3, activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Conv2D(64, 3, activation="relu"),
        keras.layers.Flatten(),
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


@build_cnn.mistake(
    "no-pooling",
    "The hidden layer gets 24 × 24 × 64 = 36864 numbers and has over two million weights. What makes the maps "
    "smaller between the layers?",
    when=has_shape(4, (36864, 64)),
)
def _():
    model = keras.Sequential([
        keras.Input((28, 28, 1)),
        keras.layers.Conv2D(32, 3, activation="relu"),
        keras.layers.Conv2D(64, 3, activation="relu"),
        keras.layers.Flatten(),
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


@build_cnn.mistake(
    "same-padding",
    "Your maps keep their size in a convolution: the hidden layer gets 7 × 7 × 64 numbers. The table "
    "says 26 × 26 after the first. Which padding adds no zeros?",
    when=has_shape(4, (3136, 64)),
)
def _():
    model = keras.Sequential([
        keras.Input((28, 28, 1)),
        keras.layers.Conv2D(32, 3, padding="same", activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Conv2D(64, 3, padding="same", activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Flatten(),
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


@build_cnn.mistake(
    "other-filters",
    "The windows are 3 × 3, but the numbers of filters are not 32 in the first and 64 in the second convolution.",
    when=builds(
        lambda seen, _: (
            len(shapes(seen)) == 8
            and shapes(seen)[0][:2] == (3, 3)
            and (shapes(seen)[0][-1], shapes(seen)[2][-1]) != (32, 64)
        )
    ),
)
def _():
    model = keras.Sequential([
        keras.Input((28, 28, 1)),
        keras.layers.Conv2D(64, 3, activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Conv2D(32, 3, activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Flatten(),
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


@build_cnn.mistake(
    "other-window",
    "Your filters are not 3 × 3. Which argument of Conv2D is the number of filters, and which the size of the window?",
    when=builds(lambda seen, _: len(shapes(seen)[0]) == 4 and shapes(seen)[0][:2] != (3, 3)),
)
def _():
    model = keras.Sequential([
        keras.Input((28, 28, 1)),
        keras.layers.Conv2D(32, 5, activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Conv2D(64, 5, activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Flatten(),
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


@build_cnn.mistake(
    "no-hidden-layer",
    "After Flatten, 1600 numbers go straight into the ten outputs. Where are the 64 neurons between them?",
    when=has_shape(4, (1600, 10)),
)
def _():
    model = keras.Sequential([
        keras.Input((28, 28, 1)),
        keras.layers.Conv2D(32, 3, activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Conv2D(64, 3, activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Flatten(),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


@build_cnn.mistake(
    "no-flatten",
    "Each image gives a small map of predictions instead of ten shares. Which layer lays the 5 × 5 × 64 numbers "
    "into one row first?",
    when=builds(lambda seen, _: np.ndim(seen["probabilities"]) == 4),
)
def _():
    model = keras.Sequential([
        keras.Input((28, 28, 1)),
        keras.layers.Conv2D(32, 3, activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Conv2D(64, 3, activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


@build_cnn.mistake(
    "convolutions-do-not-bend",
    "The convolutions have no activation, so nothing bends between them (lesson 02). What does "
    "`activation=` want in both?",
    when=builds(lambda seen, images: is_forward(seen, images, bend=nn.linear)),
)
def _():
    model = keras.Sequential([
        keras.Input((28, 28, 1)),
        keras.layers.Conv2D(32, 3),
        keras.layers.MaxPooling2D(2),
        keras.layers.Conv2D(64, 3),
        keras.layers.MaxPooling2D(2),
        keras.layers.Flatten(),
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


@build_cnn.mistake(
    "hidden-does-not-bend",
    "The hidden layer of 64 neurons has no activation. What does `activation=` want in it?",
    when=builds(lambda seen, images: is_forward(seen, images, hidden=nn.linear)),
)
def _():
    model = keras.Sequential([
        keras.Input((28, 28, 1)),
        keras.layers.Conv2D(32, 3, activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Conv2D(64, 3, activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Flatten(),
        keras.layers.Dense(64),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


@build_cnn.mistake(
    "average-pooling",
    "Your pooling takes the mean of each window. Which pooling keeps the largest number?",
    when=builds(lambda seen, images: is_forward(seen, images, pool=average)),
)
def _():
    model = keras.Sequential([
        keras.Input((28, 28, 1)),
        keras.layers.Conv2D(32, 3, activation="relu"),
        keras.layers.AveragePooling2D(2),
        keras.layers.Conv2D(64, 3, activation="relu"),
        keras.layers.AveragePooling2D(2),
        keras.layers.Flatten(),
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


@build_cnn.mistake(
    "no-softmax",
    "The ten outputs are scores: some are negative, and they do not sum to 1. Which activation makes shares of them?",
    when=builds(lambda seen, images: is_forward(seen, images, output=nn.linear)),
)
def _():
    model = keras.Sequential([
        keras.Input((28, 28, 1)),
        keras.layers.Conv2D(32, 3, activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Conv2D(64, 3, activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Flatten(),
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dense(10),
    ])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


@build_cnn.mistake(
    "not-compiled",
    "The layers are right, but Keras does not know yet how to train them. Which step comes between defining and training?",
    when=builds(lambda seen, _: "compile" in seen.get("refused", "")),
)
def _():
    return keras.Sequential([
        keras.Input((28, 28, 1)),
        keras.layers.Conv2D(32, 3, activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Conv2D(64, 3, activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Flatten(),
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])


@build_cnn.mistake(
    "one-hot-loss",
    "This loss wants ten numbers for each label, and `y_train` holds one: the digit. Which form of the cross-entropy "
    "takes the digit itself?",
    when=builds(lambda seen, _: "same rank" in seen.get("refused", "")),
)
def _():
    model = keras.Sequential([
        keras.Input((28, 28, 1)),
        keras.layers.Conv2D(32, 3, activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Conv2D(64, 3, activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Flatten(),
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="categorical_crossentropy", metrics=["accuracy"])
    return model


@build_cnn.mistake(
    "sgd",
    'One step moves each bias by 0.01 times its slope: that is plain gradient descent, "sgd". Which optimizer does '
    "the text ask for?",
    when=lambda seen, images, labels, aspect: (
        is_model(seen)
        and "after" in seen
        and np.allclose(
            first_step(seen), -0.01 * np.mean(seen["probabilities"] - np.eye(10)[labels], axis=0), rtol=0.05, atol=1e-6
        )
    ),
)
def _():
    model = keras.Sequential([
        keras.Input((28, 28, 1)),
        keras.layers.Conv2D(32, 3, activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Conv2D(64, 3, activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Flatten(),
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="sgd", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


@build_cnn.variant("layer by layer, with objects and ReLU after the pooling")
def _():
    model = keras.Sequential()
    model.add(keras.Input(shape=(28, 28, 1)))
    for filters in (32, 64):
        model.add(keras.layers.Conv2D(filters, kernel_size=(3, 3)))
        model.add(keras.layers.MaxPool2D((2, 2)))
        model.add(keras.layers.ReLU())
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(64, activation=keras.activations.relu))
    model.add(keras.layers.Dense(10))
    model.add(keras.layers.Softmax())
    model.compile(
        keras.optimizers.Adam(),
        keras.losses.SparseCategoricalCrossentropy(),
        metrics=[keras.metrics.SparseCategoricalAccuracy()],
    )
    return model


@build_cnn.variant("functional")
def _():
    pixels = keras.Input((28, 28, 1))
    maps = keras.layers.MaxPooling2D()(keras.layers.Conv2D(32, (3, 3), activation="relu")(pixels))
    maps = keras.layers.MaxPooling2D()(keras.layers.Conv2D(64, (3, 3), activation="relu")(maps))
    hidden = keras.layers.Dense(64, "relu")(keras.layers.Flatten()(maps))
    model = keras.Model(pixels, keras.layers.Dense(10, "softmax")(hidden))
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["acc"])
    return model


# Train -----------------------------------------------------------------------------------------------


def trained(build_cnn, x_train, y_train):
    """The network after five epochs in batches of 32, with steps that grow shorter."""
    model = build_cnn()
    shorter = keras.optimizers.schedules.PolynomialDecay(0.002, 5 * -(-len(x_train) // 32), end_learning_rate=0.0)
    model.compile(keras.optimizers.Adam(shorter), "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(x_train, y_train, epochs=5, batch_size=32, verbose=0)
    return model


train_cnn = lesson.object("train-cnn", answer="cnn", reference=trained, points=3, rounds=1, title="Train the CNN")


def with_channel(images):
    """Images as stored, as float32 from 0 to 1, with the channel axis that a convolution asks for."""
    return scaled(images)[..., None]


@train_cnn.given
def _():
    sample = digits()
    keras.utils.set_random_seed(1)
    return {
        "keras": keras,
        "build_cnn": network,
        "x_train": with_channel(sample.x_train[:5000]),
        "y_train": sample.y_train[:5000],
    }


@train_cnn.cases
def _(rng):
    sample = digits()
    some = rng.choice(len(sample.x_test), 1000, replace=False)
    yield small(
        "300 digits that it has not seen: much better than guessing", sample.x_test[:300], sample.y_test[:300], 0.5, 1.5
    )
    yield random("1000 digits that it has not seen", sample.x_test[some], sample.y_test[some], NEEDED, HIGHEST_LOSS)


@train_cnn.drive
def _(answer, images, labels, needed, highest):
    seen = {"weights": answer.get_weights(), "steps": steps_of(answer)}
    if shapes(seen) == CNN_SHAPES:
        seen["probabilities"] = plain(answer(with_channel(images)))
    return seen


def accuracy(seen, labels):
    """The share of digits that were named rightly."""
    return loss_and_accuracy(seen["probabilities"], labels)[1]


def unsure(seen, labels):
    """Whether a model is right far more often than it is sure: it meets smaller pixels than it was trained on."""
    return np.max(seen["probabilities"], axis=1).mean() < accuracy(seen, labels) - 0.15


@train_cnn.accept
def _(seen, images, labels, needed, highest):
    if "probabilities" not in seen:
        return f"`cnn` should be a model from exercise 8, with 121930 parameters, but it has {total(seen)}"
    if problem := share_problem(seen["probabilities"], images):
        return f"{problem}; look at exercise 8 first"
    loss, right = loss_and_accuracy(seen["probabilities"], labels)
    if right < needed:
        return f"the model names {right:.1%} of the digits rightly; {needed:.0%} are needed"
    if loss > highest:
        return f"the model's loss is {loss:.2f}, and it should be below {highest:g}"
    return None


@train_cnn.mistake(
    "another-network",
    "This is not a network of exercise 8. Keep it under a name of its own, and train the one from `build_cnn` here.",
    when=lambda seen, *_: "probabilities" not in seen,
)
def _(x_train, y_train):
    model = keras.Sequential([
        keras.Input((28, 28, 1)),
        keras.layers.Flatten(),
        keras.layers.Dense(32, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(x_train[:1000], y_train[:1000], epochs=1, batch_size=32, verbose=0)
    return model


@train_cnn.mistake(
    "never-trained",
    "The model has not made a single step of training and guesses: one digit in ten or so is right. "
    "Which method makes it learn?",
    when=lambda seen, *_: seen["steps"] == 0 and "probabilities" in seen,
)
def _(build_cnn):
    return build_cnn()


@train_cnn.mistake(
    "raw-pixels",
    "The model is right far more often than it is sure: it learned from pixels up to 255 and now meets pixels "
    "up to 1. Which array is prepared: `images_train` or `x_train`?",
    when=lambda seen, images, labels, *_: unsure(seen, labels),
)
def _(build_cnn, x_train, y_train):
    model = build_cnn()
    model.fit(x_train[:1500] * 255, y_train[:1500], epochs=1, batch_size=32, verbose=0)
    return model


@train_cnn.mistake(
    "labels-do-not-match",
    "The model was trained and still only guesses: it could not learn which image is which digit. "
    "Do images and labels stand in the same order?",
    when=lambda seen, images, labels, *_: accuracy(seen, labels) < 0.4,
)
def _(build_cnn, x_train, y_train):
    model = build_cnn()
    model.fit(x_train[:1500], np.sort(y_train[:1500]), epochs=1, batch_size=32, verbose=0)
    return model


@train_cnn.mistake(
    "too-few-steps",
    "The model has learned something and could learn more. How many steps did it make: epochs × digits / "
    "batch size? The text asks for 5 epochs in batches of 32.",
    when=lambda seen, images, labels, needed, highest: accuracy(seen, labels) < needed,
)
def _(build_cnn, x_train, y_train):
    model = build_cnn()
    model.fit(x_train[:1600], y_train[:1600], epochs=1, batch_size=32, verbose=0)
    return model


@train_cnn.variant("steps of one length, one epoch more")
def _(build_cnn, x_train, y_train):
    model = build_cnn()
    model.fit(x_train, y_train, epochs=6, verbose=0)
    return model


@train_cnn.variant("in two goes, with part of the digits kept for validation")
def _(build_cnn, x_train, y_train):
    model = build_cnn()
    model.fit(x_train, y_train, epochs=3, batch_size=32, validation_split=0.05, verbose=0)
    model.optimizer.learning_rate = 0.0003
    model.fit(x_train, y_train, epochs=2, batch_size=32, verbose=0)
    return model


# The CNN by hand -------------------------------------------------------------------------------------

by_hand = lesson.function("predict-by-hand", reference=forward, points=3, tolerance=1e-5, title="The CNN by hand")


def small_weights(rng, size, filters, neurons, classes, window=3):
    """Random weights of a small network of the same form: the eight arrays of `get_weights`."""
    after = ((size - window + 1) // 2 - window + 1) // 2
    f1, f2 = filters
    sizes = [
        (window, window, 1, f1),
        (f1,),
        (window, window, f1, f2),
        (f2,),
        (after * after * f2, neurons),
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
    yield edge("very large scores", [*large[:7], large[7] + 1000], rng.uniform(0, 1, (2, 10, 10, 1)))


@by_hand.mistake(
    "convolutions-do-not-bend",
    'Your convolutions hand on negative numbers. What does `activation="relu"` do after each of them?',
)
def _(weights, images):
    def conv(x, kernel, bias):
        windows = np.lib.stride_tricks.sliding_window_view(x, kernel.shape[:2], axis=(1, 2))
        return np.einsum("nhwcij,ijcf->nhwf", windows, kernel) + bias

    def pool(x):
        n, h, w, c = x.shape
        return x[:, : h // 2 * 2, : w // 2 * 2].reshape(n, h // 2, 2, w // 2, 2, c).max(axis=(2, 4))

    k1, b1, k2, b2, k3, b3, k4, b4 = weights
    x = pool(conv(pool(conv(images, k1, b1)), k2, b2))
    scores = np.maximum(0, x.reshape(len(x), -1) @ k3 + b3) @ k4 + b4
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


@by_hand.mistake(
    "hidden-does-not-bend",
    "The convolutions are right. After Flatten, what does the hidden layer do with its negative sums?",
)
def _(weights, images):
    def conv(x, kernel, bias):
        windows = np.lib.stride_tricks.sliding_window_view(x, kernel.shape[:2], axis=(1, 2))
        return np.maximum(0, np.einsum("nhwcij,ijcf->nhwf", windows, kernel) + bias)

    def pool(x):
        n, h, w, c = x.shape
        return x[:, : h // 2 * 2, : w // 2 * 2].reshape(n, h // 2, 2, w // 2, 2, c).max(axis=(2, 4))

    k1, b1, k2, b2, k3, b3, k4, b4 = weights
    x = pool(conv(pool(conv(images, k1, b1)), k2, b2))
    scores = (x.reshape(len(x), -1) @ k3 + b3) @ k4 + b4
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


@by_hand.mistake(
    "scores-not-shares", "You return the ten scores. What did the last layer do with them, so that they become shares?"
)
def _(weights, images):
    def conv(x, kernel, bias):
        windows = np.lib.stride_tricks.sliding_window_view(x, kernel.shape[:2], axis=(1, 2))
        return np.maximum(0, np.einsum("nhwcij,ijcf->nhwf", windows, kernel) + bias)

    def pool(x):
        n, h, w, c = x.shape
        return x[:, : h // 2 * 2, : w // 2 * 2].reshape(n, h // 2, 2, w // 2, 2, c).max(axis=(2, 4))

    k1, b1, k2, b2, k3, b3, k4, b4 = weights
    x = pool(conv(pool(conv(images, k1, b1)), k2, b2))
    return np.maximum(0, x.reshape(len(x), -1) @ k3 + b3) @ k4 + b4


@by_hand.mistake(
    "channels-first",
    "You lay out map after map. Keras keeps the channels of one place together: a plain `reshape` of "
    "(N, H, W, C) does it. Did you move an axis?",
)
def _(weights, images):
    def conv(x, kernel, bias):
        windows = np.lib.stride_tricks.sliding_window_view(x, kernel.shape[:2], axis=(1, 2))
        return np.maximum(0, np.einsum("nhwcij,ijcf->nhwf", windows, kernel) + bias)

    def pool(x):
        n, h, w, c = x.shape
        return x[:, : h // 2 * 2, : w // 2 * 2].reshape(n, h // 2, 2, w // 2, 2, c).max(axis=(2, 4))

    k1, b1, k2, b2, k3, b3, k4, b4 = weights
    x = pool(conv(pool(conv(images, k1, b1)), k2, b2)).transpose(0, 3, 1, 2)
    scores = np.maximum(0, x.reshape(len(x), -1) @ k3 + b3) @ k4 + b4
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


@by_hand.mistake(
    "relu-before-softmax",
    "The scores of the last layer went through ReLU before softmax, so all negative scores became equal. "
    "The last layer has one activation only.",
)
def _(weights, images):
    def conv(x, kernel, bias):
        windows = np.lib.stride_tricks.sliding_window_view(x, kernel.shape[:2], axis=(1, 2))
        return np.maximum(0, np.einsum("nhwcij,ijcf->nhwf", windows, kernel) + bias)

    def pool(x):
        n, h, w, c = x.shape
        return x[:, : h // 2 * 2, : w // 2 * 2].reshape(n, h // 2, 2, w // 2, 2, c).max(axis=(2, 4))

    k1, b1, k2, b2, k3, b3, k4, b4 = weights
    x = pool(conv(pool(conv(images, k1, b1)), k2, b2))
    scores = np.maximum(0, np.maximum(0, x.reshape(len(x), -1) @ k3 + b3) @ k4 + b4)
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


@by_hand.mistake(
    "overflow",
    "Everything is right until the scores get large; then softmax gives `nan`. What may you subtract from all "
    "scores of an image without changing the shares (lesson 02)?",
)
def _(weights, images):
    def conv(x, kernel, bias):
        windows = np.lib.stride_tricks.sliding_window_view(x, kernel.shape[:2], axis=(1, 2))
        return np.maximum(0, np.einsum("nhwcij,ijcf->nhwf", windows, kernel) + bias)

    def pool(x):
        n, h, w, c = x.shape
        return x[:, : h // 2 * 2, : w // 2 * 2].reshape(n, h // 2, 2, w // 2, 2, c).max(axis=(2, 4))

    k1, b1, k2, b2, k3, b3, k4, b4 = weights
    x = pool(conv(pool(conv(images, k1, b1)), k2, b2))
    e = np.exp(np.maximum(0, x.reshape(len(x), -1) @ k3 + b3) @ k4 + b4)
    return e / e.sum(axis=1, keepdims=True)


@by_hand.mistake(
    "one-image-flattened", "All images together became one row. How many rows should be left after Flatten?"
)
def _(weights, images):
    def conv(x, kernel, bias):
        windows = np.lib.stride_tricks.sliding_window_view(x, kernel.shape[:2], axis=(1, 2))
        return np.maximum(0, np.einsum("nhwcij,ijcf->nhwf", windows, kernel) + bias)

    def pool(x):
        n, h, w, c = x.shape
        return x[:, : h // 2 * 2, : w // 2 * 2].reshape(n, h // 2, 2, w // 2, 2, c).max(axis=(2, 4))

    k1, b1, k2, b2, k3, b3, k4, b4 = weights
    x = pool(conv(pool(conv(images, k1, b1)), k2, b2))
    scores = np.maximum(0, x.reshape(-1) @ k3 + b3) @ k4 + b4
    e = np.exp(scores - scores.max())
    return (e / e.sum())[None]


@by_hand.mistake(
    "shared-among-all-images",
    "With one image all is right. With several, your shares add up to 1 over all of them together: whose sum should "
    "each row be divided by?",
)
def _(weights, images):
    def conv(x, kernel, bias):
        windows = np.lib.stride_tricks.sliding_window_view(x, kernel.shape[:2], axis=(1, 2))
        return np.maximum(0, np.einsum("nhwcij,ijcf->nhwf", windows, kernel) + bias)

    def pool(x):
        n, h, w, c = x.shape
        return x[:, : h // 2 * 2, : w // 2 * 2].reshape(n, h // 2, 2, w // 2, 2, c).max(axis=(2, 4))

    k1, b1, k2, b2, k3, b3, k4, b4 = weights
    x = pool(conv(pool(conv(images, k1, b1)), k2, b2))
    scores = np.maximum(0, x.reshape(len(x), -1) @ k3 + b3) @ k4 + b4
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    return e / e.sum()


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
