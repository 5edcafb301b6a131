"""Checks that wait and share a process: each sees the notebook as it was at its cell, as in a copy of its own."""

from __future__ import annotations

import ast
import functools
import random

import numpy as np
import pytest

from autograder.judge.notebook import NotebookProcess
from autograder.judge.testcell import hidden_seed
from autograder.runner.kept import KeptNames, only_names
from autograder.runner.launch import ForkServer
from autograder.runner.line import Line
from autograder.runner.sandbox.limits import Limits
from course_utils import lessons
from tests.grader.test_judge import LESSON, RIGHT, SECRET, graded, judged

LIMITS = Limits(check_seconds=2, cell_seconds=1, submission_seconds=60, clock_factor=2, memory_mb=2048)


@pytest.fixture(scope="module")
def server():
    with ForkServer("numpy", LIMITS) as server:
        yield server


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("def f(x: np.ndarray, k=2) -> float:\n    print(x)\n    return x[0]", True),
        ("a = b = 2 * c + d.pi", True),
        ("'''A text.'''\npass\na if b else (c, 1)", True),
        ("f'{a:.2f}'", True),
        ("", True),
        ("def f(x, seen=[]):\n    return seen", False),
        ("def f(x, start=now()):\n    return x", False),
        ("@wrapped\ndef f(x):\n    return x", False),
        ("def f(x: note()):\n    return x", False),
        ("f(1)", False),
        ("a = [1, 2]", False),
        ("a = {}", False),
        ("a[0] = 1", False),
        ("a.b = 1", False),
        ("a += 1", False),
        ("a, b = 1, 2", False),
        ("import numpy as np", False),
        ("class A:\n    seen = []", False),
        ("for i in a:\n    pass", False),
        ("del a", False),
        ("a = lambda x: x", False),
        ("a = (b := 1)", False),
        ("await a", False),
        ("[print(i) for i in a]", False),
    ],
)
def test_what_only_names(source, expected):
    assert only_names(ast.parse(source).body) is expected


def _counter():
    count = 0

    def step():
        nonlocal count
        count += 1
        return count

    return step


def _with_memory(x, seen=[]):  # noqa: B006
    return seen


class _Own:
    pass


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (1.5, True),
        ("text", True),
        ((1, ("a", None)), True),
        (np.float32(1), True),
        (np, True),
        (np.exp, True),
        (np.ndarray, True),
        (len, True),
        (lessons.load(LESSON), True),
        (hidden_seed, True),
        ([1], False),
        ({}, False),
        (([],), False),
        (np.zeros(2), False),
        (_Own(), False),
        (_counter(), False),
        (_with_memory, False),
        ([].append, False),
        (functools.partial(print), False),
        (np.random.default_rng(1), False),
    ],
)
def test_names_are_kept_where_no_call_can_change_them(value, kept):
    namespace = {"In": [], "history": []}
    names = KeptNames(namespace)
    namespace["value"] = value
    assert (names.keep() is not None) is kept


class _Lies:
    @property
    def __class__(self):
        raise RuntimeError("no kind of mine")


@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [("In", 5, False), ("In", (), False), ("exit", [], False), ("exit", 1, True), ("other", _Lies, False)],
)
def test_names_that_ipython_uses_itself(name, value, kept):
    namespace = {"In": [], "exit": print}
    names = KeptNames(namespace)
    namespace[name] = value() if value is _Lies else value
    assert (names.keep() is not None) is kept


def test_what_is_brought_back():
    namespace = {"In": ["first"], "there": 1}
    names = KeptNames(namespace)
    state = random.getstate(), np.random.get_state()  # noqa: NPY002
    assert names.keep() == 0
    first = random.random(), np.random.rand()  # noqa: NPY002
    namespace["In"] += ["second"]
    namespace.update(there=2, new=3)
    assert names.keep() == 1
    names.bring_back(0)
    assert namespace == {"In": ["first"], "there": 1}
    assert (random.random(), np.random.rand()) == first  # noqa: NPY002
    names.bring_back(1)
    assert namespace == {"In": ["first", "second"], "there": 2, "new": 3}
    random.setstate(state[0])
    np.random.set_state(state[1])  # noqa: NPY002


class Notebook:
    """A notebook whose checks ask for the value of an expression there."""

    def __init__(self, server, *cells):
        self.spawned, self.begun, sessions = 0, [], []

        def spawn():
            self.spawned += 1
            sessions.append(server.spawn())
            return sessions[-1]

        self.sessions = sessions
        self.process = NotebookProcess([{"source": cell} for cell in cells], spawn, lambda: None)
        self.process.runs = set(range(len(cells)))

    def values(self, *places, last=False, ended=False):
        """Run all cells; what `value()` gives for the checks below the cells at these places."""
        due, found = [], {}
        for place in range(len(self.process._cells)):
            self.process.run(place)
            if place in places:
                due.append(self.process.due(place + 1))
        if ended:
            self.process.session._abandon()
        self.waited = [one.kept is not None for one in due]

        def check(place: int, line: Line) -> None:
            self.begun.append(line)
            try:
                found[place - 1] = line.namespace["value"]()
            except Exception as error:
                found[place - 1] = type(error).__name__

        self.process.serve(due, check, last)
        for session in self.sessions:
            session.__exit__()
        return [found[place] for place in places]


DRAWN = "import random\ndef value():\n    return random.random()"


@pytest.mark.parametrize("last", [False, True])
@pytest.mark.parametrize(
    ("cells", "expected", "copies"),
    [
        (["def value():\n    return part", "part = 1"], ["StudentNameError", 1], 1),
        (["part = 1\ndef value():\n    return part", "part = 2"], [1, 2], 1),
        (["part = 1\ndef value():\n    global part\n    part += 1\n    return part", "1"], [2, 2], 1),
        (["def value():\n    return globals().setdefault('more', 5)", "more = 1 + 1"], [5, 2], 1),
        (["def value():\n    open('f', 'x').close()\n    return 1", "2"], [1, 1], 1),
        (["def value():\n    return 1", "def value():\n    import os\n    os._exit(3)"], [1, "StudentCrash"], 1),
        (["def value():\n    import os\n    os._exit(3)", "def value():\n    return 1"], ["StudentCrash", 1], 2),
        (["def value():\n    while True:\n        pass", "def value():\n    return 1"], ["StudentTimeout", 1], 2),
        (
            [
                "def value():\n    import threading, time\n    threading.Thread(target=time.sleep, args=(9,)).start()\n"
                "    return threading.active_count()",
                "1",
            ],
            [2, 2],
            2,
        ),
        (["seen = []\ndef value():\n    seen.append(1)\n    return len(seen)", "1"], [1, 1], 2),
    ],
)
def test_each_check_sees_the_notebook_as_it_was_at_its_cell(server, cells, expected, copies, last):
    notebook = Notebook(server, *cells)
    found = notebook.values(0, 1, last=last)
    assert [value if isinstance(value, int) else str(value) for value in found] == expected
    if not last:
        assert len({id(line) for line in notebook.begun}) == copies


def test_random_numbers_are_the_same_in_each_check(server):
    first, second = Notebook(server, DRAWN, "1").values(0, 1)
    assert first == second


@pytest.mark.parametrize("last", [False, True])
def test_checks_that_wait_are_served_where_the_process_has_ended(server, last):
    notebook = Notebook(server, "def value():\n    return 1", "1", "def value():\n    return 2")
    assert notebook.values(0, 2, last=last, ended=True) == [1, 2]
    assert notebook.spawned == 2  # the new one stands at the first check, then goes on to the second


def test_the_last_checks_need_no_copy(server):
    notebook = Notebook(server, "def value():\n    return 1", "def value():\n    return 2")
    assert notebook.values(0, 1, last=True) == [1, 2]
    assert notebook.waited == [True, True]
    assert notebook.begun == [notebook.process.session] * 2


def test_a_helper_from_further_down_is_missing_as_in_nbgrader(server):
    relu = "def relu(x):\n    return lower(x)"
    helper = "def lower(x):\n    return np.maximum(0, x)"
    exercises = judged(
        server, ["import numpy as np", relu, graded("relu"), helper, RIGHT["sigmoid"], graded("sigmoid")]
    ).exercises
    assert [e.status for e in exercises] == ["error", "passed"]
    exercises = judged(server, ["import numpy as np", helper, relu, graded("relu")]).exercises
    assert [e.status for e in exercises] == ["passed"]


def test_a_right_lesson_needs_one_process_and_no_copy(server, monkeypatch):
    cells = ["import numpy as np"]
    for exercise in lessons.load(LESSON).exercises:
        cells += [RIGHT[exercise], graded(exercise)]
    lines = []
    serve = NotebookProcess.serve

    def noted(self, checks, check, last=False):
        def one(place, line):
            lines.append(line)
            check(place, line)

        serve(self, checks, one, last)

    monkeypatch.setattr(NotebookProcess, "serve", noted)
    result = judged(server, cells, SECRET)
    assert result.score == result.max_score
    assert len(lines) == len(lessons.load(LESSON).exercises)
    assert len({id(line) for line in lines}) == 1
