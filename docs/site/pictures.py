"""The pictures of the README, made from the real thing: a check in a lesson that ran, and the report of a class.

    python -m docs.site.pictures [DIR]

Needs Chromium and the extras `grading` and `dev`. Without DIR the pictures go to docs/pictures.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import nbformat
from nbconvert import HTMLExporter
from nbformat import NotebookNode
from PIL import Image
from playwright.sync_api import Page, sync_playwright

from autograder.build.execute import run_in
from autograder.cells import answer_id, grade_id_of

ROOT = Path(__file__).resolve().parents[2]
LESSON, EXERCISE = "02_activations", "sigmoid"
WRONG = '''\
def sigmoid(x):
    """1 / (1 + exp(-x)), number by number."""
    return 1 / (1 + np.exp(x))
'''
WIDTH, HEIGHT, COLOURS = 900, 620, 96
TOP = "element => element.getBoundingClientRect().top + window.scrollY - 24"


def main(folder: Path, students: int = 40) -> None:
    """Make both pictures in the folder, the report that of a class of so many students."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="pictures-") as scratch, sync_playwright() as playwright:
        lesson, first, last = lesson_page(Path(scratch))
        report = report_page(Path(scratch), students)
        root = hasattr(os, "geteuid") and os.geteuid() == 0
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--disable-gpu", *(["--no-sandbox"] if root else [])]
        )
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        page.goto(lesson.as_uri())
        save(page, folder / "lesson.png", between(page, first, last))
        page.goto(report.as_uri())
        page.locator("summary", has_text="The slope of the sigmoid").first.evaluate("s => s.parentElement.open = true")
        top = page.get_by_role("heading", name="What to teach again").evaluate(TOP)
        save(page, folder / "report.png", {"x": 0, "y": top, "width": WIDTH, "height": HEIGHT})
        browser.close()


def lesson_page(scratch: Path) -> tuple[Path, str, str]:
    """The lesson as a page, run up to a wrong answer and its check, and the ids of the cells to be seen."""
    notebook = nbformat.read(ROOT / "lessons" / LESSON / f"{LESSON}.ipynb", as_version=4)
    places = {grade_id_of(cell): place for place, cell in enumerate(notebook.cells)}
    answer, check = places[answer_id(EXERCISE)], places[EXERCISE]
    notebook.cells[answer].source = WRONG
    shown = [notebook.cells[answer - 1], notebook.cells[answer], notebook.cells[check]]
    notebook.cells = [notebook.cells[places["setup"]], *shown]
    home = scratch / "home"
    home.mkdir()
    run_in(notebook, scratch, home, 120, LESSON)
    return _written(notebook, scratch / "lesson.html"), shown[0].id, shown[-1].id


def _written(notebook: NotebookNode, path: Path) -> Path:
    path.write_text(HTMLExporter(template_name="lab").from_notebook_node(notebook)[0], encoding="utf-8")
    return path


def report_page(scratch: Path, students: int) -> Path:
    """The report of a made-up class, graded by the course's own commands."""
    course, report = scratch / "class", scratch / "report.html"
    for arguments in (
        ["demo-class", LESSON, "--students", str(students), "--seed", "1", str(course)],
        ["grade", LESSON, "--course-dir", str(course)],
        ["report", LESSON, "--course-dir", str(course), "--out", str(report)],
    ):
        # Exit 1 of `course grade` says that some submissions could not be graded: a made-up class has such ones.
        command = [sys.executable, "-c", "from autograder.cli import run; run()", *arguments]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode > 1:
            raise RuntimeError(f"course {' '.join(arguments)}: {done.stderr}")
    return report


def between(page: Page, first: str, last: str) -> dict[str, float]:
    """The part of the page from the top of one cell to the end of another."""
    top, end = (page.locator(f'[id="cell-id={cell}"]').bounding_box() for cell in (first, last))
    return {"x": 0, "y": top["y"], "width": WIDTH, "height": end["y"] + end["height"] - top["y"]}


def save(page: Page, path: Path, part: dict[str, float]) -> None:
    """Write that part of the page as a small PNG."""
    picture = Image.open(io.BytesIO(page.screenshot(clip=part, full_page=True)))
    picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "pictures")
