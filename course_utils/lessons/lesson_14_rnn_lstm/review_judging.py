"""The forward pass of a masked embedding, an LSTM and one neuron; what is wrong with such a model and what gives its mistakes away."""

import numpy as np

from course_utils import nn
from course_utils.exercises.keras_models.networks import is_model, shapes


def lstm_forward(seen, rows, masked=True, output=nn.sigmoid):
    """The predictions (N, 1) of embedding, LSTM and one neuron from their weights; a masked step changes nothing."""
    table, kernel, recurrent, bias, out_kernel, out_bias = seen["weights"]
    h, c = np.zeros((2, len(rows), len(recurrent)))
    for words in rows.T:
        h_new, c_new = nn.lstm_step(table[words], h, c, kernel, recurrent, bias)
        here = (words != 0)[:, None] | (not masked)
        h, c = np.where(here, h_new, h), np.where(here, c_new, c)
    return output(h @ out_kernel + out_bias)


def lstm_shapes(words, size, units):
    """The shapes of the weights of embedding, LSTM and one neuron."""
    return [(words, size), (size, 4 * units), (units, 4 * units), (4 * units,), (units, 1), (1,)]


def computes(seen, rows, **options):
    """Whether the model computes exactly this forward pass."""
    expected = lstm_forward(seen, rows, **options)
    return expected.shape == seen["probabilities"].shape and np.allclose(expected, seen["probabilities"], atol=1e-5)


def learning_problem(seen, labels):
    """What is wrong with loss, metrics or optimizer, judged from one evaluation and one step of training."""
    if seen["refused"]:
        return f"Keras cannot evaluate the model: {seen['refused']}"
    loss, *metrics = np.atleast_1d(seen["scores"])
    p = seen["probabilities"][:, 0]
    if abs(loss - cross_entropy(p, labels)) > 1e-3:
        return "the loss is not the binary cross-entropy of the labels 0 and 1"
    if not np.isclose(metrics, np.mean((p > 0.5) == labels), atol=1e-3).any():
        return "the model does not report its accuracy"
    if not np.allclose(np.abs(bias_step(seen)), 0.001, rtol=0.2):
        return "the first step of training is not one of adam with its usual learning rate of 0.001"
    return None


def cross_entropy(p, labels):
    """Mean of -log(probability of the right label)."""
    return float(-np.mean(np.log(np.where(labels == 1, p, 1 - p))))


def bias_step(seen):
    """How far one step of training moved the bias of the output neuron."""
    return seen["after"][-1] - seen["weights"][-1]


def built(test):
    """The mistake is recognised by `test(seen, rows)` on a model."""
    return lambda seen, rows, labels, sizes, aspect: is_model(seen) and bool(test(seen, rows))


def fits(seen, rows, sizes):
    """Whether the weights are those of the right layers, so that the forward pass can be computed."""
    return shapes(seen) == lstm_shapes(*sizes) and np.shape(seen["probabilities"]) == (len(rows), 1)


def behaves(**options):
    """The mistake is recognised by a forward pass with these options."""
    return lambda seen, rows, labels, sizes, aspect: (
        is_model(seen) and fits(seen, rows, sizes) and computes(seen, rows, **options)
    )
