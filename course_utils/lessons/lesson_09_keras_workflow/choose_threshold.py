"""Find the highest threshold at which enough of the ill are found."""

import numpy as np

from course_utils.exercises import FunctionExercise, edge, random, small


def highest_threshold(probabilities, labels, thresholds, needed):
    """The largest of the thresholds at which the recall is at least `needed`."""
    ill = probabilities[labels == 1]
    return max(t for t in thresholds if np.mean(ill >= t) >= needed)


choose = FunctionExercise("choose-threshold", reference=highest_threshold, points=3, title="Choose the threshold")


def patients(rng, needed):
    """Ten ill, each exactly at one of the ten thresholds after 0, so that the recall meets `needed` exactly; twenty healthy."""
    cuts = np.sort(rng.uniform(0.05, 0.95, 10))
    probabilities = np.concatenate([cuts, rng.uniform(0, 0.9, 20)])
    labels, order = np.repeat([1, 0], [10, 20]), rng.permutation(30)
    return probabilities[order], labels[order], np.concatenate([[0.0], cuts]), needed


@choose.cases
def _(rng):
    yield small(
        "four ill (0.9, 0.6, 0.4, 0.2), three healthy; a recall of 0.75 is needed",
        np.array([0.9, 0.7, 0.6, 0.4, 0.3, 0.2, 0.1]),
        np.array([1, 0, 1, 1, 0, 1, 0]),
        np.array([0.0, 0.25, 0.5, 0.75]),
        0.75,
    )
    yield random("30 patients, recall 0.8", *patients(rng, 0.8))
    yield random("30 patients, recall 0.6", *patients(rng, 0.6))
    yield edge("ten ill, recall 0.75: eight must be found", *patients(rng, 0.75))
    yield edge("ten ill, recall 0.72: eight must be found", *patients(rng, 0.72))
    three = np.array([0.25, 0.875, 0.5, 0.75]), np.array([1, 0, 1, 1]), np.array([0.0, 0.125, 0.375, 0.625])
    yield edge("three ill, recall 0.67: two are not enough", *three, 0.67)
    yield edge("nobody may be missed", *patients(rng, 1.0))
    low = np.array([0.02, 0.9, 0.01, 0.8])
    yield edge("only 0 is low enough", low, np.array([1, 1, 0, 0]), np.array([0.0, 0.125, 0.625]), 1.0)
    high = np.array([0.9, 0.3, 0.8])
    yield edge("the healthy got more than the ill", high, np.array([0, 1, 0]), np.array([0.0, 0.25, 0.5]), 1.0)
    yield edge("the last one is still low enough", low, np.array([0, 1, 0, 1]), np.array([0.0, 0.125, 0.625]), 1.0)


choose.variant("the largest of the good ones")(highest_threshold)


@choose.variant("a loop that remembers the last good one")
def _(probabilities, labels, thresholds, needed):
    best = thresholds[0]
    for threshold in thresholds:
        found = np.sum((probabilities >= threshold) & (labels == 1))
        if found / np.sum(labels == 1) >= needed:
            best = threshold
    return best


@choose.variant("the last good place")
def _(probabilities, labels, thresholds, needed):
    good = np.flatnonzero([np.mean(probabilities[labels == 1] >= t) >= needed for t in thresholds])
    last = good[-1]
    return thresholds[last]


@choose.variant("from the top down")
def _(probabilities, labels, thresholds, needed):
    for threshold in sorted(thresholds, reverse=True):
        if np.count_nonzero(probabilities[labels == 1] >= threshold) >= needed * np.count_nonzero(labels == 1) - 1e-9:
            return float(threshold)
    return 0.0


choose.slip(
    "smallest",
    "Your threshold is the *lowest*: it finds everybody and alarms everybody. Among those with enough recall, which one gives the fewest alarms?",
    "max(t for t",
    "min(t for t",
)

choose.slip(
    "place-not-threshold",
    "You return the place in the list. Return the threshold that stands there.",
    "thresholds[last]",
    "int(last)",
    of="the last good place",
)

choose.slip(
    "first-too-high",
    "At your threshold the recall has just fallen below what is needed. Which one stood before it?",
    "good[-1]",
    "min(good[-1] + 1, len(thresholds) - 1)",
    of="the last good place",
)

choose.slip(
    "more-than-needed",
    "You ask for *more* than the needed recall. Exactly enough is enough.",
    ">= needed",
    "> needed",
    of="a loop that remembers the last good one",
)

choose.slip(
    "found-only-above",
    "An ill patient exactly at the threshold is found too: as in exercise 6, *at least*. Which sign says so?",
    "ill >= t",
    "ill > t",
)

choose.slip(
    "precision-instead",
    "You demand precision: few false alarms. A missed patient does not show in it. Which score counts those?",
    "np.sum(labels == 1)",
    "np.sum(probabilities >= threshold)",
    of="a loop that remembers the last good one",
)

choose.slip(
    "best-accuracy",
    "You chose the threshold with the best accuracy. It does not ask which mistakes are made: look at the recall it has.",
    "max(t for t in thresholds if np.mean(ill >= t) >= needed)",
    "max(thresholds, key=lambda t: np.mean((probabilities >= t) == labels))",
)

FROM_0 = "the thresholds rise from 0, and at 0 everybody is found"
choose.equivalent("best = thresholds[0]", "pass", why=FROM_0)
choose.equivalent("thresholds[0]", why=FROM_0)
choose.equivalent("for threshold in thresholds: …", "for threshold in list(thresholds)[1:]: …", why=FROM_0)
choose.equivalent(
    "for threshold in sorted(thresholds, reverse=True): …",
    "for threshold in list(sorted(thresholds, reverse=True))[:-1]: …",
    why=FROM_0,
)
choose.equivalent("0.0", "1.0", why=FROM_0)
ROUNDING = "a number far below 1 patient, for the rounding of the product"
choose.equivalent("needed * np.count_nonzero(labels == 1) - 1e-09", why=ROUNDING)
choose.equivalent(
    "np.count_nonzero(probabilities[labels == 1] >= threshold) >= needed * np.count_nonzero(labels == 1) - 1e-09",
    "np.count_nonzero(probabilities[labels == 1] >= threshold) > needed * np.count_nonzero(labels == 1) - 1e-09",
    why=ROUNDING,
)

choose.slip(
    "exactly-needed",
    "You ask for exactly the needed recall. More than needed is good as well.",
    ">= needed",
    "== needed",
    of="the last good place",
)

choose.slip(
    "count-cut-down",
    "You cut the number of patients who must be found down to a whole one: of 7.5 you make 7, and 7 of 10 are a recall of 0.7. Which share do you need?",
    "needed * np.count_nonzero(labels == 1) - 1e-9",
    "int(needed * np.count_nonzero(labels == 1) + 1e-9)",
    of="from the top down",
)

choose.slip(
    "count-rounded",
    "You round the number of patients who must be found: of 7.2 you make 7, and 7 of 10 are a recall of 0.7. Which share do you need?",
    "needed * np.count_nonzero(labels == 1) - 1e-9",
    "round(needed * np.count_nonzero(labels == 1))",
    of="from the top down",
)

choose.slip(
    "recall-rounded",
    "You round the recall before you compare it, so it passes for more than it is. Compare it as it is.",
    "np.mean(ill >= t) >= needed",
    "np.round(np.mean(ill >= t), 2) >= needed",
)

choose.slip(
    "accuracy-needed",
    "You ask for the needed share of *right answers*: that is the accuracy. The recall looks at the ill only.",
    "found / np.sum(labels == 1) >= needed",
    "np.mean((probabilities >= threshold) == labels) >= needed",
    of="a loop that remembers the last good one",
)

choose.slip(
    "alarms-needed",
    "You take the share of *all* patients who get an alarm. The recall looks at the ill only.",
    "np.mean(ill >= t)",
    "np.mean(probabilities >= t)",
)

choose.slip(
    "healthy-for-ill",
    "You look at the healthy. The ill have the label 1.",
    "labels == 1",
    "labels == 0",
)

choose.slip(
    "nearest-recall",
    "You take the threshold whose recall is *nearest* to what is needed, and that may be less. It should be at least that.",
    "max(t for t in thresholds if np.mean(ill >= t) >= needed)",
    "min(thresholds, key=lambda t: abs(np.mean(ill >= t) - needed))",
)

choose.slip(
    "at-most",
    "You take those with a recall of at most what is needed. At *least* as much is asked for.",
    ">= needed",
    "<= needed",
)

choose.slip(
    "recall-for-threshold",
    "You return the recall that was reached. Return the threshold with which it is reached.",
    "return thresholds[last]",
    "return np.mean(probabilities[labels == 1] >= thresholds[last])",
    of="the last good place",
)

choose.slip(
    "fixed-recall",
    "You ask for the same recall every time, whatever the caller needs. Where should `needed` stand?",
    ">= needed",
    ">= 0.97",
    of="the last good place",
)

choose.slip(
    "not-on-offer",
    "Your number is none of the `thresholds` that are offered. The largest of *them* that still does it is asked for.",
    "max(t for t in thresholds if np.mean(ill >= t) >= needed)",
    "np.quantile(ill, 1 - needed)",
    when=lambda seen, probabilities, labels, thresholds, needed: (
        not np.isclose(thresholds, seen, rtol=0, atol=1e-9).any()
    ),
)

choose.slip(
    "one-step-too-low",
    "There is a higher threshold than yours that finds enough. How far up may you go?",
    "thresholds[last]",
    "thresholds[max(last - 1, 0)]",
    of="the last good place",
)

choose.slip(
    "number-for-share",
    "You compare a *number* of patients with a share between 0 and 1. What is the number to be divided by?",
    "np.mean(ill >= t)",
    "np.sum(ill >= t)",
)

choose.slip(
    "missed-at-most",
    "You allow as many to be *missed* as have to be found. With a needed recall of 0.75, which share may be missed?",
    "np.mean(ill >= t) >= needed",
    "np.mean(ill < t) <= needed",
)

choose.slip(
    "found-below",
    "You count the ill *below* the threshold. Who gets the alarm?",
    "probabilities >= threshold",
    "probabilities <= threshold",
    of="a loop that remembers the last good one",
)

choose.slip(
    "last-left-out",
    "You never try the last of the thresholds. It can be low enough as well.",
    "for threshold in thresholds:",
    "for threshold in thresholds[:-1]:",
    of="a loop that remembers the last good one",
)
choose.equivalent(
    "found = np.sum((probabilities >= threshold) & (labels == 1))",
    "found = np.sum((probabilities >= threshold) & labels == 1)",
    why="`&` comes before `==`, and a True & 1 is 1",
)
