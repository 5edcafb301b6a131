"""The judge where no process can be forked (Windows, macOS): a fresh Python for one submission, as is the student's.

It reads the same results from the same checks as `alone`; what is missing is the cage around it and the student.
"""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
import tempfile
from pathlib import Path

from autograder.assignment import Assignment
from autograder.errors import JudgeLost
from autograder.judge.alone import GRACE_SECONDS, checked
from autograder.judge.submission import judge_submission
from autograder.results import SubmissionResult
from autograder.runner import environment
from autograder.runner.fresh import FreshProcesses
from autograder.runner.sandbox.limits import Limits

COMMAND = "from autograder.judge.unconfined import main; main()"
RESULT = "result.json"  # in the judge's folder


def judge_unconfined(
    folder: Path, student: str, assignment: Assignment, limits: Limits, secret: bytes
) -> SubmissionResult:
    """Judge one submission without a cage. Errors: JudgeLost, as in `judge_alone`."""
    seconds = limits.submission_seconds * limits.clock_factor + GRACE_SECONDS
    with tempfile.TemporaryDirectory(prefix="course-judge-", ignore_cleanup_errors=True) as home:
        task = pickle.dumps((str(folder), student, assignment, limits, secret, str(Path(home, RESULT))))
        log = Path(home, "log")
        with log.open("wb") as said:
            try:
                done = subprocess.run(
                    [sys.executable, "-P", "-c", COMMAND],
                    input=task,
                    stdout=said,
                    stderr=said,
                    env=environment.as_it_is(home),
                    timeout=seconds,
                    check=False,
                )
            except subprocess.TimeoutExpired:
                raise JudgeLost(f"it was not done after {seconds:.0f} seconds by the clock", "timed_out") from None
        if done.returncode:
            words = log.read_text(encoding="utf-8", errors="replace")[-2000:]
            raise JudgeLost(f"its process ended (exit code {done.returncode}). Its last words:\n{words}", "crashed")
        return checked(Path(home, RESULT).read_bytes(), student, assignment)


def main() -> None:
    """Judge the submission of the task on standard input."""
    folder, student, assignment, limits, secret, told = pickle.load(sys.stdin.buffer)  # from whoever started this
    students = FreshProcesses(assignment.profile, limits, assignment.files)
    result = judge_submission(Path(folder), student, assignment, students, secret)
    Path(told).write_text(json.dumps(result.to_record()), encoding="utf-8")
