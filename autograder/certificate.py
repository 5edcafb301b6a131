"""`course certificate`: a page on what a learner's notebooks are worth, run here and now on fresh cases.

It is a page for the wall: whoever owns the machine could have written anything into it, and it says so.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path

from autograder.cells import answer_id, grade_id_of
from autograder.errors import CourseError, UsageError
from autograder.files import write_file
from autograder.reporting.html import head
from autograder.reporting.output import check_target
from autograder.reporting.plain import clean_text
from autograder.reporting.titles import extras_of, lesson_title
from autograder.results import SubmissionResult
from autograder.selfcheck import check_notebook
from autograder.workspace.folder import Workspace, find_workspace, shipped_lessons
from course_utils import __version__, lessons

COURSE = "Exploring Neural Networks with TensorFlow"
LONGEST_NAME = 80
NOBODY = "A certificate has a name on it: course certificate --name 'Ada Lovelace'."
NOT_YET = "None of these notebooks has earned a point yet. Solve an exercise, save the notebook, and come back."


@dataclass(frozen=True)
class Done:
    """What a lesson's notebook came to: points that the checks gave, extra ones, and lines of the learner's own."""

    lesson: str
    points: float
    of: float
    extra: float = 0.0
    lines: int = 0


def write_certificate(name: str, folder: Path | None, out: str, tell: Callable[[str], object]) -> Path:
    """Judge every notebook of the workspace in which somebody has worked, and write the page; returns its path.

    Errors: UsageError without a name, a workspace or a single point. A notebook that cannot be judged is told and
    left out.
    """
    name = " ".join(clean_text(name, LONGEST_NAME).split())
    if not name:
        raise UsageError(NOBODY)
    workspace = _workspace(folder)
    target = Path(out) if out else workspace.root / "certificate.html"
    check_target(target)
    done = [row for path in _touched(workspace) if (row := _judged(path, tell))]
    if not any(row.points or row.extra for row in done):
        raise UsageError(NOT_YET)
    write_file(target, page(name, datetime.date.today(), done))
    return target


def _workspace(folder: Path | None) -> Workspace:
    workspace = Workspace(folder.absolute()) if folder else find_workspace(Path.cwd())
    if workspace is None or not workspace.exists:
        raise UsageError("Here is no workspace. Go into yours, or name it: course certificate --name NAME DIR.")
    return workspace


def _touched(workspace: Workspace) -> Iterator[Path]:
    """The lessons' notebooks that are no longer as they were handed out."""
    for name in lessons.names():
        path = workspace.root / name / f"{name}.ipynb"
        before = workspace.handed_out / name / path.name
        if path.is_file() and not (before.is_file() and before.read_bytes() == path.read_bytes()):
            yield path


def _judged(path: Path, tell: Callable[[str], object]) -> Done | None:
    """The notebook run on fresh cases; None where it could not be judged, which is told."""
    try:
        name, result = check_notebook(path)
    except CourseError as error:
        tell(f"{path.name} is left out: {error}")
        return None
    if name not in lessons.names() or result.failed:
        tell(f"{path.name} is left out: {result.reason or 'it is no lesson of this course'}")
        return None
    row = done_in(name, result)
    tell(f"{name}: {row.points:g} of {row.of:g} points")
    return row


def done_in(name: str, result: SubmissionResult) -> Done:
    """What a judged notebook came to; texts are left out of it, for a person reads them."""
    checked = [exercise for exercise in result.exercises if lessons.load(name)[exercise.id].kind != "text"]
    passed = {exercise.id for exercise in checked if exercise.status == "passed"}
    cells = [cell for notebook in result.notebooks.values() for cell in notebook["cells"]]
    of = sum(exercise.max_score for exercise in checked)
    return Done(name, sum(e.score for e in checked), of, result.extra, own_lines(cells, passed, _stubs(name)))


def own_lines(cells: list[dict], passed: set[str], stubs: Mapping[str, str]) -> int:
    """The lines of code in the answers that passed, without those that were there before and without comments."""
    count = 0
    for id in passed:
        given = set(map(str.strip, stubs.get(answer_id(id), "").splitlines()))
        sources = ("".join(cell["source"]) for cell in cells if grade_id_of(cell) == answer_id(id))
        lines = (line.strip() for source in sources for line in source.splitlines())
        count += sum(bool(line) and not line.startswith("#") and line not in given for line in lines)
    return count


def _stubs(name: str) -> dict[str, str]:
    """Grade id -> what stood in the cell when the lesson was handed out."""
    path = shipped_lessons() / name / f"{name}.ipynb"
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"] if path.is_file() else []
    return {id: "".join(cell["source"]) for cell in cells if (id := grade_id_of(cell))}


def page(name: str, day: datetime.date, done: list[Done]) -> str:
    """The certificate as a page that needs nothing else."""
    points, of, extra = (sum(getattr(row, part) for row in done) for part in ("points", "of", "extra"))
    whole = sum(row.points >= row.of for row in done)
    sums = [
        (f"{points:g} of {of:g}", "points"),
        *([(f"{extra:g}", "extra points")] if extra else []),
        (f"{whole} of {len(done)}", "lessons with full points"),
        (f"{sum(row.lines for row in done):,}", "lines of their own code"),
    ]
    told = "".join(f"<div><dt>{word}</dt><dd>{number}</dd></div>" for number, word in sums)
    return (
        f"{head(f'Certificate: {name}', 'certificate.css')}<body><main>"
        f'<h1>{COURSE}</h1><p class="name">{escape(name)}</p>'
        f'<p class="what">has solved these exercises, by {day:%d} {day:%B} {day.year}.</p>'
        f'<dl class="sums">{told}</dl>{_table(done)}'
        f"<footer><p>On that day every notebook was run from its first cell, and each answer was judged on cases "
        f"drawn for the purpose, by version {__version__} of the course. Texts that a person grades do not count.</p>"
        "<p>The notebooks were judged on their owner's machine: a page to be glad of, and no proof to anybody else."
        "</p></footer></main></body></html>\n"
    )


def _table(done: list[Done]) -> str:
    rows = "".join(
        f'<tr><th scope="row">{lessons.number(row.lesson)} · {escape(lesson_title(row.lesson))}</th>'
        f'<td class="n">{row.points:g} of {row.of:g}{_extra(row)}</td><td class="n">{row.lines}</td></tr>'
        for row in done
    )
    columns = '<th scope="col">Lesson</th><th scope="col" class="n">Points</th><th scope="col" class="n">Own lines</th>'
    return f"<table><caption>Lesson by lesson</caption><thead><tr>{columns}</tr></thead><tbody>{rows}</tbody></table>"


def _extra(row: Done) -> str:
    there = sum(extras_of(row.lesson).values())
    return f", and {row.extra:g} of {there:g} extra" if there else ""
