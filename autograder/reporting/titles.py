"""What a lesson of the course says of itself: its title, its exercises' titles, what its texts are marked by."""

from __future__ import annotations

from functools import lru_cache
from typing import Any


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
def criteria_of(name: str) -> dict[str, list[str]]:
    """Exercise id -> what earns its points, for the texts of a lesson of the course."""
    lesson = _lesson(name)
    return {id: e.criteria for id, e in lesson.exercises.items() if e.kind == "text"} if lesson else {}
