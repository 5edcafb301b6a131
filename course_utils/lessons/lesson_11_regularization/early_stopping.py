"""Find the epoch at which a patient training stops, and the best one until then."""

import numpy as np

from course_utils.exercises import FunctionExercise, edge, random, small


def stopped_and_best(val_losses, patience):
    """The epoch after which training stops and the best epoch until then, both counted from 1."""
    best = 1
    for epoch, loss in enumerate(val_losses, start=1):
        if loss < val_losses[best - 1]:
            best = epoch
        if epoch - best >= patience:
            break
    return epoch, best


early_stopping = FunctionExercise("early-stopping", reference=stopped_and_best, points=3, title="Early stopping")


@early_stopping.cases
def _(rng):
    yield small("best at epoch 3, then two without a better one", [0.9, 0.6, 0.5, 0.55, 0.52, 0.53, 0.4], 2)
    # Falls to its best at epoch `low`, then wavers above it; a still better one waits beyond the stop.
    low, patience = int(rng.integers(4, 8)), int(rng.integers(3, 5))
    fall = np.sort(rng.uniform(0.5, 1.0, size=low))[::-1]
    waver = fall[-1] + np.where(np.arange(patience + 1) % 2, 0.04, 0.08) + rng.uniform(0, 0.01, size=patience + 1)
    yield random(
        f"a long training, patience {patience}", [*map(float, fall), *map(float, waver), 0.45, 0.4, 0.3], patience
    )
    yield random(
        "a pause of two epochs, patience 3",
        [0.9, 0.7, 0.75, 0.72, float(rng.uniform(0.5, 0.6)), 0.8, 0.7, 0.75, 0.3],
        3,
    )
    falls = float(rng.uniform(1e-6, 1e-5))
    yield random("better by next to nothing is better", [0.6, 0.5, 0.5 - falls, 0.7, 0.5 - 2 * falls, 0.8, 0.9, 0.1], 2)
    yield random("as good as the best, again and again, patience 3", [0.5, 0.7, 0.5, 0.5, 0.2], 3)
    yield random("losses below 0", [-0.5, -0.9, -0.7, -0.8, -0.6, -2.0], 3)
    yield random("large losses", [9000.0, 4000.0, 5000.0, 3000.0, 3500.0, 3600.0, 10.0], 2)
    yield random(
        "a better one long after the stop, and long before the end",
        [0.9, 0.5, 0.6, 0.7, 0.3, 0.4, 0.45, 0.5, 0.6, 0.7, 0.8],
        2,
    )
    yield edge("patience 1", [0.9, 0.8, 0.85, 0.1], 1)
    yield edge("a single epoch", [0.4], 2)
    yield edge("worse from the start", [0.4, 0.5, 0.6, 0.7, 0.3], 3)
    yield edge("the end comes one epoch before patience is over", [0.8, 0.5, 0.6], 2)
    yield edge("patience runs out in the last epoch", [0.8, 0.5, 0.6, 0.7], 2)
    yield edge("better in every epoch", list(map(float, np.sort(rng.uniform(size=6))[::-1])), 2)
    yield edge("the end comes before patience is over", [0.8, 0.5, 0.6, 0.7], 5)
    yield edge("as good as the best is not better", [0.7, 0.5, 0.5, 0.5, 0.4], 2)


early_stopping.variant("the best epoch so far")(stopped_and_best)


@early_stopping.variant("with a counter")
def _(val_losses, patience):
    lowest, best, wait = float("inf"), 0, 0
    for i, loss in enumerate(val_losses):
        if loss < lowest:
            lowest, best, wait = loss, i, 0
        else:
            wait += 1
            if wait == patience:
                return i + 1, best + 1
    return len(val_losses), best + 1


@early_stopping.variant("argmin of what has been seen, as a list")
def _(val_losses, patience):
    for epoch in range(1, len(val_losses) + 1):
        best = int(np.argmin(val_losses[:epoch])) + 1
        if epoch - best == patience:
            return [epoch, best]
    return [len(val_losses), best]


early_stopping.slip(
    "looks-into-the-future",
    "Your best epoch lies after the stop. Those epochs were never trained: which losses may you look at?",
    "return epoch, best",
    "return epoch, int(np.argmin(val_losses)) + 1",
)


@early_stopping.mistake(
    "best-of-all",
    "You look at all epochs at once, and take the best of them. The training does not know what is still to come: go "
    "through the epochs one by one, and stop when patience runs out.",
)
def _(val_losses, patience):
    best = int(np.argmin(val_losses)) + 1
    return min(best + patience, len(val_losses)), best


early_stopping.slip(
    "never-stops",
    "Your training always goes on to the end. After how many epochs without a better loss is it over?",
    "break",
    "continue",
)

early_stopping.slip(
    "from-zero",
    "Both epochs are one too small. Python counts from 0; what is the first epoch called here?",
    "return epoch, best",
    "return epoch - 1, best - 1",
)

early_stopping.slip(
    "one-too-patient",
    "With patience 2 you wait for three epochs without improvement. `>` or `>=`?",
    ">= patience",
    "> patience",
)


@early_stopping.mistake(
    "compared-with-the-epoch-before",
    "You forgive every epoch that is better than the one *before* it. With which epoch should it be compared?",
)
def _(val_losses, patience):
    best, wait = 1, 0
    for epoch, loss in enumerate(val_losses, start=1):
        if loss < val_losses[best - 1]:
            best = epoch
        wait = wait + 1 if epoch > 1 and loss >= val_losses[epoch - 2] else 0
        if wait >= patience:
            break
    return epoch, best


early_stopping.slip(
    "waits-in-all",
    "You count all epochs without improvement together. When a better epoch comes, how far does the count start again?",
    "lowest, best, wait = loss, i, 0",
    "lowest, best = loss, i",
    of="with a counter",
)

early_stopping.slip(
    "ties-count",
    "A loss that is only as good as the best one counts as better in your code. `<` or `<=`?",
    "loss < val_losses",
    "loss <= val_losses",
)

early_stopping.slip(
    "swapped",
    "Right numbers, wrong order: first the epoch at which the training stops, then the best one.",
    "return epoch, best",
    "return best, epoch",
)

early_stopping.slip(
    "loss-not-epoch",
    "Your second number is the lowest loss. The text asks for the *epoch* that had it.",
    "return epoch, best",
    "return epoch, val_losses[best - 1]",
)

early_stopping.slip(
    "stops-at-first-rise",
    "You stop at the first epoch that is not better. How many such epochs does `patience` put up with?",
    ">= patience",
    ">= 1",
)

early_stopping.slip(
    "one-too-impatient",
    "You stop one epoch too soon. With patience 2, how many epochs without a new best are there before the stop?",
    ">= patience",
    ">= max(patience - 1, 1)",
)

early_stopping.slip(
    "last-epoch-forgotten",
    "When patience never runs out, your first number is one too small. Which epoch is the last one?",
    "return len(val_losses), best + 1",
    "return len(val_losses) - 1, best + 1",
    of="with a counter",
)

early_stopping.slip(
    "best-from-zero",
    "The first number counts from 1, the second from 0. What is the first epoch called here?",
    "return epoch, best",
    "return epoch, best - 1",
)

early_stopping.slip(
    "stop-from-zero",
    "The second number counts from 1, the first from 0. What is the first epoch called here?",
    "return epoch, best",
    "return epoch - 1, best",
)

early_stopping.slip(
    "too-demanding",
    "An epoch that is better by very little does not count in your code. The text asks for no least difference.",
    "loss < val_losses[best - 1]",
    "loss < val_losses[best - 1] - 1e-4",
)

early_stopping.slip(
    "best-twice",
    "Both of your numbers are the best epoch. When does the training stop?",
    "return epoch, best",
    "return best, best",
)

early_stopping.slip(
    "stopped-twice",
    "Both of your numbers are the epoch of the stop. Which epoch was the best until then?",
    "return epoch, best",
    "return epoch, epoch",
)

early_stopping.slip(
    "no-return-at-the-end",
    "When patience never runs out, your function comes to its end and returns nothing. What should it hand back then?",
    "    return len(val_losses), best + 1\n",
    "",
    of="with a counter",
)

early_stopping.slip(
    "beyond-the-end",
    "When patience never runs out, your first number may lie beyond the last epoch. Which epoch is the last one trained then?",
    "return epoch, best",
    "return best + patience, best",
)

early_stopping.slip(
    "fixed-patience",
    "Your patience is always 2. Which parameter says how long to wait?",
    ">= patience",
    ">= 2",
)

early_stopping.slip(
    "begins-at-one",
    "A loss of 1 or more is never a best one in your code. With which number do you begin?",
    'float("inf"), 0, 0',
    "1.0, 0, 0",
    of="with a counter",
)

early_stopping.slip(
    "begins-at-zero",
    "No loss above 0 is ever a best one in your code. With which number do you begin?",
    'float("inf"), 0, 0',
    "0.0, 0, 0",
    of="with a counter",
)


@early_stopping.mistake(
    "stopped-before-the-look",
    "You ask for patience before you look at the loss of the epoch. It may be a new best one: which comes first?",
)
def _(val_losses, patience):
    best = 1
    for epoch, loss in enumerate(val_losses, start=1):
        if epoch - best >= patience:
            break
        if loss < val_losses[best - 1]:
            best = epoch
    return epoch, best


@early_stopping.mistake(
    "rises-in-a-row",
    "You count the epochs that are worse than the one *before*. With which epoch should each be compared?",
)
def _(val_losses, patience):
    best, wait = 1, 0
    for epoch, loss in enumerate(val_losses, start=1):
        if loss < val_losses[best - 1]:
            best = epoch
        wait = wait + 1 if epoch > 1 and loss > val_losses[epoch - 2] else 0
        if wait >= patience:
            break
    return epoch, best


early_stopping.equivalent("(float('inf'), 0, 0)", why="the first epoch sets all three anew")
early_stopping.equivalent("int(np.argmin(val_losses[:epoch]))", why="NumPy's whole numbers serve as well")
