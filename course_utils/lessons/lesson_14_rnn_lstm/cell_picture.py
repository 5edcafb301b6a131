"""An LSTM cell of one unit as a drawing with its numbers, part by part and word by word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from course_utils import nn
from course_utils.plots import PALETTE, Picture, figure
from course_utils.plots.explore import explore

PARTS = ("the four sums", "gates and candidate", "keep", "write", "show")
INK, FAINT = "#222222", "#B5B5B5"
BOXES = {"f": (2.4, "keep f"), "i": (4.4, "write i"), "g": (6.2, "candidate g"), "o": (8.2, "show o")}
FLOOR, BOX, MEET, LINE = -0.9, 0.35, 1.7, 3.0  # heights: what comes in, the boxes, where products are made, c


def step_through(words: np.ndarray, weights: Sequence[np.ndarray], names: Sequence[str] = ()) -> None:
    """Show the cell with one slider for the word and one for the part; elsewhere, the whole second step.

    `names` are what the words are called. Shapes: words (T, D); weights kernel (D, 4), recurrent (1, 4), bias (4,).
    """

    def draw(word: int, part: int) -> Picture:
        return cell(words, weights, word, part, names)

    explore(draw, word=(1, len(words), 1, min(2, len(words))), part=(1, len(PARTS), 1, len(PARTS)))


def numbers(words: np.ndarray, weights: Sequence[np.ndarray], word: int) -> dict[str, float]:
    """All numbers of one step, the first word being 1: h, c, the sums z_i to z_o, i, f, g, o, kept, new_c, new_h."""
    kernel, recurrent_kernel, bias = map(np.asarray, weights)
    h = c = np.zeros((1, 1))
    for x in words[: word - 1, None]:
        h, c = nn.lstm_step(x, h, c, kernel, recurrent_kernel, bias)
    sums = (words[word - 1] @ kernel + h[0] @ recurrent_kernel + bias).tolist()
    found = {"h": h.item(), "c": c.item(), **{f"z_{name}": z for name, z in zip("ifgo", sums, strict=True)}}
    found |= {name: float(nn.sigmoid(found[f"z_{name}"])) for name in "ifo"}
    found["g"] = float(np.tanh(found["z_g"]))
    found["kept"] = found["f"] * found["c"]
    found["new_c"] = found["kept"] + found["i"] * found["g"]
    return found | {"new_h": found["o"] * float(np.tanh(found["new_c"]))}


def cell(words: np.ndarray, weights: Sequence[np.ndarray], word: int, part: int, names: Sequence[str] = ()) -> Picture:
    """The step of one word, drawn up to one of the five parts, and the text that stands for it."""
    n = numbers(words, weights, word)
    made, axes = figure(size=(10, 4.6))
    axes.set(xlim=(-0.4, 11.4), ylim=(FLOOR - 0.5, LINE + 0.85))
    axes.axis("off")
    _wires(axes, part)
    incoming = ", ".join(f"{number:g}" for number in words[word - 1])
    name = f" {names[word - 1]}" if names else ""
    axes.text(-0.3, FLOOR, f"word x = ({incoming})\nshort memory h = {_two(n['h'])}", va="center")
    axes.text(-0.3, LINE, f"long memory\nc = {_two(n['c'])}", va="center")
    for key, (x, called) in BOXES.items():
        squashed = f"{key} = {_two(n[key])}" if part >= 2 else "tanh" if key == "g" else "σ"
        _box(
            axes,
            x,
            BOX,
            f"{called}\nsum {_two(n[f'z_{key}'])}\n{squashed}",
            1,
            PALETTE[4] if key == "g" else PALETTE[5],
        )
    _box(axes, BOXES["f"][0], LINE, "×", part - 2)
    _box(axes, 5.3, MEET, "×", part - 3)
    _box(axes, 5.3, LINE, "+", part - 3)
    _box(axes, 9.6, LINE - 0.65, "tanh", part - 4)
    _box(axes, 9.6, MEET - 0.15, "×", part - 4)
    for shown, x, y, text in (
        (part >= 3, 3.85, LINE + 0.3, f"f·c = {_two(n['kept'])}"),
        (part >= 4, 5.75, MEET + 0.75, f"i·g = {_two(n['i'] * n['g'])}"),
        (part >= 4, 7.6, LINE + 0.3, f"new c = {_two(n['new_c'])}"),
        (part >= 5, 10.6, MEET + 0.15, f"new h =\n{_two(n['new_h'])}"),
    ):
        if shown:
            axes.text(x, y, text, ha="left" if y == MEET + 0.75 else "center", va="center", weight="bold")
    said = told(n)[:part]
    axes.set_title(f"word {word} of {len(words)}{name and ','}{name}, part {part}, {PARTS[part - 1]}: {said[-1]}")
    return Picture(
        made, f"An LSTM cell of one unit at word {word} of {len(words)},{name} ({incoming}). " + ". ".join(said) + "."
    )


def told(n: dict[str, float]) -> list[str]:
    """Each part of the step in words and numbers."""
    return [
        "sums " + ", ".join(f"{key} {_two(n[f'z_{key}'])}" for key in "ifgo"),
        ", ".join(f"{key} = {_two(n[key])}" for key in "ifgo"),
        f"f·c = {_two(n['f'])} · {_two(n['c'])} = {_two(n['kept'])}",
        f"new c = {_two(n['kept'])} + {_two(n['i'])} · {_two(n['g'])} = {_two(n['new_c'])}",
        f"new h = {_two(n['o'])} · tanh({_two(n['new_c'])}) = {_two(n['new_h'])}",
    ]


def _two(number: float) -> str:
    """The number with two decimals, never as -0.00."""
    return f"{round(number, 2) + 0.0:.2f}"


def _wires(axes: Any, part: int) -> None:
    """The lines between the parts; what is not yet computed is faint."""
    f, i, g, o = (BOXES[key][0] for key in "figo")
    for needs, xs, ys in (
        (1, (1.75, o), (FLOOR, FLOOR)),
        *((1, (x, x), (FLOOR, BOX)) for x in (f, i, g, o)),
        (1, (1.05, f), (LINE, LINE)),
        (3, (f, f), (BOX, LINE)),
        (3, (f, 5.3), (LINE, LINE)),
        (4, (i, i, 5.3), (BOX, MEET, MEET)),
        (4, (g, g, 5.3), (BOX, MEET, MEET)),
        (4, (5.3, 5.3), (MEET, LINE)),
        (4, (5.3, 11.2), (LINE, LINE)),
        (5, (9.6, 9.6), (LINE, MEET - 0.15)),
        (5, (o, o, 9.6), (BOX, MEET - 0.15, MEET - 0.15)),
        (5, (9.6, 11.2), (MEET - 0.15, MEET - 0.15)),
    ):
        reached = part >= needs
        axes.plot(xs, ys, color=INK if reached else FAINT, linewidth=2 if reached else 1, zorder=1)


def _box(axes: Any, x: float, y: float, text: str, reached: int, colour: str = "white") -> None:
    """A part of the cell; faint when it is not reached."""
    axes.text(
        x,
        y,
        text,
        ha="center",
        va="center",
        zorder=2,
        color=INK if reached > 0 else FAINT,
        bbox={"boxstyle": "round,pad=0.35", "facecolor": colour, "edgecolor": INK if reached > 0 else FAINT},
    )
