"""The quiz of lesson 11; the text before each question is the heading that answers it."""

from course_utils.exercises import Choice, Option
from course_utils.exercises.by_hand import QuizQuestion

QUIZ = (
    QuizQuestion(
        "Too simple, right, too flexible",
        Choice(
            "61-and-60",
            "Training accuracy 61 %, validation accuracy 60 %, both level for ten epochs. What do you try first?",
            (
                Option(
                    "a",
                    "Dropout",
                    "No. That makes learning harder still. There is no gap to close.",
                ),
                Option(
                    "b",
                    "More training data",
                    "No. It cannot even learn those it has. More data help against overfitting.",
                ),
                Option(
                    "c",
                    "A larger network",
                    "It fails its own exercises: it underfits.",
                ),
            ),
            "c",
        ),
    ),
    QuizQuestion(
        "Dropout: nobody may be relied on",
        Choice(
            "validation-better",
            "In training a model with dropout has 91 % accuracy on the training digits, on the validation digits 94 "
            "%. Is something wrong?",
            (
                Option(
                    "a",
                    "No: while training neurons are missing, in validation all are there",
                    "Ask `model.evaluate` for the training digits, and the order is the usual one again.",
                ),
                Option(
                    "b",
                    "Yes: validation can never be better",
                    "No. It can here: the two were not measured in the same way.",
                ),
                Option(
                    "c",
                    "Yes: the rate is too small",
                    "No. A smaller rate would bring the two closer together; it is no mistake either way.",
                ),
            ),
            "a",
        ),
    ),
    QuizQuestion(
        "L2: small weights",
        Choice(
            "thousand-times-l2",
            "You multiply the strength of an L2 penalty by 1,000. What do you expect?",
            (
                Option(
                    "a",
                    "The network overfits more",
                    "No. The more the weights cost, the less can be learned by heart.",
                ),
                Option(
                    "b",
                    "The weights go to nearly 0 and the network underfits",
                    "The penalty outweighs the data. You saw it with the polynomial.",
                ),
                Option(
                    "c",
                    "Nothing, the optimizer makes up for it",
                    "No. The minimum itself has moved: the loss is another one.",
                ),
            ),
            "b",
        ),
    ),
    QuizQuestion(
        "Early stopping",
        Choice(
            "patience-3",
            "Patience 3; the validation losses are 0.5, 0.4, 0.42, 0.41, 0.405. Does the training stop after epoch 5?",
            (
                Option(
                    "a",
                    "No, the loss has been falling since epoch 3",
                    "No. It is compared with the best so far, not with the epoch before.",
                ),
                Option(
                    "b",
                    "No, patience 3 allows three more epochs after that",
                    "No. The count began at epoch 3, right after the best one.",
                ),
                Option(
                    "c",
                    "Yes, three epochs without a new best",
                    "0.405 is close, but not below 0.4. The weights of epoch 2 are put back.",
                ),
            ),
            "c",
        ),
    ),
    QuizQuestion(
        "Batch normalisation",
        Choice(
            "mean-in-use",
            "A network with batch normalisation gets a single digit, in use. Which mean does it subtract?",
            (
                Option(
                    "a",
                    "The stored mean of the training",
                    "In use the layer changes nothing and looks at no neighbours.",
                ),
                Option(
                    "b",
                    "That of the digit's own pixels",
                    "No. Batch normalisation never mixes the features of one example. (Layer normalisation does, "
                    "lesson 15.)",
                ),
                Option(
                    "c",
                    "That of the batch, so 0 is left everywhere",
                    "No. That would happen with a batch of one in training. It is the reason for the stored averages.",
                ),
            ),
            "a",
        ),
    ),
    QuizQuestion(
        "What does each cure bring?",
        Choice(
            "chosen-on-test",
            "You choose rate and strength by the accuracy on the *test* digits. May you?",
            (
                Option(
                    "a",
                    "No: the test digits become part of the training",
                    "Choose with validation digits. The test digits are for one report at the end.",
                ),
                Option(
                    "b",
                    "Yes: no weights were trained on them",
                    "No. What you choose by them is fitted to them as well, only with fewer numbers.",
                ),
            ),
            "a",
        ),
    ),
)
