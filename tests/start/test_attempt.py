"""A notebook knows its answers by the cells: the same text is one try, and an answer cell that stopped is told of."""

from __future__ import annotations

import sys

import pytest
from IPython.core.interactiveshell import InteractiveShell

from course_utils import lessons
from course_utils.exercises import context
from course_utils.notebook import attempt, progress
from course_utils.notebook import context as notebook

LESSON = lessons.load("02_activations")
HINT = next(mistake.hint for mistake in LESSON["relu"].mistakes if mistake.name == "absolute-value")
WRONG = "def relu(x):\n    return abs(x)"
RIGHT = "def relu(x):\n    return x * (x > 0)"


@pytest.fixture
def shell(tmp_path, monkeypatch):
    """A shell of IPython in which the lesson has been started, with a record of its own."""
    monkeypatch.setenv("COURSE_HOME", str(tmp_path))
    monkeypatch.setattr(progress, "_unsaved", [])
    monkeypatch.setattr(attempt, "_stopped", {})
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])  # which a shell replaces
    for name in ("NBGRADER_EXECUTION", "COURSE_GRADING", "COURSE_BUILD"):
        monkeypatch.delenv(name, raising=False)
    shell = InteractiveShell()
    monkeypatch.setattr(notebook, "_shell", lambda: shell)
    with context.using(notebook.Notebook()) as here:
        here.watch()
        shell.run_cell("import numpy as np", store_history=True)
        shell.push({"lesson": LESSON})
        yield shell


def checked(shell, *cells: str) -> str:
    """What the check says after these cells."""
    for cell in cells:
        shell.run_cell(cell, store_history=True)
    shown = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(notebook, "show", lambda panel: shown.append(repr(panel)))
        shell.run_cell('lesson.check("relu")', store_history=True)
    return shown[0]


def tries() -> int:
    return len({answer for _, answer in progress.checks_of("02_activations", "relu")})


@pytest.mark.parametrize(
    ("cells", "count"),
    [
        ([WRONG, WRONG], 1),
        ([WRONG, f"{WRONG}  # once more", "\n\ndef relu(x):\n\n    return abs( x )"], 1),
        ([WRONG, "def relu(x):\n    return -x"], 2),
        (["def relu(x):\n    return helper(x)\ndef helper(x): return x", "def helper(x): return -x"], 2),
        ([WRONG, "other = 3", "def unused(x): return x"], 1),
    ],
    ids=["again", "layout", "another", "a helper of another cell", "what it does not use"],
)
def test_tries_are_told_apart_by_the_text_of_the_answer(shell, cells, count):
    for cell in cells:
        checked(shell, cell)
    assert tries() == count and "" not in dict(progress.checks_of("02_activations", "relu")).values()


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("def relu(x)\n    return x * (x > 0)", "ends in a colon"),
        ("def relu(x):\n    return x * (x > 0)\nrelu(nonsense)", "NameError: name 'nonsense' is not defined"),
    ],
    ids=["cannot be read", "stops"],
)
def test_an_answer_cell_that_stopped_is_told_of(shell, cell, told):
    assert "Hint" in (before := checked(shell, WRONG)) and "stopped with" not in before
    after = checked(shell, cell)
    assert "Look above first: the cell with `relu` stopped with" in after and told in after and "may be older" in after
    assert "stopped with" not in checked(shell, RIGHT)


def test_it_is_told_before_the_hint_for_what_was_there_before(shell):
    checked(shell, WRONG)
    said = checked(shell, "def relu(x)\n    return x")
    assert said.index("Look above first") < said.index(HINT)
    assert progress.mistakes_of("02_activations", "relu") == ["absolute-value"] * 2


def test_the_first_answer_that_cannot_be_read_is_not_called_a_cell_that_was_not_run(shell):
    said = checked(shell, "def relu(x)\n    return x")
    assert "SyntaxError" in said and "run it again" in said and "Run the cell above" not in said


def test_an_error_in_another_cell_is_none_of_its_business(shell):
    assert "stopped with" not in checked(shell, WRONG, "1 / 0", "relu(nonsense)")
