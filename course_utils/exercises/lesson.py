"""A lesson's exercises, and the two calls that stand in every graded cell: `lesson.check` and `lesson.grade`."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Any

from . import context
from .by_hand import ByHand, QuizQuestion, Recallable
from .checking import check, first_wrong
from .exercise import Exercise
from .explained import Explained
from .kinds import TextExercise
from .question import Question
from .repair import RepairExercise
from .result import Mismatch, Points
from .stand_in import told

SECONDS = 20
TRAINING_SECONDS = 120


class Lesson:
    """The exercises of one lesson, in the order in which they stand in it.

    `seconds` is the processor time that an answer may use in a case before it is interrupted; None leaves it at 20,
    or 120 once TensorFlow runs. An `optional` lesson belongs to no week of a term, and its points to no total.

    `recallable` are the questions that a later lesson asks again: those that are answered in the head, and the quiz.

    `explained` says of an exercise why its solution is as it is, and which other way is worth a look.

    Errors: ValueError when two exercises, or two questions, have one id, or what is explained is not there.
    """

    def __init__(
        self,
        name: str,
        title: str,
        exercises: Sequence[Exercise],
        predictions: Sequence[Question] = (),
        optional: bool = False,
        by_hand: Sequence[ByHand] = (),
        quiz: Sequence[QuizQuestion] = (),
        explained: Mapping[str, Explained] | None = None,
    ):
        self.name = name
        self.title = title
        self.optional = optional
        self.seconds: float | None = None
        self.exercises: dict[str, Exercise] = {}
        for exercise in exercises:
            if exercise.id in self.exercises:
                raise ValueError(f"Lesson {name} has two exercises {exercise.id!r}: choose another id for one.")
            self.exercises[exercise.id] = exercise
        self.explained = dict(explained or {})
        self._know_what_is_explained()
        self.predictions = {question.id: question for question in predictions}
        self.by_hand, self.quiz_questions = tuple(by_hand), tuple(quiz)
        self.recallable: dict[str, Recallable] = {item.id: item for item in (*by_hand, *quiz)}
        if len(self.recallable) < len(by_hand) + len(quiz):
            raise ValueError(f"Lesson {name} has two questions of one id: give one of them another, or a suffix.")

    def __getitem__(self, id: str) -> Exercise:
        if id not in self.exercises:
            raise KeyError(f"Lesson {self.name} has no exercise {id!r}; it has: {', '.join(self.exercises)}.")
        return self.exercises[id]

    def __repr__(self) -> str:
        return f"<Lesson {self.name}: {len(self.exercises)} exercises, {self.points:g} points>"

    @property
    def points(self) -> float:
        """The points of all exercises together, without the extra ones."""
        return sum(exercise.counted for exercise in self.exercises.values())

    @property
    def extras(self) -> dict[str, float]:
        """The points of the extra exercises, by id, which lie outside of the total."""
        return {exercise.id: exercise.points for exercise in self.exercises.values() if exercise.extra}

    def check(self, id: str) -> Points:
        """Check an answer on the visible cases, show the panel, and return the points. Never raises for an answer."""
        return self._check(id, self[id].visible_seeds, hidden=False)

    def grade(self, id: str) -> Points:
        """Grade an answer on fresh cases, show the panel, and return the points. Never raises for an answer."""
        first = context.current().hidden_seed(id)
        return self._check(id, [first + i for i in range(self[id].rounds)], hidden=True)

    def first_wrong(self, id: str) -> Mismatch | None:
        """The first visible case that an answer gets wrong: the judge shows it beside a grade, which shows none."""
        with self._standing_in(id):
            return first_wrong(self[id], context.current().namespace, self[id].visible_seeds[:1])

    def mark(self, id: str, points: float | None = None) -> None:
        """Show what a text is marked by; with `points`, remember what a learner who works alone gives it: no grade.

        Errors: ValueError for an exercise that is checked by the course, or points that it does not give.
        """
        exercise = self[id]
        if not isinstance(exercise, TextExercise):
            raise ValueError(f'The course itself checks {id}: lesson.check("{id}").')
        context.current().show(self.name, exercise.marked(points))

    def program(self, id: str, number: int = 1) -> None:
        """Print one of the programs that a repair task holds, to be put in the place of the one that stands there.

        Errors: ValueError for another exercise, or a number that there is not.
        """
        exercise = self[id]
        if not isinstance(exercise, RepairExercise):
            raise ValueError(f"{id} has no programs to repair.")
        print(exercise.given(number))

    def solution(self, id: str) -> None:
        """Show an explained solution, once three different answers have failed or one has passed; else say when.

        Errors: ValueError for a text, which a person reads.
        """
        context.current().solution(self.name, self[id].id)

    def predict(self, id: str, said: Any = None, sure: Any = None) -> None:
        """Ask what the reader expects before a cell shows it; without buttons it is typed: an answer, and how sure.

        It gives no points, waits for nobody and never raises for an answer.
        """
        typed = () if said is None else (said, sure)
        context.current().ask(self.name, self._prediction(id), typed)

    def reveal(self, id: str, *measured: Any) -> None:
        """Show what came out, by what was `measured`, beside what was predicted, and why."""
        context.current().reveal(self.name, self._prediction(id), measured)

    def _know_what_is_explained(self) -> None:
        for id, row in self.explained.items():
            if id not in self.exercises:
                raise ValueError(f"Lesson {self.name} explains {id!r}, which is none of its exercises.")
            if row.variant and row.variant not in {variant.name for variant in self[id].variants}:
                raise ValueError(f"{self.name}/{id} has no variant {row.variant!r}, which is explained.")

    def _prediction(self, id: str) -> Question:
        if id not in self.predictions:
            raise KeyError(f"Lesson {self.name} has no prediction {id!r}; it has: {', '.join(self.predictions)}.")
        return self.predictions[id]

    def recall(self, number: int | None = None, said: Any = None) -> None:
        """Ask three questions from earlier lessons; without buttons it is typed: which of them, and the answer.

        It gives no points, waits for nobody and never raises for an answer.
        """
        context.current().recall(self.name, number, said)

    def quiz(self, number: int | None = None, said: Any = None) -> None:
        """Ask the lesson's quiz; without buttons it is typed: which question, and the letter. No points."""
        context.current().quiz(self.name, number, said)

    def yours(self, id: str) -> Any:
        """The learner's own answer once it passes its check; until then the course's, and a line that says so."""
        exercise = self[id]
        names = context.current().namespace
        if check(exercise, names, exercise.visible_seeds, seconds=self._seconds()).status == "passed":
            return names[exercise.names[0]]
        print(f"Using the course's {exercise.names[0]} here until yours passes its check.")
        return exercise.answer_of(exercise.reference)

    def _check(self, id: str, seeds: list[int], hidden: bool) -> Points:
        exercise, here = self[id], context.current()
        with self._standing_in(id) as used:
            result = check(exercise, here.namespace, seeds, hidden, self._seconds())
        if used and result.status not in ("not_attempted", "missing"):
            result = replace(result, message=f"{result.message} {told(used)}".lstrip())
        result = replace(result, extra=exercise.extra)
        here.show(self.name, result)
        return Points(result.counted, result)

    def _standing_in(self, id: str) -> AbstractContextManager[Sequence[str] | None]:
        """A block in which the course's answers stand in for earlier ones that have not passed; gives their names."""
        earlier = self._not_passed_before(id)
        return context.current().standing_in(self.name, id, earlier) if earlier else contextlib.nullcontext()

    def _not_passed_before(self, id: str) -> list[str]:
        """The earlier exercises whose functions have not passed their last check; never checked counts too."""
        ids, passed = list(self.exercises), context.current().passed
        functions = [i for i in ids[: ids.index(id)] if self[i].kind == "function"]
        return [i for i in functions if (self.name, i) not in passed]

    def _seconds(self) -> float | None:
        if not context.current().in_place:
            return None
        return self.seconds or (TRAINING_SECONDS if "tensorflow" in sys.modules else SECONDS)
