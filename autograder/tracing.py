"""`course doctor --trace`: which system calls a notebook makes that the cage refuses. It runs confined all the same."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from autograder.cells import profile_of
from autograder.errors import InvalidSubmission, UsageError
from autograder.notebook_file import read_notebook
from autograder.runner.launch import ForkServer
from autograder.runner.sandbox.limits import Limits


@dataclass(frozen=True)
class Trace:
    """What came of a notebook's code cells: the calls that were refused, each kind once, and the cells that stopped."""

    sandbox: str
    cells: int
    refused: tuple[str, ...]
    stopped: tuple[str, ...]


def trace(path: Path) -> Trace:
    """Run every code cell of a notebook, demonstrations and checks too, in the best cage of this machine.

    Errors: UsageError for what is no notebook; UnsafeHost where there is no cage, or none that can be traced.
    """
    if not path.is_file():
        raise UsageError(f"There is no notebook {path}.")
    try:
        cells, _ = read_notebook(path)
    except InvalidSubmission as error:
        raise UsageError(str(error)) from error
    sources = [cell["source"] for cell in cells if cell["cell_type"] == "code"]
    profile, stopped = profile_of("\n".join(sources)), []
    with ForkServer(profile, Limits.of(profile), traced=True) as server, server.spawn(path.resolve().parent) as student:
        for place, source in enumerate(sources, 1):
            outcome = student.run_cell(source)
            if outcome.status != "ok":
                stopped.append(f"code cell {place}: {outcome.message}")
            if not student.alive:
                break
        refused = server.refused()
    return Trace(server.sandbox, len(sources), tuple(refused), tuple(stopped))


def as_text(found: Trace) -> str:
    """The findings, a line each."""
    cells = [f"  {line}" for line in found.stopped]
    calls = [f"  {line}" for line in found.refused]
    return "\n".join([
        f"{found.cells} code cells ran in the cage {found.sandbox}.",
        *(["Stopped with an error:", *cells] if cells else []),
        *(
            ["Refused, for these system calls are not on the list:", *calls]
            if calls
            else ["No system call was refused."]
        ),
    ])
