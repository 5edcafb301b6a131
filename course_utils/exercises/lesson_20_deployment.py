"""Exercises of lesson 20: a model that brings its preparation, a service's input and output, and the capstone.

The judge computes a Keras model's predictions again in NumPy from its weights; the project is asked about rows of real
data that its author has not seen.
"""

import json

import numpy as np

from course_utils import nn, projects

from .core import Lesson, edge, plain, random, small
from .core.compare import family
from .core.lazy import keras
from .core.networks import forward, is_model, is_stack, no_model

lesson = Lesson("20_deployment", "Into an application")


# A model that brings its preparation --------------------------------------------------------------------


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


pack = lesson.function("pack", reference=packed, points=3, rounds=1, title="Pack the preparation in")


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
    yield edge("one measurement, two classes", *made_up_network(rng, 1, 7, 2))


@pack.drive
def _(answer, weights, mean, std, rows):
    model = answer(weights, mean, std)
    if not hasattr(model, "get_weights"):
        return family(model)
    return {"weights": model.get_weights(), "probabilities": model(rows), "plan": str(plain(model.to_json()))}


@pack.accept
def _(seen, weights, mean, std, rows):
    if not is_model(seen):
        return no_model(seen, "pack")
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
    return None


def carries(seen, weights):
    """Whether the trained weights are in the model, in their order."""
    mine = [w for w in seen["weights"] if np.ndim(w)]
    return len(mine) >= 4 and all(
        a.shape == b.shape and np.allclose(a, b) for a, b in zip(mine[-4:], weights, strict=True)
    )


def gives(seen, weights, prepared, **activations):
    """Whether the model's shares are those of the network for these prepared rows."""
    shares = forward(weights, prepared.astype(np.float32), **activations)
    return np.shape(seen["probabilities"]) == shares.shape and np.allclose(seen["probabilities"], shares, atol=1e-3)


def packs(test):
    """The mistake is recognised by `test(seen, weights, mean, std, rows)` on a model."""
    return lambda seen, *case: is_model(seen) and bool(test(seen, *case))


@pack.mistake(
    "no-return",
    "pack returned nothing. The model must leave the function: which line is missing at its end?",
    when=lambda seen, *_: seen == "None",
)
def _(weights, mean, std):
    model = keras.Sequential([
        keras.Input((len(mean),)),
        keras.layers.Rescaling((1 / std).tolist(), (-mean / std).tolist()),
        keras.layers.Dense(len(weights[1]), activation="relu"),
        keras.layers.Dense(len(weights[3]), activation="softmax"),
    ])
    model.set_weights(weights)


@pack.mistake(
    "code-in-the-model",
    "A Lambda layer does the right sum, but what it puts into the file is Python code, and Keras refuses "
    "to load that from a stranger. Which layer scales with numbers alone?",
    when=packs(lambda seen, *_: '"Lambda"' in seen["plan"]),
)
def _(weights, mean, std):
    model = keras.Sequential([
        keras.Input((len(mean),)),
        keras.layers.Lambda(lambda x: (x - mean) / std),
        keras.layers.Dense(len(weights[1]), activation="relu"),
        keras.layers.Dense(len(weights[3]), activation="softmax"),
    ])
    model.set_weights(weights)
    return model


@pack.mistake(
    "new-weights",
    "The layers are right, but their weights are the random ones of a new model. Where do the trained weights go in?",
    when=packs(
        lambda seen, weights, *_: (
            not carries(seen, weights) and is_stack([w for w in seen["weights"] if np.ndim(w)][-4:], len(weights[0]))
        )
    ),
)
def _(weights, mean, std):
    return keras.Sequential([
        keras.Input((len(mean),)),
        keras.layers.Rescaling((1 / std).tolist(), (-mean / std).tolist()),
        keras.layers.Dense(len(weights[1]), activation="relu"),
        keras.layers.Dense(len(weights[3]), activation="softmax"),
    ])


@pack.mistake(
    "not-prepared",
    "Your model gives for the measurements as they come what it should give for standardized ones: nothing "
    "is subtracted or divided. Which layer is missing in front?",
    when=packs(lambda seen, weights, mean, std, rows: gives(seen, weights, rows)),
)
def _(weights, mean, std):
    model = keras.Sequential([
        keras.Input((len(mean),)),
        keras.layers.Dense(len(weights[1]), activation="relu"),
        keras.layers.Dense(len(weights[3]), activation="softmax"),
    ])
    model.set_weights(weights)
    return model


@pack.mistake(
    "offset-not-divided",
    "Rescaling multiplies first and adds the offset afterwards. You add −mean to numbers that are "
    "already divided by std. Write (x − mean) / std as x · a + b: what is b?",
    when=packs(lambda seen, weights, mean, std, rows: gives(seen, weights, rows / std - mean)),
)
def _(weights, mean, std):
    model = keras.Sequential([
        keras.Input((len(mean),)),
        keras.layers.Rescaling((1 / std).tolist(), (-mean).tolist()),
        keras.layers.Dense(len(weights[1]), activation="relu"),
        keras.layers.Dense(len(weights[3]), activation="softmax"),
    ])
    model.set_weights(weights)
    return model


@pack.mistake(
    "mean-added",
    "The mean is added where it should be taken away. A measurement that equals the mean must become 0: does it?",
    when=packs(lambda seen, weights, mean, std, rows: gives(seen, weights, (rows + mean) / std)),
)
def _(weights, mean, std):
    model = keras.Sequential([
        keras.Input((len(mean),)),
        keras.layers.Rescaling((1 / std).tolist(), (mean / std).tolist()),
        keras.layers.Dense(len(weights[1]), activation="relu"),
        keras.layers.Dense(len(weights[3]), activation="softmax"),
    ])
    model.set_weights(weights)
    return model


@pack.mistake(
    "no-mean",
    "You divide by the spread, but nothing is subtracted. What does `offset=` do in Rescaling?",
    when=packs(lambda seen, weights, mean, std, rows: gives(seen, weights, rows / std)),
)
def _(weights, mean, std):
    model = keras.Sequential([
        keras.Input((len(mean),)),
        keras.layers.Rescaling((1 / std).tolist()),
        keras.layers.Dense(len(weights[1]), activation="relu"),
        keras.layers.Dense(len(weights[3]), activation="softmax"),
    ])
    model.set_weights(weights)
    return model


@pack.mistake(
    "spread-for-variance",
    "Normalization asks for the variance and takes its root. You gave it the spread. What is the "
    "variance of a column whose spread is 3?",
    when=packs(lambda seen, weights, mean, std, rows: gives(seen, weights, (rows - mean) / np.sqrt(std))),
)
def _(weights, mean, std):
    model = keras.Sequential([
        keras.Input((len(mean),)),
        keras.layers.Normalization(mean=mean, variance=std),
        keras.layers.Dense(len(weights[1]), activation="relu"),
        keras.layers.Dense(len(weights[3]), activation="softmax"),
    ])
    model.set_weights(weights)
    return model


@pack.mistake(
    "no-softmax",
    "The scores are right, but they are not shares: some are negative. Which activation does the last layer need?",
    when=packs(lambda seen, weights, mean, std, rows: gives(seen, weights, (rows - mean) / std, output=nn.linear)),
)
def _(weights, mean, std):
    model = keras.Sequential([
        keras.Input((len(mean),)),
        keras.layers.Rescaling((1 / std).tolist(), (-mean / std).tolist()),
        keras.layers.Dense(len(weights[1]), activation="relu"),
        keras.layers.Dense(len(weights[3])),
    ])
    model.set_weights(weights)
    return model


@pack.mistake(
    "sigmoid-at-the-end",
    "Each of your numbers lies between 0 and 1, but those of a row do not add up to 1. Which activation makes shares of scores?",
    when=packs(lambda seen, weights, mean, std, rows: gives(seen, weights, (rows - mean) / std, output=nn.sigmoid)),
)
def _(weights, mean, std):
    model = keras.Sequential([
        keras.Input((len(mean),)),
        keras.layers.Rescaling((1 / std).tolist(), (-mean / std).tolist()),
        keras.layers.Dense(len(weights[1]), activation="relu"),
        keras.layers.Dense(len(weights[3]), activation="sigmoid"),
    ])
    model.set_weights(weights)
    return model


@pack.mistake(
    "no-relu",
    "The trained weights belong to a hidden layer with ReLU. In your model that layer does not bend.",
    when=packs(lambda seen, weights, mean, std, rows: gives(seen, weights, (rows - mean) / std, hidden=nn.linear)),
)
def _(weights, mean, std):
    model = keras.Sequential([
        keras.Input((len(mean),)),
        keras.layers.Rescaling((1 / std).tolist(), (-mean / std).tolist()),
        keras.layers.Dense(len(weights[1])),
        keras.layers.Dense(len(weights[3]), activation="softmax"),
    ])
    model.set_weights(weights)
    return model


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


# What may come in ---------------------------------------------------------------------------------------


def array_or_complaint(payload, columns, most_rows):
    """The rows of a request as an array (N, columns), or a text that says what is wrong with it."""
    rows = payload.get("instances") if isinstance(payload, dict) else None
    if not isinstance(rows, list) or not rows:
        return 'The request needs "instances": a list with at least one row.'
    if len(rows) > most_rows:
        return f"There are {len(rows)} rows; send at most {most_rows} at a time."
    for n, row in enumerate(rows, start=1):
        if not isinstance(row, list) or len(row) != columns:
            return f"Row {n} should be a list of {columns} values."
        for value in row:
            if isinstance(value, bool) or not isinstance(value, int | float):
                return f"Row {n}: {value!r} is not a number."
            if not np.isfinite(value):
                return f"Row {n}: every value must be finite."
    return np.array(rows, dtype=float)


read_request = lesson.function("read-request", reference=array_or_complaint, points=4, title="Read a request")


@read_request.drive
def _(answer, payload, columns, most_rows, word):
    result = plain(answer(payload, columns, most_rows))
    if not isinstance(result, str):
        return result
    if not word:
        return "a text, although the rows are good"
    return f"a text that contains {word}" if word in result.lower() else f"a text that does not contain {word}"


@read_request.cases
def _(rng):
    def rows(count, columns):
        return rng.integers(1, 99, (count, columns)).tolist()

    def spoiled(value):
        """Three rows of four numbers, with one foreign value somewhere."""
        made = rows(3, 4)
        made[int(rng.integers(1, 3))][int(rng.integers(1, 4))] = value
        return {"instances": made}

    yield small("two good rows", {"instances": [[1, 2.5], [3, 4]]}, 2, 10, "")
    yield small('a row with the text "abc"', {"instances": [[1, "abc"]]}, 2, 10, "number")
    yield random(
        "some good rows", {"instances": rng.normal(size=(int(rng.integers(3, 7)), 4)).round(3).tolist()}, 4, 10, ""
    )
    ragged = rows(3, 4)
    ragged[int(rng.integers(1, 3))].pop()
    yield random("a later row that is too short", {"instances": ragged}, 4, 10, "4")
    yield random("too many rows", {"instances": rows(12, 3)}, 3, 11, "11")
    yield random('a number in quotes, "7.5"', spoiled("7.5"), 4, 10, "number")
    yield edge("as many rows as allowed", {"instances": rows(5, 3)}, 3, 5, "")
    yield edge("NaN", spoiled(float("nan")), 4, 10, "finite")
    yield edge("minus infinity", spoiled(float("-inf")), 4, 10, "finite")
    yield edge("true, which Python counts as 1", spoiled(True), 4, 10, "number")
    yield edge("null, a missing value", spoiled(None), 4, 10, "number")
    yield edge("no rows at all", {"instances": []}, 4, 10, "instances")
    yield edge("another name for the rows", {"rows": rows(2, 4)}, 4, 10, "instances")
    yield edge("a list, not an object", rows(2, 4), 4, 10, "instances")
    yield edge("a row that is not a list", {"instances": [5]}, 4, 10, "4")


@read_request.mistake(
    "text-turned-into-numbers",
    'The text "7.5" came through as a number. NumPy and float() turn text into numbers '
    "where they can; a client who sends text has made a mistake. What is each value's type?",
)
def _(payload, columns, most_rows):
    rows = payload.get("instances") if isinstance(payload, dict) else None
    if not isinstance(rows, list) or not rows:
        return "instances: a list with at least one row"
    if len(rows) > most_rows:
        return f"at most {most_rows} rows"
    for row in rows:
        if not isinstance(row, list) or len(row) != columns:
            return f"each row has {columns} values"
        for value in row:
            try:
                if isinstance(value, bool) or value is None:
                    return "not a number"
                if not np.isfinite(float(value)):
                    return "not finite"
            except ValueError:
                return "not a number"
    return np.array(rows, dtype=float)


@read_request.mistake(
    "true-is-one",
    "`isinstance(True, int)` is True in Python, so true slipped in as the number 1. "
    "What could you ask about the value before that?",
)
def _(payload, columns, most_rows):
    rows = payload.get("instances") if isinstance(payload, dict) else None
    if not isinstance(rows, list) or not rows:
        return "instances: a list with at least one row"
    if len(rows) > most_rows:
        return f"at most {most_rows} rows"
    for row in rows:
        if not isinstance(row, list) or len(row) != columns:
            return f"each row has {columns} values"
        for value in row:
            if not isinstance(value, (int, float)):
                return "not a number"
            if not np.isfinite(value):
                return "not finite"
    return np.array(rows, dtype=float)


@read_request.mistake(
    "nan-comes-in",
    "NaN and infinity are of the type float, so they came in. One NaN makes every share NaN. "
    "Which function of NumPy tells them from ordinary numbers?",
)
def _(payload, columns, most_rows):
    rows = payload.get("instances") if isinstance(payload, dict) else None
    if not isinstance(rows, list) or not rows:
        return "instances: a list with at least one row"
    if len(rows) > most_rows:
        return f"at most {most_rows} rows"
    for row in rows:
        if not isinstance(row, list) or len(row) != columns:
            return f"each row has {columns} values"
        for value in row:
            if isinstance(value, bool) or not isinstance(value, (int, float)):
                return "not a number"
    return np.array(rows, dtype=float)


@read_request.mistake(
    "infinity-comes-in", "You stop NaN, and infinity comes in. Which function of NumPy asks for both at once?"
)
def _(payload, columns, most_rows):
    rows = payload.get("instances") if isinstance(payload, dict) else None
    if not isinstance(rows, list) or not rows:
        return "instances: a list with at least one row"
    if len(rows) > most_rows:
        return f"at most {most_rows} rows"
    for row in rows:
        if not isinstance(row, list) or len(row) != columns:
            return f"each row has {columns} values"
        for value in row:
            if isinstance(value, bool) or not isinstance(value, (int, float)):
                return "not a number"
            if np.isnan(value):
                return "not finite"
    return np.array(rows, dtype=float)


@read_request.mistake(
    "finite-before-type",
    "`np.isfinite` stops with an error at a text or at None. Which question about a value must come before it?",
)
def _(payload, columns, most_rows):
    rows = payload.get("instances") if isinstance(payload, dict) else None
    if not isinstance(rows, list) or not rows:
        return "instances: a list with at least one row"
    if len(rows) > most_rows:
        return f"at most {most_rows} rows"
    for row in rows:
        if not isinstance(row, list) or len(row) != columns:
            return f"each row has {columns} values"
        for value in row:
            if not np.isfinite(value):
                return "not finite"
            if isinstance(value, bool) or not isinstance(value, (int, float)):
                return "not a number"
    return np.array(rows, dtype=float)


@read_request.mistake(
    "first-row-only",
    "You look at the length of the first row alone; a later one was too short. "
    "Where does the length belong: before the loop over the rows, or in it?",
)
def _(payload, columns, most_rows):
    rows = payload.get("instances") if isinstance(payload, dict) else None
    if not isinstance(rows, list) or not rows:
        return "instances: a list with at least one row"
    if len(rows) > most_rows:
        return f"at most {most_rows} rows"
    if not isinstance(rows[0], list) or len(rows[0]) != columns:
        return f"each row has {columns} values"
    for row in rows:
        for value in row:
            if isinstance(value, bool) or not isinstance(value, (int, float)):
                return "not a number"
            if not np.isfinite(value):
                return "not finite"
    return np.array(rows, dtype=float)


@read_request.mistake(
    "no-limit",
    "A request with too many rows came in. One client could keep the service busy for everyone else. "
    "Which parameter have you not used?",
)
def _(payload, columns, most_rows):
    rows = payload.get("instances") if isinstance(payload, dict) else None
    if not isinstance(rows, list) or not rows:
        return "instances: a list with at least one row"
    for row in rows:
        if not isinstance(row, list) or len(row) != columns:
            return f"each row has {columns} values"
        for value in row:
            if isinstance(value, bool) or not isinstance(value, (int, float)):
                return "not a number"
            if not np.isfinite(value):
                return "not finite"
    return np.array(rows, dtype=float)


@read_request.mistake(
    "limit-too-low", "A request with exactly as many rows as allowed was refused. Is it *more* than allowed?"
)
def _(payload, columns, most_rows):
    rows = payload.get("instances") if isinstance(payload, dict) else None
    if not isinstance(rows, list) or not rows:
        return "instances: a list with at least one row"
    if len(rows) >= most_rows:
        return f"at most {most_rows} rows"
    for row in rows:
        if not isinstance(row, list) or len(row) != columns:
            return f"each row has {columns} values"
        for value in row:
            if isinstance(value, bool) or not isinstance(value, (int, float)):
                return "not a number"
            if not np.isfinite(value):
                return "not finite"
    return np.array(rows, dtype=float)


@read_request.mistake(
    "empty-comes-in",
    "A request without any row came in. A model that is asked about nothing stops with an error of its "
    "own. What is `bool([])`?",
)
def _(payload, columns, most_rows):
    rows = payload.get("instances") if isinstance(payload, dict) else None
    if not isinstance(rows, list):
        return "instances: a list with at least one row"
    if len(rows) > most_rows:
        return f"at most {most_rows} rows"
    for row in rows:
        if not isinstance(row, list) or len(row) != columns:
            return f"each row has {columns} values"
        for value in row:
            if isinstance(value, bool) or not isinstance(value, (int, float)):
                return "not a number"
            if not np.isfinite(value):
                return "not finite"
    return np.array(rows, dtype=float)


@read_request.mistake(
    "trusts-the-form",
    'Values are checked, but `payload["instances"]` stops with an error when the name is another or '
    "the payload is no dictionary. What could you ask first?",
)
def _(payload, columns, most_rows):
    rows = payload["instances"]
    if len(rows) == 0:
        return "instances: a list with at least one row"
    if len(rows) > most_rows:
        return f"at most {most_rows} rows"
    for row in rows:
        if not isinstance(row, list) or len(row) != columns:
            return f"each row has {columns} values"
        for value in row:
            if isinstance(value, bool) or not isinstance(value, (int, float)):
                return "not a number"
            if not np.isfinite(value):
                return "not finite"
    return np.array(rows, dtype=float)


@read_request.mistake(
    "raises",
    "You raise an error. The service wants the text itself, to send it to the client: which word stands in "
    "front of a function's result?",
)
def _(payload, columns, most_rows):
    rows = payload.get("instances") if isinstance(payload, dict) else None
    if not isinstance(rows, list) or not rows:
        raise ValueError("instances: a list with at least one row")
    if len(rows) > most_rows:
        raise ValueError(f"at most {most_rows} rows")
    for row in rows:
        if not isinstance(row, list) or len(row) != columns:
            raise ValueError(f"each row has {columns} values")
        for value in row:
            if isinstance(value, bool) or not isinstance(value, (int, float)):
                raise ValueError("not a number")
            if not np.isfinite(value):
                raise ValueError("not finite")
    return np.array(rows, dtype=float)


@read_request.mistake(
    "nothing-checked",
    "Good rows come through, and so does everything else, or NumPy stops with an error of its own. "
    "Start with one fault of the table: what do you return for it?",
)
def _(payload, columns, most_rows):
    return np.array(payload["instances"], dtype=float)


@read_request.mistake(
    "list-returned", "The checks are there, but you return the rows as a list of lists. What makes an array of it?"
)
def _(payload, columns, most_rows):
    rows = payload.get("instances") if isinstance(payload, dict) else None
    if not isinstance(rows, list) or not rows:
        return "instances: a list with at least one row"
    if len(rows) > most_rows:
        return f"at most {most_rows} rows"
    for row in rows:
        if not isinstance(row, list) or len(row) != columns:
            return f"each row has {columns} values"
        for value in row:
            if isinstance(value, bool) or not isinstance(value, (int, float)):
                return "not a number"
            if not np.isfinite(value):
                return "not finite"
    return rows


@read_request.variant("float64, types compared directly")
def _(payload, columns, most_rows):
    if type(payload) is not dict or "instances" not in payload:
        return "Where are the instances?"
    rows = payload["instances"]
    if type(rows) is not list or len(rows) < 1:
        return "The instances should be a list that is not empty"
    if len(rows) > most_rows:
        return f"More than {most_rows} rows"
    if any(type(row) is not list or len(row) != columns for row in rows):
        return f"A row does not have {columns} values"
    values = [value for row in rows for value in row]
    if any(type(value) not in (int, float) for value in values):
        return "There is something that is not a number"
    array = np.array(rows, dtype=np.float64)
    return array if np.isfinite(array).all() else "All numbers must be finite"


@read_request.variant("one complaint that names all rules of the values")
def _(payload, columns, most_rows):
    rows = payload.get("instances") if isinstance(payload, dict) else None
    if not isinstance(rows, list) or not 1 <= len(rows) <= most_rows:
        return f"instances should be a list of 1 to {most_rows} rows"
    for row in rows:
        if not isinstance(row, list) or len(row) != columns:
            return f"Every row needs {columns} values."
        if not all(isinstance(v, (int, float)) and not isinstance(v, bool) and abs(v) < np.inf for v in row):
            return "Every value should be a finite number."
    return np.asarray(rows, dtype=float)


# What goes out ------------------------------------------------------------------------------------------


def answers(shares, names):
    """The reply to a request, in plain Python types: for each row the name of its class and how sure the model is."""
    return {"predictions": [{"class": names[int(row.argmax())], "confidence": float(row.max())} for row in shares]}


reply = lesson.function("reply", reference=answers, points=3, tolerance=1e-4, title="Write the reply")


@reply.drive
def _(answer, shares, names):
    result = plain(answer(shares, names))
    try:
        return json.loads(json.dumps(result))
    except TypeError as error:
        return f"cannot be written as JSON: {error}"


@reply.cases
def _(rng):
    names = [f"name {letter}" for letter in "abcd"]

    def some(rows, classes):
        return nn.softmax(2 * rng.normal(size=(rows, classes))).astype(np.float32)

    yield small(
        "two rows, the classes cat and dog", np.array([[0.25, 0.75], [0.5625, 0.4375]], np.float32), ["cat", "dog"]
    )
    yield random("three rows, four classes", some(3, 4), names)
    yield random("six rows, three classes", some(6, 3), names[:3])
    yield edge("a single row", some(1, 4), names)
    yield edge("a model that is wholly sure", np.array([[0, 0, 1]], np.float32), names[:3])


@reply.mistake(
    "numpy-number",
    "JSON knows Python's float, not NumPy's float32: `json.dumps` stops. Which function makes a plain float "
    "of a NumPy number?",
)
def _(shares, names):
    return {"predictions": [{"class": names[np.argmax(row)], "confidence": np.max(row)} for row in shares]}


@reply.mistake("number-not-name", "The client gets the number of the class. Which list turns it into the name?")
def _(shares, names):
    return {"predictions": [{"class": int(np.argmax(row)), "confidence": float(np.max(row))} for row in shares]}


@reply.mistake("first-row-only", "However many rows were sent, you answer one. Each row needs its own entry.")
def _(shares, names):
    return {"predictions": [{"class": names[int(np.argmax(shares[0]))], "confidence": float(np.max(shares[0]))}]}


@reply.mistake(
    "no-list",
    "A reply to one row may look tidier without the list, but then a client must look at what came back before "
    "reading it. Is `predictions` always a list?",
)
def _(shares, names):
    said = [{"class": names[int(np.argmax(row))], "confidence": float(np.max(row))} for row in shares]
    return {"predictions": said if len(said) > 1 else said[0]}


@reply.mistake(
    "bare-list", "The entries are right; the dictionary around them is missing. Under which name should they stand?"
)
def _(shares, names):
    return [{"class": names[int(np.argmax(row))], "confidence": float(np.max(row))} for row in shares]


@reply.mistake("percent", "Your confidences go up to 100. The text asks for the share itself, from 0 to 1.")
def _(shares, names):
    return {
        "predictions": [{"class": names[int(np.argmax(row))], "confidence": 100 * float(np.max(row))} for row in shares]
    }


@reply.mistake(
    "all-shares", "`confidence` holds all shares of the row. One number was asked for: that of the class you name."
)
def _(shares, names):
    return {"predictions": [{"class": names[int(np.argmax(row))], "confidence": row.tolist()} for row in shares]}


@reply.mistake("least-likely", "You name the class with the smallest share. Which end did you mean?")
def _(shares, names):
    return {"predictions": [{"class": names[int(np.argmin(row))], "confidence": float(np.min(row))} for row in shares]}


@reply.mistake(
    "text-confidence", "Your confidence is a text. A client cannot compare text with 0.9: leave it a number."
)
def _(shares, names):
    return {
        "predictions": [{"class": names[int(np.argmax(row))], "confidence": f"{np.max(row):.4f}"} for row in shares]
    }


@reply.variant("rounded to five places")
def _(shares, names):
    said = []
    for row in shares:
        place = int(np.argmax(row))
        said.append({"class": names[place], "confidence": round(float(row[place]), 5)})
    return {"predictions": said}


@reply.variant("with tolist")
def _(shares, names):
    places, sure = shares.argmax(axis=1).tolist(), shares.max(axis=1).tolist()
    return {"predictions": [{"class": names[p], "confidence": s} for p, s in zip(places, sure, strict=True)]}


# Which network? -----------------------------------------------------------------------------------------

networks = lesson.values(
    "choose-network",
    points=2,
    title="Which network for which task?",
    reference=lambda: {
        "loan_from_a_form": "feedforward",
        "cracks_on_photos": "cnn",
        "pulse_on_a_watch": "lstm",
        "contracts_in_two_languages": "transformer",
        "faces_of_nobody": "gan",
    },
)


@networks.mistake(
    "cnn-for-a-table",
    "A form has columns, not neighbours: age beside income means no more than age beside postcode. "
    "What would a window that slides over it find?",
)
def _():
    return {"loan_from_a_form": "cnn"}


@networks.mistake(
    "flat-photos",
    "A feedforward network sees 784 or a million separate pixels (lesson 10: shift the digit). A crack may be "
    "anywhere on the photo. Which network looks for the same shape everywhere?",
)
def _():
    return {"cracks_on_photos": "feedforward"}


@networks.mistake(
    "transformer-on-a-watch",
    "Attention compares every moment with every other and keeps them all. The watch has little memory "
    "and gets one number a second. Which network carries a state of fixed size?",
)
def _():
    return {"pulse_on_a_watch": "transformer"}


@networks.mistake(
    "lstm-for-long-texts",
    "An LSTM must carry a word on page 1 through every word up to page 9. Which network looks at both at once?",
)
def _():
    return {"contracts_in_two_languages": "lstm"}


@networks.mistake(
    "classifier-for-making",
    "A CNN by itself tells what is on a picture. Here new pictures are to be made. "
    "Which of the five is a contest between a maker and a judge?",
)
def _():
    return {"faces_of_nobody": "cnn"}


@networks.variant("capital letters")
def _():
    return {
        "cracks_on_photos": "CNN",
        "pulse_on_a_watch": "LSTM",
        "faces_of_nobody": "GAN",
        "loan_from_a_form": "Feedforward",
    }


@networks.variant("with a stray space")
def _():
    return {"contracts_in_two_languages": " Transformer", "faces_of_nobody": "gan "}


# Which cure? --------------------------------------------------------------------------------------------

cures = lesson.values(
    "choose-cures",
    points=2,
    title="Which cure for which trouble?",
    reference=lambda: {
        "deep_sigmoids": "relu and residual",
        "train_99_validation_81": "regularization",
        "train_62_validation_61": "larger network",
        "loss_is_nan": "smaller learning rate",
        "two_hundred_photos": "pretrained network",
        "hour_per_epoch": "gpu",
    },
)


@cures.mistake(
    "more-layers-for-vanishing",
    "The first layers learn nothing because the gradient has become almost 0 on its way back "
    "through thirty layers. Does a larger network make that way shorter?",
)
def _():
    return {"deep_sigmoids": "larger network"}


@cures.mistake(
    "rate-for-vanishing",
    "A smaller step makes steps of almost 0 smaller still. What lets the gradient pass (lesson 15)?",
)
def _():
    return {"deep_sigmoids": "smaller learning rate"}


@cures.mistake(
    "larger-for-overfitting",
    "99 % on the training rows: this network learns by heart already. What would a larger one do?",
)
def _():
    return {"train_99_validation_81": "larger network"}


@cures.mistake(
    "regularize-an-underfitter",
    "The two figures lie 1 % apart, so nothing was learned by heart, and both are low. "
    "Regularization holds a network back; does this one need that?",
)
def _():
    return {"train_62_validation_61": "regularization"}


@cures.mistake("gpu-for-nan", "A faster computer arrives at nan sooner. Which number says how long a step is?")
def _():
    return {"loss_is_nan": "gpu"}


@cures.mistake(
    "larger-for-few-photos",
    "200 photos cannot settle a million weights. Who has already learned edges and shapes from millions?",
)
def _():
    return {"two_hundred_photos": "larger network"}


@cures.mistake(
    "regularize-few-photos",
    "Regularization helps a little, but 200 photos stay 200. Which cure brings along what was learned from "
    "millions of others?",
)
def _():
    return {"two_hundred_photos": "regularization"}


@cures.mistake(
    "rate-for-time", "The loss falls as it should; only the clock is the trouble. Smaller steps would need more epochs."
)
def _():
    return {"hour_per_epoch": "smaller learning rate"}


@cures.variant("capital letters")
def _():
    return {"hour_per_epoch": "GPU", "deep_sigmoids": "ReLU and residual"}


@cures.variant("with a stray space")
def _():
    return {"loss_is_nan": "smaller learning rate ", "two_hundred_photos": " Pretrained network"}


# The capstone -------------------------------------------------------------------------------------------


def cancer_by_least_squares(projects):
    """A line through 0 for malignant and 1 for benign, on standardized measurements."""
    rows = projects.load("breast cancer")
    mean, std = rows.x.mean(axis=0), rows.x.std(axis=0)
    w = np.linalg.lstsq((rows.x - mean) / std, rows.y - rows.y.mean(), rcond=None)[0]
    threshold = 0.5 - rows.y.mean()
    return {"data": "breast cancer", "predict": lambda x: (((x - mean) / std) @ w > threshold).astype(int)}


project = lesson.object("project", reference=cancer_by_least_squares, points=4, rounds=1, title="Your project")


@project.given
def _():
    return {"projects": projects}


@project.cases
def _(rng):
    seed = int(rng.integers(2**31))
    yield small("the form of the answers", "form", seed)
    yield random("rows of the exam", "exam", seed)
    yield edge("one row at a time", "alone", seed)


def exam_rows(name, aspect, seed):
    """Which rows of the exam are asked about: eight, or a fresh three quarters of all."""
    count = len(projects.exam(name).x)
    order = np.random.default_rng(seed).permutation(count)
    return order[: 3 * count // 4] if aspect == "exam" else order[:8]


@project.drive
def _(answer, aspect, seed):
    if family(answer) != "a dict" or set(answer) != {"data", "predict"}:
        return {"problem": 'project should be a dictionary {"data": …, "predict": …}'}
    name = plain(answer["data"])
    if not isinstance(name, str) or name not in projects.PROJECTS:
        return {"problem": f'project["data"] should be one of {", ".join(projects.PROJECTS)}'}
    if not callable(answer["predict"]):
        return {"problem": 'project["predict"] should be a function of rows'}
    x = projects.exam(name).x[exam_rows(name, aspect, seed)]
    seen = {"data": name, "answers": plain(answer["predict"](x.copy()))}
    if aspect == "alone":
        seen["alone"] = [plain(answer["predict"](x[i : i + 1].copy())) for i in range(len(x))]
    return seen


@project.accept
def _(seen, aspect, seed):
    if not isinstance(seen, dict):
        return "project should be a dictionary"
    if "problem" in seen:
        return seen["problem"]
    name, said = seen["data"], np.asarray(seen["answers"])
    asked = exam_rows(name, aspect, seed)
    if said.shape != (len(asked),) or said.dtype.kind not in "biuf":
        return f"{len(asked)} rows should give {len(asked)} numbers, shape ({len(asked)},), but gave {told(said)}"
    if aspect == "exam":
        value = projects.score(name, said, asked)
        if not projects.good_enough(name, value):
            return too_low(name, value)
    if aspect == "alone" and not np.allclose(alone(seen), said, rtol=1e-3, atol=1e-3):
        return "a row asked alone gets another answer than among others"
    return None


def told(said):
    """The shape, or the kind where that is the trouble."""
    return f"shape {said.shape}" if said.dtype.kind in "biuf" else "something else than numbers"


def too_low(name, value):
    """What to say of a score that is not enough."""
    project_ = projects.PROJECTS[name]
    if project_.amounts:
        return f"the usual error on rows of the exam is {value:.1f}; at most {project_.needed:.0f} is asked for"
    return f"{value:.1%} of the exam's rows are answered rightly; at least {project_.needed:.0%} is asked for"


def alone(seen):
    """The answers to rows asked one by one; nan where there was not one number."""
    return np.array([np.ravel(a)[0] if np.size(a) == 1 else np.nan for a in seen["alone"]], float)


def answered(test):
    """The mistake is recognised by `test(seen, answers, rows asked, aspect)` where there are answers at all."""

    def when(seen, aspect, seed):
        if not isinstance(seen, dict) or "answers" not in seen:
            return False
        asked = exam_rows(seen["data"], aspect, seed)
        return bool(test(seen, np.asarray(seen["answers"]), asked, aspect))

    return when


def is_row_of_numbers(said, asked):
    """Whether there is one number for each row."""
    return said.shape == (len(asked),) and said.dtype.kind in "biuf"


@project.mistake(
    "shares-not-classes",
    "Each row gets a whole row of shares. The exam wants the number of the class: what did you use in "
    "lesson 10 to read it off?",
    when=answered(lambda seen, said, asked, _: said.ndim == 2 and said.shape[1] > 1),
)
def _(projects):
    rows = projects.load("digits")
    means = np.array([rows.x[rows.y == digit].mean(axis=0) for digit in range(10)])
    return {"data": "digits", "predict": lambda x: -((x[:, None] - means) ** 2).sum(axis=2)}


@project.mistake(
    "column",
    "Your answers are a column, shape (N, 1), as Keras gives them for one output. The exam wants shape (N,).",
    when=answered(lambda seen, said, asked, _: said.shape == (len(asked), 1)),
)
def _(projects):
    rows = projects.load("diabetes")
    mean, std = rows.x.mean(axis=0), rows.x.std(axis=0)
    w = np.linalg.lstsq((rows.x - mean) / std, rows.y - rows.y.mean(), rcond=None)[0]
    return {"data": "diabetes", "predict": lambda x: (((x - mean) / std) @ w + rows.y.mean())[:, None]}


@project.mistake(
    "names-not-numbers",
    "You answer with names. In this data set a class is a number, as in `rows.y`.",
    when=answered(lambda seen, said, asked, _: said.shape == (len(asked),) and said.dtype.kind == "U"),
)
def _(projects):
    return {"data": "breast cancer", "predict": lambda x: ["benign" if row[3] < 700 else "malignant" for row in x]}


@project.mistake(
    "same-answer-for-all",
    "Every row gets the same answer. That is what a blind guess does; is `predict` using its rows?",
    when=answered(
        lambda seen, said, asked, aspect: aspect == "exam" and is_row_of_numbers(said, asked) and np.ptp(said) < 1e-6
    ),
)
def _(projects):
    rows = projects.load("breast cancer")
    return {"data": "breast cancer", "predict": lambda x: np.full(len(x), np.bincount(rows.y).argmax())}


@project.mistake(
    "prepared-by-the-request",
    "A row asked alone gets another answer than in a crowd: you scale with the mean and spread of the "
    "rows that happen to come in. Which rows must they be taken from, once and for all?",
    when=answered(
        lambda seen, said, asked, aspect: (
            aspect == "alone"
            and is_row_of_numbers(said, asked)
            and not np.allclose(alone(seen), said, rtol=1e-3, atol=1e-3)
        )
    ),
)
def _(projects):
    rows = projects.load("diabetes")
    mean, std = rows.x.mean(axis=0), rows.x.std(axis=0)
    w = np.linalg.lstsq((rows.x - mean) / std, rows.y - rows.y.mean(), rcond=None)[0]
    return {
        "data": "diabetes",
        "predict": lambda x: ((x - x.mean(axis=0)) / (x.std(axis=0) + 1e-7)) @ w + rows.y.mean(),
    }


@project.mistake(
    "below-the-band",
    "Your answers differ from row to row, but too few are right. First question: does `predict` prepare its rows "
    "exactly as the training did? Second: does the loss still fall when training ends?",
    when=answered(
        lambda seen, said, asked, aspect: (
            aspect == "exam"
            and is_row_of_numbers(said, asked)
            and np.ptp(said) >= 1e-6
            and not projects.good_enough(seen["data"], projects.score(seen["data"], said, asked))
        )
    ),
)
def _(projects):
    rows = projects.load("diabetes")
    mean, std = rows.x.mean(axis=0), rows.x.std(axis=0)
    w = np.linalg.lstsq((rows.x - mean) / std, rows.y - rows.y.mean(), rcond=None)[0]
    return {"data": "diabetes", "predict": lambda x: x @ w + rows.y.mean()}


@project.variant("digits by their nearest neighbour, as a list")
def _(projects):
    rows = projects.load("digits")
    squares = (rows.x**2).sum(axis=1)
    return {"data": "digits", "predict": lambda x: [int(rows.y[np.argmin(squares - 2 * rows.x @ row)]) for row in x]}


@project.variant("diabetes by least squares")
def _(projects):
    rows = projects.load("diabetes")
    table = np.column_stack([rows.x, np.ones(len(rows.x))])
    w = np.linalg.lstsq(table, rows.y, rcond=None)[0]

    def predict(x):
        return x @ w[:-1] + w[-1]

    return {"predict": predict, "data": "diabetes"}


lesson.text(
    "model-card",
    points=4,
    title="The model card of your project",
    rubric="""
1 point, use: says what the model is for, who should use it, and at least one use for which it is not meant.
1 point, data: where the rows come from, how many were used for training and how many for the exam, and who is missing in them.
1 point, quality: quotes the score on unseen rows of this run beside the blind guess, and says what an error costs whom.
1 point, operation: at least one weakness or risk that was looked at (a figure, a class that is confused, a break-it test) and
how one would notice in use that the model has become worse.
""",
)
