"""What a reader expects before a cell shows it."""

from course_utils.exercises import Choice, Option

PREDICTIONS = [
    Choice(
        "rule-too-far",
        "Batches of 1000 and the rate that the rule gives, 3.1. How many of 100 test digits does the network name"
        " after three epochs?",
        [
            Option(
                "a",
                "about 93, as with batches of 32 and 0.1",
                "So it is with batches of 250. But a rule of thumb holds only so far: no ground bears steps of "
                "any length.",
            ),
            Option("b", "about 80, as with 1000 and 0.1", "0.1 is only slow. 3.1 is not slow: it goes too far."),
            Option(
                "c",
                "fewer than 50",
                lambda share: (
                    f"{100 * share:.0f}. The batch may grow, but the ground does not get flatter: above its limit"
                    f" a rate throws the weights "
                    "away (lesson 05). The rule says nothing about that limit."
                ),
            ),
        ],
        right="c",
        measured=lambda share: "a" if share > 0.9 else "b" if share > 0.5 else "c",
    ),
    Choice(
        "half-precision",
        "A weight in `float16` is 1. Each of 1,000 steps adds 0.0004. Where does it end?",
        [
            Option(
                "a",
                "at 1.4",
                "In `float32` it does. `float16` has no number between 1 and 1.00098, so each step is rounded away.",
            ),
            Option(
                "b",
                "near 1.4, a few hundredths off",
                "The errors do not cancel. Every single step is rounded back to 1.",
            ),
            Option(
                "c",
                "at 1",
                "The next number after 1 in `float16` is 1.00098. 1.0004 is nearer to 1, so each step is rounded "
                "away: a thousand times nothing.",
            ),
        ],
        right="c",
        measured=lambda weight: "c" if weight < 1.01 else "a" if abs(weight - 1.4) < 0.002 else "b",
    ),
]
