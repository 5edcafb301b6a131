"""The page that a student gets back: points on top, then each exercise with its hint, the code and what it printed.

Made from results, never from the student's own HTML; hidden tests are not on it. The folder is laid out so that
`nbgrader release_feedback` takes it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any

from autograder.assignment import Assignment, TrustedCell
from autograder.course import Course
from autograder.gradebook import Standing, carry_files, replaced_folder
from autograder.reporting.sanitize import clean_outputs, clean_text, markdown, pre
from autograder.results import ExerciseResult
from autograder.submission import DEMO

STATUS = {  # sign and words; the colour only repeats them
    "passed": ("✓", "Correct", "good"),
    "partial": ("◐", "Partly right", "part"),
    "wrong": ("✗", "Not yet right", "bad"),
    "not_attempted": ("○", "Not attempted", "none"),
    "missing": ("○", "Not there", "none"),
    "error": ("✗", "Stopped with an error", "bad"),
    "timed_out": ("✗", "Took too long", "bad"),
    "crashed": ("✗", "Ended the Python process", "bad"),
    "manual": ("✎", "Waits for a person", "none"),
}
SUBMISSION = {
    "graded": ("good", "Graded"),
    "late": ("part", "Graded, handed in late"),
    "invalid": ("bad", "Could not be read"),
    "timed_out": ("bad", "Took too long"),
    "crashed": ("bad", "Could not be graded to its end"),
}
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
STYLE = """
:root{color-scheme:light dark;--bg:#fff;--fg:#1d2430;--soft:#5b6675;--line:#d8dee6;--box:#f5f7fa;
--good:#0072b2;--part:#a65f00;--bad:#b8400a;--none:#5b6675}
@media (prefers-color-scheme:dark){:root{--bg:#14181f;--fg:#e6eaf0;--soft:#a3adba;--line:#333c48;--box:#1c222b;
--good:#6cbcf0;--part:#f0b558;--bad:#ff9a66;--none:#a3adba}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:58rem;padding:2rem 1.25rem 4rem;background:var(--bg);color:var(--fg);
font:1rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
h1{font-size:1.5rem;margin:0}h2{font-size:1.15rem;margin:0}a{color:var(--good)}
header{display:flex;flex-wrap:wrap;gap:.5rem 2rem;align-items:center;justify-content:space-between;
border-bottom:2px solid var(--line);padding-bottom:1.25rem;margin-bottom:1.25rem}
.sub{color:var(--soft)}.score{font-size:2.6rem;font-weight:700;line-height:1;white-space:nowrap}
.score small{font-size:1.1rem;font-weight:400;color:var(--soft)}
.bar{height:.5rem;border-radius:.25rem;background:var(--line);overflow:hidden;margin-top:.5rem;min-width:10rem}
.bar i{display:block;height:100%;background:var(--good)}
.note{border-left:4px solid var(--part);background:var(--box);padding:.6rem 1rem;margin:0 0 1rem;
white-space:pre-wrap;overflow-wrap:anywhere}.note.bad{border-color:var(--bad)}
table.list{border-collapse:collapse;width:100%;margin:0 0 2rem}
.list th{text-align:left;font-weight:600;color:var(--soft);font-size:.85rem}
.list th,.list td{padding:.4rem .6rem;border-bottom:1px solid var(--line)}
.list td.n,.list th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
section{border:1px solid var(--line);border-radius:.5rem;margin:0 0 1.5rem;overflow:hidden}
section>.head{display:flex;gap:1rem;justify-content:space-between;align-items:baseline;padding:.7rem 1rem;
background:var(--box);border-bottom:1px solid var(--line)}
section>.body{padding:.5rem 1rem 1rem}.good{color:var(--good)}.part{color:var(--part)}.bad{color:var(--bad)}
.none{color:var(--none)}.status{font-weight:600;white-space:nowrap}
pre{background:var(--box);border:1px solid var(--line);border-radius:.35rem;padding:.6rem .8rem;overflow-x:auto;
margin:.6rem 0;font:.86rem/1.45 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;max-height:30rem}
pre.out{border-style:dashed}.label{font-size:.8rem;color:var(--soft);margin-top:.8rem}
img{max-width:100%;background:#fff;border-radius:.35rem}table{border-collapse:collapse}
td,th{padding:.15rem .5rem}blockquote{margin:.5rem 0;padding-left:1rem;border-left:3px solid var(--line)}
.comment{border-left:4px solid var(--good);padding:.2rem 1rem;margin:.6rem 0;background:var(--box)}
"""


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


def page(assignment: Assignment, standing: Standing, name: str) -> str:
    """One notebook's feedback as a page that needs nothing else."""
    result = standing.result
    parts = list(_parts(assignment, standing, name))
    ids = [(name, part.trusted.grade_id) for part in parts]
    grades = [standing.grades[id] for id in ids if id in standing.grades]
    score = max(0.0, sum(grade.score for grade in grades) - standing.penalties.get(name, 0.0))
    full = sum(part.trusted.points for part in parts)
    title = lesson_title(assignment.name)
    tone, words = SUBMISSION[result.status]
    share = 0 if full == 0 else min(100, round(100 * score / full))
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="referrer" content="no-referrer">'
        f"<title>{escape(title)}: feedback for {escape(result.student)}</title><style>{STYLE}</style></head><body>"
        f'<header><div><h1>{escape(title)}</h1><div class="sub">{escape(result.student)} · {escape(name)}.ipynb · '
        f'<span class="{tone}">{words}</span></div></div>'
        f'<div><div class="score">{score:g} <small>of {_points(full)}</small></div>'
        f'<div class="bar" role="img" aria-label="{share} percent"><i style="width:{share}%"></i></div></div></header>'
        f"{''.join(_notes(standing, name, grades))}{_overview(parts, standing)}"
        f"{''.join(_section(part, standing, number) for number, part in enumerate(parts, 1))}</body></html>\n"
    )


def _parts(assignment: Assignment, standing: Standing, name: str) -> Iterator[_Part]:
    cells: list[dict] = []
    for cell in standing.result.notebooks[name]["cells"]:
        trusted = assignment.find(name, cell["metadata"].get("nbgrader", {}).get("grade_id"))
        exercise = standing.result.find(name, trusted.grade_id) if trusted else None
        if trusted is not None and exercise is not None:
            manual = [cell] if trusted.kind == "manual" else []
            yield _Part(trusted, exercise, cells + manual)
            cells = []
        elif cell["cell_type"] == "code" and DEMO not in cell["metadata"].get("tags", ()):
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
        yield '<p class="note">An answer in words is still to be read by a person; its points will be added.</p>'


def _overview(parts: list[_Part], standing: Standing) -> str:
    rows = "".join(
        f'<tr><td><a href="#e{number}">{escape(_title(part))}</a></td><td>{_status(part, standing)}</td>'
        f'<td class="n">{_score(part, standing):g} of {part.trusted.points:g}</td></tr>'
        for number, part in enumerate(parts, 1)
    )
    head = '<tr><th scope="col">Exercise</th><th scope="col">Result</th><th scope="col" class="n">Points</th></tr>'
    return f'<table class="list"><thead>{head}</thead><tbody>{rows}</tbody></table>'


def _section(part: _Part, standing: Standing, number: int) -> str:
    notebook = part.trusted.notebook
    ids = (part.trusted.grade_id, f"{part.trusted.grade_id}-answer")
    comments = [standing.comments.get((notebook, id)) for id in ids]
    remarks = "".join(f'<div class="comment">{markdown(comment)}</div>' for comment in comments if comment)
    return (
        f'<section id="e{number}"><div class="head"><h2>{escape(_title(part))}</h2><span>{_status(part, standing)} · '
        f"{_score(part, standing):g} of {_points(part.trusted.points)}</span></div>"
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
    words = "Your code" if "nbgrader" in cell["metadata"] else "A cell before it"
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


def _status(part: _Part, standing: Standing) -> str:
    grade = standing.grades.get((part.trusted.notebook, part.trusted.grade_id))
    sign, words, tone = STATUS[part.exercise.status]
    if grade is not None and grade.manual:
        sign, words, tone = "✎", "Graded by a person", "good"
    return f'<span class="status {tone}"><span aria-hidden="true">{sign}</span> {words}</span>'


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


def _lesson(name: str) -> Any:
    from course_utils import lessons

    return lessons.load(name) if name in lessons.names() else None


@lru_cache
def lesson_title(name: str) -> str:
    """The lesson's title, or the assignment's name where it is none of the course's lessons."""
    lesson = _lesson(name)
    return lesson.title if lesson else name


@lru_cache
def exercise_titles(name: str) -> dict[str, str]:
    """Exercise id -> title, for a lesson of the course."""
    lesson = _lesson(name)
    return {id: exercise.title for id, exercise in lesson.exercises.items()} if lesson else {}
