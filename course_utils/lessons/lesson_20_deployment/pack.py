"""Pack the preparation in: a network that takes measurements as they come."""

import numpy as np

from course_utils.environment import keras
from course_utils.exercises import FunctionExercise, edge, plain, random, small
from course_utils.exercises.compare import family
from course_utils.exercises.keras_models.networks import forward, is_model, no_model
from course_utils.exercises.unread import never_used


def packed(weights, mean, std):
    """A network for measurements as they come: standardize, hidden layer with ReLU, shares of the classes."""
    model = keras.Sequential([
        keras.Input((len(mean),)),
        keras.layers.Rescaling(scale=(1 / std).tolist(), offset=(-mean / std).tolist()),
        keras.layers.Dense(len(weights[1]), activation="relu"),
        keras.layers.Dense(len(weights[3]), activation="softmax"),
    ])
    model.set_weights(weights)
    return model


pack = FunctionExercise("pack", reference=packed, points=3, rounds=1, title="Pack the preparation in")


WINE = (13, 16, 3)
DAMPED = 0.9  # the largest share of a damped network
FOR_WINE_ONLY = "a model that fits the network of the wines (13 measurements, 16 neurons, 3 classes) and this one not"


@pack.given
def _():
    return {"keras": keras}


def made_up_network(rng, inputs, hidden, classes):
    """Weights, mean and spread of a made-up network, and rows to ask it."""
    weights = [
        rng.normal(size=shape).astype(np.float32)
        for shape in [(inputs, hidden), (hidden,), (hidden, classes), (classes,)]
    ]
    mean = rng.uniform(20, 40, inputs).astype(np.float32)
    std = rng.uniform(2, 6, inputs).astype(np.float32)
    return weights, mean, std, (mean + std * rng.normal(size=(6, inputs))).astype(np.float32)


def scaled(rng, weights, mean, std, rows):
    """The same network for measurements in other units, from thousandths to thousands."""
    units = (10.0 ** rng.uniform(-3, 2, len(mean))).astype(np.float32)
    return weights, mean * units, std * units, rows * units


@pack.cases
def _(rng):
    eye = np.eye(2, dtype=np.float32)
    yield small(
        "two measurements with the means 10 and 100 and the spreads 2 and 50",
        [eye, np.zeros(2, np.float32), eye, np.zeros(2, np.float32)],
        np.array([10, 100], np.float32),
        np.array([2, 50], np.float32),
        np.array([[12, 100], [10, 200], [7, 175]], np.float32),
    )
    yield random("four measurements, five neurons, three classes", *made_up_network(rng, 4, 5, 3))
    weights, mean, std, rows = made_up_network(rng, 3, 8, 3)
    near = (mean / 30 - 1, std / 4)
    yield random("three measurements around zero", weights, *near, near[0] + near[1] * (rows - mean) / std)
    yield edge("one measurement, two classes", *made_up_network(rng, 1, 7, 2))
    yield edge("thirteen measurements on very different scales", *scaled(rng, *made_up_network(rng, 13, 16, 3)))


@pack.drive
def _(answer, weights, mean, std, rows):
    given = [np.copy(array) for array in (*weights, mean, std)]
    try:
        model = answer(weights, mean, std)
    except Exception:
        # One that looks at none of `mean` or `std` scales with the wines' own, and its sizes may be right.
        if not never_used(answer, [packed]) and _can(answer, *WINE):
            return FOR_WINE_ONLY
        raise
    if not hasattr(model, "get_weights"):
        return family(model)
    seen = {"weights": model.get_weights(), "probabilities": model(rows), "plan": str(plain(model.to_json()))}
    seen["training"] = model(rows, training=True)
    if carries(seen, weights):
        seen |= damped(model, rows)
    kept = list(map(np.array_equal, given, (*weights, mean, std)))
    seen |= {"weights kept": all(kept[:-2]), "scaling kept": all(kept[-2:])}
    answer([0 * w for w in weights], mean, std)
    return seen | {"later": model(rows)}


def damped(model, rows):
    """The shares with the output kernel made so small that none is nearly 1: shares that are say little of the inputs."""
    arrays = model.get_weights()
    kernel = arrays[-2]
    for factor in 0.1 ** np.arange(1, 12):
        model.set_weights([*arrays[:-2], (factor * kernel).astype(np.float32), 0 * arrays[-1]])
        shares = plain(model(rows))
        if np.max(shares) < DAMPED:
            break
    model.set_weights(arrays)
    return {"damped": shares, "factor": factor}


def _can(answer, *sizes):
    """Whether an answer that stopped makes a network of other sizes."""
    try:
        answer(*made_up_network(np.random.default_rng(0), *sizes)[:3])
    except Exception:  # it was seen already that it stops, and how
        return False
    return True


@pack.accept
def _(seen, weights, mean, std, rows):
    if not is_model(seen):
        return f"pack makes {seen}" if seen == FOR_WINE_ONLY else no_model(seen, "pack")
    if np.shape(seen["probabilities"]) != (len(rows), len(weights[3])):
        return (
            f"{len(rows)} rows should give shares of shape {(len(rows), len(weights[3]))}, "
            f"but gave {np.shape(seen['probabilities'])}"
        )
    if '"Lambda"' in seen["plan"]:
        return "a Lambda layer holds Python code, which Keras does not load from a file unless it is told to trust it"
    if not carries(seen, weights):
        return "the model's weights are not the ones that were given"
    if not gives(seen, weights, (rows - mean) / std):
        return "the shares are not those of the network for (rows - mean) / std"
    if not np.allclose(seen["later"], seen["probabilities"], atol=1e-3):
        return "pack should return a new model each time; the next call changed this one"
    if not np.allclose(seen["training"], seen["probabilities"], atol=1e-3):
        return "there is a layer that acts in training only, such as Dropout; the network has none"
    return None


def carries(seen, weights):
    """Whether the trained weights are in the model, in their order."""
    mine = [w for w in seen["weights"] if np.ndim(w)]
    return len(mine) >= 4 and all(
        a.shape == b.shape and np.allclose(a, b) for a, b in zip(mine[-4:], weights, strict=True)
    )


def gives(seen, weights, prepared, **activations):
    """Whether the model's shares are those of the network for these prepared rows, its damped ones as well."""
    prepared = prepared.astype(np.float32)
    pairs = [(seen["probabilities"], forward(weights, prepared, **activations))]
    if "damped" in seen:
        *others, kernel, bias = weights
        pairs.append((seen["damped"], forward([*others, seen["factor"] * kernel, 0 * bias], prepared, **activations)))
    return all(np.shape(one) == other.shape and np.allclose(one, other, rtol=1e-4, atol=1e-3) for one, other in pairs)


def packs(test):
    """The mistake is recognised by `test(seen, weights, mean, std, rows)` on a model."""
    return lambda seen, *case: is_model(seen) and bool(test(seen, *case))


pack.variant("with Rescaling")(packed)


@pack.variant("with Normalization")
def _(weights, mean, std):
    model = keras.Sequential([
        keras.Input((len(mean),)),
        keras.layers.Normalization(mean=mean, variance=std**2),
        keras.layers.Dense(len(weights[1]), activation="relu"),
        keras.layers.Dense(len(weights[3]), activation="softmax"),
    ])
    model.set_weights(weights)
    return model


@pack.variant("two Rescaling layers, functional")
def _(weights, mean, std):
    inputs = keras.Input((len(mean),))
    x = keras.layers.Rescaling(1.0, (-mean).tolist())(inputs)
    x = keras.layers.Rescaling((1 / std).tolist())(x)
    x = keras.layers.Dense(weights[0].shape[1], activation="relu")(x)
    outputs = keras.layers.Dense(weights[2].shape[1], activation="softmax")(x)
    model = keras.Model(inputs, outputs)
    model.set_weights(weights)
    return model


for array in ("1 / std", "-mean / std", "-mean"):
    pack.equivalent(f"({array}).tolist()", array, why="Rescaling takes an array as well as a list")
for sizes in (("len(weights[1])", "len(weights[3])"), ("weights[0].shape[1]", "weights[2].shape[1]")):
    for size, activation in zip(sizes, ("relu", "softmax"), strict=True):
        dense = f"keras.layers.Dense({size}, activation='{activation}'{{}})"
        pack.equivalent(
            dense.format(""),
            dense.format(", kernel_initializer='zeros'"),
            why="the weights that are given take the place of the first ones",
        )
        pack.equivalent(dense.format(""), dense.format(", trainable=False"), why="a packed model is asked, not trained")
_LAYERS = (
    "model = keras.Sequential([keras.Input((len(mean),)), keras.layers.Rescaling(scale=(1 / std).tolist(), offset={}), "
    "keras.layers.Dense(len(weights[1]), activation='relu'), keras.layers.Dense(len(weights[3]), activation='softmax')])"
)
pack.equivalent(
    _LAYERS.format("(-mean / std).tolist()"),
    _LAYERS.format("-mean / std.tolist()"),
    why="Rescaling takes an array as well as a list",
)
