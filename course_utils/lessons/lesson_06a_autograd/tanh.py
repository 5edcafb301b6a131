"""Write one more operation for values: tanh."""

from __future__ import annotations

import numpy as np

from course_utils.exercises import FunctionExercise, edge, over_there, random, small

from .graphs import Numbers, Steps, computed, described
from .value import Value


def tanh_of(v):
    """A new value, the tanh of v, with v as its parent and 1 - tanh² as its slope."""
    t = np.tanh(v.data)
    return Value(t, (v,), (1 - t**2,))


tanh = FunctionExercise("tanh", reference=tanh_of, points=2, title="One more operation")


@tanh.given
def _():
    return {"Value": Value}


def bent(answer, numbers: Numbers, steps: Steps):
    """What the answer makes of the graph's value v, and what v is afterwards."""
    values = computed(Value, numbers, steps)
    made = answer(values["v"])
    if made is None or isinstance(made, int | float):
        return made
    return {"v": described(values["v"], values), "tanh(v)": described(made, {**values, "tanh(v)": made})}


@tanh.drive
def _(answer, numbers, steps):
    return over_there(bent, answer, numbers, steps)


@tanh.cases
def _(rng):
    yield small("v = 0", {"v": 0.0}, [])
    yield small("v = log 3: tanh is 0.8", {"v": float(np.log(3))}, [])
    yield random("any number", {"v": float(rng.normal())}, [])
    yield random("a product", {"a": float(rng.normal()), "b": float(rng.normal())}, [("v", "a", "*", "b")])
    yield edge("a negative number", {"v": float(-rng.uniform(0.5, 2))}, [])
    yield edge("a sum with itself", {"a": float(rng.uniform(0.2, 0.5))}, [("v", "a", "+", "a")])
    yield edge("far out: tanh is 1, and flat", {"v": 300.0}, [])


@tanh.variant("by NumPy, the slope from the output")
def _(v):
    t = np.tanh(v.data)
    return Value(t, (v,), (1 - t**2,))


@tanh.variant("the slope as 1 / cosh²")
def _(v):
    return Value(float(np.tanh(v.data)), [v], [1 / np.cosh(v.data) ** 2])


@tanh.variant("named arguments, two factors")
def _(v):
    t = np.tanh(v.data)
    return Value(data=t, parents=(v,), slopes=((1 + t) * (1 - t),))


tanh.slip(
    "slope-from-the-input",
    "Your slope is 1 − v². The slope of tanh is 1 minus the square of what comes *out*.",
    "1 - t**2",
    "1 - v.data**2",
)

tanh.slip(
    "slope-of-the-sigmoid",
    "t (1 − t) is the slope of the sigmoid. What is that of tanh, in the table of lesson 06?",
    "1 - t**2",
    "t * (1 - t)",
)

tanh.slip("not-squared", "Your slope is 1 − t. What is missing at the t?", "1 - t**2", "1 - t")

tanh.slip(
    "slope-is-the-output",
    "Your slope is what comes out, t itself. How steep is tanh at 0, where t is 0?",
    "1 - t**2",
    "t",
)

tanh.slip(
    "slope-one", "Your slope is 1 everywhere. How steep is tanh far out, where it no longer rises?", "1 - t**2", "1.0"
)

tanh.slip(
    "sign-turned",
    "Your slope is negative. Does tanh rise or fall?",
    "1 - t**2",
    "t**2 - 1",
)

tanh.slip(
    "remembers-nothing",
    "What comes out has no parents: the way back would end here. From which value was it computed, and with which slope?",
    "Value(t, (v,), (1 - t**2,))",
    "Value(t)",
)

tanh.slip(
    "slope-forgotten",
    "What comes out has a parent and no slope. A slope belongs to each parent.",
    "(v,), (1 - t**2,)",
    "(v,)",
)

tanh.slip(
    "comma-of-the-slope",
    "`(0.5)` is a number in brackets; a tuple of one number is `(0.5,)`, with a comma. Look at your slopes.",
    "(1 - t**2,)",
    "(1 - t**2)",
)

tanh.slip(
    "comma-of-the-parent",
    "`(v)` is v in brackets; a tuple of one value is `(v,)`, with a comma. Look at your parents.",
    "(v,)",
    "(v)",
)

tanh.slip(
    "grandparents",
    "You hand on to the parents of v and leave v itself out. From which value was the tanh computed?",
    "(v,)",
    "v.parents",
)

tanh.slip(
    "number-as-parent",
    "The parent is a bare number. It should be the value v itself, so that the way back can go on from there.",
    "(v,)",
    "(v.data,)",
)

tanh.slip(
    "copy-as-parent",
    "The parent is a new value with the same number. What is handed to a copy never reaches v.",
    "(v,)",
    "(Value(v.data),)",
)

tanh.slip(
    "not-bent",
    "The number that comes out is v's own. Where is the tanh of it taken?",
    "Value(t,",
    "Value(v.data,",
)


@tanh.mistake(
    "number-comes-out",
    "A bare number comes out, and a number remembers nothing. What did `__add__` and `__mul__` return?",
)
def _(v):
    return np.tanh(v.data)


@tanh.mistake(
    "writes-into-v",
    "You write into v, so it is no longer what it was. What comes out is a *new* value, with v as its parent.",
)
def _(v):
    v.data = np.tanh(v.data)
    v.slopes = (1 - v.data**2,)
    return v


tanh.equivalent("the result", why="a value comes out, and only bare numbers are changed here")
