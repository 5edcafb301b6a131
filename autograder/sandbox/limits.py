"""What one student's process may use up: memory, time, files, processes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Seconds are wall-clock unless named `cpu`; sizes are in megabytes (2^20 bytes)."""

    check_seconds: float = 10
    cell_seconds: float = 60
    submission_seconds: float = 300
    memory_mb: int = 4096
    cpu_seconds: int = 600
    file_mb: int = 64  # one file
    scratch_mb: int = 256  # all files together, where the sandbox has a mount namespace
    processes: int = 64  # threads count too; TensorFlow on a large machine starts two for each core
    open_files: int = 256
    output_kb: int = 256  # text and pictures of one cell


def apply(limits: Limits) -> None:
    """Set the kernel's resource limits on this process and its descendants, for good."""
    import resource

    def at_most(what: int, value: int) -> None:
        hard = resource.getrlimit(what)[1]
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(what, (value, value))

    at_most(resource.RLIMIT_AS, limits.memory_mb << 20)
    at_most(resource.RLIMIT_CPU, limits.cpu_seconds)
    at_most(resource.RLIMIT_FSIZE, limits.file_mb << 20)
    at_most(resource.RLIMIT_NPROC, limits.processes)
    at_most(resource.RLIMIT_NOFILE, limits.open_files)
    for nothing in (resource.RLIMIT_CORE, resource.RLIMIT_MSGQUEUE, resource.RLIMIT_MEMLOCK):
        at_most(nothing, 0)
