"""Loss and gradients of two layers: biases that lost their axis, brackets that are missing, scores that are too large."""

import numpy as np

from .loss_and_gradients_mistakes import IN_PLACE, RETURNED, gradients

for _name, _hint, _wrong in (
    (
        "bias-gradients-are-numbers",
        "Each of your bias gradients is a single number. Every neuron has a bias of its own: along which axis does the sum run over the samples?",
        "(x.T @ dh, dh.sum(), h.T @ dz, dz.sum())",
    ),
    (
        "db1-is-a-number",
        "Your db1 is a single number. Every hidden neuron has a bias of its own: along which axis does the sum run over the samples?",
        "(x.T @ dh, dh.sum(), h.T @ dz, dz.sum(0))",
    ),
    (
        "db2-is-a-number",
        "Your db2 is a single number. Every class has a bias of its own: along which axis does the sum run over the samples?",
        "(x.T @ dh, dh.sum(0), h.T @ dz, dz.sum())",
    ),
    (
        "biases-summed-along-the-rows",
        "Each of your bias gradients has a number for each *sample*. It has one for each neuron: which axis goes away in the sum?",
        "(x.T @ dh, dh.sum(1), h.T @ dz, dz.sum(1))",
    ),
    (
        "biases-as-rows-of-a-table",
        "Your bias gradients are tables of one row. A bias is a row by itself: is `keepdims` needed in these sums?",
        "(x.T @ dh, dh.sum(0, keepdims=True), h.T @ dz, dz.sum(0, keepdims=True))",
    ),
    (
        "biases-not-summed",
        "Your bias gradients still have a row for each sample. A bias reaches all samples: what becomes of their slopes?",
        "(x.T @ dh, dh, h.T @ dz, dz)",
    ),
):
    gradients.slip(_name, _hint, RETURNED, _wrong, of=IN_PLACE)

gradients.slip(
    "no-bracket-around-the-difference",
    "Without brackets only the truth is divided by the number of samples, and the shares are not. What is done first, the division or the subtraction?",
    "(p - np.eye(p.shape[1])[y]) / len(y)",
    "p - np.eye(p.shape[1])[y] / len(y)",
)


def too_large_to_exp(seen, network, x, y):
    """Recognises a result that is infinite or no number, where a score is too large for `np.exp`."""
    W1, b1, W2, b2 = network
    scores = np.maximum(0, x @ W1 + b1) @ W2 + b2
    return np.abs(scores).max() > 700 and not all(np.all(np.isfinite(part)) for part in (seen[0], *seen[1]))


gradients.slip(
    "logarithm-of-an-infinite-sum",
    "Right until the scores are large: then your result holds `inf` or `nan`. Where do you make e to the power of a score, or the log of 0?",
    "    z = z - z.max(axis=1, keepdims=True)\n",
    "",
    of=IN_PLACE,
    when=too_large_to_exp,
)
