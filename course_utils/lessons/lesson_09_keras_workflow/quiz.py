"""The quiz of lesson 09; the text before each question is the heading that answers it."""

from course_utils.exercises import Choice, Option
from course_utils.exercises.by_hand import QuizQuestion

QUIZ = (
    QuizQuestion(
        "Which mistakes?",
        Choice(
            "right-for-99",
            "A test for a disease that one in 100 has is right in 99 % of all cases. Is that good?",
            (
                Option(
                    "a",
                    "It cannot be said without the recall",
                    "Accuracy hides whether a single ill person was found.",
                ),
                Option(
                    "b",
                    "Yes, 99 % is nearly perfect",
                    "Not necessarily. Calling everybody healthy is right in 99 % of the cases too.",
                ),
                Option(
                    "c",
                    "No, it should be 100 %",
                    "No test on real patients reaches that. The question is which mistakes are in the missing 1 %.",
                ),
            ),
            "a",
        ),
    ),
    QuizQuestion(
        "Define and compile",
        Choice(
            "softmax-of-one",
            'Your network ends in `Dense(1, activation="softmax")`. What does it say?',
            (
                Option(
                    "a",
                    "The same as with a sigmoid",
                    "No. Sigmoid is softmax of *two* scores, one of which is fixed at 0. With one score nothing is "
                    "left to compare with.",
                ),
                Option(
                    "b",
                    "1 for every patient",
                    "Shares sum to 1, and the only share gets all of it, whatever the weights are.",
                ),
                Option(
                    "c",
                    "Keras stops with an error",
                    "No, it only warns. The loss even falls as it should, because Keras computes it from the score "
                    "in front of the softmax. Only the accuracy stands still, and `predict` says 1 for everybody.",
                ),
            ),
            "b",
        ),
    ),
    QuizQuestion(
        "Choose the threshold",
        Choice(
            "lower-threshold",
            "You lower the threshold from 0.5 to 0.2. What can never happen?",
            (
                Option(
                    "a",
                    "The precision falls",
                    "It usually does: the new alarms are the less certain ones.",
                ),
                Option(
                    "b",
                    "The accuracy rises",
                    "It can, when more of the new alarms are right than wrong.",
                ),
                Option(
                    "c",
                    "The recall falls",
                    "Everybody who was alarmed before is alarmed still, so no found patient is lost.",
                ),
            ),
            "c",
        ),
    ),
    QuizQuestion(
        "Three parts",
        Choice(
            "from-validation",
            "Which numbers may be computed from the validation part?",
            (
                Option(
                    "a",
                    "The threshold, and the number of epochs",
                    "To choose such things is what it is there for.",
                ),
                Option(
                    "b",
                    "Mean and spread for scaling",
                    "No. They are learned from data like weights, so they belong to the training part.",
                ),
                Option(
                    "c",
                    "The accuracy that you publish",
                    "No. You chose what does well on just these patients, so it is too good. The test part is for "
                    "that.",
                ),
            ),
            "a",
        ),
    ),
    QuizQuestion(
        "Train, and watch",
        Choice(
            "loss-stands-still",
            "The loss on the training part is 0.66 after the first epoch and 0.66 after the twentieth. Where do you "
            "look first?",
            (
                Option(
                    "a",
                    "At the number of epochs: more are needed",
                    "No. In twenty epochs something should have moved.",
                ),
                Option(
                    "b",
                    "At the last layer, the loss and the scale of the data",
                    "To say 0.37 for everybody costs 0.66: the network makes nothing of its features. A last layer "
                    "or a loss that does not fit the labels, or features of very different size, are the usual "
                    "reasons.",
                ),
                Option(
                    "c",
                    "At the test part",
                    "No. It has nothing to do with training, and it stays closed.",
                ),
            ),
            "b",
        ),
    ),
)
