"""Draw settings at random: rates even on a log scale, widths from a list."""

from collections.abc import Callable

import numpy as np

from course_utils.exercises import FunctionExercise, edge, random, small

from .random_configs_judging import FAR, columns, draw_finding


def drawn_configs(trials, low, high, widths, seed):
    """`trials` settings, each with a learning rate drawn evenly on a log scale and one of the widths."""
    rng = np.random.default_rng(seed)
    return [
        {"learning_rate": low * (high / low) ** rng.random(), "width": int(rng.choice(widths))} for _ in range(trials)
    ]


random_configs = FunctionExercise(
    "random-configs", reference=drawn_configs, points=3, visible=5, title="Draw settings at random"
)


@random_configs.cases
def _(rng):
    low, high = 10.0 ** rng.uniform(-5, -3), 10.0 ** rng.uniform(-0.5, 1)
    yield small("three settings", 3, 0.001, 1.0, [16, 32], 0)
    yield random("400 settings, three widths", 400, low, high, [8, 32, 128], int(rng.integers(1000)))
    yield random("400 settings, four widths", 400, low * 10, high, [10, 20, 40, 80], int(rng.integers(1000)))
    yield edge("one width, a narrow range", 50, 0.1, 0.19, [64], int(rng.integers(1000)))
    yield edge("five settings, very small rates", 5, 1e-9, 1e-7, [5, 6, 7], int(rng.integers(1000)))


@random_configs.drive
def _(draw, trials, low, high, widths, seed):
    return {
        "first": draw(trials, low, high, widths, seed),
        "again": draw(trials, low, high, widths, seed),
        "other": draw(trials, low, high, widths, seed + 1),
        "far": draw(trials, low, high, widths, seed + FAR),
    }


@random_configs.accept
def _(seen, *case):
    found = draw_finding(seen, *case)
    return found and found[1]


def drew(*names: str) -> Callable[..., bool]:
    return lambda seen, *case: (draw_finding(seen, *case) or [""])[0] in names


def _one_rate(all_alike: bool) -> Callable[..., bool]:
    """Few settings with one rate may share a width by chance, or have only one; many settings tell."""
    return lambda seen, trials, *case: (
        drew("one-rate")(seen, trials, *case)
        and (trials < 100 or (len(np.unique(columns(seen["first"])[1])) == 1) == all_alike)
    )


random_configs.variant("setting by setting")(drawn_configs)


@random_configs.variant("all rates first, then all widths")
def _(trials, low, high, widths, seed):
    rng = np.random.default_rng(seed)
    rates = 10 ** rng.uniform(np.log10(low), np.log10(high), size=trials)
    chosen = rng.choice(widths, size=trials)
    return [{"learning_rate": rate, "width": width} for rate, width in zip(rates, chosen, strict=True)]


@random_configs.variant("the older RandomState")
def _(trials, low, high, widths, seed):
    rng = np.random.RandomState(seed)
    configs = []
    for _ in range(trials):
        rate = np.exp(rng.uniform(np.log(low), np.log(high)))
        configs.append({"width": widths[rng.randint(len(widths))], "learning_rate": float(rate)})
    return configs


random_configs.slip(
    "linear",
    "The rates are spread evenly between low and high, so nearly all are large. Where is your function from exercise 1?",
    "low * (high / low) ** rng.random()",
    "rng.uniform(low, high)",
    when=drew("linear"),
)

random_configs.slip(
    "one-rate",
    "All settings share one learning rate. How often should it be drawn, and on which side of the loop?",
    "10 ** rng.uniform(np.log10(low), np.log10(high), size=trials)",
    "trials * [10 ** rng.uniform(np.log10(low), np.log10(high))]",
    of="all rates first, then all widths",
    when=_one_rate(all_alike=False),
)

random_configs.slip(
    "generator-in-the-loop",
    (
        "Every setting came out the same. Is the generator made anew in each round? With the same seed it starts anew. "
        "Or is it one and the same dict, put into the list again and again?"
    ),
    "        rate = ",
    "        rng = np.random.RandomState(seed)\n        rate = ",
    of="the older RandomState",
    when=_one_rate(all_alike=True),
)


@random_configs.mistake(
    "grid",
    "This is a grid: the same few learning rates come back. Which function of `rng` gives a new number each time?",
    when=drew("grid"),
)
def _(trials, low, high, widths, seed):
    rates = np.geomspace(low, high, max(2, trials // 4))
    return [{"learning_rate": rates[i % len(rates)], "width": widths[i % len(widths)]} for i in range(trials)]


random_configs.slip(
    "unseeded",
    "The same seed drew two different lists, so nobody could repeat your search. What does the generator get?",
    "default_rng(seed)",
    "default_rng()",
    when=drew("not-repeatable"),
)

random_configs.slip(
    "rates-unseeded",
    "The widths are the same both times, the rates are not, though the seed is. Which generator draws the rate?",
    "rng.uniform(np.log10(low)",
    "np.random.default_rng().uniform(np.log10(low)",
    of="all rates first, then all widths",
    when=drew("rates-not-repeatable", "not-repeatable"),
)

random_configs.slip(
    "seed-ignored",
    "Every seed draws the same list. Which of your parameters have you not used?",
    "default_rng(seed)",
    "default_rng(0)",
    when=drew("seed-ignored"),
)


@random_configs.mistake(
    "rates-without-seed",
    "The widths follow the seed, the learning rates do not: another seed gives the same rates again. What draws the rates?",
    when=drew("rates-without-seed", "seed-ignored"),
)
def _(trials, low, high, widths, seed):
    rng = np.random.default_rng(seed)
    u = np.random.default_rng(0).random(trials)
    return [{"learning_rate": low * (high / low) ** part, "width": int(rng.choice(widths))} for part in u]


random_configs.slip(
    "widths-in-turn",
    "The widths come in the same order for every seed. They should be drawn too: which function of `rng` picks one of a list?",
    "chosen = rng.choice(widths, size=trials)",
    "chosen = [widths[i % len(widths)] for i in range(trials)]",
    of="all rates first, then all widths",
    when=drew("widths-without-seed"),
)

random_configs.slip(
    "even-steps",
    "Your learning rates go from low to high in equal steps, as on a ladder: none of them is drawn. "
    "Which function of `rng` gives a number that nobody can foresee?",
    "10 ** rng.uniform(np.log10(low), np.log10(high), size=trials)",
    "np.geomspace(low, high, trials)",
    of="all rates first, then all widths",
    when=lambda seen, *case: drew("even-steps")(seen, *case) or case[0] < 3,
)

random_configs.slip(
    "rounded",
    "Your learning rates are rounded. What becomes of a rate such as 0.000043? Leave them as they were drawn.",
    '"learning_rate": rate,',
    '"learning_rate": np.round(rate, 6),',
    of="all rates first, then all widths",
    when=drew("rounded"),
)


@random_configs.mistake(
    "tied",
    "One random number sets both the rate and the width, so you search along a line only. How many draws does a setting need?",
    when=drew("tied"),
)
def _(trials, low, high, widths, seed):
    rng = np.random.default_rng(seed)
    draws = rng.random(trials)
    return [{"learning_rate": low * (high / low) ** u, "width": widths[int(u * len(widths))]} for u in draws]


random_configs.equivalent("int(rng.choice(widths))", why="NumPy's whole numbers serve as well")
random_configs.equivalent(
    "rng.uniform(np.log(low), np.log(high))", why="drawn downwards, the same numbers are as likely"
)
