"""Push, turn or thin a digit until the network is wrong: a panel with sliders, and a strip that stands still."""

from __future__ import annotations

import numpy as np

from course_utils.plots import Picture, figure, show
from course_utils.plots.drawing import draw_digit
from course_utils.plots.ink import STROKES, as_mnist, drawn

from .digit_reader import read

EXAMPLE = 3
FARTHEST = 9  # pixels, in the strip
LIMITS = {"right": (-9, 9, 1), "down": (-9, 9, 1), "turn": (-180, 180, 5), "thinner": (0.0, 1.5, 0.25)}


def changed(image: np.ndarray, right: float = 0, down: float = 0, turn: float = 0, thinner: float = 0) -> np.ndarray:
    """The image with thinner strokes, turned clockwise by `turn` degrees, and pushed by pixels; paper comes in.

    Shapes: (28, 28) to (28, 28)
    """
    middle = (len(image) - 1) / 2
    y, x = np.mgrid[: len(image), : len(image)] - middle
    y, x = y - down, x - right
    cosine, sine = np.cos(np.radians(turn)), np.sin(np.radians(turn))
    return _between(_thinned(image, thinner), cosine * y - sine * x + middle, cosine * x + sine * y + middle)


def _thinned(image: np.ndarray, steps: float) -> np.ndarray:
    """Each step takes a pixel of every edge away: the lightest of a pixel and its four neighbours stays."""
    while steps > 0:
        room = np.pad(image, 1)
        neighbours = [room[:-2, 1:-1], room[2:, 1:-1], room[1:-1, :-2], room[1:-1, 2:]]
        share = min(steps, 1)
        image = (1 - share) * image + share * np.minimum.reduce([image, *neighbours])
        steps -= share
    return image


def _between(image: np.ndarray, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
    """The image at places between its pixels, mixed from the four around; outside there is paper."""
    room = np.pad(image, (1, 2))
    rows, columns = (np.clip(place + 1, 0, len(image) + 1) for place in (rows, columns))
    row, column = rows.astype(int), columns.astype(int)
    down, right = rows - row, columns - column
    upper = (1 - right) * room[row, column] + right * room[row, column + 1]
    lower = (1 - right) * room[row + 1, column] + right * room[row + 1, column + 1]
    return ((1 - down) * upper + down * lower).astype(np.float32)


def ready_digit(digit: int = EXAMPLE) -> np.ndarray:
    """One of the course's own digits, as the network gets it. Shapes: (28, 28)"""
    return as_mnist(drawn(STROKES[digit]))


def push_left(digit: int = EXAMPLE) -> list[int]:
    """Show the digit pushed to the left, pixel by pixel, with the network's answer below; return the answers."""
    images = [changed(ready_digit(digit), right=-pixels) for pixels in range(FARTHEST + 1)]
    shares = [read(image) for image in images]
    answers = [int(share.argmax()) for share in shares]
    show(*_strip(images, answers, [float(share.max()) for share in shares], digit))
    return answers


def _strip(images: list[np.ndarray], answers: list[int], sure: list[float], digit: int) -> Picture:
    made, axes = figure(2, -(-len(images) // 2), (10, 4.4))
    for pixels, axis in enumerate(axes.flat):
        axis.imshow(images[pixels], cmap="gray_r", vmin=0, vmax=1)
        sign = "✓" if answers[pixels] == digit else "✗"
        axis.set(xticks=[], yticks=[], title=f"{pixels} pixels")
        axis.set_xlabel(f"{sign} says {answers[pixels]}, {sure[pixels]:.0%} sure")
        axis.grid(False)
        axis.spines[:].set_visible(True)
    told = ", ".join(
        f"{pixels}: {answer} ({share:.0%})" for pixels, (answer, share) in enumerate(zip(answers, sure, strict=True))
    )
    return Picture(
        made, f"A handwritten {digit}, pushed to the left by 0 to {FARTHEST} pixels. What the network says: {told}."
    )


def break_it(right: int = 0, down: int = 0, turn: int = 0, thinner: float = 0.0) -> None:
    """Show the canvas with sliders that push, turn and thin the digit; the arguments are where the sliders start.

    Errors: ValueError for a number that its slider does not reach.
    """
    starts = {"right": right, "down": down, "turn": turn, "thinner": thinner}
    for name, value in starts.items():
        lowest, highest, _ = LIMITS[name]
        if not lowest <= value <= highest:
            raise ValueError(
                f"`{name}` goes from {lowest} to {highest}, but it is {value}. Choose a number in between."
            )
    draw_digit(read, EXAMPLE, changed, **{name: (*LIMITS[name], value) for name, value in starts.items()})
