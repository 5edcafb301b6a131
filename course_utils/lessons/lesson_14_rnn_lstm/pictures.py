"""The pictures of lesson 14: accuracy and slope by distance, and the gates of one unit word by word."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from course_utils.plots import MARKERS, Picture, figure, line
from course_utils.plots.explore import explore

from .letters import as_numbers, gates, letter_rows, spelled

Seen = Mapping[str, np.ndarray]  # of `gates`
ROWS = 6  # of letters, that the slider offers


def by_length(scores: Mapping[str, Sequence[float]], lengths: Sequence[int]) -> Picture:
    """The accuracy of each network over the number of small letters after the last capital, and the text about it."""
    made, axes = figure(size=(8.5, 3.8))
    for number, (name, accuracies) in enumerate(scores.items()):
        axes.plot(lengths, accuracies, label=name, marker=MARKERS[number], **line(number))
    for height, what, dashes in ((0.5, "both capitals known,\nnot which was last", ":"), (0.25, "chance", "-")):
        axes.axhline(height, color="black", linewidth=1, linestyle=dashes, label=what)
    axes.set(xlabel="small letters after the last capital", ylabel="accuracy", ylim=(0, 1.05), xticks=lengths)
    axes.legend(loc="center left", bbox_to_anchor=(1, 0.5))
    told = (f"{name} {', '.join(f'{a:.0%}' for a in accuracies)}" for name, accuracies in scores.items())
    after = ", ".join(map(str, lengths))
    return Picture(
        made, f"Accuracy after {after} small letters, with lines at 25%, chance, and at 50%: {'; '.join(told)}."
    )


def slopes_by_length(shares: Mapping[str, Sequence[float]], lengths: Sequence[int]) -> Picture:
    """What share of the slope is left so many letters back, on a logarithmic scale, and the text about it."""
    made, axes = figure(size=(8.5, 3.8))
    for number, (name, left) in enumerate(shares.items()):
        axes.plot(lengths, left, label=name, marker=MARKERS[number], **line(number))
    axes.set(xlabel="letters back to the capital", ylabel="share of the slope", yscale="log", xticks=lengths)
    axes.legend(loc="center left", bbox_to_anchor=(1, 0.5))
    told = (f"{name} {', '.join(f'{share:.1g}' for share in left)}" for name, left in shares.items())
    back = ", ".join(map(str, lengths))
    return Picture(made, f"Share of the slope that arrives {back} letters back: {'; '.join(told)}.")


def opened(axes: Sequence[Any], seen: Seen, unit: int, words: Sequence[str]) -> None:
    """Draw the three gates of a unit, word by word, into the first axes, and its long memory into the second."""
    reach = max(1.0, float(np.abs(seen["c"][:, unit]).max()))
    parts = (
        ("ifo", ["write i", "keep f", "show o"], (0, 1), "cividis"),
        ("c", ["memory c"], (-reach, reach), "PuOr_r"),
    )
    for axis, (keys, names, (lowest, highest), colours) in zip(axes, parts, strict=True):
        values = np.array([seen[key][:, unit] for key in keys])
        axis.imshow(values, vmin=lowest, vmax=highest, cmap=colours, aspect="auto")
        axis.set_yticks(range(len(names)), names)
        axis.set_xticks(range(len(words)), words)
        axis.grid(False)
        for (row, place), value in np.ndenumerate(values):
            dark = value < 0.45 if len(keys) == 3 else abs(value) > 0.7 * reach
            ink = "white" if dark else "black"
            size = 11 if len(words) < 14 else 9
            axis.text(place, row, f"{value:.2f}", ha="center", va="center", color=ink, fontsize=size)
    axes[0].set_title(f"unit {unit}: gates from 0 to 1, and below them its memory c")


def writer(weights: Sequence[np.ndarray], small: int) -> int:
    """The unit whose write gate tells capitals and small letters apart most, over the rows that are shown."""
    write, capitals = [], []
    for row in range(1, ROWS + 1):
        letters, marks = shown(row, small)
        write.append(gates(weights, as_numbers(letters, marks))["i"])
        capitals.append(marks)
    opened_at, capital = np.concatenate(write), np.concatenate(capitals) == 1
    return int((opened_at[capital].mean(axis=0) - opened_at[~capital].mean(axis=0)).argmax())


def shown(row: int, small: int) -> tuple[np.ndarray, np.ndarray]:
    """The letters and capitals of one of the rows that are shown. Shapes: (T,) and (T,)."""
    letters, capitals = letter_rows(np.random.default_rng(row), 1, small)
    return letters[0], capitals[0]


def watch_letters(weights: Sequence[np.ndarray], small: int = 14) -> None:
    """Show the gates of the unit that writes capitals, over six rows with this many small letters at the end."""
    unit = writer(weights, small)
    explore(lambda row: over_letters(weights, *shown(row, small), unit), row=(1, ROWS, 1, 1))


def over_letters(weights: Sequence[np.ndarray], letters: np.ndarray, capitals: np.ndarray, unit: int) -> Picture:
    """The gates of one unit over a row of letters, and the text that stands for the picture."""
    seen, words = gates(weights, as_numbers(letters, capitals)), spelled(letters, capitals).split()
    made, axes = figure(2, 1, (11, 3.2), sharex=True, height_ratios=(3, 1))
    opened(axes, seen, unit, words)
    write, keep, memory = (seen[name][:, unit] for name in "ifc")
    places = np.flatnonzero(capitals).tolist()
    told = "; ".join(
        f"{words[t]}: write {write[t]:.2f}, keep {keep[t]:.2f}, memory {memory[t]:.2f}"
        for t in [*places, len(words) - 1]
    )
    after = places[-1] + 1
    return Picture(
        made,
        (
            f"Gates and long memory of unit {unit} over the row {' '.join(words)}. {told}. After the last capital write is "
            f"at most {write[after:].max():.2f} and keep at least {keep[after:].min():.2f}."
        ),
    )


def watch_reviews(
    weights: Sequence[np.ndarray], says: Callable[[np.ndarray], np.ndarray], sentences: Sequence[tuple[str, np.ndarray]]
) -> None:
    """Show the gates of the unit that changes its memory most, and the verdict after each word, with a slider.

    `sentences` are texts with their words as numbers (T, D); `says(h)` gives the probability for memories (T, F).
    """
    last = len(sentences) - 1
    explore(lambda sentence: over_sentence(weights, says, *sentences[sentence]), sentence=(0, last, 1, last))


def over_sentence(
    weights: Sequence[np.ndarray], says: Callable[[np.ndarray], np.ndarray], text: str, x: np.ndarray
) -> Picture:
    """The gates of one unit and the verdict after each word of a sentence, and the text that stands for the picture."""
    words = ["<start>", *text.split()]
    seen = gates(weights, x)
    unit = int(seen["c"].std(axis=0).argmax())
    verdicts = np.asarray(says(seen["h"])).ravel()
    made, axes = figure(3, 1, (10, 5.6), sharex=True, height_ratios=(3, 1, 3))
    opened(axes[:2], seen, unit, words)
    axes[2].plot(verdicts, marker="o", **line(0))
    axes[2].axhline(0.5, color="#888", linewidth=0.8)
    axes[2].set(ylim=(0, 1), ylabel="positive?")
    keep, memory = seen["f"][:, unit], seen["c"][:, unit]
    memories, told = (
        ", ".join(f"{word} {value:.2f}" for word, value in zip(words, values, strict=True))
        for values in (memory, verdicts)
    )
    return Picture(
        made,
        (
            f"Gates and long memory of unit {unit}. The keep gate stays between {keep.min():.2f} and {keep.max():.2f}. "
            f"Memory after each word: {memories}. Probability of a positive review after each word: {told}."
        ),
    )
