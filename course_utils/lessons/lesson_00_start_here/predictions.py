"""What a reader expects before a cell shows it: two to try the form with."""

from course_utils.exercises import Choice, Near, Number, Option


def _first_wrong(answers: list[int]) -> int:
    """The number of pixels at which the answer first differs from the one in the middle."""
    return next(pixels for pixels, answer in enumerate(answers) if answer != answers[0])


PREDICTIONS = [
    Number(
        "first-wrong-push",
        "The 3 is pushed to the left, one pixel at a time. After how many pixels does the network first give a wrong "
        "answer?",
        right=6,
        within=1,
        because=lambda answers: (
            f"Then it says {answers[_first_wrong(answers)]}. It has learned from digits near the middle, and has never "
            "seen one so far to the left. You see a 3 wherever it stands."
        ),
        unit="pixels",
        near=[
            Near(0, "In the middle it is right: there it has learned."),
            Near(2, "Up to 2 pixels its digits were pushed in training too. There it is quite sure."),
            Near(9, "From 8 pixels on, a part of the 3 is out of the image. It is wrong before that."),
        ],
        measured=_first_wrong,
        digits=2,
    ),
    Choice(
        "some-points",
        "Three answers to exercise 2: nothing at all, `2 * (x + 1)`, and always 7. Which of them get some points?",
        [
            Option("a", "none of them", "The third passes the small case, x = 3, and that is worth something."),
            Option(
                "b",
                "only the second, since it is nearly right",
                "For x = 3 it gives 8 in place of 7. While the small case is wrong, there are no points yet.",
            ),
            Option(
                "c",
                "only the third",
                lambda points: (
                    f"It is right for x = 3, the small case, and so earns a share: {points[2]:g} of 2 points. "
                    "The other two do not get past the small case."
                ),
            ),
            Option("d", "the second and the third", "The second gives 8 for x = 3, where 7 is right: no points yet."),
        ],
        right="c",
        measured=lambda points: {
            (False, False, False): "a",
            (False, True, False): "b",
            (False, False, True): "c",
            (False, True, True): "d",
        }[tuple(got > 0 for got in points)],
    ),
]
