"""A picture of lesson 20: the way of a request through a service, with the numbers that it carries."""

from __future__ import annotations

import json
from typing import Any

import numpy as np

from course_utils.plots import HATCHES, PALETTE, Picture, figure

STATIONS = ("1 · client sends", "2 · check", "3 · prepare", "4 · model", "5 · reply")


def request_path(
    payload: Any, checked: Any, prepared: np.ndarray | None, shares: np.ndarray | None, reply: Any, names: list[str]
) -> Picture:
    """A figure of five stations and the sentence that tells what stands in them, for a request of one row.

    `checked` is the array that the check returned, or its text when it refused; then the way ends there.
    """
    refused = isinstance(checked, str)
    made, axes = figure(1, 5, (13, 3.3))
    written = [_sent(payload), _cut(checked, 16) if refused else _column(checked[0])]
    written += ["not reached"] * 2 if refused else [_column(prepared[0], "+.2f"), ""]
    status, body = ("422", {"error": checked}) if refused else ("200", _rounded(reply))
    written.append(f"{status}\n{_cut(json.dumps(body), 16)}")
    for number, (axis, title, text) in enumerate(zip(axes, STATIONS, written, strict=True)):
        stopped, skipped = refused and number == 1, refused and number in (2, 3)
        axis.set_title(title, fontsize=11, fontweight="bold")
        if number and not skipped:
            axis.text(-0.055, 0.5, "▶", transform=axis.transAxes, ha="center", va="center", color="#555555")
        if number == 3 and not refused:
            _bars(axis, shares[0], names)
            continue
        axis.set(xticks=[], yticks=[], xlim=(0, 1), ylim=(0, 1))
        axis.grid(False)
        for side in axis.spines.values():
            side.set(
                visible=True,
                color=PALETTE[1] if stopped else "#9A9A9A",
                linewidth=3 if stopped else 1.2,
                linestyle="--" if skipped else "-",
            )
        if skipped:
            axis.patch.set(hatch=HATCHES[1], facecolor="#F4F4F4", edgecolor="#D9D9D9")
        sign = "✗ refused\n\n" if stopped else "✓ passed\n\n" if number == 1 else ""
        axis.text(
            0.5,
            0.5,
            sign + text,
            ha="center",
            va="center",
            fontsize=10,
            family="monospace",
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 2},
        )
    return Picture(made, _told(payload, checked, prepared, shares, reply, names))


def _sent(payload: Any) -> str:
    """The first row of the request as it was written; the whole request where there is no such row."""
    try:
        return _short([json.dumps(value) for value in payload["instances"][0]])
    except (KeyError, IndexError, TypeError):
        return _cut(json.dumps(payload), 16)


def _column(row: np.ndarray, form: str = ".2f") -> str:
    return _short([f"{value:{form}}" for value in row])


def _short(values: list[str]) -> str:
    """Short columns whole; of others the first two values and the last.

    >>> _short(["7", "8", "9", "10"])
    '7\\n8\\n…\\n10\\n(4 values)'
    """
    shown = values if len(values) < 4 else [*values[:2], "…", values[-1]]
    return "\n".join([*shown, f"({len(values)} values)"])


def _rounded(reply: Any) -> Any:
    """The reply with three digits a number, as it fits into the picture."""
    return {"predictions": [said | {"confidence": round(said["confidence"], 3)} for said in reply["predictions"]]}


def _cut(text: str, width: int, lines: int = 6) -> str:
    """A text in lines of this width, broken at spaces where there are any.

    >>> _cut("one two three", 7)
    'one two\\nthree'
    """
    import textwrap

    broken = textwrap.wrap(text, width, break_long_words=True)
    return "\n".join(broken[:lines]) + ("…" if len(broken) > lines else "")


def _bars(axis: Any, shares: np.ndarray, names: list[str]) -> None:
    best = int(shares.argmax())
    for place, (share, name) in enumerate(zip(shares, names, strict=True)):
        axis.barh(
            place,
            share,
            height=0.4,
            color=PALETTE[0 if place == best else 5],
            edgecolor="white",
            hatch="" if place == best else HATCHES[1],
        )
        axis.text(0.03, place - 0.37, f"{name}: {share:.3f}", fontsize=10, va="center")
    axis.set(xlim=(0, 1), xticks=[0, 0.5, 1], yticks=[])
    axis.set_ylim(len(names) - 0.5, -0.7)


def _told(payload: Any, checked: Any, prepared: Any, shares: Any, reply: Any, names: list[str]) -> str:
    sent = _sent(payload).replace("\n", " ")
    if isinstance(checked, str):
        return f"The way of a request. The client sends {sent}. The check refuses it, and the reply says: {checked}"
    said = reply["predictions"][0]
    return (
        f"The way of a request. The client sends {sent}. The check lets it pass. Prepared it reads "
        f"{_column(prepared[0], '+.2f')}. The model gives ".replace("\n", " ")
        + ", ".join(f"{share:.3f} to {name}" for share, name in zip(shares[0], names, strict=True))
        + f". The reply names {said['class']}, with {said['confidence']:.3f}."
    )
