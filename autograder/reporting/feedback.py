"""The page that a student gets back: points on top, then each exercise with its hint, the code and what it printed.

Made from results, never from the student's own HTML; hidden tests are not on it. The folder is laid out so that
`nbgrader release_feedback` takes it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

from autograder.assignment import Assignment, TrustedCell
from autograder.cells import answer_id, grade_id_of, is_demo, nbgrader_of
from autograder.course import Course
from autograder.files import replaced_folder
from autograder.reporting.html import MADE_HERE, head
from autograder.reporting.plain import clean_text
from autograder.reporting.sanitize import clean_outputs, markdown, pre
from autograder.reporting.titles import and_extra, exercise_titles, lesson_title, points_of
from autograder.results import BY_A_PERSON, IN_PROCESS, SUBMISSION_STATUSES, ExerciseResult, Standing
from autograder.submitted import carry_files
from course_utils.exercises.status import STATUSES, titled

START_OF_A_PAGE = 1_000  # bytes, in which it says who made it


@dataclass
class _Part:
    """One exercise on the page: the cells that led to it and the test or text that was graded."""

    trusted: TrustedCell
    exercise: ExerciseResult
    cells: list[dict] = field(default_factory=list)


def write_feedback(course: Course, assignment: Assignment, standing: Standing, submitted: Path | None) -> None:
    """feedback/STUDENT/ASSIGNMENT: a page a notebook, and the files that `nbgrader release_feedback` looks for."""
    target = course.folder("feedback", standing.result.student, assignment.name)
    with replaced_folder(target) as folder:
        if submitted is not None:
            carry_files(submitted, folder, only=("timestamp.txt", "submission_secret.txt"))
        for name in standing.result.notebooks:
            (folder / f"{name}.html").write_text(page(assignment, standing, name), encoding="utf-8")


def feedback_stands(course: Course, assignment: Assignment, student: str) -> bool:
    """Whether the folder is there, and its pages are ours: `nbgrader generate_feedback --force` puts its own there."""
    folder = course.folder("feedback", student, assignment.name)
    if not folder.is_dir():
        return False
    pages = [folder / f"{name}.html" for name in assignment.notebooks]
    return all(_is_ours(path) for path in pages if path.exists())


def _is_ours(path: Path) -> bool:
    with path.open("rb") as file:
        return MADE_HERE.encode() in file.read(START_OF_A_PAGE)


def page(assignment: Assignment, standing: Standing, name: str) -> str:
    """One notebook's feedback as a page that needs nothing else."""
    result = standing.result
    parts = list(_parts(assignment, standing, name))
    ids = [(name, part.trusted.grade_id) for part in parts]
    grades = [standing.grades[id] for id in ids if id in standing.grades]
    score = max(0.0, sum(grade.score for grade in grades) - standing.penalties.get(name, 0.0))
    full = sum(part.trusted.points for part in parts)
    title = lesson_title(assignment.name)
    status = SUBMISSION_STATUSES[result.status]
    share = 0 if full == 0 else min(100, round(100 * score / full))
    return (
        f"{head(titled(title, f'feedback for {result.student}'), 'feedback.css')}<body>"
        f'<header><div><h1>{escape(title)}</h1><div class="sub">{escape(result.student)} · {escape(name)}.ipynb · '
        f'<span class="{status.tone}">{status.word}</span></div></div>'
        f'<div><div class="score">{score:g} <small>of {_points(full)}{and_extra(assignment.name, result)}</small></div>'
        f'<div class="bar" role="img" aria-label="{share} percent"><i style="width:{share}%"></i></div></div></header>'
        f"{''.join(_notes(standing, name, grades))}{_overview(parts, standing)}"
        f"{''.join(_section(part, standing, number) for number, part in enumerate(parts, 1))}</body></html>\n"
    )


def _parts(assignment: Assignment, standing: Standing, name: str) -> Iterator[_Part]:
    cells: list[dict] = []
    for cell in standing.result.notebooks[name]["cells"]:
        trusted = assignment.find(name, grade_id_of(cell))
        exercise = standing.result.find(name, trusted.grade_id) if trusted else None
        if trusted is not None and exercise is not None:
            manual = [cell] if trusted.kind == "manual" else []
            yield _Part(trusted, exercise, cells + manual)
            cells = []
        elif cell["cell_type"] == "code" and not is_demo(cell):
            failed = any(output["output_type"] == "error" for output in cell["outputs"])
            cells += [cell] if failed or trusted is None or trusted.kind == "answer" else []


def _notes(standing: Standing, name: str, grades: list) -> Iterator[str]:
    result = standing.result
    if result.reason:
        tone = " bad" if result.failed else ""
        yield f'<p class="note{tone}">{escape(clean_text(result.reason, 2_000))}</p>'
    if result.seconds_late > 0:
        penalty = standing.penalties.get(name, 0.0)
        cost = f" {_points(penalty)} were taken off for that." if penalty else " No points were taken off for that."
        yield f'<p class="note">Handed in {_span(result.seconds_late)} after the due date.{cost}</p>'
    if any(grade.waiting for grade in grades):
        yield '<p class="note">An answer is still to be looked at by a person; its points will be added.</p>'


def _overview(parts: list[_Part], standing: Standing) -> str:
    rows = "".join(
        f'<tr><td><a href="#e{number}">{escape(_title(part))}</a></td><td>{_status(part, standing)}</td>'
        f'<td class="n">{_given(part, standing)}</td></tr>'
        for number, part in enumerate(parts, 1)
    )
    columns = '<tr><th scope="col">Exercise</th><th scope="col">Result</th><th scope="col" class="n">Points</th></tr>'
    return f'<table class="list"><thead>{columns}</thead><tbody>{rows}</tbody></table>'


def _section(part: _Part, standing: Standing, number: int) -> str:
    notebook = part.trusted.notebook
    ids = (part.trusted.grade_id, answer_id(part.trusted.grade_id))
    comments = [standing.comments.get((notebook, id)) for id in ids]
    remarks = "".join(f'<div class="comment">{markdown(comment)}</div>' for comment in comments if comment)
    return (
        f'<section id="e{number}"><div class="head"><h2>{escape(_title(part))}</h2><span>{_status(part, standing)} · '
        f"{_given(part, standing)} {'point' if part.trusted.points == 1 else 'points'}</span></div>"
        f'<div class="body">{remarks}{_panel(part.exercise)}{"".join(map(_cell, part.cells))}</div></section>'
    )


def _panel(exercise: ExerciseResult) -> str:
    if exercise.panel_html:
        return exercise.panel_html
    return f"<p>{escape(clean_text(exercise.message, 2_000))}</p>" if exercise.message else ""


def _cell(cell: dict) -> str:
    if cell["cell_type"] == "markdown":
        return f'<div class="label">Your answer</div><blockquote>{markdown(cell["source"])}</blockquote>'
    source = cell["source"].strip()
    words = "Your code" if nbgrader_of(cell) else "A cell before it"
    shown = f'<div class="label">{words}</div>{pre(source)}' if source else ""
    return shown + "".join(map(_output, clean_outputs(cell["outputs"])))


def _output(output: dict) -> str:
    kind = output["output_type"]
    if kind == "stream":
        return f'<pre class="out">{escape(output["text"])}</pre>'
    if kind == "error":
        text = "\n".join(output["traceback"]) or f"{output['ename']}: {output['evalue']}"
        return f'<pre class="out bad">{escape(text)}</pre>'
    data = output["data"]
    if "image/png" in data:
        return f'<img alt="A picture that your code made" src="data:image/png;base64,{data["image/png"]}">'
    if "text/html" in data:
        return f"<div>{data['text/html']}</div>"
    return f'<pre class="out">{escape(data["text/plain"])}</pre>'


def _score(part: _Part, standing: Standing) -> float:
    grade = standing.grades.get((part.trusted.notebook, part.trusted.grade_id))
    return grade.score if grade else part.exercise.score


def _given(part: _Part, standing: Standing) -> str:
    return points_of(part.trusted.notebook, part.exercise, _score(part, standing))


def _status(part: _Part, standing: Standing) -> str:
    grade = standing.grades.get((part.trusted.notebook, part.trusted.grade_id))
    by_a_person = grade is not None and grade.manual
    status = BY_A_PERSON if by_a_person else STATUSES[part.exercise.status]
    where = f" · judged {IN_PROCESS}" if part.exercise.in_process and not by_a_person else ""
    sign = f'<span aria-hidden="true">{status.sign}</span>'
    return f'<span class="status {status.tone}">{sign} {status.word}</span>{where}'


def _title(part: _Part) -> str:
    return exercise_titles(part.trusted.notebook).get(part.trusted.grade_id) or part.trusted.grade_id


def _points(count: float) -> str:
    return f"{count:g} point" if count == 1 else f"{count:g} points"


def _span(seconds: float) -> str:
    for size, word in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        if seconds >= size:
            count = round(seconds / size)
            return f"{count} {word}" + ("s" if count != 1 else "")
    return "less than a minute"
