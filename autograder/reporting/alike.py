"""The section on answers that are alike: what is compared with what, and how it is said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape

from autograder.assignment import Assignment
from autograder.cells import exercise_id
from autograder.course import Course
from autograder.marks import lesson_name
from autograder.reporting.html import code_block
from autograder.reporting.likeness import FEWEST_TOKENS, LEAST_ALIKE, Pair, Question, pairs_alike
from autograder.reporting.titles import exercise_titles
from autograder.reporting.written import Written
from autograder.source import author_answers, find_source
from course_utils import lessons

SHOWN_PAIRS = 40
INTRODUCTION = f"""
A place to look, not a finding. Good answers to a small exercise are few, people learn together, and both may have read
the same page; only a talk with them says more. Listed are answers of which {LEAST_ALIKE} % agree. Names of one's own
variables, comments and spacing do not count, nor does any line that the lesson hands out, that stands in the course's
own answers, or that half of the class wrote. Where fewer than {FEWEST_TOKENS} words and signs are left, nothing is
compared. Those pairs come first that share most of what few others wrote."""


def find_pairs(course: Course, assignment: Assignment, written: Written) -> list[Pair]:
    """The pairs of students whose answers are alike."""
    own = author_answers(find_source(course, assignment.name))
    table = _answers_of_the_table(lesson_name(assignment))
    answers = {
        Question(
            cell.notebook,
            cell.grade_id,
            cell.cell_type != "code",
            (cell.source, own.get((cell.notebook, cell.grade_id), ""), *table.get(exercise_id(cell.grade_id), ())),
        ): texts
        for cell, texts in written.items()
    }
    return pairs_alike(answers, "\n".join(cell.source for cell in assignment.cells() if cell.cell_type == "code"))


def _answers_of_the_table(name: str) -> dict[str, list[str]]:
    """Exercise id -> the right and wrong answers that a lesson of the course knows."""
    if name not in lessons.names():
        return {}
    exercises = lessons.load(name).exercises
    return {id: [e.source_of(answer) for answer in [*e.variants, *e.mistakes]] for id, e in exercises.items()}


def alike_section(name: str, pairs: list[Pair], written: Written) -> str:
    """The section of the page."""
    titles = exercise_titles(name)
    texts = {(cell.notebook, cell.grade_id): answers for cell, answers in written.items()}
    rows = "".join(_row(pair, titles, texts) for pair in pairs[:SHOWN_PAIRS])
    more = f"<p>{len(pairs) - SHOWN_PAIRS} more pairs are not shown.</p>" if len(pairs) > SHOWN_PAIRS else ""
    none = "" if pairs else "<p>No two answers are more alike than that explains.</p>"
    return f'<h2>Answers that are alike</h2><div class="sub">{INTRODUCTION}</div>{rows}{more}{none}'


def _row(pair: Pair, titles: Mapping[str, str], texts: Mapping[tuple[str, str], Mapping[str, str]]) -> str:
    one, other = pair.students
    said = ", ".join(f"{_title(each.question, titles)} {each.percent} %" for each in pair.alike)
    answers = "".join(_side_by_side(pair, titles, texts))
    return (
        f'<details class="pair"><summary><b>{escape(one)}</b> and <b>{escape(other)}</b>: {escape(said)}</summary>'
        f"{answers}</details>"
    )


def _side_by_side(
    pair: Pair, titles: Mapping[str, str], texts: Mapping[tuple[str, str], Mapping[str, str]]
) -> Iterator[str]:
    for each in pair.alike:
        mine = texts[each.question.notebook, each.question.grade_id]
        both = "".join(f"<div>{escape(who)}{code_block(mine[who])}</div>" for who in pair.students)
        yield f'<h3>{escape(_title(each.question, titles))}</h3><div class="both">{both}</div>'


def _title(question: Question, titles: Mapping[str, str]) -> str:
    return titles.get(exercise_id(question.grade_id), question.grade_id)
