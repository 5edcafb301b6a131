"""What a reader expects before a cell shows it."""

from course_utils.exercises import Choice, Option

PREDICTIONS = [
    Choice(
        "score-zero",
        "The third word should be hidden. What share does it keep when its score is 0?",
        [
            Option("a", "none: 0 is hidden", "Softmax takes e to the power of the score, and e⁰ is 1, not 0."),
            Option(
                "b",
                "a good part: about a fifth",
                lambda share: (
                    f"{share:.3f}. Softmax takes e to the power of the score, and e⁰ = 1. Only a very low score "
                    f"makes a share of 0."
                ),
            ),
            Option(
                "c", "as much as without hiding", "Its score was 1 and is now 0, so it loses, but it does not vanish."
            ),
        ],
        right="b",
        measured=lambda share: "a" if share < 1e-6 else "b" if share < 0.4 else "c",
    ),
    Choice(
        "no-positions",
        "A table of zeros in place of the waves. How many of 100 letters does the network then turn round rightly?",
        [
            Option(
                "a",
                "about 10, a blind guess",
                "It still sees *which* letters are there, and how often. That is worth something.",
            ),
            Option(
                "b",
                "about 35",
                "It sees which six letters are there, but not where. So it names the commonest of the other five,"
                " and is right about as often as that.",
            ),
            Option(
                "c",
                "nearly all: it finds another way",
                "There is no other way. Two rows with the same letters in another order look the same to it.",
            ),
        ],
        right="b",
        measured=lambda share: "a" if share < 0.2 else "b" if share < 0.7 else "c",
    ),
]
