"""The quiz of lesson 05; the text before each question is the heading that answers it."""

from course_utils.exercises import Choice, Option
from course_utils.exercises.by_hand import QuizQuestion

QUIZ = (
    QuizQuestion(
        "One step downhill",
        Choice(
            "which-direction",
            "The gradient of a weight is −4. In which direction does the weight move?",
            (
                Option(
                    "a",
                    "Down, because the gradient is negative",
                    "No. The rule has a minus of its own: minus (learning rate × −4) is a plus.",
                ),
                Option(
                    "b",
                    "It depends on the learning rate",
                    "No. A learning rate is positive. It says how far, not which way.",
                ),
                Option(
                    "c",
                    "Up",
                    "A negative slope means that the loss falls when the weight grows.",
                ),
            ),
            "c",
        ),
    ),
    QuizQuestion(
        "How large a step?",
        Choice(
            "falls-slowly",
            "A loss falls from 2.30 to 2.29 within 50 epochs, smoothly and slowly. What do you try first?",
            (
                Option(
                    "a",
                    "A larger learning rate",
                    "Smooth and slow is the sign of curve B. Try ten times as much.",
                ),
                Option(
                    "b",
                    "A smaller learning rate",
                    "No. It would go down even more slowly.",
                ),
                Option(
                    "c",
                    "More epochs",
                    "It would help a little, at a high price. First see whether the steps can be longer.",
                ),
            ),
            "a",
        ),
    ),
    QuizQuestion(
        "Epochs, batches, iterations",
        Choice(
            "half-the-batch",
            "You halve the batch size, and keep the number of epochs. What happens to the number of iterations?",
            (
                Option(
                    "a",
                    "It stays the same",
                    "No. The number of *samples seen* stays the same.",
                ),
                Option(
                    "b",
                    "It doubles",
                    "Twice as many batches, each with its own update.",
                ),
                Option(
                    "c",
                    "It halves",
                    "No. Smaller batches, so more of them.",
                ),
            ),
            "b",
        ),
    ),
    QuizQuestion(
        "Epochs, batches, iterations",
        Choice(
            "why-shuffle",
            "Why are the samples shuffled before every epoch?",
            (
                Option(
                    "a",
                    "So that every sample comes exactly once",
                    "No. That would be so without shuffling, too.",
                ),
                Option(
                    "b",
                    "So that the network sees new samples",
                    "No. They are the same samples in another order.",
                ),
                Option(
                    "c",
                    "So that each batch is a fair picture of all the data",
                    "If the data are sorted by class, an unshuffled batch shows one class only, and its step makes "
                    "the network forget the others.",
                ),
            ),
            "c",
        ),
    ),
)
