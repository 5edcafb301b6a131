"""Compute a convolution layer: batches, channels, filters, biases, stride and a frame of zeros."""

import numpy as np

from course_utils import nn
from course_utils.exercises import FunctionExercise, edge, random, small


def layer(x, kernel, bias, stride=1, pad=0):
    """The convolution of images (N, H, W, C) with F filters (kh, kw, C, F), + bias (F,)."""
    padded = np.pad(x, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    return nn.conv2d(padded, kernel, bias, (stride, stride))


conv_layer = FunctionExercise(
    "conv-layer", reference=layer, points=3, title="A convolution layer", library=(nn.conv2d, nn.Conv2D)
)


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
    yield edge("a last window that would hang over", drawn(1, 6, 8, 1), drawn(3, 3, 1, 2), drawn(2), stride=2)
    yield edge("stride and pad without their names", drawn(2, 4, 5, 2), drawn(2, 3, 2, 3), drawn(3), 2, 1)
    yield edge("pixels that are whole numbers", rng.integers(0, 9, (1, 4, 4, 1)), drawn(2, 2, 1, 2), drawn(2))
    yield edge("a wide frame, a wide stride", drawn(1, 5, 4, 1), drawn(3, 2, 1, 2), drawn(2), stride=3, pad=2)


@conv_layer.variant("all windows at once")
def _(x, kernel, bias, stride=1, pad=0):
    x = np.pad(x, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    windows = np.lib.stride_tricks.sliding_window_view(x, kernel.shape[:2], axis=(1, 2))[:, ::stride, ::stride]
    return np.einsum("nhwcij,ijcf->nhwf", windows, kernel) + bias


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


conv_layer.slip(
    "no-bias",
    "Each filter adds its own bias to all its sums. Yours are too large or too small by exactly that: where is `bias`?",
    " + bias",
    "",
)

conv_layer.slip(
    "padding-ignored",
    "Your result is the same whatever `pad` is. Where do the zeros come in?",
    "    x = np.pad(x, ((0, 0), (pad, pad), (pad, pad), (0, 0)))\n",
    "",
)

conv_layer.slip(
    "stride-ignored",
    "Your windows always move by one pixel. At which pixel does window number h begin when the stride is 2?",
    "[:, ::stride, ::stride]",
    "",
)

conv_layer.slip(
    "window-not-moved-by-stride",
    (
        "The size of your result is right, but its windows stand too close together. "
        "At which pixel does window number h begin when the stride is 2?"
    ),
    "stride * h : stride * h + kh, stride * w : stride * w + kw",
    "h : h + kh, w : w + kw",
    of="place by place, all images at once",
)

conv_layer.slip(
    "padded-every-axis",
    (
        "With a frame, the shapes no longer fit. Does only height and width get the "
        "frame (`np.pad(x, pad)` also adds images and channels)? Is it counted once in Ho and Wo, not twice?"
    ),
    "((0, 0), (pad, pad), (pad, pad), (0, 0))",
    "pad",
    of="place by place, all images at once",
)

conv_layer.slip(
    "sizes-before-the-padding",
    "Your result has the size that it would have without the frame. Do you take height and width before or after `np.pad`?",
    "(x.shape[1] - kh) // stride + 1, (x.shape[2] - kw) // stride + 1",
    "(x.shape[1] - 2 * pad - kh) // stride + 1, (x.shape[2] - 2 * pad - kw) // stride + 1",
    of="place by place, all images at once",
)

conv_layer.slip(
    "padded-at-the-end-only",
    "You add zeros below and to the right only. The frame goes all the way round.",
    "(pad, pad), (pad, pad)",
    "(0, 2 * pad), (0, 2 * pad)",
)

conv_layer.slip(
    "first-channel-only",
    "Your sums use only the first channel: a filter reaches through all of them.",
    "windows, kernel)",
    "windows[:, :, :, :1], kernel[:, :, :1])",
)

conv_layer.slip(
    "relu-inside",
    "All your negative sums have become 0. ReLU comes after this layer; here the sums are wanted as they are.",
    'np.einsum("nhwcij,ijcf->nhwf", windows, kernel) + bias',
    'np.maximum(0, np.einsum("nhwcij,ijcf->nhwf", windows, kernel) + bias)',
)

conv_layer.slip(
    "bias-in-the-sum",
    "Your bias is added once for every product under the window. How often does a filter add it to one sum?",
    "* kernel[..., f]) + bias[f]",
    "* kernel[..., f] + bias[f])",
    of="everything by loops",
)

conv_layer.slip(
    "flipped",
    (
        "You turn the kernel round before you lay it on. That is the convolution of mathematics; networks do not "
        "turn it. Which pixel meets `kernel[0, 0]`?"
    ),
    "windows, kernel)",
    "windows, kernel[::-1, ::-1])",
)

conv_layer.slip(
    "border-repeated",
    "Your frame repeats the pixels at the border. Which number should stand in it?",
    "(0, 0)))\n",
    '(0, 0)), mode="edge")\n',
)

conv_layer.slip(
    "cut-to-whole-numbers",
    "With whole numbers as pixels your sums lose what stands behind the point. Which kind of numbers can your result hold?",
    "filters))",
    "filters), dtype=x.dtype)",
    of="place by place, all images at once",
)

conv_layer.slip(
    "stride-of-the-rows-only",
    "Your windows take the stride downwards only. By how much do they move across?",
    "[:, ::stride, ::stride]",
    "[:, ::stride]",
)

conv_layer.slip(
    "stride-of-the-columns-only",
    "Your windows take the stride across only. By how much do they move down?",
    "[:, ::stride, ::stride]",
    "[:, :, ::stride]",
)

conv_layer.slip(
    "first-bias-for-all",
    "All your filters add the bias of the first one. To which filter does each bias belong?",
    "bias[f]",
    "bias[0]",
    of="everything by loops",
)

conv_layer.slip(
    "sum-of-the-biases",
    "Each of your filters adds all biases together. How many does one filter own?",
    "kernel) + bias",
    "kernel) + bias.sum()",
)

conv_layer.slip(
    "bias-taken-away",
    "You take the bias away. Which sign does it have?",
    ", kernel) + bias",
    ", kernel) - bias",
)

conv_layer.slip(
    "border-mirrored",
    "Your frame mirrors the pixels at the border. Which number should stand in it?",
    "(0, 0)))\n",
    '(0, 0)), mode="symmetric")\n',
)

conv_layer.slip(
    "frame-of-ones",
    "Your frame is not of zeros. Which number makes a product vanish?",
    "(0, 0)))\n",
    "(0, 0)), constant_values=1)\n",
)

conv_layer.slip(
    "frame-of-one",
    "Your frame is one zero wide, whatever `pad` says, or it is not there. Which argument tells its width?",
    "(pad, pad), (pad, pad)",
    "(int(pad > 0), int(pad > 0)), (int(pad > 0), int(pad > 0))",
)

conv_layer.slip(
    "filters-before-places",
    "The right sums, with the filters before height and width. On which axis does Keras keep them?",
    'np.einsum("nhwcij,ijcf->nhwf", windows, kernel) + bias',
    'np.moveaxis(np.einsum("nhwcij,ijcf->nhwf", windows, kernel) + bias, -1, 1)',
)

conv_layer.slip(
    "mean-of-the-channels",
    "You take the mean over the channels. A filter adds up the products of all of them: by how much is yours too small?",
    'np.einsum("nhwcij,ijcf->nhwf", windows, kernel)',
    'np.einsum("nhwcij,ijcf->nhwf", windows, kernel) / x.shape[3]',
)

conv_layer.slip(
    "last-places-left-out",
    "The last row and the last column of your result stay at 0. How many places has it, and where do your loops stop?",
    "for h in range(y.shape[1]):\n        for w in range(y.shape[2]):",
    "for h in range(y.shape[1] - 1):\n        for w in range(y.shape[2] - 1):",
    of="place by place, all images at once",
)

conv_layer.slip(
    "one-filter-only",
    "You use the first filter only. How many are there, and where do their results stand?",
    "windows, kernel) + bias",
    "windows, kernel[..., :1]) + bias[:1]",
)

conv_layer.slip(
    "rows-and-columns-exchanged",
    "Your window walks down where it should walk across. Which of the two places counts the rows?",
    "x[:, stride * h : stride * h + kh, stride * w : stride * w + kw]",
    "x[:, stride * w : stride * w + kh, stride * h : stride * h + kw]",
    of="place by place, all images at once",
)


_EMPTY = "(len(x), (x.shape[1] - kh) // stride + 1, (x.shape[2] - kw) // stride + 1, filters)"
conv_layer.equivalent(f"np.zeros({_EMPTY})", f"np.ones({_EMPTY})", why="every place is written to")

conv_layer.slip(
    "bias-once-a-channel",
    "Your bias is added once for each channel. A filter has one bias for all its channels: in which of your loops does it stand?",
    "bias[f]",
    "kernel.shape[2] * bias[f]",
    of="everything by loops",
)
