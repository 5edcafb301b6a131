"""The quiz of lesson 10; the text before each question is the heading that answers it."""

from course_utils.exercises import Choice, Option
from course_utils.exercises.by_hand import QuizQuestion

QUIZ = (
    QuizQuestion(
        "Step 5: evaluate",
        Choice(
            "which-accuracy",
            'Training accuracy 99 %, test accuracy 93 %. What do you report as "how good the network is"?',
            (
                Option(
                    "a",
                    "99 %",
                    "No. Those digits were its exercises. A table that stores them all would have 100 %.",
                ),
                Option(
                    "b",
                    "93 %",
                    "It was measured on digits that had no part in the training.",
                ),
                Option(
                    "c",
                    "96 %, the mean",
                    "No. The mean of an exam and its solutions says nothing about the exam.",
                ),
            ),
            "b",
        ),
    ),
    QuizQuestion(
        "Deeper, and watched",
        Choice(
            "loss-up-accuracy-level",
            "The accuracy stays the same from epoch 6 to epoch 10, but the validation loss rises. How is that "
            "possible?",
            (
                Option(
                    "a",
                    "It is not; one of the numbers must be wrong",
                    "No. Accuracy counts only which share is the largest. The loss looks at its size.",
                ),
                Option(
                    "b",
                    "The learning rate is too small",
                    "No. Then both would hardly move.",
                ),
                Option(
                    "c",
                    "The network gets surer, also where it is wrong",
                    "The same digits are wrong as before, but now with a share of 0.001 for the right answer, which "
                    "costs 6.9.",
                ),
            ),
            "c",
        ),
    ),
    QuizQuestion(
        "Step 4: train",
        Choice(
            "how-many-steps",
            "You have 10,000 training digits and use batches of 50 for 4 epochs. How many steps are made?",
            (
                Option(
                    "a",
                    "800",
                    "200 steps an epoch, four epochs.",
                ),
                Option(
                    "b",
                    "200",
                    "No. That is one epoch: 10,000 / 50.",
                ),
                Option(
                    "c",
                    "40,000",
                    "No. So many times a digit is shown, 4 × 10,000. A step is made for a batch, not for a digit.",
                ),
            ),
            "a",
        ),
    ),
    QuizQuestion(
        "Step 5: evaluate",
        Choice(
            "best-of-twenty",
            "You try twenty networks and keep the one with the best *test* accuracy. What is wrong with that?",
            (
                Option(
                    "a",
                    "Nothing; that is what the test digits are for",
                    "No. Of twenty tries the luckiest wins, and its luck is in the number you report.",
                ),
                Option(
                    "b",
                    "The test digits took part in the choice, so they are no longer unseen",
                    "Choose with the validation digits, and use the test digits once, at the end.",
                ),
                Option(
                    "c",
                    "Twenty networks are too many for a CPU",
                    "No. It takes minutes, and it would be wrong on the fastest machine as well.",
                ),
            ),
            "b",
        ),
    ),
    QuizQuestion(
        "Step 3: compile",
        Choice(
            "why-sparse",
            "Why `sparse_categorical_crossentropy` and not `categorical_crossentropy`?",
            (
                Option(
                    "a",
                    "Because most pixels are 0",
                    "No. *Sparse* speaks of the labels, not of the images.",
                ),
                Option(
                    "b",
                    "Because it is faster",
                    "Hardly. The difference in time is too small to matter here; the form of the labels decides.",
                ),
                Option(
                    "c",
                    "Because each label is one number, not a row of ten",
                    "Both compute the same loss; they expect the label written differently.",
                ),
            ),
            "c",
        ),
    ),
)
