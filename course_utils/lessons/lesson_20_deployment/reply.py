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
    return {"predictions": [{"confidence": s, "class": name} for name, s in zip(said, sure, strict=True)]}


@reply.variant("with tolist")
def _(shares, names):
    places, sure = shares.argmax(axis=1).tolist(), shares.max(axis=1).tolist()
    return {"predictions": [{"class": names[p], "confidence": s} for p, s in zip(places, sure, strict=True)]}


reply.slip(
    "numpy-number",
    (
        "JSON knows Python's float, not NumPy's float32: `json.dumps` stops. Which function makes a plain float "
        "of a NumPy number?"
    ),
    "float(row[best])",
    "row[best]",
)

reply.slip(
    "number-not-name",
    "The client gets the number of the class. Which list turns it into the name?",
    "names[best]",
    "best",
)

reply.slip(
    "first-row-only",
    "However many rows were sent, you answer one. Each row needs its own entry.",
    "in shares:",
    "in shares[:1]:",
)

reply.slip(
    "no-list",
    (
        "A reply to one row may look tidier without the list, but then a client must look at what came back before "
        "reading it. Is `predictions` always a list?"
    ),
    '"predictions": said',
    '"predictions": said if len(said) > 1 else said[0]',
)

reply.slip(
    "bare-list",
    "The entries are right; the dictionary around them is missing. Under which name should they stand?",
    '{"predictions": said}',
    "said",
)

reply.slip(
    "percent",
    "Your confidences go up to 100. The text asks for the share itself, from 0 to 1.",
    "float(row[best])",
    "100 * float(row[best])",
)

reply.slip(
    "rounded",
    "Your confidences are rounded. The exercise asks for the share as it is; how many places are shown is the client's choice.",
    "float(row[best])",
    "round(float(row[best]), 4)",
)

reply.slip(
    "share-of-the-first-class",
    "The names are right, but each confidence is the share of the first class. Whose share is asked for?",
    "float(row[best])",
    "float(row[0])",
)

reply.slip(
    "class-of-the-first-row",
    "Every row gets the class of the first one. In which row do you look for the largest share?",
    "int(np.argmax(row))",
    "int(np.argmax(shares[0]))",
)

reply.slip(
    "one-class-on",
    "You name the class behind the one you mean. From which number on does Python count?",
    "names[best]",
    "names[(best + 1) % len(names)]",
)

reply.slip(
    "other-key",
    "The dictionary around the list has another name than the one in the text, and a client looks for that one. Compare letter by letter.",
    '"predictions"',
    '"prediction"',
)

reply.slip(
    "all-shares",
    "`confidence` holds all shares of the row. One number was asked for: that of the class you name.",
    "float(row[best])",
    "row.tolist()",
)

reply.slip(
    "least-likely", "You name the class with the smallest share. Which end did you mean?", "np.argmax", "np.argmin"
)

reply.slip(
    "text-confidence",
    "Your confidence is a text. A client cannot compare text with 0.9: leave it a number.",
    "float(row[best])",
    'f"{row[best]:.4f}"',
)

for right, wrong in (
    ("int(row.argmax())", "row.argmax()"),
    ("int(np.argmax(row))", "np.argmax(row)"),
    ("shares.argmax(axis=1).tolist()", "shares.argmax(axis=1)"),
):
    reply.equivalent(right, wrong, why="a list takes NumPy's whole numbers for places as well")
