"""The quiz of lesson 04; the text before each question is the heading that answers it."""

from course_utils.exercises import Choice, Option
from course_utils.exercises.by_hand import QuizQuestion

QUIZ = (
    QuizQuestion(
        "Amounts: the squared error",
        Choice(
            "one-large-error",
            "One prediction is off by 10, nine others by 1. What does the mean squared error mostly see?",
            (
                Option(
                    "a",
                    "The nine small errors, because there are more of them",
                    "No. Their squares sum to 9.",
                ),
                Option(
                    "b",
                    "The one large error",
                    "Its square is 100 of 109 in all. That is why outliers disturb this loss.",
                ),
                Option(
                    "c",
                    "All ten alike",
                    "No. That would be so if it counted only *whether* a prediction is wrong.",
                ),
            ),
            "b",
        ),
    ),
    QuizQuestion(
        "One of several: categorical cross-entropy",
        Choice(
            "first-loss-of-100-classes",
            "A fresh network with 100 classes reports a loss of 4.6. Is something broken?",
            (
                Option(
                    "a",
                    "Yes, a loss should start below 1",
                    "No. Losses have no common scale; it depends on the number of classes.",
                ),
                Option(
                    "b",
                    "It cannot be told without the labels",
                    "No. As long as all shares are alike, every label costs the same.",
                ),
                Option(
                    "c",
                    "No, it knows nothing yet: −log(1/100) = 4.605",
                    "Each class gets about one hundredth.",
                ),
            ),
            "c",
        ),
    ),
    QuizQuestion(
        "From the score, not from the probability",
        Choice(
            "why-scores",
            "Why do we give the loss the scores and not the probabilities?",
            (
                Option(
                    "a",
                    "Probabilities get rounded to exactly 0 or 1, and the log of 0 is not a number to learn from",
                    "From the scores the loss is exact, however large they are.",
                ),
                Option(
                    "b",
                    "It is faster",
                    "A little, but that is not the reason.",
                ),
                Option(
                    "c",
                    "Scores are always positive",
                    "No. Scores can be any number. Probabilities are never negative.",
                ),
            ),
            "a",
        ),
    ),
    QuizQuestion(
        "Prediction minus truth",
        Choice(
            "which-class-is-true",
            "For one example the gradient is (0.1, −0.3, 0.2) over three classes. Which class is true?",
            (
                Option(
                    "a",
                    "The first",
                    "No. Its share is 0.1 too high, so the truth there is 0.",
                ),
                Option(
                    "b",
                    "The second, and it got the share 0.7",
                    "Prediction minus truth is 0.7 − 1 = −0.3. Only the true class has a negative entry.",
                ),
                Option(
                    "c",
                    "The third, because 0.2 is the largest",
                    "No. A positive entry means *push this score down*.",
                ),
            ),
            "b",
        ),
    ),
)
