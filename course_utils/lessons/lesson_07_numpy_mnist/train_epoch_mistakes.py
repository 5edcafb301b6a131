"""One epoch: mistakes in the length of the step, in the losses, and in the order of the rows."""

from itertools import combinations, permutations

import numpy as np

from .train_epoch import epoch, towards_mean, train_epoch

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
    "last-loss-in-a-list",
    "The network is right. Your list holds one loss, that of the last batch. Is the list made anew in each turn of the loop?",
    "return new, losses",
    "return new, losses[-1:]",
)
train_epoch.slip(
    "first-loss-only",
    "The network is right. Your list holds one loss, that of the first batch. Which line belongs into the loop?",
    "return new, losses",
    "return new, losses[:1]",
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


def in_another_order(seen, network, x, y, batch_size, learning_rate, loss_and_gradients):
    """Recognises an epoch over the same rows in another order: the toy by its result, a network by its first loss."""
    if not isinstance(seen, list | tuple) or len(seen) != 2 or len(seen[1]) != -(-len(x) // batch_size):
        return False
    if loss_and_gradients is towards_mean:
        rest = (batch_size, learning_rate, towards_mean)
        found = (epoch(network, x[list(order)], y[list(order)], *rest) for order in permutations(range(len(x))))
        return any(
            np.allclose(np.ravel(seen[0]), np.ravel(new)) and np.allclose(seen[1], losses) for new, losses in found
        )
    each = [loss_and_gradients(network, x[i : i + 1], y[i : i + 1])[0] for i in range(len(x))]
    others = list(combinations(each, min(batch_size, len(x))))[1:]  # the first are the first rows
    return any(np.isclose(seen[1][0], np.mean(some), rtol=1e-9, atol=1e-12) for some in others)


train_epoch.slip(
    "shuffled-again",
    (
        "Your first batch holds other rows than the first ones. The rows have been shuffled before, and are taken in their order. Does your code draw an "
        "order of its own?"
    ),
    "new, losses = network, []",
    "new, losses = network, []\n    order = np.arange(len(x))[::-1]\n    x, y = x[order], y[order]",
    when=in_another_order,
)
