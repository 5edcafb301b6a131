"""Exercises of lesson 12: log scale, random search, successive halving, a search space, noise, an honest report."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from .core import Lesson, edge, random, small

lesson = Lesson("12_tuning", "Tuning")

# Learning rates on a log scale --------------------------------------------------------------------------


def rates_on_log_scale(u, low, high):
    """low (high / low)^u: as u goes evenly from 0 to 1, the exponent goes evenly from that of low to that of high."""
    return low * (high / low) ** u


log_uniform = lesson.function("log-uniform", reference=rates_on_log_scale, points=3, title="Even steps on a log scale")


@log_uniform.cases
def _(rng):
    yield small("0, a half and 1, from 0.001 to 0.1", np.array([0.0, 0.5, 1.0]), 0.001, 0.1)
    yield random("five numbers", rng.random(5), 10.0 ** rng.uniform(-5, -3), 10.0 ** rng.uniform(-1, 1))
    yield random("three numbers", rng.random(3), 10.0 ** rng.uniform(-3, -2), 10.0 ** rng.uniform(0.2, 2))
    yield edge("one value only: low is high", rng.random(4), 0.02, 0.02)


@log_uniform.mistake(
    "linear",
    "Half of your numbers lie above the middle of low and high, so the small rates are hardly ever drawn. "
    "What goes up evenly on a log scale: the rate or its exponent?",
)
def _(u, low, high):
    return low + u * (high - low)


@log_uniform.mistake("exponents", "These are exponents, such as -2. Which rate belongs to the exponent -2?")
def _(u, low, high):
    return np.log10(low) + u * (np.log10(high) - np.log10(low))


@log_uniform.mistake(
    "mixed-bases", "You took one logarithm and undid another one. np.log goes with np.exp; what goes with np.log10?"
)
def _(u, low, high):
    return np.exp(np.log10(low) + u * (np.log10(high) - np.log10(low)))


@log_uniform.mistake("backwards", "u = 0 gave the highest rate and u = 1 the lowest. Which exponent do you start from?")
def _(u, low, high):
    return high * (low / high) ** u


@log_uniform.mistake(
    "exponent-from-zero",
    "You shortened the way: u runs over the exponent of high alone. Where should it start, where end?",
)
def _(u, low, high):
    return low * high**u


@log_uniform.mistake(
    "linear-inside-the-log",
    "You mixed first and took the logarithm afterwards; the power then undoes it. Which comes first?",
)
def _(u, low, high):
    return np.log10(low + u * (high - low))


@log_uniform.mistake(
    "natural-exponents",
    "The walk is right, but these are still logarithms, and so negative for small rates. What undoes `np.log`?",
)
def _(u, low, high):
    return np.log(low) + u * (np.log(high) - np.log(low))


@log_uniform.variant("exponents in base 10")
def _(u, low, high):
    start, end = np.log10([low, high])
    return 10 ** (start + u * (end - start))


@log_uniform.variant("exp of a mix of logs")
def _(u, low, high):
    return np.exp((1 - u) * np.log(low) + u * np.log(high))


@log_uniform.variant("one at a time")
def _(u, low, high):
    return np.array([low ** (1 - part) * high**part for part in u])


# Random search: draw the settings -----------------------------------------------------------------------


def drawn_configs(trials, low, high, widths, seed):
    """`trials` settings, each with a learning rate drawn evenly on a log scale and one of the widths."""
    rng = np.random.default_rng(seed)
    return [
        {"learning_rate": low * (high / low) ** rng.random(), "width": int(rng.choice(widths))} for _ in range(trials)
    ]


random_configs = lesson.function("random-configs", reference=drawn_configs, points=3, title="Draw settings at random")


@random_configs.cases
def _(rng):
    low, high = 10.0 ** rng.uniform(-5, -3), 10.0 ** rng.uniform(-0.5, 1)
    yield small("three settings", 3, 0.001, 1.0, [16, 32], 0)
    yield random("400 settings, three widths", 400, low, high, [8, 32, 128], int(rng.integers(1000)))
    yield random("400 settings, four widths", 400, low * 10, high, [10, 20, 40, 80], int(rng.integers(1000)))
    yield edge("one width, a narrow range", 50, 0.1, 0.2, [64], int(rng.integers(1000)))


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
    (rates, drawn), (rates_again, drawn_again), (rates_other, _) = map(_columns, seen.values())
    slack = 1e-9
    if rates.min() < low * (1 - slack) or rates.max() > high * (1 + slack):
        return "range", f"a learning rate lies outside {low:.3g} to {high:.3g}"
    if not np.isin(drawn, widths).all():
        return "widths", f"a width is not one of {widths}"
    if len(np.unique(rates)) == 1:
        return "one-rate", "all settings have the same learning rate"
    if len(np.unique(rates)) < trials:
        return "grid", f"the {trials} settings hold only {len(np.unique(rates))} different learning rates"
    if not np.array_equal(rates, rates_again) or not np.array_equal(drawn, drawn_again):
        return "not-repeatable", "two calls with the same seed drew different settings"
    if np.array_equal(rates, rates_other):
        return "seed-ignored", "another seed drew the same settings"
    if trials < 100:
        return None
    u = np.log(rates / low) / np.log(high / low)
    quarters = [float(np.mean(u < quarter)) for quarter in (0.25, 0.5, 0.75)]
    if np.abs(np.subtract(quarters, (0.25, 0.5, 0.75))).max() > 0.15:
        name = "linear" if quarters[1] < 0.4 else "uneven"
        return (
            name,
            f"{quarters[1]:.0%} of the rates lie below the middle of the log scale, and it should be about half",
        )
    shares = np.array([np.mean(drawn == width) for width in widths])
    if np.abs(shares - 1 / len(widths)).max() > 0.15:
        return "widths-uneven", "some widths come far more often than others"
    if abs(np.corrcoef(u, drawn)[0, 1]) > 0.3:
        return "tied", "the learning rate and the width go together: small rates come with one end of the widths"
    return None


@random_configs.accept
def _(seen, *case):
    found = draw_finding(seen, *case)
    return found and found[1]


def _drew(name: str) -> Callable[..., bool]:
    return lambda seen, *case: (draw_finding(seen, *case) or [""])[0] == name


def _one_rate(all_alike: bool) -> Callable[..., bool]:
    """Few settings with one rate may share a width by chance, or have only one; many settings tell."""
    return lambda seen, trials, *case: (
        _drew("one-rate")(seen, trials, *case)
        and (trials < 100 or (len(np.unique(_columns(seen["first"])[1])) == 1) == all_alike)
    )


@random_configs.mistake(
    "linear",
    "The rates are spread evenly between low and high, so nearly all are large. Where is your function from exercise 1?",
    when=_drew("linear"),
)
def _(trials, low, high, widths, seed):
    rng = np.random.default_rng(seed)
    return [{"learning_rate": rng.uniform(low, high), "width": int(rng.choice(widths))} for _ in range(trials)]


@random_configs.mistake(
    "one-rate",
    "All settings share one learning rate. How often should it be drawn, and on which side of the loop?",
    when=_one_rate(all_alike=False),
)
def _(trials, low, high, widths, seed):
    rng = np.random.default_rng(seed)
    rate = low * (high / low) ** rng.random()
    return [{"learning_rate": rate, "width": int(rng.choice(widths))} for _ in range(trials)]


@random_configs.mistake(
    "generator-in-the-loop",
    "Every setting came out the same. Is the generator made anew in each round? With the same seed it starts anew. "
    "Or is it one and the same dict, put into the list again and again?",
    when=_one_rate(all_alike=True),
)
def _(trials, low, high, widths, seed):
    configs = []
    for _ in range(trials):
        rng = np.random.default_rng(seed)
        configs.append({"learning_rate": low * (high / low) ** rng.random(), "width": int(rng.choice(widths))})
    return configs


@random_configs.mistake(
    "grid",
    "This is a grid: the same few learning rates come back. Which function of `rng` gives a new number each time?",
    when=_drew("grid"),
)
def _(trials, low, high, widths, seed):
    rates = np.geomspace(low, high, max(2, trials // 4))
    return [{"learning_rate": rates[i % len(rates)], "width": widths[i % len(widths)]} for i in range(trials)]


@random_configs.mistake(
    "unseeded",
    "The same seed drew two different lists, so nobody could repeat your search. What does the generator get?",
    when=_drew("not-repeatable"),
)
def _(trials, low, high, widths, seed):
    rng = np.random.default_rng()
    return [
        {"learning_rate": low * (high / low) ** rng.random(), "width": int(rng.choice(widths))} for _ in range(trials)
    ]


@random_configs.mistake(
    "seed-ignored",
    "Every seed draws the same list. Which of your parameters have you not used?",
    when=_drew("seed-ignored"),
)
def _(trials, low, high, widths, seed):
    rng = np.random.default_rng(0)
    return [
        {"learning_rate": low * (high / low) ** rng.random(), "width": int(rng.choice(widths))} for _ in range(trials)
    ]


@random_configs.mistake(
    "tied",
    "One random number sets both the rate and the width, so you search along a line only. How many draws does a setting need?",
    when=_drew("tied"),
)
def _(trials, low, high, widths, seed):
    rng = np.random.default_rng(seed)
    draws = rng.random(trials)
    return [{"learning_rate": low * (high / low) ** u, "width": widths[int(u * len(widths))]} for u in draws]


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


# Successive halving -------------------------------------------------------------------------------------


def practice_accuracy(config: Mapping[str, float], epochs: int) -> float:
    """ceiling - delay / epochs: a stand-in for training, whose accuracy rises towards `ceiling`.

    >>> practice_accuracy({"ceiling": 0.9, "delay": 0.4}, 2)
    0.7
    """
    return config["ceiling"] - config["delay"] / epochs


def halved(train, configs, epochs):
    """Train all, keep the better half, double the epochs, until one is left; the winner and all epochs spent."""
    spent = 0
    while len(configs) > 1:
        scores = [train(config, epochs) for config in configs]
        spent += epochs * len(configs)
        best_first = np.argsort(scores)[::-1]
        configs = [configs[i] for i in best_first[: len(configs) // 2]]
        epochs *= 2
    return configs[0], spent


halving = lesson.function(
    "halving", reference=halved, points=4, answer="successive_halving", title="Successive halving"
)

FOUR = [
    {"ceiling": 0.9, "delay": 0.5},
    {"ceiling": 0.8, "delay": 0.2},
    {"ceiling": 0.7, "delay": 0.05},
    {"ceiling": 0.6, "delay": 0.1},
]


@halving.cases
def _(rng):
    def field(size):
        # Ceilings and delays rise together, so who leads after one epoch seldom wins.
        ceilings = np.sort(rng.uniform(0.5, 0.99, size=size))
        delays = 0.9 * (ceilings - 0.5) + rng.uniform(0, 0.02, size=size)
        order = rng.permutation(size)
        return [{"ceiling": float(ceilings[i]), "delay": float(delays[i])} for i in order]

    yield small("the four of the table, from 1 epoch", practice_accuracy, FOUR, 1)
    yield random("8 settings, from 1 epoch", practice_accuracy, field(8), 1)
    yield random("16 settings, from 3 epochs", practice_accuracy, field(16), 3)
    yield edge("seven settings, an odd number", practice_accuracy, field(7), 2)
    yield edge("a single setting", practice_accuracy, field(1), 1)


@halving.mistake(
    "never-doubles",
    "Every round trained for the same number of epochs. What do the survivors get that the losers did not?",
)
def _(train, configs, epochs):
    spent = 0
    while len(configs) > 1:
        spent += epochs * len(configs)
        configs = sorted(configs, key=lambda c: -train(c, epochs))[: len(configs) // 2]
    return configs[0], spent


@halving.mistake("keeps-the-worse", "Your winner is one of the worst. Which end of a sorted list holds the best?")
def _(train, configs, epochs):
    spent = 0
    while len(configs) > 1:
        spent += epochs * len(configs)
        configs = sorted(configs, key=lambda c: train(c, epochs))[: len(configs) // 2]
        epochs *= 2
    return configs[0], spent


@halving.mistake(
    "drops-one",
    "Each round dropped a single setting, and that is dear. How many should stay in the race after a round?",
)
def _(train, configs, epochs):
    spent = 0
    while len(configs) > 1:
        spent += epochs * len(configs)
        configs = sorted(configs, key=lambda c: -train(c, epochs))[:-1]
        epochs *= 2
    return configs[0], spent


@halving.mistake("one-round", "You stopped after the first round. How many settings should be left when the race ends?")
def _(train, configs, epochs):
    if len(configs) == 1:
        return configs[0], 0
    return max(configs, key=lambda c: train(c, epochs)), epochs * len(configs)


@halving.mistake(
    "old-scores",
    "The first scores decided all rounds. After the epochs are doubled, what must happen before you compare again?",
)
def _(train, configs, epochs):
    spent = 0
    configs = sorted(configs, key=lambda c: -train(c, epochs))
    while len(configs) > 1:
        spent += epochs * len(configs)
        configs = configs[: len(configs) // 2]
        epochs *= 2
    return configs[0], spent


@halving.mistake(
    "counts-rounds-only",
    "The winner is right, the bill is not: you added a round's epochs once. How many settings trained that long?",
)
def _(train, configs, epochs):
    spent = 0
    while len(configs) > 1:
        spent += epochs
        configs = sorted(configs, key=lambda c: -train(c, epochs))[: len(configs) // 2]
        epochs *= 2
    return configs[0], spent


@halving.mistake(
    "bill-after-the-cut",
    "The winner is right, the bill is too small: you count who is left *after* the round. How many were trained in it?",
)
def _(train, configs, epochs):
    spent = 0
    while len(configs) > 1:
        configs = sorted(configs, key=lambda c: -train(c, epochs))[: len(configs) // 2]
        spent += epochs * len(configs)
        epochs *= 2
    return configs[0], spent


@halving.mistake(
    "keeps-the-larger-half",
    "With an odd number you keep the larger half: 4 of 7. The text asks for 3; which division rounds down?",
)
def _(train, configs, epochs):
    spent = 0
    while len(configs) > 1:
        spent += epochs * len(configs)
        configs = sorted(configs, key=lambda c: -train(c, epochs))[: (len(configs) + 1) // 2]
        epochs *= 2
    return configs[0], spent


@halving.mistake(
    "doubles-too-early", "The first round already ran with doubled epochs. At which end of the loop do you double?"
)
def _(train, configs, epochs):
    spent = 0
    while len(configs) > 1:
        epochs *= 2
        spent += epochs * len(configs)
        configs = sorted(configs, key=lambda c: -train(c, epochs))[: len(configs) // 2]
    return configs[0], spent


@halving.mistake(
    "shrinks-the-callers-list",
    "The answer is right, but the caller's list has lost its settings: `sort` and `del` change it. What makes a new list?",
)
def _(train, configs, epochs):
    spent = 0
    while len(configs) > 1:
        spent += epochs * len(configs)
        configs.sort(key=lambda c: -train(c, epochs))
        del configs[len(configs) // 2 :]
        epochs *= 2
    return configs[0], spent


@halving.mistake("winner-only", "That is a winner, without the bill. Which two things should come back?")
def _(train, configs, epochs):
    while len(configs) > 1:
        configs = sorted(configs, key=lambda c: -train(c, epochs))[: len(configs) // 2]
        epochs *= 2
    return configs[0]


@halving.variant("sorted")
def _(train, configs, epochs):
    spent, left = 0, list(configs)
    while len(left) > 1:
        spent += epochs * len(left)
        left = sorted(left, key=lambda config: train(config, epochs), reverse=True)[: len(left) // 2]
        epochs = 2 * epochs
    return left[0], spent


@halving.variant("calls itself")
def _(train, configs, epochs):
    def race(left, length):
        if len(left) == 1:
            return [left[0], 0]
        scores = np.array([train(config, length) for config in left])
        best = np.argsort(-scores)[: len(left) // 2]
        winner, rest = race([left[i] for i in best], 2 * length)
        return [winner, length * len(left) + rest]

    return tuple(race(configs, epochs))


# A search space for a search program --------------------------------------------------------------------


class Trial:
    """Stands for Optuna's trial: `suggest_...` gives the value that lies `place(name)` of the way, from 0 to 1.

    Its methods need no object, so the class itself is handed to an answer.

    >>> Halfway.suggest_float("rate", 0.001, 0.1, log=True), Halfway.suggest_int("layers", 1, 3)
    (0.01, 2)
    """

    @staticmethod
    def place(name: str) -> float:
        """How far from the lowest value towards the highest."""
        raise NotImplementedError

    @classmethod
    def suggest_float(
        cls, name: str, low: float, high: float, *, step: float | None = None, log: bool = False
    ) -> float:
        """A number from low to high, on a linear or a log scale."""
        if log and low <= 0:
            raise ValueError(f"a log scale begins above 0, but `low` of {name!r} is {low}")
        u = cls.place(name)
        value = low * (high / low) ** u if log else low + u * (high - low)
        return float(round(value, 12) if step is None else low + step * round((value - low) / step))

    @classmethod
    def suggest_int(cls, name: str, low: int, high: int, *, step: int = 1, log: bool = False) -> int:
        """A whole number from low to high, both included."""
        if log:
            return round(low * (high / low) ** cls.place(name))
        count = (high - low) // step + 1
        return low + step * min(count - 1, int(cls.place(name) * count))

    @classmethod
    def suggest_categorical(cls, name: str, choices: Sequence[Any]) -> Any:
        """One of the choices."""
        return choices[min(len(choices) - 1, int(cls.place(name) * len(choices)))]


class Lowest(Trial):
    """Always the lowest value, or the first choice."""

    @staticmethod
    def place(name: str) -> float:
        return 0.0


class Halfway(Trial):
    """Always the value in the middle of the scale."""

    @staticmethod
    def place(name: str) -> float:
        return 0.5


class Highest(Trial):
    """Always the highest value, or the last choice."""

    @staticmethod
    def place(name: str) -> float:
        return 1.0


class ByName(Trial):
    """A value that depends on the name, so that one name used twice gives two equal places."""

    @staticmethod
    def place(name: str) -> float:
        known = {"learning_rate": 0.3, "layers": 0.9, "width": 0.2, "batch_size": 0.7, "dropout": 0.6}
        return known.get(name, 0.05)


def proposed(trial, low, high, widths, batch_sizes):
    """Five hyperparameters, each asked of the trial on its own scale."""
    return {
        "learning_rate": trial.suggest_float("learning_rate", low, high, log=True),
        "layers": trial.suggest_int("layers", 1, 3),
        "width": trial.suggest_categorical("width", widths),
        "batch_size": trial.suggest_categorical("batch_size", batch_sizes),
        "dropout": trial.suggest_float("dropout", 0.0, 0.5),
    }


search_space = lesson.function("search-space", reference=proposed, points=3, title="A search space")


@search_space.cases
def _(rng):
    low, high = float(10.0 ** rng.uniform(-5, -3)), float(10.0 ** rng.uniform(-1, 1))
    widths = [int(w) for w in np.cumsum(rng.integers(5, 60, size=5))]
    sizes = [int(s) for s in np.cumsum(rng.integers(5, 60, size=4))]
    yield small("every value halfway", Halfway, 0.001, 0.1, [16, 32, 96], [8, 16, 64])
    yield random("another place for each name", ByName, low, high, widths, sizes)
    yield random("every value halfway, another space", Halfway, low, high, widths, sizes)
    yield edge("all lowest", Lowest, low, high, widths, sizes)
    yield edge("all highest", Highest, low, high, widths, sizes)


@search_space.mistake(
    "linear-rate",
    "Halfway from 0.001 to 0.1 came out near 0.05. On which scale should a learning rate be searched?",
)
def _(trial, low, high, widths, batch_sizes):
    return {
        "learning_rate": trial.suggest_float("learning_rate", low, high),
        "layers": trial.suggest_int("layers", 1, 3),
        "width": trial.suggest_categorical("width", widths),
        "batch_size": trial.suggest_categorical("batch_size", batch_sizes),
        "dropout": trial.suggest_float("dropout", 0.0, 0.5),
    }


@search_space.mistake(
    "range-of-widths",
    "You let the width be any whole number between the first and the last. What are the only widths that are allowed?",
)
def _(trial, low, high, widths, batch_sizes):
    return {
        "learning_rate": trial.suggest_float("learning_rate", low, high, log=True),
        "layers": trial.suggest_int("layers", 1, 3),
        "width": trial.suggest_int("width", widths[0], widths[-1]),
        "batch_size": trial.suggest_categorical("batch_size", batch_sizes),
        "dropout": trial.suggest_float("dropout", 0.0, 0.5),
    }


@search_space.mistake(
    "fixed-bounds",
    "Your bounds of the learning rate are numbers in the code. Which parameters hold the bounds that the caller wants?",
)
def _(trial, low, high, widths, batch_sizes):
    return {
        "learning_rate": trial.suggest_float("learning_rate", 0.001, 0.1, log=True),
        "layers": trial.suggest_int("layers", 1, 3),
        "width": trial.suggest_categorical("width", widths),
        "batch_size": trial.suggest_categorical("batch_size", batch_sizes),
        "dropout": trial.suggest_float("dropout", 0.0, 0.5),
    }


@search_space.mistake(
    "fractional-layers", "A network with 2.8 layers cannot be built. Which `suggest_` gives whole numbers?"
)
def _(trial, low, high, widths, batch_sizes):
    return {
        "learning_rate": trial.suggest_float("learning_rate", low, high, log=True),
        "layers": trial.suggest_float("layers", 1, 3),
        "width": trial.suggest_categorical("width", widths),
        "batch_size": trial.suggest_categorical("batch_size", batch_sizes),
        "dropout": trial.suggest_float("dropout", 0.0, 0.5),
    }


@search_space.mistake(
    "layers-without-three",
    "Three layers are never tried. `suggest_int` is not `range`: does it include its upper bound?",
)
def _(trial, low, high, widths, batch_sizes):
    return {
        "learning_rate": trial.suggest_float("learning_rate", low, high, log=True),
        "layers": trial.suggest_int("layers", 1, 2),
        "width": trial.suggest_categorical("width", widths),
        "batch_size": trial.suggest_categorical("batch_size", batch_sizes),
        "dropout": trial.suggest_float("dropout", 0.0, 0.5),
    }


@search_space.mistake(
    "dropout-to-one",
    "At its highest your dropout is 1: every neuron is silenced. How far does the table let it go?",
)
def _(trial, low, high, widths, batch_sizes):
    return {
        "learning_rate": trial.suggest_float("learning_rate", low, high, log=True),
        "layers": trial.suggest_int("layers", 1, 3),
        "width": trial.suggest_categorical("width", widths),
        "batch_size": trial.suggest_categorical("batch_size", batch_sizes),
        "dropout": trial.suggest_float("dropout", 0.0, 1.0),
    }


@search_space.mistake(
    "names-mixed-up",
    "The search program tells hyperparameters apart by name, and two of yours share one. Which name does each need?",
)
def _(trial, low, high, widths, batch_sizes):
    return {
        "learning_rate": trial.suggest_float("learning_rate", low, high, log=True),
        "layers": trial.suggest_int("layers", 1, 3),
        "width": trial.suggest_categorical("width", widths),
        "batch_size": trial.suggest_categorical("width", batch_sizes),
        "dropout": trial.suggest_float("dropout", 0.0, 0.5),
    }


@search_space.variant("filled line by line")
def _(trial, low, high, widths, batch_sizes):
    config = {}
    config["dropout"] = trial.suggest_float("dropout", 0, 0.5)
    config["learning_rate"] = trial.suggest_float(name="learning_rate", low=low, high=high, log=True)
    config["layers"] = trial.suggest_int(name="layers", low=1, high=3)
    for name, choices in (("width", widths), ("batch_size", batch_sizes)):
        config[name] = trial.suggest_categorical(name, choices)
    return config


@search_space.variant("layers as a choice")
def _(trial, low, high, widths, batch_sizes):
    return {
        "dropout": trial.suggest_float("dropout", low=0.0, high=0.5),
        "batch_size": trial.suggest_categorical("batch_size", tuple(batch_sizes)),
        "width": trial.suggest_categorical("width", tuple(widths)),
        "layers": trial.suggest_categorical("layers", [1, 2, 3]),
        "learning_rate": trial.suggest_float("learning_rate", low, high, log=True),
    }


# Mean and standard error --------------------------------------------------------------------------------


def mean_with_error(scores):
    """The mean, and the standard deviation (divided by n - 1) over the root of n."""
    n = len(scores)
    return scores.mean(), np.sqrt(np.sum((scores - scores.mean()) ** 2) / (n - 1)) / np.sqrt(n)


mean_error = lesson.function(
    "mean-error", reference=mean_with_error, points=2, answer="mean_and_error", title="Mean and standard error"
)


@mean_error.cases
def _(rng):
    yield small("90, 92, 94 and 92", np.array([90.0, 92.0, 94.0, 92.0]))
    yield random("six runs", rng.normal(90, 2, size=6))
    yield random("eleven runs", rng.normal(0.9, 0.02, size=11))
    yield edge("two runs", rng.normal(90, 2, size=2))
    yield edge("always the same", np.full(5, 91.0))


@mean_error.mistake(
    "divides-by-n",
    "Close, but a little too small. Seen from their own mean, n numbers hold only n - 1 free differences. "
    "Which argument of std says so?",
)
def _(scores):
    return scores.mean(), scores.std() / np.sqrt(len(scores))


@mean_error.mistake(
    "deviation", "That is the spread of single runs. The mean of several runs is surer than one run; by which factor?"
)
def _(scores):
    return scores.mean(), scores.std(ddof=1)


@mean_error.mistake(
    "no-root", "You divided by n. Four times as many runs halve the error; which function of n does that?"
)
def _(scores):
    return scores.mean(), scores.std(ddof=1) / len(scores)


@mean_error.mistake("variance", "The variance is in squared units. What turns it into the unit of the scores?")
def _(scores):
    return scores.mean(), scores.var(ddof=1) / np.sqrt(len(scores))


@mean_error.mistake("square-of-it", "That is the square of the standard error. What is the last thing to do?")
def _(scores):
    return scores.mean(), scores.var(ddof=1) / len(scores)


@mean_error.mistake(
    "best-run", "You report the best run. Would the next run come out like the best one, or like the mean?"
)
def _(scores):
    return scores.max(), scores.std(ddof=1) / np.sqrt(len(scores))


@mean_error.mistake("swapped", "Both numbers are right but in the wrong order. Which comes first, mean or error?")
def _(scores):
    return scores.std(ddof=1) / np.sqrt(len(scores)), scores.mean()


@mean_error.mistake(
    "sum-before-square",
    "Your error is always 0: the differences from the mean cancel in the sum. What happens to each of them first?",
)
def _(scores):
    n = len(scores)
    return scores.mean(), np.sqrt(np.sum(scores - scores.mean()) ** 2 / (n - 1)) / np.sqrt(n)


@mean_error.mistake("root-of-n-minus-one", "n - 1 stands inside s only. Of which number is the root outside?")
def _(scores):
    return scores.mean(), scores.std(ddof=1) / np.sqrt(len(scores) - 1)


@mean_error.variant("ddof")
def _(scores):
    return float(np.mean(scores)), float(np.std(scores, ddof=1) / len(scores) ** 0.5)


@mean_error.variant("one root, in a loop")
def _(scores):
    mean = sum(scores) / len(scores)
    squares = 0.0
    for score in scores:
        squares += (score - mean) ** 2
    return [mean, (squares / (len(scores) * (len(scores) - 1))) ** 0.5]


# Is A really better than B? -----------------------------------------------------------------------------


def verdict(a, b):
    """ "A" or "B" when the mean difference is more than two standard errors of the differences, else "not sure"."""
    difference = a - b
    error = difference.std(ddof=1) / np.sqrt(len(difference))
    if abs(difference.mean()) <= 2 * error:
        return "not sure"
    return "A" if difference.mean() > 0 else "B"


better = lesson.function("really-better", reference=verdict, points=3, title="Is A really better than B?")


@better.cases
def _(rng):
    def runs(n, errors):
        """Two lists of scores whose mean difference is exactly so many standard errors; the seeds differ far more."""
        noise = rng.normal(size=n)
        difference = errors / np.sqrt(n) + (noise - noise.mean()) / noise.std(ddof=1)
        b = 80 + 12 * rng.permutation(np.linspace(-1, 1, n))
        return b + difference, b

    yield small("differences 1, 2, 3 and 2", np.array([80.0, 90.0, 85.0, 75.0]), np.array([79.0, 88.0, 82.0, 73.0]))
    yield small("differences -1, -3, -3 and -1", np.array([80.0, 90.0, 85.0, 75.0]), np.array([81.0, 93.0, 88.0, 76.0]))
    yield small("differences 1, -1, 3 and -1", np.array([80.0, 90.0, 85.0, 75.0]), np.array([79.0, 91.0, 82.0, 76.0]))
    yield random("ten runs, a clear lead", *runs(10, rng.uniform(2.3, 5.5)))
    yield random("ten runs, a clear lag", *runs(10, -rng.uniform(2.3, 5.5)))
    yield random("ten runs, a small lead", *runs(10, rng.uniform(1.2, 1.8)))
    yield random("ten runs, a small lag", *runs(10, -rng.uniform(1.2, 1.8)))
    same = rng.normal(90, 2, size=5)
    yield edge("the same scores twice", same, same.copy())
    yield edge("always better by the same", np.array([80.0, 82.0, 90.0]) + 1, np.array([80.0, 82.0, 90.0]))


@better.mistake("means-only", "You only asked whose mean is higher. How large must a lead be before you trust it?")
def _(a, b):
    return "A" if a.mean() > b.mean() else "B"


@better.mistake(
    "unpaired",
    "Both saw the same seeds, yet you let the spread between seeds hide the lead. What do you get when you subtract seed by seed?",
)
def _(a, b):
    lead = a.mean() - b.mean()
    error = np.sqrt(a.var(ddof=1) / len(a) + b.var(ddof=1) / len(b))
    return "not sure" if abs(lead) <= 2 * error else "A" if lead > 0 else "B"


@better.mistake(
    "one-error", "You trust a lead of one standard error. Chance makes that often; which limit did we agree on?"
)
def _(a, b):
    d = a - b
    error = d.std(ddof=1) / np.sqrt(len(d))
    return "not sure" if abs(d.mean()) <= error else "A" if d.mean() > 0 else "B"


@better.mistake(
    "deviation",
    "You compared the mean with the spread of single differences. Is a mean of ten as unsure as one of them?",
)
def _(a, b):
    d = a - b
    return "not sure" if abs(d.mean()) <= 2 * d.std(ddof=1) else "A" if d.mean() > 0 else "B"


@better.mistake("swapped", "A wins where its scores are lower. Which sign has a - b when A is better?")
def _(a, b):
    d = a - b
    error = d.std(ddof=1) / np.sqrt(len(d))
    return "not sure" if abs(d.mean()) <= 2 * error else "B" if d.mean() > 0 else "A"


@better.mistake("B-never-wins", "B can never win here. What is the mean of a - b when B is clearly better?")
def _(a, b):
    d = a - b
    return "A" if d.mean() > 2 * d.std(ddof=1) / np.sqrt(len(d)) else "not sure"


@better.mistake("never-unsure", "Whenever A does not win, you say B. What is the third answer, and when is it due?")
def _(a, b):
    d = a - b
    return "A" if d.mean() > 2 * d.std(ddof=1) / np.sqrt(len(d)) else "B"


@better.mistake(
    "sign-forgotten",
    "B wins too easily: a small lead of A is below two standard errors as well. How far *below 0* must the mean be for B?",
)
def _(a, b):
    d = a - b
    error = d.std(ddof=1) / np.sqrt(len(d))
    return "A" if d.mean() > 2 * error else "B" if d.mean() < 2 * error else "not sure"


@better.mistake(
    "nothing-is-enough",
    "With the same scores twice, mean and error are both 0, and you name a winner. Is 0 *more than* 2 · 0?",
)
def _(a, b):
    d = a - b
    error = d.std(ddof=1) / np.sqrt(len(d))
    return "not sure" if abs(d.mean()) < 2 * error else "A" if d.mean() > 0 else "B"


@better.variant("in units of the standard error")
def _(a, b):
    d = np.asarray(a) - np.asarray(b)
    lead, error = d.mean(), np.sqrt(d.var(ddof=1) / d.size)
    if lead > 2 * error:
        return "A"
    return "B" if lead < -2 * error else "not sure"


@better.variant("both ends of the interval")
def _(a, b):
    d = [x - y for x, y in zip(a, b, strict=True)]
    error = float(np.std(d, ddof=1)) / len(d) ** 0.5
    low, high = float(np.mean(d)) - 2 * error, float(np.mean(d)) + 2 * error
    return "A" if low > 0 else "B" if high < 0 else "not sure"


# Choose, then report ------------------------------------------------------------------------------------


def chosen(validation, test):
    """The place of the best validation accuracy, and the test accuracy at that place."""
    best = int(np.argmax(validation))
    return best, test[best]


choose = lesson.function(
    "choose-report", reference=chosen, points=2, answer="choose_and_report", title="Choose, then report"
)


@choose.cases
def _(rng):
    def scores(n):
        """The best on validation is not the best on test, and neither is the best by their mean."""
        validation, test = rng.uniform(0.5, 0.8, size=(2, n))
        first, second, third = rng.permutation(n)[:3]
        validation[first], test[first] = rng.uniform(0.9, 0.92), rng.uniform(0.81, 0.83)
        validation[second], test[second] = rng.uniform(0.81, 0.82), rng.uniform(0.91, 0.92)
        validation[third], test[third] = rng.uniform(0.885, 0.895), rng.uniform(0.885, 0.895)
        return validation, test

    yield small("three settings", np.array([0.84, 0.91, 0.9]), np.array([0.88, 0.86, 0.9]))
    yield random("eight settings", *scores(8))
    yield random("twenty settings", *scores(20))
    yield edge("a single setting", np.array([0.7]), rng.uniform(0.6, 0.8, size=1))


@choose.mistake(
    "peeks", "You let the test set choose. Then it has become a second validation set, and who is left to judge?"
)
def _(validation, test):
    best = int(np.argmax(test))
    return best, test[best]


@choose.mistake(
    "reports-validation",
    "The choice is honest, the report is not: this number was the best of many, so luck is in it. Which digits are still unseen?",
)
def _(validation, test):
    best = int(np.argmax(validation))
    return best, validation[best]


@choose.mistake("best-test", "You chose by validation, then reported the best test score of all. Whose score is that?")
def _(validation, test):
    return int(np.argmax(validation)), test.max()


@choose.mistake("worst", "That is the setting with the lowest accuracy. Should an accuracy be high or low?")
def _(validation, test):
    best = int(np.argmin(validation))
    return best, test[best]


@choose.mistake("mean-of-both", "You let validation and test vote together. May the test set have any vote at all?")
def _(validation, test):
    best = int(np.argmax(validation + test))
    return best, test[best]


@choose.mistake("swapped", "Both numbers are there, in the wrong order. The place comes first, then the accuracy.")
def _(validation, test):
    best = int(np.argmax(validation))
    return test[best], best


@choose.mistake(
    "counted-from-one", "The accuracy is right, the place is one too high. From which number are places counted here?"
)
def _(validation, test):
    best = int(np.argmax(validation))
    return best + 1, test[best]


@choose.variant("a loop")
def _(validation, test):
    best = 0
    for i in range(1, len(validation)):
        if validation[i] > validation[best]:
            best = i
    return best, float(test[best])


@choose.variant("sorted, as a list")
def _(validation, test):
    best = sorted(range(len(validation)), key=lambda i: validation[i])[-1]
    return [best, test[best]]
