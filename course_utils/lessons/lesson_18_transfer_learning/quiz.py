"""The quiz of lesson 18; the text before each question is the heading that answers it."""

from course_utils.exercises import Choice, Option
from course_utils.exercises.by_hand import QuizQuestion

QUIZ = (
    QuizQuestion(
        "The network that has learned already",
        Choice(
            "why-the-head",
            "Why is the head replaced, and not the first layer?",
            (
                Option(
                    "a",
                    "The head speaks of the old classes; first layers see edges that many tasks share",
                    "What comes early in a network is general, what comes late is special (Yosinski and others 2014).",
                ),
                Option(
                    "b",
                    "The head is the largest layer",
                    "No. Here it has 650 of 56,714 parameters, the smallest part of all that learn except the first "
                    "convolution.",
                ),
                Option(
                    "c",
                    "Keras can change only the last layer",
                    "No. You can cut anywhere. Lower down the features are more general, but less is done already.",
                ),
            ),
            "a",
        ),
    ),
    QuizQuestion(
        "Fine-tune",
        Choice(
            "without-compile",
            "After unfreezing, you call `fit` without `compile`. What happens?",
            (
                Option(
                    "a",
                    "An error",
                    "Not in general, and that is the danger: it looks as if all were well.",
                ),
                Option(
                    "b",
                    "Training goes on with the body still frozen",
                    "The training step was made at the first `fit`, while the body was frozen, and stays until you "
                    "compile again. Exercise 5 finds this by looking whether the weights moved.",
                ),
                Option(
                    "c",
                    "Everything is trained, at the old rate",
                    "No. The step that was made knows the head's weights only.",
                ),
            ),
            "b",
        ),
    ),
    QuizQuestion(
        "Features: run the body once",
        Choice(
            "store-with-shifts",
            "You want random shifts of the images (augmentation) in every epoch. Can you store the features once?",
            (
                Option(
                    "a",
                    "Yes, features do not depend on shifts",
                    "No. A shifted image has other features; pooling forgives a pixel or so, no more.",
                ),
                Option(
                    "b",
                    "No, because frozen layers cannot be run",
                    "No. Frozen layers compute as always. They are only not changed.",
                ),
                Option(
                    "c",
                    "No: each new shift is a new image and needs the body again",
                    "Stored features are for fixed images. With augmentation the frozen body runs in every epoch.",
                ),
            ),
            "c",
        ),
    ),
    QuizQuestion(
        "When it hurts",
        Choice(
            "frozen-below-scratch",
            "Frozen features give 60 %, training from scratch with the same labels 76 %. What do you conclude?",
            (
                Option(
                    "a",
                    "Transfer is negative here: look at the preparation first, then at the source",
                    "So it was with the inverted digits, and one line of preparation cures that.",
                ),
                Option(
                    "b",
                    "The head needs more layers",
                    "Hardly. More steps may help a little. But what the features have lost, no head can bring back.",
                ),
                Option(
                    "c",
                    "Scratch was lucky; transfer always helps",
                    "No. Repeat it with other labels to exclude luck. But transfer does hurt at times, as you have "
                    "measured.",
                ),
            ),
            "a",
        ),
    ),
    QuizQuestion(
        "Fine-tune",
        Choice(
            "rate-by-test",
            "You tried eight learning rates for fine-tuning and kept the best by *test* accuracy. Is the number fair?",
            (
                Option(
                    "a",
                    "Yes, the weights were trained on other digits",
                    "No. The rate was chosen on the test digits, and the choice is part of the training.",
                ),
                Option(
                    "b",
                    "No. Choose on validation digits, then test once",
                    "The cell in “Break it” looks at test digits to *show* you the effect; it chooses nothing.",
                ),
                Option(
                    "c",
                    "Only if there are fewer than ten rates",
                    "No. Two are enough to be wrong, only less so.",
                ),
            ),
            "b",
        ),
    ),
)
