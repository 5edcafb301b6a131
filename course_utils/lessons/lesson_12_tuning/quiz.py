"""The quiz of lesson 12; the text before each question is the heading that answers it."""

from course_utils.exercises import Choice, Option
from course_utils.exercises.by_hand import QuizQuestion

QUIZ = (
    QuizQuestion(
        "Two ways to search",
        Choice(
            "random-or-grid",
            "You may train nine networks. Learning rate and dropout are open. Why might random search beat a 3 × 3 "
            "grid?",
            (
                Option(
                    "a",
                    "It tries nine different learning rates instead of three",
                    "If the learning rate matters most, these are nine looks at what matters.",
                ),
                Option(
                    "b",
                    "Random numbers are closer to the best values",
                    "No. A single random draw is no better than a grid place. It is the number of *different* values "
                    "that helps.",
                ),
                Option(
                    "c",
                    "It needs fewer trainings",
                    "No. Both train nine networks here. The budget is the same, the places differ.",
                ),
            ),
            "a",
        ),
    ),
    QuizQuestion(
        "Successive halving",
        Choice(
            "bill-of-halving",
            "Eight settings race by successive halving, starting with 3 epochs. What is the bill?",
            (
                Option(
                    "a",
                    "24 epochs",
                    "No. That is the first round only: 8 settings with 3 epochs each.",
                ),
                Option(
                    "b",
                    "72 epochs",
                    "8 · 3 + 4 · 6 + 2 · 12: every round costs 24.",
                ),
                Option(
                    "c",
                    "96 epochs",
                    "No. That would be all eight settings for 12 epochs, the price without halving.",
                ),
            ),
            "b",
        ),
    ),
    QuizQuestion(
        "A find, or luck?",
        Choice(
            "two-intervals",
            "A scores 91.4 ± 0.6 and B scores 91.0 ± 0.5 over five different seeds each. What do you write?",
            (
                Option(
                    "a",
                    "A is better",
                    "No. The lead of 0.4 is smaller than the standard error of either mean.",
                ),
                Option(
                    "b",
                    "They are equally good",
                    "No. We do not know that. A difference that we cannot see may still be there.",
                ),
                Option(
                    "c",
                    "These runs cannot tell them apart",
                    "More seeds, and the *same* seeds for both, might.",
                ),
            ),
            "c",
        ),
    ),
    QuizQuestion(
        "One look at the test set",
        Choice(
            "test-lower",
            "The test accuracy comes out lower than the validation accuracy of the chosen setting. What do you do?",
            (
                Option(
                    "a",
                    "Report the test accuracy",
                    "A little loss is to be expected: the validation score was the best of many.",
                ),
                Option(
                    "b",
                    "Go back and try settings until the test accuracy is higher",
                    "No. Then the test digits take part in the choice, and no unseen digits are left.",
                ),
                Option(
                    "c",
                    "Report the validation accuracy",
                    "No. You chose that setting *because* its validation score was high. Luck is in the number.",
                ),
            ),
            "a",
        ),
    ),
)
