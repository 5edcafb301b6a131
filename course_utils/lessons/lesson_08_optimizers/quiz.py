"""The quiz of lesson 08; the text before each question is the heading that answers it."""

from course_utils.exercises import Choice, Option
from course_utils.exercises.by_hand import QuizQuestion

QUIZ = (
    QuizQuestion(
        "The ravine",
        Choice(
            "why-zigzag",
            "Why does plain gradient descent zigzag in a ravine?",
            (
                Option(
                    "a",
                    "The gradients are noisy",
                    "No. There was no noise in section 1, and it zigzagged.",
                ),
                Option(
                    "b",
                    "The learning rate is too small",
                    "No. With a small one the zigzag stops, but then it creeps along the floor.",
                ),
                Option(
                    "c",
                    "The steepest way leads to the other wall, not along the floor",
                    "And the rate that is good for the floor is too large for the walls.",
                ),
            ),
            "c",
        ),
    ),
    QuizQuestion(
        "Adam: both together",
        Choice(
            "ten-times-the-gradients",
            "All gradients of a network are multiplied by 10 (say, by another loss). Which optimizer hardly notices?",
            (
                Option(
                    "a",
                    "Adam",
                    "It divides by the size of the gradients, so the factor cancels. For RMSprop it does as well.",
                ),
                Option(
                    "b",
                    "SGD",
                    "No. Its steps are ten times as long.",
                ),
                Option(
                    "c",
                    "Momentum",
                    "No. The velocity is ten times as large.",
                ),
            ),
            "a",
        ),
    ),
    QuizQuestion(
        "Adam: both together",
        Choice(
            "adam-uncorrected",
            "What would Adam be without its correction by 1 − βᵗ?",
            (
                Option(
                    "a",
                    "Its first steps would be too short",
                    "No, although m is too small: √v is too small by even more.",
                ),
                Option(
                    "b",
                    "Its first steps would be too long",
                    "With the usual values m is a tenth of what it should be, the root of v about a thirtieth. The "
                    "quotient is three times too large.",
                ),
                Option(
                    "c",
                    "The same, since both are corrected",
                    "No. The two factors differ, so they do not cancel.",
                ),
            ),
            "b",
        ),
    ),
    QuizQuestion(
        "The race",
        Choice(
            "rate-for-adam",
            "You trained with SGD and the rate 0.1. You try Adam with 0.1, and the loss explodes. What now?",
            (
                Option(
                    "a",
                    "Adam does not suit this network",
                    "Too early to tell. The rate was never Adam's.",
                ),
                Option(
                    "b",
                    "Add momentum",
                    "No. Adam has it, as β₁.",
                ),
                Option(
                    "c",
                    "Try 0.001: with Adam the rate is the length of a step",
                    "A step of 0.1 for *each* weight is huge, when weights are about 0.05 in size.",
                ),
            ),
            "c",
        ),
    ),
)
