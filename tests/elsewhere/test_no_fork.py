"""`course check` and `course progress` where no process can be forked: the same verdicts, and what is lost is said."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path, PureWindowsPath

import pytest

from autograder import demo_class
from autograder.assignment import Assignment
from autograder.cells import grade_id_of
from autograder.errors import JudgeLost, ServerError
from autograder.judge import unconfined
from autograder.runner import launch
from autograder.runner.fresh import FreshProcesses
from autograder.runner.sandbox.limits import Limits
from autograder.selfcheck import check_notebook
from autograder.source import REPOSITORY
from course_utils import lessons
from tests.elsewhere.machines import course, like_windows

UNCONFINED = "ran unconfined, as in your own Jupyter"
QUICK = Limits(check_seconds=1, cell_seconds=1, clock_factor=3)
PATIENT = replace(QUICK, clock_factor=100)  # by the clock of a busy machine


@pytest.fixture(scope="session")
def windows(tmp_path_factory):
    return like_windows(tmp_path_factory.mktemp("windows"))


def checked(notebook: Path, windows: dict[str, str], told: Path) -> dict:
    """The submission in the JSON of a check there."""
    done = course(windows, "check", notebook, "--json", told)
    assert b"Traceback" not in done.stderr and done.returncode in (0, 1), done.stderr.decode("cp1252")
    assert b"The process that judged it failed" not in done.stdout, done.stdout.decode("cp1252")
    return json.loads(told.read_text(encoding="utf-8"))["submissions"][0]


@pytest.mark.parametrize(
    ("lesson", "kinds"),
    [
        ("02_activations", ("mistaken", "partial", "os_exit")),
        ("08_optimizers", ("variant", "mistaken")),
        pytest.param("09_keras_workflow", ("mistaken",), marks=pytest.mark.slow),
    ],
)
def test_verdicts_and_points_are_those_of_the_cage(lesson, kinds, windows, tmp_path):
    """The made-up class is checked as the course checks it, and once more where nothing can be forked."""
    list(demo_class.write_class(lesson, tmp_path / "class", students=30, seed=3))
    people, met = demo_class.make_class(lessons.load(lesson), 30, 3), set()
    for kind in kinds:
        person = [p for p in people if p.kind == kind][-1]  # of later mistaken ones some answers are right
        notebook = tmp_path / "class" / "submitted" / person.id / lesson / f"{lesson}.ipynb"
        _, caged = check_notebook(notebook)
        found = checked(notebook, windows, tmp_path / f"{kind}.json")
        expected = {e.id: (e.status, e.score, e.mistake) for e in caged.exercises}
        assert {e["id"]: (e["status"], e["score"], e["mistake"]) for e in found["exercises"]} == expected, kind
        assert (found["status"], found["score"]) == (caged.status, caged.score)
        met |= {e.status for e in caged.exercises}
    assert met >= {"passed", "wrong"}


def test_one_sentence_says_that_the_code_ran_unconfined(windows, tmp_path):
    notebook = tmp_path / "02_activations.ipynb"
    notebook.write_bytes((REPOSITORY / "lessons/02_activations/02_activations.ipynb").read_bytes())
    done = course(windows, "check", notebook)
    assert done.returncode == 0
    said = done.stdout.decode("cp1252")
    assert said.isascii() and " ".join(said.split()).count(UNCONFINED) == 1
    assert "o ReLU" in said and "-" * 80 in said  # signs that the code page lacks, by their likeness


def test_line_ends_of_windows_change_nothing(windows, tmp_path):
    """As a checkout or an editor there leaves them: in the notebook, in its cells, in the files beside it."""
    notebook = json.loads((REPOSITORY / "solutions/02_activations/02_activations.ipynb").read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        cell["source"] = "".join(cell["source"]).replace("\n", "\r\n")
        if grade_id_of(cell) == "relu-answer":
            cell["source"] = f"assert open('notes.txt').read() == 'one\\ntwo\\n'\r\nimport helper\r\n{cell['source']}"
    (tmp_path / "notes.txt").write_bytes(b"one\r\ntwo\r\n")
    (tmp_path / "helper.py").write_bytes(b"x = 1\r\ny = 2\r\n")
    path = tmp_path / "02_activations.ipynb"
    path.write_bytes(json.dumps(notebook, indent=1).replace("\n", "\r\n").encode())
    found = checked(path, windows, tmp_path / "told.json")
    assert (found["status"], found["score"]) == ("graded", lessons.load("02_activations").points)


def test_files_beside_the_notebook_travel_under_names_with_slashes(monkeypatch):
    """On Windows `str` of a path has backslashes, by which the assignment's own files would not be known."""
    folder = PureWindowsPath("C:/Users/Jörg/my course")
    monkeypatch.setattr(launch, "plain_files_of", lambda _: [(folder / "data" / "rows.csv", None)])
    monkeypatch.setattr(launch, "read_file", lambda path, limit: str(path).encode())
    assert launch.small_files(folder) == {"data/rows.csv": "C:\\Users\\Jörg\\my course\\data\\rows.csv".encode()}


def test_progress_is_shown_on_a_console_without_its_signs(windows, tmp_path):
    home = tmp_path / "progress"
    home.mkdir()
    results = {"02_activations": {"relu": {"score": 2.0, "max_score": 2, "status": "passed"}}}
    (home / "progress.json").write_bytes(json.dumps(results, indent=1).replace("\n", "\r\n").encode())
    done = course(windows | {"COURSE_HOME": str(home)}, "progress")
    assert done.returncode == 0, done.stderr
    assert "##.................." in done.stdout.decode("cp1252") and b"2 of 14 points" in done.stdout


@pytest.mark.parametrize(
    "arguments",
    [("grade", "02_activations"), ("grade", "02_activations", "--unsafe-no-sandbox"), ("doctor",)],
    ids=" ".join,
)
def test_what_needs_a_fork_says_so_in_a_sentence(arguments, windows, tmp_path):
    list(demo_class.write_class("02_activations", tmp_path / "class", students=1, seed=3))
    done = course(windows, *arguments, cwd=tmp_path / "class")
    assert done.returncode in (2, 4) and b"WSL 2" in done.stderr + done.stdout, done.stderr
    assert b"Traceback" not in done.stderr


# ------------------------------------------------------------------ the student's process itself


@pytest.fixture
def student(request, windows, monkeypatch, tmp_path):
    """A student's process of the imitated machine, with little time."""
    limits = getattr(request, "param", PATIENT)
    for name in ("PYTHONPATH", "PYTHONIOENCODING", "PYTHONUTF8"):
        monkeypatch.setenv(name, windows[name])
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    with FreshProcesses("numpy", limits, {}).spawn() as session:
        yield session


@pytest.mark.parametrize(
    "loop",
    [
        "while True: pass",
        "while True:\n    try:\n        while True: pass\n    except BaseException: pass",
        "import asyncio\nwhile True:\n    await asyncio.sleep(0)",
    ],
    ids=["plain", "that catches everything", "that awaits"],
)
def test_an_endless_loop_ends_and_the_notebook_goes_on(student, loop):
    student.run_cell("x = 3")
    outcome = student.run_cell(f"print('begun')\n{loop}")
    assert outcome.status == "timed_out"
    assert outcome.outputs[0]["text"].startswith("begun")
    assert student.alive and student.run_cell("assert x == 3").status == "ok"


@pytest.mark.parametrize("student", [QUICK], indirect=True, ids=[""])
@pytest.mark.parametrize("code", ["import time; time.sleep(600)", "10 ** 10 ** 9"], ids=["sleep", "no way back from C"])
def test_what_no_interrupt_reaches_ends_with_its_process(student, code):
    outcome = student.run_cell(code)
    assert outcome.status == "timed_out" and not student.alive


def test_a_call_out_of_time_is_told_as_such(student):
    student.run_cell("def forever():\n    while True: pass\ndef half(x): return x / 2")
    with pytest.raises(Exception, match="1 second of processor time"):
        student.namespace["forever"]()
    assert student.namespace["half"](3) == 1.5
    with student.snapshot() as copy:
        assert copy is None


def test_how_a_process_ended_is_told(student):
    outcome = student.run_cell("import os; os._exit(3)")
    assert (outcome.status, outcome.message) == ("crashed", "the process ended by itself with exit code 3")


def test_a_process_that_cannot_start_says_why(monkeypatch, tmp_path):
    (tmp_path / "sitecustomize.py").write_text("raise SystemExit('this Python is broken')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with pytest.raises(ServerError, match="did not start"):
        FreshProcesses("numpy", QUICK, {}).spawn()


def test_a_library_that_cannot_be_loaded_is_named(monkeypatch, tmp_path):
    (tmp_path / "keras.py").write_text("raise ImportError('DLL load failed')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with pytest.raises(ServerError, match="DLL load failed"):
        FreshProcesses("tensorflow", QUICK, {}).spawn()


def test_a_students_process_ends_with_its_judge(windows):
    """Also where the judge is killed and can clean up nothing."""
    code = (
        "import sys, time\nfrom autograder.runner.fresh import FreshProcesses\n"
        "from autograder.runner.sandbox.limits import Limits\nstudent = FreshProcesses('numpy', Limits(), {}).spawn()\n"
        "student.run_cell('import os; pid = os.getpid()')\nprint(student.namespace['pid'], flush=True)\ntime.sleep(99)"
    )
    judge = subprocess.Popen([sys.executable, "-c", code], env=windows, stdout=subprocess.PIPE)
    with judge:
        pid = int(judge.stdout.readline())
        judge.kill()
    for _ in range(600):
        if not Path(f"/proc/{pid}").exists():
            return
        time.sleep(0.1)
    os.kill(pid, signal.SIGKILL)
    pytest.fail("it lives on")


@pytest.mark.parametrize(
    ("command", "seconds", "status"),
    [("import time; time.sleep(60)", -29.0, "timed_out"), ("raise SystemExit(5)", 60.0, "crashed"), ("", 60.0, None)],
)
def test_a_judge_that_is_lost_is_a_result(monkeypatch, tmp_path, command, seconds, status):
    monkeypatch.setattr(unconfined, "COMMAND", command)
    assignment = Assignment("toy", {})
    with pytest.raises((JudgeLost, FileNotFoundError)) as error:
        unconfined.judge_unconfined(
            tmp_path, "you", assignment, Limits(submission_seconds=seconds, clock_factor=1), b""
        )
    assert getattr(error.value, "status", None) == status
