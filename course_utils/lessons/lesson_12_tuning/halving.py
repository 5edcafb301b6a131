"""Let settings race: train all, keep the better half, double the epochs."""

from collections import Counter
from collections.abc import Mapping
from itertools import count
from typing import Any

import numpy as np

from course_utils.exercises import FunctionExercise, edge, random, small


class TrainedTwice(RuntimeError):
    """Settings were trained twice for the same number of epochs."""


_trained: Counter[tuple[Any, int]] = Counter()  # how often each setting of the race now running, for so many epochs
_races = count(1)


def practice_accuracy(config: Mapping[str, Any], epochs: int) -> float:
    """ceiling - delay / epochs: a stand-in for training, whose accuracy rises towards `ceiling`.

    Errors: TrainedTwice when all settings of a race were trained again for as long, or some before the next round.

    >>> practice_accuracy({"ceiling": 0.9, "delay": 0.4}, 2)
    0.7
    """
    if "name" in config:
        _note(config["name"], epochs)
    return config["ceiling"] - config["delay"] / epochs


def quick_accuracy(config: Mapping[str, Any], epochs: int) -> float:
    """ceiling - delay / epochs²: another training, whose accuracy rises sooner."""
    return practice_accuracy({**config, "delay": config["delay"] / epochs}, epochs)


def _note(name: str, epochs: int) -> None:
    race = name.split(" in ")[1]
    if any(other.split(" in ")[1] != race for other, _ in _trained):
        _trained.clear()
    _trained[name, epochs] += 1
    earlier = [times for (_, length), times in _trained.items() if length < epochs]
    now = [times for (_, length), times in _trained.items() if length == epochs]
    if min(now) > 1 or max(earlier, default=1) > 1:
        raise TrainedTwice("a setting was trained twice for the same number of epochs")


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


halving = FunctionExercise(
    "halving", reference=halved, points=4, answer="successive_halving", title="Successive halving"
)

FOUR = [
    {"ceiling": 0.9, "delay": 0.5},
    {"ceiling": 0.8, "delay": 0.2},
    {"ceiling": 0.7, "delay": 0.05},
    {"ceiling": 0.6, "delay": 0.1},
]

EQUAL_LOSERS = [
    {"ceiling": 0.625, "delay": 0.125},
    {"ceiling": 0.9, "delay": 0.1},
    {"ceiling": 0.75, "delay": 0.25},
    {"ceiling": 0.95, "delay": 0.25},
]


@halving.drive
def _(race, train, configs, epochs):
    number = next(_races)
    named = ({"name": f"setting {i} in race {number}", **config} for i, config in enumerate(configs))
    runners = type(configs)(named)  # a list that refuses to be changed stays one
    result = race(train, runners, epochs)
    configs[:] = [_nameless(runner) for runner in runners]
    return [_nameless(part) for part in result] if isinstance(result, list | tuple) else _nameless(result)


def _nameless(runner: Any) -> Any:
    return {k: v for k, v in runner.items() if k != "name"} if isinstance(runner, dict) else runner


@halving.cases
def _(rng):
    def field(size):
        # Ceilings and delays rise together, so who leads after one epoch seldom wins.
        ceilings = np.sort(rng.uniform(0.5, 0.99, size=size))
        delays = 0.9 * (ceilings - 0.5) + rng.uniform(0, 0.02, size=size)
        order = rng.permutation(size)
        return [{"ceiling": float(ceilings[i]), "delay": float(delays[i])} for i in order]

    yield small("the four of the table, from 1 epoch", practice_accuracy, FOUR, 1)
    yield small("the four of the table, from 2 epochs", practice_accuracy, FOUR, 2)
    yield random("8 settings, from 1 epoch", practice_accuracy, field(8), 1)
    yield random("16 settings, from 3 epochs", practice_accuracy, field(16), 3)
    yield edge("seven settings, an odd number", practice_accuracy, field(7), 2)
    yield edge("a single setting", practice_accuracy, field(1), 1)
    yield edge("the four again, in another training, from 2 epochs", quick_accuracy, FOUR, 2)
    yield edge("four settings, the two worst equally good", practice_accuracy, EQUAL_LOSERS, 1)
    yield edge("two settings", practice_accuracy, field(2), 5)
    yield edge("a hundred settings, from 2 epochs", practice_accuracy, field(100), 2)


@halving.variant("the length of a round by name")
def _(train, configs, epochs):
    spent, length = 0, epochs
    while len(configs) > 1:
        spent += length * len(configs)
        best_first = sorted(configs, key=lambda c: -train(c, length))
        configs = best_first[: len(configs) // 2]
        length *= 2
    return configs[0], spent


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


halving.slip(
    "never-doubles",
    "Every round trained for the same number of epochs. What do the survivors get that the losers did not?",
    "        length *= 2\n",
    "",
)

halving.slip(
    "keeps-the-worse",
    "Your winner is one of the worst. Which end of a sorted list holds the best?",
    "-train(c, length)",
    "train(c, length)",
)

halving.slip(
    "drops-one",
    "Each round dropped a single setting, and that costs many epochs. How many should stay in the race after a round?",
    "[: len(configs) // 2]",
    "[:-1]",
)

halving.slip(
    "one-round",
    "You stopped after the first round. How many settings should be left when the race ends?",
    "while len(configs) > 1:",
    "if len(configs) > 1:",
)

halving.slip(
    "old-scores",
    "The first scores decided all rounds. After the epochs are doubled, what must happen before you compare again?",
    "train(c, length)",
    "train(c, epochs)",
)

halving.slip(
    "trains-twice",
    "Settings are trained twice for as many epochs, and counted once. A training takes hours: which line trains them a second time, and can it use the accuracies of the first?",
    "        spent += length * len(configs)\n",
    "        spent += length * len(configs)\n        scores = [train(c, length) for c in configs]\n",
)

halving.slip(
    "counts-rounds-only",
    "The winner is right, the bill is not: you added a round's epochs once. How many settings trained that long?",
    "length * len(configs)",
    "length",
)

halving.slip(
    "bill-after-the-cut",
    "The winner is right, the bill is too small: you count who is left *after* the round. How many were trained in it?",
    "length * len(configs)",
    "length * (len(configs) // 2)",
)

halving.slip(
    "keeps-the-larger-half",
    "With an odd number you keep the larger half: 4 of 7. The text asks for 3; which division rounds down?",
    "[: len(configs) // 2]",
    "[: (len(configs) + 1) // 2]",
)

halving.slip(
    "doubles-too-early",
    "The first round already ran with doubled epochs. At which end of the loop do you double?",
    "spent, length = 0, epochs",
    "spent, length = 0, 2 * epochs",
)

halving.slip(
    "shrinks-the-callers-list",
    "The answer is right, but the caller's list has lost its settings: `del`, `pop`, `remove` and `configs[:] = …` change it. What "
    "makes a new list?",
    "configs = best_first",
    "configs[:] = best_first",
)

halving.slip(
    "winner-only",
    "That is a winner, without the bill. Which two things should come back?",
    "return configs[0], spent",
    "return configs[0]",
)

halving.slip(
    "adds-for-doubling",
    "The rounds grow by the same number of epochs each time. What does *double* ask for after the second round?",
    "length *= 2",
    "length += epochs",
)

halving.slip(
    "bill-after-doubling",
    "The winner is right, the bill is twice too high: you double the epochs before you write it. Which length was trained?",
    "length * len(configs)",
    "2 * length * len(configs)",
)

halving.slip(
    "last-of-the-sorted",
    "The worst of the settings that were kept goes on, and wins. Which end of the list is the best?",
    "configs = best_first[: len(configs) // 2]",
    "configs = best_first[: len(configs) // 2][-1:]",
)


halving.equivalent("configs[0]", why="only one is left")
halving.equivalent("left[0]", why="only one is left")
halving.equivalent("train", "changed in place", why="a function cannot be changed")
halving.equivalent("epochs", "changed in place", why="a number cannot be changed")
