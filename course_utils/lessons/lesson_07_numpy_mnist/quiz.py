"""The quiz of lesson 07; the text before each question is the heading that answers it."""

from course_utils.exercises import Choice, Option
from course_utils.exercises.by_hand import QuizQuestion

QUIZ = (
    QuizQuestion(
        "The data, in three parts",
        Choice(
            "which-digits-decide",
            "You try five learning rates and want to keep the best. Which digits decide?",
            (
                Option(
                    "a",
                    "The training digits",
                    "No. The one that learns its exercises best by heart would win.",
                ),
                Option(
                    "b",
                    "The validation digits",
                    "That is what they are for. The test digits stay untouched until the choice is made.",
                ),
                Option(
                    "c",
                    "The test digits, since only they are honest",
                    "No. They are honest only as long as nothing is chosen by them. The winner of five would owe a "
                    "part of its number to luck.",
                ),
            ),
            "b",
        ),
    ),
    QuizQuestion(
        "The training loop",
        Choice(
            "how-many-iterations",
            "7,000 digits, batch size 64, 3 epochs. How many iterations?",
            (
                Option(
                    "a",
                    "327",
                    "No. 7000 / 64 = 109.4, and the batch that is not full is a batch as well.",
                ),
                Option(
                    "b",
                    "21,000",
                    "No. So often is a digit shown. An iteration is made for a batch.",
                ),
                Option(
                    "c",
                    "330",
                    "110 in an epoch, three epochs.",
                ),
            ),
            "c",
        ),
    ),
    QuizQuestion(
        "How to begin",
        Choice(
            "first-loss",
            "The loss of the very first batch is 2.3. What does that tell?",
            (
                Option(
                    "a",
                    "The network knows nothing yet, as it should",
                    "A first loss of 20 would be a bad sign: sure of itself, and wrong.",
                ),
                Option(
                    "b",
                    "The network is broken",
                    "No. It is what equal shares for ten digits give: −log 0.1.",
                ),
                Option(
                    "c",
                    "2.3 % of the digits are wrong",
                    "No. The loss is a mean of logarithms, not a share.",
                ),
            ),
            "a",
        ),
    ),
    QuizQuestion(
        "The training loop",
        Choice(
            "why-shuffle-again",
            "Why is `x[order], y[order]` shuffled again before each epoch?",
            (
                Option(
                    "a",
                    "So that every digit is seen once",
                    "No. That would be so without shuffling.",
                ),
                Option(
                    "b",
                    "So that the batches differ from epoch to epoch",
                    "The same batches in the same order would push in the same rhythm each time.",
                ),
                Option(
                    "c",
                    "So that the network does not see the test digits",
                    "No. Those are in another array, and stay there.",
                ),
            ),
            "b",
        ),
    ),
)
