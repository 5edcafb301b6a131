"""What a reader expects before a cell shows it."""

from collections.abc import Mapping, Sequence

from course_utils.exercises import Choice, Option


def _farther(ends: Sequence[float]) -> str:
    times = (1 - ends[1]) / (1 - ends[0])
    return "a" if times < 2 else "b" if times < 100 else "c"


def _same_steps(steps: Mapping[str, Sequence[int | None]]) -> str:
    same = frozenset(name for name, counts in steps.items() if len(set(counts)) == 1)
    return {
        frozenset(steps): "a",
        frozenset({"sgd", "momentum"}): "b",
        frozenset({"rmsprop", "adam"}): "c",
    }.get(same, "d")


PREDICTIONS = [
    Choice(
        "thousandfold",
        "RMSprop goes two steps. Then the same again with slopes a thousand times as large. How far does it go now?",
        [
            Option(
                "a",
                "just as far",
                "It divides each slope by the root of the mean of its squares. A factor stands above and below, "
                "and cancels.",
            ),
            Option(
                "b",
                "about thirty times as far, the root of a thousand",
                "The root is of the *squares* of the slopes, so it grows a thousandfold, as they do.",
            ),
            Option("c", "a thousand times as far", "SGD would. RMSprop divides by the size of the slopes."),
        ],
        right="a",
        measured=_farther,
    ),
    Choice(
        "turned-ravine",
        "The ravine is turned by 10 and by 45 degrees. Which optimizers need just as many steps as before?",
        [
            Option(
                "a",
                "all four: the ground is the same",
                "RMSprop and Adam divide weight by weight. That fits a ravine along an axis, and no other.",
            ),
            Option(
                "b",
                "SGD and momentum",
                "They take the gradient as it is, and it turns with the ground. RMSprop and Adam divide each "
                "weight by its own size, so for them the axes count.",
            ),
            Option(
                "c",
                "RMSprop and Adam",
                "They adapt, but each weight by itself. Turned, both weights are steep, and nothing is left to adapt.",
            ),
            Option(
                "d",
                "none of them",
                "A gradient does not care how the axes lie, so whoever takes it as it is goes the same way, turned.",
            ),
        ],
        right="b",
        measured=_same_steps,
    ),
]
