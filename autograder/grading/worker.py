"""The life of a process of the pool: start a fork server, then judge what comes until the pipe closes.

The pool imports this too, and starts its processes before anything else is imported; so what judges is imported late.
"""

from __future__ import annotations

import os
import signal
import sys
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NoReturn

from autograder.assignment import Assignment
from autograder.errors import JudgeLost, ServerError, UnsafeHost
from autograder.grading.work import Judged, Lost, LostAlone, Outcome, Unsafe
from autograder.runner.sandbox.limits import Limits


@dataclass(frozen=True)
class Ready:
    """The worker has its fork server and waits for tasks."""

    sandbox: str


def work(connection: Connection, profile: str, limits: Limits, sandbox: str) -> None:
    """Tell `Ready`, then an outcome for each task; `Lost` or `Unsafe` when the work ends before its time."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's business
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the fork server is closed on the way out
    from autograder.judge.alone import server_of_judges
    from autograder.runner.sandbox import libc

    if sys.platform == "linux":
        libc.prctl(libc.PR_SET_PDEATHSIG, signal.SIGTERM)  # a killed run leaves nothing behind
    try:
        with server_of_judges(profile, limits, sandbox) as server:
            assignment, secret = connection.recv()
            if assignment.profile == profile:
                _serve(connection, server, assignment, secret)
        with server_of_judges(assignment.profile, limits, sandbox) as server:
            _serve(connection, server, assignment, secret)
    except UnsafeHost as error:
        connection.send(Unsafe(str(error)))
    except ServerError as error:
        connection.send(Lost(f"The process that judged it failed: {error}"))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        os._exit(0)  # the parent has gone


def _serve(connection: Connection, server: Any, assignment: Assignment, secret: bytes) -> NoReturn:
    from autograder.judge.alone import warm

    warm(server, assignment)
    connection.send(Ready(server.sandbox))
    while True:  # until the parent hangs up: recv raises EOFError
        task = connection.recv()
        connection.send(judged(server, task.folder, task.student, assignment, secret, task.attempt))


def judged(server: Any, folder: Path, student: str, assignment: Assignment, secret: bytes, attempt: int) -> Outcome:
    """What comes of one submission. Errors: ServerError when the fork server has died."""
    from autograder.judge.alone import judge_alone
    from autograder.judge.testcell import secret_of

    try:
        mine = secret_of(secret, assignment.name, attempt)
        return Judged(judge_alone(folder, student, assignment, server, mine))
    except JudgeLost as error:  # that process only: the next submission has another
        return LostAlone(f"The process that judged it failed: {error}.", error.status)
