"""Lesson 07 against scikit-learn, plain loops over samples, and finite differences of a loss written out anew."""

import numpy as np
from scipy.special import log_softmax
from sklearn.metrics import accuracy_score, confusion_matrix
from sklearn.preprocessing import label_binarize

STEP = 1e-6
BEND = 1e-5  # nothing passes ReLU just above 0 either, so that its slope at 0 is the 0 of the text


def split(x, y, order, n_validation):
    rows = list(order)
    training, validation = rows[n_validation:], rows[:n_validation]
    return tuple(np.array([a[i] for i in part]) for part in (training, validation) for a in (x, y))


def loss_and_gradients(network, x, y):
    """The loss through SciPy, and the slope of every weight from both sides."""

    def loss(W1, b1, W2, b2):
        scores = np.where((z := x @ W1 + b1) > BEND, z, 0) @ W2 + b2
        return float(np.mean([-row[label] for row, label in zip(log_softmax(scores, axis=1), y, strict=True)]))

    slopes = [np.zeros_like(a) for a in network]
    for array, slope in zip(network, slopes, strict=True):
        for place in np.ndindex(array.shape):
            here = array[place]
            array[place] = here + STEP
            above = loss(*network)
            array[place] = here - STEP
            slope[place] = (above - loss(*network)) / (2 * STEP)
            array[place] = here
    return loss(*network), slopes


def epoch(network, x, y, batch_size, learning_rate, gradients):
    """Exact weights of the toy; for a network, one step after the other by the gradients of Keras's own tape."""
    batches = np.array_split(np.arange(len(x)), range(batch_size, len(x), batch_size))
    if gradients.__name__ == "towards_mean":
        means = [float(np.mean(x[rows])) for rows in batches]
        for mean in means:
            network = [(1 - learning_rate) * w + learning_rate * mean for w in network]
        return network, [float(np.mean(y[rows])) for rows in batches]
    from course_utils.environment import import_tensorflow

    import_tensorflow()
    import tensorflow as tf

    weights, losses = [tf.Variable(w) for w in network], []
    for rows in batches:
        with tf.GradientTape() as tape:
            scores = tf.nn.relu(x[rows] @ weights[0] + weights[1]) @ weights[2] + weights[3]
            loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(y[rows], scores))
        for weight, slope in zip(weights, tape.gradient(loss, weights), strict=True):
            weight.assign_sub(learning_rate * slope)
        losses.append(float(loss))
    return [weight.numpy() for weight in weights], losses


ORACLES = {
    "split-data": split,
    "one-hot": lambda labels, classes: label_binarize(labels, classes=range(classes)),
    "loss-and-gradients": loss_and_gradients,
    "train-epoch": epoch,
    "accuracy": lambda scores, labels: accuracy_score(labels, [max(range(len(r)), key=r.__getitem__) for r in scores]),
    "confusion-matrix": lambda y, p, classes: confusion_matrix(y, p, labels=range(classes)),
}
