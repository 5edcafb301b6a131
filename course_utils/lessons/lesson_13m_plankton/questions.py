"""What is written about the program, and read by a person."""

from course_utils.exercises import TextExercise

report = TextExercise(
    "report",
    points=4,
    title="A page for the water works",
    rubric="""
1 point, result: quotes the share right on drops that were not learned from, beside that of a dense network or of a guess.
1 point, network: names the layers, and says which of them makes the place of the being unimportant, and why.
1 point, mistakes: names the two kinds that are confused most, with their number, and a likely reason seen in pictures.
1 point, limits: says what the program answers to a drop of another kind, shown by one test, and what follows for its use.
""",
)
