"""The quiz of lesson 03; the text before each question is the heading that answers it."""

from course_utils.exercises import Choice, Option
from course_utils.exercises.by_hand import QuizQuestion

QUIZ = (
    QuizQuestion(
        "Neurons side by side",
        Choice(
            "shape-of-w",
            "A layer has 20 inputs and 5 neurons. A batch of 8 examples comes in. Which shape has `W`?",
            (
                Option(
                    "a",
                    "(20, 5)",
                    "One row for each input, one column for each neuron.",
                ),
                Option(
                    "b",
                    "(8, 5)",
                    "No. That is the shape of the result. The number of examples is never in the weights.",
                ),
                Option(
                    "c",
                    "(5, 20)",
                    "No. That would fit `W @ x` with examples in columns, as some books write it. Here, as in Keras, "
                    "the examples are rows: `x @ W`.",
                ),
            ),
            "a",
        ),
    ),
    QuizQuestion(
        "Read a network by its shapes",
        Choice(
            "twice-the-batch",
            "You double the batch from 32 to 64. What happens to the number of parameters?",
            (
                Option(
                    "a",
                    "It doubles",
                    "No. Twice as many examples go through the same weights.",
                ),
                Option(
                    "b",
                    "It stays the same",
                    "Only the blue arrays get longer: `x`, the hidden values and the scores.",
                ),
                Option(
                    "c",
                    "Only the biases double",
                    "No. A bias belongs to a neuron, not to an example.",
                ),
            ),
            "b",
        ),
    ),
    QuizQuestion(
        "The forward pass",
        Choice(
            "no-relu-at-the-end",
            "Why does the last layer have no ReLU?",
            (
                Option(
                    "a",
                    "ReLU is too slow for the last layer",
                    "No. The last layer is usually the smallest, and ReLU is the cheapest activation there is.",
                ),
                Option(
                    "b",
                    "Because the last layer has no neurons",
                    "No. It has one neuron for each score. Only the *input* layer has none.",
                ),
                Option(
                    "c",
                    "A score may have to be negative",
                    "ReLU would turn every negative score into the same 0, and the difference between *unlikely* and "
                    "*very unlikely* would be lost.",
                ),
            ),
            "c",
        ),
    ),
    QuizQuestion(
        "Why the layers must bend",
        Choice(
            "three-linear-layers",
            "A network with 784 inputs, three linear layers without activation and 10 outputs: which network can do "
            "exactly as much?",
            (
                Option(
                    "a",
                    "One linear layer with 784 inputs and 10 outputs",
                    "It does, as long as the layers between are at least 10 wide. `collapse` finds its weights.",
                ),
                Option(
                    "b",
                    "A network with one hidden ReLU layer",
                    "No. That one can do more: it bends.",
                ),
                Option(
                    "c",
                    "None; depth always adds something",
                    "No. Depth adds something only if the layers bend.",
                ),
            ),
            "a",
        ),
    ),
)
