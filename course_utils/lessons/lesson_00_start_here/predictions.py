"""What a reader expects before a cell shows it: one to try the form with."""

from course_utils.exercises import Choice, Option

PREDICTIONS = [
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
