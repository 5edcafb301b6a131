"""Define and compile: more mistakes in the layers."""

from course_utils import nn
from course_utils.exercises.keras_models.networks import is_forward, shapes

from .build_mlp import build_mlp, builds

_OBJECTS = "layer by layer, with objects"


def two_layers(seen):
    """Whether the model is one hidden layer and an output, each with kernel and bias."""
    return len(seen["weights"]) == 4


build_mlp.slip(
    "flatten-too-late",
    "The hidden layer stands before Flatten, so it reads each row of 28 pixels by itself. What should come in front of it?",
    '        keras.layers.Flatten(),\n        keras.layers.Dense(128, activation="relu"),\n',
    '        keras.layers.Dense(128, activation="relu"),\n        keras.layers.Flatten(),\n',
    when=builds(lambda seen, *_: len(shapes(seen)) == 4 and shapes(seen)[0][0] == 28 and shapes(seen)[2][0] != 128),
)

build_mlp.slip(
    "one-layer-too-many",
    "There is one hidden layer too many. Which layers does the text of this exercise ask for?",
    '        keras.layers.Dense(10, activation="softmax"),\n',
    '        keras.layers.Dense(64, activation="relu"),\n        keras.layers.Dense(10, activation="softmax"),\n',
    when=builds(lambda seen, *_: len(shapes(seen)) == 6 and all(len(kernel) == 2 for kernel in shapes(seen)[::2])),
)

build_mlp.slip(
    "relu-before-softmax",
    "ReLU stands before the softmax as well, so all scores below 0 become alike. Which activation does the output need?",
    "Dense(10)",
    'Dense(10, activation="relu")',
    of=_OBJECTS,
    when=builds(
        lambda seen, images, _: (
            two_layers(seen) and is_forward(seen, images, output=lambda scores: nn.softmax(nn.relu(scores)))
        )
    ),
)

build_mlp.slip(
    "softmax-twice",
    "Softmax is taken twice, of the shares once more. That makes them nearly alike: where does the second one stand?",
    "Dense(10)",
    'Dense(10, activation="softmax")',
    of=_OBJECTS,
    when=builds(
        lambda seen, images, _: (
            two_layers(seen) and is_forward(seen, images, output=lambda scores: nn.softmax(nn.softmax(scores)))
        )
    ),
)

build_mlp.slip(
    "softmax-hidden",
    "The hidden layer has a softmax, so its 128 neurons share out a single 1. Which activation belongs inside a network?",
    '"relu"',
    '"softmax"',
    when=builds(lambda seen, images, _: two_layers(seen) and is_forward(seen, images, hidden=nn.softmax)),
)

build_mlp.slip(
    "relu-output",
    "The outputs are scores with a ReLU: they are not shares and do not sum to 1. Which activation makes shares of them?",
    '"softmax"',
    '"relu"',
    when=builds(lambda seen, images, _: two_layers(seen) and is_forward(seen, images, output=nn.relu)),
)

build_mlp.slip(
    "scaled-again",
    "The model divides the pixels by 255 once more. They come in prepared: in which range are they already?",
    "        keras.layers.Flatten(),\n",
    "        keras.layers.Rescaling(1 / 255),\n        keras.layers.Flatten(),\n",
    when=builds(lambda seen, images, _: two_layers(seen) and is_forward(seen, images / 255)),
)
