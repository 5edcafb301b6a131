"""What a learner expected, said before the cell that shows it, kept, and told again beside the result."""

from __future__ import annotations

from course_utils.environment import in_grading
from course_utils.exercises import Answer, Question, Verdict

from . import progress
from .asking import ask as ask_question
from .asking import show
from .question_panel import Note, VerdictPanel

KIND = "prediction"
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
