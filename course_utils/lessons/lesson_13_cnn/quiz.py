"""The quiz of lesson 13; the text before each question is the heading that answers it."""

from course_utils.exercises import Choice, Option
from course_utils.exercises.by_hand import QuizQuestion

QUIZ = (
    QuizQuestion(
        "Many filters, many channels",
        Choice(
            "size-after-convolution",
            'An image of 32 × 32 × 3 goes through 16 filters of 5 × 5, `"valid"`, stride 1. What comes out?',
            (
                Option(
                    "a",
                    "28 × 28 × 48",
                    "No. A filter reaches through all three channels and makes one map, not three.",
                ),
                Option(
                    "b",
                    "28 × 28 × 16",
                    "32 − 5 + 1 = 28 places each way, and a map for each filter.",
                ),
                Option(
                    "c",
                    "32 × 32 × 16",
                    'No. That would be `"same"`, with a frame of two zeros.',
                ),
            ),
            "b",
        ),
    ),
    QuizQuestion(
        "Many filters, many channels",
        Choice(
            "parameters-of-convolution",
            "How many parameters does that layer have?",
            (
                Option(
                    "a",
                    "16 · 5 · 5 + 16 = 416",
                    "No. Each filter also has numbers for each of the three channels.",
                ),
                Option(
                    "b",
                    "It depends on the size of the image",
                    "No. The same filter is used at all places. That is the point of it.",
                ),
                Option(
                    "c",
                    "16 · 5 · 5 · 3 + 16 = 1216",
                    "75 numbers and a bias for each of 16 filters.",
                ),
            ),
            "c",
        ),
    ),
    QuizQuestion(
        "Pooling: only the strongest stays",
        Choice(
            "what-pooling-learns",
            "What does max pooling learn?",
            (
                Option(
                    "a",
                    "Nothing; it has no parameters",
                    "It makes maps smaller and passes slopes back to the largest pixels.",
                ),
                Option(
                    "b",
                    "Which pixels matter most",
                    "No. It always takes the largest; there is nothing to be set.",
                ),
                Option(
                    "c",
                    "A mean for each square",
                    "No. That would be average pooling, and it has no parameters either.",
                ),
            ),
            "a",
        ),
    ),
    QuizQuestion(
        "Learning the filters",
        Choice(
            "one-filter-everywhere",
            "Why does one filter for the whole image make sense?",
            (
                Option(
                    "a",
                    "Because digits are always in the middle",
                    "No. If that were all, a dense layer would do as well.",
                ),
                Option(
                    "b",
                    "An edge is an edge wherever it is",
                    "What was learned in one corner is at once known in all others.",
                ),
                Option(
                    "c",
                    "It is only to save memory",
                    "It does save memory, but the gain in accuracy comes from the same patterns turning up in many "
                    "places.",
                ),
            ),
            "b",
        ),
    ),
    QuizQuestion(
        "Pooling: only the strongest stays",
        Choice(
            "seen-by-one-number",
            "Kernel 3 × 3, then pooling 2 × 2, then kernel 3 × 3. How wide a piece of the image does one number of "
            "the last map see?",
            (
                Option(
                    "a",
                    "3 pixels",
                    "No. It sees 3 places of the pooled map, and each of those has seen more than one pixel.",
                ),
                Option(
                    "b",
                    "6 pixels",
                    "Nearly. Three pooled places come from 6 places of the first map, and each of those has seen 3 "
                    "pixels.",
                ),
                Option(
                    "c",
                    "8 pixels",
                    "Three pooled places are 6 places of the first map, and 6 neighbouring windows of 3 cover 6 + 2 "
                    "= 8 pixels.",
                ),
            ),
            "c",
        ),
    ),
)
