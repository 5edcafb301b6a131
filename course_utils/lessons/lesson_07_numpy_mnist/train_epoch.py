"""Train a network for one epoch, a step for each batch."""

from itertools import combinations

import numpy as np

from course_utils.exercises import FunctionExercise, edge, random, small

from .common import some_labels, some_network
from .loss_and_gradients import loss_and_slopes


def epoch(network, x, y, batch_size, learning_rate, loss_and_gradients):
    """One step for each batch, in the order of the rows: the new network and the losses before the steps."""
    new, losses = network, []
    for start in range(0, len(x), batch_size):
        rows = slice(start, start + batch_size)
        loss, slopes = loss_and_gradients(new, x[rows], y[rows])
        new = [w - learning_rate * dw for w, dw in zip(new, slopes, strict=True)]
        losses.append(float(loss))
    return new, losses


def towards_mean(network, x, y):
    """A toy to be computed by hand: each weight is drawn towards the mean of x; the loss is the mean of y."""
    return float(np.mean(y)), [w - np.mean(x) for w in network]


train_epoch = FunctionExercise("train-epoch", reference=epoch, points=3, title="One epoch")


@train_epoch.cases
def _(rng):
    four = [np.array([0.0]), np.array([0.0]), np.array([0.0]), np.array([10.0])]
    yield small(
        "five samples, two at a time, a toy gradient",
        four,
        np.array([[2.0], [4.0], [6.0], [8.0], [10.0]]),
        np.array([1, 3, 2, 4, 7]),
        2,
        0.5,
        towards_mean,
    )
    for label, rows, size in (("4-5-3, batches of 4, 4 and 3", 11, 4), ("4-5-3, batches of 3", 9, 3)):
        yield random(
            label,
            some_network(rng, 4, 5, 3),
            rng.normal(size=(rows, 4)),
            some_labels(rng, rows, 3),
            size,
            0.2,
            loss_and_slopes,
        )
    yield edge(
        "losses of 0 from the first step on: the network goes on to move",
        [np.array([w]) for w in (1.0, 2.0, 3.0, 4.0)],
        np.array([[2.0], [4.0], [9.0], [5.0]]),
        np.zeros(4, dtype=int),
        1,
        0.25,
        towards_mean,
    )
    yield edge(
        "a batch larger than the data",
        some_network(rng, 3, 2, 2),
        rng.normal(size=(5, 3)),
        some_labels(rng, 5, 2),
        32,
        0.1,
        loss_and_slopes,
    )


@train_epoch.drive
def _(answer, network, *rest):
    result = answer(network, *rest)
    if isinstance(result, list | tuple) and len(result) == 2 and isinstance(result[0], list | tuple):
        losses = result[1].tolist() if isinstance(result[1], np.ndarray) and result[1].ndim else result[1]
        return list(result[0]), losses
    return result


train_epoch.variant("a new list for each step")(epoch)
for name in ("batch_size", "learning_rate", "loss_and_gradients"):
    train_epoch.equivalent(name, "changed in place", why="a number and a function cannot be changed in place")
train_epoch.equivalent("np.array(losses)", "losses", why="a list or an array of losses")


@train_epoch.variant("W1, b1, W2, b2 one by one")
def _(network, x, y, batch_size, learning_rate, loss_and_gradients):
    W1, b1, W2, b2 = network
    losses, i = [], 0
    while i < len(x):
        loss, (dW1, db1, dW2, db2) = loss_and_gradients([W1, b1, W2, b2], x[i : i + batch_size], y[i : i + batch_size])
        W1, b1 = W1 - learning_rate * dW1, b1 - learning_rate * db1
        W2, b2 = W2 - learning_rate * dW2, b2 - learning_rate * db2
        losses += [loss]
        i += batch_size
    return [W1, b1, W2, b2], losses


@train_epoch.variant("on copies, in place")
def _(network, x, y, batch_size, learning_rate, loss_and_gradients):
    network, losses = [w.copy() for w in network], []
    for start in range(0, len(x), batch_size):
        loss, slopes = loss_and_gradients(network, x[start : start + batch_size], y[start : start + batch_size])
        for k in range(4):
            network[k] -= learning_rate * slopes[k]
        losses.append(loss)
    return tuple(network), np.array(losses)


train_epoch.slip(
    "rest-left-out",
    "The last samples, which do not fill a whole batch, are lost. Slicing past the end of an array is allowed: up to where must `start` run?",
    "range(0, len(x), batch_size)",
    "range(0, len(x) - batch_size + 1, batch_size)",
)
train_epoch.slip(
    "whole-data-each-time",
    "Every step looks at all the samples, so you make many full steps and no mini-batch steps. Which rows belong to this step?",
    "x[rows], y[rows]",
    "x, y",
)
train_epoch.slip(
    "always-from-the-start",
    "Each gradient is computed from the network you were given, not from the one that the last step made. Use the new weights in the next step.",
    "(new, x[rows], y[rows])",
    "(network, x[rows], y[rows])",
)
train_epoch.slip(
    "only-the-last-step",
    "Only the last batch has moved the weights: each step starts anew from the network you were given. Keep what a step has made.",
    "rows = slice(start, start + batch_size)",
    "new, rows = network, slice(start, start + batch_size)",
)
train_epoch.slip(
    "uphill",
    "You add the gradient, and the loss will grow. In lesson 05, which sign leads downhill?",
    "w - learning_rate",
    "w + learning_rate",
)
train_epoch.slip(
    "returns-too-early",
    "You made one step only. Does your `return` stand inside the loop?",
    "losses.append(float(loss))\n    return new, losses",
    "losses.append(float(loss))\n        return new, losses",
)
train_epoch.slip(
    "mean-loss",
    "The network is right. You return one loss for the epoch; the text asks for the list, one loss for each step.",
    "return new, losses",
    "return new, np.mean(losses)",
)
train_epoch.slip(
    "changes-input",
    "The numbers are right, but `w -= …` writes into the caller's arrays. Make new ones: `w - …`.",
    "new = [w - learning_rate * dw for w, dw in zip(new, slopes, strict=True)]",
    "for w, dw in zip(new, slopes, strict=True):\n            w -= learning_rate * dw",
)
train_epoch.slip(
    "stops-when-it-is-good",
    "You stop before all batches are through when a loss is small. An epoch makes a step for every batch.",
    "losses.append(float(loss))\n",
    "losses.append(float(loss))\n        if loss < 1e-3:\n            break\n",
)
train_epoch.slip(
    "divided-by-the-rows",
    "You divide the gradient by the number of samples. The gradient that you are given is that of a mean: has it been divided already?",
    "learning_rate * dw",
    "learning_rate * dw / len(x[rows])",
)
train_epoch.slip(
    "divided-by-the-batch-size",
    "You divide the gradient by `batch_size`. The gradient that you are given is that of a mean: has it been divided already?",
    "learning_rate * dw",
    "learning_rate * dw / batch_size",
)
train_epoch.slip(
    "times-the-rows",
    "You multiply the gradient by the number of samples. A step is the learning rate times the gradient as it is given.",
    "learning_rate * dw",
    "learning_rate * dw * len(x[rows])",
)
train_epoch.slip(
    "rate-not-used",
    "Your steps are as long as the gradient itself. What makes them shorter?",
    "learning_rate * dw",
    "dw",
)
train_epoch.slip(
    "loss-after-the-step",
    "The network is right. Your losses are those *after* each step: which network had the batch before it when the step was computed?",
    "losses.append(float(loss))",
    "losses.append(float(loss_and_gradients(new, x[rows], y[rows])[0]))",
)
train_epoch.slip(
    "labels-not-cut",
    "The samples are cut into batches, the labels are not. Which rows of y belong to these rows of x?",
    "x[rows], y[rows]",
    "x[rows], y",
)
train_epoch.slip(
    "samples-not-cut",
    "The labels are cut into batches, the samples are not. Which rows of x belong to these rows of y?",
    "x[rows], y[rows]",
    "x, y[rows]",
)
train_epoch.slip(
    "last-loss-only",
    "The network is right. You return the loss of the last batch; the text asks for the list, one loss for each step.",
    "return new, losses",
    "return new, losses[-1]",
)
train_epoch.slip(
    "losses-times-rows",
    "The network is right. Your losses are multiplied by the number of samples in the batch. The text asks for the loss as it comes.",
    "losses.append(float(loss))",
    "losses.append(float(loss) * len(x[rows]))",
)
train_epoch.slip(
    "losses-first",
    "The two come in another order. The text asks for the network first, then the losses.",
    "return new, losses",
    "return losses, new",
)
train_epoch.slip(
    "old-network-returned",
    "You return the network that came in. Which name holds the one that the steps have made?",
    "return new, losses",
    "return network, losses",
)
train_epoch.slip(
    "one-batch-too-many",
    "Where the batches come out even, your loop makes one more, without any rows. Up to where may it run?",
    "while i < len(x)",
    "while i <= len(x)",
    of="W1, b1, W2, b2 one by one",
)
train_epoch.slip(
    "biases-forgotten",
    "b1 and b2 stay where they are. All four arrays take a step.",
    "W1, b1 = W1 - learning_rate * dW1, b1 - learning_rate * db1\n        W2, b2 = W2 - learning_rate * dW2, b2 - learning_rate * db2",
    "W1, W2 = W1 - learning_rate * dW1, W2 - learning_rate * dW2",
    of="W1, b1, W2, b2 one by one",
)
train_epoch.slip(
    "first-layer-only",
    "W2 and b2 stay where they are. All four arrays take a step.",
    "        W2, b2 = W2 - learning_rate * dW2, b2 - learning_rate * db2\n",
    "",
    of="W1, b1, W2, b2 one by one",
)


def other_rows_first(seen, network, x, y, batch_size, learning_rate, loss_and_gradients):
    """Recognises by the first loss that the first batch held other rows than the first ones."""
    if not isinstance(seen, list | tuple) or len(seen) != 2 or len(seen[1]) != -(-len(x) // batch_size):
        return False
    each = [loss_and_gradients(network, x[i : i + 1], y[i : i + 1])[0] for i in range(len(x))]
    sets = combinations(each, min(batch_size, len(x)))
    return any(np.isclose(seen[1][0], np.mean(some), rtol=1e-9, atol=1e-12) for some in sets)


train_epoch.slip(
    "shuffled-again",
    (
        "Your first batch holds other rows than the first ones. The rows have been shuffled before, and are taken in their order. Does your code draw an "
        "order of its own?"
    ),
    "new, losses = network, []",
    "new, losses = network, []\n    order = np.arange(len(x))[::-1]\n    x, y = x[order], y[order]",
    when=other_rows_first,
)
