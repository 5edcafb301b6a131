"""One judge a submission: a process of its own, forked from the warm fork server, that harms nobody but its submission.

    judge_alone ──task──► fork server ──fork──► main, caged ──orders──► fork server ──fork──► student's process, caged
        ◄───────────────────── result ─────────────┘  ◄──────────── its own socket ────────────────┘

It reads the submission's folder, writes nowhere, has no network, knows the seeds of this submission and no other
secret, and hands back one result, which is checked here.
"""

from __future__ import annotations

import hashlib
import json
import pickle
from dataclasses import replace
from pathlib import Path

from autograder.assignment import Assignment
from autograder.cells import imports_of
from autograder.errors import JudgeLost
from autograder.judge.testcell import lesson_of
from autograder.marks import lesson_name
from autograder.results import SubmissionResult
from autograder.runner.launch import Connection, ForkServer
from autograder.runner.sandbox.limits import Limits

GRACE_SECONDS = 30  # beyond a submission's own limit
WARM = {"pandas", "pytest", "scipy", "sympy", "unittest"}  # often asked for, slow to import, and they start no thread
PICTURES = "matplotlib.pyplot"  # too


def server_of_judges(profile: str, limits: Limits, sandbox: str) -> ForkServer:
    """A fork server whose children can judge."""
    return ForkServer(profile, limits, sandbox, judges="autograder.judge.caged")


def warm(server: ForkServer, assignment: Assignment) -> None:
    """Load what every judge and every test of the assignment needs, once."""
    texts = [*(cell.source for cell in assignment.cells() if cell.cell_type == "code"), *assignment.code]
    imported = set().union(*map(imports_of, texts))
    pictures = [PICTURES] * ("matplotlib" in imported)
    modules = [*sorted(imported & WARM), *pictures]
    server.warm(lesson_name(assignment), modules, assignment.files, assignment.code)


def secret_of(secret: bytes, assignment: str, attempt: int) -> bytes:
    """What seeds the cases of one attempt: the same for a class at its first, and no way back to the course's secret.

    What an earlier attempt learned of its cases helps the next one no more.

    >>> len({secret_of(b"secret", "02", 0), secret_of(b"secret", "02", 1), secret_of(b"secret", "03", 0)})
    3
    """
    return hashlib.sha256(secret + f"\n{assignment}\nattempt {attempt}".encode()).digest()


def judge_alone(
    folder: Path, student: str, assignment: Assignment, server: Connection, secret: bytes
) -> SubmissionResult:
    """Judge one submission in a process of its own.

    Errors: JudgeLost when that process ended before its time, took too long or told something else than a result of
    this submission; ServerError when the fork server has died.
    """
    limits = server.limits
    seconds = limits.submission_seconds * limits.clock_factor + GRACE_SECONDS
    task = pickle.dumps((str(folder), student, replace(assignment, files={}, code=()), secret))
    return checked(server.run_alone(task, folder, seconds), student, assignment)


def checked(told: bytes, student: str, assignment: Assignment) -> SubmissionResult:
    """The result that a judge's process told, if it is one of this student for this assignment. Errors: JudgeLost."""
    try:
        result = SubmissionResult.from_record(json.loads(told))
        points = sorted((e.notebook, e.id, e.max_score) for e in result.exercises)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise JudgeLost(f"it told no result ({type(error).__name__})", "crashed") from None
    wanted = sorted((cell.notebook, cell.grade_id, cell.points) for cell in assignment.cells() if cell.graded)
    if result.student != student or points != wanted or set(result.notebooks) != set(assignment.notebooks):
        raise JudgeLost("it told the result of something else", "crashed")
    lesson = lesson_of(assignment)
    extras = lesson.extras if lesson else {}
    if any(e.extra > extras.get(e.id, 0.0) for e in result.exercises):
        raise JudgeLost("it told more extra points than there are", "crashed")
    return replace(result, final=None, waiting=0)  # that is the gradebook's to say
