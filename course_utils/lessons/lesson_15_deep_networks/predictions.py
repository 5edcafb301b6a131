"""What a reader expects before a cell shows it."""

from course_utils.exercises import Choice, Option


def _deep(shallow: float, deep: float) -> str:
    if deep < 0.2:
        return "c"
    return "a" if deep > shallow else "b"


def _growth(first: float, last: float) -> str:
    times = last / first
    return "d" if times < 0.5 else "a" if times < 3 else "b" if times < 200 else "c"


PREDICTIONS = [
    Choice(
        "twenty-layers",
        "Three layers learn to read digits. What do twenty layers do, with the same sigmoid and the same training?",
        [
            Option(
                "a",
                "they read more: more layers say more",
                "They could say more. But first the layers in front must learn, and next to nothing reaches them.",
            ),
            Option("b", "they read a little less", "It is not a little: they do not learn at all."),
            Option(
                "c",
                "they stay at a guess",
                "The gradient is made smaller in each layer on its way back. Twenty layers leave so little of it "
                "that the first ones never move.",
            ),
        ],
        right="c",
        measured=_deep,
    ),
    Choice(
        "he-and-shortcuts",
        "He's weights keep the size of the signal, and each shortcut adds the input once more. After 18 such "
        "blocks the signal is…",
        [
            Option(
                "a",
                "about as large as before",
                "He's rule would do that alone. Here the input is added on top, in each block.",
            ),
            Option(
                "b",
                "about 20 times as large: once more for each block",
                "Each block adds to what has *already* grown. That multiplies, it does not add up.",
            ),
            Option(
                "c",
                "more than 1,000 times as large",
                lambda first, last: (
                    f"{last / first:,.0f} times. Each block multiplies the size by about "
                    f"{(last / first) ** (1 / 18):.1f}, and 18 such factors make thousands."
                ),
            ),
            Option(
                "d", "smaller", "Nothing in a block takes away: the input goes on as it is, and something is added."
            ),
        ],
        right="c",
        measured=_growth,
    ),
]
