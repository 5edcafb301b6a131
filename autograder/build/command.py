"""Build lessons from their sources, or say what differs."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder.build.execute import execute, tidy
from autograder.build.release import release, to_bytes
from autograder.build.rules import output_problems, source_problems
from autograder.build.source import LessonFolder, differences, find_root, lesson_names, read_source, write_source
from autograder.errors import BuildError, Exit, UnknownLesson
from autograder.files import write_changed


def run(wanted: tuple[str, ...], only_check: bool, only_release: bool = False) -> Exit:
    """The body of `course build`: prints what was done or what differs, and returns the exit code."""
    try:
        root = find_root()
        names = lesson_names(root, wanted)
    except UnknownLesson as error:
        print(error, file=sys.stderr)
        return error.exit_code
    if only_check:
        found = check(root, wanted)
        print("\n".join(found) or f"Up to date: {', '.join(names)}")
    else:
        found = build(root, wanted, release_lesson if only_release else build_lesson)
    return Exit.FOUND if found else Exit.DONE


def build(
    root: Path,
    wanted: tuple[str, ...] = (),
    make: Callable[[LessonFolder], list[str]] | None = None,
    say: Callable[[str], object] = print,
) -> list[str]:
    """Build the lessons and return the problems; a lesson with a problem keeps its old files."""
    make = make or build_lesson
    problems = []
    for name in lesson_names(root, wanted):
        start = time.perf_counter()
        try:
            changed = make(LessonFolder(root, name))
        except BuildError as error:
            problems.append(str(error))
            say(f"{name}: NOT built\n{error}")
        else:
            say(f"{name}: {', '.join(changed) or 'unchanged'} ({time.perf_counter() - start:.1f} s)")
    return problems


def check(root: Path, wanted: tuple[str, ...] = ()) -> list[str]:
    """Everything generated that differs from its source, one line each, without running a cell."""
    found = [problem for name in lesson_names(root, wanted) for problem in check_lesson(LessonFolder(root, name))]
    sources = set(lesson_names(root))
    for notebook in sorted((root / "lessons").glob("*/*.ipynb")) if not wanted else ():
        if notebook.stem not in sources or notebook.stem != notebook.parent.name:
            found.append(f"lessons/{notebook.parent.name}/{notebook.name} has no source; delete it")
    return found


def build_lesson(lesson: LessonFolder) -> list[str]:
    """Build one lesson; returns the names of the files that changed."""
    notebook = read_source(lesson)
    read_at = lesson.source.stat()
    _refuse_to_lose_edits(lesson, notebook)
    _raise(lesson, source_problems(notebook, lesson.name, exercise_points(lesson.name)))
    normal_form = write_source(notebook).encode()
    release(notebook, lesson)  # so that nbgrader refuses before the lesson trains for a minute
    execute(notebook, lesson)
    _raise(lesson, output_problems(notebook))
    student = release(notebook, lesson)

    changed = []
    if lesson.source.stat().st_mtime_ns == read_at.st_mtime_ns and write_changed(lesson.source, normal_form):
        changed.append("source put in jupytext's form")
        read_at = lesson.source.stat()
    if write_changed(lesson.solution, to_bytes(notebook)):
        changed.append("solution")
    # The same time stamp as its source: jupytext takes the newer file of a pair for the edited one.
    os.utime(lesson.solution, ns=(read_at.st_atime_ns, read_at.st_mtime_ns))
    return changed + _write_lesson(lesson, student)


def release_lesson(lesson: LessonFolder) -> list[str]:
    """Build one lesson without running it: its code has to be that of the stored solution, whose outputs stay.

    Returns the names of the files that changed.
    """
    notebook, solution = read_source(lesson), _read(lesson.solution)
    ours, stored = _code(notebook), _code(solution) if solution else []
    if [cell.source for cell in ours] != [cell.source for cell in stored]:
        what = "cannot be read" if solution is None else "has other code than its source"
        raise BuildError(f"{lesson.name}: the stored solution {what}; run `course build {lesson.name}`")
    _raise(lesson, source_problems(notebook, lesson.name, exercise_points(lesson.name)))
    for cell, run in zip(ours, stored, strict=True):
        cell.outputs, cell.execution_count = run.outputs, run.execution_count
    student = release(tidy(notebook), lesson)
    changed = ["solution"] if write_changed(lesson.solution, to_bytes(notebook)) else []
    return changed + _write_lesson(lesson, student)


def _code(notebook: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def _write_lesson(lesson: LessonFolder, student: NotebookNode) -> list[str]:
    changed = []
    if write_changed(lesson.lesson, to_bytes(student)):
        changed.append("lesson")
    for path in lesson.beside():
        if write_changed(lesson.lesson.parent / path, (lesson.source.parent / path).read_bytes()):
            shutil.copymode(lesson.source.parent / path, lesson.lesson.parent / path)
            changed.append(str(path))
    return changed


def check_lesson(lesson: LessonFolder) -> list[str]:
    """What of one lesson differs from its source; empty when `course build` would change nothing."""
    try:
        source = read_source(lesson)
        _raise(lesson, source_problems(source, lesson.name, exercise_points(lesson.name)))
    except BuildError as error:
        return [str(error)]
    found = []
    if lesson.source.read_bytes() != write_source(source).encode():
        found.append("jupytext's form of the source")
    solution = _read(lesson.solution)
    if solution is None:
        return [f"{lesson.name}: no readable executed solution; run `course build {lesson.name}`"]
    found += [f"the solution: {what}" for what in differences(source, solution)]
    if not found:
        found += _stale_files(lesson, solution)
    return [f"{lesson.name}: {what} differs from the source; run `course build {lesson.name}`" for what in found]


def _stale_files(lesson: LessonFolder, solution: NotebookNode) -> list[str]:
    found = []
    code = [cell for cell in solution.cells if cell.cell_type == "code" and cell.source.strip()]
    unrun = [cell.id for cell in code if cell.execution_count is None]
    if unrun:
        found.append(f"the solution: not executed (cell {unrun[0]})")
    elif to_bytes(tidy(solution)) != lesson.solution.read_bytes():
        found.append("the solution: its layout or execution counts")
    found += [f"the solution: cell {cell} {problem}" for cell, problem in output_problems(solution)]
    student = _read(lesson.lesson)
    expected = release(solution, lesson)
    if student is None:
        found.append("the student's notebook (none that can be read)")
    elif to_bytes(expected) != lesson.lesson.read_bytes():
        what = differences(expected, student) or ["its outputs or layout"]
        found += [f"the student's notebook: {part}" for part in what]
    for path in lesson.beside():
        copy = lesson.lesson.parent / path
        if not copy.is_file() or copy.read_bytes() != (lesson.source.parent / path).read_bytes():
            found.append(f"lessons/{lesson.name}/{path}")
    return found


def exercise_points(name: str) -> Mapping[str, float]:
    """What each exercise of the lesson's module adds to its total, by id; the extra ones add nothing."""
    from course_utils import lessons

    if name not in lessons.names():
        return {}
    return {name: float(exercise.counted) for name, exercise in lessons.load(name).exercises.items()}


def _refuse_to_lose_edits(lesson: LessonFolder, source: NotebookNode) -> None:
    """Stop when the solution notebook was edited after its source: building would overwrite those edits."""
    old = _read(lesson.solution)
    if old is None or lesson.solution.stat().st_mtime_ns <= lesson.source.stat().st_mtime_ns:
        return
    ours = [(cell.cell_type, cell.source) for cell in source.cells]
    if ours != [(cell.cell_type, cell.source) for cell in old.cells]:
        path = lesson.solution.relative_to(lesson.root)
        raise BuildError(
            f"{lesson.name}: {path} was edited after its source. `jupytext --sync {path}` takes the edits "
            f"into the source, or `touch {path.with_suffix('.py')}` to drop them; then build again."
        )


def _read(path: Path) -> NotebookNode | None:
    try:
        return nbformat.read(path, as_version=4)
    except (OSError, ValueError, nbformat.reader.NotJSONError, nbformat.ValidationError):
        return None


def _raise(lesson: LessonFolder, problems: Iterable[tuple[str, str]]) -> None:
    if lines := [f"{lesson.name}, cell {cell}: {problem}" for cell, problem in problems]:
        raise BuildError("\n".join(lines))
