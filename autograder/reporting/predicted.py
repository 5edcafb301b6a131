"""The section on what a class predicted before the results were shown: how many said what, and how sure they were.

It is read off the notebooks as they were handed in, from the outputs and from lines that were typed. So it is what they
claim, and worth no points. Only answers that a question of the course knows get onto the page, as counts.
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Callable, Iterator, Mapping
from html import escape
from pathlib import Path

from autograder.assignment import Assignment
from autograder.errors import InvalidSubmission
from autograder.handed_in import choose_notebooks
from autograder.marks import lesson_name
from autograder.reporting.charts import BAR
from autograder.reporting.html import inline_code
from course_utils import lessons
from course_utils.exercises import Answer, Choice, Number, Question

TYPED = re.compile(
    r"""^lesson\.predict\(\s{0,9}["']([\w-]{1,80})["']\s{0,9},\s{0,9}(["'][^"'\n]{1,40}["']|[-+.\w]{1,40})"""
    r"""(?:\s{0,9},\s{0,9}(?:sure\s{0,9}=\s{0,9})?["']?([\d.]{1,8})["']?)?\s{0,9},?\s{0,9}\)""",
    re.MULTILINE,
)
FEWEST = 3  # answers, below which there is no distribution to speak of
INTRODUCTION = f"""
What they said before the cell showed it, without points, as their notebooks tell it; questions that fewer than {FEWEST}
answered are left out. Where many were sure of one wrong answer, its reason is worth a minute in class."""

Predicted = Mapping[str, Mapping[str, Answer]]  # question -> student -> answer


def predicted_by(submissions: Mapping[str, Path], assignment: Assignment) -> Predicted:
    """What each student predicted; submissions that cannot be read are left out, as the report says elsewhere."""
    questions = _questions(assignment)
    found: dict[str, dict[str, Answer]] = {id: {} for id in questions}
    for student, folder in submissions.items() if questions else ():
        try:
            notebooks = choose_notebooks(folder, assignment, [])
        except InvalidSubmission:
            continue
        for id, said, sure in (claim for cells in notebooks.values() for claim in _claims(cells)):
            if isinstance(id, str) and id in questions:
                try:
                    found[id][student] = questions[id].answer(said, sure)
                except ValueError:
                    continue
    return found


def _questions(assignment: Assignment) -> Mapping[str, Question]:
    name = lesson_name(assignment)
    return lessons.load(name).predictions if name in lessons.names() else {}


def _claims(cells: list[dict]) -> Iterator[tuple]:
    """(question, said, sure): first what was typed, then what the outputs tell, which counts where both do."""
    for cell in cells:
        for id, said, sure in TYPED.findall(cell["source"]):
            yield id, said.strip("\"'"), sure or None
    for cell in cells:
        for claim in cell["predicted"]:
            yield claim["id"], claim["said"], claim["sure"]


def predictions_section(assignment: Assignment, predicted: Predicted) -> str:
    """The section of the page; empty when nobody predicted anything."""
    questions = _questions(assignment)
    tables = [_table(questions[id], list(said.values())) for id, said in predicted.items() if len(said) >= FEWEST]
    if not tables:
        return ""
    return f'<h2>What they predicted</h2><div class="sub">{INTRODUCTION}</div>{"".join(tables)}'


def _table(question: Question, answers: list[Answer]) -> str:
    rows = "".join(
        _row(words, right, [a for a in answers if belongs(a)], len(answers))
        for words, right, belongs in _kinds(question)
    )
    columns = (
        '<th scope="col">They said</th><th scope="col" class="n">How many</th><th scope="col" class="n">How sure</th>'
    )
    return (
        f'<h3>{inline_code(question.text)}</h3><table class="stacked"><thead><tr>{columns}<th scope="col" '
        f'style="width:40%">Share</th></tr></thead><tbody>{rows}</tbody></table>'
    )


def _kinds(question: Question) -> list[tuple[str, bool, Callable[[Answer], bool]]]:
    """(words, whether it is right, which answers belong to it) for each row of a question's table."""
    if isinstance(question, Choice):
        return [
            (question.shown(o.key), o.key == question.right, lambda a, o=o: a.said == o.key) for o in question.options
        ]
    values = [question.right, *(near.value for near in question.near)] if isinstance(question, Number) else []

    def kind(answer: Answer) -> float | None:
        return next((value for value in values if abs(float(answer.said) - value) <= question.within), None)

    rows = [(question.shown(v), v == question.right, lambda a, v=v: kind(a) == v) for v in values]
    return [*rows, ("another number", False, lambda a: kind(a) is None)]


def _row(words: str, right: bool, answers: list[Answer], total: int) -> str:
    sure = [answer.sure for answer in answers if answer.sure is not None]
    mean = f"{statistics.mean(sure):.0f} %" if sure else "–"
    share = f"{len(answers)} of {total}"
    rect = f'<rect width="{100 * len(answers) / total:.1f}%" height="14" fill="{BAR if right else "url(#wrong)"}"/>'
    bar = f'<svg width="100%" height="14" role="img" aria-label="{share}">{rect}</svg>'
    return (
        f"<tr><td>{'✓ ' if right else ''}{escape(words)}</td>"
        f'<td class="n" data-label="said it">{share}</td><td class="n" data-label="sure">{mean}</td><td>{bar}</td></tr>'
    )
