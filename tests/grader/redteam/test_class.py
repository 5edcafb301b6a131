"""A class of hostile submissions, graded by `course grade` as any other: what came of each, and of all the others."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import psutil
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.course import Course, open_course
from autograder.errors import UnsafeHost
from autograder.grading import run as grading
from autograder.records.state import course_secret
from autograder.results import SubmissionResult
from autograder.runner import line
from autograder.runner.sandbox.limits import Limits

from .hostile import ANY, ATTACKS, FULL, NONE
from .papers import FOLDERS, NOTEBOOKS
from .test_attacks import ABSENT

LIMITS = Limits(
    1, 2, 20, clock_factor=2, memory_mb=1000, file_mb=4, scratch_mb=16, processes=24, output_kb=64, shown_mb=1
)
ANSWERS = {
    "relu": "def relu(x):\n    return np.maximum(0, x)",
    "sigmoid": "def sigmoid(x):\n    return 1 / (1 + np.exp(-x))",
}
LIVE_TAGS = {"script", "iframe", "object", "embed", "form", "input", "button", "base", "link", "svg", "math", "video"}
SAFE_LINK = re.compile(r"(https?://|mailto:|#)", re.IGNORECASE)
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def notebook() -> dict:
    """The source of the assignment: a set-up cell and two exercises of a lesson, each with its check."""

    def marks(grade_id: str, **more: object) -> dict:
        usual = {
            "schema_version": 3,
            "grade_id": grade_id,
            "grade": False,
            "solution": False,
            "locked": False,
            "task": False,
        }
        return {"nbgrader": usual | more}

    start = "import numpy as np\nimport course_utils\nlesson = course_utils.start('02_activations')"
    cells = [new_markdown_cell("# Homework"), new_code_cell(start, metadata=marks("setup", locked=True))]
    for id, answer in ANSWERS.items():
        check = f'lesson.check("{id}")\n### BEGIN HIDDEN TESTS\nlesson.grade("{id}")\n### END HIDDEN TESTS'
        cells += [
            new_code_cell(
                f"### BEGIN SOLUTION\n{answer}\n### END SOLUTION", metadata=marks(f"{id}-answer", solution=True)
            ),
            new_code_cell(check, metadata=marks(id, grade=True, locked=True, points=2)),
        ]
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    made = new_notebook(cells=cells, metadata={"kernelspec": kernel})
    for place, cell in enumerate(made.cells):
        cell.id = f"cell-{place}"
    return json.loads(json.dumps(made))


def answered(relu: str = ANSWERS["relu"], below: str = "") -> dict:
    """The notebook as a student hands it in."""
    made = notebook()
    for cell in made["cells"]:
        id = cell["metadata"].get("nbgrader", {}).get("grade_id", "")
        if id.endswith("-answer"):
            cell["source"] = relu if id == "relu-answer" else ANSWERS["sigmoid"]
        elif id in ANSWERS:
            cell["source"] = f'lesson.check("{id}")'
    if below:
        own = {
            "cell_type": "code",
            "id": "own",
            "metadata": {},
            "source": below,
            "outputs": [],
            "execution_count": None,
        }
        made["cells"].insert(4, own)
    return made


def student_of(name: str) -> str:
    return re.sub(r"\W+", "-", name)


def hand_in(root: Path, name: str, content: object) -> Path:
    folder = root / "submitted" / student_of(name) / "homework"
    folder.mkdir(parents=True)
    text = content if isinstance(content, str) else json.dumps(content)
    (folder / "homework.ipynb").write_text(text, encoding="utf-8")
    return folder


@dataclass(frozen=True)
class Graded:
    course: Course
    results: dict[str, SubmissionResult]
    said: list[str]
    mark: Path

    @property
    def in_copies(self) -> bool:
        """Whether each check surely works in a copy of the student's process, which has to be allowed to fork."""
        return "namespaces" in self.results["zoe"].sandbox

    def points(self, name: str) -> tuple[float, float]:
        found = {exercise.id: exercise.score for exercise in self.results[student_of(name)].exercises}
        return found["relu"], found["sigmoid"]

    def page(self, name: str) -> str:
        return (self.course.root / "feedback" / student_of(name) / "homework" / "homework.html").read_text(
            encoding="utf-8"
        )

    def outputs(self, name: str) -> list[dict]:
        path = self.course.root / "autograded" / student_of(name) / "homework" / "homework.ipynb"
        cells = nbformat.read(path, as_version=4).cells
        return [output for cell in cells if cell.cell_type == "code" for output in cell.outputs]


@pytest.fixture(scope="module", params=["namespaces", "landlock"])
def graded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Graded:
    """The whole class, graded once in each cage."""
    root = tmp_path_factory.mktemp("hostile")
    source, mark = root / "source" / "homework", root / "ran"
    source.mkdir(parents=True)
    nbformat.write(nbformat.from_dict(notebook()), source / "homework.ipynb")
    course = open_course(root)
    secret = course_secret(course).hex()
    for name, attack in ATTACKS.items():
        cell = attack.cell.replace("<half>", secret[:16]).replace("<other half>", secret[16:32])
        cell = cell.replace("<root>", str(root))
        hand_in(root, name, answered(cell, attack.below))
    for name, (spoil, _) in NOTEBOOKS.items():
        hand_in(root, f"notebook: {name}", spoil(answered()))
    for name, (spoil, _) in FOLDERS.items():
        folder = hand_in(root, f"folder: {name}", answered())
        spoil(folder)
        for path in folder.rglob("*.py"):
            path.write_text(path.read_text().replace("{mark!r}", repr(str(mark))))
    hand_in(root, "zoe", answered())
    said: list[str] = []
    patch = pytest.MonkeyPatch()
    patch.setattr(line, "GRACE_SECONDS", 0.5)
    patch.setenv("REDTEAM_TOKEN", "not for students")
    before = {process.pid for process in psutil.Process().children(recursive=True)}
    try:
        results, _ = grading.grade(
            str(root), "homework", grading.Options(limits=LIMITS, sandbox=request.param), said.append
        )
    except UnsafeHost as error:
        if not any(call in str(error) for call in ABSENT[request.param]):
            raise  # the host could, but the sandbox does not hold
        pytest.skip(str(error))
    finally:
        patch.undo()
    left = {process.pid for process in psutil.Process().children(recursive=True)} - before
    assert left == set()
    return Graded(course, {result.student: result for result in results}, said, mark)


def deserved(points: float, wanted: str) -> bool:
    return {FULL: points == 2.0, NONE: points == 0.0, ANY: True}.get(wanted, points < 2.0)


@pytest.mark.slow
@pytest.mark.parametrize("name", ATTACKS)
def test_an_answer_gets_what_it_deserves_and_the_next_one_too(graded: Graded, name: str) -> None:
    attack, (relu, sigmoid) = ATTACKS[name], graded.points(name)
    result = graded.results[student_of(name)]
    assert deserved(relu, attack.relu) and deserved(sigmoid, attack.sigmoid), result
    assert not result.reason.startswith("The grader itself failed"), result.reason
    shown = graded.page(name) + json.dumps(graded.outputs(name))
    if graded.in_copies or not name.startswith("left"):
        assert not [text for text in attack.never if text in shown]


@pytest.mark.slow
@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_is_read_as_what_it_is(graded: Graded, name: str) -> None:
    result = graded.results[student_of(f"notebook: {name}")]
    assert graded.points(f"notebook: {name}") == NOTEBOOKS[name][1], result
    assert not result.reason.startswith("The grader itself failed"), result.reason


@pytest.mark.slow
@pytest.mark.parametrize("name", FOLDERS)
def test_a_folder_is_read_as_what_it_is(graded: Graded, name: str) -> None:
    wanted = FOLDERS[name][1]
    result = graded.results[student_of(f"folder: {name}")]
    assert wanted is None or graded.points(f"folder: {name}") == wanted, result
    assert not result.reason.startswith("The grader itself failed"), result.reason


class Live(HTMLParser):
    """What on a page could run, load or cover something."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in LIVE_TAGS:
            self.found.append(tag)
        for name, value in attrs:
            value = value or ""
            if name.startswith("on") or (name == "style" and re.search(r"position|url\(|expression", value)):
                self.found.append(f"{tag} {name}={value[:80]}")
            if name in ("href", "action", "formaction", "srcdoc") and not SAFE_LINK.match(value):
                self.found.append(f"{tag} {name}={value[:80]}")
            if name == "src" and not (tag == "img" and value.startswith("data:image/png;base64,")):
                self.found.append(f"{tag} {name}={value[:80]}")


def live(html: str) -> list[str]:
    parser = Live()
    parser.feed(html)
    return parser.found


@pytest.mark.parametrize(
    "html",
    ["<p onclick=x>", "<script>", "<a href='java\tscript:x'>", "<img src='http://x'>", "<p style='position:fixed'>"],
)
def test_what_is_live_is_found(html: str) -> None:
    assert live(html)


@pytest.mark.slow
def test_no_page_has_anything_live(graded: Graded) -> None:
    names = [*ATTACKS, *(f"notebook: {name}" for name in NOTEBOOKS), *(f"folder: {name}" for name in FOLDERS), "zoe"]
    for name in names:
        page, outputs = graded.page(name), graded.outputs(name)
        assert live(page) == [], name
        assert not CONTROL.search(page.replace("\r", "")), name
        assert len(page) < 4_000_000, name
        for output in outputs:
            assert set(output.get("data", {})) <= {"text/plain", "text/html", "image/png"}, name
            assert live(output.get("data", {}).get("text/html", "")) == [], name
            assert not CONTROL.search(str(output)), name


@pytest.mark.slow
def test_nothing_ran_outside_and_nobody_else_was_harmed(graded: Graded) -> None:
    assert graded.points("zoe") == (2.0, 2.0)
    assert not graded.mark.exists()
    assert not list(graded.course.root.rglob("forged*"))
    assert not any(CONTROL.search(line) for line in graded.said)
    assert all(result.sandbox for result in graded.results.values() if result.status != "invalid")
