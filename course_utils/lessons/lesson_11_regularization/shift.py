"""Move images down and to the right, with zeros for what comes in."""

import numpy as np

from course_utils.exercises import FunctionExercise, edge, random, small


def shifted(images, down, right):
    """The images moved down and to the right (negative: up, left); what comes in at the border is 0."""
    height, width = images.shape[1:]
    moved = np.zeros_like(images)
    moved[:, max(down, 0) : height + min(down, 0), max(right, 0) : width + min(right, 0)] = images[
        :, max(-down, 0) : height + min(-down, 0), max(-right, 0) : width + min(-right, 0)
    ]
    return moved


shift = FunctionExercise("shift", reference=shifted, points=3, title="Shift the images")


@shift.cases
def _(rng):
    def some(count, height, width):
        return rng.uniform(0.1, 1, size=(count, height, width))

    yield small("the numbers 1 to 9, one down", np.arange(1.0, 10).reshape(1, 3, 3), 1, 0)
    yield small("the numbers 1 to 9, one to the right", np.arange(1.0, 10).reshape(1, 3, 3), 0, 1)
    yield random("two images, down and to the right", some(2, 5, 6), int(rng.integers(1, 4)), int(rng.integers(1, 4)))
    yield random("three images, up and to the left", some(3, 6, 5), -int(rng.integers(1, 4)), -int(rng.integers(1, 4)))
    yield random("up and to the right", some(2, 5, 5), -2, 1)
    yield random("down and to the left, numbers of either sign", some(2, 4, 7) - 0.5, 1, -3)
    yield random("pixels as stored", rng.integers(1, 256, (2, 6, 4), dtype=np.uint8), 2, -1)
    yield random("28 × 28, as far as it goes", some(1, 28, 28), int(rng.choice([-27, 27])), int(rng.choice([-27, 27])))
    yield edge("an image of one row", some(3, 1, 5), 0, 2)
    yield edge("an image of one column", some(3, 5, 1), -2, 0)
    yield edge("no shift at all", some(2, 4, 4), 0, 0)


@shift.variant("a narrow frame of zeros")
def _(images, down, right):
    height, width = images.shape[1:]
    reach = max(abs(down), abs(right))
    frame = ((0, 0), (reach, reach), (reach, reach))
    padded = np.pad(images, frame)
    top, left = reach - down, reach - right
    return padded[:, top : top + height, left : left + width]


@shift.variant("a frame of zeros, then a window")
def _(images, down, right):
    height, width = images.shape[1:]
    frame = np.pad(images, ((0, 0), (height, height), (width, width)))
    return frame[:, height - down : 2 * height - down, width - right : 2 * width - right]


@shift.variant("np.roll, then the free rows and columns to 0")
def _(images, down, right):
    moved = np.roll(images, (down, right), axis=(1, 2))
    rows, columns = moved.shape[1:]
    moved[:, (np.arange(rows) < down) | (np.arange(rows) >= rows + down)] = 0
    moved[:, :, (np.arange(columns) < right) | (np.arange(columns) >= columns + right)] = 0
    return moved


@shift.variant("np.roll, then the free slices to 0")
def _(images, down, right):
    moved = np.roll(images, (down, right), axis=(1, 2))
    if down > 0:
        moved[:, :down] = 0
    elif down < 0:
        moved[:, down:] = 0
    if right > 0:
        moved[:, :, :right] = 0
    elif right < 0:
        moved[:, :, right:] = 0
    return moved


@shift.variant("pixel by pixel")
def _(images, down, right):
    count, height, width = images.shape
    moved = np.zeros((count, height, width))
    for row in range(height):
        for column in range(width):
            if 0 <= row + down < height and 0 <= column + right < width:
                moved[:, row + down, column + right] = images[:, row, column]
    return moved


shift.slip(
    "rolled-round",
    (
        "What leaves the image on one side comes in on the other, as in a circle; `np.roll` does so. What should stand in the "
        "rows and columns that have become free?"
    ),
    "np.pad(images, frame)",
    'np.pad(images, frame, mode="wrap")',
)

shift.slip(
    "wrong-way",
    "The images move, but the other way. Row 0 of the old image belongs into which row of the new one?",
    "reach - down, reach - right",
    "reach + down, reach + right",
)

shift.slip(
    "axes-swapped",
    "Down and right are mixed up. Which axis of (N, rows, columns) goes down?",
    "top, left =",
    "left, top =",
)

shift.slip(
    "border-repeated",
    "The free rows are filled with copies of the border. Paper is 0.",
    "np.pad(images, frame)",
    'np.pad(images, frame, mode="edge")',
)


@shift.mistake(
    "only-forward",
    "Down and right work, up and left do not: a negative number in a slice counts from the end. What are the borders "
    "of the slice when `down` is -1?",
)
def _(images, down, right):
    height, width = images.shape[1:]
    moved = np.zeros_like(images)
    moved[:, down:, right:] = images[:, : height - down, : width - right]
    return moved


shift.slip(
    "wraps-up-and-left",
    (
        "Down and right work. Up and left, what leaves the image comes in on the other side: place -1 is the last one. "
        "Which pixels must not be copied?"
    ),
    "0 <= row + down < height and 0 <= column + right < width",
    "row + down < height and column + right < width",
    of="pixel by pixel",
)

shift.slip(
    "changes-input",
    "The result is right, but the caller's images were moved too. Work on a copy.",
    "moved = np.roll(images, (down, right), axis=(1, 2))",
    "images[...] = np.roll(images, (down, right), axis=(1, 2))\n    moved = images",
    of="np.roll, then the free rows and columns to 0",
)

shift.slip(
    "filled-with-ones",
    "What becomes free is full ink in your images. Paper is 0.",
    "np.pad(images, frame)",
    "np.pad(images, frame, constant_values=1)",
)

shift.slip(
    "down-only",
    "Down and up work, right and left do nothing. Where does `right` belong?",
    "reach - down, reach - right",
    "reach - down, reach",
)

shift.slip(
    "right-only",
    "Right and left work, down and up do nothing. Where does `down` belong?",
    "reach - down, reach - right",
    "reach, reach - right",
)

shift.slip(
    "only-28",
    "Your function knows images of 28 × 28 only. Where can it read the height and the width?",
    "height, width = images.shape[1:]\n    reach",
    "height, width = 28, 28\n    reach",
)

for _side, _name, _other in ((2, "width", "height"), (1, "height", "width")):
    shift.slip(
        f"{_name}-for-both",
        f"Your images come out square: you take their {_name} for the {_other}, too. Which place of `images.shape` counts what?",
        "height, width = images.shape[1:]\n    frame",
        f"height = width = images.shape[{_side}]\n    frame",
        of="a frame of zeros, then a window",
    )

shift.slip(
    "one-way-for-both",
    "Your images move as far to the right as down. Which parameter have you not used?",
    "top, left = reach - down, reach - right",
    "top, left = reach - down, reach - down",
)

_SLICES = "np.roll, then the free slices to 0"
for _name, _right, _wrong, _way, _free in (
    ("one-row-too-few-cleared-up", "moved[:, down:]", "moved[:, down + 1 :]", "up", "rows at the bottom"),
    ("one-row-too-many-cleared-up", "moved[:, down:]", "moved[:, down - 1 :]", "up", "rows at the bottom"),
    ("one-row-too-few-cleared", "moved[:, :down]", "moved[:, : down - 1]", "down", "rows at the top"),
    ("one-row-too-many-cleared", "moved[:, :down]", "moved[:, : down + 1]", "down", "rows at the top"),
    ("one-column-too-few-cleared-left", " right:]", " right + 1 :]", "left", "columns on the right"),
    ("one-column-too-many-cleared-left", " right:]", " right - 1 :]", "left", "columns on the right"),
    ("one-column-too-many-cleared", " :right]", " : right + 1]", "right", "columns on the left"),
):
    _told = "one more is set to 0" if "many" in _name else "the slice that you set to 0 is off by one"
    shift.slip(
        _name, f"Moved {_way} by 2, how many {_free} become free? In your code {_told}.", _right, _wrong, of=_SLICES
    )

shift.slip(
    "cleared-at-the-front-only",
    "Down and right work. `[:down]` with a negative number takes nearly all rows: which rows become free when the images move up?",
    "    if down > 0:\n        moved[:, :down] = 0\n    elif down < 0:\n        moved[:, down:] = 0\n"
    "    if right > 0:\n        moved[:, :, :right] = 0\n    elif right < 0:\n        moved[:, :, right:] = 0\n",
    "    moved[:, :down] = 0\n    moved[:, :, :right] = 0\n",
    of=_SLICES,
)

shift.slip(
    "no-column-cleared-as-all",
    "Where `right` is 0, your second branch takes it too, and `[0:]` is all there is. Which signs are left for it?",
    "elif right < 0:",
    "else:",
    of=_SLICES,
)

shift.slip(
    "no-row-cleared-as-all",
    "Where `down` is 0, your second branch takes it too, and `[0:]` is all there is. Which signs are left for it?",
    "elif down < 0:",
    "else:",
    of=_SLICES,
)

shift.slip(
    "nothing-cleared-as-everything",
    "Where `down` or `right` is 0, your `else` takes it too, and `[0:]` is all there is. Which signs are left for the second branch?",
    "elif down < 0:\n        moved[:, down:] = 0\n    if right > 0:\n        moved[:, :, :right] = 0\n    elif right < 0:",
    "else:\n        moved[:, down:] = 0\n    if right > 0:\n        moved[:, :, :right] = 0\n    else:",
    of=_SLICES,
)


@shift.mistake(
    "nothing-as-backwards",
    "Where `down` or `right` is 0, your `else` takes it too: `[:0]` is nothing at all, and `[-0:]` is everything. What is to be done at 0?",
)
def _(images, down, right):
    lower, moved = np.zeros_like(images), np.zeros_like(images)
    if down > 0:
        lower[:, down:] = images[:, :-down]
    else:
        lower[:, :down] = images[:, -down:]
    if right > 0:
        moved[:, :, right:] = lower[:, :, :-right]
    else:
        moved[:, :, :right] = lower[:, :, -right:]
    return moved


shift.slip(
    "sign-lost",
    "Down and right work. Up and left, your images move down and to the right as well: what takes the sign away?",
    "reach - down, reach - right",
    "reach - abs(down), reach - abs(right)",
)

shift.slip(
    "ink-in-the-free-part",
    "What becomes free is 255, full ink. Paper is 0.",
    "np.pad(images, frame)",
    "np.pad(images, frame, constant_values=255)",
)


@shift.mistake(
    "minus-nothing",
    "`[:, :-right]` with `right` 0 is `[:, :0]`: nothing at all. What is the end of the slice, counted from the front?",
)
def _(images, down, right):
    moved = np.zeros_like(images)
    moved[:, down:, right:] = images[:, :-down, :-right]
    return moved


@shift.mistake(
    "images-moved-among-images",
    "Axis 0 of (N, rows, columns) counts the images. You move along it: which two axes are the rows and the columns?",
)
def _(images, down, right):
    return np.roll(images, (down, right), axis=(0, 1))


for _end in ("min(down, 0)", "min(right, 0)", "min(-down, 0)", "min(-right, 0)"):
    shift.equivalent(_end, _end.replace("0", "1"), why="a slice may end beyond the end")
for _sign in ("down > 0", "right > 0"):
    for _other in (">= 0", "> -1"):
        shift.equivalent(_sign, f"{_sign[:-4]} {_other}", why="at 0 the slice that is set to 0 is empty")
