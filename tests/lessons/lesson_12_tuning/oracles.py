"""Lesson 12 against NumPy's geomspace, a race kept in a table, midpoints written out, and `statistics`."""

import math
import statistics

import numpy as np


def log_uniform(u, low, high):
    """Read off a fine ladder of equal ratios between low and high."""
    ladder = np.geomspace(low, high, 1001)
    exponents = np.log2(ladder)
    return np.array([2 ** np.interp(part, np.linspace(0, 1, 1001), exponents) for part in np.asarray(u).tolist()])


def halving(train, configs, epochs):
    """Round by round: who has fewer than half of the field ahead of it stays."""
    field, bill = dict(enumerate(configs)), []
    length = epochs
    while len(field) > 1:
        power = 2 if train.__name__ == "quick_accuracy" else 1
        score = {i: config["ceiling"] - config["delay"] / length**power for i, config in field.items()}
        bill += [length] * len(field)
        ahead = {i: sum(score[j] > score[i] for j in field) for i in field}
        field = {i: config for i, config in field.items() if ahead[i] < len(ahead) // 2}
        length += length
    (winner,) = field.values()
    return winner, sum(bill)


def search_space(trial, low, high, widths, batch_sizes):
    """Each value written out from its place on its scale."""

    def pick(name, choices):
        u = trial.place(name, choices[0], choices[-1])
        return next((c for i, c in enumerate(choices, 1) if u * len(choices) < i), choices[-1])

    u = trial.place("learning_rate", low, high, log=True)
    return {
        "learning_rate": math.exp(math.log(low) + u * (math.log(high) - math.log(low))),
        "layers": pick("layers", [1, 2, 3]),
        "width": pick("width", widths),
        "batch_size": pick("batch_size", batch_sizes),
        "dropout": trial.place("dropout", 0, 0.5) / 2,
    }


def mean_error(scores):
    runs = scores.tolist()
    return statistics.fmean(runs), math.sqrt(statistics.variance(runs) / len(runs))


def really_better(a, b):
    """From the t statistic; equal differences decide by their sign alone."""
    differences = [float(x) - float(y) for x, y in zip(a, b, strict=True)]
    mean, spread = statistics.fmean(differences), statistics.stdev(differences)
    if spread < 1e-9:
        return "A" if mean > 1e-9 else "B" if mean < -1e-9 else "not sure"
    t = mean * math.sqrt(len(differences)) / spread
    return "A" if t > 2 else "B" if t < -2 else "not sure"


def choose(validation, test):
    _, place, report = max((v, -i, t) for i, (v, t) in enumerate(zip(validation, test, strict=True)))
    return -place, report


ORACLES = {
    "log-uniform": log_uniform,
    "halving": halving,
    "search-space": search_space,
    "mean-error": mean_error,
    "really-better": really_better,
    "choose-report": choose,
}
