"""Accuracy, precision, recall."""

import numpy as np

from course_utils.exercises import FunctionExercise, edge, random, small


def accuracy_precision_recall(labels, decisions):
    """Right answers of all; right alarms of all alarms; found cases of all cases. Nothing of nothing counts as 0."""
    found = np.sum((decisions == 1) & (labels == 1))
    alarms, ill = np.sum(decisions == 1), np.sum(labels == 1)
    return np.mean(decisions == labels), found / alarms if alarms else 0.0, found / ill if ill else 0.0


scores = FunctionExercise("scores", reference=accuracy_precision_recall, points=3, title="Accuracy, precision, recall")


def answers(rng, found, missed, false_alarms, calm):
    """Labels and decisions with these numbers of each kind, in a mixed order."""
    order = rng.permutation(found + missed + false_alarms + calm)
    labels = np.repeat([1, 1, 0, 0], [found, missed, false_alarms, calm])
    said = np.repeat([1, 0, 1, 0], [found, missed, false_alarms, calm])
    return labels[order], said[order]


@scores.cases
def _(rng):
    yield small(
        "3 found, 1 missed, 2 false alarms, 4 rightly left in peace",
        np.array([1, 1, 1, 1, 0, 0, 0, 0, 0, 0]),
        np.array([1, 1, 1, 0, 1, 1, 0, 0, 0, 0]),
    )
    yield random("many patients", *answers(rng, int(rng.integers(20, 30)), 3, 7, int(rng.integers(40, 60))))
    yield random(
        "more missed than false alarms", *answers(rng, int(rng.integers(5, 9)), 6, 2, int(rng.integers(10, 20)))
    )
    yield edge("no alarm at all", *answers(rng, 0, 3, 0, 5))
    yield edge("nobody ill", *answers(rng, 0, 0, 2, 5))


scores.variant("as in the lesson")(accuracy_precision_recall)


@scores.variant("sums and products")
def _(labels, decisions):
    found = (labels * decisions).sum()
    return (labels == decisions).mean(), found / max(decisions.sum(), 1), found / max(labels.sum(), 1)


@scores.variant("a loop over the samples")
def _(labels, decisions):
    right = found = alarms = ill = 0
    for label, decision in zip(labels, decisions, strict=True):
        right += label == decision
        found += label == 1 and decision == 1
        alarms += decision == 1
        ill += label == 1
    return [right / len(labels), found / alarms if alarms else 0, found / ill if ill else 0]


@scores.mistake(
    "precision-and-recall-swapped",
    "Precision and recall stand in each other's place. Precision asks about the *alarms*: how many of them were right?",
)
def _(labels, decisions):
    found, alarms, ill = np.sum((decisions == 1) & (labels == 1)), np.sum(decisions == 1), np.sum(labels == 1)
    return np.mean(decisions == labels), found / ill if ill else 0.0, found / alarms if alarms else 0.0


scores.slip(
    "other-class",
    "You scored the healthy ones. We look for 1: count the samples where decision and label are both 1.",
    "found = np.sum((decisions == 1) & (labels == 1))\n    alarms, ill = np.sum(decisions == 1), np.sum(labels == 1)",
    "found, alarms, ill = np.sum((decisions == 0) & (labels == 0)), np.sum(decisions == 0), np.sum(labels == 0)",
)


@scores.mistake(
    "divided-by-everybody",
    "You divide the found cases by the number of all samples. Precision divides by the alarms, recall by the ill.",
)
def _(labels, decisions):
    found = np.sum((decisions == 1) & (labels == 1))
    return np.mean(decisions == labels), found / len(labels), found / len(labels)


@scores.mistake(
    "right-answers-instead-of-found",
    "You count all right answers, also the healthy left in peace. Only the ill who were found count for precision and recall.",
)
def _(labels, decisions):
    right, alarms, ill = np.sum(decisions == labels), np.sum(decisions == 1), np.sum(labels == 1)
    return right / len(labels), right / alarms if alarms else 0.0, right / ill if ill else 0.0


@scores.mistake(
    "recall-is-of-the-healthy",
    "Your third number is the share of the *healthy* who were left in peace. Recall is the share of the ill who were found.",
)
def _(labels, decisions):
    found, alarms, healthy = np.sum((decisions == 1) & (labels == 1)), np.sum(decisions == 1), np.sum(labels == 0)
    calm = np.sum((decisions == 0) & (labels == 0))
    return np.mean(decisions == labels), found / alarms if alarms else 0.0, calm / healthy


@scores.mistake("counts", "Your numbers are counts. Each should be a share between 0 and 1: found of how many?")
def _(labels, decisions):
    found = float(np.sum((decisions == 1) & (labels == 1)))
    return float(np.sum(decisions == labels)), found, found


@scores.mistake("percent", "Your numbers are percentages. The text asks for shares between 0 and 1.")
def _(labels, decisions):
    found, alarms, ill = np.sum((decisions == 1) & (labels == 1)), np.sum(decisions == 1), np.sum(labels == 1)
    return (
        100 * np.mean(decisions == labels),
        100 * found / alarms if alarms else 0.0,
        100 * found / ill if ill else 0.0,
    )


@scores.mistake(
    "divides-by-zero",
    "Without any alarm your precision is 0 / 0. The text says what it should be then: ask for that case first.",
)
def _(labels, decisions):
    found = np.sum((decisions == 1) & (labels == 1))
    with np.errstate(all="ignore"):
        return np.mean(decisions == labels), found / np.sum(decisions == 1), found / np.sum(labels == 1)


@scores.mistake(
    "recall-twice",
    "Your precision is the recall once more: found of all the *ill*. Of whom does precision take its share?",
)
def _(labels, decisions):
    found, ill = np.sum((decisions == 1) & (labels == 1)), np.sum(labels == 1)
    recall = found / ill if ill else 0.0
    return np.mean(decisions == labels), recall, recall


@scores.mistake(
    "precision-twice",
    "Your recall is the precision once more: found of all the *alarms*. Of whom does recall take its share?",
)
def _(labels, decisions):
    found, alarms = np.sum((decisions == 1) & (labels == 1)), np.sum(decisions == 1)
    precision = found / alarms if alarms else 0.0
    return np.mean(decisions == labels), precision, precision
