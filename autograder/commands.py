"""What the grading subcommands of `course` do, and how their errors become messages and exit codes."""

from __future__ import annotations

import contextlib
import gc
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from autograder.errors import CourseError, Exit
from autograder.results import SubmissionResult, report_json


class _Outcome:
    code = Exit.DONE


@contextlib.contextmanager
def _explained() -> Iterator[_Outcome]:
    """Turn the errors that a person can put right into a message and an exit code."""
    outcome = _Outcome()
    try:
        yield outcome
    except CourseError as error:
        outcome.code = _complain(error, error.exit_code)
    except OSError as error:
        outcome.code = _complain(f"{error.strerror or error}: {error.filename or ''}", CourseError.exit_code)
    except KeyboardInterrupt:
        stopped = "Stopped. What was done is kept; run the same command to go on."
        outcome.code = _complain(stopped, CourseError.exit_code)


def _complain(text: object, code: Exit) -> Exit:
    print(f"course: {text}", file=sys.stderr)
    return code


def _tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def run_grade(
    assignment: str,
    course_dir: str,
    students: tuple[str, ...],
    workers: int | None,
    scheduler: str | None,
    timeout: float | None,
    json_file: str | None,
    force: bool,
    dry_run: bool,
    regrade: bool,
    unsafe_no_sandbox: bool,
) -> Exit:
    """`course grade`; returns the exit code."""
    gc.disable()  # while much is imported; the run enables it again
    from autograder.course import open_course
    from autograder.grading import console, run
    from autograder.reporting.output import check_target

    with _explained() as outcome:
        if json_file:
            check_target(json_file)
        assignment = _meant(course_dir, assignment)
        sandbox = "none" if unsafe_no_sandbox else "auto"
        options = run.Options(
            students, workers or 0, scheduler or "", force, dry_run, regrade, sandbox, timeout=timeout
        )
        results, level = run.grade(course_dir, assignment, options, _tell)
        if json_file:
            _write_json(json_file, assignment, level, results)
        for line in console.summary(results, open_course(course_dir), assignment):
            _tell(line)
        outcome.code = _found(results)
    return outcome.code


def _found(results: list[SubmissionResult]) -> Exit:
    return Exit.FOUND if any(result.failed for result in results) else Exit.DONE


def _write_json(path: str, assignment: str, sandbox: str, results: list[SubmissionResult]) -> None:
    from autograder.reporting.output import write_output

    write_output(path, json.dumps(report_json(assignment, sandbox, results), indent=1) + "\n")


def run_lab(jupyter_args: Sequence[str]) -> int:
    """`course lab`; returns JupyterLab's exit code, or that of an error before."""
    from autograder.lab import open_lab

    with _explained() as outcome:
        return open_lab(Path.cwd(), jupyter_args, _tell)
    return outcome.code


def run_start(directory: str | None) -> Exit:
    """`course start`; returns the exit code."""
    from autograder.workspace.commands import start

    with _explained() as outcome:
        start(Path(directory) if directory else None, print)
    return outcome.code


def run_update(directory: str | None) -> Exit:
    """`course update`; returns the exit code."""
    from autograder.workspace.commands import update

    with _explained() as outcome:
        outcome.code = update(Path(directory) if directory else None, print)
    return outcome.code


def run_review() -> Exit:
    """`course review`; returns the exit code."""
    from datetime import date

    from course_utils.notebook.review import review

    with _explained() as outcome:
        review(input, print, date.today())
    return outcome.code


def _meant(course_dir: str, assignment: str) -> str:
    from autograder.course import open_course
    from autograder.source import full_name

    return full_name(open_course(course_dir), assignment)


def run_check(notebook: str, course_dir: str | None, json_file: str | None) -> Exit:
    """`course check`; returns the exit code."""
    from autograder.selfcheck import check_notebook, table
    from autograder.workspace.folder import find_notebook

    with _explained() as outcome:
        path = find_notebook(notebook, Path.cwd())
        if path != Path(notebook):
            _tell(f"Checking {path}")
        name, result = check_notebook(path, course_dir, lambda text: _tell(f"course: {text}"))
        print(table(name, result))
        if json_file:
            _write_json(json_file, name, result.sandbox, [result])
        outcome.code = _found([result])
    return outcome.code


def run_certificate(directory: str | None, name: str, out: str) -> Exit:
    """`course certificate`; returns the exit code."""
    from autograder.certificate import write_certificate

    with _explained() as outcome:
        print(f"Certificate: {write_certificate(name, Path(directory) if directory else None, out, _tell)}")
    return outcome.code


def run_trace(notebook: str, as_json: bool) -> Exit:
    """`course doctor --trace`; returns the exit code."""
    from autograder.tracing import as_text, trace

    with _explained() as outcome:
        found = trace(Path(notebook))
        print(json.dumps(asdict(found), indent=2) if as_json else as_text(found))
        outcome.code = Exit.FOUND if found.refused else Exit.DONE
    return outcome.code


def run_report(assignment: str, course_dir: str, out: str | None, similar: bool) -> Exit:
    """`course report`; returns the exit code."""
    from autograder.reporting.report import write_report

    with _explained() as outcome:
        print(f"Report: {write_report(course_dir, _meant(course_dir, assignment), out, similar)}")
    return outcome.code


def run_export(layout: str, course_dir: str, out: str, assignment: str, bom: bool, roster: str, match: str) -> Exit:
    """`course export`; returns the exit code."""
    from autograder.reporting.export import write_export

    with _explained() as outcome:
        write_export(course_dir, layout, out, _meant(course_dir, assignment), bom, roster, match)
    return outcome.code


def run_bundle(out: str | None) -> Exit:
    """`course bundle`; returns the exit code."""
    from autograder.build.bundle import bundle

    with _explained() as outcome:
        print(f"Bundle: {bundle(out)}")
    return outcome.code


def run_new_exercise(lesson: str, id: str) -> Exit:
    """`course new-exercise`; returns the exit code."""
    from autograder.build.new_exercise import new_exercise

    with _explained() as outcome:
        for line in new_exercise(lesson, id):
            print(line)
    return outcome.code


def run_prove(wanted: Sequence[str], exercise: str, every: int, workers: int | None) -> Exit:
    """`course prove`; returns the exit code."""
    from autograder.prove.command import run

    with _explained() as outcome:
        outcome.code = run(wanted, exercise, every, workers, lambda line: print(line, flush=True))
    return outcome.code


def run_init(directory: str, lessons: tuple[str, ...], course_id: str, exchange: str) -> Exit:
    """`course init`; returns the exit code."""
    from autograder.new_course import new_course

    with _explained() as outcome:
        for line in new_course(Path(directory), lessons, course_id, exchange):
            print(line)
    return outcome.code


def run_demo_class(assignment: str, directory: str, students: int, seed: int) -> Exit:
    """`course demo-class`; returns the exit code."""
    from autograder.demo_class import write_class

    with _explained() as outcome:
        for line in write_class(assignment, Path(directory), students, seed):
            print(line)
    return outcome.code
