"""What is written about the promises, and read by a person."""

from course_utils.exercises import TextExercise

report = TextExercise(
    "report",
    points=4,
    title="A page for the courier's office",
    rubric="""
1 point, result: quotes the cost of this run in cents a ride on rides that were not learned from, beside one promise for all.
1 point, method: says what the loss is, which way a late ride moves the promise, and why the columns were prepared.
1 point, reading: names one column, what one step of it adds to the promise in minutes, and whether that is believable.
1 point, people: says who bears the cost of a broken promise and who that of a long one, and what the program does not know.
""",
)
