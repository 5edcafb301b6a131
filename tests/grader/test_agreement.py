"""One answer, one score: the notebook's own check, `course check`, `course grade` and plain `nbgrader autograde` agree.

The answers are the tables' own, right, mistaken and unfinished, and everything that students do to a notebook. nbgrader
runs a notebook as a student does, in a kernel and from top to bottom, so its outputs say what the notebook says.
"""

from __future__ import annotations

import copy
import json
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook

from autograder.build.execute import kernel_environment
from autograder.cells import grade_id_of, is_demo, kind_of, nbgrader_of
from autograder.grading.run import Options, grade
from autograder.selfcheck import check_notebook
from autograder.source import REPOSITORY
from course_utils import lessons
from tests.exercises.table import checked

pytestmark = pytest.mark.usefixtures("loops_left_open")

PANEL = re.compile(r"· ([\d.]+) of [\d.]+( extra)?")
# A demonstration, and an answer that needs it: one that the student has added to, and one that the text offers.
DEMO_USED = {
    "02_activations": ("relu", "floor = 0.0", "def relu(x):\n    return np.maximum(floor, x)"),
    "08_optimizers": ("race", "", "{source}\nrates = {{n: r for n, r in rates.items() if tries(n, r)}}"),
}
CHECKED = ("mistakes", "demo", "half", "bare", "copied")  # by `course check` too, which starts a server for each


def released(name):
    return json.loads((REPOSITORY / "lessons" / name / f"{name}.ipynb").read_text(encoding="utf-8"))


class Writer:
    """A student at work on a lesson."""

    def __init__(self, name):
        self.lesson, self.notebook = lessons.load(name), released(name)
        self.demos = [cell for cell in self.notebook["cells"] if is_demo(cell)]
        self.notebook["cells"] = [cell for cell in self.notebook["cells"] if not is_demo(cell)]  # they take time

    def place(self, grade_id):
        return next(i for i, cell in enumerate(self.notebook["cells"]) if grade_id_of(cell) == grade_id)

    def write(self, id, source):
        self.notebook["cells"][self.place(f"{id}-answer")]["source"] = source
        return self

    def all(self, choose):
        """Every exercise answered by a row of its table, or left alone."""
        for number, exercise in enumerate(self.lesson.exercises.values()):
            row = choose(exercise, number)
            if row is not None:
                self.write(exercise.id, exercise.source_of(row))
        return self


def variants(name):
    return Writer(name).all(lambda e, i: e.variants[i % len(e.variants)])


def mistakes(name, turn):
    def choose(exercise, number):
        rows = [row for row in exercise.mistakes if steady(exercise, row)]
        return rows[(number + turn) % len(rows)]

    return Writer(name).all(choose)


def steady(exercise, mistake):
    """Whether it earns the same on all draws of the cases, so that luck cannot part the four ways."""
    return len({checked(exercise, mistake.answer, seed).points for seed in exercise.visible_seeds}) == 1


def half(name):
    """One undone, one that stops when called, one whose cell stops, one that is no function; then right ones."""
    writer = Writer(name).all(lambda e, i: e.variants[0] if i > 3 else None)
    _, second, third, fourth = list(writer.lesson.exercises.values())[:4]
    writer.write(second.id, f"def {second.names[0]}(*_, **__):\n    return [][1]")
    writer.write(third.id, third.source_of(third.variants[0]) + "\nprint(nothing_of_this_name)")
    return writer.write(fourth.id, f"{fourth.names[0]} = 3")


def with_demo(name):
    id, added, answer = DEMO_USED[name]
    writer = variants(name)
    place = writer.place(f"{id}-answer")
    source = writer.notebook["cells"][place]["source"]
    writer.write(id, answer.format(source=source))
    tries = [cell for cell in writer.demos if "def tries" in "".join(cell["source"])]
    demos = tries or writer.demos[:1]
    added = added or 'yours = {name: lesson.yours(name) for name in ("sgd", "momentum", "rmsprop", "adam")}'
    before = {**copy.deepcopy(demos[0]), "id": "added", "source": added}
    writer.notebook["cells"][place:place] = [before, *demos]
    return writer


def anew(name):
    """An answer's cell deleted, and the answer written into a new one in its place."""
    writer = variants(name)
    id = next(iter(writer.lesson.exercises))
    place = writer.place(f"{id}-answer")
    source = writer.notebook["cells"][place]["source"]
    new = {"cell_type": "code", "id": "new", "metadata": {}, "source": source, "outputs": [], "execution_count": None}
    writer.notebook["cells"][place] = new
    return writer


def deleted(name):
    writer = variants(name)
    del writer.notebook["cells"][writer.place(f"{next(iter(writer.lesson.exercises))}-answer")]
    return writer


def strict(name):
    writer = variants(name)
    id = next(iter(writer.lesson.exercises))
    source = writer.notebook["cells"][writer.place(f"{id}-answer")]["source"]
    return writer.write(id, f"np.seterr(all='raise')\nimport warnings\nwarnings.simplefilter('error')\n{source}")


def leaning(name):
    """One wrong, and a right one that calls it."""
    writer = variants(name).write("sigmoid", "def sigmoid(x):\n    return x * 0")
    return writer.write("sigmoid-slope", "def sigmoid_slope(x):\n    s = sigmoid(x)\n    return s * (1 - s)")


def edited(name):
    """Checks, marks of points and the set-up cell changed."""
    writer = mistakes(name, 1)
    for cell in writer.notebook["cells"]:
        if kind_of(nbgrader_of(cell)) == "test":
            cell["source"] = "99"
    return writer


STUDENTS = {
    "02_activations": {
        "variants": variants,
        "mistakes": lambda name: mistakes(name, 0),
        "others": lambda name: mistakes(name, 3),
        "half": half,
        "demo": with_demo,
        "anew": anew,
        "deleted": deleted,
        "strict": strict,
        "leaning": leaning,
        "edited": edited,
        "untouched": Writer,
    },
    "08_optimizers": {"mistakes": lambda name: mistakes(name, 2), "half": half, "demo": with_demo},
}
RESCUED = {  # what only the course's own tools put right; nbgrader gives nothing
    "bare": lambda notebook: [{**c, "metadata": {}} for c in notebook["cells"]],
    "copied": lambda notebook: notebook["cells"],
}


@dataclass(frozen=True)
class Scores:
    """Student -> exercise -> points, by each of the ways to grade."""

    visible: dict
    nbgrader: dict
    grade: dict
    check: dict


def nbgrader(folder, *arguments):
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", *arguments],
        cwd=folder,
        env=kernel_environment(folder / "home") | {"PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def hand_in(folder, name, student, notebook, stem=""):
    place = folder / "submitted" / student / name
    place.mkdir(parents=True, exist_ok=True)
    (place / f"{stem or name}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    return place / f"{stem or name}.ipynb"


def by_nbgrader(folder, name):
    """What nbgrader's gradebook says, and what the visible checks said in the notebooks that it ran."""
    nbgrader(folder, "generate_assignment", name)
    nbgrader(folder, "autograde", name)
    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}") as gradebook:
        submissions = gradebook.assignment_submissions(name)
        scores = {s.student.id: {g.name: g.score for n in s.notebooks for g in n.grades} for s in submissions}
    visible = {}
    for student in scores:
        notebook = nbformat.read(folder / "autograded" / student / name / f"{name}.ipynb", as_version=4)
        tests = [cell for cell in notebook.cells if kind_of(nbgrader_of(cell)) == "test"]
        visible[student] = {grade_id_of(cell): panel_points(cell) for cell in tests}
    return scores, visible


def panel_points(cell):
    """The points of the first panel that a graded cell shows: that of the visible check. Extra ones count nowhere."""
    shown = [output["data"]["text/plain"] for output in cell.outputs if output.output_type == "display_data"]
    points, extra = PANEL.search(shown[0]).groups()
    return 0.0 if extra else float(points)


def by_course(folder, name):
    results, _ = grade(str(folder), name, Options(workers=1), say=lambda text: None)
    return {result.student: {e.id: e.score for e in result.exercises} for result in results}


@pytest.fixture(scope="module", params=[pytest.param(name, marks=pytest.mark.slow) for name in STUDENTS])
def scores(request, tmp_path_factory):
    name = request.param
    theirs, ours = tmp_path_factory.mktemp("theirs"), tmp_path_factory.mktemp("ours")
    for folder in (theirs, ours):
        (folder / "home").mkdir()
        shutil.copy(REPOSITORY / "nbgrader_config.py", folder)
        shutil.copytree(REPOSITORY / "solutions" / name, folder / "solutions" / name)
    handed_in = {}
    for student, write in STUDENTS[name].items():
        notebook = write(name).notebook
        for folder in (theirs, ours):
            handed_in[student] = hand_in(folder, name, student, notebook)
    for student, change in RESCUED.items():
        right = variants(name).notebook
        changed = {**right, "cells": copy.deepcopy(change(right))}
        if student == "copied":
            hand_in(ours, name, student, released(name))
        handed_in[student] = hand_in(ours, name, student, changed, "" if student == "bare" else f"{name}-Copy1")
    with ThreadPoolExecutor(2) as pool:
        other = pool.submit(by_nbgrader, theirs, name)
        grades = by_course(ours, name)
        checks = {}
        for student in set(CHECKED) & set(handed_in):
            checks[student] = {e.id: e.score for e in check_notebook(handed_in[student])[1].exercises}
        found, visible = other.result()
    return name, Scores(visible, found, grades, checks)


def test_four_ways_one_score(scores):
    name, found = scores
    assert set(found.nbgrader) == set(STUDENTS[name])
    for student, points in found.nbgrader.items():
        assert found.grade[student] == pytest.approx(points), student
        assert found.check.get(student, points) == pytest.approx(points), student
        assert found.visible[student] == pytest.approx(points), student


def test_the_answers_earn_what_their_kind_deserves(scores):
    name, found = scores
    full = {e.id: e.counted for e in lessons.load(name).exercises.values()}
    first = next(iter(full))
    for student in {"variants", "demo", "anew", "strict"} & set(STUDENTS[name]) | set(RESCUED):
        assert found.grade[student] == pytest.approx(full), student
    for student, points in found.grade.items():
        if student in ("mistakes", "others", "edited"):
            assert all(points[id] < full[id] for id in full if full[id]), student
        elif student == "leaning":
            assert points == pytest.approx({**full, "sigmoid": 0})
        elif student == "deleted":
            assert points == pytest.approx({**full, first: 0})
        elif student == "half":
            assert [points[id] for id in full][:4] == [0, 0, full[list(full)[2]], 0]


def test_what_only_the_course_s_tools_put_right_agrees_among_them(scores):
    _, found = scores
    assert set(found.check) >= {*RESCUED, "mistakes", "demo"}
    for student in RESCUED:
        assert found.grade[student] == pytest.approx(found.check[student]), student
