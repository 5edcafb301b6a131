"""Kill `course grade`, run it again, and compare with a run in peace.

    python -m tests.grader.faults.rounds [--random 30] [--seed 0] [--points all|none|POINT]

Random moments: the parent alone, the fork server alone, a judge, or everything is sent SIGKILL in turn. Points: the
parent kills itself just there (`points`). Prints a line a round and ends with 1 when one of them differs.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil

from autograder.course import open_course
from tests.grader import toy
from tests.grader.faults.points import FIRST_RUN, POINTS
from tests.grader.faults.state import state_of

HALF = toy.fill(toy.honest(), double="def double(x):\n    return x + 2")
GRADE = [sys.executable, "-m", "autograder.cli", "grade", "toy", "--course-dir"]
GONE_SECONDS = 60  # for what a killed process leaves to end


@dataclass(frozen=True)
class Class:
    """A course before the run that is killed, and what it holds after one that is not."""

    before: Path
    after: dict
    seconds: float


def submit_class(root: Path, second: bool) -> None:
    """Three students hand in; the second time two of them something else, and one more joins them."""
    toy.submit(root, "ann", HALF if second else toy.released(), "2026-03-01 10:00:00 UTC")
    toy.submit(root, "bob", toy.honest() if second else HALF)
    if second:
        toy.submit(root, "cat", toy.fill(toy.honest(), double="import os\nos._exit(0)"))
        (root / "submitted" / "cat" / "toy" / "data.csv").write_text("1,2\n")


def make_classes(place: Path) -> dict[str, Class]:
    """One course that was never graded, one that was and to which new submissions came."""
    fresh, graded = toy.make_course(place / "fresh"), place / "graded"
    submit_class(fresh, second=False)
    course = shutil.copytree(fresh, place / "fresh-after")
    first = grade(course)
    shutil.copytree(course, graded)
    submit_class(graded, second=True)
    again = shutil.copytree(graded, place / "graded-after")
    second = grade(again)
    return {
        "first run": Class(fresh, state_of(open_course(course)), first),
        "changed": Class(graded, state_of(open_course(again)), second),
    }


def grade(root: Path) -> float:
    """The seconds that a run in peace takes. 1: a student's code has ended its process."""
    begun = time.monotonic()
    done = subprocess.run([*GRADE, str(root)], capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    return time.monotonic() - begun


@contextlib.contextmanager
def own_place(place: Path) -> Iterator[Path]:
    """A folder for temporary files, by whose name in their environment the processes of a round are known."""
    folder = Path(tempfile.mkdtemp(prefix="round-", dir=place))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def processes_of(folder: Path) -> list[psutil.Process]:
    """Those that were started with this folder for temporary files, and those forked from them."""
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error, OSError):
            if process.pid != os.getpid() and str(folder) in process.environ().get("TMPDIR", ""):
                found.append(process)
    return found


def kill_at(point: str) -> Callable[[Path, dict], str]:
    """The parent kills itself at one of the `points`."""

    def run(root: Path, env: dict) -> str:
        command = [sys.executable, "-m", "tests.grader.faults.points", point, str(root)]
        done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
        assert done.returncode == -signal.SIGKILL, f"{point} was never reached: {done.stderr}"
        return "killed"

    return run


def parent_only(parent: psutil.Process) -> list[psutil.Process]:
    return [parent]


def server_only(parent: psutil.Process) -> list[psutil.Process]:
    return [child for child in parent.children() if "runner.server" in str(child.cmdline())]


def a_judge(parent: psutil.Process) -> list[psutil.Process]:
    """Whatever was forked last: a judge, a guard or a student's process."""
    return [child for server in server_only(parent) for child in server.children(recursive=True)][-1:]


def everything(parent: psutil.Process) -> list[psutil.Process]:
    return [parent, *parent.children(recursive=True)]


WHOM = (parent_only, server_only, everything, a_judge)


def kill_after(seconds: float, whom: Callable) -> Callable[[Path, dict], str]:
    """Someone else kills, so many seconds after the start."""

    def run(root: Path, env: dict) -> str:
        begun = subprocess.Popen([*GRADE, str(root)], env=env, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        with contextlib.suppress(subprocess.TimeoutExpired):
            begun.wait(seconds)
        victims: list[psutil.Process] = []
        while begun.poll() is None and not victims:  # a judge may have to be waited for
            with contextlib.suppress(psutil.Error):
                victims = whom(psutil.Process(begun.pid))
            time.sleep(0.002)
        for victim in victims:
            with contextlib.suppress(psutil.Error):
                victim.send_signal(signal.SIGKILL)
        begun.wait()
        return f"{len(victims)} killed" if victims else "nobody was there"

    return run


def faults_of(a_class: Class, kill: Callable[[Path, dict], str], place: Path) -> tuple[str, list[str]]:
    """(how it was killed, what is otherwise than after a run in peace)."""
    with own_place(place) as folder:
        course, env = shutil.copytree(a_class.before, folder / "course"), folder / "tmp"
        env.mkdir()
        env.chmod(0o755)
        told = kill(course, os.environ | {"TMPDIR": str(env)})
        left = [str(process.cmdline()) for process in psutil.wait_procs(processes_of(env), timeout=GONE_SECONDS)[1]]
        faults = [f"a process that lives on: {line}" for line in left]
        again = subprocess.run(
            [*GRADE, str(course)], env=os.environ | {"TMPDIR": str(env)}, capture_output=True, text=True
        )
        if again.returncode not in (0, 1):
            faults.append(f"exit {again.returncode}: {again.stderr[-1000:]}")
        faults += [f"left in the temporary folder: {path.name}" for path in env.iterdir()]
        faults += differences(state_of(open_course(course)), a_class.after)
        return told, faults


def differences(found: object, wanted: object, where: str = "") -> list[str]:
    """The places at which two states differ."""
    if isinstance(found, dict) and isinstance(wanted, dict):
        keys = [*wanted, *(key for key in found if key not in wanted)]
        return [line for key in keys for line in differences(found.get(key), wanted.get(key), f"{where}/{key}")]
    return [] if found == wanted else [f"{where}: {str(found)[:300]} instead of {str(wanted)[:300]}"]


def class_of(point: str) -> str:
    return "first run" if point in FIRST_RUN else "changed"


def random_round(classes: dict[str, Class], rng: random.Random, whom: Callable, place: Path) -> tuple[str, list[str]]:
    """(what was done, what is otherwise); while nobody was there to be killed, another moment is drawn."""
    while True:
        which = rng.choice((*classes,))
        seconds = rng.uniform(0.02, 1) * classes[which].seconds
        told, faults = faults_of(classes[which], kill_after(seconds, whom), place)
        if told != "nobody was there":
            return f"{whom.__name__} after {seconds:.2f} s, {which} ({told})", faults


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--random", type=int, default=30)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--points", choices=["all", "none", *POINTS], default="all")
    options = parser.parse_args()
    rng, results = random.Random(options.seed), []

    def report(title: str, faults: list[str]) -> None:
        results.append(not faults)
        print(f"{'WRONG' if faults else 'as ever'}  {title}", *faults, sep="\n    ", flush=True)

    with tempfile.TemporaryDirectory(prefix="kills-") as name:
        place = Path(name)
        place.chmod(0o755)
        classes = make_classes(place)
        for point in {"all": [*POINTS], "none": []}.get(options.points, [options.points]):
            report(point, faults_of(classes[class_of(point)], kill_at(point), place)[1])
        for number in range(options.random):
            report(*random_round(classes, rng, WHOM[number % len(WHOM)], place))
    print(f"{len(results)} rounds, {results.count(False)} wrong")
    return 0 if all(results) else 1


if __name__ == "__main__":
    raise SystemExit(main())
