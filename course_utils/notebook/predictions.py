"""What a learner expected, said before the cell that shows it, kept, and told again beside the result."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from course_utils.environment import in_grading
from course_utils.exercises import Answer, Question, Verdict

from . import progress
from .asking import ask as ask_question
from .asking import show
from .question_panel import Note, VerdictPanel

KIND = "prediction"
ENOUGH = 5  # predictions, to say anything about a group of them
GROUPS = (("90 % sure or more", 90, 100), ("70 to 89 % sure", 70, 89), ("less than 70 % sure", 0, 69))
UNASKED = "Next time, say what you expect before you run the cell: what surprises you, you keep."


def ask(lesson: str, question: Question, typed: tuple) -> None:
    """Ask for a prediction; the last one before the result counts."""

    def noted(answer: Answer) -> Note:
        progress.record_answer(KIND, lesson, question.id, answer.said, answer.sure)
        sure = "" if answer.sure is None else f", {answer.sure} % sure"
        return Note(f"Noted: {question.shown(answer.said)}{sure}. Now run the next cell.")

    ask_question(question, f'lesson.predict("{question.id}"', noted, typed, sure=True)


def reveal(lesson: str, question: Question, measured: tuple) -> None:
    """Tell what came out, beside what was said before; the output carries it on to whoever gets the notebook."""
    if in_grading():
        return
    said, known = _last(lesson, question)
    verdict = question.verdict(said, *measured)
    if said is None:
        show(VerdictPanel(verdict, UNASKED))
        return
    if not known:
        progress.record_answer(KIND, lesson, question.id, said.said, said.sure, verdict.right)
    show(VerdictPanel(verdict, _surprise(verdict)), {KIND: {"id": question.id, "said": said.said, "sure": said.sure}})


def _last(lesson: str, question: Question) -> tuple[Answer | None, bool]:
    """The last prediction that can be read, and whether its result has been seen."""
    for entry in reversed(progress.answers(KIND)):
        if (entry["lesson"], entry["question"]) == (lesson, question.id):
            try:
                return question.answer(entry["said"], entry["sure"]), entry["right"] is not None
            except ValueError:  # of an earlier version of the lesson, with other options
                continue
    return None, False


def _surprise(verdict: Verdict) -> str:
    sure = verdict.answer.sure if verdict.answer else None
    if sure is None or sure < 80 or verdict.right:
        return ""
    return "You were sure and it came out otherwise. Such a surprise is worth a second look: what made you sure?"


def calibration() -> str:
    """How often the learner was right, and how often when they were sure; empty while there are too few predictions.

    Only what was said before a result was first seen counts.
    """
    first: dict[tuple[str, str], dict[str, Any]] = {}
    for entry in progress.answers(KIND):
        if entry["right"] is not None:
            first.setdefault((entry["lesson"], entry["question"]), entry)
    if len(first) < ENOUGH:
        return ""
    lines = [f"Predictions: {_share(first.values())} right"]
    for name, lowest, highest in GROUPS:
        group = [e for e in first.values() if e["sure"] is not None and lowest <= e["sure"] <= highest]
        if len(group) >= ENOUGH:
            lines.append(f"  {name:<22}{_share(group)} right{_advice(group)}")
    return "\n".join(lines)


def _share(entries: Collection[dict[str, Any]]) -> str:
    return f"{sum(entry['right'] for entry in entries)} of {len(entries)}"


def _advice(group: Collection[dict[str, Any]]) -> str:
    """A word where what was said and what came out lie further apart than luck explains."""
    said = sum(entry["sure"] for entry in group) / 100
    spread = sum(entry["sure"] / 100 * (1 - entry["sure"] / 100) for entry in group) ** 0.5
    right = sum(entry["right"] for entry in group)
    if right < said - 2 * max(spread, 0.5):
        return f", fewer than the {said:.0f} that you expected: be less sure"
    if right > said + 2 * max(spread, 0.5):
        return f", more than the {said:.0f} that you expected: trust yourself more"
    return ""
