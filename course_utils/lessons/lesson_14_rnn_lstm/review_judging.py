"""The forward pass of a masked embedding, an LSTM and one neuron; what is wrong with such a model and what gives its mistakes away."""

import numpy as np

from course_utils import nn
from course_utils.exercises.keras_models.classifiers import cannot_evaluate, takes_scores
from course_utils.exercises.keras_models.first_step import adam_problem
from course_utils.exercises.keras_models.networks import is_model, shapes, training_only
from course_utils.exercises.keras_models.unasked import other_optimizer, unasked_setting


def lstm_forward(seen, rows, masked=True, output=nn.sigmoid, bend=np.tanh, backwards=False):
    """The predictions (N, 1) of embedding, LSTM and one neuron from their weights; a masked step changes nothing."""
    table, kernel, recurrent, bias, out_kernel, out_bias = seen["weights"]
    h, c = np.zeros((2, len(rows), len(recurrent)))
    for words in rows.T[::-1] if backwards else rows.T:
        i, f, g, o = np.split(table[words] @ kernel + h @ recurrent + bias, 4, axis=1)
        c_new = nn.sigmoid(f) * c + nn.sigmoid(i) * bend(g)
        h_new = nn.sigmoid(o) * bend(c_new)
        here = (words != 0)[:, None] | (not masked)
        h, c = np.where(here, h_new, h), np.where(here, c_new, c)
    return output(h @ out_kernel + out_bias)


def lstm_shapes(words, size, units):
    """The shapes of the weights of embedding, LSTM and one neuron."""
    return [(words, size), (size, 4 * units), (units, 4 * units), (4 * units,), (units, 1), (1,)]


def computes(seen, rows, **options):
    """Whether the model computes exactly this forward pass; another than the right one, only where they can differ."""
    if options and (is_flat(seen) or computes(seen, rows)):
        return False
    expected = lstm_forward(seen, rows, **options)
    return expected.shape == seen["probabilities"].shape and np.allclose(expected, seen["probabilities"], atol=1e-5)


def is_flat(seen):
    """Whether the numbers of a kernel are all the same."""
    return any(np.ndim(w) == 2 and np.size(w) > 1 and np.ptp(w) == 0 for w in seen["weights"])


def is_old(seen):
    """Whether the model has learned before, or comes back a second time with what it has learned."""
    after, another = seen.get("after"), seen.get("another")
    again = after is not None and another is not None and len(after) == len(another)
    return seen["steps"] > 0 or (again and all(map(np.array_equal, after, another)))


def learning_problem(seen, rows, labels):
    """What is wrong with loss, metrics or optimizer, judged from one evaluation and one step of training."""
    if seen["refused"]:
        return cannot_evaluate(seen)
    if problem := unasked_setting(seen):
        return problem
    loss, *metrics = np.atleast_1d(seen["scores"])
    p = seen["probabilities"][:, 0]
    if abs(loss - cross_entropy(p, labels)) > 1e-4:
        return "the loss is not the binary cross-entropy of the labels 0 and 1"
    if not np.isclose(metrics, np.mean((p > 0.5) == labels), atol=1e-5).any():
        return "the model does not report its accuracy"
    problem = takes_scores(seen) or training_only(seen) or other_optimizer(seen)
    return problem or adam_problem(seen["weights"], seen["after"], gradients(seen["weights"], rows, labels))


def gradients(weights, rows, labels):
    """The slopes of the mean cross-entropy for the six weights, back through the steps that the mask lets pass."""
    table, kernel, recurrent, bias, out_kernel, out_bias = (w.astype(float) for w in weights)
    h, c = np.zeros((2, len(rows), len(recurrent)))
    steps = []
    for words in rows.T:
        here = (words != 0)[:, None]
        h_new, c_new = nn.lstm_step(table[words], h, c, kernel, recurrent, bias)
        steps.append((words, here, h, c, c_new))
        h, c = np.where(here, h_new, h), np.where(here, c_new, c)
    dscore = (nn.sigmoid(h @ out_kernel + out_bias) - labels.reshape(-1, 1)) / len(rows)
    slopes = [np.zeros_like(w) for w in (table, kernel, recurrent, bias)]
    dh, dc = dscore @ out_kernel.T, np.zeros_like(c)
    for words, here, h_old, c_old, c_new in reversed(steps):
        x = table[words]
        dz, dc_old = step_back(x @ kernel + h_old @ recurrent + bias, c_old, c_new, dh * here, dc * here)
        np.add.at(slopes[0], words, dz @ kernel.T)
        for slope, part in zip(slopes[1:], (x.T @ dz, h_old.T @ dz, dz.sum(axis=0)), strict=True):
            slope += part
        dh, dc = dh * ~here + dz @ recurrent.T, dc * ~here + dc_old
    return [*slopes, h.T @ dscore, dscore.sum(axis=0)]


def step_back(z, c_old, c_new, dh, dc):
    """The slopes of the four sums and of the old long memory, back through one step of an LSTM."""
    i, f, g, o = np.split(z, 4, axis=1)
    i, f, g, o = nn.sigmoid(i), nn.sigmoid(f), np.tanh(g), nn.sigmoid(o)
    dc = dc + dh * o * (1 - np.tanh(c_new) ** 2)
    d_i, d_f, d_o = dc * g * i * (1 - i), dc * c_old * f * (1 - f), dh * np.tanh(c_new) * o * (1 - o)
    return np.concatenate([d_i, d_f, dc * i * (1 - g**2), d_o], axis=1), dc * f


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


def keeps_at_first(seen):
    """Whether the second quarter of an LSTM's bias, the keep gate's, is 1."""
    bias = np.ravel(seen["weights"][3])
    return bool(np.all(bias[len(bias) // 4 : len(bias) // 2] == 1))
