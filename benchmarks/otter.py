"""`otter run` on the same submissions, where otter-grader lies in an environment of its own.

    python -m venv /somewhere/otter; /somewhere/otter/bin/pip install "otter-grader[grading]" ipykernel matplotlib
    python -m benchmarks.grading 02_activations --otter /somewhere/otter

Each exercise's check becomes an otter test that calls `lesson.grade` in the student's kernel. It is not quite the same
work: otter writes neither a gradebook nor a page for the student, confines nothing, and knows no partial credit here.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import time
import zipfile
from pathlib import Path

from benchmarks.grading import ENVIRONMENT
from course_utils import lessons

REPOSITORY = Path(__file__).resolve().parents[1]
TEST = """from otter.test_files import test_case

OK_FORMAT = False
name = "{name}"
points = {points}


@test_case(points={points})
def test_{name}(env):
    assert env["lesson"].grade("{id}") == {points}
"""


def make_autograder(assignment: str, file: Path) -> None:
    """The zip file that `otter run` wants: a test for each exercise of the lesson."""
    with zipfile.ZipFile(file, "w") as made:
        made.writestr("otter_config.json", json.dumps({"show_stdout": False, "pdf": False}))
        for id, exercise in lessons.load(assignment).exercises.items():
            name = re.sub(r"\W", "_", id)
            made.writestr(f"tests/{name}.py", TEST.format(name=name, id=id, points=exercise.points))


def run_otter(assignment: str, course: Path, environment: Path, folder: Path) -> tuple[float, dict[str, float]]:
    """Seconds by the clock for the whole class, one after the other as otter does it, and each student's points."""
    autograder = folder / "autograder.zip"
    make_autograder(assignment, autograder)
    settings = ENVIRONMENT | {
        "PYTHONPATH": str(REPOSITORY),
        "PATH": os.pathsep.join([str(environment / "bin"), ENVIRONMENT["PATH"]]),
    }
    points, begun = {}, time.perf_counter()
    for submitted in sorted((course / "submitted").iterdir()):
        out = folder / "otter" / submitted.name
        out.mkdir(parents=True)
        notebook = submitted / assignment / f"{assignment}.ipynb"
        command = [str(environment / "bin" / "otter"), "run", "-a", str(autograder), "-o", str(out), str(notebook)]
        done = subprocess.run(command, env=settings, cwd=out, capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"otter run ended with {done.returncode}:\n{done.stdout[-1000:]}{done.stderr[-1000:]}")
        tests = json.loads((out / "results.json").read_text(encoding="utf-8"))["tests"]
        points[submitted.name] = sum(test.get("score") or 0.0 for test in tests)
    return time.perf_counter() - begun, points
