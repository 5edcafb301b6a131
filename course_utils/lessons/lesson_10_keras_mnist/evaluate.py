"""Work out loss and accuracy from predicted shares and labels."""

import numpy as np

from course_utils.exercises import FunctionExercise, edge, random, small
from course_utils.exercises.keras_models.classifiers import loss_and_accuracy

from .common import shares_of

evaluate = FunctionExercise("evaluate", reference=loss_and_accuracy, points=2, title="Evaluate by hand")


@evaluate.cases
def _(rng):
    yield small(
        "two images, three classes: shares 1/2 and 1/4 for the right one",
        np.array([[0.5, 0.3, 0.2], [0.1, 0.25, 0.65]]),
        np.array([0, 1]),
    )
    yield random("six digits", shares_of(rng, 6), rng.integers(0, 10, 6))
    yield random("eight digits", shares_of(rng, 8), rng.integers(0, 10, 8))
    yield random(
        "five images of twelve classes, as Keras gives them",
        shares_of(rng, 5, 12).astype(np.float32),
        rng.integers(0, 12, 5),
    )
    yield random(
        "300 digits, their labels as MNIST stores them", shares_of(rng, 300), rng.integers(0, 10, 300, np.uint8)
    )
    yield edge("a single digit", shares_of(rng, 1), rng.integers(0, 10, 1))
    yield edge(
        "every digit right, with share 0.9",
        np.full((3, 4), 0.1 / 3) + np.eye(4)[[2, 0, 1]] * (0.9 - 0.1 / 3),
        np.array([2, 0, 1]),
    )
    yield edge("the right class has a share of 0.00001", np.array([[0.00001, 0.99999], [0.5, 0.5]]), np.array([0, 0]))
    yield edge("every digit wrong", np.full((2, 3), 0.25) + 0.25 * np.eye(3)[[0, 1]], np.array([2, 2]))


@evaluate.variant("picked by place")
def _(probabilities, labels):
    p = probabilities[np.arange(len(labels)), labels]
    right = probabilities.argmax(axis=1) == labels
    return -np.mean(np.log(p)), np.mean(right)


@evaluate.variant("a loop")
def _(probabilities, labels):
    loss = hits = 0.0
    for row, label in zip(probabilities, labels, strict=True):
        loss -= np.log(row[label])
        hits += row.argmax() == label
    return loss / len(labels), hits / len(labels)


@evaluate.variant("with one-hot labels, as a list")
def _(probabilities, labels):
    one_hot = np.eye(probabilities.shape[1])[labels]
    return [-(one_hot * np.log(probabilities)).sum(axis=1).mean(), (probabilities.argmax(axis=1) == labels).mean()]


evaluate.slip(
    "largest-share",
    (
        "You take the logarithm of the largest share, so a wrong answer given boldly costs nothing. "
        "Whose share does the loss look at?"
    ),
    "probabilities[np.arange(len(labels)), labels]",
    "probabilities.max(axis=1)",
)

evaluate.slip(
    "no-minus",
    "Your loss is negative. The logarithm of a share below 1 is negative; what turns it round?",
    "-np.mean(np.log(p))",
    "np.mean(np.log(p))",
)

evaluate.slip(
    "sum-not-mean",
    "You add the losses of all images, so a larger test set looks worse. What makes it a loss per image?",
    "np.mean(np.log(p))",
    "np.sum(np.log(p))",
)

evaluate.slip(
    "no-logarithm",
    "You average 1 - share. Cross-entropy takes the logarithm, so that a share near 0 costs very much.",
    "-np.mean(np.log(p))",
    "np.mean(1 - p)",
)

evaluate.slip(
    "other-logarithm",
    "A share of 1/2 should cost 0.693, and yours costs 1: that is the logarithm to base 2. Which one is np.log?",
    "np.log(p)",
    "np.log2(p)",
)

evaluate.slip(
    "divided-by-all-classes",
    "The sum is right, but you divide by images × classes. Each image has one loss: by how many do you divide?",
    "np.mean(np.log(p))",
    "np.sum(np.log(p)) / probabilities.size",
)

evaluate.slip(
    "count-not-share",
    "Your accuracy is a count of hits. A share lies between 0 and 1: divide by what?",
    "np.mean(right)",
    "float(np.sum(right))",
)

evaluate.slip(
    "percent",
    "Your accuracy is in percent. Keras reports a share between 0 and 1.",
    "np.mean(right)",
    "100 * np.mean(right)",
)

evaluate.slip(
    "swapped",
    "Both numbers are right but stand in the wrong order. Keras gives the loss first.",
    "-np.mean(np.log(p)), np.mean(right)",
    "np.mean(right), -np.mean(np.log(p))",
)

evaluate.slip(
    "something-added",
    "You add a small number inside the logarithm. It changes every loss a little, and a small share's loss a lot. "
    "Are the shares of a softmax ever 0 here?",
    "np.log(p)",
    "np.log(p + 1e-7)",
)

evaluate.slip(
    "summed-over-classes",
    "You add the logarithms of all shares of a row. Only the share of the right class counts: how do you pick it?",
    "(one_hot * np.log(probabilities)).sum(axis=1)",
    "np.log(probabilities).sum(axis=1)",
    of="with one-hot labels, as a list",
)

evaluate.slip(
    "error-for-accuracy",
    "You return the share of *wrong* answers. Which share is the accuracy?",
    "np.mean(right)",
    "np.mean(~right)",
)

evaluate.slip(
    "every-column",
    "`probabilities[:, labels]` is a whole table: from every row, the columns of all labels. One number from each row is wanted.",
    "probabilities[np.arange(len(labels)), labels]",
    "probabilities[:, labels]",
)

evaluate.slip(
    "yes-or-no-loss",
    "Your loss also counts what the wrong classes got, as the one for yes-or-no questions does. Here only the right class's share counts.",
    "-(one_hot * np.log(probabilities)).sum(axis=1).mean()",
    "-(one_hot * np.log(probabilities) + (1 - one_hot) * np.log(1 - probabilities)).sum(axis=1).mean()",
    of="with one-hot labels, as a list",
)

evaluate.slip(
    "over-a-half",
    "Your accuracy counts the images whose right class has more than half. Can a share of 0.4 be the largest of its row?",
    "probabilities.argmax(axis=1) == labels",
    "p > 0.5",
)

evaluate.slip(
    "mean-share-for-accuracy",
    "Your accuracy is the mean share of the right class. An answer is right or wrong: when is it right?",
    "np.mean(right)",
    "np.mean(p)",
)

evaluate.slip(
    "argmax-down-the-columns",
    "You look for the largest place in the columns. A row is one image: which axis runs along it?",
    "probabilities.argmax(axis=1) == labels",
    "probabilities.argmax(axis=0) == labels",
)

evaluate.slip(
    "logarithm-of-the-mean",
    "You average first and take the logarithm of that. Each image has a loss of its own: which comes first?",
    "-np.mean(np.log(p))",
    "-np.log(np.mean(p))",
)

evaluate.slip(
    "shares-times-logarithms",
    "You weigh each logarithm with its share. The loss looks at the right class alone, with full weight.",
    "(one_hot * np.log(probabilities))",
    "(probabilities * np.log(probabilities))",
    of="with one-hot labels, as a list",
)

evaluate.slip(
    "only-the-loss",
    "The loss is right, and it comes alone. Which second number does Keras's evaluate give?",
    "-np.mean(np.log(p)), np.mean(right)",
    "-np.mean(np.log(p))",
)


evaluate.equivalent(
    "(one_hot * np.log(probabilities)).sum(axis=1)",
    "(one_hot * np.log(probabilities)).min(axis=1)",
    why="all numbers of a row but one are 0, and that one is negative",
)
