"""Read a request: its rows as an array, or a text that says what is wrong with it."""

import numpy as np

from course_utils.exercises import FunctionExercise, edge, plain, random, small


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


read_request = FunctionExercise("read-request", reference=array_or_complaint, points=4, title="Read a request")


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
                if not np.isfinite(value):
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


read_request.slip(
    "true-is-one",
    (
        "`isinstance(True, int)` is True in Python, so true slipped in as the number 1. "
        "What could you ask about the value before that?"
    ),
    "isinstance(value, bool) or ",
    "",
)

read_request.slip(
    "nan-comes-in",
    (
        "NaN and infinity are of the type float, so they came in. One NaN makes every share NaN. "
        "Which function of NumPy tells them from ordinary numbers?"
    ),
    '                if not np.isfinite(value):\n                    return "not finite"\n',
    "",
)

read_request.slip(
    "infinity-comes-in",
    "You stop NaN, and infinity comes in. Which function of NumPy asks for both at once?",
    "not np.isfinite(value)",
    "np.isnan(value)",
)

read_request.slip(
    "finite-before-type",
    "`np.isfinite` stops with an error at a text or at None. Which question about a value must come before it?",
    "for value in row:",
    'for value in row:\n                if not np.isfinite(value):\n                    return "not finite"',
)

read_request.slip(
    "first-row-only",
    (
        "You look at the length of the first row alone; a later one was too short. "
        "Where does the length belong: before the loop over the rows, or in it?"
    ),
    "not isinstance(row, list) or len(row) != columns",
    "not isinstance(rows[0], list) or len(rows[0]) != columns",
)

read_request.slip(
    "no-limit",
    (
        "A request with too many rows came in. One client could keep the service busy for everyone else. "
        "Which parameter have you not used?"
    ),
    '        if len(rows) > most_rows:\n            return f"at most {most_rows} rows"\n',
    "",
)

read_request.slip(
    "limit-too-low",
    "A request with exactly as many rows as allowed was refused. Is it *more* than allowed?",
    "len(rows) > most_rows",
    "len(rows) >= most_rows",
)

read_request.slip(
    "empty-comes-in",
    (
        "A request without any row came in. A model that is asked about nothing stops with an error of its "
        "own. What is `bool([])`?"
    ),
    " or not rows",
    "",
)

read_request.slip(
    "trusts-the-form",
    (
        'Values are checked, but `payload["instances"]` stops with an error when the name is another or '
        "the payload is no dictionary. What could you ask first?"
    ),
    'payload.get("instances") if isinstance(payload, dict) else None',
    'payload["instances"]',
)

read_request.slip(
    "raises",
    (
        "You raise an error. The service wants the text itself, to send it to the client: which word stands in "
        "front of a function's result?"
    ),
    "return problem",
    "raise ValueError(problem)",
)


@read_request.mistake(
    "nothing-checked",
    "Good rows come through, and so does everything else, or NumPy stops with an error of its own. "
    "Start with one fault of the table: what do you return for it?",
)
def _(payload, columns, most_rows):
    return np.array(payload["instances"], dtype=float)


read_request.slip(
    "list-returned",
    "The checks are there, but you return the rows as a list of lists. What makes an array of it?",
    "np.array(rows, dtype=float)",
    "rows",
)
