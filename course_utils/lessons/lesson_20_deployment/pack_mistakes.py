"""What goes wrong when the preparation is packed into the model."""

import numpy as np

from course_utils import nn
from course_utils.environment import keras
from course_utils.exercises.keras_models.networks import is_stack

from .pack import carries, gives, pack, packs

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
    when=packs(
        lambda seen, weights, *_: (
            not carries(seen, weights) and is_stack([w for w in seen["weights"] if np.ndim(w)][-4:], len(weights[0]))
        )
    ),
)

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
    when=packs(lambda seen, weights, mean, std, rows: gives(seen, weights, (rows - mean) / np.sqrt(std))),
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


@pack.mistake(
    "one-model-for-all",
    "The second call puts its weights into the model of the first, so the first answers differently afterwards. "
    "Where must the model be made, so that each call has its own?",
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
