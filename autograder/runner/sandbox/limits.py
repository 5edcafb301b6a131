"""What one student's process may use up: memory, time, files, processes."""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass, replace
from pathlib import Path


@dataclass(frozen=True)
class Limits:
    """Seconds are processor time, of all threads and child processes together; sizes are in megabytes (2^20 bytes).

    By the clock `clock_factor` times as much is given, so that a busy machine costs nobody points and a sleep ends.
    """

    check_seconds: float = 20  # one call of an answer
    cell_seconds: float = 60
    submission_seconds: float = 300
    clock_factor: float = 5
    memory_mb: int = 4096
    process_seconds: int = 600  # the kernel's own limit on one process
    file_mb: int = 64  # one file
    scratch_mb: int = 256  # all files together, where the sandbox has a mount namespace
    processes: int = 64  # threads count too; TensorFlow on a large machine starts two for each core
    open_files: int = 256
    output_kb: int = 256  # text and pictures of one cell
    shown_mb: int = 16  # of all cells of a notebook

    @classmethod
    def of(cls, profile: str, timeout: float | None = None) -> Limits:
        """The limits of a profile: training may take longer. No part is longer than the time for a submission.

        A call has as long as a check in the notebook gives it (`course_utils.exercises.lesson`), so that both agree.
        """
        usual = cls(120, 240, 900, process_seconds=1200) if profile == "tensorflow" else cls()
        if timeout is None:
            return usual
        parts = {name: min(getattr(usual, name), timeout) for name in ("check_seconds", "cell_seconds")}
        return replace(usual, submission_seconds=timeout, **parts)

    def for_judge(self) -> Limits:
        """Those of the process that judges one submission: twice as much, for it holds what the student's gives."""
        seconds = 2 * (self.process_seconds + int(self.submission_seconds))
        return replace(self, memory_mb=2 * self.memory_mb, process_seconds=seconds)


def threads_of(uid: int) -> int:
    """How many threads the user has at the moment."""
    count = 0
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):  # it ended meanwhile
                count += len(os.listdir(entry / "task")) if entry.stat().st_uid == uid else 0
    return count


def apply(limits: Limits, others: int = 0) -> None:
    """Set the kernel's resource limits on this process and its descendants, for good.

    `others`: threads of the same user that the kernel counts in, but that are not the student's.
    """
    import resource

    def at_most(what: int, value: int) -> None:
        hard = resource.getrlimit(what)[1]
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(what, (value, value))

    at_most(resource.RLIMIT_AS, limits.memory_mb << 20)
    at_most(resource.RLIMIT_CPU, limits.process_seconds)
    at_most(resource.RLIMIT_FSIZE, limits.file_mb << 20)
    at_most(resource.RLIMIT_NPROC, limits.processes + others)
    at_most(resource.RLIMIT_NOFILE, limits.open_files)
    for nothing in (resource.RLIMIT_CORE, resource.RLIMIT_MSGQUEUE, resource.RLIMIT_MEMLOCK):
        at_most(nothing, 0)
