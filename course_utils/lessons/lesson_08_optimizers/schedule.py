"""The learning rate at each step: a straight warm-up, then half a cosine wave down to 0."""

import math

import numpy as np

from course_utils.exercises import FunctionExercise, edge, random, small


def warm_cosine(step, top, warmup, total):
    """A straight climb from 0 to `top` over `warmup` steps, then half a cosine wave down to 0 at `total`, and 0 from there on."""
    if step < warmup:
        return top * step / warmup
    done = min((step - warmup) / (total - warmup), 1)
    return top * (1 + math.cos(math.pi * done)) / 2


schedule = FunctionExercise("schedule", answer="rate_at", reference=warm_cosine, points=3, title="A schedule")


@schedule.drive
def _(answer, steps, top, warmup, total):
    return [answer(step, top, warmup, total) for step in steps]


@schedule.cases
def _(rng):
    yield small("warm-up to 10, end at 50: steps 0, 5, 10, 30 and 50", [0, 5, 10, 30, 50], 0.1, 10, 50)
    for _ in range(2):
        warmup = int(rng.integers(5, 20))
        total = warmup + int(rng.integers(30, 60))
        steps = sorted(rng.choice(total, size=8, replace=False).tolist())
        yield random(
            f"eight steps, warm-up to {warmup}, end at {total}",
            [warmup // 2, *steps],
            rng.uniform(0.01, 1),
            warmup,
            total,
        )
    yield edge("after the end", [40, 41, 45, 79], 0.2, 10, 40)
    yield edge("without a warm-up", [0, 1, 10, 20], 0.2, 0, 20)


@schedule.variant("warm-up first, the wave stopped by min")
def _(step, top, warmup, total):
    if step < warmup:
        return top * (step / warmup)
    return top * (1 + np.cos(np.pi * min((step - warmup) / (total - warmup), 1))) / 2


@schedule.variant("three cases")
def _(step, top, warmup, total):
    if step >= total:
        return 0.0
    if step >= warmup:
        return 0.5 * top + 0.5 * top * np.cos(np.pi * (step - warmup) / (total - warmup))
    return step / warmup * top


@schedule.variant("by the square of the cosine of half the angle")
def _(step, top, warmup, total):
    part = np.clip((step - warmup) / (total - warmup), 0, 1)
    return step / warmup * top if step < warmup else top * np.cos(np.pi * part / 2) ** 2


schedule.slip(
    "no-warmup",
    "Your rate begins at the top. In the first `warmup` steps it should climb from 0: a straight line.",
    "top * (step / warmup)",
    "top",
)

schedule.slip(
    "cosine-from-zero",
    "There is a jump at the end of the warm-up: your wave has run since step 0. Count its steps from the end of the warm-up.",
    "(step - warmup) / (total - warmup)",
    "step / total",
)

schedule.slip(
    "comes-back",
    "After the end your rate rises again, since a cosine does. How far can the wave be at most: `min(…, 1)`?",
    "min((step - warmup) / (total - warmup), 1)",
    "(step - warmup) / (total - warmup)",
)

schedule.slip(
    "whole-wave",
    "Your rate falls to 0 halfway and climbs again: that is a whole wave. Half a wave ends at π.",
    "np.pi",
    "2 * np.pi",
)

schedule.slip(
    "degrees",
    "`np.cos` does not count in degrees: half a turn is not 180 there. Which number is it?",
    "np.pi",
    "180",
)

schedule.slip(
    "below-zero",
    "Your rate becomes negative: a cosine runs from 1 to -1. Lift it by 1 and halve it.",
    "(1 + np.cos(np.pi * min((step - warmup) / (total - warmup), 1))) / 2",
    "np.cos(np.pi * min((step - warmup) / (total - warmup), 1))",
)

schedule.slip(
    "forgot-half",
    "At the end of the warm-up your rate jumps to twice the top. 1 + cos is 2 there: what is missing?",
    " / 2",
    "",
)

schedule.slip(
    "straight-down",
    "The way up is right. The way down is a straight line in your code; it should be half a cosine wave.",
    "(1 + np.cos(np.pi * min((step - warmup) / (total - warmup), 1))) / 2",
    "(1 - min((step - warmup) / (total - warmup), 1))",
)

schedule.slip(
    "whole-division",
    "Your rate is 0 during the whole warm-up. It should climb from 0 to the top in a straight line. (`//` throws the part behind the point away; `/` keeps it.)",
    "step / warmup",
    "step // warmup",
)

schedule.equivalent("step >= total", "step > total", why="at the end itself the wave is at 0")
EVEN = "the cosine of an angle is that of its opposite"
schedule.equivalent("step - warmup", "warmup - step", why=EVEN)
schedule.equivalent("total - warmup", "warmup - total", why=EVEN)
schedule.equivalent(
    "np.clip((step - warmup) / (total - warmup), 0, 1)",
    "np.clip((step - warmup) / (total - warmup), -1, 1)",
    why="before the end of the warm-up the part is not used",
)
for name in ("step", "top", "warmup", "total"):
    schedule.equivalent(name, "changed in place", why="a number cannot be changed in place")

schedule.slip(
    "one-step-early",
    "Your climb is one step ahead: at step 0 the rate should be 0.",
    "(step / warmup)",
    "((step + 1) / warmup)",
)

schedule.slip(
    "wave-upwards",
    "After the warm-up your rate drops to 0 and climbs back: the wave is upside down. What is cos(0)?",
    "(1 + np.cos",
    "(1 - np.cos",
)

schedule.slip(
    "quarter-wave",
    "Your wave falls from the top to 0 as well, but in another shape: a quarter of a wave. Half a wave runs from 1 to -1, and has to be lifted.",
    "(1 + np.cos(np.pi * min((step - warmup) / (total - warmup), 1))) / 2",
    "np.cos(np.pi / 2 * min((step - warmup) / (total - warmup), 1))",
)

schedule.slip(
    "sine",
    "After the warm-up your rate is 0 at once: a sine begins at 0. Which wave begins at its highest place?",
    "(1 + np.cos(np.pi * min((step - warmup) / (total - warmup), 1))) / 2",
    "np.sin(np.pi * min((step - warmup) / (total - warmup), 1))",
)

schedule.slip(
    "top-forgotten",
    "Your rate runs up to 1 and back to 0. How high is the top that the caller asks for?",
    "top * (1 + np.cos(np.pi * min((step - warmup) / (total - warmup), 1)))",
    "(1 + np.cos(np.pi * min((step - warmup) / (total - warmup), 1)))",
)

schedule.slip(
    "wave-ends-late",
    "Your wave is too long: it should be at 0 at step `total`, and it has begun only after the warm-up. Over how many steps does it run?",
    "(step - warmup) / (total - warmup)",
    "(step - warmup) / total",
)

schedule.slip(
    "climb-over-everything",
    "Your warm-up is too slow: after `warmup` steps it should be at the top. By what do you divide?",
    "step / warmup",
    "step / total",
)
