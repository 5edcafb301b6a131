"""What is written about the program, and read by a person."""

from course_utils.exercises import TextExercise

report = TextExercise(
    "report",
    points=4,
    title="A page for the harbour master",
    rubric="""
1 point, result: quotes the share right on pages that were not learned from, beside that of one program without attention or of a guess.
1 point, network: says which layer joins the words of an entry, which one finds the entries of the ship, and what tells which of them is the last.
1 point, mistakes: says for which pages it is wrong most often, with figures, and shows one such page with a likely reason.
1 point, limits: tries a page of a kind that it has not learned from, says what came out, and what follows for its use.
""",
)
