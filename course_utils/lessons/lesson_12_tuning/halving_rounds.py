"""More mistakes in a race: who goes on to the next round, and what the rounds cost."""

import numpy as np

from .halving import halving


@halving.mistake(
    "places-of-the-first-list",
    "From the second round on you take other settings than those that were trained. The places count in the shorter list: from which list do you take them?",
)
def _(train, configs, epochs):
    spent, left = 0, list(configs)
    while len(left) > 1:
        spent += epochs * len(left)
        scores = [train(config, epochs) for config in left]
        left = [configs[i] for i in np.argsort(scores)[::-1][: len(left) // 2]]
        epochs *= 2
    return left[0], spent


@halving.mistake(
    "only-the-new-epochs",
    "The winner is right, the bill is too small: it holds only the epochs that a round adds. Each training begins from the start: for how long does it run?",
)
def _(train, configs, epochs):
    spent, length = 0, epochs
    while len(configs) > 1:
        spent += (length if length == epochs else length // 2) * len(configs)
        configs = sorted(configs, key=lambda c: -train(c, length))[: len(configs) // 2]
        length *= 2
    return configs[0], spent


@halving.mistake(
    "every-round-as-the-first",
    "The winner is right, the bill is too small: you count each round with the epochs of the first. For how long does a later round train?",
)
def _(train, configs, epochs):
    spent, length = 0, epochs
    while len(configs) > 1:
        spent += epochs * len(configs)
        configs = sorted(configs, key=lambda c: -train(c, length))[: len(configs) // 2]
        length *= 2
    return configs[0], spent


@halving.mistake(
    "every-round-for-all",
    "The winner is right, the bill is too high: you count each round as if all settings still ran in it. How many are left by then?",
)
def _(train, configs, epochs):
    spent, length, everyone = 0, epochs, len(configs)
    while len(configs) > 1:
        spent += length * everyone
        configs = sorted(configs, key=lambda c: -train(c, length))[: len(configs) // 2]
        length *= 2
    return configs[0], spent


halving.slip(
    "half-rounded",
    "`round` goes to the nearest even number at a half, so of 7 you keep 4. The text asks for 3; which division rounds down?",
    "[: len(configs) // 2]",
    "[: round(len(configs) / 2)]",
)

halving.slip(
    "swapped",
    "Both are there, in the wrong order. Which comes first, the winner or the bill?",
    "return configs[0], spent",
    "return spent, configs[0]",
)

halving.slip(
    "winner-trained-once-more",
    "The winner is right, the bill is too high by one training: that of the last setting alone. Is there a race when one is left?",
    "return configs[0], spent",
    "return configs[0], spent + length",
)

halving.slip(
    "stops-at-two",
    "You stop when two are left, before the last round. How many settings should be left when the race ends?",
    "while len(configs) > 1:",
    "while len(configs) > 2:",
)

halving.slip(
    "bill-of-the-last-round",
    "The winner is right, but the bill is that of the last round alone. Which sign adds to what is there?",
    "spent += length",
    "spent = length",
)

halving.slip(
    "squared",
    "You square the epochs. What does *double* ask for?",
    "length *= 2",
    "length **= 2",
)


@halving.mistake(
    "settings-compared",
    "You sort pairs of score and setting. When two scores are equal, Python goes on to compare the settings, and dicts have "
    "no order, so it stops. How can you sort by the score only?",
)
def _(train, configs, epochs):
    spent, left = 0, list(configs)
    while len(left) > 1:
        spent += epochs * len(left)
        results = sorted([(train(config, epochs), config) for config in left], reverse=True)
        left = [config for _score, config in results[: len(left) // 2]]
        epochs *= 2
    return left[0], spent
