"""What the grading subcommands of `course` do, and how their errors become messages and exit codes."""

from __future__ import annotations

import contextlib
import dataclasses
import sys
from collections.abc import Iterator
from pathlib import Path

from autograder.course import CourseError, UsageError

DONE, FOUND, USAGE, INFRASTRUCTURE, UNSAFE = range(5)


class _Outcome:
    code = DONE


@contextlib.contextmanager
def _explained() -> Iterator[_Outcome]:
    """Turn the errors that a person can put right into a message and an exit code."""
    from autograder.pool import UnsafeHostError

    outcome = _Outcome()
    try:
        yield outcome
    except UsageError as error:
        outcome.code = _complain(error, USAGE)
    except UnsafeHostError as error:
        outcome.code = _complain(error, UNSAFE)
    except CourseError as error:
        outcome.code = _complain(error, INFRASTRUCTURE)
    except OSError as error:
        outcome.code = _complain(f"{error.strerror or error}: {error.filename or ''}", INFRASTRUCTURE)
    except KeyboardInterrupt:
        outcome.code = _complain("Stopped. What was graded is kept; run the same command to go on.", INFRASTRUCTURE)


def _complain(text: object, code: int) -> int:
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
    unsafe_no_sandbox: bool,
) -> int:
    """`course grade`; returns the exit code."""
    from autograder import grading
    from autograder.course import open_course

    with _explained() as outcome:
        if json_file:
            grading.check_target(json_file)
        sandbox = "none" if unsafe_no_sandbox else "auto"
        options = grading.Options(students, workers or 0, scheduler or "", force, dry_run, sandbox, limits_for(timeout))
        results, level = grading.grade(course_dir, assignment, options, _tell)
        if json_file:
            grading.write_json(json_file, assignment, level, results)
        for line in grading.summary(results, open_course(course_dir), assignment):
            _tell(line)
        outcome.code = FOUND if any(result.failed for result in results) else DONE
    return outcome.code


def limits_for(timeout: float | None):
    """The default limits, with no part longer than the time for a whole submission."""
    from autograder.runner.session import Limits

    limits = Limits()
    if timeout is None:
        return limits
    parts = {name: min(getattr(limits, name), timeout) for name in ("check_seconds", "cell_seconds")}
    return dataclasses.replace(limits, submission_seconds=timeout, **parts)


def run_check(notebook: str, json_file: str | None) -> int:
    """`course check`; returns the exit code."""
    from autograder import grading
    from autograder.selfcheck import check_notebook, table

    with _explained() as outcome:
        name, result = check_notebook(Path(notebook))
        print(table(name, result))
        if json_file:
            grading.write_json(json_file, name, result.sandbox, [result])
        outcome.code = FOUND if result.failed else DONE
    return outcome.code


def run_report(assignment: str, course_dir: str, out: str | None) -> int:
    """`course report`; returns the exit code."""
    from autograder.reporting.report import write_report

    with _explained() as outcome:
        print(f"Report: {write_report(course_dir, assignment, out)}")
    return outcome.code


def run_export(layout: str, course_dir: str, out: str) -> int:
    """`course export`; returns the exit code."""
    from autograder.reporting.export import write_export

    with _explained() as outcome:
        write_export(course_dir, layout, out)
    return outcome.code


def run_demo_class(assignment: str, directory: str, students: int, seed: int) -> int:
    """`course demo-class`; returns the exit code."""
    from autograder.demo_class import write_class

    with _explained() as outcome:
        for line in write_class(assignment, Path(directory), students, seed):
            print(line)
    return outcome.code
