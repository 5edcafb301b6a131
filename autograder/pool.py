"""Worker processes that judge submissions. Each has its own fork server; one that dies takes one submission with it."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from autograder.assignment import Assignment
from autograder.course import CourseError
from autograder.results import SubmissionResult

GRACE_SECONDS = 60  # beyond a submission's own limit, before its worker is ended from outside
MAX_FAILED_STARTS = 3


class UnsafeHostError(CourseError):
    """No worker could shut students' code in."""


@dataclass(frozen=True)
class Task:
    """One submission to judge."""

    student: str
    folder: Path


@dataclass
class _Worker:
    process: Any
    connection: Connection
    ready: bool = False
    task: Task | None = None
    deadline: float = field(default=float("inf"))


class Pool:
    """Starts its workers at once, so that their imports run while the caller opens the gradebook."""

    def __init__(self, workers: int, profile: str, limits: Any, sandbox: str):
        self.start_arguments = (profile, limits, sandbox)
        self.limits = limits
        self.sandbox = ""
        self._failed_starts = 0
        self._context = multiprocessing.get_context("spawn")
        self._workers = [self._start() for _ in range(max(1, workers))]
        self._setup: tuple[Assignment, bytes] | None = None

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            self._end(worker)

    def run(self, tasks: list[Task], assignment: Assignment, secret: bytes) -> Iterator[tuple[Task, SubmissionResult]]:
        """Judge the tasks, each result as soon as it is there. A worker's death is that submission's result."""
        from autograder.verdict import failed_result

        self._setup = (assignment, secret)
        for worker in self._workers:
            _send(worker, self._setup)
        waiting, missing = deque(tasks), len(tasks)
        while missing:
            for worker in self._workers:
                if worker.ready and worker.task is None and waiting:
                    self._give(worker, waiting.popleft())
            for worker in self._next_events():
                task, result = self._hear(worker)
                if task is not None:
                    missing -= 1
                    if isinstance(result, tuple):
                        result = replace(failed_result(assignment, task.student, *result), retry=True)
                    yield task, result

    def _start(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_work, args=(theirs, *self.start_arguments), daemon=True)
        process.start()
        theirs.close()
        return _Worker(process, ours)

    def _give(self, worker: _Worker, task: Task) -> None:
        worker.task = task
        worker.deadline = time.monotonic() + self.limits.submission_seconds + GRACE_SECONDS
        _send(worker, task)

    def _next_events(self) -> list[_Worker]:
        by_connection = {worker.connection: worker for worker in self._workers}
        soonest = min(worker.deadline for worker in self._workers)
        timeout = None if soonest == float("inf") else max(0.0, soonest - time.monotonic())
        ready = [by_connection[connection] for connection in wait(list(by_connection), timeout)]
        return ready or [worker for worker in self._workers if worker.deadline <= time.monotonic()]

    def _hear(self, worker: _Worker) -> tuple[Task | None, SubmissionResult | tuple[str, str] | None]:
        """One message of a worker: (task, result) when it settles a submission, (None, None) otherwise."""
        if worker.deadline <= time.monotonic() and not worker.connection.poll():
            return self._replace(worker, "timed_out", "It did not end in its time, and its worker had to be stopped.")
        try:
            kind, content = worker.connection.recv()
        except (EOFError, OSError):
            worker.process.join(5)
            code = worker.process.exitcode
            return self._replace(worker, "crashed", f"The process that judged it ended (exit code {code}).")
        if kind == "result":
            task, worker.task, worker.deadline = worker.task, None, float("inf")
            return task, content
        if kind == "ready":
            worker.ready, self.sandbox = True, content
            return None, None
        if kind == "lost":
            return self._replace(worker, "crashed", f"The process that judged it failed: {content}")
        raise UnsafeHostError(content) if kind == "unsafe" else CourseError(content)

    def _replace(self, worker: _Worker, status: str, reason: str) -> tuple[Task | None, tuple[str, str] | None]:
        if not worker.ready:
            self._failed_starts += 1
            if self._failed_starts >= MAX_FAILED_STARTS:
                raise CourseError(f"The grading processes do not start: {reason} Try `course doctor`.")
        self._end(worker)
        fresh = self._start()
        _send(fresh, self._setup)
        self._workers[self._workers.index(worker)] = fresh
        return (worker.task, (status, reason)) if worker.task else (None, None)

    @staticmethod
    def _end(worker: _Worker) -> None:
        worker.connection.close()  # an idle worker ends by itself
        worker.process.join(5 if worker.task is None else 0)
        worker.process.terminate()
        worker.process.join(5)
        if worker.process.is_alive():
            worker.process.kill()
            worker.process.join()


def _send(worker: _Worker, message: Any) -> None:
    try:
        worker.connection.send(message)
    except OSError:  # it has died; its end of the pipe tells so when it is read
        return


def _work(connection: Connection, profile: str, limits: Any, sandbox: str) -> None:
    """The life of a worker: start a fork server, then judge what comes until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's business
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the fork server is closed on the way out
    from autograder.runner.sandbox import libc
    from autograder.runner.session import ForkServer, ServerError, UnsafeHost

    if sys.platform == "linux":
        libc.prctl(libc.PR_SET_PDEATHSIG, signal.SIGTERM)  # a killed run leaves nothing behind
    try:
        with ForkServer(profile=profile, limits=limits, sandbox=sandbox) as server:
            assignment, secret = connection.recv()
            if assignment.profile == profile:
                connection.send(("ready", server.sandbox))
                return _serve(connection, server, assignment, secret)
        with ForkServer(profile=assignment.profile, limits=limits, sandbox=sandbox) as server:
            connection.send(("ready", server.sandbox))
            _serve(connection, server, assignment, secret)
    except UnsafeHost as error:
        connection.send(("unsafe", str(error)))
    except ServerError as error:
        connection.send(("lost", str(error)))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        os._exit(0)  # the parent has gone


def _serve(connection: Connection, server: Any, assignment: Assignment, secret: bytes) -> None:
    from autograder.verdict import judge_submission

    while True:
        task = connection.recv()
        connection.send(("result", judge_submission(task.folder, task.student, assignment, server, secret)))


def default_workers(tasks: int) -> int:
    """One a core that this process may use, and no more than there are tasks."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(cores, tasks))


def without_notebooks(result: SubmissionResult) -> SubmissionResult:
    """The result without its large part, for keeping many."""
    return replace(result, notebooks={})
