"""How long every lesson takes, and what its networks reach: the table in the README.

    python -m benchmarks.lessons [NN ...] [--write]

Runs each executed solution top to bottom in a kernel of its own, as the build does: bundled data, no GPU, one BLAS
thread. What the networks reach is read from the stored outputs of the cells with the tag `measured`. With --write the
table goes into the README; lessons that were not run keep their seconds there.
"""

from __future__ import annotations

import argparse
import os
import re
import tempfile
import time
from pathlib import Path

import nbformat

from autograder.build import LessonFolder, lesson_names
from autograder.build.execute import run_in
from course_utils import lessons
from course_utils.notebook.map import LESSONS

ROOT = Path(__file__).parents[1]
HEAD = ("lesson", "what it teaches", "exercises", "points", "seconds", "measured in its solution")
TABLE = re.compile(r"(?<=benchmarks.lessons --write -->\n\n).*?(?=\n\n<!-- end of lessons -->)", re.DOTALL)
SECONDS_PER_CELL = 300


def seconds_of(lesson: LessonFolder) -> float:
    """How long the lesson's solution takes from its first cell to its last, the start of the kernel included."""
    with tempfile.TemporaryDirectory(prefix="lesson-") as scratch:
        home, folder = Path(scratch, "home"), Path(scratch, "lesson")
        home.mkdir()
        lesson.copy_beside(folder)
        notebook = nbformat.read(lesson.solution, as_version=4)
        begun = time.perf_counter()
        run_in(notebook, folder, home, SECONDS_PER_CELL, lesson.name)
        return time.perf_counter() - begun


def measured(lesson: LessonFolder) -> list[str]:
    """The lines that the lesson's cells tagged `measured` have printed."""
    cells = nbformat.read(lesson.solution, as_version=4).cells
    outputs = [o for cell in cells if "measured" in cell.metadata.get("tags", []) for o in cell.outputs]
    return [line for output in outputs for line in output.get("text", "").splitlines() if line.strip()]


def row(name: str, seconds: str) -> list[str]:
    """A lesson's line of the table."""
    lesson = lessons.load(name)
    (teaches,) = (stop.teaches for stop in LESSONS if stop.name == name)
    reached = "; ".join(measured(LessonFolder(ROOT, name)))
    return [f"`{name}`", teaches, str(len(lesson.exercises)), f"{lesson.points:g}", seconds, reached]


def rows_in(readme: str) -> list[list[str]]:
    """The lines of the README's table of lessons, cell by cell."""
    lines = TABLE.search(readme)[0].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def table(rows: list[list[str]]) -> str:
    """The rows as Markdown, under their heads."""
    return "\n".join("| " + " | ".join(cells) + " |" for cells in (HEAD, ["---"] * len(HEAD), *rows))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("lessons", nargs="*", metavar="NN", help="lessons to run; all when none is given")
    parser.add_argument("--write", action="store_true", help="write the table into the README")
    arguments = parser.parse_args()
    path = ROOT / "README.md"
    readme = path.read_text(encoding="utf-8")
    known = {cells[0].strip("`"): cells[4] for cells in rows_in(readme)}
    for name in lesson_names(ROOT, tuple(arguments.lessons)):
        known[name] = f"{seconds_of(LessonFolder(ROOT, name)):.0f}"
        print(f"{name:<24}{known[name]:>4} s", flush=True)
    text = table([row(name, known.get(name, "")) for name in lesson_names(ROOT)])
    if arguments.write:
        new = path.with_suffix(".new")
        new.write_text(TABLE.sub(lambda _: text, readme), encoding="utf-8")
        os.replace(new, path)
    else:
        print(text)


if __name__ == "__main__":
    main()
