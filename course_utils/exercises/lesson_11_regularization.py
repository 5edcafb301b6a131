"""Exercises of lesson 11: overfitting and its cures: dropout, L2, early stopping, batch normalisation, shifted images.

The Keras answer is judged by what the model does. Its forward pass is computed again in NumPy from its weights; for a
look at its dropout the weights are set so that each hidden neuron can be read off the output.
"""

import numpy as np

from course_utils import nn

from .core import Lesson, edge, plain, random, small
from .core.classifiers import share_problem
from .core.compare import family
from .core.lazy import keras
from .core.networks import dense_shapes, is_forward, is_model, no_model, shapes

lesson = Lesson("11_regularization", "Regularization")

# Read the curves --------------------------------------------------------------------------------------

diagnose = lesson.values(
    "diagnose",
    points=2,
    title="Four trainings, four findings",
    reference=lambda: {"north": "underfits", "east": "overfits", "south": "stopped too soon", "west": "fits"},
)


@diagnose.mistake(
    "small-gap-means-fit",
    "In north the two curves lie close together, but where? Its *training* loss has stopped at a "
    "high level. Could a network that has understood the digits be so often wrong?",
)
def _():
    return {"north": "fits"}


@diagnose.mistake(
    "high-loss-means-overfitting",
    "north does badly on the digits it trains on as well. What has it learned by heart, then?",
)
def _():
    return {"north": "overfits"}


@diagnose.mistake(
    "training-loss-only",
    "east's training loss is nearly 0, but that is the loss on its exercises. What does the other "
    "curve do after epoch 5?",
)
def _():
    return {"east": "fits"}


@diagnose.mistake(
    "falling-means-done",
    "The two curves of south keep together, but they end higher than those of west. Look at the last epochs: are they level yet?",
)
def _():
    return {"south": "fits"}


@diagnose.mistake(
    "still-high-means-too-small",
    "south is still above west, but its curves are on their way down. What would you do "
    "before you build a larger network?",
)
def _():
    return {"south": "underfits"}


@diagnose.mistake(
    "any-gap-means-overfitting",
    "In west the validation loss is a little higher than the training loss, as it nearly always "
    "is. Overfitting is when it *rises*. Does it?",
)
def _():
    return {"west": "overfits"}


@diagnose.variant("capital letters")
def _():
    return {"north": "Underfits", "west": "FITS"}


@diagnose.variant("with a stray space")
def _():
    return {"east": "overfits ", "south": " Stopped too soon"}


# Dropout ----------------------------------------------------------------------------------------------


def inverted_dropout(x, rate, draws, training):
    """x where draws >= rate, divided by 1 - rate, and 0 elsewhere; x itself when not training."""
    return x * (draws >= rate) / (1 - rate) if training else x


dropout = lesson.function("dropout", reference=inverted_dropout, points=3, title="Dropout")


@dropout.cases
def _(rng):
    x, draws = np.array([4.0, 8.0, 12.0, 16.0]), np.array([0.9, 0.1, 0.3, 0.6])
    yield small("rate 0.2: the second one is dropped, the others become 5, 15 and 20", x, 0.2, draws, True)
    yield small("the same numbers in use: nothing changes", x, 0.2, draws, False)
    rate = float(rng.choice([0.1, 0.3, 0.6, 0.7]))
    yield random("a table, training", rng.normal(size=(4, 5)), rate, rng.random((4, 5)), True)
    yield random("a table, in use", rng.normal(size=(3, 4)), rate, rng.random((3, 4)), False)
    yield edge("rate 0 drops nothing", rng.normal(size=(2, 3)), 0.0, rng.random((2, 3)), True)
    yield edge("every draw below the rate", rng.uniform(1, 2, size=3), 0.75, rng.uniform(0, 0.7, size=3), True)


@dropout.mistake(
    "no-scaling",
    "The right ones are dropped, but the others kept their size. With a fifth of the neurons gone, the sum of the "
    "layer is too small. By what do you divide the ones that stay?",
)
def _(x, rate, draws, training):
    return np.where(draws >= rate, x, 0.0) if training else x


@dropout.mistake("divided-by-rate", "You divide by the share that is dropped. Which share stays?")
def _(x, rate, draws, training):
    return x * (draws >= rate) / rate if training else x


@dropout.mistake(
    "multiplied", "What stays became smaller, not larger. It has to make up for what is missing: multiply, or divide?"
)
def _(x, rate, draws, training):
    return x * (draws >= rate) * (1 - rate) if training else x


@dropout.mistake(
    "mask-reversed", "With rate 0.2 you dropped three of four: those with a large draw. Which draws are below the rate?"
)
def _(x, rate, draws, training):
    return x * (draws < rate) / (1 - rate) if training else x


@dropout.mistake(
    "drops-in-use",
    "Your dropout also drops when `training` is False. Should the answer to one digit change from one call to "
    "the next?",
)
def _(x, rate, draws, training):
    return x * (draws >= rate) / (1 - rate)


@dropout.mistake(
    "scales-in-use",
    "This is dropout as it was first published: full size in training, smaller numbers in use. Today it is "
    "the other way round, so that nothing needs to be done in use. Where does the division belong?",
)
def _(x, rate, draws, training):
    return x * (draws >= rate) if training else x * (1 - rate)


@dropout.mistake("training-reversed", "You drop in use and leave the training alone. Read the `if` once more.")
def _(x, rate, draws, training):
    return x if training else x * (draws >= rate) / (1 - rate)


@dropout.mistake(
    "changes-input",
    "The result is right, but `x[...] = 0` and `x /=` write into the caller's array. Multiply by a mask instead: that "
    "makes a new one.",
)
def _(x, rate, draws, training):
    if training:
        x[draws < rate] = 0
        x /= 1 - rate
    return x


@dropout.mistake(
    "no-brackets", "`x / 1 - rate` divides by 1 first and then takes the rate away. What belongs in brackets?"
)
def _(x, rate, draws, training):
    return np.where(draws < rate, 0.0, x / 1 - rate) if training else x


@dropout.variant("np.where")
def _(x, rate, draws, training):
    if not training:
        return x
    return np.where(draws < rate, 0.0, x / (1 - rate))


@dropout.variant("a copy and a Boolean index")
def _(x, rate, draws, training):
    y = x.copy()
    if training:
        y[draws < rate] = 0
        y = y / (1 - rate)
    return y


@dropout.variant("number by number")
def _(x, rate, draws, training):
    keep = 1 - rate
    numbers = [v / keep if d >= rate else 0.0 for v, d in zip(x.ravel(), draws.ravel(), strict=True)]
    return np.reshape(numbers, x.shape) if training else x.copy()


# L2 ---------------------------------------------------------------------------------------------------


def penalty_and_gradient(W, strength):
    """strength · sum of W² and its gradient, 2 · strength · W."""
    return strength * np.sum(W**2), 2 * strength * W


l2 = lesson.function("l2", reference=penalty_and_gradient, points=3, title="The L2 penalty and its gradient")


@l2.cases
def _(rng):
    yield small("weights 1, -2, 3, 0 and strength 0.1: penalty 1.4", np.array([[1.0, -2.0], [3.0, 0.0]]), 0.1)
    yield random("a kernel of 4 × 3", rng.normal(size=(4, 3)), float(rng.uniform(0.01, 0.3)))
    yield random("a kernel of 2 × 5", rng.normal(size=(2, 5)), float(rng.uniform(0.01, 0.3)))
    yield edge("all weights 0", np.zeros((2, 3)), 0.5)
    yield edge("strength 0", rng.normal(size=(3, 2)), 0.0)


@l2.mistake(
    "l1", "You add up sizes without squaring them. That is another penalty, L1. What does the 2 in L2 stand for?"
)
def _(W, strength):
    return strength * np.sum(np.abs(W)), strength * np.sign(W)


@l2.mistake("root", "The penalty is the sum of the squares itself. Is there a square root in the formula?")
def _(W, strength):
    return strength * np.sqrt(np.sum(W**2)), 2 * strength * W


@l2.mistake("mean", "You divide by the number of weights. The penalty is a sum: more weights, more penalty.")
def _(W, strength):
    return strength * np.mean(W**2), 2 * strength * W / W.size


@l2.mistake(
    "sum-then-square", "You add the weights first and square the sum: 1 - 2 + 3 + 0 = 2, squared 4. What comes first?"
)
def _(W, strength):
    return strength * np.sum(W) ** 2, 2 * strength * W


@l2.mistake("gradient-without-two", "The penalty is right. Its slope is not: what is the derivative of w²?")
def _(W, strength):
    return strength * np.sum(W**2), strength * W


@l2.mistake(
    "half",
    "Some books put ½ before the penalty so that the 2 of the derivative goes away. Here, and in Keras, there is no ½.",
)
def _(W, strength):
    return strength * np.sum(W**2) / 2, strength * W


@l2.mistake(
    "strength-lost",
    "The gradient of a penalty ten times as strong is ten times as long. Where is the strength in yours?",
)
def _(W, strength):
    return strength * np.sum(W**2), 2 * W


@l2.mistake(
    "downhill", "You return the step, minus the gradient. The gradient points uphill; the optimizer puts in the minus."
)
def _(W, strength):
    return strength * np.sum(W**2), -2 * strength * W


@l2.mistake("swapped", "Both parts are right, in the wrong order: the penalty, a number, comes first.")
def _(W, strength):
    return 2 * strength * W, strength * np.sum(W**2)


@l2.mistake(
    "only-the-penalty", "The penalty is right, but training needs its slope as well. Which second result is asked for?"
)
def _(W, strength):
    return strength * np.sum(W**2)


@l2.variant("a dot product of the weights with themselves")
def _(W, strength):
    w = W.ravel()
    return strength * (w @ w), strength * (W + W)


@l2.variant("loops, as a list")
def _(W, strength):
    penalty, gradient = 0.0, np.zeros(W.shape)
    for row in range(W.shape[0]):
        for column in range(W.shape[1]):
            penalty += strength * W[row, column] ** 2
            gradient[row, column] = 2 * strength * W[row, column]
    return [penalty, gradient]


# Early stopping ---------------------------------------------------------------------------------------


def stopped_and_best(val_losses, patience):
    """The epoch after which training stops and the best epoch until then, both counted from 1."""
    best = 1
    for epoch, loss in enumerate(val_losses, start=1):
        if loss < val_losses[best - 1]:
            best = epoch
        if epoch - best >= patience:
            break
    return epoch, best


early_stopping = lesson.function("early-stopping", reference=stopped_and_best, points=3, title="Early stopping")


@early_stopping.cases
def _(rng):
    yield small("best at epoch 3, then two without a better one", [0.9, 0.6, 0.5, 0.55, 0.52, 0.53, 0.4], 2)
    # Falls to its best at epoch `low`, then wavers above it; a still better one waits beyond the stop.
    low, patience = int(rng.integers(4, 8)), int(rng.integers(3, 5))
    fall = np.sort(rng.uniform(0.5, 1.0, size=low))[::-1]
    waver = fall[-1] + np.where(np.arange(patience + 1) % 2, 0.04, 0.08) + rng.uniform(0, 0.01, size=patience + 1)
    yield random(
        f"a long training, patience {patience}", [*map(float, fall), *map(float, waver), 0.45, 0.4, 0.3], patience
    )
    yield random(
        "a pause of two epochs, patience 3",
        [0.9, 0.7, 0.75, 0.72, float(rng.uniform(0.5, 0.6)), 0.8, 0.7, 0.75, 0.3],
        3,
    )
    yield edge("better in every epoch", list(map(float, np.sort(rng.uniform(size=6))[::-1])), 2)
    yield edge("the end comes before patience is over", [0.8, 0.5, 0.6, 0.7], 5)
    yield edge("as good as the best is not better", [0.7, 0.5, 0.5, 0.5, 0.4], 2)


@early_stopping.mistake(
    "looks-into-the-future",
    "Your best epoch lies after the stop. Those epochs were never trained: which losses may you look at?",
)
def _(val_losses, patience):
    best = 1
    for epoch, loss in enumerate(val_losses, start=1):
        if loss < val_losses[best - 1]:
            best = epoch
        if epoch - best >= patience:
            break
    return epoch, int(np.argmin(val_losses)) + 1


@early_stopping.mistake(
    "never-stops", "You always train to the end. After how many epochs without a better loss is it over?"
)
def _(val_losses, patience):
    return len(val_losses), int(np.argmin(val_losses)) + 1


@early_stopping.mistake(
    "from-zero", "Both epochs are one too small. Python counts from 0; what is the first epoch called here?"
)
def _(val_losses, patience):
    best = 0
    for epoch, loss in enumerate(val_losses):
        if loss < val_losses[best]:
            best = epoch
        if epoch - best >= patience:
            break
    return epoch, best


@early_stopping.mistake(
    "one-too-patient", "With patience 2 you wait for three epochs without improvement. `>` or `>=`?"
)
def _(val_losses, patience):
    best = 1
    for epoch, loss in enumerate(val_losses, start=1):
        if loss < val_losses[best - 1]:
            best = epoch
        if epoch - best > patience:
            break
    return epoch, best


@early_stopping.mistake(
    "compared-with-the-epoch-before",
    "You forgive every epoch that is better than the one *before* it. With which epoch should it be compared?",
)
def _(val_losses, patience):
    best, wait = 1, 0
    for epoch, loss in enumerate(val_losses, start=1):
        if loss < val_losses[best - 1]:
            best = epoch
        wait = wait + 1 if epoch > 1 and loss >= val_losses[epoch - 2] else 0
        if wait >= patience:
            break
    return epoch, best


@early_stopping.mistake(
    "waits-in-all",
    "You count all epochs without improvement together. When a better epoch comes, how far does the count start again?",
)
def _(val_losses, patience):
    best, wait = 1, 0
    for epoch, loss in enumerate(val_losses, start=1):
        if loss < val_losses[best - 1]:
            best = epoch
        elif epoch > 1:
            wait += 1
        if wait >= patience:
            break
    return epoch, best


@early_stopping.mistake(
    "ties-count", "A loss that is only as good as the best one counts as better in your code. `<` or `<=`?"
)
def _(val_losses, patience):
    best = 1
    for epoch, loss in enumerate(val_losses, start=1):
        if loss <= val_losses[best - 1]:
            best = epoch
        if epoch - best >= patience:
            break
    return epoch, best


@early_stopping.mistake(
    "swapped", "Right numbers, wrong order: first the epoch at which the training stops, then the best one."
)
def _(val_losses, patience):
    best = 1
    for epoch, loss in enumerate(val_losses, start=1):
        if loss < val_losses[best - 1]:
            best = epoch
        if epoch - best >= patience:
            break
    return best, epoch


@early_stopping.mistake(
    "loss-not-epoch", "Your second number is the lowest loss. The text asks for the *epoch* that had it."
)
def _(val_losses, patience):
    best = 1
    for epoch, loss in enumerate(val_losses, start=1):
        if loss < val_losses[best - 1]:
            best = epoch
        if epoch - best >= patience:
            break
    return epoch, val_losses[best - 1]


@early_stopping.variant("with a counter")
def _(val_losses, patience):
    lowest, best, wait = float("inf"), 0, 0
    for i, loss in enumerate(val_losses):
        if loss < lowest:
            lowest, best, wait = loss, i, 0
        else:
            wait += 1
            if wait == patience:
                return i + 1, best + 1
    return len(val_losses), best + 1


@early_stopping.variant("argmin of what has been seen, as a list")
def _(val_losses, patience):
    for epoch in range(1, len(val_losses) + 1):
        best = int(np.argmin(val_losses[:epoch])) + 1
        if epoch - best == patience:
            return [epoch, best]
    return [len(val_losses), best]


# Batch normalisation ----------------------------------------------------------------------------------


def normalized(x, gamma, beta, stored_mean, stored_variance, training, momentum=0.9, epsilon=1e-3):
    """gamma (x - mean) / sqrt(variance + epsilon) + beta, and the stored averages afterwards."""
    mean, variance = stored_mean, stored_variance
    if training:
        mean, variance = x.mean(axis=0), x.var(axis=0)
        stored_mean = momentum * stored_mean + (1 - momentum) * mean
        stored_variance = momentum * stored_variance + (1 - momentum) * variance
    y = gamma * (x - mean) / np.sqrt(variance + epsilon) + beta
    return y, stored_mean, stored_variance


batch_norm = lesson.function("batch-norm", reference=normalized, points=4, title="Batch normalisation")


@batch_norm.cases
def _(rng):
    def sizes(count, features):
        x = rng.normal(size=(count, features)) * 3 + rng.uniform(1, 4, size=features)
        return (
            x,
            rng.uniform(0.5, 2, features),
            rng.normal(size=features),
            rng.normal(size=features),
            rng.uniform(2, 5, features),
        )

    one = [np.array([number]) for number in (2.0, 10.0, 0.0, 4.0)]
    x = np.array([[1.0], [5.0]])
    yield small("training on 1 and 5: y is 8 and 12, stored 0.3 and 4", x, *one, True, epsilon=0.0)
    yield small("the same in use: y is 11 and 15", x, *one, False, epsilon=0.0)
    yield random("6 examples of 3 features, training", *sizes(6, 3), True)
    yield random("5 examples of 2 features, in use", *sizes(5, 2), False)
    yield random("another momentum", *sizes(4, 3), True, momentum=float(rng.choice([0.5, 0.8, 0.99])))
    yield edge("one example in use", *sizes(1, 4), False)
    same, *others = sizes(3, 2)
    yield edge("a feature that never changes", np.full_like(same, 2.0), *others, True)


@batch_norm.mistake(
    "batch-in-use", "In use you still take mean and variance of the batch. What would a batch of one example give?"
)
def _(x, gamma, beta, stored_mean, stored_variance, training, momentum=0.9, epsilon=1e-3):
    mean, variance = x.mean(axis=0), x.var(axis=0)
    y = gamma * (x - mean) / np.sqrt(variance + epsilon) + beta
    if training:
        stored_mean = momentum * stored_mean + (1 - momentum) * mean
        stored_variance = momentum * stored_variance + (1 - momentum) * variance
    return y, stored_mean, stored_variance


@batch_norm.mistake(
    "stored-in-training",
    "In training you normalise with the stored averages. Whose mean and variance make the batch come out around 0?",
)
def _(x, gamma, beta, stored_mean, stored_variance, training, momentum=0.9, epsilon=1e-3):
    y = gamma * (x - stored_mean) / np.sqrt(stored_variance + epsilon) + beta
    if training:
        stored_mean = momentum * stored_mean + (1 - momentum) * x.mean(axis=0)
        stored_variance = momentum * stored_variance + (1 - momentum) * x.var(axis=0)
    return y, stored_mean, stored_variance


@batch_norm.mistake(
    "moved-averages-in-training",
    "In training you normalise with the averages that you have just moved. They hold only a little of "
    "this batch: whose mean and variance belong into y?",
)
def _(x, gamma, beta, stored_mean, stored_variance, training, momentum=0.9, epsilon=1e-3):
    if training:
        stored_mean = momentum * stored_mean + (1 - momentum) * x.mean(axis=0)
        stored_variance = momentum * stored_variance + (1 - momentum) * x.var(axis=0)
    return gamma * (x - stored_mean) / np.sqrt(stored_variance + epsilon) + beta, stored_mean, stored_variance


@batch_norm.mistake(
    "nothing-stored",
    "y is right, but the stored averages stayed as they were. How will the layer know them after the training?",
)
def _(x, gamma, beta, stored_mean, stored_variance, training, momentum=0.9, epsilon=1e-3):
    mean, variance = (x.mean(axis=0), x.var(axis=0)) if training else (stored_mean, stored_variance)
    return gamma * (x - mean) / np.sqrt(variance + epsilon) + beta, stored_mean, stored_variance


@batch_norm.mistake(
    "momentum-reversed",
    "Your stored averages jump to the new batch. With momentum 0.9, which of the two keeps nine tenths?",
)
def _(x, gamma, beta, stored_mean, stored_variance, training, momentum=0.9, epsilon=1e-3):
    mean, variance = (x.mean(axis=0), x.var(axis=0)) if training else (stored_mean, stored_variance)
    y = gamma * (x - mean) / np.sqrt(variance + epsilon) + beta
    if training:
        stored_mean = (1 - momentum) * stored_mean + momentum * mean
        stored_variance = (1 - momentum) * stored_variance + momentum * variance
    return y, stored_mean, stored_variance


@batch_norm.mistake(
    "stored-in-use",
    "You update the stored averages in use as well. Should what the layer knows depend on whom it is asked about?",
)
def _(x, gamma, beta, stored_mean, stored_variance, training, momentum=0.9, epsilon=1e-3):
    mean, variance = (x.mean(axis=0), x.var(axis=0)) if training else (stored_mean, stored_variance)
    y = gamma * (x - mean) / np.sqrt(variance + epsilon) + beta
    stored_mean = momentum * stored_mean + (1 - momentum) * x.mean(axis=0)
    stored_variance = momentum * stored_variance + (1 - momentum) * x.var(axis=0)
    return y, stored_mean, stored_variance


@batch_norm.mistake(
    "no-root", "You divide by the variance. To get a spread of 1, what do you take of the variance first?"
)
def _(x, gamma, beta, stored_mean, stored_variance, training, momentum=0.9, epsilon=1e-3):
    mean, variance = stored_mean, stored_variance
    if training:
        mean, variance = x.mean(axis=0), x.var(axis=0)
        stored_mean = momentum * stored_mean + (1 - momentum) * mean
        stored_variance = momentum * stored_variance + (1 - momentum) * variance
    return gamma * (x - mean) / (variance + epsilon) + beta, stored_mean, stored_variance


@batch_norm.mistake(
    "epsilon-outside-the-root",
    "Nearly: you add epsilon to the root. In the formula it is added to the variance. Which comes first?",
)
def _(x, gamma, beta, stored_mean, stored_variance, training, momentum=0.9, epsilon=1e-3):
    mean, variance = (x.mean(axis=0), x.var(axis=0)) if training else (stored_mean, stored_variance)
    y = gamma * (x - mean) / (np.sqrt(variance) + epsilon) + beta
    if training:
        stored_mean = momentum * stored_mean + (1 - momentum) * mean
        stored_variance = momentum * stored_variance + (1 - momentum) * variance
    return y, stored_mean, stored_variance


@batch_norm.mistake(
    "whole-table", "You take one mean over the whole table. Each feature has its own: which axis are the examples?"
)
def _(x, gamma, beta, stored_mean, stored_variance, training, momentum=0.9, epsilon=1e-3):
    mean, variance = stored_mean, stored_variance
    if training:
        mean, variance = x.mean(), x.var()
        stored_mean = momentum * stored_mean + (1 - momentum) * mean
        stored_variance = momentum * stored_variance + (1 - momentum) * variance
    return gamma * (x - mean) / np.sqrt(variance + epsilon) + beta, stored_mean, stored_variance


@batch_norm.mistake(
    "no-gamma-beta", "Everything comes out around 0 with spread 1, and there you stop. What are gamma and beta for?"
)
def _(x, gamma, beta, stored_mean, stored_variance, training, momentum=0.9, epsilon=1e-3):
    mean, variance = stored_mean, stored_variance
    if training:
        mean, variance = x.mean(axis=0), x.var(axis=0)
        stored_mean = momentum * stored_mean + (1 - momentum) * mean
        stored_variance = momentum * stored_variance + (1 - momentum) * variance
    return (x - mean) / np.sqrt(variance + epsilon), stored_mean, stored_variance


@batch_norm.mistake(
    "no-epsilon",
    "A feature that never changes has variance 0, and you divide by its root. What keeps that from being 0?",
)
def _(x, gamma, beta, stored_mean, stored_variance, training, momentum=0.9, epsilon=1e-3):
    mean, variance = stored_mean, stored_variance
    if training:
        mean, variance = x.mean(axis=0), x.var(axis=0)
        stored_mean = momentum * stored_mean + (1 - momentum) * mean
        stored_variance = momentum * stored_variance + (1 - momentum) * variance
    return gamma * (x - mean) / np.sqrt(variance) + beta, stored_mean, stored_variance


@batch_norm.mistake(
    "writes-into-stored",
    "The numbers are right, but `+=` and `*=` write into the caller's arrays. Make new ones for the new averages.",
)
def _(x, gamma, beta, stored_mean, stored_variance, training, momentum=0.9, epsilon=1e-3):
    mean, variance = stored_mean, stored_variance
    if training:
        mean, variance = x.mean(axis=0), x.var(axis=0)
        stored_mean += (1 - momentum) * (mean - stored_mean)
        stored_variance += (1 - momentum) * (variance - stored_variance)
    return gamma * (x - mean) / np.sqrt(variance + epsilon) + beta, stored_mean, stored_variance


@batch_norm.mistake(
    "only-y",
    "y is there, and nothing else. The layer also has to hand on its stored mean and variance: three results, y first.",
)
def _(x, gamma, beta, stored_mean, stored_variance, training, momentum=0.9, epsilon=1e-3):
    mean, variance = (x.mean(axis=0), x.var(axis=0)) if training else (stored_mean, stored_variance)
    return gamma * (x - mean) / np.sqrt(variance + epsilon) + beta


@batch_norm.variant("a step towards the batch")
def _(x, gamma, beta, stored_mean, stored_variance, training, momentum=0.9, epsilon=1e-3):
    if not training:
        return (x - stored_mean) * (gamma / (stored_variance + epsilon) ** 0.5) + beta, stored_mean, stored_variance
    mean = np.sum(x, axis=0) / len(x)
    variance = np.sum((x - mean) ** 2, axis=0) / len(x)
    step = 1 - momentum
    return (
        (x - mean) * (gamma / (variance + epsilon) ** 0.5) + beta,
        stored_mean + step * (mean - stored_mean),
        stored_variance + step * (variance - stored_variance),
    )


@batch_norm.variant("feature by feature, as a list")
def _(x, gamma, beta, stored_mean, stored_variance, training, momentum=0.9, epsilon=1e-3):
    y, means, variances = np.empty(x.shape), stored_mean.copy(), stored_variance.copy()
    for f in range(x.shape[1]):
        mean, variance = (x[:, f].mean(), x[:, f].var()) if training else (means[f], variances[f])
        y[:, f] = gamma[f] * (x[:, f] - mean) / np.sqrt(variance + epsilon) + beta[f]
        if training:
            means[f] = momentum * means[f] + (1 - momentum) * mean
            variances[f] = momentum * variances[f] + (1 - momentum) * variance
    return [y, means, variances]


# Shifted images ---------------------------------------------------------------------------------------


def shifted(images, down, right):
    """The images moved down and to the right (negative: up, left); what comes in at the border is 0."""
    height, width = images.shape[1:]
    moved = np.zeros_like(images)
    moved[:, max(down, 0) : height + min(down, 0), max(right, 0) : width + min(right, 0)] = images[
        :, max(-down, 0) : height + min(-down, 0), max(-right, 0) : width + min(-right, 0)
    ]
    return moved


shift = lesson.function("shift", reference=shifted, points=3, title="Shift the images")


@shift.cases
def _(rng):
    def some(count, height, width):
        return rng.uniform(0.1, 1, size=(count, height, width))

    yield small("the numbers 1 to 9, one down", np.arange(1.0, 10).reshape(1, 3, 3), 1, 0)
    yield small("the numbers 1 to 9, one to the right", np.arange(1.0, 10).reshape(1, 3, 3), 0, 1)
    yield random("two images, down and to the right", some(2, 5, 6), int(rng.integers(1, 4)), int(rng.integers(1, 4)))
    yield random("three images, up and to the left", some(3, 6, 5), -int(rng.integers(1, 4)), -int(rng.integers(1, 4)))
    yield random("up and to the right", some(2, 5, 5), -2, 1)
    yield edge("no shift at all", some(2, 4, 4), 0, 0)


@shift.mistake(
    "rolled-round",
    "What leaves at the bottom comes in at the top: `np.roll` goes round in a circle. What should stand in the rows "
    "that have become free?",
)
def _(images, down, right):
    return np.roll(images, (down, right), axis=(1, 2))


@shift.mistake(
    "wrong-way", "The images move, but the other way. Row 0 of the old image belongs into which row of the new one?"
)
def _(images, down, right):
    height, width = images.shape[1:]
    padded = np.pad(images, ((0, 0), (abs(down), abs(down)), (abs(right), abs(right))))
    top, left = abs(down) + down, abs(right) + right
    return padded[:, top : top + height, left : left + width]


@shift.mistake("axes-swapped", "Down and right are mixed up. Which axis of (N, rows, columns) goes down?")
def _(images, down, right):
    height, width = images.shape[1:]
    padded = np.pad(images, ((0, 0), (abs(right), abs(right)), (abs(down), abs(down))))
    top, left = abs(right) - right, abs(down) - down
    return padded[:, top : top + height, left : left + width]


@shift.mistake("border-repeated", "The free rows are filled with copies of the border. Paper is 0.")
def _(images, down, right):
    height, width = images.shape[1:]
    padded = np.pad(images, ((0, 0), (abs(down), abs(down)), (abs(right), abs(right))), mode="edge")
    top, left = abs(down) - down, abs(right) - right
    return padded[:, top : top + height, left : left + width]


@shift.mistake(
    "only-forward",
    "Down and right work, up and left do not: a negative number in a slice counts from the end. What are the borders "
    "of the slice when `down` is -1?",
)
def _(images, down, right):
    height, width = images.shape[1:]
    moved = np.zeros_like(images)
    moved[:, down:, right:] = images[:, : height - down, : width - right]
    return moved


@shift.mistake(
    "wraps-up-and-left",
    "Down and right work. Up and left, what leaves the image comes in on the other side: place -1 is the last one. "
    "Which pixels must not be copied?",
)
def _(images, down, right):
    _, height, width = images.shape
    moved = np.zeros_like(images)
    for row in range(height):
        for column in range(width):
            if row + down < height and column + right < width:
                moved[:, row + down, column + right] = images[:, row, column]
    return moved


@shift.mistake("changes-input", "The result is right, but the caller's images were moved too. Work on a copy.")
def _(images, down, right):
    height, width = images.shape[1:]
    images[...] = np.roll(images, (down, right), axis=(1, 2))
    images[:, : max(down, 0)] = 0
    images[:, height + min(down, 0) :] = 0
    images[:, :, : max(right, 0)] = 0
    images[:, :, width + min(right, 0) :] = 0
    return images


@shift.variant("a frame of zeros, then a window")
def _(images, down, right):
    height, width = images.shape[1:]
    frame = np.pad(images, ((0, 0), (height, height), (width, width)))
    return frame[:, height - down : 2 * height - down, width - right : 2 * width - right]


@shift.variant("np.roll, then the free rows and columns to 0")
def _(images, down, right):
    moved = np.roll(images, (down, right), axis=(1, 2))
    rows, columns = moved.shape[1:]
    moved[:, (np.arange(rows) < down) | (np.arange(rows) >= rows + down)] = 0
    moved[:, :, (np.arange(columns) < right) | (np.arange(columns) >= columns + right)] = 0
    return moved


@shift.variant("pixel by pixel")
def _(images, down, right):
    count, height, width = images.shape
    moved = np.zeros((count, height, width))
    for row in range(height):
        for column in range(width):
            if 0 <= row - down < height and 0 <= column - right < width:
                moved[:, row, column] = images[:, row - down, column - right]
    return moved


# A Keras model with dropout and L2 --------------------------------------------------------------------


def regularized(inputs, hidden, classes, rate, strength):
    """inputs → hidden (ReLU) → dropout → classes (softmax), with an L2 penalty on both kernels."""
    penalty = keras.regularizers.L2(strength)
    return keras.Sequential([
        keras.Input((inputs,)),
        keras.layers.Dense(hidden, activation="relu", kernel_regularizer=penalty),
        keras.layers.Dropout(rate),
        keras.layers.Dense(classes, activation="softmax", kernel_regularizer=penalty),
    ])


build = lesson.function("build-regularized", reference=regularized, points=4, rounds=1, title="Dropout and L2 in Keras")


@build.given
def _():
    return {"keras": keras}


@build.cases
def _(rng):
    def rows():
        return rng.uniform(0, 1, (400, 6)).astype(np.float32)

    yield small("6 inputs, 8 hidden neurons, 9 classes, rate 0.25, strength 0.1", 6, 8, 9, 0.25, 0.1, rows())
    rate, strength = float(rng.choice([0.3, 0.6, 0.7])), float(rng.uniform(0.02, 0.06))
    yield random("another rate and strength", 6, 10, 11, rate, strength, rows())
    yield edge("rate 0 and strength 0: a plain network", 6, 4, 5, 0.0, 0.0, rows())


SEEN_AT = 0.05  # each score is so much of its neuron; larger scores would leave the range of softmax


def window(inputs, hidden, classes):
    """Weights with which every hidden neuron is 1, and the scores are the neurons, made small, beside zeros."""
    return [
        np.zeros((inputs, hidden), np.float32),
        np.ones(hidden, np.float32),
        SEEN_AT * np.eye(hidden, classes, dtype=np.float32),
        np.zeros(classes, np.float32),
    ]


@build.drive
def _(answer, inputs, hidden, classes, rate, strength, x):
    model = answer(inputs, hidden, classes, rate, strength)
    if not hasattr(model, "get_weights"):
        return family(model)
    weights = model.get_weights()
    seen = {
        "weights": weights,
        "probabilities": model(x),
        "training": model(x, training=True),
        "penalties": losses(model),
    }
    if [np.shape(w) for w in weights] == dense_shapes(inputs, hidden, classes):
        model.set_weights(window(inputs, hidden, classes))
        seen |= {"window": model(x, training=True), "window_penalties": losses(model)}
    return seen


def losses(model):
    """The penalties that a model holds, as floats."""
    return [float(np.asarray(loss)) for loss in plain(model.losses)]


def neurons(seen):
    """What came out of the dropout in the window, (rows, hidden); None when the output is no softmax of it."""
    p = np.asarray(seen["window"], dtype=float)
    if p.min() <= 0:
        return None
    return np.log(p[:, :-1] / p[:, -1:]) / SEEN_AT


def dropped(seen):
    """The share of hidden neurons that were dropped, and the size of the others."""
    h = neurons(seen)
    if h is None:
        return 0.0, 1.0
    gone = np.abs(h) < 0.5
    return float(gone.mean()), float(h[~gone].mean()) if (~gone).any() else 0.0


def penalty_of(weights, power=2):
    """The sum of a power of the sizes of all numbers in these arrays."""
    return float(sum(np.sum(np.abs(w.astype(float)) ** power) for w in weights))


def random_in_training(seen):
    """Whether the model answers otherwise in training."""
    return not np.allclose(seen["training"], seen["probabilities"], atol=1e-6)


def near(one, other):
    return bool(np.isclose(one, other, rtol=1e-3, atol=1e-6))


@build.accept
def _(seen, inputs, hidden, classes, rate, strength, x):
    if not is_model(seen):
        return no_model(seen, "build_regularized")
    problem = share_problem(seen["probabilities"], x, classes, "row")
    if problem:
        return problem
    if "window" not in seen:
        return (
            f"the weights should have the shapes of {inputs} → {hidden} → {classes}, "
            f"but have the shapes {', '.join(map(str, shapes(seen)))}"
        )
    if not is_forward(seen, x):
        return "the predictions are not those of ReLU in the hidden layer and softmax in the output"
    share, size = dropped(seen)
    if neurons(seen) is None or (rate == 0 and random_in_training(seen)):
        return "the outputs themselves are dropped in training"
    if rate and not share:
        return f"in training no hidden neuron is dropped; a share of {rate:g} should be"
    if abs(share - rate) > 0.06 or not np.isclose(size, 1 / (1 - rate), rtol=0.01):
        return f"in training {share:.0%} of the hidden neurons are dropped, but it should be {rate:.0%}"
    kernels = seen["weights"][::2]
    if not near(sum(seen["penalties"]), strength * penalty_of(kernels)):
        return (
            f"the penalty should be {strength:g} times the squares of both kernels, {strength * penalty_of(kernels):.4f}, "
            f"but it is {sum(seen['penalties']):.4f}"
        )
    if not near(sum(seen["window_penalties"]), strength * hidden * SEEN_AT**2):
        return "biases are penalised as well; the penalty is for kernels only"
    return None


def built(test):
    """The mistake is recognised by `test(seen, rate, strength)` on a model whose weights fit."""

    def when(seen, inputs, hidden, classes, rate, strength, x):
        return is_model(seen) and "window" in seen and bool(test(seen, rate, strength))

    return when


def penalised(test):
    """As `built`, for `test(penalty, weights, strength)`."""
    return built(lambda seen, rate, strength: test(sum(seen["penalties"]), seen["weights"], strength))


@build.mistake(
    "no-return",
    "build_regularized returned nothing. The model must leave the function: which line is missing at its end?",
    when=lambda seen, *_: seen == "None",
)
def _(inputs, hidden, classes, rate, strength):
    keras.Sequential([
        keras.Input((inputs,)),
        keras.layers.Dense(hidden, activation="relu"),
        keras.layers.Dropout(rate),
        keras.layers.Dense(classes, activation="softmax"),
    ])


@build.mistake(
    "no-softmax",
    "The outputs are scores: some are negative, and they do not sum to 1. Which activation makes shares of them?",
    when=built(lambda seen, *_: not np.allclose(np.sum(seen["probabilities"], axis=-1), 1, atol=1e-3)),
)
def _(inputs, hidden, classes, rate, strength):
    penalty = keras.regularizers.L2(strength)
    return keras.Sequential([
        keras.Input((inputs,)),
        keras.layers.Dense(hidden, activation="relu", kernel_regularizer=penalty),
        keras.layers.Dropout(rate),
        keras.layers.Dense(classes, kernel_regularizer=penalty),
    ])


@build.mistake(
    "no-hidden-activation",
    "The hidden layer does not bend, so the two layers do no more than one (lesson 02). What does "
    "`activation=` want in it?",
    when=lambda seen, inputs, hidden, classes, rate, strength, x: (
        is_model(seen) and is_forward(seen, x, hidden=nn.linear)
    ),
)
def _(inputs, hidden, classes, rate, strength):
    penalty = keras.regularizers.L2(strength)
    return keras.Sequential([
        keras.Input((inputs,)),
        keras.layers.Dense(hidden, kernel_regularizer=penalty),
        keras.layers.Dropout(rate),
        keras.layers.Dense(classes, activation="softmax", kernel_regularizer=penalty),
    ])


@build.mistake(
    "after-the-output",
    "You drop outputs: in training, some classes get the share 0 by chance, maybe the right one. Between which "
    "two layers does dropout belong?",
    when=built(lambda seen, *_: np.asarray(seen["training"]).min() == 0),
)
def _(inputs, hidden, classes, rate, strength):
    penalty = keras.regularizers.L2(strength)
    return keras.Sequential([
        keras.Input((inputs,)),
        keras.layers.Dense(hidden, activation="relu", kernel_regularizer=penalty),
        keras.layers.Dense(classes, activation="softmax", kernel_regularizer=penalty),
        keras.layers.Dropout(rate),
    ])


@build.mistake(
    "inputs-dropped",
    "You drop inputs, not hidden neurons: the dropout stands before the hidden layer. Where is its place in the list?",
    when=built(lambda seen, *_: random_in_training(seen) and dropped(seen)[0] == 0),
)
def _(inputs, hidden, classes, rate, strength):
    penalty = keras.regularizers.L2(strength)
    return keras.Sequential([
        keras.Input((inputs,)),
        keras.layers.Dropout(rate),
        keras.layers.Dense(hidden, activation="relu", kernel_regularizer=penalty),
        keras.layers.Dense(classes, activation="softmax", kernel_regularizer=penalty),
    ])


@build.mistake(
    "no-dropout",
    "In training the model answers exactly as in use: nothing is dropped. Which layer is missing?",
    when=built(lambda seen, rate, _: rate > 0 and not random_in_training(seen)),
)
def _(inputs, hidden, classes, rate, strength):
    penalty = keras.regularizers.L2(strength)
    return keras.Sequential([
        keras.Input((inputs,)),
        keras.layers.Dense(hidden, activation="relu", kernel_regularizer=penalty),
        keras.layers.Dense(classes, activation="softmax", kernel_regularizer=penalty),
    ])


@build.mistake(
    "keep-for-rate",
    "The share that you drop is the one that should stay. What does Keras's Dropout want: the share to drop or to keep?",
    when=built(lambda seen, rate, _: abs(dropped(seen)[0] - (1 - rate)) < 0.06),
)
def _(inputs, hidden, classes, rate, strength):
    penalty = keras.regularizers.L2(strength)
    return keras.Sequential([
        keras.Input((inputs,)),
        keras.layers.Dense(hidden, activation="relu", kernel_regularizer=penalty),
        keras.layers.Dropout(1 - rate),
        keras.layers.Dense(classes, activation="softmax", kernel_regularizer=penalty),
    ])


@build.mistake(
    "fixed-rate",
    "Whatever rate is asked for, half of the neurons are dropped. Where should the parameter `rate` stand?",
    when=built(lambda seen, rate, _: abs(dropped(seen)[0] - 0.5) < 0.06),
)
def _(inputs, hidden, classes, rate, strength):
    penalty = keras.regularizers.L2(strength)
    return keras.Sequential([
        keras.Input((inputs,)),
        keras.layers.Dense(hidden, activation="relu", kernel_regularizer=penalty),
        keras.layers.Dropout(0.5),
        keras.layers.Dense(classes, activation="softmax", kernel_regularizer=penalty),
    ])


@build.mistake(
    "no-penalty",
    "The model holds no penalty at all. With which argument does a Dense layer take a regularizer for its kernel?",
    when=penalised(lambda penalty, *_: penalty == 0),
)
def _(inputs, hidden, classes, rate, strength):
    return keras.Sequential([
        keras.Input((inputs,)),
        keras.layers.Dense(hidden, activation="relu"),
        keras.layers.Dropout(rate),
        keras.layers.Dense(classes, activation="softmax"),
    ])


@build.mistake(
    "one-kernel-only",
    "Only one of the two kernels is penalised. The output layer has a kernel as well, and so has the hidden one.",
    when=penalised(
        lambda penalty, weights, strength: (
            near(penalty, strength * penalty_of(weights[:1])) or near(penalty, strength * penalty_of(weights[2:3]))
        )
    ),
)
def _(inputs, hidden, classes, rate, strength):
    return keras.Sequential([
        keras.Input((inputs,)),
        keras.layers.Dense(hidden, activation="relu", kernel_regularizer=keras.regularizers.L2(strength)),
        keras.layers.Dropout(rate),
        keras.layers.Dense(classes, activation="softmax"),
    ])


@build.mistake(
    "l1",
    "You penalise the sizes of the weights, not their squares. Which of Keras's regularizers squares?",
    when=penalised(lambda penalty, weights, strength: near(penalty, strength * penalty_of(weights[::2], 1))),
)
def _(inputs, hidden, classes, rate, strength):
    penalty = keras.regularizers.L1(strength)
    return keras.Sequential([
        keras.Input((inputs,)),
        keras.layers.Dense(hidden, activation="relu", kernel_regularizer=penalty),
        keras.layers.Dropout(rate),
        keras.layers.Dense(classes, activation="softmax", kernel_regularizer=penalty),
    ])


@build.mistake(
    "fixed-strength",
    'The penalty is Keras\'s usual one, 0.01 times the squares, whatever is asked for. `"l2"` as a text cannot know your '
    "`strength`: what can?",
    when=penalised(lambda penalty, weights, strength: near(penalty, 0.01 * penalty_of(weights[::2]))),
)
def _(inputs, hidden, classes, rate, strength):
    return keras.Sequential([
        keras.Input((inputs,)),
        keras.layers.Dense(hidden, activation="relu", kernel_regularizer="l2"),
        keras.layers.Dropout(rate),
        keras.layers.Dense(classes, activation="softmax", kernel_regularizer="l2"),
    ])


@build.mistake(
    "biases-too",
    "The biases are penalised as well. A bias makes nothing wiggle, so it is left free: which argument is too many?",
    when=built(
        lambda seen, rate, strength: (
            near(sum(seen["penalties"]), strength * penalty_of(seen["weights"][::2]))
            and not near(sum(seen["window_penalties"]), strength * len(seen["weights"][1]) * SEEN_AT**2)
        )
    ),
)
def _(inputs, hidden, classes, rate, strength):
    penalty = keras.regularizers.L2(strength)
    both = {"kernel_regularizer": penalty, "bias_regularizer": penalty}
    return keras.Sequential([
        keras.Input((inputs,)),
        keras.layers.Dense(hidden, activation="relu", **both),
        keras.layers.Dropout(rate),
        keras.layers.Dense(classes, activation="softmax", **both),
    ])


@build.variant("layer by layer")
def _(inputs, hidden, classes, rate, strength):
    model = keras.Sequential()
    model.add(keras.Input(shape=(inputs,)))
    model.add(keras.layers.Dense(hidden, kernel_regularizer=keras.regularizers.l2(strength)))
    model.add(keras.layers.ReLU())
    model.add(keras.layers.Dropout(rate))
    model.add(keras.layers.Dense(classes, kernel_regularizer=keras.regularizers.l2(strength)))
    model.add(keras.layers.Softmax())
    return model


@build.variant("functional, compiled")
def _(inputs, hidden, classes, rate, strength):
    start = keras.Input((inputs,))
    h = keras.layers.Dense(hidden, "relu", kernel_regularizer=keras.regularizers.L2(strength))(start)
    h = keras.layers.Dropout(rate)(h)
    y = keras.layers.Dense(classes, "softmax", kernel_regularizer=keras.regularizers.L1L2(l2=strength))(h)
    model = keras.Model(start, y)
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model
