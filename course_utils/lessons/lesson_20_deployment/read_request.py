"""Read a request: its rows as an array, or a text that says what is wrong with it."""

import re
from dataclasses import replace

import numpy as np

from course_utils.exercises import FunctionExercise, edge, plain, random, small
from course_utils.exercises.answer import Raised
from course_utils.exercises.compare import family


def array_or_complaint(payload, columns, most_rows):
    """The rows of a request as an array (N, columns), or a text that says what is wrong with it."""
    rows = payload.get("instances") if isinstance(payload, dict) else None
    if not isinstance(rows, list) or not rows:
        return 'The request needs "instances": a list with at least one row.'
    if len(rows) > most_rows:
        return f"There are {len(rows)} rows; send at most {most_rows} at a time."
    for row in rows:
        if not isinstance(row, list) or len(row) != columns:
            return f"Every row should be a list of {columns} values."
        for value in row:
            if isinstance(value, bool) or not isinstance(value, int | float):
                return f"{value!r} is not a number."
            if not abs(value) <= np.finfo(float).max:  # no number and no infinity, and no whole number of 400 digits
                return "Every value must be finite."
    return np.array(rows, dtype=float)


class Requests(FunctionExercise):
    """Of a text only one word is asked for, so a difference can be told in full."""

    def judge(self, seen, case, expected):
        found = super().judge(seen, case, expected)
        if not found or seen is None or not (isinstance(expected, str) or isinstance(seen, str)):
            return found
        due, came = (value if isinstance(value, str) else family(value) for value in (expected, seen))
        return replace(found, message=f"it should be {due}, but is {came}")


OBJECTS = family(np.array(None))  # it cannot leave the learner's process
read_request = Requests("read-request", reference=array_or_complaint, points=4, title="Read a request")


def _complains(raised, word):
    """Whether the answer raised an error of its own, with the text that it should return."""
    own = raised.kind in ("ValueError", "TypeError", "Exception") and "real number" not in raised.message
    return own and bool(word) and word in raised.message.lower()


@read_request.drive
def _(answer, payload, columns, most_rows, word):
    try:
        result = plain(answer(payload, columns, most_rows))
    except Exception as error:
        if _complains(Raised.of(error), word):
            return f"an error raised with a text that contains {word}"
        raise
    if family(result) == OBJECTS or getattr(result, "dtype", np.dtype(float)).kind == "O":
        return f"{OBJECTS}, not of floats"
    if not isinstance(result, str):
        return result
    if not word:
        return "a text, although the rows are good"
    if word in result.lower():
        return f"a text that contains {word}"
    named = re.search(r"\{\w+\}", result)
    return f"a text that contains {named[0]}, not {word}" if named else f"a text that does not contain {word}"


@read_request.cases
def _(rng):
    def rows(count, columns):
        return rng.integers(1, 99, (count, columns)).tolist()

    def spoiled(value, row=None, column=None):
        """Three rows of four numbers, with one foreign value, by default anywhere."""
        made = rows(3, 4)
        made[int(rng.integers(3)) if row is None else row][int(rng.integers(4)) if column is None else column] = value
        return {"instances": made}

    yield small("two good rows", {"instances": [[1, 2.5], [3, 4]]}, 2, 10, "")
    yield small('a row with the text "abc"', {"instances": [[1, "abc"]]}, 2, 10, "number")
    yield random("some good rows", {"instances": rng.normal(size=(int(rng.integers(3, 7)), 4)).tolist()}, 4, 10, "")
    yield random("three hundred good rows", {"instances": rng.normal(0, 1e4, (300, 2)).tolist()}, 2, 500, "")
    ragged = rows(3, 4)
    ragged[int(rng.integers(1, 3))].pop()
    yield random("a later row that is too short", {"instances": ragged}, 4, 10, "4")
    ragged = rows(3, 6)
    ragged[int(rng.integers(3))].append(5)
    yield random("a row that is too long", {"instances": ragged}, 6, 10, "6")
    yield random("too many rows", {"instances": rows(12, 3)}, 3, 11, "11")
    yield random("many too many rows", {"instances": rows(40, 2)}, 2, 25, "25")
    yield random('a number in quotes, "7.5"', spoiled("7.5"), 4, 10, "number")
    yield edge("as many rows as allowed", {"instances": rows(5, 3)}, 3, 5, "")
    yield edge("NaN", spoiled(float("nan")), 4, 10, "finite")
    yield edge("infinity as the very first value", spoiled(float("inf"), 0, 0), 4, 10, "finite")
    yield edge("minus infinity", spoiled(float("-inf")), 4, 10, "finite")
    yield edge("a whole number with 21 digits", {"instances": [[1, 10**20]]}, 2, 10, "")
    yield edge("a very large and a very small number", {"instances": [[1e300, -1e-300]]}, 2, 10, "")
    yield edge("a text as the very first value", spoiled("one", 0, 0), 4, 10, "number")
    yield edge("a text as the very last value", spoiled("5", 2, 3), 4, 10, "number")
    yield edge("a list in place of a value", spoiled([7]), 4, 10, "number")
    yield edge("true, which Python counts as 1", spoiled(True), 4, 10, "number")
    yield edge("null, a missing value", spoiled(None), 4, 10, "number")
    yield edge("no rows at all", {"instances": []}, 4, 10, "instances")
    yield edge("another name for the rows", {"rows": rows(2, 4)}, 4, 10, "instances")
    yield edge("a list, not an object", rows(2, 4), 4, 10, "instances")
    yield edge("a row that is not a list", {"instances": [5]}, 4, 10, "4")
    yield edge("a row that is a text of four letters", {"instances": [[1, 2, 3, 4], "1234"]}, 4, 10, "4")
    yield edge("an empty row", {"instances": [[]]}, 4, 10, "4")
    yield edge('"instances" is a text', {"instances": "1234"}, 4, 10, "instances")
    yield edge('"instances" is a number', {"instances": 7}, 4, 10, "instances")
    yield edge('"instances" is null', {"instances": None}, 4, 10, "instances")
    yield edge('"instances" is an object', {"instances": {"1": [1, 2, 3, 4]}}, 4, 10, "instances")
    yield edge("a text in which the word instances stands", "instances", 4, 10, "instances")
    yield edge("a list of texts, not an object", ["instances"], 4, 10, "instances")
    yield edge("null, not an object", None, 4, 10, "instances")
    yield edge("another entry beside the rows", {"instances": [[1, 2]], "signature_name": "serve"}, 2, 10, "")


@read_request.variant("a complaint, if there is one")
def _(payload, columns, most_rows):
    def complaint(rows):
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
                if not abs(value) < 1e308:
                    return "not finite"
        return None

    rows = payload.get("instances") if isinstance(payload, dict) else None
    if problem := complaint(rows):
        return problem
    return np.array(rows, dtype=float)


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
    if not all(-1e308 <= value <= 1e308 for value in values):
        return "All numbers must be finite"
    return np.array(rows, dtype=np.float64)


@read_request.variant("one complaint that names all rules of the values")
def _(payload, columns, most_rows):
    rows = payload.get("instances") if isinstance(payload, dict) else None
    if not isinstance(rows, list) or not 1 <= len(rows) <= most_rows:
        return f"instances should be a list of 1 to {most_rows} rows"
    for row in rows:
        if not isinstance(row, list) or len(row) != columns:
            return f"Every row needs {columns} values."
        if not all(isinstance(v, (int, float)) and not isinstance(v, bool) and abs(v) < 1e308 for v in row):
            return "Every value should be a finite number."
    return np.asarray(rows, dtype=float)


for words in (
    'The request needs "instances": a list with at least one row.',
    "Every value must be finite.",
    "instances: a list with at least one row",
    "not a number",
    "not finite",
    "Where are the instances?",
    "The instances should be a list that is not empty",
    "There is something that is not a number",
    "All numbers must be finite",
    "Every value should be a finite number.",
):
    read_request.equivalent(repr(words), repr(words + "_"), why="the words around the one that is asked for are free")
for right, wrong in (
    ("abs(value) <= np.finfo(float).max", "abs(value) < np.finfo(float).max"),
    *((f"abs({v}) < 1e+308", f"abs({v}) {other}") for v in ("value", "v") for other in ("<= 1e+308", "< 5e+307")),
    *((f"abs({v}) < 1e+308", f"abs({v}) < 1e309") for v in ("value", "v")),
    ("-1e+308 <= value <= 1e+308", "-5e+307 <= value <= 1e+308"),
    ("-1e+308 <= value <= 1e+308", "-1e+308 <= value <= 5e+307"),
):
    read_request.equivalent(right, wrong, why="no measurement is as large; the text draws no line among finite numbers")
for number in ("columns", "most_rows"):
    read_request.equivalent(number, "changed in place", why="a number cannot be changed")
