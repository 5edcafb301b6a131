"""What to teach again: the known mistakes that a class made, each with the hint that was read and one answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from autograder.cells import answer_id
from autograder.reporting.html import code_block, folded_names, inline_code
from autograder.reporting.titles import exercise_titles
from autograder.reporting.written import Written
from autograder.results import SubmissionResult
from course_utils.exercises.status import titled
from course_utils.exercises.table import mistakes_in

SHOWN = 12  # of the mistakes that several made
FEW = 4  # so many more are shown with them; others are folded, by exercise


@dataclass(frozen=True)
class KnownMistake:
    """A mistake of the class: what it is, the hint that students read, and who made it."""

    exercise: str
    name: str
    hint: str
    students: tuple[str, ...]


def known_mistakes(name: str, results: list[SubmissionResult]) -> list[KnownMistake]:
    """The class's mistakes, the most frequent first. Who made two at once counts for both."""
    who: dict[tuple[str, str], list[str]] = defaultdict(list)
    for result in results:
        for exercise in result.exercises:
            for name_of_mistake in mistakes_in(exercise.mistake):
                who[exercise.id, name_of_mistake].append(result.student)
    hints = _hints(name)
    found = [KnownMistake(*key, hints.get(key, ""), tuple(sorted(students))) for key, students in who.items()]
    return sorted(found, key=lambda mistake: (-len(mistake.students), mistake.exercise, mistake.name))


def _hints(name: str) -> dict[tuple[str, str], str]:
    from course_utils import lessons

    if name not in lessons.names():
        return {}
    lesson = lessons.load(name)
    return {(e.id, mistake.name): mistake.hint for e in lesson.exercises.values() for mistake in e.mistakes}


def reteach_section(name: str, results: list[SubmissionResult], written: Written) -> str:
    """The section of the page: what several made by its frequency, the rest by exercise where it is much."""
    mistakes = known_mistakes(name, results)
    if not mistakes:
        return "<h2>What to teach again</h2><p>No answer behaved like a known mistake.</p>"
    answers = {cell.grade_id: texts for cell, texts in written.items()}
    frequent = [mistake for mistake in mistakes if len(mistake.students) > 1][:SHOWN]
    rest = mistakes[len(frequent) :]
    if len(rest) <= FEW:
        frequent, rest = mistakes, []
    titles = exercise_titles(name)
    items = "".join(_item(mistake, titles, answers) for mistake in frequent)
    return (
        '<h2>What to teach again</h2><div class="sub">Answers that behave like a known mistake, the most frequent '
        f'first, each with the hint that was read.</div><ol class="mistakes">{items}</ol>'
        f"{_groups(rest, titles, answers)}"
    )


def _groups(rest: list[KnownMistake], titles: Mapping[str, str], answers: Mapping[str, Mapping[str, str]]) -> str:
    """The rarer mistakes, folded, by exercise in the order of the lesson."""
    if not rest:
        return ""
    by_exercise: dict[str, list[KnownMistake]] = {id: [] for id in titles}
    for mistake in rest:
        by_exercise.setdefault(mistake.exercise, []).append(mistake)
    parts = (
        f"<details><summary>{escape(titled(titles.get(id, id), str(len(mine))))}</summary>"
        f'<ol class="mistakes">{"".join(_item(mistake, titles, answers) for mistake in mine)}</ol></details>'
        for id, mine in by_exercise.items()
        if mine
    )
    most = len(rest[0].students)
    words = "one student" if most == 1 else f"{most} students at most"
    return f"<h3>Made by {words}, by exercise: {len(rest)} mistakes</h3>{''.join(parts)}"


def _item(mistake: KnownMistake, titles: Mapping[str, str], answers: Mapping[str, Mapping[str, str]]) -> str:
    count = len(mistake.students)
    return (
        f'<li><div class="count"><b>{count}</b> {"student" if count == 1 else "students"}</div><div>'
        f"<b>{escape(titles.get(mistake.exercise, mistake.exercise))}</b> <code>{escape(mistake.name)}</code>"
        f"<div>{inline_code(mistake.hint)}</div>"
        f'<div class="who">{folded_names(mistake.students)}</div>{_example(mistake, answers)}</div></li>'
    )


def _example(mistake: KnownMistake, answers: Mapping[str, Mapping[str, str]]) -> str:
    """The shortest of the answers, folded."""
    texts = answers.get(answer_id(mistake.exercise), {})
    mine = [texts[student] for student in mistake.students if student in texts]
    if not mine:
        return ""
    words = "The answer" if len(mistake.students) == 1 else "One of the answers"
    return f"<details><summary>{words}</summary>{code_block(min(mine, key=len))}</details>"
