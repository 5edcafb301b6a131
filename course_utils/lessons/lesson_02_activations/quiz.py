"""The quiz of lesson 02; the text before each question is the heading that answers it."""

from course_utils.exercises import Choice, Option
from course_utils.exercises.by_hand import QuizQuestion

QUIZ = (
    QuizQuestion(
        "The slope decides who learns",
        Choice(
            "sigmoid-in-hidden-layers",
            "Why is the sigmoid rarely used in the hidden layers of deep networks?",
            (
                Option(
                    "a",
                    "It cannot give negative numbers, so nothing negative can be learned",
                    "No. ReLU gives no negative numbers either. Weights may be negative, and that is enough.",
                ),
                Option(
                    "b",
                    "It overflows for large inputs",
                    "No. exp(−x) may overflow far below zero, and 1 / (1 + exp(−x)) is still right: 0. Far out the "
                    "sigmoid only gets very close to 0 or 1. That is where its slope vanishes.",
                ),
                Option(
                    "c",
                    "Its slope is at most 0.25, so gradients shrink from layer to layer",
                    "The slopes of ten layers alone leave at most 0.25¹⁰, about one part in a million. The weights "
                    "multiply too, and would have to be very large to make up for that.",
                ),
            ),
            "c",
        ),
    ),
    QuizQuestion(
        "Softmax: scores into shares",
        Choice(
            "three-less-for-each",
            "You subtract 3 from every score before softmax. What happens to the shares?",
            (
                Option(
                    "a",
                    "Nothing",
                    "The factor exp(−3) stands above and below the line and cancels.",
                ),
                Option(
                    "b",
                    "All get smaller",
                    "No. They must still sum to 1, so they cannot all shrink.",
                ),
                Option(
                    "c",
                    "The smallest one becomes 0",
                    "No. An exponential is never 0. It can only underflow to 0 when a score lies about 745 below the "
                    "largest one.",
                ),
            ),
            "a",
        ),
    ),
    QuizQuestion(
        "Why bend at all?",
        Choice(
            "fifty-linear-layers",
            "A network has fifty linear layers and no activation. What can it draw?",
            (
                Option(
                    "a",
                    "Anything, if the layers are wide enough",
                    "No. Width does not help: the product of all the tables of weights is one table.",
                ),
                Option(
                    "b",
                    "Only what one linear layer can draw",
                    "Exercise 5 merges two; do it 49 times.",
                ),
                Option(
                    "c",
                    "Nothing, because the gradients vanish",
                    "No. A linear activation has slope 1. It learns well, but only straight lines.",
                ),
            ),
            "b",
        ),
    ),
)
