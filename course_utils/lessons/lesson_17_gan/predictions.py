"""What a reader expects before a cell shows it."""

from course_utils.exercises import Choice, Option


def _slow(mean: float, spread: float) -> str:
    if abs(mean - 2) > 0.5:
        return "c"
    return "b" if spread < 0.35 else "d" if spread > 0.65 else "a"


PREDICTIONS = [
    Choice(
        "slow-inspector",
        "The discriminator gets one turn in each round in place of five. What becomes of the forgeries, mean 2 "
        "and spread 0.5 wanted?",
        [
            Option(
                "a",
                "both come out right, only later",
                "The generator does not wait. It takes the place that pleases the discriminator now, and moves "
                "all forgeries there.",
            ),
            Option(
                "b",
                "the mean comes out right, the spread far too small",
                "The generator puts everything where the discriminator is pleased at the moment. A quicker one "
                "would notice that they all look alike.",
            ),
            Option(
                "c",
                "the mean comes out wrong, the spread right",
                "Where the points lie is the easiest thing to tell: even a slow discriminator learns that.",
            ),
            Option(
                "d",
                "the spread comes out too large",
                "Nothing rewards points far out. The best place is *one* place, and all go there.",
            ),
        ],
        right="b",
        measured=_slow,
    ),
    Choice(
        "four-heaps",
        "Four heaps of real points. Which discriminator makes the generator cover all four of them to the end?",
        [
            Option(
                "a",
                "the slow one: it leaves the generator time",
                "Time to run to one good place after the other. The slow one never catches up.",
            ),
            Option(
                "b",
                "the one as fast as the generator",
                "When all forgeries lie on one heap, it notices at once, and that heap is worth nothing any more."
                " So they spread.",
            ),
            Option("c", "both, in the end", "2,000 rounds do not make up for it: the slow one is always behind."),
            Option(
                "d",
                "neither",
                "The fast one notices a crowded heap at once, and so drives the forgeries to the others.",
            ),
        ],
        right="b",
        measured=lambda slow, fast: {(True, False): "a", (False, True): "b", (True, True): "c", (False, False): "d"}[
            slow == 4, fast == 4
        ],
    ),
]
