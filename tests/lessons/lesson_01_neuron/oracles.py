"""Lesson 01 by other means: exact fractions, SciPy's logistic function, and networks counted unit by unit."""

from fractions import Fraction

from scipy.special import expit


def total(x, w, b):
    """The weighted sum in exact arithmetic, rounded once at the end."""
    return float(sum((Fraction(float(a)) * Fraction(float(c)) for a, c in zip(x, w, strict=True)), Fraction(b)))


def lines_and_biases(sizes):
    """Draw the network: one entry for each line and one for each neuron that computes."""
    lines = [
        (layer, i, j) for layer in range(len(sizes) - 1) for i in range(sizes[layer]) for j in range(sizes[layer + 1])
    ]
    neurons = [(layer, j) for layer in range(1, len(sizes)) for j in range(sizes[layer])]
    return len(lines) + len(neurons)


ORACLES = {
    "weighted-sum": total,
    "neuron": lambda x, w, b: float(expit(total(x, w, b))),
    "decide": lambda x, w, threshold: total(x, w, 0) > threshold,
    "count-parameters": lines_and_biases,
}
