"""What a reader expects before a cell shows it."""

import numpy as np

from course_utils.exercises import Choice, Option

PREDICTIONS = [
    Choice(
        "star",
        "What does `np.array([1, 2, 3]) * np.array([3, -1, 2])` give?",
        [
            Option("a", "three numbers", "`*` multiplies place by place, and leaves a number for each place."),
            Option("b", "one number", "The sum of the three products is what `@` gives. `*` does not add up."),
            Option(
                "c",
                "nine numbers, each times each",
                "Where both arrays have the same shape, NumPy pairs the numbers at the same place only.",
            ),
        ],
        right="a",
        measured=lambda product: {3: "a", 1: "b", 9: "c"}[np.size(product)],
    ),
    Choice(
        "xor-neurons",
        "Of 100,000 random neurons, how many of the four XOR rows does the best one get right?",
        [
            Option(
                "a",
                "all four, with so many tries",
                "It is no matter of luck. A neuron parts the plane with a straight line, and no straight line has both "
                "yes corners on one side and both no corners on the other.",
            ),
            Option(
                "b",
                "three",
                "A straight line can cut off one corner: then three rows are right. The corner opposite belongs to the "
                "same kind, and stays on the wrong side.",
            ),
            Option("c", "two, no better than a guess", "A line that cuts off a single corner gets three rows right."),
        ],
        right="b",
        measured=lambda best: {4: "a", 3: "b", 2: "c"}[int(best)],
    ),
]
