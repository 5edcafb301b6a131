"""The mistakes in the layers of a CNN, most of them recognised by the shapes of its weights or by its predictions."""

import numpy as np

from course_utils import nn
from course_utils.exercises.keras_models.networks import shapes

from .build_cnn import build_cnn
from .cnn_judging import average, builds, has_shape, is_forward
from .common import CNN_SHAPES


def normalizes(seen, _):
    """Whether between the other weights there are four arrays in a row of one number for each map or neuron."""
    sizes = [shape[0] if len(shape) == 1 else 0 for shape in shapes(seen)]
    return any(sizes[i] and len(set(sizes[i : i + 4])) == 1 for i in range(len(sizes) - 3))


build_cnn.slip(
    "no-return",
    "build_cnn returned nothing. `compile` changes the model and gives nothing back. The model must leave the function: "
    "which line of its own is missing at the end?",
    "    return model\n",
    "",
    when=lambda seen, *_: seen == "None",
)

build_cnn.slip(
    "one-pooling",
    "The hidden layer gets 11 × 11 × 64 = 7744 numbers: one of the two poolings is missing. Which?",
    "        keras.layers.MaxPooling2D(2),\n        keras.layers.Flatten(),\n",
    "        keras.layers.Flatten(),\n",
    of="a list of layers",
    when=has_shape(4, (7744, 64)),
)

build_cnn.slip(
    "no-pooling",
    (
        "The hidden layer gets 24 × 24 × 64 = 36864 numbers and has over two million weights. What makes the maps "
        "smaller between the layers?"
    ),
    "        model.add(keras.layers.MaxPooling2D(2))\n",
    "",
    when=has_shape(4, (36864, 64)),
)

build_cnn.slip(
    "same-padding",
    (
        "Your maps keep their size in a convolution: the hidden layer gets 7 × 7 × 64 numbers. The table "
        "says 26 × 26 after the first. Which padding adds no zeros?"
    ),
    'Conv2D(filters, 3, activation="relu")',
    'Conv2D(filters, 3, padding="same", activation="relu")',
    when=has_shape(4, (3136, 64)),
)

build_cnn.slip(
    "other-filters",
    "The windows are 3 × 3, but the numbers of filters are not 32 in the first and 64 in the second convolution.",
    "(32, 64)",
    "(64, 32)",
    when=builds(
        lambda seen, _: (
            len(shapes(seen)) == 8
            and shapes(seen)[0][:2] == (3, 3)
            and (shapes(seen)[0][-1], shapes(seen)[2][-1]) != (32, 64)
        )
    ),
)

build_cnn.slip(
    "other-window",
    "Your filters are not 3 × 3. Which argument of Conv2D is the number of filters, and which the size of the window?",
    "Conv2D(filters, 3",
    "Conv2D(filters, 5",
    when=builds(lambda seen, _: len(shapes(seen)[0]) == 4 and shapes(seen)[0][:2] != (3, 3)),
)

build_cnn.slip(
    "no-hidden-layer",
    "After Flatten, 1600 numbers go straight into the ten outputs. Where are the 64 neurons between them?",
    '    model.add(keras.layers.Dense(64, activation="relu"))\n',
    "",
    when=has_shape(4, (1600, 10)),
)

build_cnn.slip(
    "no-flatten",
    (
        "Each image gives a small map of predictions instead of ten shares. Which layer lays the 5 × 5 × 64 numbers "
        "into one row first?"
    ),
    "    model.add(keras.layers.Flatten())\n",
    "",
    when=builds(lambda seen, _: np.ndim(seen["probabilities"]) == 4),
)

build_cnn.slip(
    "convolutions-do-not-bend",
    (
        "The convolutions have no activation, so nothing bends between them (lesson 02). What does "
        "`activation=` want in both?"
    ),
    'Conv2D(filters, 3, activation="relu")',
    "Conv2D(filters, 3)",
    when=builds(lambda seen, images: is_forward(seen, images, bend=nn.linear)),
)


def in_turn(*bends):
    """One bend after the other, each for one call."""
    left = iter(bends)
    return lambda x: next(left)(x)


build_cnn.slip(
    "first-convolution-does-not-bend",
    "The first convolution has no activation. What does `activation=` want in it, as in the second?",
    'Conv2D(32, 3, activation="relu")',
    "Conv2D(32, 3)",
    of="a list of layers",
    when=builds(lambda seen, images: is_forward(seen, images, bend=in_turn(nn.linear, nn.relu))),
)

build_cnn.slip(
    "second-convolution-does-not-bend",
    "The second convolution has no activation. What does `activation=` want in it, as in the first?",
    'Conv2D(64, 3, activation="relu")',
    "Conv2D(64, 3)",
    of="a list of layers",
    when=builds(lambda seen, images: is_forward(seen, images, bend=in_turn(nn.relu, nn.linear))),
)

build_cnn.slip(
    "hidden-does-not-bend",
    "The hidden layer of 64 neurons has no activation. What does `activation=` want in it?",
    'Dense(64, activation="relu")',
    "Dense(64)",
    when=builds(lambda seen, images: is_forward(seen, images, hidden=nn.linear)),
)

build_cnn.slip(
    "average-pooling",
    "Your pooling takes the mean of each window. Which pooling keeps the largest number?",
    "MaxPooling2D",
    "AveragePooling2D",
    when=builds(lambda seen, images: is_forward(seen, images, pool=average)),
)

build_cnn.slip(
    "no-softmax",
    "The ten outputs are scores: some are negative, and they do not sum to 1. Which activation makes shares of them?",
    ', activation="softmax"',
    "",
    when=builds(lambda seen, images: is_forward(seen, images, output=nn.linear)),
)

build_cnn.slip(
    "first-pooling-missing",
    "The hidden layer gets 12 × 12 × 64 = 9216 numbers: no pooling stands between the two convolutions. What does the table say?",
    "        keras.layers.MaxPooling2D(2),\n        keras.layers.Conv2D(64",
    "        keras.layers.Conv2D(64",
    of="a list of layers",
    when=has_shape(4, (9216, 64)),
)

build_cnn.slip(
    "one-number-a-map",
    (
        "The hidden layer gets 64 numbers, one for each map. Flatten hands on all 5 × 5 × 64: which layer of yours throws "
        "most of them away?"
    ),
    "Flatten()",
    "GlobalAveragePooling2D()",
    when=has_shape(4, (64, 64)),
)

build_cnn.slip(
    "other-hidden-layer",
    "1600 numbers go into the hidden layer, as they should, but it does not have 64 neurons. What does the table say?",
    "Dense(64",
    "Dense(128",
    when=builds(
        lambda seen, _: len(shapes(seen)) == 8 and shapes(seen)[4][0] == 1600 and shapes(seen)[4][1] not in (10, 64)
    ),
)

build_cnn.slip(
    "another-bend",
    "The layers have the right sizes, but they do not all bend with ReLU. Which of your activations is another one?",
    'Conv2D(filters, 3, activation="relu")',
    'Conv2D(filters, 3, activation="tanh")',
    when=builds(lambda seen, images: bends_otherwise(seen, images)),
)

build_cnn.slip(
    "sigmoid-output",
    (
        "Each of the ten outputs is a share by itself: together they are not 1. Which activation shares one whole out "
        "among ten digits?"
    ),
    '"softmax"',
    '"sigmoid"',
    when=builds(lambda seen, images: is_forward(seen, images, output=nn.sigmoid)),
)

build_cnn.slip(
    "pooling-in-steps-of-one",
    "The hidden layer gets 22 × 22 × 64 = 30976 numbers: your poolings move by one pixel and hardly make the maps smaller. How far apart do squares lie that do not overlap?",
    "MaxPooling2D(2)",
    "MaxPooling2D(2, strides=1)",
    when=has_shape(4, (30976, 64)),
)

build_cnn.slip(
    "pooling-of-three",
    "The hidden layer gets 2 × 2 × 64 = 256 numbers. How large are the squares of your poolings, and how large in the table?",
    "MaxPooling2D(2)",
    "MaxPooling2D(3)",
    when=has_shape(4, (256, 64)),
)

build_cnn.slip(
    "one-column-too-many",
    "The hidden layer gets 6 × 6 × 64 = 2304 numbers, and the table says 5 × 5. Do your convolutions move by one pixel, and does each pooling leave out what does not fill a square?",
    "MaxPooling2D(2)",
    'MaxPooling2D(2, padding="same")',
    when=has_shape(4, (2304, 64)),
)

build_cnn.slip(
    "third-convolution",
    "A third convolution follows the second. Many networks have one; how many does the table of section 6 have?",
    "        keras.layers.MaxPooling2D(2),\n        keras.layers.Flatten(),\n",
    '        keras.layers.MaxPooling2D(2),\n        keras.layers.Conv2D(64, 3, activation="relu"),\n        keras.layers.Flatten(),\n',
    of="a list of layers",
    when=builds(lambda seen, _: [len(shape) for shape in shapes(seen)].count(4) == 3),
)

build_cnn.slip(
    "second-hidden-layer",
    "Two hidden layers stand between Flatten and the ten outputs. How many does the table have?",
    '    model.add(keras.layers.Dense(64, activation="relu"))\n',
    '    model.add(keras.layers.Dense(64, activation="relu"))\n    model.add(keras.layers.Dense(64, activation="relu"))\n',
    when=builds(lambda seen, _: [len(shape) for shape in shapes(seen)] == [4, 1, 4, 1, 2, 1, 2, 1, 2, 1]),
)

build_cnn.slip(
    "batch-normalization",
    "There are layers with four numbers for each map or neuron, as batch normalization has. Which layers of the table have weights?",
    "model.add(keras.layers.MaxPooling2D(2))",
    "model.add(keras.layers.BatchNormalization())\n        model.add(keras.layers.MaxPooling2D(2))",
    when=builds(normalizes),
)

build_cnn.slip(
    "no-biases",
    "A layer of yours has no biases. Exercise 7 counted them: which argument leaves them out?",
    "Conv2D(filters, 3, ",
    "Conv2D(filters, 3, use_bias=False, ",
    when=builds(
        lambda seen, _: [shape for shape in shapes(seen) if len(shape) > 1] == CNN_SHAPES[::2] and len(shapes(seen)) < 8
    ),
)

build_cnn.slip(
    "other-classes",
    "The last layer does not have ten outputs. How many digits are there?",
    "Dense(10",
    "Dense(11",
    when=builds(
        lambda seen, _: shapes(seen)[:6] == CNN_SHAPES[:6] and len(shapes(seen)) == 8 and shapes(seen)[6] != (64, 10)
    ),
)


def bends_otherwise(seen, images):
    """Whether the network is the right one but for tanh or the sigmoid in the place of a ReLU."""
    bends = (nn.relu, np.tanh, nn.sigmoid)
    return any(is_forward(seen, images, bend=a, hidden=b) for a in bends for b in bends if (a, b) != (nn.relu, nn.relu))
