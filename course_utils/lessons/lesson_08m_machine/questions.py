"""What is written about the program, and read by a person."""

from course_utils.exercises import TextExercise

report = TextExercise(
    "report",
    points=4,
    title="A page for the workshop",
    rubric="""
1 point, result: quotes the share right on stretches that were not learned from, beside a network without a hidden layer or a guess.
1 point, optimizer: compares two optimizers or two rates on this task, with figures of their own runs, all else being equal.
1 point, mistakes: names the two states that are confused most, with their number, and what that would cost the workshop.
1 point, use: says who decides when to stop the machine, and how one would notice that the program no longer fits it.
""",
)
