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
    still = np.zeros((4, 3))
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
    yield edge("two numbers of one early word move and cancel out", still, still + [[far, -far, 0]] + [[0.0]] * 4, 3)
    yield edge("rounding: a move of 0.000000001", *outputs(3, {1: 1e-9, 3: far}))
    yield edge("the very first word changed", *outputs(0, {0: far, 1: far}))
    yield edge("a number went from −0.5 to 0.5", still - 0.5, np.diag([-0.5, 0.5, -0.5, -0.5]) @ np.ones((4, 3)), 2)
    yield edge("only the last number of the first word moved", still, far * np.eye(4, 3, 2), 2)
    yield edge("a move of 0.000002", still, still + np.diag([0, 2e-6, 0, 0])[:, :3], 3)
    yield edge("a move of 0.0000011", *outputs(14, {12: -1.1e-6}, length=15))
    yield edge("a move of exactly 0.000001, from 0", still[:, :1], np.array([[0.0], [1e-6], [0.0], [far]]), 3)
    yield edge("all outputs move by 0.0000009", still, still + 9e-7, 3)
    yield edge("large outputs and a small move", 1000.0 + still, 1000.0 + np.diag([1e-4, 0, 0, 0])[:, :3], 3)
    yield edge("many words, the first one moved", *outputs(90, {0: far}, length=100, size=2))


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
    "a-relative-tolerance",
    (
        "`np.allclose` also forgives moves that are small beside the output itself. The text has one limit for all: how do "
        "you switch the relative one off?"
    ),
    "rtol=0, atol=1e-6",
    "atol=1e-6",
    of="np.allclose",
)

leaks.slip(
    "default-allclose",
    "`np.allclose` has limits of its own: small moves and moves that are small beside the output pass. The text's limit is 0.000001.",
    ", rtol=0, atol=1e-6",
    "",
    of="np.allclose",
)

leaks.slip(
    "too-generous",
    "Moves of 0.0001 pass with you. Which limit does the text name?",
    "moves > 1e-6",
    "moves > 1e-3",
)

leaks.slip(
    "at-the-limit",
    "Right, except for a move of exactly 0.000001. What does “more than” say about the limit itself?",
    "moves > 1e-6",
    "moves >= 1e-6",
)

leaks.slip(
    "moves-averaged",
    "You take the mean of all moves, and one move among many words that stand still gets lost in it. Compare number by number.",
    "moves > 1e-6",
    "moves.mean() > 1e-6 if moves.size else False",
)

leaks.slip(
    "moves-added",
    "You add the moves up, so many that are too small to count make one that does. Compare number by number.",
    "moves > 1e-6",
    "moves.sum() > 1e-6",
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

leaks.slip(
    "an-answer-for-each-number",
    "You say for each number whether it moved. One answer is asked for: did *any* of them?",
    "bool(np.any(moves > 1e-6))",
    "moves > 1e-6",
)

leaks.slip(
    "an-answer-for-each-word",
    "You say for each word whether it moved. One answer is asked for: did *any* of them?",
    "bool(np.any(moves > 1e-6))",
    "np.any(moves > 1e-6, axis=1)",
)

leaks.slip(
    "one-or-zero",
    "1 and 0 instead of True and False. Which function makes one of them of a number, or what is a comparison already?",
    "bool(",
    "int(",
)

leaks.slip(
    "all-must-move",
    "You say True only if *every* early number moved. How many are enough for a leak?",
    "np.any(",
    "np.all(",
)

leaks.slip(
    "first-word-only",
    (
        "Only the first word counts with you, and a leak may show at any word before t. If there is a loop, where does its "
        "`return` stand?"
    ),
    "[:t]",
    "[: min(t, 1)]",
)

leaks.slip(
    "first-column-only",
    "You look at the first number of each word only. A leak may show in any of them.",
    "[:t]",
    "[:t, 0]",
)

leaks.slip(
    "sizes-compared",
    "You compare how large the outputs are, without their signs. An output that went from −1 to 1 has moved: when do you take the sign away?",
    "np.abs(after - before)",
    "(np.abs(after) - np.abs(before))",
)

for before_minus_after in ("after[:t] - before[:t]", "after - before", "after[place] - before[place]"):
    leaks.equivalent(before_minus_after, why="its size is taken, without the sign")
leaks.equivalent("bool(np.any(moves > 1e-06))", "np.any(moves > 1e-06)", why="NumPy's True serves as well")
leaks.equivalent("bool((np.abs(after[:t] - before[:t]) > 1e-06).any())", why="NumPy's True serves as well")
