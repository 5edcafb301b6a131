"""`course grade` against `nbgrader autograde` + `generate_feedback`: the same submissions, machine and run.

    python -m benchmarks.grading [ASSIGNMENT ...] [--students 12] [--alone] [--otter ENVIRONMENT]

`ps1` stands for nbgrader's own quickstart assignment, plain asserts, handed in by its two example students in turn.

Both get their own copy of one made-up class (right, mistaken, half-done, untouched; nothing that hangs or dies, because
nbgrader stops there). Prints seconds, processor time, their ratios, who spends a submission's, and every student whose
score differs. On a machine that does much else, the ratio of the processor times is the better one. With `--alone` only
`course grade` runs, and what is printed is the processor time of a submission, by role too, and the command's memory
early on and at the end.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import psutil

from benchmarks.roles import as_text, breakdown

HONEST = ("correct", "mistaken", "variant", "partial", "empty")
DEFAULT = ("02_activations", "10_keras_mnist")
BIN = Path(sys.executable).parent
ENVIRONMENT = os.environ | {"COURSE_OFFLINE": "1", "TF_CPP_MIN_LOG_LEVEL": "3", "PATH": f"{BIN}:{os.environ['PATH']}"}


def run(directory: Path, *command: str) -> float:
    """Seconds that a command takes in a directory; it must end well."""
    begun = time.perf_counter()
    done = subprocess.run(
        [str(BIN / command[0]), *command[1:]], cwd=directory, env=ENVIRONMENT, capture_output=True, text=True
    )
    seconds = time.perf_counter() - begun
    if done.returncode:
        raise SystemExit(
            f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout[-2000:]}{done.stderr[-2000:]}"
        )
    return seconds


def make_quickstart(students: int, root: Path) -> None:
    """A course directory with nbgrader's own example, released."""
    import nbgrader

    guide = Path(nbgrader.__file__).parent / "docs" / "source" / "user_guide"
    shutil.copytree(guide / "source" / "ps1", root / "source" / "ps1")
    (root / "nbgrader_config.py").write_text("c = get_config()\nc.CourseDirectory.course_id = 'quickstart'\n")
    for number in range(students):
        there = guide / "submitted" / ("bitdiddle", "hacker")[number % 2] / "ps1"
        shutil.copytree(there, root / "submitted" / f"student-{number:03}" / "ps1")
    run(root, "nbgrader", "generate_assignment", "ps1")


def make_class(assignment: str, students: int, root: Path) -> None:
    """A course directory with that many honest submissions."""
    if assignment == "ps1":
        make_quickstart(students, root)
        return
    run(root.parent, "course", "demo-class", assignment, "--students", str(6 * students), str(root))
    truth = json.loads((root / "demo-class.json").read_text(encoding="utf-8"))["students"]
    honest = [student for student, about in truth.items() if about["kind"] in HONEST]
    # In turn by kind, so that a small class is as mixed as a large one.
    by_kind = {kind: [s for s in honest if truth[s]["kind"] == kind] for kind in HONEST}
    turns = zip(*(_padded(by_kind[kind], len(honest)) for kind in HONEST), strict=True)
    chosen = [student for row in turns for student in row if student][:students]
    for student in truth:
        if student not in chosen:
            shutil.rmtree(root / "submitted" / student)


def _padded(items: list[str], length: int) -> list[str]:
    return [*items, *[""] * (length - len(items))]


def scores(root: Path, assignment: str) -> dict[str, float]:
    """Student -> score, as the gradebook has it."""
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{root / 'gradebook.db'}") as gradebook:
        return {s.student.id: s.score for s in gradebook.assignment_submissions(assignment)}


def compare(assignment: str, students: int, folder: Path, otter: Path | None = None) -> None:
    """Grade one class twice, or three times, and print what it took."""
    ours, theirs = folder / f"ours-{assignment}", folder / f"theirs-{assignment}"
    make_class(assignment, students, ours)
    shutil.copytree(ours, theirs)
    by_role = as_text(breakdown(ours, assignment, students, ENVIRONMENT))
    at_first = _processor_seconds()
    course = run(ours, "course", "grade", assignment, "--course-dir", ".")
    after_ours = _processor_seconds()
    autograde = run(theirs, "nbgrader", "autograde", assignment)
    feedback = run(theirs, "nbgrader", "generate_feedback", assignment)
    nbgrader, used, used_there = autograde + feedback, after_ours - at_first, _processor_seconds() - after_ours
    print(f"{assignment}, {students} submissions, feedback included")
    print(f"  nbgrader      {nbgrader:7.1f} s   ({autograde:.1f} autograde + {feedback:.1f} generate_feedback)")
    print(f"  course grade  {course:7.1f} s")
    print(f"  ratio         {nbgrader / course:7.1f} ×")
    print(f"  processor     {used:7.1f} s beside {used_there:.1f} s: {used_there / used:.1f} ×")
    print("  a further submission:")
    print(by_role)
    mine, other = scores(ours, assignment), scores(theirs, assignment)
    differ = {s: (mine.get(s), other[s]) for s in other if mine.get(s) != other[s]}
    print(
        f"  same score    {len(other) - len(differ)} of {len(other)}"
        + "".join(f"\n    {s}: {a} / {b}" for s, (a, b) in differ.items())
    )
    if otter:
        from benchmarks.otter import run_otter

        seconds, points = run_otter(assignment, ours, otter, folder)
        full = sum(points[student] == mine[student] for student in points)
        print(
            f"  otter run     {seconds:7.1f} s, {seconds / course:.1f} ×; the same points for {full} of {len(points)}"
        )


def alone(assignment: str, students: int, folder: Path) -> None:
    """Grade one class by `course grade` and print what it took of time, processor and memory."""
    root = folder / f"alone-{assignment}"
    make_class(assignment, students, root)
    by_role = as_text(breakdown(root, assignment, students, ENVIRONMENT))
    seconds, used, held = watched(root, assignment)
    early = min(100, students // 2)
    print(f"{assignment}, {students} submissions, feedback included")
    print(f"  course grade  {seconds:7.1f} s, {1000 * used / students:.0f} ms of processor time a submission")
    print("  a further submission:")
    print(by_role)
    print(f"  memory        {held[early]:7.0f} MB at the {early}th, {held[students]:.0f} MB at the last")


def watched(
    root: Path, assignment: str, *options: str, at: Callable[[int], object] = lambda done: None
) -> tuple[float, float, dict[int, float]]:
    """Seconds by the clock, processor seconds, and megabytes held after each submission, of which `at` is told."""
    command = [str(BIN / "course"), "grade", assignment, "--course-dir", ".", *options]
    used, begun = _processor_seconds(), time.perf_counter()
    held = {}
    with subprocess.Popen(
        command, cwd=root, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        last = ""
        for line in process.stdout:
            last = line
            if told := re.match(r"\[(\d+)/", line):
                held[int(told[1])] = psutil.Process(process.pid).memory_info().rss / 2**20
                at(int(told[1]))
    if process.returncode:
        raise SystemExit(f"course grade ended with {process.returncode}: {last}")
    return time.perf_counter() - begun, _processor_seconds() - used, held


def _processor_seconds() -> float:
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("assignments", nargs="*", default=DEFAULT)
    parser.add_argument("--students", type=int, default=12)
    parser.add_argument("--otter", type=Path, help="an environment with otter-grader, to compare with `otter run` too")
    parser.add_argument("--alone", action="store_true", help="only `course grade`, with its processor time and memory")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="grading-") as folder:
        for assignment in arguments.assignments:
            if arguments.alone:
                alone(assignment, arguments.students, Path(folder))
            else:
                compare(assignment, arguments.students, Path(folder), arguments.otter)


if __name__ == "__main__":
    main()
