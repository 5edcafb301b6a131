"""What goes wrong when the preparation is packed into the model."""

import numpy as np

from course_utils import nn
from course_utils.environment import keras
from course_utils.exercises.keras_models.networks import is_stack

from .pack import carries, gives, pack, packs


def fresh(seen, weights):
    """For each of the four arrays, whether the model holds another one, a kernel drawn at random or a bias of zeros.

    None where the model's arrays are neither these nor the given ones.
    """
    mine = [w for w in seen["weights"] if np.ndim(w)][-4:]
    if not is_stack(mine, len(weights[0])) or [w.shape for w in mine] != [np.shape(w) for w in weights]:
        return None
    told = [not np.allclose(a, b) for a, b in zip(mine, weights, strict=True)]
    for layer in (0, 2):  # where the trained biases are zeros, too, they cannot be told from those of a new model
        if not weights[layer + 1].any():
            told[layer + 1] = told[layer]
    return told if all(np.ndim(w) == 2 or not w.any() for w, new in zip(mine, told, strict=True) if new) else None


pack.slip(
    "no-return",
    "pack returned nothing. The model must leave the function: which line is missing at its end?",
    "    return model\n",
    "",
    when=lambda seen, *_: seen == "None",
)

pack.slip(
    "code-in-the-model",
    (
        "A Lambda layer does the right sum, but what it puts into the file is Python code, and Keras refuses "
        "to load that from a stranger. Which layer scales with numbers alone?"
    ),
    "Normalization(mean=mean, variance=std**2)",
    "Lambda(lambda x: (x - mean) / std)",
    of="with Normalization",
    when=packs(lambda seen, *_: '"Lambda"' in seen["plan"]),
)

pack.slip(
    "new-weights",
    "The layers are right, but their weights are the random ones of a new model. Where do the trained weights go in?",
    "    model.set_weights(weights)\n",
    "",
    when=packs(lambda seen, weights, *_: fresh(seen, weights) == [True, True, True, True]),
)

pack.slip(
    "weights-of-the-output-new",
    "The hidden layer has its trained weights; those of the output layer are still the random ones of a new model. How many of the four arrays have you put in?",
    "    model.set_weights(weights)\n",
    "    model.layers[1].set_weights(weights[:2])\n",
    when=packs(lambda seen, weights, *_: fresh(seen, weights) == [False, False, True, True]),
)

pack.slip(
    "weights-of-the-hidden-layer-new",
    "The output layer has its trained weights; those of the hidden layer are still the random ones of a new model. How many of the four arrays have you put in?",
    "    model.set_weights(weights)\n",
    "    model.layers[-1].set_weights(weights[2:])\n",
    when=packs(lambda seen, weights, *_: fresh(seen, weights) == [True, True, False, False]),
)

pack.slip(
    "biases-left-at-zero",
    "The kernels are the trained ones, and the biases are still zeros, as in a new model. How many of the four arrays have you put in?",
    "    model.set_weights(weights)\n",
    "    model.set_weights([weights[0], 0 * weights[1], weights[2], 0 * weights[3]])\n",
    when=packs(lambda seen, weights, *_: fresh(seen, weights) == [False, True, False, True]),
)

pack.slip(
    "worked-into-the-network's-arrays",
    "`pack` writes into the arrays that it was given, so the network that they belong to answers otherwise from now on. "
    "Which layer could hold the scaling, so that the weights stay as they are?",
    "    model.set_weights(weights)\n",
    "    weights[0] /= std[:, None]\n    weights[1] -= mean @ weights[0]\n    model.set_weights(weights)\n",
    when=packs(lambda seen, *_: not seen["weights kept"]),
)


@pack.mistake(
    "worked-into-the-weights",
    "The shares are right, but the scaling is worked into the kernel and the bias of the hidden layer. The exercise asks "
    "for a layer of its own that standardizes, and for the weights as they were given.",
    when=packs(
        lambda seen, weights, mean, std, rows: gives(seen, weights, (rows - mean) / std) and not carries(seen, weights)
    ),
)
def _(weights, mean, std):
    model = keras.Sequential([
        keras.Input((len(mean),)),
        keras.layers.Dense(len(weights[1]), activation="relu"),
        keras.layers.Dense(len(weights[3]), activation="softmax"),
    ])
    kernel = weights[0] / std[:, None]
    model.set_weights([kernel, weights[1] - mean @ kernel, weights[2], weights[3]])
    return model


pack.slip(
    "not-prepared",
    (
        "Your model gives for the measurements as they come what it should give for standardized ones: nothing "
        "is subtracted or divided. Which layer is missing in front?"
    ),
    "        keras.layers.Rescaling(scale=(1 / std).tolist(), offset=(-mean / std).tolist()),\n",
    "",
    when=packs(lambda seen, weights, mean, std, rows: gives(seen, weights, rows)),
)

pack.slip(
    "offset-not-divided",
    (
        "Rescaling multiplies first and adds the offset afterwards. You add −mean to numbers that are "
        "already divided by std. Write (x − mean) / std as x · a + b: what is b?"
    ),
    "(-mean / std)",
    "(-mean)",
    when=packs(lambda seen, weights, mean, std, rows: gives(seen, weights, rows / std - mean)),
)

pack.slip(
    "mean-added",
    "The mean is added where it should be taken away. A measurement that equals the mean must become 0: does it?",
    "(-mean / std)",
    "(mean / std)",
    when=packs(lambda seen, weights, mean, std, rows: gives(seen, weights, (rows + mean) / std)),
)

pack.slip(
    "no-mean",
    "You divide by the spread, but nothing is subtracted. What does `offset=` do in Rescaling?",
    ", offset=(-mean / std).tolist()",
    "",
    when=packs(lambda seen, weights, mean, std, rows: gives(seen, weights, rows / std)),
)

pack.slip(
    "spread-for-variance",
    (
        "Normalization asks for the variance and takes its root. You gave it the spread. What is the "
        "variance of a column whose spread is 3?"
    ),
    "variance=std**2",
    "variance=std",
    of="with Normalization",
    when=packs(
        lambda seen, weights, mean, std, rows: (
            '"Normalization"' in seen["plan"] and gives(seen, weights, (rows - mean) / np.sqrt(std))
        )
    ),
)

pack.slip(
    "root-of-the-spread",
    "You divide by the root of `std`. The spread is the root of the variance already.",
    "scale=(1 / std).tolist(), offset=(-mean / std).tolist()",
    "scale=(1 / np.sqrt(std)).tolist(), offset=(-mean / np.sqrt(std)).tolist()",
    when=packs(lambda seen, weights, mean, std, rows: gives(seen, weights, (rows - mean) / np.sqrt(std))),
)

pack.slip(
    "square-of-the-spread",
    "Every measurement is divided by std · std. What belongs below the line in (x − mean) / std?",
    "scale=(1 / std).tolist(), offset=(-mean / std).tolist()",
    "scale=(1 / std**2).tolist(), offset=(-mean / std**2).tolist()",
    when=packs(lambda seen, weights, mean, std, rows: gives(seen, weights, (rows - mean) / std**2)),
)

pack.slip(
    "times-the-spread",
    "You take the mean away, and then multiply by the spread. Which way makes numbers of the size of 1?",
    "scale=(1 / std).tolist(), offset=(-mean / std).tolist()",
    "scale=std.tolist(), offset=(-mean * std).tolist()",
    when=packs(lambda seen, weights, mean, std, rows: gives(seen, weights, (rows - mean) * std)),
)

pack.slip(
    "not-divided",
    "You take the mean away, but nothing is divided by the spread. What does `scale=` do in Rescaling?",
    "scale=(1 / std).tolist(), offset=(-mean / std).tolist()",
    "scale=1.0, offset=(-mean).tolist()",
    when=packs(lambda seen, weights, mean, std, rows: gives(seen, weights, rows - mean)),
)

pack.slip(
    "first-column-for-all",
    "Every measurement is scaled with the mean and the spread of the first one. How many means and spreads were you given?",
    "scale=(1 / std).tolist(), offset=(-mean / std).tolist()",
    "scale=float(1 / std[0]), offset=float(-mean[0] / std[0])",
    when=packs(lambda seen, weights, mean, std, rows: gives(seen, weights, (rows - mean[0]) / std[0])),
)

pack.slip(
    "prepared-twice",
    "The measurements are standardized twice, once more than they should be. Which layer is one too many?",
    "        keras.layers.Rescaling(scale=(1 / std).tolist(), offset=(-mean / std).tolist()),\n",
    2 * "        keras.layers.Rescaling(scale=(1 / std).tolist(), offset=(-mean / std).tolist()),\n",
    when=packs(lambda seen, weights, mean, std, rows: gives(seen, weights, ((rows - mean) / std - mean) / std)),
)

pack.slip(
    "mean-times-spread",
    "The offset is added when the numbers are already divided by std. By what must the mean be divided, too?",
    "(-mean / std)",
    "(-mean * std)",
    when=packs(lambda seen, weights, mean, std, rows: gives(seen, weights, rows / std - mean * std)),
)

pack.slip(
    "undone",
    "`Rescaling(std, mean)` computes x · std + mean. That is the way back, from standardized numbers to measurements.",
    "scale=(1 / std).tolist(), offset=(-mean / std).tolist()",
    "scale=std.tolist(), offset=mean.tolist()",
    when=packs(lambda seen, weights, mean, std, rows: gives(seen, weights, rows * std + mean)),
)

pack.slip(
    "one-number-for-all",
    "Every measurement is scaled with the same two numbers. How many means and spreads were you given?",
    "scale=(1 / std).tolist(), offset=(-mean / std).tolist()",
    "scale=float(1 / std.mean()), offset=float(-mean.mean() / std.mean())",
    when=packs(lambda seen, weights, mean, std, rows: gives(seen, weights, (rows - mean.mean()) / std.mean())),
)

pack.slip(
    "no-softmax",
    "The scores are right, but they are not shares: some are negative. Which activation does the last layer need?",
    ', activation="softmax"',
    "",
    when=packs(lambda seen, weights, mean, std, rows: gives(seen, weights, (rows - mean) / std, output=nn.linear)),
)

pack.slip(
    "sigmoid-at-the-end",
    "Each of your numbers lies between 0 and 1, but those of a row do not add up to 1. Which activation makes shares of scores?",
    '"softmax"',
    '"sigmoid"',
    when=packs(lambda seen, weights, mean, std, rows: gives(seen, weights, (rows - mean) / std, output=nn.sigmoid)),
)

pack.slip(
    "no-relu",
    "The trained weights belong to a hidden layer with ReLU. In your model that layer does not bend.",
    ', activation="relu"',
    "",
    when=packs(lambda seen, weights, mean, std, rows: gives(seen, weights, (rows - mean) / std, hidden=nn.linear)),
)

pack.slip(
    "sigmoid-in-the-hidden-layer",
    "The trained weights belong to a hidden layer with ReLU. Yours keeps its numbers between 0 and 1.",
    '"relu"',
    '"sigmoid"',
    when=packs(lambda seen, weights, mean, std, rows: gives(seen, weights, (rows - mean) / std, hidden=nn.sigmoid)),
)

pack.slip(
    "tanh-in-the-hidden-layer",
    "The trained weights belong to a hidden layer with ReLU. Yours keeps its numbers between −1 and 1.",
    '"relu"',
    '"tanh"',
    when=packs(lambda seen, weights, mean, std, rows: gives(seen, weights, (rows - mean) / std, hidden=np.tanh)),
)

pack.slip(
    "relu-at-the-end",
    "The last layer cuts off what is negative, and the rest does not add up to 1. Which activation makes shares of scores?",
    '"softmax"',
    '"relu"',
    when=packs(lambda seen, weights, mean, std, rows: gives(seen, weights, (rows - mean) / std, output=nn.relu)),
)


@pack.mistake(
    "one-model-for-all",
    "After a second call with other weights, the model of the first answers otherwise: both are the same model, or share its layers. "
    "Is it made outside the function, or kept by a cache? Each call should make one of its own.",
    when=packs(lambda seen, *_: not np.allclose(seen["later"], seen["probabilities"], atol=1e-3)),
)
def _(weights, mean, std):
    global the_model
    if "the_model" not in globals() or the_model.input_shape != (None, len(mean)):
        the_model = keras.Sequential([
            keras.Input((len(mean),)),
            keras.layers.Rescaling(scale=(1 / std).tolist(), offset=(-mean / std).tolist()),
            keras.layers.Dense(len(weights[1]), activation="relu"),
            keras.layers.Dense(len(weights[3]), activation="softmax"),
        ])
    the_model.set_weights(weights)
    return the_model
