"""Write the reply to a request, in types that JSON knows."""

import json

import numpy as np

from course_utils import nn
from course_utils.exercises import FunctionExercise, edge, plain, random, small


def answers(shares, names):
    """The reply to a request, in plain Python types: for each row the name of its class and how sure the model is."""
    return {"predictions": [{"class": names[int(row.argmax())], "confidence": float(row.max())} for row in shares]}


reply = FunctionExercise("reply", reference=answers, points=3, title="Write the reply")


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
    yield random("forty rows, twelve classes", some(40, 12), [f"class {n}" for n in rng.permutation(12)])
    yield edge("a single row", some(1, 4), names)
    yield edge("shares in 64 bits", some(3, 4).astype(float), names)
    yield edge("a model that is wholly sure", np.array([[0, 0, 1]], np.float32), names[:3])


@reply.variant("row by row")
def _(shares, names):
    said = []
    for row in shares:
        best = int(np.argmax(row))
        said.append({"class": names[best], "confidence": float(row[best])})
    return {"predictions": said}


reply.variant("in one line")(answers)


@reply.variant("names and shares apart, then side by side")
def _(shares, names):
    said = [names[place] for place in np.argmax(shares, axis=1)]
    sure = [float(share) for share in np.max(shares, axis=1)]
    return {"predictions": [{"confidence": s, "class": name} for name, s in zip(said, sure, strict=False)]}


@reply.variant("with tolist")
def _(shares, names):
    places, sure = shares.argmax(axis=1).tolist(), shares.max(axis=1).tolist()
    return {"predictions": [{"class": names[p], "confidence": s} for p, s in zip(places, sure, strict=True)]}


for right, wrong in (
    ("int(row.argmax())", "row.argmax()"),
    ("int(np.argmax(row))", "np.argmax(row)"),
    ("shares.argmax(axis=1).tolist()", "shares.argmax(axis=1)"),
):
    reply.equivalent(right, wrong, why="a list takes NumPy's whole numbers for places as well")
