"""The quiz of lesson 20; the text before each question is the heading that answers it."""

from course_utils.exercises import Choice, Option
from course_utils.exercises.by_hand import QuizQuestion

QUIZ = (
    QuizQuestion(
        "What belongs to a model?",
        Choice(
            "pixels-to-255",
            "A model was trained on pixels from 0 to 1. In the application it gets pixels from 0 to 255. What happens?",
            (
                Option(
                    "a",
                    "An error message",
                    "No. The shape is right, and a model computes with any number.",
                ),
                Option(
                    "b",
                    "Slightly worse answers",
                    "No. The inputs are far outside everything the network has seen.",
                ),
                Option(
                    "c",
                    "Wrong answers, often very sure ones",
                    "Section 1 has shown it. Scores become about 255 times as large, and softmax gives nearly all to "
                    "one class.",
                ),
            ),
            "c",
        ),
    ),
    QuizQuestion(
        "Four forms of a saved model",
        Choice(
            "train-next-month",
            "You want to train on next month with new data. Which form do you keep?",
            (
                Option(
                    "a",
                    "The Keras file",
                    "It holds layers, weights and the state of the optimizer.",
                ),
                Option(
                    "b",
                    "LiteRT",
                    "No. It is made for running only; the optimizer and the layers' descriptions are gone.",
                ),
                Option(
                    "c",
                    "Weights only",
                    "Possible, but you need the very code that built the layers, and the optimizer starts from the "
                    "beginning.",
                ),
            ),
            "a",
        ),
    ),
    QuizQuestion(
        "What may come in",
        Choice(
            "null-in-request",
            "A request has `null` in place of one measurement. What should the service do?",
            (
                Option(
                    "a",
                    "Put in 0 and answer",
                    "No. 0 grams is a measurement, and far from the truth. The client would never know.",
                ),
                Option(
                    "b",
                    "Reply 422 and name row and fault",
                    "The client can mend it. (If missing values are usual, train a model that expects them.)",
                ),
                Option(
                    "c",
                    "Reply 500, internal error",
                    'No. That says "our fault", wakes your colleague at night, and tells the client nothing.',
                ),
            ),
            "b",
        ),
    ),
    QuizQuestion(
        "How fast?",
        Choice(
            "thousand-users",
            "One call with 1 row takes 2 ms, with 100 rows 3 ms. A thousand users wait. What helps most?",
            (
                Option(
                    "a",
                    "A smaller model",
                    "Hardly. Most of the 2 ms is the price of the call, not of the sums.",
                ),
                Option(
                    "b",
                    "Calling `predict` in place of the model",
                    "No. `predict` has the higher fixed price.",
                ),
                Option(
                    "c",
                    "Collect requests for a few milliseconds and compute them as one batch",
                    "A row then costs 0.03 ms in place of 2. Each user waits a little longer, all together wait far "
                    "less.",
                ),
            ),
            "c",
        ),
    ),
    QuizQuestion(
        "A service",
        Choice(
            "mean-confidence",
            "The mean confidence of the service has been 0.96 for months. Does that prove that its answers are right?",
            (
                Option(
                    "a",
                    "No; only answers compared with the truth prove it",
                    "So keep a few cases each week, find out the truth, and count.",
                ),
                Option(
                    "b",
                    "Yes, 96 % of them",
                    "No. In section 5 the share of right answers fell and the confidence stayed.",
                ),
                Option(
                    "c",
                    "No, because 0.96 is too low",
                    "No. Even 1.0 would prove nothing; on the raw measurements it *was* 1.0.",
                ),
            ),
            "a",
        ),
    ),
)
