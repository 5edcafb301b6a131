"""More of what goes wrong in the check of a request: numbers and words not told, fixed or taken for granted."""

import numpy as np

from .read_request_mistakes import read_request

read_request.slip(
    "limit-not-told",
    "Too many rows are refused, but your text does not say how many are allowed. Which number of the table belongs into it?",
    'f"at most {most_rows} rows"',
    '"too many rows"',
)

read_request.slip(
    "columns-not-told",
    "A row of the wrong length is refused, but your text does not say how many values it should have. Which number of the table belongs into it?",
    'f"each row has {columns} values"',
    '"a row of the wrong length"',
)

read_request.slip(
    "columns-told-of-lists-only",
    "A row with too few or too many values is refused, but that text does not say how many it should have. Which number of the table belongs into it?",
    'f"each row has {columns} values"',
    'f"each row has {columns} values" if not isinstance(row, list) else "a row of the wrong length"',
)

read_request.slip(
    "number-not-told",
    "A value that is no number is refused, but with a text in which the word of the table does not stand. Which word is it?",
    '"not a number"',
    '"a value of the wrong type"',
)

read_request.slip(
    "finite-not-told",
    "NaN and infinity are refused, but with a text in which the word of the table does not stand. Which word is it?",
    '"not finite"',
    '"NaN"',
)

read_request.slip(
    "instances-not-told",
    "A request without rows is refused, but with a text in which the name that the client should have used does not stand. Which name is it?",
    '"instances: a list with at least one row"',
    '"no rows"',
)

read_request.slip(
    "cut-silently",
    "Too many rows came, and you answer the first ones and say nothing of the others. How would the client notice?",
    'return f"More than {most_rows} rows"',
    "rows = rows[:most_rows]",
    of="float64, types compared directly",
)

read_request.slip(
    "limit-fixed",
    "The limit is a fixed number in your code. Which parameter says how many rows are allowed?",
    "len(rows) > most_rows",
    "len(rows) > 10",
)

read_request.slip(
    "limit-fixed-at-a-hundred",
    "A hundred is the limit of the service further down. Which parameter says how many rows are allowed?",
    "len(rows) > most_rows",
    "len(rows) > 100",
)

read_request.slip(
    "columns-fixed",
    "The length of a row is a fixed number in your code. Which parameter says how many values a row should have?",
    "len(row) != columns",
    "len(row) != 13",
)

read_request.slip(
    "columns-fixed-at-two",
    "Two is the length of a row in the worked numbers only. Which parameter says how many values a row should have?",
    "len(row) != columns",
    "len(row) != 2",
)

read_request.slip(
    "whole-numbers-made",
    "You make whole numbers of all values: what stands behind the point is gone, and a number of 21 digits stops NumPy. Of which type should the array be?",
    "np.array(rows, dtype=float)",
    "np.array(rows, dtype=int)",
)

read_request.slip(
    "large-becomes-infinite",
    "1e300 is a finite number, and in your array it is infinite: 32 bits end at about 3e38. Which type holds it?",
    "np.array(rows, dtype=float)",
    'np.array(rows, dtype="float32")',
)

read_request.slip(
    "first-row-looked-at",
    "The first row is looked at and no other. Does your check come back for the rows behind it?",
    "for row in rows:",
    "for row in rows[:1]:",
)

read_request.slip(
    "first-value-looked-at",
    "The first value of a row is looked at and no other. Does your check come back for the values behind it?",
    "for value in row:",
    "for value in row[:1]:",
)

read_request.slip(
    "negative-refused",
    "A good row with a number below 0 was refused. Does the table forbid these?",
    "abs(value) < 1e308",
    "0 <= value < 1e308",
)

read_request.slip(
    "other-entries-refused",
    "A request with another entry beside `instances` was refused. What does the text say of what else stands in the dictionary?",
    "isinstance(payload, dict) else",
    "isinstance(payload, dict) and len(payload) == 1 else",
)

read_request.slip(
    "dictionary-taken-for-granted",
    "`payload.get` stops with an error where the payload is no dictionary: a list, or null. What could you ask first?",
    'payload.get("instances") if isinstance(payload, dict) else None',
    'payload.get("instances")',
)

read_request.slip(
    "name-asked-first",
    '`"instances" in payload` stops with an error at null, and of a text or a list it asks something else. What must the payload be, before you ask that?',
    'type(payload) is not dict or "instances" not in payload',
    '"instances" not in payload',
    of="float64, types compared directly",
)

read_request.slip(
    "name-asked-before-the-type",
    '`"instances" in payload` stops with an error at null. What must the payload be, before you ask that?',
    'type(payload) is not dict or "instances" not in payload',
    '"instances" not in payload or type(payload) is not dict',
    of="float64, types compared directly",
)

read_request.slip(
    "printed",
    "You print what is wrong, and go on with the request as if it were good. The service wants the text itself: which word stands in front of a function's result?",
    "return problem",
    "print(problem)",
)

read_request.slip(
    "printed-and-nothing-returned",
    "You print what is wrong and return nothing. The service wants the text itself, to send it to the client: what stands behind `return`?",
    "return problem",
    "print(problem)\n        return None",
)

read_request.slip(
    "text-in-a-list",
    "Where there is a fault, you return the text together with something else, or inside of it. The service asks `isinstance(rows, str)`: what would it find?",
    "return problem",
    "return [problem]",
)

read_request.slip(
    "text-beside-nothing",
    "Where there is a fault, you return a pair. The service asks `isinstance(rows, str)`: what would it find?",
    "return problem",
    "return None, problem",
)

read_request.slip(
    "array-beside-nothing",
    "The array is right, but it comes back in a pair. The service hands to the model what you return: which of the two should it be?",
    "return np.array(rows, dtype=float)",
    "return np.array(rows, dtype=float), None",
)

read_request.slip(
    "zero-for-what-is-not-finite",
    "Where a value is NaN or infinite, you put in a 0 and answer. 0 is a measurement, and far from the truth. What does the table ask for?",
    '                if not abs(value) < 1e308:\n                    return "not finite"\n',
    "                if not abs(value) < 1e308:\n                    row[row.index(value)] = 0.0\n",
)


@read_request.mistake(
    "bad-rows-left-out",
    "A row of the wrong length is left out, and the others are answered. The client gets fewer answers than it sent rows, "
    "and cannot know which is missing. What does the table ask for?",
)
def _(payload, columns, most_rows):
    rows = payload.get("instances") if isinstance(payload, dict) else None
    if not isinstance(rows, list) or not rows:
        return "instances: a list with at least one row"
    if len(rows) > most_rows:
        return f"at most {most_rows} rows"
    good = [row for row in rows if isinstance(row, list) and len(row) == columns]
    for row in good:
        for value in row:
            if isinstance(value, bool) or not isinstance(value, int | float):
                return "not a number"
            if not abs(value) < 1e308:
                return "not finite"
    return np.array(good, dtype=float)


@read_request.mistake(
    "numpy-converts",
    'NumPy reads what it can: of the text "7.5", of true and of null it makes numbers. And what it cannot read may be '
    "a text, or rows of different lengths, so one complaint does not fit both. What do you know of each value before NumPy sees it?",
)
def _(payload, columns, most_rows):
    try:
        rows = np.array(payload["instances"], dtype=float)
    except (KeyError, TypeError):
        return "no instances"
    except ValueError:
        return "not a number"
    if len(rows) == 0:
        return "no instances"
    if len(rows) > most_rows:
        return f"at most {most_rows} rows"
    if rows.ndim != 2 or rows.shape[1] != columns:
        return f"each row has {columns} values"
    return rows if np.isfinite(rows).all() else "not finite"


@read_request.mistake(
    "numpy-finds-what-is-no-number",
    'You let NumPy find what is no number, and NumPy reads what it can: of the text "7.5", of true and of null it makes '
    "7.5, 1 and NaN. What do you know of each value before NumPy sees it?",
)
def _(payload, columns, most_rows):
    rows = payload.get("instances") if isinstance(payload, dict) else None
    if not isinstance(rows, list) or not rows:
        return "no instances"
    if len(rows) > most_rows:
        return f"at most {most_rows} rows"
    if not all(isinstance(row, list) and len(row) == columns for row in rows):
        return f"each row has {columns} values"
    try:
        table = np.array(rows, dtype=float)
    except (TypeError, ValueError):
        return "not a number"
    return table if np.isfinite(table).all() else "not finite"


@read_request.mistake(
    "numpy-sees-the-rows-first",
    "NumPy makes the array before the rows are looked at. It stops alike at a row of another length and at a text, so one "
    'complaint does not fit both; and of the text "7.5", of true and of null it makes numbers. What do you know of each '
    "row and of each value before NumPy sees it?",
)
def _(payload, columns, most_rows):
    rows = payload.get("instances") if isinstance(payload, dict) else None
    if not isinstance(rows, list) or not rows:
        return "no instances"
    if len(rows) > most_rows:
        return f"at most {most_rows} rows"
    try:
        table = np.array(rows, dtype=float)
    except (TypeError, ValueError):
        return "not a number"
    if table.ndim != 2 or table.shape[1] != columns:
        return f"each row has {columns} values"
    return table if np.isfinite(table).all() else "not finite"
