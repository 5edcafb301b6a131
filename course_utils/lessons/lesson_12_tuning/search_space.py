"""Ask Optuna's trial for five hyperparameters, each on its own scale."""

import zlib
from collections.abc import Sequence
from typing import Any

import numpy as np

from course_utils.exercises import FunctionExercise, edge, random, small


class Trial:
    """Stands for Optuna's trial: `suggest_...` gives the value that lies `place(name, ...)` of the way, from 0 to 1.

    Its methods need no object, so the class itself is handed to an answer.

    >>> Halfway.suggest_float("rate", 0.001, 0.1, log=True), Halfway.suggest_int("layers", 1, 3)
    (0.01, 2)
    """

    @staticmethod
    def place(name: str, low: Any, high: Any, log: bool = False) -> float:
        """How far from the lowest value towards the highest."""
        raise NotImplementedError

    @classmethod
    def suggest_float(
        cls, name: str, low: float, high: float, *, step: float | None = None, log: bool = False
    ) -> float:
        """A number from low to high, on a linear or a log scale."""
        if log and low <= 0:
            raise ValueError(f"a log scale begins above 0, but `low` of {name!r} is {low}")
        u = cls.place(name, low, high, log)
        value = low * (high / low) ** u if log else low + u * (high - low)
        return float(round(value, 12) if step is None else low + step * round((value - low) / step))

    @classmethod
    def suggest_int(cls, name: str, low: int, high: int, *, step: int = 1, log: bool = False) -> int:
        """A whole number from low to high, both included."""
        u = cls.place(name, low, high, log)
        if log:
            return round(low * (high / low) ** u)
        count = (high - low) // step + 1
        return low + step * min(count - 1, int(u * count))

    @classmethod
    def suggest_categorical(cls, name: str, choices: Sequence[Any]) -> Any:
        """One of the choices."""
        u = cls.place(name, choices[0], choices[-1])
        return choices[min(len(choices) - 1, int(u * len(choices)))]


class Lowest(Trial):
    """Always the lowest value, or the first choice."""

    @staticmethod
    def place(name: str, low: Any, high: Any, log: bool = False) -> float:
        return 0.0


class Halfway(Trial):
    """Always the value in the middle of the scale."""

    @staticmethod
    def place(name: str, low: Any, high: Any, log: bool = False) -> float:
        return 0.5


class Highest(Trial):
    """Always the highest value, or the last choice."""

    @staticmethod
    def place(name: str, low: Any, high: Any, log: bool = False) -> float:
        return 1.0


class ByName(Trial):
    """A value that depends on the name, so that one name used twice gives two equal places."""

    @staticmethod
    def place(name: str, low: Any, high: Any, log: bool = False) -> float:
        known = {"learning_rate": 0.3, "layers": 0.9, "width": 0.2, "batch_size": 0.7, "dropout": 0.6}
        return known.get(name, 0.05)


class ByQuestion(Trial):
    """A value that depends on everything that is asked: name, range and scale."""

    search = 1

    @classmethod
    def place(cls, name: str, low: Any, high: Any, log: bool = False) -> float:
        return zlib.crc32(f"{cls.search} {name} {float(low):.12g} {float(high):.12g} {bool(log)}".encode()) / 2**32


class BySecondQuestion(ByQuestion):
    """Other values than `ByQuestion`."""

    search = 39


class ByThirdQuestion(ByQuestion):
    """Other values again."""

    search = 32


def proposed(trial, low, high, widths, batch_sizes):
    """Five hyperparameters, each asked of the trial on its own scale."""
    return {
        "learning_rate": trial.suggest_float("learning_rate", low, high, log=True),
        "layers": trial.suggest_int("layers", 1, 3),
        "width": trial.suggest_categorical("width", widths),
        "batch_size": trial.suggest_categorical("batch_size", batch_sizes),
        "dropout": trial.suggest_float("dropout", 0.0, 0.5),
    }


search_space = FunctionExercise("search-space", reference=proposed, points=3, title="A search space")


@search_space.cases
def _(rng):
    low, high = float(10.0 ** rng.uniform(-5, -3)), float(10.0 ** rng.uniform(-1, 1))
    widths = [int(w) for w in np.cumsum(rng.integers(5, 60, size=11))]
    sizes = [int(s) for s in np.cumsum(rng.integers(5, 60, size=9))]
    yield small("every value halfway", Halfway, 0.001, 0.1, [16, 32, 96], [8, 16, 64])
    yield random("another place for each name", ByName, low, high, widths, sizes)
    yield random("every value halfway, another space", Halfway, low, high, widths, sizes)
    yield edge("all lowest", Lowest, low, high, widths, sizes)
    yield edge("all highest", Highest, low, high, widths, sizes)
    for number, trial in enumerate((ByQuestion, BySecondQuestion, ByThirdQuestion), start=1):
        label = f"what comes depends on name, range and scale, search {number}"
        yield random(label, trial, low, high, widths, sizes)


search_space.variant("one dict")(proposed)


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


search_space.slip(
    "linear-rate",
    "Halfway from 0.001 to 0.1 came out near 0.05. On which scale should a learning rate be searched?",
    ", log=True",
    "",
)

search_space.slip(
    "range-of-widths",
    "You let the width be any whole number between the first and the last. What are the only widths that are allowed?",
    'suggest_categorical("width", widths)',
    'suggest_int("width", widths[0], widths[-1])',
)

search_space.slip(
    "fixed-bounds",
    "Your bounds of the learning rate are numbers in the code. Which parameters hold the bounds that the caller wants?",
    "low, high, log=True",
    "0.001, 0.1, log=True",
)

search_space.slip(
    "fractional-layers",
    "A network with 2.8 layers cannot be built. Which `suggest_` gives whole numbers?",
    "suggest_int",
    "suggest_float",
)

search_space.slip(
    "layers-without-three",
    "Three layers are never tried. `suggest_int` is not `range`: does it include its upper bound?",
    '"layers", 1, 3',
    '"layers", 1, 2',
)

search_space.slip(
    "dropout-to-one",
    "At its highest your dropout is 1: every neuron is silenced. How far does the table let it go?",
    "0.0, 0.5",
    "0.0, 1.0",
)

search_space.slip(
    "names-mixed-up",
    "The search program tells hyperparameters apart by name, and two of yours share one. Which name does each need?",
    'suggest_categorical("batch_size"',
    'suggest_categorical("width"',
)

search_space.slip(
    "power-of-a-number",
    "You ask for an exponent and raise 10 to it yourself. Then the program remembers exponents under the name of the rate. "
    "Which argument of `suggest_float` searches on a log scale by itself?",
    'trial.suggest_float("learning_rate", low, high, log=True)',
    '10 ** trial.suggest_float("learning_rate", np.log10(low), np.log10(high))',
)

search_space.slip(
    "counted-from-zero",
    "You ask for 0, 1 or 2 layers and add one. The program remembers what it was asked for: which bounds give 1, 2 and 3?",
    'trial.suggest_int("layers", 1, 3)',
    '1 + trial.suggest_int("layers", 0, 2)',
)

search_space.slip(
    "dropout-by-half",
    "You ask for a number up to 1 and halve it. The program remembers what it was asked for: which bounds does the table give?",
    'trial.suggest_float("dropout", 0.0, 0.5)',
    'trial.suggest_float("dropout", 0.0, 1.0) / 2',
)

search_space.slip(
    "steps",
    "Your dropout comes in steps of 0.1. Any number from 0 to 0.5 may be tried: which argument is too many?",
    '"dropout", 0.0, 0.5',
    '"dropout", 0.0, 0.5, step=0.1',
)

search_space.slip(
    "width-by-place",
    "You ask for a place in the list and look the width up. Then the program remembers places, not widths. "
    "Which `suggest_` takes the list itself?",
    'trial.suggest_categorical("width", widths)',
    'widths[trial.suggest_int("width", 0, len(widths) - 1)]',
)

search_space.slip(
    "dropout-on-a-log-scale",
    "A log scale never reaches 0, so your dropout begins a little above it. On which scale does the table want it?",
    '"dropout", 0.0, 0.5',
    '"dropout", 0.001, 0.5, log=True',
)

search_space.slip(
    "four-layers",
    "Four layers are tried as well. `suggest_int` includes its upper bound: what is the highest number that the table allows?",
    '"layers", 1, 3',
    '"layers", 1, 4',
)

search_space.slip(
    "range-of-batch-sizes",
    "You let the batch size be any whole number between the first and the last. Which are the only ones that are allowed?",
    'suggest_categorical("batch_size", batch_sizes)',
    'suggest_int("batch_size", batch_sizes[0], batch_sizes[-1])',
)

search_space.slip(
    "widths-for-batches",
    "Your batch size is one of the widths. Which list belongs to it?",
    '"batch_size", batch_sizes',
    '"batch_size", widths',
)


search_space.equivalent("trial", "changed in place", why="a trial cannot be changed")
