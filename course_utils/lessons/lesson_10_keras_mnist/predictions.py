"""What a reader expects before a cell shows it."""

from course_utils.exercises import Choice, Option

PREDICTIONS = [
    Choice(
        "uint8",
        "What is 200 + 100 in `uint8`, the whole numbers from 0 to 255?",
        [
            Option("a", "300", "300 does not fit into 8 bits. The array keeps its type, and so its limit."),
            Option(
                "b",
                "255: it stops at the largest",
                "Nothing stops. The number runs on from 0, as a clock does after 12.",
            ),
            Option(
                "c",
                "44",
                "After 255 it begins again at 0, as a clock does: 300 − 256 = 44. No error, and a wrong pixel.",
            ),
            Option("d", "an error", "NumPy says nothing: it computes with 8 bits and lets the rest go."),
        ],
        right="c",
        measured=lambda total: {300: "a", 255: "b", 44: "c"}[int(total)],
    ),
    Choice(
        "moved-dense",
        "Every test digit moves 4 pixels to the right. How many of 100 does the network still name?",
        [
            Option(
                "a",
                "about 90: it is the same digit",
                "To a person. The network has a weight for each *place*, and at these places there is other ink now.",
            ),
            Option("b", "about 60", "It falls further: after 2 pixels it is about there."),
            Option(
                "c",
                "fewer than 40",
                lambda share: (
                    f"{100 * share:.0f}. It has learned where ink lies, pixel by pixel, and not what shape it "
                    f"has. Four pixels "
                    "further, its weights meet the wrong ink."
                ),
            ),
        ],
        right="c",
        measured=lambda share: "a" if share > 0.8 else "b" if share > 0.4 else "c",
    ),
    Choice(
        "gap",
        "Lesson 07 named about 95.5 % of the test digits, this lesson about 93.8 %. What explains the difference?",
        [
            Option(
                "a",
                "Keras computes less exactly than my NumPy",
                "Both computed the same weights to the last figure, in lesson 07. With all else equal they differ by 0.1 in a "
                "hundred, which is luck.",
            ),
            Option(
                "b",
                "the start values of the weights",
                "He's and Glorot's both have the right size for this network: 0.1 in a hundred, which is luck.",
            ),
            Option(
                "c",
                "the optimizer with its rate, and the epochs",
                "The optimizer with its rate brings 0.8 in a hundred, twice as many epochs 0.6; together that is nearly all.",
            ),
            Option(
                "d",
                "nothing: it is luck",
                "One start may be lucky. But the means over many starts differ by 1.5 in a hundred, and each of them is certain "
                "to about 0.2.",
            ),
        ],
        right="c",
    ),
]
