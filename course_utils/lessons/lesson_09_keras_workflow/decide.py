"""Turn probabilities into decisions with a threshold."""

import numpy as np

from course_utils.exercises import FunctionExercise, edge, random, small


def decisions(probabilities, threshold):
    """1 where the probability is at least the threshold, else 0; from shape (N, 1) to (N,)."""
    return (probabilities[:, 0] >= threshold).astype(int)


decide = FunctionExercise("decide", reference=decisions, points=2, title="From probability to decision")


@decide.cases
def _(rng):
    yield small("four probabilities, threshold 0.3", np.array([[0.9], [0.2], [0.3], [0.4]]), 0.3)
    yield random("ten probabilities, a low threshold", rng.uniform(0, 1, (10, 1)), float(rng.uniform(0.1, 0.3)))
    yield random("ten probabilities, a high threshold", rng.uniform(0, 1, (10, 1)), float(rng.uniform(0.7, 0.9)))
    yield edge("a single sample, exactly at the threshold", np.array([[0.5]]), 0.5)
    yield edge("threshold 0: everybody", np.array([[1.0], [0.0], [0.25]]), 0.0)


decide.variant("the only column")(decisions)


@decide.variant("True and False")
def _(probabilities, threshold):
    return np.ravel(probabilities) >= threshold


@decide.variant("np.where")
def _(probabilities, threshold):
    return np.where(probabilities.reshape(-1) < threshold, 0.0, 1.0)


@decide.variant("a loop")
def _(probabilities, threshold):
    return np.array([1 if p[0] >= threshold else 0 for p in probabilities])


decide.slip(
    "argmax-of-one",
    (
        "Everybody got 0. argmax tells the *place* of the largest number in a row, and your rows hold one number each. "
        "What do you compare it with instead?"
    ),
    "(probabilities[:, 0] >= threshold).astype(int)",
    "np.argmax(probabilities, axis=1)",
)

decide.slip(
    "always-half",
    "You cut at 0.5, whatever the caller asks for. Where should `threshold` stand?",
    ">= threshold",
    ">= 0.5",
)

decide.slip(
    "above-only",
    "A probability exactly at the threshold should give 1: *at least*, not *more than*. Which sign says so?",
    ">= threshold",
    "> threshold",
)

decide.slip("reversed", "You give 1 to the low probabilities. Which of them mean yes?", ">= threshold", "< threshold")

decide.slip(
    "column-kept",
    (
        "The decisions are right, but they stand in a column of shape (N, 1). Labels have shape (N,): compared with them, "
        "a column gives N × N answers. Which index takes the only column?"
    ),
    "probabilities[:, 0]",
    "probabilities",
)

decide.slip(
    "keeps-probabilities",
    "Some of your numbers are still probabilities. What becomes of those at or above the threshold?",
    "0.0, 1.0",
    "0.0, probabilities[:, 0]",
    of="np.where",
)

decide.slip(
    "rounded",
    "Rounding cuts at 0.5, whatever the caller asks for, and exactly 0.5 becomes 0. Which comparison takes its place?",
    "(probabilities[:, 0] >= threshold).astype(int)",
    "np.round(probabilities[:, 0])",
)

decide.equivalent("(:, 0)", "(:, -1)", why="there is one column")
decide.equivalent("p[0]", "p[-1]", why="there is one column")
decide.equivalent("probabilities.reshape(-1)", "probabilities.reshape(-2)", why="any negative length is worked out")
decide.equivalent(
    "np.array([1 if p[0] >= threshold else 0 for p in probabilities])",
    "np.array([1 if p[0] >= threshold else 0 for p in probabilities], dtype='uint8')",
    why="0 and 1 are the same in every type",
)

decide.slip(
    "threshold-of-no",
    "You cut at 1 - threshold. With a threshold of 0.3, does 0.4 mean yes?",
    "< threshold",
    "< 1 - threshold",
    of="np.where",
)

decide.slip(
    "squeezed",
    "`squeeze` takes away every axis of length 1. With a single sample that is both of them, and the shape (N,) is lost. Which index takes the only column?",
    "probabilities.reshape(-1)",
    "np.squeeze(probabilities)",
    of="np.where",
)

decide.slip(
    "first-row-only",
    "You decide about the first sample only. A row holds one sample; which index takes the only *column*?",
    "probabilities[:, 0]",
    "probabilities[0]",
)

decide.slip(
    "minus-one-for-no",
    "Yes is 1 in your answer, as it should be. Which number does the text give to no?",
    "0.0, 1.0",
    "-1.0, 1.0",
    of="np.where",
)

decide.slip(
    "sign",
    "A sign has three values: -1, 0 and 1. A decision has two: 1 at the threshold and above, else 0. Which comparison gives them?",
    "(probabilities[:, 0] >= threshold).astype(int)",
    "np.sign(probabilities[:, 0] - threshold)",
)

decide.slip(
    "scaled-by-the-threshold",
    "`//` tells how often the threshold fits into the probability, and that can be 3. A decision is 0 or 1: which comparison gives it?",
    "(probabilities[:, 0] >= threshold).astype(int)",
    "probabilities[:, 0] // threshold",
)
