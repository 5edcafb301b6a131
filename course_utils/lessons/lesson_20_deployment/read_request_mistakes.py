"""What goes wrong in the check of a request."""

import numpy as np

from .read_request import read_request

# Pairs are tried in this order, and the first of them only: what is often wrong together stands first.

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
    "array-of-objects",
    (
        "With a long whole number among them NumPy makes an array of Python's own objects, with which no model computes. "
        "Which `dtype=` makes floats of all?"
    ),
    "np.array(rows, dtype=float)",
    "np.array(rows)",
)

read_request.slip(
    "columns-named-not-filled-in",
    "Your text contains `{columns}`, the name in its curly brackets, where the number should stand. Which letter in front "
    "of the quotes makes Python put the number in?",
    'f"each row has {columns} values"',
    '"each row has {columns} values"',
)

read_request.slip(
    "limit-named-not-filled-in",
    "Your text contains `{most_rows}`, the name in its curly brackets, where the number should stand. Which letter in "
    "front of the quotes makes Python put the number in?",
    'f"at most {most_rows} rows"',
    '"at most {most_rows} rows"',
)


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
    '                if not abs(value) < 1e308:\n                    return "not finite"\n',
    "",
)

read_request.slip(
    "infinity-comes-in",
    "You stop NaN, and infinity comes in. Which function of NumPy asks for both at once?",
    "not abs(value) < 1e308",
    "value != value",
)

read_request.slip(
    "nan-alone-comes-in",
    "You stop infinity, and NaN comes in. Which function of NumPy asks for both at once?",
    "not abs(value) < 1e308",
    "abs(value) > 1e308",
)

read_request.slip(
    "length-without-a-list",
    "You ask for the length of a row before you know that it is a list. What has a text of four letters for a length, and what a number?",
    "not isinstance(row, list) or len(row)",
    "len(row)",
)

read_request.slip(
    "any-kind-of-rows",
    "What stands under `instances` must be a list. A text has a length too, and letters that look like rows.",
    "not isinstance(rows, list) or not rows",
    "not rows",
)

read_request.slip(
    "only-texts-refused",
    "You refuse texts, and other things that are no number come in or stop Python. What *is* a number is the shorter list.",
    "isinstance(value, bool) or not isinstance(value, (int, float))",
    "isinstance(value, str)",
)

read_request.slip(
    "cut-to-whole-numbers",
    "What stands behind the point is gone. Of which type should the array be?",
    "np.array(rows, dtype=float)",
    "np.array(rows, dtype=float).astype(int)",
)

read_request.slip(
    "finite-before-type",
    (
        "You ask whether a value is finite before you know that it is a number, and at a text or at None Python stops "
        "with an error. Which question about a value must come first?"
    ),
    "for value in row:",
    'for value in row:\n                if not np.isfinite(value):\n                    return "not finite"',
)

read_request.slip(
    "isfinite-of-a-long-number",
    (
        "`np.isfinite` stops with an error at a whole number of 21 digits, and JSON may hold one: it is no float, and too "
        "long for NumPy's whole numbers. Which comparison with 1e308 holds for every number?"
    ),
    "not abs(value) < 1e308",
    "not np.isfinite(value)",
)

read_request.slip(
    "too-long-comes-in",
    "A row with too many values came in, or stopped NumPy. Is *exactly* as many values what you ask for?",
    "len(row) != columns",
    "len(row) < columns",
)

read_request.slip(
    "too-short-comes-in",
    "A row with too few values came in, or stopped NumPy. Is *exactly* as many values what you ask for?",
    "len(row) != columns",
    "len(row) > columns",
)

read_request.slip(
    "only-the-last-row-counts",
    "The last row is looked at and no other. Where does the check of a row belong: behind the loop, or in it?",
    "for row in rows:",
    "for row in rows[-1:]:",
)

read_request.slip(
    "whole-numbers-refused",
    "A row of whole numbers was refused. JSON writes 7 as well as 7.0: which two types of Python are numbers?",
    "(int, float)",
    "float",
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
