"""What a reader expects before a cell shows it."""

from collections.abc import Mapping

from course_utils.exercises import Choice, Option


def _winner(right: Mapping[str, float]) -> str:
    return "abcde"[list(right).index(max(right, key=lambda name: right[name]))]


PREDICTIONS = [
    Choice(
        "five-cures",
        "500 digits, and five cures against overfitting. Which of them names the most test digits?",
        [
            Option("a", "L2", "It keeps the weights small, but it knows no more about digits than the 500 tell."),
            Option(
                "b",
                "dropout",
                "It helps a little here. Yet no cure can tell the network what a digit looks like that it has "
                "never seen.",
            ),
            Option(
                "c", "batch normalisation", "It makes training quicker and steadier. That is not what is missing here."
            ),
            Option(
                "d",
                "shifted copies of the images",
                "A good second: each copy is a digit that the network has not seen. But all of them are the same "
                "500 hands.",
            ),
            Option(
                "e",
                "more real digits",
                "New digits bring what none of the 500 had. If you can get more data, get them; the cures are for"
                " when you cannot.",
            ),
        ],
        right="e",
        measured=_winner,
    ),
    Choice(
        "wrong-labels",
        "100 of the 500 labels are wrong. How many of these does the network without a cure learn by heart?",
        [
            Option(
                "a",
                "hardly any: they make no sense",
                "It has no idea of sense. It has room for all of them, and the loss falls with each one learned.",
            ),
            Option(
                "b", "about half", "Nothing makes it stop halfway: each wrong label that it learns lowers the loss."
            ),
            Option(
                "c",
                "more than 80",
                lambda share: (
                    f"{100 * share:.0f}. It has room for every one of them, and learning one lowers the training "
                    f"loss just "
                    "as a right one does. The test digits pay for it."
                ),
            ),
        ],
        right="c",
        measured=lambda share: "a" if share < 0.3 else "b" if share < 0.7 else "c",
    ),
]
