"""A lesson's exercises, and the two calls that stand in every graded cell: `lesson.check` and `lesson.grade`."""

from __future__ import annotations

from typing import Any

from . import context
from .checking import check
from .context import VISIBLE_SEED
from .exercise import Exercise, FunctionExercise, ModelExercise, TextExercise, ValuesExercise
from .result import Points, Result


class Lesson:
    """The exercises of one lesson, in the order in which they stand in it."""

    def __init__(self, name: str, title: str):
        self.name = name
        self.title = title
        self.exercises: dict[str, Exercise] = {}

    def __getitem__(self, id: str) -> Exercise:
        if id not in self.exercises:
            raise KeyError(f"Lesson {self.name} has no exercise {id!r}; it has: {', '.join(self.exercises)}.")
        return self.exercises[id]

    def __repr__(self) -> str:
        return f"<Lesson {self.name}: {len(self.exercises)} exercises, {self.points:g} points>"

    @property
    def points(self) -> float:
        """The points of all exercises together."""
        return sum(exercise.points for exercise in self.exercises.values())

    def _add(self, exercise: Exercise) -> Any:
        if exercise.id in self.exercises:
            raise ValueError(f"Lesson {self.name} already has an exercise {exercise.id!r}: choose another id.")
        self.exercises[exercise.id] = exercise
        return exercise

    def values(self, id: str, **options: Any) -> ValuesExercise:
        """Add an exercise whose answers are plain values; `reference` returns `{name: value}`."""
        return self._add(ValuesExercise(id, **options))

    def function(self, id: str, **options: Any) -> FunctionExercise:
        """Add an exercise whose answer is a function or a class."""
        return self._add(FunctionExercise(id, **options))

    def object(self, id: str, **options: Any) -> ModelExercise:
        """Add an exercise whose answer is an object made in the notebook, such as a trained model."""
        return self._add(ModelExercise(id, **options))

    def text(self, id: str, **options: Any) -> TextExercise:
        """Add a free answer in words that a person grades."""
        return self._add(TextExercise(id, **options))

    def check(self, id: str) -> Points:
        """Check an answer on the visible cases, show the panel, and return the points. Never raises for an answer."""
        return self._check(id, [VISIBLE_SEED], hidden=False)

    def grade(self, id: str) -> Points:
        """Grade an answer on fresh cases, show the panel, and return the points. Never raises for an answer."""
        first = context.current().hidden_seed(id)
        return self._check(id, [first + i for i in range(self[id].rounds)], hidden=True)

    def yours(self, id: str) -> Any:
        """The learner's own answer once it passes its check; until then the course's, and a line that says so."""
        exercise = self[id]
        names = context.current().namespace
        if check(exercise, names, [VISIBLE_SEED]).status == "passed":
            return names[exercise.names[0]]
        print(f"Using the course's {exercise.names[0]} here until yours passes its check.")
        return exercise.answer_of(exercise.reference)

    def _check(self, id: str, seeds: list[int], hidden: bool) -> Points:
        here = context.current()
        result: Result = check(self[id], here.namespace, seeds, hidden)
        here.show(self.name, result)
        return Points(result.points, result)
