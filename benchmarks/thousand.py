"""A course of a thousand: `course grade` on this machine, then on a Dask cluster that loses a worker half-way.

    python -m benchmarks.thousand [ASSIGNMENT] [--students 1000] [--cluster]

The submissions are those of twelve made-up students under other names, each with a line of its own in an answer. Prints
seconds, processor time and what the command holds of memory at the 100th and the last; with `--cluster` also whether
each submission was graded once and whether both gradebooks say the same.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import psutil

from benchmarks.grading import ENVIRONMENT, make_class, scores, watched

KINDS = 12
WORKERS = 2
FLAT_MB = 20


def make_thousand(assignment: str, students: int, root: Path) -> None:
    """A course directory with that many submissions, twelve students' work in turn."""
    make_class(assignment, KINDS, root)
    submitted = root / "submitted"
    originals = sorted(submitted.iterdir())
    for number in range(students):
        folder = submitted / f"student-{number:04}" / assignment
        shutil.copytree(originals[number % len(originals)] / assignment, folder)
        path = folder / f"{assignment}.ipynb"
        notebook = json.loads(path.read_text(encoding="utf-8"))
        answers = (c for c in notebook["cells"] if c["metadata"].get("nbgrader", {}).get("solution"))
        answer = next(answers)
        answer["source"] = f"{''.join(answer['source'])}\n# by student {number}"
        path.write_text(json.dumps(notebook), encoding="utf-8")
    for original in originals:
        shutil.rmtree(original)


@contextlib.contextmanager
def cluster(folder: Path) -> Iterator[tuple[Path, list[subprocess.Popen]]]:
    """A scheduler's file and the workers, processes of this machine."""
    file = folder / "scheduler.json"

    def dask(kind: str, *options: str) -> subprocess.Popen:
        command = [sys.executable, "-m", f"distributed.cli.dask_{kind}", "--scheduler-file", str(file), *options]
        return subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    scheduler = dask("scheduler", "--port", "0", "--no-dashboard")
    workers = [dask("worker", "--nthreads", "1", "--no-dashboard") for _ in range(WORKERS)]
    try:
        yield file, workers
    finally:
        for process in (*workers, scheduler):
            process.terminate()
            process.wait(60)


def address_of(file: Path) -> str:
    """The scheduler's address, once all workers are there."""
    from distributed import Client

    with Client(scheduler_file=str(file), timeout=120, set_as_default=False) as client:
        client.wait_for_workers(WORKERS, timeout=120)
        return client.scheduler.address


def killer(worker: subprocess.Popen, when: int) -> object:
    """What kills a worker's process, below the nanny that starts it again, when so many are done."""

    def at(done: int) -> None:
        if done == when:
            for process in psutil.Process(worker.pid).children(recursive=True):
                with contextlib.suppress(psutil.NoSuchProcess):
                    process.send_signal(signal.SIGKILL)

    return at


def times_graded(root: Path, assignment: str) -> Counter:
    """How many results each student has in the ledger."""
    lines = (root / ".course" / "ledger" / f"{assignment}.jsonl").read_text(encoding="utf-8").splitlines()
    events = [json.loads(line) for line in lines]
    return Counter(event["student"] for event in events if event["event"] == "graded")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("assignment", nargs="?", default="02_activations")
    parser.add_argument("--students", type=int, default=1000)
    parser.add_argument("--cluster", action="store_true", help="then the same on a Dask cluster, a worker killed")
    arguments = parser.parse_args()
    assignment, students = arguments.assignment, arguments.students
    with tempfile.TemporaryDirectory(prefix="thousand-") as folder:
        here, there = Path(folder, "here"), Path(folder, "there")
        make_thousand(assignment, students, here)
        shutil.copytree(here, there)
        seconds, used, held = watched(here, assignment)
        early = min(100, students // 2)
        more = held[students] - held[early]
        print(f"{assignment}, {students} submissions, feedback included")
        print(f"  this machine  {seconds:7.1f} s, {1000 * used / students:.0f} ms of processor time a submission")
        print(f"  memory        {held[early]:7.0f} MB at the {early}th, {more:+.0f} MB at the last", end="")
        print(f" ({'flat' if more < FLAT_MB else 'NOT FLAT'})", flush=True)
        if arguments.cluster:
            with cluster(Path(folder)) as (file, workers):
                options = ("--scheduler", address_of(file))
                seconds, _, _ = watched(there, assignment, *options, at=killer(workers[0], students // 2))
            counts = times_graded(there, assignment)
            once = sum(count == 1 for count in counts.values())
            same = scores(here, assignment) == scores(there, assignment)
            print(f"  Dask          {seconds:7.1f} s, a worker killed at the {students // 2}th")
            print(f"  graded once   {once} of {students}; the gradebooks are {'equal' if same else 'NOT EQUAL'}")


if __name__ == "__main__":
    main()
