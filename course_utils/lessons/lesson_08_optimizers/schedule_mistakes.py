"""More mistakes in the schedule: brackets, a wave or a climb of another length or shape."""

import numpy as np

from .schedule import schedule, warm_cosine

schedule.slip(
    "divides-by-no-warmup",
    "Without a warm-up you divide by 0: there is no climb then. Divide by `warmup` only at a step *before* the end of the warm-up. Which sign says so?",
    "if step < warmup",
    "if step <= warmup",
    of="warm-up first, the wave stopped by min",
)

schedule.slip(
    "cosine-of-pi-alone",
    "The part stands outside the cosine, and cos(π) alone is always -1. What belongs into its brackets?",
    "np.cos(np.pi * min((step - warmup) / (total - warmup), 1))",
    "np.cos(np.pi) * min((step - warmup) / (total - warmup), 1)",
)

schedule.slip(
    "only-the-cosine-halved",
    "Without its brackets the division by 2 reaches the cosine only, not the 1. At the end of the warm-up your rate is one and a half times the top.",
    "(1 + np.cos(np.pi * min((step - warmup) / (total - warmup), 1))) / 2",
    "(1 + np.cos(np.pi * min((step - warmup) / (total - warmup), 1)) / 2)",
)

schedule.slip(
    "no-brackets-around-the-wave",
    "Without brackets the top meets the 1 only, and only the cosine is halved. Which sum belongs together?",
    "(1 + np.cos(np.pi * min((step - warmup) / (total - warmup), 1))) / 2",
    "1 + np.cos(np.pi * min((step - warmup) / (total - warmup), 1)) / 2",
)

schedule.slip(
    "top-meets-the-one-only",
    "Without brackets the top meets the 1 only, and not the cosine. Which sum belongs together?",
    "top * (1 + np.cos(np.pi * min((step - warmup) / (total - warmup), 1))) / 2",
    "(top * 1 + np.cos(np.pi * min((step - warmup) / (total - warmup), 1))) / 2",
)

schedule.slip(
    "max-for-min",
    "Your part is never below 1, so the rate is 0 as soon as the warm-up ends. `max` takes the larger of two: which function takes the smaller?",
    "min((step - warmup)",
    "max((step - warmup)",
)

schedule.slip(
    "end-of-the-bracket",
    "Your `min` holds the lower part of the fraction, not the fraction. What is to be at most 1?",
    "min((step - warmup) / (total - warmup), 1)",
    "(step - warmup) / min(total - warmup, 1)",
)

schedule.slip(
    "no-bracket-above",
    "Without brackets only `warmup` is divided, not step - warmup. What is done first: the division or the subtraction?",
    "(step - warmup) / (total - warmup)",
    "step - warmup / (total - warmup)",
)

schedule.slip(
    "no-bracket-below",
    "Without brackets you divide by `total` and take `warmup` away afterwards. What is done first: the division or the subtraction?",
    "(step - warmup) / (total - warmup)",
    "(step - warmup) / total - warmup",
)

schedule.slip(
    "wave-in-whole-parts",
    "`//` throws the places behind the point away, so the part stays at 0 until the end. Use `/`.",
    "(step - warmup) / (total - warmup)",
    "(step - warmup) // (total - warmup)",
)

schedule.slip(
    "stays-at-the-top",
    "After the climb your rate stays at the top. Where is the half wave that brings it down?",
    "top * (1 + np.cos(np.pi * min((step - warmup) / (total - warmup), 1))) / 2",
    "top",
)

schedule.slip(
    "climb-not-divided",
    "Your climb is not divided by anything: after one step it is at the top. After how many should it be?",
    "(step / warmup)",
    "step",
)

schedule.slip(
    "climb-without-top",
    "Your climb runs up to 1. How high is the top that the caller asks for?",
    "top * (step / warmup)",
    "step / warmup",
)

schedule.slip(
    "wave-ends-early",
    "Your wave is one step too short: it should be at 0 at step `total`, not one before. Over how many steps does it run?",
    "(step - warmup) / (total - warmup)",
    "(step - warmup) / (total - warmup - 1)",
)

schedule.slip(
    "wave-one-step-ahead",
    "Your wave is one step ahead: at step `warmup` the rate should still be at the top. What is the part there?",
    "(step - warmup) / (total - warmup)",
    "(step - warmup + 1) / (total - warmup)",
)


def falls_otherwise(seen, steps, top, warmup, total):
    """Whether the climb and the top are right, and the way down is another one."""
    right = [warm_cosine(step, top, warmup, total) for step in steps]
    way = [rate for step, rate in zip(steps, seen, strict=True) if step >= warmup]
    return (
        all(np.isclose(mine, rate) for step, mine, rate in zip(steps, seen, right, strict=True) if step <= warmup)
        and np.all(np.diff(way) <= 0)
        and np.abs(np.subtract(seen, right)).max() > 0.006 * top
        and not any(np.allclose(seen, np.round(right, k), rtol=0, atol=1e-12) for k in range(6))
    )


schedule.slip(
    "another-way-down",
    "The climb is right, up to the top. From there your rate falls in another shape than half a cosine wave.",
    "(1 + np.cos(np.pi * min((step - warmup) / (total - warmup), 1))) / 2",
    "(1 - min((step - warmup) / (total - warmup), 1)) ** 2",
    when=falls_otherwise,
)


def climbs_otherwise(seen, steps, top, warmup, total):
    """Whether the top and the way down are right, and the climb is another one."""
    right = [np.isclose(mine, warm_cosine(step, top, warmup, total)) for step, mine in zip(steps, seen, strict=True)]
    return all(ok for step, ok in zip(steps, right, strict=True) if step >= warmup)


schedule.slip(
    "pi-cut-short",
    "Your π is cut short, so the wave does not quite end at 0. NumPy knows more of its places.",
    "np.pi",
    "3.14",
)

schedule.slip(
    "another-climb",
    "The wave is right. The climb is another one: it should be a straight line from 0 at step 0 to the top at step `warmup`.",
    "top * (step / warmup)",
    "top * (0.1 + 0.9 * step / warmup)",
    when=climbs_otherwise,
)
