"""Does the future leak? Whether an output before the changed word moved."""

import numpy as np

from course_utils.exercises import FunctionExercise, edge, random, small


def moved_before(before, after, t):
    """Whether an output before position t moved by more than 1e-6."""
    return bool((np.abs(after[:t] - before[:t]) > 1e-6).any())


leaks = FunctionExercise("leaks", reference=moved_before, points=2, title="Does the future leak?")


@leaks.cases
def _(rng):
    def outputs(t, moves, length=5, size=3):
        """Outputs before and after a change of word t: the positions in `moves` move by their number."""
        before = rng.normal(size=(length, size))
        after = before.copy()
        for place, by in moves.items():
            after[place, int(rng.integers(size))] += by
        return before, after, t

    far = float(rng.uniform(0.5, 2))
    yield small(
        "word 2 of 3 changed; outputs 1, 2, 3 became 1, 2, 7",
        np.array([[1.0], [2.0], [3.0]]),
        np.array([[1.0], [2.0], [7.0]]),
        2,
    )
    yield small(
        "word 2 of 3 changed; outputs 1, 2, 3 became 4, 2, 7",
        np.array([[1.0], [2.0], [3.0]]),
        np.array([[4.0], [2.0], [7.0]]),
        2,
    )
    yield random("the first output moved", *outputs(3, {0: far, 3: far, 4: far}))
    yield random("an early output became smaller", *outputs(3, {1: -far, 3: far}))
    yield random("only later outputs moved", *outputs(2, {2: far, 3: -far, 4: far}))
    yield random("only the last output moved", *outputs(2, {4: far}))
    yield random("only an early output moved", *outputs(3, {2: far}))
    yield edge("two early moves that cancel out", *outputs(4, {0: far, 2: -far}, size=1))
    yield edge("rounding: a move of 0.000000001", *outputs(3, {1: 1e-9, 3: far}))
    yield edge("the very first word changed", *outputs(0, {0: far, 1: far}))


@leaks.variant("how far each output moved")
def _(before, after, t):
    moves = np.abs(after - before)[:t]
    return bool(np.any(moves > 1e-6))


@leaks.variant("np.allclose")
def _(before, after, t):
    return not np.allclose(before[:t], after[:t], rtol=0, atol=1e-6)


@leaks.variant("position by position")
def _(before, after, t):
    moved = [max(abs(after[place] - before[place])) > 1e-6 for place in range(t)]
    return any(moved)


leaks.slip(
    "everything-counts",
    "You look at all outputs. The changed word and those after it may move; which ones may not?",
    "[:t]",
    "",
)

leaks.slip(
    "word-itself",
    "You count position t as well. The output of the changed word is meant to move: where must the slice end?",
    "[:t]",
    "[: t + 1]",
)

leaks.slip(
    "looks-after",
    "You look at position t and what comes after it. Is that where the future could leak *to*?",
    "[:t]",
    "[t:]",
)

leaks.slip(
    "last-one-only", "You look only at the output just before t. A leak may reach further back.", "[:t]", "[t - 1]"
)

leaks.slip(
    "one-short",
    "The word just before t escapes you. A slice ends *before* its second number: what does `[:t]` hold?",
    "[:t]",
    "[: max(t - 1, 0)]",
)

leaks.slip(
    "exactly-equal",
    "You demand equality to the last digit, but computers round. The text allows moves of up to 0.000001.",
    "moves > 1e-6",
    "moves > 0",
)

leaks.slip(
    "only-upwards",
    "A move downwards escapes you. Does it matter in which direction an output moved?",
    "np.abs(after - before)",
    "(after - before)",
)

leaks.slip(
    "sums-compared",
    "You compare sums. One output up and another down, and the sum is the same. Compare number by number.",
    "np.abs(after - before)[:t]",
    "np.abs(np.sum((after - before)[:t]))",
)

leaks.slip(
    "reversed",
    "True should mean: there *is* a leak. You say True when all is well.",
    "bool(np.any(moves > 1e-6))",
    "not np.any(moves > 1e-6)",
)

leaks.slip(
    "largest-of-nothing",
    (
        "When the very first word changes, there is nothing before it, and the largest of nothing does not exist. "
        "Which function asks whether *any* is True, and says False for none?"
    ),
    "np.any(moves > 1e-6)",
    "moves.max() > 1e-6",
)
