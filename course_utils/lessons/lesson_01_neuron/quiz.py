"""The quiz of lesson 01; the text before each question is the heading that answers it."""

from course_utils.exercises import Choice, Option
from course_utils.exercises.by_hand import QuizQuestion

QUIZ = (
    QuizQuestion(
        "Multiply, add, bend",
        Choice(
            "inputs-all-zero",
            "All inputs of a neuron are 0. What is its total?",
            (
                Option(
                    "a",
                    "0",
                    "No. The products are all 0, but something else is added after them.",
                ),
                Option(
                    "b",
                    "Its bias",
                    "The bias is what a neuron says when it hears nothing.",
                ),
                Option(
                    "c",
                    "0.5",
                    "No. 0.5 is the *sigmoid* of a total of 0. The question asks for the total, before the activation.",
                ),
            ),
            "b",
        ),
    ),
    QuizQuestion(
        "A decision",
        Choice(
            "yes-more-easily",
            "You want the party neuron to say yes more easily. What do you change?",
            (
                Option(
                    "a",
                    "Lower the bias",
                    "No. The bias is *minus* the threshold, so a lower bias is a higher threshold.",
                ),
                Option(
                    "b",
                    "Make all weights twice as large",
                    "Not quite. Reasons against, such as being tired, would count twice as much too. Whether yes "
                    "gets easier depends on the evening.",
                ),
                Option(
                    "c",
                    "Raise the bias",
                    "A higher bias is a lower threshold: less is needed from the reasons.",
                ),
            ),
            "c",
        ),
    ),
    QuizQuestion(
        "Layers",
        Choice(
            "why-hidden-layer",
            "Why can a network with a hidden layer do XOR, when one neuron cannot?",
            (
                Option(
                    "a",
                    "Hidden neurons make new inputs, and for those a straight line is enough",
                    "After *at least one* and *not both*, only an AND is left to do.",
                ),
                Option(
                    "b",
                    "It has more weights, so its line fits better",
                    "No. No straight line parts these points, however finely it is adjusted.",
                ),
                Option(
                    "c",
                    "The sigmoid makes the line of a single neuron curved",
                    "No. The sigmoid of one neuron is 0.5 exactly where the total is 0, and that is a straight line.",
                ),
            ),
            "a",
        ),
    ),
    QuizQuestion(
        "Layers",
        Choice(
            "what-is-learned",
            "What does a network learn?",
            (
                Option(
                    "a",
                    "Its inputs",
                    "No. Inputs are given by the world: the pixels of an image, the weather of an evening.",
                ),
                Option(
                    "b",
                    "Its weights and biases",
                    "Everything else is fixed before the training begins.",
                ),
                Option(
                    "c",
                    "How many layers it has",
                    "No. The layers are chosen by a person beforehand. Lesson 12 is about such choices.",
                ),
            ),
            "b",
        ),
    ),
)
