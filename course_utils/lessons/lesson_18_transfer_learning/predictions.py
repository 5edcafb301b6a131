"""What a reader expects before a cell shows it."""

from course_utils.exercises import Choice, Option


def _labels(features: float, scratch: float) -> str:
    return "b" if abs(features - scratch) <= 0.06 else "c" if features > scratch else "a"


PREDICTIONS = [
    Choice(
        "other-pens",
        "The network reads MNIST well. How many of 100 digits from other pens and another scanner does it read, "
        "in the right frame?",
        [
            Option(
                "a",
                "about 95: digits are digits",
                "It has learned *those* digits: their pens, their habits, their scanner. Others look different to it.",
            ),
            Option(
                "b",
                "about 60",
                lambda share: (
                    f"{100 * share:.0f}: far more than a guess, far from all. Much carries over, the habits of "
                    f"the old writers do not."
                ),
            ),
            Option(
                "c", "about 10: it never saw them", "It has not seen these, but most of what makes a digit is the same."
            ),
        ],
        right="b",
        measured=lambda share: "a" if share > 0.8 else "b" if share > 0.25 else "c",
    ),
    Choice(
        "three-or-thirty",
        "Features with 3 labels for each digit, or a whole network from scratch with 30 labels for each. Which "
        "one reads more?",
        [
            Option(
                "a",
                "from scratch: it has ten times the labels",
                "They would help a network that knew nothing else. The features already know strokes and arcs, "
                "from the source.",
            ),
            Option(
                "b",
                "about the same",
                lambda features, scratch: (
                    f"{features:.0%} and {scratch:.0%}. What the body learned from the source is worth here about"
                    f" as much as ten times the labels."
                ),
            ),
            Option(
                "c",
                "the features, far ahead",
                "With as many labels they are ahead. Here the other side has ten times as many.",
            ),
        ],
        right="b",
        measured=_labels,
    ),
]
