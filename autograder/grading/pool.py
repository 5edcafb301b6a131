"""Judges on this machine: one fork server, warm, that forks a judge for each submission, several of them at a time."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from pathlib import Path

from autograder.assignment import Assignment
from autograder.errors import JudgeLost, ServerError
from autograder.grading.work import Judged, Lost, Outcome, Task, result_of
from autograder.judge.alone import judge_alone, secret_of, server_of_judges, warm
from autograder.results import SubmissionResult
from autograder.runner.launch import Connection, ForkServer
from autograder.runner.sandbox.limits import Limits

Running = dict[Future[Outcome], Task]


class Pool:
    """Starts its fork server at once, so that its imports run while the caller opens the gradebook.

    What was being judged when the server died is judged once more by a new one, each submission by itself; one that
    this happens to twice is lost, and no other with it.
    """

    def __init__(self, workers: int, profile: str, limits: Limits, sandbox: str):
        self.workers, self.limits, self.wanted = max(1, workers), limits, sandbox
        self._server = self._started(profile)
        self._threads = ThreadPoolExecutor(self.workers)  # each waits for one judge
        self._assignment: Assignment | None = None

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        self._server.close()  # what is still judged ends with it
        self._threads.shutdown(cancel_futures=True)

    @property
    def sandbox(self) -> str:
        """The level that students' code is shut in at; "" while that is not known."""
        return self._server.sandbox

    def spent(self) -> dict[str, float]:
        """Processor seconds so far, by who spent them: the fork server, judges, students' processes."""
        return self._server.spent()

    def run(self, tasks: list[Task], assignment: Assignment, secret: bytes) -> Iterator[tuple[Task, SubmissionResult]]:
        """Judge the tasks, each result as soon as it is there; the first are begun at once.

        Errors: UnsafeHost, ServerError when none can start.
        """
        if self._assignment is None:
            self._assignment, self._secret = assignment, secret
            self._make_ready()
        waiting, running = deque(tasks), {}
        self._begin(waiting, running)
        return self._results(waiting, running)

    def _results(self, waiting: deque[Task], running: Running) -> Iterator[tuple[Task, SubmissionResult]]:
        while waiting or running:
            shaken: list[Task] = []
            yield from self._together(waiting, running, shaken)
            if shaken:
                self._replace_server()
            for task in shaken:
                yield task, self._alone(task)

    def _begin(self, waiting: deque[Task], running: Running) -> None:
        """Twice as many as are judged at a time: whoever is done need not wait until a result is written."""
        while waiting and len(running) < 2 * self.workers:
            task = waiting.popleft()
            running[self._threads.submit(self._judged, task)] = task

    def _together(
        self, waiting: deque[Task], running: Running, shaken: list[Task]
    ) -> Iterator[tuple[Task, SubmissionResult]]:
        """Until none is left to begin, or the server has died: then `shaken` has what was judged at that time."""
        while running or (waiting and not shaken):
            if not shaken:
                self._begin(waiting, running)
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                task = running.pop(future)
                try:
                    outcome = future.result()
                except ServerError:
                    shaken.append(task)
                else:
                    yield task, result_of(outcome, self._assignment, task.student)

    def _alone(self, task: Task) -> SubmissionResult:
        try:
            outcome = self._judged(task)
        except ServerError as error:
            outcome = Lost(f"The process that judged it failed: {error}")
            self._replace_server()
        return result_of(outcome, self._assignment, task.student)

    def _judged(self, task: Task) -> Outcome:
        with self._server.connect() as connection:
            return judged(connection, task.folder, task.student, self._assignment, self._secret, task.attempt)

    def _started(self, profile: str) -> ForkServer:
        server = server_of_judges(profile, self.limits, self.wanted)
        server.start()
        return server

    def _make_ready(self) -> None:
        if self._server.profile != self._assignment.profile:
            self._server.close()
            self._server = self._started(self._assignment.profile)
        self._server.wait()
        warm(self._server, self._assignment)

    def _replace_server(self) -> None:
        self._server.close()
        self._server = self._started(self._assignment.profile)
        self._make_ready()


def judged(
    server: Connection, folder: Path, student: str, assignment: Assignment, secret: bytes, attempt: int
) -> Outcome:
    """What comes of one submission. Errors: ServerError when the fork server has died."""
    try:
        mine = secret_of(secret, assignment.name, attempt)
        return Judged(judge_alone(folder, student, assignment, server, mine))
    except JudgeLost as error:  # that process only: the next submission has another
        return Lost(f"The process that judged it failed: {error}.", error.status)


def default_workers(tasks: int) -> int:
    """One a core that this process may use, and no more than there are tasks."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(cores, tasks))
