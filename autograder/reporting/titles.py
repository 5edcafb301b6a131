"""What a lesson of the course says of itself: its title, its exercises' titles, what its texts are marked by."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from autograder.results import ExerciseResult, SubmissionResult


def _lesson(name: str) -> Any:
    from course_utils import lessons

    return lessons.load(name) if name in lessons.names() else None


@lru_cache
def lesson_title(name: str) -> str:
    """The lesson's title, or the assignment's name where it is none of the course's lessons."""
    lesson = _lesson(name)
    return lesson.title if lesson else name


@lru_cache
def exercise_titles(name: str) -> dict[str, str]:
    """Exercise id -> title, for a lesson of the course."""
    lesson = _lesson(name)
    return {id: exercise.title for id, exercise in lesson.exercises.items()} if lesson else {}


@lru_cache
def extras_of(name: str) -> dict[str, float]:
    """Exercise id -> points, for the exercises of a lesson whose points lie outside of its total."""
    lesson = _lesson(name)
    return lesson.extras if lesson else {}


def points_of(name: str, exercise: ExerciseResult, score: float) -> str:
    """What an exercise gave, such as "2 of 3" or, where its points lie outside of the total, "3 of 3 extra".

    A person may count an extra exercise all the same, by nbgrader's extra credit; then `score` is what it counts.
    """
    there = extras_of(name).get(exercise.id)
    if there is None:
        return f"{score:g} of {exercise.max_score:g}"
    return f"{exercise.extra:g} of {there:g} extra" + (f", of which {score:g} count" if score else "")


def and_extra(name: str, result: SubmissionResult) -> str:
    """What is said behind a sum of points: ", and 3 of 4 extra"; nothing where the lesson has no extra exercises."""
    there = sum(extras_of(name).values())
    return f", and {result.extra:g} of {there:g} extra" if there else ""


@lru_cache
def criteria_of(name: str) -> dict[str, list[str]]:
    """Exercise id -> what earns its points, for the texts of a lesson of the course."""
    lesson = _lesson(name)
    return {id: e.criteria for id, e in lesson.exercises.items() if e.kind == "text"} if lesson else {}
