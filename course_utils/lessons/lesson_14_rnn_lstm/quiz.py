"""The quiz of lesson 14; the text before each question is the heading that answers it."""

from course_utils.exercises import Choice, Option
from course_utils.exercises.by_hand import QuizQuestion

QUIZ = (
    QuizQuestion(
        "A network with a memory",
        Choice(
            "longer-sentence",
            "A `SimpleRNN` reads a sentence of 10 words, then one of 20. How many weights does it need for the second?",
            (
                Option(
                    "a",
                    "Twice as many",
                    "No. The same arrays are used at every step.",
                ),
                Option(
                    "b",
                    "It cannot read both",
                    "No. Within one batch the rows are equally long; from batch to batch the length may change.",
                ),
                Option(
                    "c",
                    "As many as for the first",
                    "The length is not in the shapes of its weights.",
                ),
            ),
            "c",
        ),
    ),
    QuizQuestion(
        "LSTM: a memory with gates",
        Choice(
            "gates-one-and-zero",
            "In an LSTM, f = 1 and i = 0 at some step. What happens to the long memory?",
            (
                Option(
                    "a",
                    "It stays exactly as it was",
                    "1 · c + 0 · g = c.",
                ),
                Option(
                    "b",
                    "It is erased",
                    "No. That would be f = 0. The name *forget gate* misleads: it says how much is kept.",
                ),
                Option(
                    "c",
                    "It becomes the candidate",
                    "No. That needs f = 0 and i = 1.",
                ),
            ),
            "a",
        ),
    ),
    QuizQuestion(
        "The way back",
        Choice(
            "keep-gate-at-the-start",
            "An LSTM should learn what happened 60 steps ago, and after many batches it still guesses. What do you try first?",
            (
                Option(
                    "a",
                    "A write gate that begins wide open",
                    "No. That writes more. What was written 60 steps ago still fades, and its slope with it.",
                ),
                Option(
                    "b",
                    "A larger bias of the keep gate at the start",
                    "At σ(1) the table of section 6 has 0.000000007 left after 60 steps, at σ(3) 0.054.",
                ),
                Option(
                    "c",
                    "Gradient clipping",
                    "No. It shortens gradients that are too long. Here they arrive too short.",
                ),
            ),
            "b",
        ),
    ),
    QuizQuestion(
        "First the baseline",
        Choice(
            "lstm-below-baseline",
            "Your LSTM reaches 76 %, the bag of words 78 %. What do you write in the report?",
            (
                Option(
                    "a",
                    "Only the LSTM's number, it is the modern method",
                    "No. The reader would think that it was worth its 1.3 million parameters.",
                ),
                Option(
                    "b",
                    "Both, and that the baseline is as good or better on these data",
                    "A baseline is there to be reported.",
                ),
                Option(
                    "c",
                    "The LSTM's best of twenty runs",
                    "No. That would be luck, chosen with the test set.",
                ),
            ),
            "b",
        ),
    ),
    QuizQuestion(
        "The cat sat on the …",
        Choice(
            "no-labels",
            "Why does the next word need no labels made by people?",
            (
                Option(
                    "a",
                    "Because the network guesses them",
                    "No. It is trained towards words that really stand in the text.",
                ),
                Option(
                    "b",
                    "Because softmax needs none",
                    "No. The cross-entropy compares softmax's shares with a target.",
                ),
                Option(
                    "c",
                    "Because the text itself holds the right answer, one word further on",
                    "Inputs and targets are the same sentence, shifted by one.",
                ),
            ),
            "c",
        ),
    ),
)
