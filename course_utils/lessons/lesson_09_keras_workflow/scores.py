"""Judge decisions by accuracy, precision and recall."""

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
    yield edge("one ill, one alarm", *answers(rng, 1, 0, 0, 5))
    yield edge("no alarm at all", *answers(rng, 0, 3, 0, 5))
    yield edge("nobody ill", *answers(rng, 0, 0, 2, 5))


@scores.variant("a function for the shares")
def _(labels, decisions):
    def share(part, whole):
        return part / whole if whole else 0.0

    alarm, ill = decisions == 1, labels == 1
    found = np.sum(alarm & ill)
    return share(np.sum(decisions == labels), len(labels)), share(found, np.sum(alarm)), share(found, np.sum(ill))


scores.variant("a question before each division")(accuracy_precision_recall)


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


scores.slip(
    "precision-and-recall-swapped",
    "Precision and recall stand in each other's place. Precision asks about the *alarms*: how many of them were right?",
    "share(found, np.sum(alarm)), share(found, np.sum(ill))",
    "share(found, np.sum(ill)), share(found, np.sum(alarm))",
)

scores.slip(
    "other-class",
    "You scored the healthy ones. We look for 1: count the samples where decision and label are both 1.",
    "decisions == 1, labels == 1",
    "decisions == 0, labels == 0",
)

scores.slip(
    "divided-by-everybody",
    "You divide the found cases by the number of all samples. Precision divides by the alarms, recall by the ill.",
    "share(found, np.sum(alarm)), share(found, np.sum(ill))",
    "share(found, len(labels)), share(found, len(labels))",
)

scores.slip(
    "right-answers-instead-of-found",
    "You count all right answers, also the healthy left in peace. Only the ill who were found count for precision and recall.",
    "np.sum(alarm & ill)",
    "np.sum(decisions == labels)",
)

scores.slip(
    "recall-is-of-the-healthy",
    "Your third number is the share of the *healthy* who were left in peace. Recall is the share of the ill who were found.",
    "share(found, np.sum(ill))",
    "np.mean(~alarm[~ill])",
)

scores.slip(
    "counts",
    "Your numbers are counts. Each should be a share between 0 and 1: found of how many?",
    "part / whole if whole else 0.0",
    "float(part)",
)

scores.slip(
    "percent",
    "Your numbers are percentages. The text asks for shares between 0 and 1.",
    "part / whole",
    "100 * part / whole",
)

scores.slip(
    "divides-by-zero",
    "Without any alarm your precision is 0 / 0. The text says what it should be then: ask for that case first.",
    " if whole else 0.0",
    "",
)

for _name, _whole, _none in (("recall", "ill", "nobody is ill"), ("precision", "alarms", "there is no alarm")):
    scores.slip(
        f"{_name}-divides-by-zero",
        f"Where {_none}, your {_name} is 0 / 0, and the other share is asked about first. What does the text say that it should be then?",
        f"found / {_whole} if {_whole} else 0.0",
        f"found / {_whole}",
        of="a question before each division",
    )

scores.slip(
    "recall-twice",
    "Your precision is the recall once more: found of all the *ill*. Of whom does precision take its share?",
    "np.sum(alarm)",
    "np.sum(ill)",
)

scores.slip(
    "precision-twice",
    "Your recall is the precision once more: found of all the *alarms*. Of whom does recall take its share?",
    "np.sum(ill)",
    "np.sum(alarm)",
)

scores.slip(
    "found-of-everybody-first",
    "Your first number is the share of found cases. Accuracy counts all right answers, also the healthy left in peace.",
    "share(np.sum(decisions == labels), len(labels))",
    "share(found, len(labels))",
    of="a function for the shares",
)

scores.slip(
    "accuracy-lost",
    "Where there is no alarm, or nobody is ill, your accuracy is 0 as well. It counts all right answers, and there are some then too.",
    "alarms, ill = np.sum(decisions == 1), np.sum(labels == 1)\n",
    "alarms, ill = np.sum(decisions == 1), np.sum(labels == 1)\n    if alarms == 0 or ill == 0:\n        return 0.0, 0.0, 0.0\n",
    of="a question before each division",
    when=lambda seen, labels, decisions: (
        seen[0] == 0 and np.any(labels == decisions) and not (np.any(labels == 1) and np.any(decisions == 1))
    ),
)

scores.slip(
    "one-for-none",
    "Where there is no alarm, or nobody is ill, you count a share of nothing as 1. As what does the text count it?",
    " if whole else 0.0",
    " if whole else 1.0",
    when=lambda seen, labels, decisions: (
        (not np.any(decisions == 1) and seen[1] == 1) or (not np.any(labels == 1) and seen[2] == 1)
    ),
)


def pads(seen, labels, decisions):
    """Whether a number was added to what shares are divided by, the same one wherever one was added."""
    found = np.sum((decisions == 1) & (labels == 1))
    tops = np.array([np.sum(labels == decisions), found, found])
    wholes = np.array([len(labels), np.sum(decisions == 1), np.sum(labels == 1)])
    there = tops > 0
    added = tops[there] / np.array(seen)[there] - wholes[there]
    added = added[np.abs(added) > 1e-9]
    return added.size > 0 and 0 < added[0] <= 1.000001 and np.allclose(added, added[0], rtol=1e-3)


scores.slip(
    "padded",
    "You add a number to what you divide by, and so every share becomes a little too small. Ask for the case without alarms, or without ill, instead.",
    "part / whole if whole else 0.0",
    "part / (whole + 0.01)",
    when=pads,
)

scores.slip(
    "accuracy-last",
    "The three numbers are right, but the accuracy comes first: accuracy, precision, recall.",
    "share(np.sum(decisions == labels), len(labels)), share(found, np.sum(alarm)), share(found, np.sum(ill))",
    "share(found, np.sum(alarm)), share(found, np.sum(ill)), share(np.sum(decisions == labels), len(labels))",
)

scores.slip(
    "share-of-false-alarms",
    "Your second number is the share of alarms that were *false*. Precision is the share that were right.",
    "share(found, np.sum(alarm))",
    "share(np.sum(alarm & ~ill), np.sum(alarm))",
)

scores.slip(
    "share-of-the-missed",
    "Your third number is the share of the ill who were *missed*. Recall is the share who were found.",
    "share(found, np.sum(ill))",
    "share(np.sum(ill & ~alarm), np.sum(ill))",
)

scores.slip(
    "precision-of-the-calm",
    "Your second number looks at those without an alarm. Precision asks about the alarms: how many of them were right?",
    "share(found, np.sum(alarm))",
    "share(np.sum(~alarm & ~ill), np.sum(~alarm))",
)

scores.slip(
    "false-alarms-of-the-healthy",
    "Your third number is the share of the *healthy* who got an alarm. Recall is the share of the ill who were found.",
    "share(found, np.sum(ill))",
    "share(np.sum(alarm & ~ill), np.sum(~ill))",
)

scores.slip(
    "f1-last",
    "Your third number mixes precision and recall (others call it F1). The recall alone is asked for.",
    "share(found, np.sum(ill))",
    "share(2 * found, np.sum(alarm) + np.sum(ill))",
)


@scores.mistake(
    "mean-over-both-classes",
    'Your precision and recall are the means over both classes (`average="macro"`). Count class 1 only.',
)
def _(labels, decisions):
    def share(part, whole):
        return part / whole if whole else 0.0

    found = [np.sum((decisions == c) & (labels == c)) for c in (0, 1)]
    precision = [share(found[c], np.sum(decisions == c)) for c in (0, 1)]
    recall = [share(found[c], np.sum(labels == c)) for c in (0, 1)]
    return np.mean(decisions == labels), np.mean(precision), np.mean(recall)


scores.equivalent(
    "found = np.sum((decisions == 1) & (labels == 1))",
    "found = np.sum((decisions == 1) & labels == 1)",
    why="`&` comes before `==`, and a True & 1 is 1",
)
