"""What a further submission takes by the clock, and who spends its processor time.

`benchmarks.grading` prints it. A class is graded, then one submission of it, each in a fresh copy and process; the
difference is what a further submission costs. Processor time is spent by the command, the fork server, the judges and
the students' processes. Among it is the time of the notebook's own cells, which is measured apart, in a plain process.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

ROLES = {
    "command": "the command: gradebook, ledger, pages",
    "server": "fork server",
    "judges": "judges",
    "students": "students' processes and their guards",
}


def spent(root: Path, assignment: str) -> dict[str, float]:
    """Processor seconds by role of one run of `course grade` in this process, and those by the "clock"."""
    from autograder.grading import run
    from autograder.grading.pool import Pool

    told: dict[str, float] = {}

    class Telling(Pool):
        def __exit__(self, *error: object) -> None:
            told.update(self.spent())
            super().__exit__(*error)

    run.Pool = Telling  # type: ignore[misc]
    begun = time.perf_counter()
    run.grade(str(root), assignment, run.Options(), say=lambda text: None)
    return told | {"command": time.process_time(), "clock": time.perf_counter() - begun}


def own_code(root: Path, assignment: str) -> float:
    """Processor seconds of a submission's own cells in this process, without demonstrations and checks: a mean."""
    from autograder.cells import grade_id_of, is_demo
    from autograder.course import open_course
    from autograder.grading.run import select_submissions
    from autograder.records.assignments import load_assignment
    from autograder.submission import read_submission

    course = open_course(str(root))
    trusted = load_assignment(course, assignment, save=False)
    programs = []
    for student, folder in select_submissions(course, assignment, ()).items():
        for name, notebook in read_submission(folder, trusted, student).notebooks.items():
            cells = [c for c in notebook["cells"] if c["cell_type"] == "code" and not is_demo(c)]
            known = [(cell["source"], trusted.find(name, grade_id_of(cell))) for cell in cells]
            programs.append([source for source, cell in known if not (cell and cell.own_check)])
    _run(programs[0])  # imports are the server's
    begun = time.process_time()
    for program in programs:
        _run(program)
    return (time.process_time() - begun) / len(programs)


def _run(program: list[str]) -> None:
    names = {"__name__": "__main__"}
    for source in program:
        with contextlib.suppress(Exception), contextlib.redirect_stdout(io.StringIO()):
            exec(source, names)


def breakdown(root: Path, assignment: str, students: int, environment: Mapping[str, str]) -> dict[str, float]:
    """Milliseconds of a further submission by role and "clock", and those of the notebook's own cells as "code"."""
    told = []
    with tempfile.TemporaryDirectory(prefix="roles-") as folder:
        for count in (students, 1):
            copy = Path(folder, str(count))
            shutil.copytree(root, copy, ignore=shutil.ignore_patterns(".course", "autograded", "feedback"))
            for submitted in sorted((copy / "submitted").iterdir())[count:]:
                shutil.rmtree(submitted)
            command = [sys.executable, "-m", __name__, str(copy), assignment, *(["--code"] if count > 1 else [])]
            done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
            told.append(json.loads(done.stdout.splitlines()[-1]))
    many, one = told
    more = {part: 1000 * (many[part] - one[part]) / (students - 1) for part in (*ROLES, "clock")}
    return more | {"code": 1000 * many["code"]}


def as_text(found: dict[str, float]) -> str:
    """The breakdown, a line each."""
    lines = [f"    {found[role]:5.0f} ms  {what}" for role, what in ROLES.items()]
    own = sum(found[role] for role in ROLES) - found["code"]
    return "\n".join([
        *lines,
        f"    {own:5.0f} ms  of processor time together, without {found['code']:.1f} ms of the notebook's own cells",
        f"    {found['clock'] - found['code']:5.0f} ms  by the clock, on {os.cpu_count()} processors",
    ])


def main() -> None:
    """One run, for `breakdown`: the processor seconds by role as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("root", type=Path)
    parser.add_argument("assignment")
    parser.add_argument("--code", action="store_true", help="the notebooks' own cells too, in this process")
    arguments = parser.parse_args()
    told = spent(arguments.root, arguments.assignment)
    told["code"] = own_code(arguments.root, arguments.assignment) if arguments.code else 0.0
    print(json.dumps(told))


if __name__ == "__main__":
    main()
