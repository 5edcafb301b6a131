"""A check's result as a panel in a notebook (HTML) and as plain text: first what is good, then one thing to fix.

Nothing is told by colour alone: every state has its own sign and word.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from types import FunctionType
from typing import Any

import numpy as np

from course_utils.exercises import STATUSES, Mismatch, Result
from course_utils.exercises.compare import differing, family
from course_utils.exercises.result import counted
from course_utils.exercises.status import COLOURS, titled

SIGNS = {"passed": "✓", "failed": "✗", "not reached": "·"}
DIGITS, MOST_DIGITS = 4, 17
WRONG = COLOURS["bad"]
LARGEST_TABLE = 60
EMPHASIS = re.compile(r"(?<![\w*])\*([^\W_](?:[^*\n]*\w)?)\*(?![\w*])")  # *word*, but not 2 * 3


class Panel:
    """A result for a learner to read: HTML in a notebook, text everywhere else."""

    def __init__(self, result: Result, more: tuple[str, str] = ("", "")):
        self.result, self.more = result, more  # more: what follows below, as text and as HTML

    def __repr__(self) -> str:
        return "\n  ".join([as_text(self.result), *self.more[0].splitlines()])

    def _repr_html_(self) -> str:
        return f"{as_html(self.result).removesuffix('</div>')}{self.more[1]}</div>"


def as_text(result: Result) -> str:
    """The panel as plain text, for terminals, logs and screen readers."""
    lines = [_headline(result)]
    if result.stages:
        lines.append("  " + "  ".join(f"{SIGNS[s.state]} {s.name}" for s in result.stages))
    if result.message:
        lines += [f"  {line}" for line in f"{'Hint: ' if result.mistake else ''}{result.message}".split("\n")]
    if result.mismatch:
        lines += ["  " + line for line in _mismatch_text(result.mismatch)]
    return "\n".join(lines)


def as_html(result: Result) -> str:
    """The panel as HTML with inline styles only, so that it survives every notebook front end."""
    colour = STATUSES[result.status].colour
    parts = [
        f'<div role="status" style="border-left:6px solid {colour};padding:.5em 1em;margin:.3em 0;line-height:1.5;'
        f'max-width:52em"><strong>{escape(_headline(result))}</strong>'
    ]
    if result.stages:
        steps = " &nbsp; ".join(
            f'<span style="white-space:nowrap{";font-weight:bold" if s.state == "failed" else ""}">'
            f"{SIGNS[s.state]}&nbsp;{escape(s.name)}</span>"
            for s in result.stages
        )
        parts.append(f'<div style="font-size:90%;opacity:.85">{steps}</div>')
    if result.message:
        label = "<strong>Hint.</strong> " if result.mistake else ""
        parts.append(f'<div style="margin-top:.4em">{label}{_lines_of(result.message)}</div>')
    if result.mismatch:
        parts.append(_mismatch_html(result.mismatch))
    if result.trace:
        parts.append(
            '<details style="margin-top:.4em;font-size:90%"><summary>The calls that led there, the last one at the '
            f'end</summary><pre style="margin:0;white-space:pre-wrap">{escape(result.trace)}</pre></details>'
        )
    return "".join(parts) + "</div>"


def _headline(result: Result) -> str:
    status = STATUSES[result.status]
    title, told = result.title, f"{status.word} · {result.points:g} of {counted(result.max_points, result.extra)}"
    if result.hidden and result.stages:
        title += " · on fresh cases" if title.endswith("?") else ", on fresh cases"
    return f"{status.sign} {titled(title, told)}"


def _lines_of(message: str) -> str:
    return "<br>".join(map(inline_code, message.split("\n")))


def inline_code(text: str) -> str:
    pieces = escape(text, quote=False).split("`")
    return "".join(f"<code>{p}</code>" if i % 2 else EMPHASIS.sub(r"<em>\1</em>", p) for i, p in enumerate(pieces))


def _mismatch_text(mismatch: Mismatch) -> list[str]:
    rows = [*mismatch.inputs, ("expected", mismatch.expected), ("yours", mismatch.observed)]
    width = max(len(name) for name, _ in rows)
    digits = _digits(mismatch, _rounded)
    lines = [f"Case: {mismatch.label}"]
    for name, value in rows:
        first, *rest = _lines(value, digits)
        lines += [f"  {name:<{width}}  {first}"] + [f"  {'':<{width}}  {line}" for line in rest]
    return lines


def _mismatch_html(mismatch: Mismatch) -> str:
    wrong, digits = _wrong_cells(mismatch), _digits(mismatch, _number)
    columns = [(name, value, None) for name, value in mismatch.inputs]
    columns += [("Expected", mismatch.expected, None), ("Yours", mismatch.observed, wrong)]
    boxes = "".join(
        f'<div><div style="font-size:85%;opacity:.75">{escape(title)}</div>{_value_html(value, marks, digits)}</div>'
        for title, value, marks in columns
    )
    return (
        f'<div style="margin-top:.5em"><div style="font-size:90%">Case: {escape(mismatch.label)}</div>'
        f'<div style="display:flex;flex-wrap:wrap;gap:1.2em;align-items:flex-start">{boxes}</div></div>'
    )


def _wrong_cells(mismatch: Mismatch) -> np.ndarray | None:
    want, got = mismatch.expected, mismatch.observed
    if family(want) != "a NumPy array" or family(got) != "a NumPy array" or want.shape != got.shape:
        return None
    if not {want.dtype.kind, got.dtype.kind} <= set("biufc"):
        return want != got if want.dtype.kind == got.dtype.kind else None
    return differing(want, got, mismatch.tolerance)


def _digits(mismatch: Mismatch, form: Callable[[Any, int], str]) -> int:
    """How many digits tell the wrong numbers from the expected ones, and an input's own apart; four where enough."""
    wrong = _wrong_cells(mismatch)
    pairs = [] if wrong is None else list(zip(mismatch.expected[wrong], mismatch.observed[wrong], strict=True))
    for _, value in mismatch.inputs:
        pairs += _neighbours(value, mismatch.tolerance)
    enough = (n for n in range(DIGITS, MOST_DIGITS) if all(form(e, n) != form(o, n) for e, o in pairs))
    return next(enough, MOST_DIGITS)


def _neighbours(value: Any, tolerance: float) -> list[tuple[Any, Any]]:
    """The numbers of an array that is shown whole, each with the next larger one that a check tells from it."""
    if not isinstance(value, np.ndarray) or value.dtype.kind != "f" or value.size > LARGEST_TABLE:
        return []
    numbers = np.unique(value[np.isfinite(value)])
    apart = differing(numbers[:-1], numbers[1:], tolerance)
    return list(zip(numbers[:-1][apart], numbers[1:][apart], strict=True))


def _value_html(value: Any, wrong: np.ndarray | None, digits: int) -> str:
    shown = _flat(value) if isinstance(value, np.ndarray) else None
    if shown is None or not 1 <= shown.ndim <= 2 or not 1 <= shown.size <= LARGEST_TABLE:
        return f'<pre style="margin:0">{escape(chr(10).join(_lines(value, digits)))}</pre>'
    table, marks = np.atleast_2d(shown), None if wrong is None else np.atleast_2d(_flat(wrong))
    rows = []
    for i, row in enumerate(table):
        cells = []
        for j, number in enumerate(row):
            bad = marks is not None and marks[i, j]
            style = f"border:2px solid {WRONG};font-weight:bold" if bad else "border:1px solid #9994"
            cells.append(
                f'<td style="{style};padding:.1em .5em;text-align:right">{"✗ " if bad else ""}'
                f"{escape(_number(number, digits))}</td>"
            )
        rows.append(f"<tr>{''.join(cells)}</tr>")
    shape = f'<div style="font-size:85%;opacity:.75">shape {value.shape}</div>' if shown.ndim < value.ndim else ""
    return f'<table style="border-collapse:collapse;margin:0">{"".join(rows)}</table>{shape}'


def _number(number: Any, digits: int) -> str:
    return f"{number:.{digits}g}" if isinstance(number, float | np.floating) else str(number)


def _rounded(number: Any, digits: int) -> str:
    return np.array2string(np.asarray(number), precision=digits, suppress_small=True)


def _lines(value: Any, digits: int = DIGITS) -> list[str]:
    if isinstance(value, np.ndarray):
        shown = _flat(value)
        text = np.array2string(shown, precision=digits, threshold=LARGEST_TABLE, edgeitems=2, suppress_small=True)
        return (text if value.ndim < 2 else f"{text}\nshape {value.shape}").splitlines()
    if isinstance(value, FunctionType):
        return [value.__name__]  # its repr holds an address in memory
    text = repr(_without_arrays(value))
    return [text if len(text) <= 300 else text[:300] + " …"]


def _flat(value: np.ndarray) -> np.ndarray:
    """An array of more than two axes without those of length 1: an image (1, H, W, 1) reads as its table of pixels."""
    return np.atleast_1d(value.squeeze()) if value.ndim > 2 and value.size else value


def _without_arrays(value: Any) -> Any:
    """Arrays inside lists, tuples and dicts as plain lists, so that a list of layers reads as its numbers."""
    if type(value) is dict:
        return {key: _without_arrays(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(map(_without_arrays, value)) if type(value) in (list, tuple) else value
    if isinstance(value, np.ndarray):
        return value.round(4).tolist() if value.dtype.kind == "f" else value.tolist()
    return value.item() if isinstance(value, np.generic) else value
