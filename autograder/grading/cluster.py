"""The same work on a Dask cluster (`course grade --scheduler ADDRESS`): a submission goes out as bytes, its result
comes back as bytes; nothing is shared but the network.
"""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterator
from typing import Any

from autograder.assignment import Assignment
from autograder.errors import CourseError
from autograder.grading.parcel import Parcel, judge_parcel, pack
from autograder.grading.work import Lost, Outcome, Task, from_json, result_of
from autograder.results import SubmissionResult
from autograder.runner.sandbox.limits import Limits
from autograder.version import code_digest

CONNECT_SECONDS = 10


class Cluster:
    """Judges like `Pool`, on the workers of the Dask cluster at `address`.

    Errors: ModuleNotFoundError without Dask; CourseError when no scheduler answers, or it has no workers of the same
    version.
    """

    def __init__(self, address: str, limits: Limits, sandbox: str):
        self.address, self.limits, self.wanted, self.sandbox = address, limits, sandbox, ""
        from distributed import Client

        try:
            self._client = Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
        except (OSError, ValueError, TimeoutError) as error:
            raise CourseError(
                f"No Dask scheduler answers at {address}. Start one with `dask scheduler`, and on each machine "
                f"`dask worker {address} --nthreads 1 --nworkers auto`."
            ) from error

    def __enter__(self) -> Cluster:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def run(self, tasks: list[Task], assignment: Assignment, secret: bytes) -> Iterator[tuple[Task, SubmissionResult]]:
        """Judge the tasks, each result as soon as it is there. A worker's death is that submission's result."""
        from distributed import as_completed

        if not self._client.nthreads():
            self._client.close()
            raise CourseError(f"The scheduler has no workers. Start one: `dask worker {self.address} --nthreads 1`.")
        setup = pickle.dumps((assignment, secret, self.limits, self.wanted, code_digest()))
        there = self._client.scatter(setup, broadcast=True, hash=False)
        waiting = {}
        for task in tasks:
            parcel = pickle.dumps(Parcel(task.student, pack(task.folder), task.attempt))
            waiting[self._client.submit(judge_parcel, there, parcel, pure=False)] = task
        for future in as_completed(list(waiting), loop=self._client.loop):
            task = waiting.pop(future)
            result = result_of(_outcome(future), assignment, task.student)
            self.sandbox = result.sandbox or self.sandbox
            yield task, result


def _outcome(future: Any) -> Outcome:
    error = future.exception()  # where a worker died with the result, this waits until another has judged it
    if error is not None:
        return Lost(f"The worker that judged it ended ({error}).")
    return from_json(json.loads(future.result()))
