"""The quiz of lesson 00; the text before each question is the heading that answers it."""

from course_utils.exercises import Choice, Option
from course_utils.exercises.by_hand import QuizQuestion

QUIZ = (
    QuizQuestion(
        "Break it: start afresh",
        Choice(
            "not-found",
            'A check says "not found. Run the cell above". Your answer is there, you can see it. What happened?',
            (
                Option(
                    "a",
                    "The answer cell has not run since the notebook was started",
                    "What you see on the screen is text until its cell has run. Run it, then the check.",
                ),
                Option(
                    "b",
                    "The answer is wrong",
                    "No. A wrong answer gets a hint. This one has not been seen at all.",
                ),
                Option(
                    "c",
                    "The check is broken",
                    "Not likely. Restart and run all; if it still says so, tell your instructor what the set-up cell "
                    "prints.",
                ),
            ),
            "a",
        ),
    ),
    QuizQuestion(
        "TensorFlow and Keras",
        Choice(
            "tensorflow-or-keras",
            "What is the difference between TensorFlow and Keras?",
            (
                Option(
                    "a",
                    "Keras is the older version of TensorFlow",
                    "No. They are two layers of one thing, and both are up to date.",
                ),
                Option(
                    "b",
                    "TensorFlow computes, Keras is the language in which you tell it what to build",
                    "Engine and steering wheel.",
                ),
                Option(
                    "c",
                    "TensorFlow is for large networks, Keras for small ones",
                    "No. Large networks are written in Keras too. The size does not decide, TensorFlow does the work "
                    "in any case.",
                ),
            ),
            "b",
        ),
    ),
    QuizQuestion(
        "What a check says",
        Choice(
            "small-but-not-random",
            "Your function passes the small case but not the random cases. What is a likely reason?",
            (
                Option(
                    "a",
                    "Bad luck with the random numbers",
                    "No. A right function passes on all numbers. Luck plays no part.",
                ),
                Option(
                    "b",
                    "The random cases are more exact",
                    "No. All cases allow the same rounding.",
                ),
                Option(
                    "c",
                    "It works for the example only, because a number from the text stands in it",
                    "Look for a fixed number where an argument should be.",
                ),
            ),
            "c",
        ),
    ),
)
