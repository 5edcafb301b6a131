"""Draw settings at random: rates even on a log scale, widths from a list."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from course_utils.exercises import FunctionExercise, edge, random, small


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
    }


def _columns(configs: Sequence[Mapping[str, Any]]) -> tuple[np.ndarray, np.ndarray]:
    return np.array([c["learning_rate"] for c in configs], float), np.array([c["width"] for c in configs])


def _misshapen(configs: Any, trials: int) -> str | None:
    """What keeps the answer from being a list of `trials` dicts with a rate and a width."""
    if not isinstance(configs, list | tuple):
        return "it should be a list of dicts"
    if len(configs) != trials:
        return f"the list should hold {trials} settings, but holds {len(configs)}"
    for config in configs:
        if not isinstance(config, dict) or set(config) != {"learning_rate", "width"}:
            return 'each setting should be a dict with the keys "learning_rate" and "width"'
        if not all(isinstance(v, int | float | np.number) and np.ndim(v) == 0 for v in config.values()):
            return "each value in a setting should be one number"
    return None


def draw_finding(
    seen: Mapping[str, Any], trials: int, low: float, high: float, widths: list[int], seed: int
) -> tuple[str, str] | None:
    """The name and the description of what is wrong with drawn settings; None when all is as it should be."""
    for configs in seen.values():
        if problem := _misshapen(configs, trials):
            return "form", problem
    (rates, drawn), (rates_again, drawn_again), (rates_other, drawn_other) = map(_columns, seen.values())
    slack = 1e-9
    different = np.unique(rates)
    if not rates.any() or (np.array_equal(rates, np.round(rates, 6)) and len(different) > 2 and not _even(different)):
        return "rounded", "the learning rates are rounded"
    if rates.min() < low * (1 - slack) or rates.max() > high * (1 + slack):
        return "range", f"a learning rate lies outside {low:.3g} to {high:.3g}"
    if not np.isin(drawn, widths).all():
        return "widths", f"a width is not one of {widths}"
    if len(different) == 1 < trials:
        return "one-rate", "all settings have the same learning rate"
    if len(different) == trials > 2 and _even(different):
        return "even-steps", "the learning rates go up in equal steps; nothing is drawn"
    if len(different) < trials and _even(different):
        return "grid", f"the {trials} settings hold only {len(different)} different learning rates, in equal steps"
    if len(different) < trials:
        return "repeated", f"the {trials} settings hold only {len(different)} different learning rates"
    if not np.array_equal(rates, rates_again):
        if trials >= 100 and len(widths) > 1 and np.array_equal(drawn, drawn_again):
            return "rates-not-repeatable", "two calls with the same seed drew the same widths, but other learning rates"
        return "not-repeatable", "two calls with the same seed drew different settings"
    if not np.array_equal(drawn, drawn_again):
        return "widths-not-repeatable", "two calls with the same seed drew the same learning rates, but other widths"
    if np.array_equal(rates, rates_other):
        if np.array_equal(drawn, drawn_other):
            return "seed-ignored", "another seed drew the same settings"
        return "rates-without-seed", "another seed drew the same learning rates"
    if trials < 100:
        return None
    if found := _uneven(rates, low, high, drawn, widths):
        return found
    if np.array_equal(drawn, drawn_other):
        return "widths-without-seed", "another seed drew the same widths"
    return None


def _even(rates: np.ndarray) -> bool:
    """Whether the rates go up in equal steps or by equal factors."""
    steps, factors = np.diff(rates), rates[1:] / rates[:-1]
    return bool(np.allclose(steps, steps[0], rtol=1e-6, atol=0) or np.allclose(factors, factors[0], rtol=1e-6, atol=0))


def _uneven(rates: np.ndarray, low: float, high: float, drawn: np.ndarray, widths: list[int]) -> tuple[str, str] | None:
    """What is wrong with how many settings are spread."""
    u = np.log(rates / low) / np.log(high / low)
    quarters = [float(np.mean(u < quarter)) for quarter in (0.25, 0.5, 0.75)]
    off = np.abs(np.subtract(quarters, (0.25, 0.5, 0.75)))
    if off.max() > 0.15:
        worst = 1 if off[1] > 0.15 else int(off.argmax())
        evenly = np.quantile((rates - low) / (high - low), [0.25, 0.5, 0.75])
        name = "linear" if np.abs(evenly - (0.25, 0.5, 0.75)).max() < 0.15 else "uneven"
        return (
            name,
            f"{quarters[worst]:.0%} of the rates lie in the lower {('quarter', 'half', 'three quarters')[worst]} of the log scale, "
            f"and it should be about {(25, 50, 75)[worst]}%",
        )
    shares = np.array([np.mean(drawn == width) for width in widths])
    for name, told, chosen in (
        ("one-width", f"all {len(drawn)} settings have the same width", len(widths) > 1 and np.ptp(drawn) == 0),
        ("last-width-never", f"the last width, {widths[-1]}, never comes", shares[-1] == 0),
        ("first-width-never", f"the first width, {widths[0]}, never comes", shares[0] == 0),
    ):
        if chosen:
            return name, told
    if np.abs(shares - 1 / len(widths)).max() > 0.15:
        return "widths-uneven", "some widths come far more often than others"
    if abs(np.corrcoef(u, drawn)[0, 1]) > 0.3:
        return "tied", "the learning rate and the width go together: small rates come with one end of the widths"
    return None


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
        and (trials < 100 or (len(np.unique(_columns(seen["first"])[1])) == 1) == all_alike)
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
