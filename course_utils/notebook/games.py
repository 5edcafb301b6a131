"""What a lesson's game keeps with the learner's progress: each state that was the best when it was reached."""

from __future__ import annotations

from course_utils.environment import in_grading

from . import progress

KIND = "game"


def keep(lesson: str, game: str, state: str) -> None:
    """Keep a state, in a form that the game reads."""
    progress.record_answer(KIND, lesson, game, state)


def kept(lesson: str, game: str) -> list[str]:
    """The states that were kept, the oldest first; none while grading."""
    entries = [] if in_grading() else progress.answers(KIND)
    return [str(entry["said"]) for entry in entries if (entry["lesson"], entry["question"]) == (lesson, game)]


def standing() -> str:
    """A line on the best score; empty when nothing was played."""
    from course_utils.lessons.lesson_01_neuron import six_points

    known = six_points.best(kept(*six_points.GAME))
    return f"Six points, the game of lesson 01: {six_points.score(known):.2f} of 6" if known else ""
