"""The quiz of lesson 06a; the text before each question is the heading that answers it."""

from course_utils.exercises import Choice, Option
from course_utils.exercises.by_hand import QuizQuestion

QUIZ = (
    QuizQuestion(
        "The way back",
        Choice(
            "five-and-two-parents",
            "A value has the gradient 5 and two parents, with the slopes 2 and −1. What does it do in its turn?",
            (
                Option(
                    "a",
                    "It adds 10 and −5 to the parents' gradients",
                    "Gradient times slope, and where ways meet, add.",
                ),
                Option(
                    "b",
                    "It sets the parents' gradients to 10 and −5",
                    "No. If a parent has received something by another way, that would be lost.",
                ),
                Option(
                    "c",
                    "It adds 5 to each",
                    "No. That would be right for a plus, whose slopes are 1.",
                ),
            ),
            "a",
        ),
    ),
    QuizQuestion(
        "Whose turn is it?",
        Choice(
            "no-order",
            "Which of these is no order for the way back through p = a · b, q = a + c, L = p · q?",
            (
                Option(
                    "a",
                    "L, q, p, c, b, a",
                    "It is one. p and q may have their turns either way round, since neither was computed from the "
                    "other.",
                ),
                Option(
                    "b",
                    "L, p, a, b, q, c",
                    "Here a has its turn before q, and q still has something for it. (Nothing is lost, as a has no "
                    "parents; in a larger graph it would be.)",
                ),
                Option(
                    "c",
                    "L, p, b, q, a, c",
                    "It is one. b was used in p only, so it may come at once after it.",
                ),
            ),
            "b",
        ),
    ),
    QuizQuestion(
        "Train with it",
        Choice(
            "why-a-new-graph",
            "Why does each training step build a new graph?",
            (
                Option(
                    "a",
                    "Because the gradients must be 0 again",
                    "No. `backward` sets them to 0 itself.",
                ),
                Option(
                    "b",
                    "To save memory",
                    "No. It costs time. Frameworks that do it, PyTorch and eager TensorFlow, pay that for graphs "
                    "that may differ from step to step.",
                ),
                Option(
                    "c",
                    "Because the old values keep the numbers and slopes from before the step",
                    "A slope such as `other.data` was read when the product was made.",
                ),
            ),
            "c",
        ),
    ),
    QuizQuestion(
        "The same with TensorFlow",
        Choice(
            "gradient-is-none",
            "`tape.gradient(loss, w)` is `None`, and `w` is a NumPy array that was made into a `tf.constant`. What "
            "is missing?",
            (
                Option(
                    "a",
                    "`tape.watch(w)`, or a `tf.Variable`",
                    "A constant is not written down unless it is watched.",
                ),
                Option(
                    "b",
                    "`persistent=True`",
                    "No. That is for asking twice. Asking a used tape gives an error, not None.",
                ),
                Option(
                    "c",
                    "`tf.stop_gradient`",
                    "No. That closes a way, and you want one opened.",
                ),
            ),
            "a",
        ),
    ),
)
