"""Worker processes that judge submissions. Each has its own fork server; one that dies takes one submission with it."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import Any

from autograder.assignment import Assignment
from autograder.errors import CourseError, UnsafeHost
from autograder.grading.work import Lost, LostAlone, Outcome, Task, Unsafe, result_of
from autograder.grading.worker import Ready, work
from autograder.results import SubmissionResult
from autograder.runner.sandbox.limits import Limits

GRACE_SECONDS = 60  # beyond a submission's own limit, before its worker is ended from outside
MAX_FAILED_STARTS = 3
NEVER = float("inf")


@dataclass
class _Worker:
    process: Any
    connection: Connection
    ready: bool = False
    task: Task | None = None
    deadline: float = NEVER


class Pool:
    """Starts its workers at once, so that their imports run while the caller opens the gradebook."""

    def __init__(self, workers: int, profile: str, limits: Limits, sandbox: str):
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
        if self._setup is None:
            self._setup = (assignment, secret)
            for worker in self._workers:
                _send(worker, self._setup)
        waiting, missing = deque(tasks), len(tasks)
        while missing:
            for worker in self._workers:
                if worker.ready and worker.task is None and waiting:
                    self._give(worker, waiting.popleft())
            for worker in self._next_events():
                task, outcome = worker.task, self._hear(worker)
                if task is not None and outcome is not None:
                    missing -= 1
                    yield task, result_of(outcome, assignment, task.student)

    def _start(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=work, args=(theirs, *self.start_arguments), daemon=True)
        process.start()
        theirs.close()
        return _Worker(process, ours)

    def _give(self, worker: _Worker, task: Task) -> None:
        worker.task = task
        worker.deadline = time.monotonic() + self.limits.submission_seconds * self.limits.clock_factor + GRACE_SECONDS
        _send(worker, task)

    def _next_events(self) -> list[_Worker]:
        by_connection = {worker.connection: worker for worker in self._workers}
        soonest = min(worker.deadline for worker in self._workers)
        timeout = None if soonest == NEVER else max(0.0, soonest - time.monotonic())
        ready = [by_connection[connection] for connection in wait(list(by_connection), timeout)]
        return ready or [worker for worker in self._workers if worker.deadline <= time.monotonic()]

    def _hear(self, worker: _Worker) -> Outcome | None:
        """What has come of the worker's task; None when the worker is only ready, or had no task."""
        if worker.deadline <= time.monotonic() and not worker.connection.poll():
            late = "It did not end in its time, and its worker had to be stopped."
            return self._replace(worker, Lost(late, "timed_out"))
        try:
            told = worker.connection.recv()
        except (EOFError, OSError):
            worker.process.join(5)
            code = worker.process.exitcode
            return self._replace(worker, Lost(f"The process that judged it ended (exit code {code})."))
        if isinstance(told, Ready):
            worker.ready, self.sandbox = True, told.sandbox
            return None
        if isinstance(told, Unsafe):
            raise UnsafeHost(told.reason)
        if isinstance(told, Lost) and not isinstance(told, LostAlone):
            return self._replace(worker, told)
        worker.task, worker.deadline = None, NEVER
        return told

    def _replace(self, worker: _Worker, lost: Lost) -> Outcome | None:
        """Put a fresh worker in the place of one that is lost; its task, if it had one, is lost with it."""
        if not worker.ready:
            self._failed_starts += 1
            if self._failed_starts >= MAX_FAILED_STARTS:
                raise CourseError(f"The grading processes do not start: {lost.reason} Try `course doctor`.")
        self._end(worker)
        fresh = self._start()
        _send(fresh, self._setup)
        self._workers[self._workers.index(worker)] = fresh
        return lost if worker.task else None

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


def default_workers(tasks: int) -> int:
    """One a core that this process may use, and no more than there are tasks."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(cores, tasks))
