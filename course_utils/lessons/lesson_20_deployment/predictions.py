"""What a reader expects before a cell shows it."""

from course_utils.exercises import Choice, Option


def _raw(accuracy: float, sure: float) -> str:
    if accuracy > 0.8:
        return "b"
    return "d" if sure > 0.9 else "c"


PREDICTIONS = [
    Choice(
        "raw-wines",
        "The network gets the wines as measured, not standardized. What happens?",
        [
            Option("a", "an error stops it", "Thirteen numbers come in, as they should. Which numbers is not asked."),
            Option(
                "b",
                "it names nearly all of them rightly",
                "Its weights were made for numbers around 0. Now proline comes with 750 and drowns all others.",
            ),
            Option(
                "c",
                "it is mostly wrong, and unsure",
                "Large inputs make large scores, and softmax of large scores is sure of itself.",
            ),
            Option(
                "d",
                "it is mostly wrong, and very sure",
                lambda accuracy, sure: (
                    f"{accuracy:.0%} right, {sure:.0%} sure. Large numbers make large scores, and softmax makes "
                    f"nearly 1 of the "
                    "largest. A network is not less sure because it knows less."
                ),
            ),
        ],
        right="d",
        measured=_raw,
    ),
    Choice(
        "wrong-unit",
        "Proline comes in grams in place of milligrams. Does the mean confidence warn us?",
        [
            Option(
                "a",
                "yes: it falls below 80 %",
                "Softmax shares one whole among three classes. It has no word for *this I have never seen*.",
            ),
            Option(
                "b",
                "a little: it falls to 80 or 90 %",
                "It hardly moves, although every single proline lies outside of what the network has seen.",
            ),
            Option(
                "c",
                "no: it stays above 90 %",
                lambda sure: (
                    f"{sure:.0%}. Softmax says which class is the likeliest of the three. It does not say how "
                    f"strange the input is."
                ),
            ),
        ],
        right="c",
        measured=lambda sure: "a" if sure < 0.8 else "b" if sure < 0.9 else "c",
    ),
]
