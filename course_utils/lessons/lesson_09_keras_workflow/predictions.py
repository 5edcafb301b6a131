"""What a reader expects before a cell shows it."""

from course_utils.exercises import Choice, Option


def _better(thirty: float, ten: float) -> str:
    if abs(thirty - ten) < 0.01:
        return "c"
    return "a" if thirty > ten else "b"


PREDICTIONS = [
    Choice(
        "leak",
        "The features are random numbers, the labels a coin. With the leak, how many of 100 test patients are "
        "named rightly?",
        [
            Option(
                "a",
                "about 50, the honest result",
                "It would be so, had the test patients no say in the choice of features. Here they have.",
            ),
            Option(
                "b", "about 60", "Ten features, each chosen to fit the test patients, and voting: that adds up to more."
            ),
            Option(
                "c",
                "about 80",
                lambda share: (
                    f"{100 * share:.0f}. Among 2,000 random features some go well with these 100 labels by luck. "
                    f"They were "
                    "chosen for that, test patients included, so they fit them, and nobody else."
                ),
            ),
        ],
        right="c",
        measured=lambda share: "a" if share < 0.55 else "b" if share < 0.72 else "c",
    ),
    Choice(
        "thirty-or-ten",
        "One network sees 30 features. The other sees 10 and has nearly twice the parameters. Which is better on "
        "the test part?",
        [
            Option(
                "a",
                "the one with 30 features",
                "What is not in the ten features, no parameter can bring back: spread and worst cells tell a lot.",
            ),
            Option("b", "the one with more parameters", "More parameters can say more, but only about what comes in."),
            Option(
                "c",
                "there is no difference",
                "The ten means are the most telling third of the table, yet not all of it.",
            ),
        ],
        right="a",
        measured=_better,
    ),
]
