"""The quiz of lesson 15; the text before each question is the heading that answers it."""

from course_utils.exercises import Choice, Option
from course_utils.exercises.by_hand import QuizQuestion

QUIZ = (
    QuizQuestion(
        "A way past the layer",
        Choice(
            "twenty-sigmoid-layers",
            "A network of 20 sigmoid layers stays at the loss of guessing. What helps?",
            (
                Option(
                    "a",
                    "Shortcuts around the layers",
                    "The gradient then has a road on which no slope makes it smaller.",
                ),
                Option(
                    "b",
                    "Train it much longer",
                    "No. A gradient a hundred billion times too small moves the first layers by nothing that "
                    "matters, in a thousand epochs as well.",
                ),
                Option(
                    "c",
                    "Clip the gradients",
                    "No. Clipping only shortens gradients that are too long. These are too short.",
                ),
            ),
            "a",
        ),
    ),
    QuizQuestion(
        "First weights",
        Choice(
            "the-2-in-he",
            "Where does the 2 in He's rule come from?",
            (
                Option(
                    "a",
                    "There is one kernel and one bias",
                    "No. The bias starts at 0 and does not change the size of the signal.",
                ),
                Option(
                    "b",
                    "ReLU sets half of the sums to 0",
                    "It halves the mean square, and weights of twice the variance make up for it.",
                ),
                Option(
                    "c",
                    "The signal goes forward, and the gradient goes back",
                    "No. That is why *Glorot's* rule has the sum of fan in and fan out. He's rule looks at one "
                    "direction only.",
                ),
            ),
            "b",
        ),
    ),
    QuizQuestion(
        "Normalisation",
        Choice(
            "which-stores-averages",
            "A network gets a single image at a time, in use. Which normalisation needs stored averages for that?",
            (
                Option(
                    "a",
                    "Layer normalisation",
                    "No. It takes mean and variance over the features of this one image.",
                ),
                Option(
                    "b",
                    "Neither",
                    "No. One of the two takes its mean over several examples. Which one?",
                ),
                Option(
                    "c",
                    "Batch normalisation",
                    "A batch of one has no useful mean. So it keeps moving averages while training and uses those.",
                ),
            ),
            "c",
        ),
    ),
)
