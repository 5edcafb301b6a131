"""Tests that are none of the course's own checks run in the student's process: what they end, and what is said."""

from __future__ import annotations

import dataclasses

import nbformat
import pytest

from autograder.assignment import Assignment, TrustedCell
from autograder.errors import UsageError
from autograder.judge.judging import judge
from autograder.records import assignments
from autograder.results import SubmissionResult
from autograder.runner.launch import ForkServer
from autograder.runner.sandbox.limits import Limits
from autograder.submission import Submission
from course_utils import lessons

LESSON = "02_activations"
RELU = "import numpy as np\ndef relu(x): return np.maximum(0, x)"
LIMITS = Limits(check_seconds=2, cell_seconds=1, submission_seconds=60, memory_mb=2048, output_kb=8)
START = f"import course_utils\nlesson = course_utils.start({LESSON!r})"


@pytest.fixture(scope="module")
def server():
    with ForkServer("numpy", LIMITS) as server:
        yield server


def graded(id: str, source: str) -> TrustedCell:
    return TrustedCell(id, "nb", "code", source, "test", 2.0)


SETUP = TrustedCell("setup", "nb", "code", START, "readonly")
OWN = graded("relu", 'lesson.check("relu")\nlesson.grade("relu")')


def judged(server: ForkServer, *cells: TrustedCell | str, name: str = "homework") -> SubmissionResult:
    """The result for one notebook: the student's cells as text, the assignment's as they are."""
    trusted = [cell for cell in cells if isinstance(cell, TrustedCell)]
    made = [
        nbformat.v4.new_code_cell(cell.source, metadata={"nbgrader": cell.nbgrader_metadata()})
        if isinstance(cell, TrustedCell)
        else nbformat.v4.new_code_cell(cell)
        for cell in cells
    ]
    notebook = nbformat.v4.new_notebook(cells=made)
    return judge(Assignment(name, {"nb": trusted}), Submission("s", None, {"nb": notebook}), server, b"secret")


def verdicts(result: SubmissionResult) -> dict[str, tuple[float, str, bool]]:
    return {e.id: (e.score, e.status, e.in_process) for e in result.exercises}


FORGED = """
import numpy as np
def everything_passes(*_, **__): pass
np.testing.assert_allclose = everything_passes
def relu(x): return x
"""


def test_a_forged_pass_is_possible_there_told_so_and_never_in_the_course_s_own_checks(server: ForkServer) -> None:
    plain = graded("plain", "np.testing.assert_allclose(relu(np.array([-1.0])), [0.0])")
    result = judged(server, SETUP, FORGED, OWN, plain)
    assert verdicts(result)["plain"] == (2.0, "passed", True)
    score, status, in_process = verdicts(result)["relu"]
    assert (status, in_process) == ("wrong", False) and score == 0
    told = {e["id"]: e.get("judged") for e in result.to_json()["exercises"]}
    assert told == {"relu": None, "plain": "in the student's process"}


def test_an_instructor_s_own_test_stands_in_a_lesson_beside_the_course_s_checks(server: ForkServer) -> None:
    mine = graded("mine", "%matplotlib inline\nimport inspect\nassert 'maximum' in inspect.getsource(relu)")
    result = judged(server, SETUP, RELU, OWN, mine)
    assert verdicts(result) == {"relu": (2.0, "passed", False), "mine": (2.0, "passed", True)}


ENDLESS = "while True:\n    try: sum(range(10 ** 6))\n    except BaseException: pass"
ENDS = {
    "the whole process": ("import os\nos._exit(0)", "crashed"),
    "memory that is not there": ("import ctypes\nctypes.string_at(0)", "crashed"),
    "a loop that cannot be stopped": (ENDLESS, "timed_out"),
}


@pytest.mark.parametrize("name", ENDS)
def test_a_test_that_ends_the_process_takes_the_plain_tests_below_it_with_it(server: ForkServer, name: str) -> None:
    source, status = ENDS[name]
    before, bad, after = graded("before", "assert relu(-1) == 0"), graded("bad", source), graded("after", "assert True")
    result = judged(server, SETUP, RELU, before, bad, after, OWN)
    assert verdicts(result) == {
        "before": (2.0, "passed", True),
        "bad": (0.0, status, True),
        "after": (0.0, "crashed", True),
        "relu": (2.0, "passed", False),
    }
    assert result.status == status and "'bad'" in result.reason
    assert "'bad'" in next(e.message for e in result.exercises if e.id == "after")


HARMLESS = {
    "a loop": ("while True: pass", "timed_out"),
    "an exit": ("raise SystemExit", "error"),
    "a pytest outcome": ("import pytest\npytest.fail('no')", "error"),
    "an interrupt": ("raise KeyboardInterrupt", "error"),
    "too much memory": ("x = bytearray(10 ** 11)", "error"),
    "no Python": ("assert (", "error"),
    "the author's name is not there": ("assert unknown_name", "missing"),
}


@pytest.mark.parametrize("name", HARMLESS)
def test_a_test_that_stops_costs_its_own_points_only(server: ForkServer, name: str) -> None:
    source, status = HARMLESS[name]
    result = judged(server, RELU, graded("bad", source), graded("after", "assert relu(-1) == 0"))
    assert verdicts(result) == {"bad": (0.0, status, True), "after": (2.0, "passed", True)}
    assert result.exercises[0].message


LOUD = {  # however much is shown first, what counts is not cut away
    "an error": ("1 / 0", 0.0),
    "text on stderr": ("import sys; print('x', file=sys.stderr)", 0.0),
    "points": ("0.5", 0.5),
    "nothing": ("None", 2.0),
    "an output taken back": ("1.5\nfrom IPython.display import clear_output\nclear_output()\n0.5", 0.5),
}


@pytest.mark.parametrize("name", LOUD)
def test_long_outputs_do_not_hide_what_counts(server: ForkServer, name: str) -> None:
    last, points = LOUD[name]
    result = judged(server, graded("loud", f"print('x' * 100_000)\n{last}"))
    assert result.score == points


def test_an_answer_that_was_deleted_is_not_run_as_its_stub(server: ForkServer) -> None:
    stub = TrustedCell("relu-solution", "nb", "code", "def relu(x): raise NotImplementedError", "answer")
    cells = [RELU, stub, graded("plain", "assert relu(-1) == 0")]
    trusted = cells[1:]
    made = [
        nbformat.v4.new_code_cell(RELU),
        *(nbformat.v4.new_code_cell(c.source, metadata={"nbgrader": c.nbgrader_metadata()}) for c in trusted),
    ]
    notebook = nbformat.v4.new_notebook(cells=made)
    gone = frozenset({("nb", "relu-solution")})
    result = judge(Assignment("h", {"nb": trusted}), Submission("s", None, {"nb": notebook}, gone), server, b"")
    assert result.score == 2.0


MIXED = {  # lines of an author's own below a check of the course, the answer, and what becomes of it
    "plain values": ("assert relu(-3) == 0", RELU, "passed"),
    "a wrong value": ("assert relu(-3) == 0", "def relu(x): return x", "wrong"),
    "a variable": ("assert seven == 7", RELU + "\nseven = 7", "passed"),
    "a set": ("assert relu(-3) != set()", "def relu(x): return {0}", "manual"),
    "always true": ("assert relu", RELU, "manual"),
    "its kind": ("assert isinstance(relu(1), int)", "class Int(int): pass\ndef relu(x): return object()", "manual"),
    "its class": ("assert isinstance(3, Number)", RELU + "\nclass Number: pass", "manual"),
    "its text": ("assert relu.__doc__ is None", RELU, "manual"),
    "a lambda": ("assert relu(lambda: 1)", "def relu(x): return 1", "manual"),
    "refused and swallowed": ("try:\n    assert relu == 1\nexcept BaseException: pass", RELU, "manual"),
    "a name of Python's own": ("assert max([1, 3]) == 3", RELU + "\ndef max(rows): return rows[0]", "manual"),
    "a magic": ("%time relu(1)", RELU, "manual"),
    "pytest": ("import pytest\nwith pytest.raises(ValueError): relu(1)", RELU, "error"),
    "an exit": ("raise SystemExit", RELU, "error"),
}


@pytest.mark.parametrize("name", MIXED)
def test_what_a_check_cannot_ask_waits_for_a_person(server: ForkServer, name: str) -> None:
    lines, answer, status = MIXED[name]
    cell = graded("mixed", f"points = lesson.grade('relu')\n{lines}")
    verdict = judged(server, SETUP, answer, cell).exercises[0]
    assert (verdict.status, verdict.in_process) == (status, False), verdict
    assert verdict.score == (2.0 if status == "passed" else 0.0)
    assert "A person has to look" in verdict.message if status == "manual" else True


def test_what_is_too_large_to_travel_waits_for_a_person(server: ForkServer) -> None:
    deep = "def relu(x):\n    rows = []\n    for _ in range(100): rows = [rows]\n    return rows"
    verdict = judged(server, SETUP, deep, OWN).exercises[0]
    assert (verdict.status, verdict.score) == ("manual", 0.0) and "nested" in verdict.message


def test_whose_a_test_is() -> None:
    lesson = lessons.load(LESSON)
    calls = [f'lesson.check("{id}")\nlesson.grade("{id}")' for id in lesson.exercises]
    assert all(graded("x", source).own_check for source in calls)
    others = ["assert lesson", "x.grade('relu')", "# lesson.check('relu')", "'lesson.check(1)'", "lesson = 3", ""]
    assert not any(graded("x", source).own_check for source in others)


def test_another_language_is_refused(monkeypatch: pytest.MonkeyPatch, toy_course) -> None:
    written = assignments.load_assignment(toy_course, "toy")
    kernel = {"name": "ir", "language": "R", "display_name": "R"}
    other = dataclasses.replace(written, kernelspecs={"toy": kernel})
    monkeypatch.setattr(assignments, "_from_gradebook", lambda *_: other)
    with pytest.raises(UsageError, match="nbgrader autograde toy"):
        assignments.load_assignment(toy_course, "toy")


def test_a_cell_that_nbclient_would_skip_is_not_run(server: ForkServer) -> None:
    skipped = nbformat.v4.new_code_cell("ran = True", metadata={"tags": ["skip-execution"]})
    test = graded("plain", "assert 'ran' not in globals()")
    cells = [skipped, nbformat.v4.new_code_cell(test.source, metadata={"nbgrader": test.nbgrader_metadata()})]
    content = nbformat.v4.new_notebook(cells=cells)
    result = judge(Assignment("h", {"nb": [test]}), Submission("s", None, {"nb": content}), server, b"")
    assert verdicts(result) == {"plain": (2.0, "passed", True)}


REFUSED = {  # a test asks for it, and what it asks with is the answer's or its own
    "a command": "said = !echo 5\nassert said == ['5']",
    "a script": "%%bash\necho 5",
    "the shell": "import os\nassert os.system('true') == 0",
    "another Python": "import subprocess, sys\nsubprocess.run([sys.executable, '-V'], check=True)",
    "a server of its own": "import socket\nsocket.create_server(('127.0.0.1', 0))",
    "an address": "import urllib.request\nurllib.request.urlopen('http://localhost:1')",
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_fails_because_the_cage_refused_it_waits_for_a_person(server: ForkServer, name: str) -> None:
    result = judged(server, RELU, graded("asks", REFUSED[name]), graded("after", "assert relu(-1) == 0"))
    assert verdicts(result) == {"asks": (0.0, "manual", True), "after": (2.0, "passed", True)}
    what = "the network" if name in ("a server of its own", "an address") else "a program"
    assert f"asked for {what}" in result.exercises[0].message and "'asks' asked for" in result.reason


def test_what_a_cell_was_refused_is_told_where_a_test_fails_below_it(server: ForkServer) -> None:
    load = "import urllib.request\nrows = urllib.request.urlopen('http://localhost:1').read()"
    result = judged(server, load, graded("plain", "assert rows"), graded("fine", "assert True"))
    assert verdicts(result)["plain"] == (0.0, "missing", True)
    assert result.reason == "cell 1 of nb asked for the network, which nothing gets while grading"
    assert judged(server, load, graded("fine", "assert True")).reason == ""


def test_a_command_changes_nothing_where_the_test_passes_or_its_name_is_missing(server: ForkServer) -> None:
    good, bad = graded("good", "!ls\nassert relu(-1) == 0"), graded("bad", "!ls\nassert sigmoid(0) == 0.5")
    result = judged(server, RELU, good, bad)
    assert verdicts(result) == {"good": (2.0, "passed", True), "bad": (0.0, "missing", True)}


def test_a_text_whose_cell_is_gone_is_looked_for_by_a_person(server: ForkServer) -> None:
    text = TrustedCell("why", "nb", "markdown", "YOUR ANSWER HERE", "manual", 2.0)
    cell = nbformat.v4.new_markdown_cell(text.source, metadata={"nbgrader": text.nbgrader_metadata()})
    content = nbformat.v4.new_notebook(cells=[cell])
    for missing, status in ((frozenset(), "not_attempted"), (frozenset({("nb", "why")}), "manual")):
        trusted = [text, graded("plain", "assert True")]  # without it the notebook itself would be missing
        submission = Submission("s", None, {"nb": content}, missing)
        assert judge(Assignment("h", {"nb": trusted}), submission, server, b"").exercises[0].status == status


LATER = """
import asyncio
done = []
async def later():
    for _ in range(3): await asyncio.sleep(0)
    done.append(1)
job = asyncio.create_task(later())
"""


def test_a_task_goes_on_between_two_cells_whatever_it_shows(server: ForkServer) -> None:
    """In nbgrader how far it comes is luck, while in a notebook the learner is slower than any such task."""
    loud = LATER.replace("done.append(1)", "done.append(1); import sys; print(1, file=sys.stderr)")
    result = judged(server, graded("makes", loud), graded("after", "assert done == [1]"))
    assert verdicts(result) == {"makes": (2.0, "passed", True), "after": (2.0, "passed", True)}
