"""Train a network for one epoch, a step for each batch."""

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
    "one-row-short",
    "The last row of each batch is left out. A slice ends *before* its second number: is there anything to subtract?",
    "start + batch_size)",
    "start + batch_size - 1)",
)
train_epoch.slip(
    "starts-one-by-one",
    "The batches begin at 0, 1, 2, …, so they overlap. How far apart do two of them begin?",
    "range(0, len(x), batch_size)",
    "range(len(x) // batch_size)",
)
train_epoch.slip(
    "last-batch-left-out",
    "The last batch is missing, full or not. `range` stops *before* its second number: which one belongs there?",
    "range(0, len(x), batch_size)",
    "range(0, len(x) - batch_size, batch_size)",
)
train_epoch.slip(
    "losses-added-up",
    "The network is right. Your losses are added up from batch to batch; the text asks for the loss of each.",
    "losses.append(float(loss))",
    "losses.append(float(loss) + (losses[-1] if losses else 0))",
)
train_epoch.slip(
    "no-losses",
    "You return the network alone. The second thing is the list of the losses.",
    "return new, losses",
    "return new",
)
train_epoch.slip(
    "no-network",
    "You return the losses alone. The first thing is the new network.",
    "return new, losses",
    "return losses",
)
train_epoch.slip(
    "mean-loss",
    "The network is right. You return one loss for the epoch; the text asks for the list, one loss for each step.",
    "return new, losses",
    "return new, np.mean(losses)",
)
train_epoch.slip(
    "changes-input",
    "The numbers are right, but the caller's network is another one afterwards: `w -= …` writes into its arrays, and "
    "`network[k] = …` into its list. Make new arrays, `w - …`, in a new list.",
    "new = [w - learning_rate * dw for w, dw in zip(new, slopes, strict=True)]",
    "for w, dw in zip(new, slopes, strict=True):\n            w -= learning_rate * dw",
)
train_epoch.slip(
    "stops-when-it-is-good",
    "You stop before all batches are through when a loss is small. An epoch makes a step for every batch.",
    "losses.append(float(loss))\n",
    "losses.append(float(loss))\n        if loss < 1e-3:\n            break\n",
)
