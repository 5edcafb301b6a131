"""Cells that lost nbgrader's mark are known again, and of several notebooks the one with the answers is taken."""

from __future__ import annotations

import copy
import json

import nbformat
import pytest

from autograder.assignment import Assignment, trusted_cells
from autograder.errors import InvalidSubmission
from autograder.marks import bound_names
from autograder.selfcheck import check_notebook
from autograder.source import REPOSITORY
from autograder.submission import read_submission
from course_utils import lessons
from tests.grader import toy

NAME = "02_activations"
RELU = "def relu(x):\n    return np.maximum(0, x)"


def notebook_at(folder, name):
    notebook = json.loads((REPOSITORY / folder / name / f"{name}.ipynb").read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        cell["source"] = "".join(cell["source"])
    return notebook


def released(name):
    return notebook_at("lessons", name)


def solved(name):
    return notebook_at("solutions", name)


def assignment_of(name):
    return Assignment(name, {name: list(trusted_cells(nbformat.from_dict(released(name)), name))})


def grade_id(cell):
    return cell["metadata"].get("nbgrader", {}).get("grade_id")


def without_marks(notebook, ids=True):
    """As converters and other editors leave it: no metadata of cells, with or without their ids."""
    notebook = copy.deepcopy(notebook)
    for cell in notebook["cells"]:
        cell["metadata"] = {}
        if not ids:
            del cell["id"]
    return notebook


def put(folder, notebook, name):
    (folder / f"{name}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")


def read(folder, name, **notebooks):
    """The submission of a folder with these notebooks; `own` stands for the lesson's own name."""
    for stem, notebook in notebooks.items():
        put(folder, notebook, name if stem == "own" else stem)
    return read_submission(folder, assignment_of(name), "ann")


def sources(submission, name):
    return {grade_id(cell): cell["source"] for cell in submission.notebooks[name]["cells"] if grade_id(cell)}


@pytest.mark.parametrize("ids", [True, False], ids=["ids kept", "ids lost"])
@pytest.mark.parametrize("name", lessons.names())
def test_every_lesson_is_known_without_its_marks(tmp_path, name, ids):
    marked, bare = tmp_path / "marked", tmp_path / "bare"
    for folder in (marked, bare):
        folder.mkdir()
    expected = read(marked, name, own=solved(name))
    found = read(bare, name, own=without_marks(solved(name), ids))
    assert sources(found, name) == sources(expected, name)
    assert found.missing == expected.missing == frozenset()
    assert "recognised" in found.problems[0]
    texts = [cell["source"] for cell in found.notebooks[name]["cells"]]
    assert texts == [cell["source"] for cell in expected.notebooks[name]["cells"]]


def with_relu(notebook, how):
    """The lesson in which the answer to relu is not in its own cell."""
    notebook = copy.deepcopy(notebook)
    cells = notebook["cells"]
    place = next(i for i, cell in enumerate(cells) if grade_id(cell) == "relu-answer")
    new = {"cell_type": "code", "id": "new", "metadata": {}, "source": RELU, "outputs": [], "execution_count": None}
    del cells[place]
    cells.insert({"in its place": place, "below the check": place + 1, "at the end": len(cells)}[how], new)
    return notebook


@pytest.mark.parametrize("how", ["in its place", "below the check", "at the end"])
def test_a_deleted_answer_is_found_where_it_was_written_anew(tmp_path, how):
    submission = read(tmp_path, NAME, own=with_relu(released(NAME), how))
    assert sources(submission, NAME)["relu-answer"] == RELU
    assert (NAME, "relu-answer") not in submission.missing
    assert "relu-answer" in submission.problems[0]


def test_of_two_cells_that_bind_the_name_the_last_above_the_check_is_the_answer(tmp_path):
    notebook = with_relu(released(NAME), "in its place")
    place = next(i for i, cell in enumerate(notebook["cells"]) if cell["id"] == "new")
    notebook["cells"].insert(place, {**notebook["cells"][place], "id": "first", "source": "def relu(x):\n    return x"})
    notebook["cells"].append({**notebook["cells"][place], "id": "last", "source": "relu = None"})
    submission = read(tmp_path, NAME, own=notebook)
    assert sources(submission, NAME)["relu-answer"] == RELU
    texts = [cell["source"] for cell in submission.notebooks[NAME]["cells"]]
    assert texts.index("def relu(x):\n    return x") < texts.index(RELU) < texts.index("relu = None")


NOT_THE_LESSON = {
    "another lesson": lambda: released("03_layers"),
    "another lesson without marks": lambda: without_marks(released("03_layers")),
    "no cells": lambda: {**released(NAME), "cells": []},
    "only text": lambda: {**released(NAME), "cells": [c for c in released(NAME)["cells"] if c["cell_type"] != "code"]},
}


@pytest.mark.parametrize("kind", NOT_THE_LESSON)
@pytest.mark.parametrize("stem", ["own", "another name"])
def test_a_notebook_without_the_lesson_s_exercises_is_refused(tmp_path, kind, stem):
    with pytest.raises(InvalidSubmission, match="none of the lesson's exercises"):
        read(tmp_path, NAME, **{stem: NOT_THE_LESSON[kind]()})


def answered(notebook, **answers):
    notebook = copy.deepcopy(notebook)
    for cell in notebook["cells"]:
        id = (grade_id(cell) or "").removesuffix("-answer")
        if id in answers and grade_id(cell) != id:
            cell["source"] = answers[id]
    return notebook


UNTOUCHED, WORKED, MORE = released(NAME), answered(released(NAME), relu=RELU), solved(NAME)
FOLDERS = {  # the notebooks in a folder, which of them is taken, and what is said
    "a copy beside the untouched one": ({"own": UNTOUCHED, "02_activations-Copy1": WORKED}, WORKED, "handed out"),
    "a browser's copy": ({"own": UNTOUCHED, "02_activations (1)": WORKED}, WORKED, "handed out"),
    "an untouched copy": ({"own": WORKED, "02_activations-Copy1": UNTOUCHED}, WORKED, None),
    "both were worked in": ({"own": WORKED, "02_activations-Copy1": MORE}, WORKED, "left aside"),
    "two copies": ({"own": UNTOUCHED, "02_activations-Copy1": WORKED, "02_activations-Copy2": MORE}, MORE, "Copy2"),
    "only a copy": ({"my homework": WORKED}, WORKED, "my homework"),
    "a copy and another notebook": ({"02_activations_copy": WORKED, "notes": released("03_layers")}, WORKED, "_copy"),
    "an untouched one and another notebook": ({"own": UNTOUCHED, "notes": solved("03_layers")}, UNTOUCHED, None),
    "a copy without marks": ({"own": UNTOUCHED, "x": without_marks(WORKED, ids=False)}, WORKED, "'x.ipynb'"),
    "a damaged one and a copy": ({"own": 3, "02_activations-Copy1": WORKED}, WORKED, "cannot be read"),
    "a copy that is damaged": ({"own": UNTOUCHED, "02_activations-Copy1": 3}, UNTOUCHED, None),
    "both untouched": ({"own": UNTOUCHED, "02_activations-Copy1": UNTOUCHED}, UNTOUCHED, None),
}


@pytest.mark.parametrize("kind", FOLDERS)
def test_the_notebook_with_the_answers_is_taken_and_said(tmp_path, kind):
    notebooks, taken, said = FOLDERS[kind]
    (tmp_path / "alone").mkdir()
    (tmp_path / "folder").mkdir()
    expected = read(tmp_path / "alone", NAME, own=taken)
    found = read(tmp_path / "folder", NAME, **notebooks)
    assert sources(found, NAME) == sources(expected, NAME)
    assert said in " ".join(found.problems) if said else not found.problems


def test_course_check_knows_a_copy_without_any_metadata(tmp_path):
    bare = {**without_marks(WORKED, ids=False), "metadata": {}}
    put(tmp_path, bare, "02_activations-Copy1")
    name, result = check_notebook(tmp_path / "02_activations-Copy1.ipynb")
    assert (name, result.max_score) == (NAME, lessons.load(NAME).points)
    assert result.find(NAME, "relu").status == "passed"


def test_an_assignment_of_several_notebooks_takes_each_once(tmp_path):
    cells = list(trusted_cells(nbformat.from_dict(toy.released()), "toy"))
    assignment = Assignment("two", {"toy": cells, "other": assignment_of(NAME).notebooks[NAME]})
    put(tmp_path, WORKED, "other-Copy1")
    put(tmp_path, toy.honest(), "toy-Copy1")
    submission = read_submission(tmp_path, assignment, "ann")
    assert sources(submission, "other")["relu-answer"] == RELU
    assert sources(submission, "toy")["double-answer"] == toy.ANSWERS["double"]


NO_BINDING = ("if x: y = 1", "x <= 3", "x[0] = 2", "x.y = 3", "lesson.check('a') == 2", "f(a=1)", "  z = 1", "x == y")


@pytest.mark.parametrize("line", NO_BINDING)
def test_what_binds_no_name_is_no_answer(line):
    assert list(bound_names(line)) == []


def test_a_line_without_an_end_costs_no_time():
    assert list(bound_names("a" + ", a" * 200_000 + "((= 1")) == []
    assert list(bound_names("a" + ", a" * 20 + " = 1")) == ["a"] * 21
