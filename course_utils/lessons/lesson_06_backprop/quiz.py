"""The quiz of lesson 06; the text before each question is the heading that answers it."""

from course_utils.exercises import Choice, Option
from course_utils.exercises.by_hand import QuizQuestion

QUIZ = (
    QuizQuestion(
        "One rule: what comes in, times the local slope",
        Choice(
            "through-a-plus",
            "A gradient of 5 comes back to z = u + b. What do u and b receive?",
            (
                Option(
                    "a",
                    "5 each",
                    "A plus hands on in full, to both.",
                ),
                Option(
                    "b",
                    "2.5 each, because it is shared",
                    "No. If u grows by 1, z grows by 1, whatever b does. Nothing is shared.",
                ),
                Option(
                    "c",
                    "5b and 5u",
                    "No. That is what a product does.",
                ),
            ),
            "a",
        ),
    ),
    QuizQuestion(
        "One rule: what comes in, times the local slope",
        Choice(
            "through-a-relu",
            "A ReLU had the input z = −2, and the gradient −7 comes back. What is handed on?",
            (
                Option(
                    "a",
                    "−7, because a negative gradient goes through a negative place",
                    "No. The gate does not look at the gradient.",
                ),
                Option(
                    "b",
                    "0, because z is negative",
                    "On the way forward the gate was closed.",
                ),
                Option(
                    "c",
                    "0, because the gradient is negative",
                    "The number is right, the reason is not. Had z been 2, then −7 would have gone through.",
                ),
            ),
            "b",
        ),
    ),
    QuizQuestion(
        "Back through a dense layer",
        Choice(
            "why-forward-values",
            "Why does the way back need the values of the way forward?",
            (
                Option(
                    "a",
                    "To compute the loss again",
                    "No. The loss is not needed on the way back at all, only its slope.",
                ),
                Option(
                    "b",
                    "To check the gradients",
                    "No. A check runs forward again, with weights that were moved.",
                ),
                Option(
                    "c",
                    "Because the local slopes depend on them",
                    "DW = xᵀ dz needs x, the gate needs z, the sigmoid needs h. That is why training takes more "
                    "memory than predicting.",
                ),
            ),
            "c",
        ),
    ),
    QuizQuestion(
        "A check that finds the bug",
        Choice(
            "check-says-one-half",
            "A gradient check on your new layer says 0.5 for `dW` and 1e-10 for `dx` and `db`. What is your guess?",
            (
                Option(
                    "a",
                    "The line of dW is wrong, perhaps by a factor 2",
                    "What comes in, `dz`, must be right, or `dx` and `db` would be wrong too. And a relative error "
                    "of 0.5 is what a factor of 2 looks like.",
                ),
                Option(
                    "b",
                    "It is rounding",
                    "No. Rounding is far below 1e-4.",
                ),
                Option(
                    "c",
                    "dz is wrong",
                    "No. Then all three would be off.",
                ),
            ),
            "a",
        ),
    ),
)
