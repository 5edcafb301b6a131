"""Questions without points: from earlier lessons at the beginning of a lesson, and the lesson's own quiz.

What a learner answers first counts for when the question comes back; the same cell shows the same numbers ever after.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from course_utils import lessons
from course_utils.environment import in_grading
from course_utils.exercises import Answer, Question
from course_utils.exercises.by_hand import Recallable

from . import progress, spacing
from .asking import ask, show
from .question_panel import Note, VerdictPanel

RECALL, QUIZ = "recall", "quiz"
NOTHING = "There is nothing to recall yet: the questions come from earlier lessons."


@dataclass(frozen=True)
class Asked:
    """A question as it is asked in one place: `key` is "lesson/id", `read` the heading to read again."""

    key: str
    question: Question
    read: str

    @property
    def lesson(self) -> str:
        """The lesson that it is from."""
        return self.key.partition("/")[0]

    def verdict(self, answer: Answer, note: str = "") -> VerdictPanel:
        """What is told of an answer: whether it is right, why, and where to read."""
        where = f"Lesson {lessons.number(self.lesson)}, section “{self.read}”."
        return VerdictPanel(self.question.verdict(answer), f"{where} {note}".rstrip())


def answers() -> list[dict[str, Any]]:
    """All answers to questions that can be asked again, the oldest first; none, and a line, if they cannot be read."""
    try:
        return sorted([*progress.answers(RECALL), *progress.answers(QUIZ)], key=lambda entry: entry["at"])
    except OSError as error:
        print(f"Your earlier answers were not read ({error}). Set COURSE_HOME to a folder of your own.")
        return []


def asked(key: str, place: str) -> Asked | None:
    """The question of this key, with numbers that are this place's own; None when the course has it no more."""
    item = _item(key)
    if item is None:
        return None
    return Asked(key, item.draw(zlib.crc32(f"{place}/{key}".encode())), item.read)


def opening(lesson: str, number: int | None, said: Any) -> None:
    """Ask what this lesson begins with, or take the typed answer to one of its questions."""
    if in_grading():
        return
    given = answers()
    questions = [question for key in chosen(lesson, given) if (question := asked(key, lesson))]
    named = [_titled(question, f"Lesson {lessons.number(question.lesson)}:") for question in questions]
    _ask_all(RECALL, lesson, named, number, said, given)


def quiz(lesson: str, number: int | None, said: Any) -> None:
    """Ask the questions of a lesson's quiz, or take the typed answer to one of them."""
    if in_grading():
        return
    items = lessons.load(lesson).quiz_questions
    questions = [Asked(f"{lesson}/{item.id}", item.question, item.read) for item in items]
    _ask_all(QUIZ, lesson, questions, number, said, answers())


def chosen(lesson: str, given: Sequence[Mapping[str, Any]]) -> list[str]:
    """The keys of an opening: what was missed before, then one from one, three and seven lessons ago, three in all.

    Only what was answered before this opening counts, so that it stays the same once it has begun.
    """
    here = [i for i, entry in enumerate(given) if (entry["kind"], entry["lesson"]) == (RECALL, lesson)]
    known = spacing.memories(given[: here[0]] if here else given)
    earlier = [name for name in lessons.names() if name < lesson]
    keys = [key for key in spacing.missed(known, earlier) if _item(key)]
    for name in spacing.lessons_ago([name for name in earlier if _taken_as_read(name)]):
        if len(keys) < len(spacing.LESSONS_AGO):
            others = [key for id in lessons.load(name).recallable if (key := f"{name}/{id}") not in keys]
            keys.append(min(others, key=lambda key: known[key].asked if key in known else 0))
    return keys


def _taken_as_read(name: str) -> bool:
    """Whether a lesson has questions for the head, and is not one that a learner may leave out."""
    lesson = lessons.load(name)
    return bool(lesson.by_hand) and not lesson.optional


def _item(key: str) -> Recallable | None:
    lesson, _, id = key.partition("/")
    return lessons.load(lesson).recallable.get(id) if lesson in lessons.names() else None


def _titled(asked: Asked, title: str) -> Asked:
    return replace(asked, question=replace(asked.question, text=f"{title} {asked.question.text}"))


def _ask_all(
    kind: str, lesson: str, questions: Sequence[Asked], number: Any, said: Any, given: Sequence[Mapping[str, Any]]
) -> None:
    """Ask all questions, or the one of this number, each with what was answered to it here before."""
    numbers = range(1, len(questions) + 1)
    one = number is not None or said is not None
    if not questions:
        show(Note(NOTHING))
    elif one and not (isinstance(number, int) and number in numbers):
        show(Note(f"Which question? They are numbered from 1 to {len(questions)}: `lesson.{kind}(1)`.", fault=True))
    else:
        for i in [number] if one else numbers:
            _ask_one(kind, lesson, i, questions[i - 1], () if said is None else (said,), given)


def _ask_one(
    kind: str, lesson: str, number: int, asked: Asked, typed: tuple, given: Sequence[Mapping[str, Any]]
) -> None:
    before = [e for e in given if (e["kind"], e["lesson"], e["question"]) == (kind, lesson, asked.key)]
    first = [_answer(asked.question, before[0]["said"])] if before else []

    def answered(answer: Answer) -> VerdictPanel:
        if first:
            return asked.verdict(answer, "For when it comes back, your first answer counts.")
        first.append(answer)
        right = asked.question.verdict(answer).right
        progress.record_answer(kind, lesson, asked.key, answer.said, right=right)
        return asked.verdict(answer, "" if right else "It comes back.")

    earlier = asked.verdict(first[0]) if first and first[0] else None
    ask(_titled(asked, f"{number}.").question, f"lesson.{kind}({number}", answered, typed, told=True, earlier=earlier)


def _answer(question: Question, said: str | float) -> Answer | None:
    """An answer of the record; None when the question has changed since, so that it answers it no more."""
    try:
        return question.answer(said)
    except ValueError:
        return None
