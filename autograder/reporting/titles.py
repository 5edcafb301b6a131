"""The titles of lessons and exercises, where an assignment is one of the course's lessons."""

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
