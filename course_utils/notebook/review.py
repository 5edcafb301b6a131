"""`course review`: what is due of the questions that were answered before, asked in a terminal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from course_utils import lessons
from course_utils.exercises import Answer

from . import progress, spacing
from .question_panel import options
from .recall import RECALL, Asked, answers, asked

PLACE = "review"
STOP = ("q", "quit", "stop")
NEVER = (
    "There is nothing to review yet. The questions come from the lessons: answer those at the beginning of a lesson, "
    "and its quiz."
)


def waiting(today: date) -> str:
    """A line on what is due today; empty when nothing is."""
    keys = [key for key in spacing.due(spacing.memories(answers()), today) if asked(key, PLACE)]
    return f"{_count(len(keys))} due: course review" if keys else ""


def review(read: Callable[[str], str], say: Callable[[str], None], today: date) -> None:
    """Ask each question that is due; `read(prompt)` gives a line, and raises EOFError when there is no more."""
    known = spacing.memories(answers())
    keys = [key for key in spacing.due(known, today) if asked(key, PLACE)]
    if not keys:
        say(_when(known, today) if known else NEVER)
        return
    say(f"{_count(len(keys))} due. Enter alone skips one, q stops.")
    right = wrong = 0
    for number, key in enumerate(keys, start=1):
        question = asked(key, f"{PLACE} {known[key].asked}")
        say(f"\n{number} of {len(keys)}. Lesson {lessons.number(question.lesson)}: {_as_text(question)}")
        try:
            answer = _answer(question, read, say)
        except (EOFError, KeyboardInterrupt):
            break
        if answer:
            good = bool(question.question.verdict(answer).right)
            progress.record_answer(RECALL, PLACE, key, answer.said, right=good)
            say(repr(question.verdict(answer, "" if good else "It comes back tomorrow.")))
            right, wrong = right + good, wrong + (not good)
    score = f"{right} of {right + wrong} right. " if right + wrong else ""
    say(f"\n{score}{_when(spacing.memories(answers()), today)}")


def _answer(question: Asked, read: Callable[[str], str], say: Callable[[str], None]) -> Answer | None:
    """What was typed; None to skip the question. What cannot be read is asked again.

    Errors: EOFError to stop.
    """
    while True:
        typed = read(f"Your answer ({question.question.wanted}): ").strip()
        if typed.lower() in STOP:
            raise EOFError
        if not typed:
            return None
        try:
            return question.question.answer(typed)
        except ValueError:
            example = question.question.example.strip('[]"')
            say(f"Please answer with {question.question.wanted}, such as {example}.")


def _as_text(asked: Asked) -> str:
    return "\n".join([asked.question.text, *(f"  {key}  {text}" for key, text in options(asked.question))])


def _when(known: Mapping[str, spacing.Memory], today: date) -> str:
    """When the next question is due."""
    days = sorted(memory.due for key, memory in known.items() if asked(key, PLACE))
    if not days:
        return NEVER
    if days[0] <= today:
        return f"{_count(sum(day <= today for day in days))} still due."
    wait = (days[0] - today).days
    return f"Nothing more is due today. The next question comes {'tomorrow' if wait == 1 else f'in {wait} days'}."


def _count(number: int) -> str:
    return "1 question is" if number == 1 else f"{number} questions are"
