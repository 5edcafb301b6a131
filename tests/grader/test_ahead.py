"""What makes grading cheap changes nothing: calls sent together, fonts laid when asked for, names read beforehand."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from autograder.runner.errors import StudentCrash, StudentError, StudentTimeout
from autograder.runner.launch import ForkServer
from autograder.runner.line import MAX_AHEAD, Line
from autograder.runner.sandbox.limits import Limits
from autograder.runner.session import Session

LIMITS = Limits(check_seconds=0.5, cell_seconds=10, clock_factor=40)
STUDENT = """
import os, time
import numpy as np
class Thing:
    numpy = property(lambda self: tried.append("asked"))
tried = []
def double(x): return 2 * x
def fails(x): return 1 / x[0]
def changes(x): x += 1; return x.sum()
def counts(x): tried.append(x[0]); return len(tried)
def thing(x): tried.append(x[0]); return Thing() if x[0] == 2 else len(tried)
def dies(x): return os._exit(3) if x[0] == 2 else x
def hangs(x):
    while x[0] == 2: pass
    return x
def hides(x):
    try:
        while x[0] == 2: pass
    except BaseException: pass
    tried.append(x[0])
    return len(tried)
def large(x): return np.ones((9_000_000,)) if x[0] == 2 else x
"""
OPEN = "import matplotlib.pyplot as plt"


@pytest.fixture(scope="module")
def server() -> Iterator[ForkServer]:
    with ForkServer("numpy", LIMITS) as server:
        server.warm(code=[OPEN, "def broken(:"])
        yield server


@pytest.fixture
def student(server: ForkServer) -> Iterator[Session]:
    with server.spawn() as student:
        assert student.run_cell(STUDENT).status == "ok"
        yield student


def outcome(function: Callable, x: np.ndarray) -> tuple[Any, ...]:
    """What a call gives, with what becomes of its input."""
    try:
        value = function(x)
    except StudentError as error:
        return type(error).__name__, error.kind, error.message, x.tolist()
    if not isinstance(value, np.ndarray | int | float | np.number):
        getattr(value, "numpy")  # noqa: B009 - as a check asks whether it is a tensor
        return type(value).__name__, x.tolist()
    return np.asarray(value).tolist(), x.tolist()


def outcomes(line: Line, name: str, together: bool, inputs: list[np.ndarray]) -> list[tuple[Any, ...]]:
    function, found = line.namespace[name], []
    mine = [x.copy() for x in inputs]
    with function.course_ahead([((x.copy(),), {}) for x in inputs]) if together else contextlib.nullcontext():
        for x in mine:
            found.append(outcome(function, x))
            if found[-1][0] in (StudentCrash.__name__, StudentTimeout.__name__):
                break
    with contextlib.suppress(StudentError):
        found.append(("afterwards", line.namespace["tried"]))
    return found


@pytest.mark.parametrize("copied", [True, False], ids=["in a copy", "in place"])
@pytest.mark.parametrize("name", ["double", "fails", "changes", "counts", "thing", "dies", "hangs", "hides", "large"])
def test_calls_sent_together_end_as_one_by_one(server: ForkServer, name: str, copied: bool) -> None:
    inputs = [np.array([float(k), 1.0]) for k in (0, 1, 2, 3)]
    found = []
    for together in (True, False):
        with server.spawn() as student:
            assert student.run_cell(STUDENT).status == "ok"
            with student.snapshot() if copied else contextlib.nullcontext(student) as line:
                found.append(outcomes(line, name, together, inputs))
    assert found[0] == found[1] and len(found[0]) >= 3


def test_what_is_too_large_or_cannot_travel_is_sent_in_its_turn(student: Session) -> None:
    big = np.ones(MAX_AHEAD // 8 + 1)
    assert [o[0][0] for o in outcomes(student, "double", True, [big, big])[:2]] == [2.0, 2.0]
    double = student.namespace["double"]
    with double.course_ahead([((object(),), {}), ((1,), {})]):
        with pytest.raises(TypeError, match="cannot be sent"):
            double(object())
        assert double(1) == 2


def test_fonts_lie_where_matplotlib_looks_and_only_then(server: ForkServer) -> None:
    with server.spawn() as student:
        student.run_cell("import os, sys\nbefore = os.listdir(), 'matplotlib' in sys.modules")
        drawn = student.run_cell(f"{OPEN}\nplt.plot([1, 2]);")
        assert [output["output_type"] for output in drawn.outputs] == ["display_data"]  # and nothing on stderr
        student.run_cell("import matplotlib.font_manager as f\nlists = os.listdir(os.environ['MPLCONFIGDIR'])")
        before, loaded = student.namespace["before"]
        assert not loaded and ".matplotlib" not in before
        assert [name for name in student.namespace["lists"] if name.startswith("fontlist-")]


def test_the_names_of_the_authors_cells_are_those_that_the_process_would_tell(server: ForkServer) -> None:
    from autograder.runner.bindings import KNOWN

    with server.spawn() as student:
        told, broken = student.names_of([OPEN, "def broken(:"])
        assert told.binds == {"plt"} and broken == type(told)()
        KNOWN[OPEN] = type(told)(binds=frozenset({"from memory"}))
        try:
            assert student.names_of([OPEN])[0].binds == {"from memory"}
        finally:
            del KNOWN[OPEN]


def test_the_server_accounts_for_what_its_children_spent(server: ForkServer) -> None:
    before = server.spent()
    with server.spawn() as student:
        student.run_cell("import time\nwhile time.process_time() < 0.5: pass")
    after = server.spent()
    assert after["students"] - before["students"] > 0.4 and after["judges"] == before["judges"]
    assert after["server"] >= before["server"]


def test_who_goes_before_all_answers_are_there_hangs_up(student: Session) -> None:
    """Else the next question would get an answer to one of those calls."""
    double, calls = student.namespace["double"], 3 * [((np.ones(1),), {})]
    with contextlib.suppress(MemoryError), student.calls_ahead(double._handle, calls):
        double(np.ones(1))
        raise MemoryError
    assert not student.alive
