"""Sessions with honest students: cells, names, calls, snapshots, files, time."""

from __future__ import annotations

import base64
import contextlib
import dataclasses
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from autograder.errors import ServerError
from autograder.runner import line
from autograder.runner.errors import StudentError, StudentTimeout
from autograder.runner.launch import MAX_FILE, ForkServer
from autograder.runner.sandbox.limits import Limits
from autograder.runner.session import Session

LIMITS = Limits(check_seconds=20, cell_seconds=20)


@pytest.fixture(scope="module")
def server() -> Iterator[ForkServer]:
    with ForkServer("numpy", LIMITS) as server:
        yield server


@pytest.fixture
def student(server: ForkServer) -> Iterator[Session]:
    with server.spawn() as student:
        yield student


def text(outputs: list[dict], kind: str) -> str:
    return "".join(output["text"] for output in outputs if output["output_type"] == kind)


def test_a_cell_shows_what_it_prints_and_its_last_value(student: Session) -> None:
    outcome = student.run_cell("print('one'); print('two')\n[1, 2]")
    assert outcome.status == "ok" and outcome.message == ""
    assert outcome.outputs == [
        {"output_type": "stream", "name": "stdout", "text": "one\ntwo\n"},
        {"output_type": "execute_result", "data": {"text/plain": "[1, 2]"}, "metadata": {}, "execution_count": None},
    ]


CELLS = [  # source, status, what the message starts with
    ("x = 1", "ok", ""),
    ("", "ok", ""),
    ("# nothing", "ok", ""),
    ("1; ", "ok", ""),
    ("...", "ok", ""),
    ("1 / 0", "error", "ZeroDivisionError: division by zero"),
    ("def f(:", "error", "SyntaxError"),
    ("unknown", "error", "NameError"),
    ("raise KeyboardInterrupt", "error", "KeyboardInterrupt"),
    ("%time x = 1", "ok", ""),
    ("%matplotlib inline", "ok", ""),
    ("!ls", "ok", ""),
    ("files = !ls", "ok", ""),
    ("%unknown_magic", "error", "UsageError"),
    ("input('name?')", "error", "StdinNotImplementedError"),
    ("import asyncio\nawait asyncio.sleep(0)", "ok", ""),
    ("exit", "ok", ""),
    ("exit()", "ok", ""),
    ("raise SystemExit", "error", "SystemExit"),
    ("from course_utils import nn\nnn.relu", "ok", ""),
    ("import course_utils.exercises", "ok", ""),
    ("import json, csv, sqlite3, decimal, zoneinfo, email, unittest, multiprocessing", "ok", ""),
    ("import numpy as np\nnp.linalg.solve(np.eye(300), np.ones(300)); np.fft.fft(np.ones(8))", "ok", ""),
    ("open('notes.txt', 'w').write('x'); import shutil; shutil.copy('notes.txt', 'copy.txt')", "ok", ""),
    ("import tempfile; tempfile.TemporaryFile().write(b'x')", "ok", ""),
    ("import os; os.path.expanduser('~/x'); open(os.path.expanduser('~/x'), 'w').close()", "ok", ""),
    ("import threading; t = threading.Thread(target=print); t.start(); t.join()", "ok", ""),
    ("from IPython.display import clear_output; clear_output()", "ok", ""),
]


@pytest.mark.parametrize("source, status, message", CELLS, ids=[row[0][:30] for row in CELLS])
def test_cells_end_as_in_a_notebook(student: Session, source: str, status: str, message: str) -> None:
    outcome = student.run_cell(source)
    assert (outcome.status, outcome.message[: len(message)]) == (status, message), outcome
    assert student.alive and student.run_cell("1").status == "ok"


def test_a_long_message_keeps_its_beginning_and_its_end(student: Session) -> None:
    [output] = student.run_cell("raise ValueError('value=' + 10_000 * '1 ' + 'is no tensor')").outputs
    said = output["evalue"]
    assert said.startswith("value=1 1") and "…" in said and said.endswith("1 is no tensor") and len(said) < 4001


def test_an_error_has_a_traceback_without_colours(student: Session) -> None:
    (output,) = student.run_cell("def f():\n    return 1 / 0\nf()").outputs
    assert output["output_type"] == "error" and output["ename"] == "ZeroDivisionError"
    assert any("return 1 / 0" in line for line in output["traceback"]) and "\x1b" not in "".join(output["traceback"])


def test_plots_arrive_as_pictures(student: Session) -> None:
    outcome = student.run_cell("import matplotlib.pyplot as plt\nplt.plot([1, 2]); plt.title('π')\nplt.show()")
    (output,) = outcome.outputs
    assert output["output_type"] == "display_data"
    assert base64.b64decode(output["data"]["image/png"]).startswith(b"\x89PNG")


def test_long_outputs_are_cut_and_say_so(student: Session) -> None:
    outcome = student.run_cell("print('x' * 10_000_000)")
    assert outcome.status == "ok" and "output cut" in text(outcome.outputs, "stream")
    assert len(text(outcome.outputs, "stream")) < LIMITS.output_kb * 1024 + 100


def test_names_are_values_or_proxies_or_missing(student: Session) -> None:
    student.run_cell("import numpy as np\na, b, c = 1, np.ones(2), {'k': (1, 'x')}\ndef f(): return 7\nstub = ...")
    names = student.namespace
    assert names["a"] == 1 and names["b"].tolist() == [1, 1] and names["c"] == {"k": (1, "x")}
    assert names["f"]() == 7 and names["stub"].course_stub is True
    assert "nothing" not in names and {"a", "b", "c", "f", "stub", "np"} <= set(names) and "In" not in set(names)
    with pytest.raises(KeyError, match="nothing"):
        names["nothing"]
    assert len(names) == 6


def test_state_lasts_from_cell_to_cell_and_a_snapshot_does_not_change_it(student: Session) -> None:
    student.run_cell("count = [0]\ndef step():\n    count[0] += 1\n    return count[0]")
    assert [student.namespace["step"]() for _ in range(2)] == [1, 2]
    for _ in range(2):
        with student.snapshot() as fork:
            if fork is None:
                pytest.skip("this cage does not let a student's process fork")
            assert fork.namespace["step"]() == 3
    assert student.namespace["count"] == [2]


def test_no_snapshot_with_threads(student: Session) -> None:
    with student.snapshot() as fork:
        if fork is None:
            pytest.skip("this cage does not let a student's process fork")
    student.run_cell("import threading\ne = threading.Event()\nt = threading.Thread(target=e.wait)\nt.start()")
    with student.snapshot() as fork:
        assert fork is None
    student.run_cell("e.set(); t.join()")
    with student.snapshot() as fork:
        assert fork is not None


def test_sessions_share_nothing(server: ForkServer) -> None:
    with server.spawn() as one, server.spawn() as other:
        for student in (one, other):
            student.run_cell("import random, numpy as np\nr = random.random(), np.random.rand()")
        one.run_cell("np.mine = x = 1")
        other.run_cell("seen = hasattr(np, 'mine')")
        assert other.namespace["seen"] is False and "x" not in other.namespace
        assert one.namespace["r"] == other.namespace["r"]  # every child starts from the same seeds
    assert one.alive is False


def test_the_small_files_of_a_submission_lie_beside_it(server: ForkServer, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "points.csv").write_text("1,2")
    (tmp_path / "helper.py").write_text("def twice(x): return 2 * x")
    (tmp_path / "lesson.ipynb").write_text("{}")
    (tmp_path / ".hidden").mkdir()
    (tmp_path / ".hidden" / "x").write_text("x")
    (tmp_path / "link").symlink_to("/etc/hostname")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "big").write_bytes(bytes(MAX_FILE + 1))
    with server.spawn(tmp_path) as student:
        student.run_cell(
            "import os\nfiles = sorted(os.path.join(d, f)[2:] for d, _, fs in os.walk('.') for f in fs)\n"
            "points = open('data/points.csv').read()\nfrom helper import twice\ny = twice(4)"
        )
        assert student.namespace["files"] == ["data/points.csv", "helper.py"]
        assert student.namespace["points"] == "1,2" and student.namespace["y"] == 8


def test_the_environment_holds_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURSE_TOKEN", "secret")
    with ForkServer("numpy", LIMITS) as server, server.spawn() as student:
        student.run_cell("import os\nseen = dict(os.environ)")
        seen = student.namespace["seen"]
        assert "COURSE_TOKEN" not in seen
        assert b"secret" not in Path(f"/proc/{server._process.pid}/environ").read_bytes()
        assert seen["HOME"] == seen["TMPDIR"] and seen["NBGRADER_EXECUTION"] == "autograde"


def test_a_submissions_time_runs_out(server: ForkServer, monkeypatch: pytest.MonkeyPatch) -> None:
    with server.spawn() as student:
        monkeypatch.setattr(student, "deadline", time.monotonic() - 1)
        assert student.run_cell("1").status == "timed_out"
        assert not student.alive
    with server.spawn() as student:
        monkeypatch.setattr(student, "deadline", time.monotonic() - 1)
        with pytest.raises(StudentTimeout):
            student.namespace["x"]


def test_a_cell_out_of_time_leaves_the_next_one_alone(student: Session) -> None:
    outcome = student.run_cell("x = 1\nprint('begun')\nwhile True: pass", seconds=0.2)
    assert outcome.status == "timed_out" and "0.2 seconds" in outcome.message
    assert text(outcome.outputs, "stream") == "begun\n"
    assert student.alive and student.namespace["x"] == 1


def test_a_call_out_of_time_leaves_the_process_alone(server: ForkServer) -> None:
    with ForkServer("numpy", Limits(check_seconds=0.3)) as quick, quick.spawn() as student:
        student.run_cell("def f():\n    while True: pass\ndef g(): return 1", seconds=20)
        with pytest.raises(StudentTimeout, match=r"0\.3 seconds"):
            student.namespace["f"]()
        assert student.alive and student.namespace["g"]() == 1


LOOPS = Limits(check_seconds=0.3, clock_factor=100)  # on a busy machine little processor time takes long
WAITS = Limits(check_seconds=0.3, clock_factor=3)
ENDLESS = {  # the body of a call that does not end, and whether it waits
    "a loop": ("while True: pass", False),
    "a loop that catches everything": ("while True:\n        try: sum(range(9))\n        except: pass", False),
    "a loop whose end is another error": ("try:\n        while True: pass\n    except: raise ValueError", False),
    "a loop that gives a value when interrupted": ("try:\n        while True: pass\n    except: return 1", False),
    "a loop of matrix products": ("while True: np.ones((50, 50)) @ np.ones((50, 50))", False),
    "a sleep": ("import time; time.sleep(1e6)", True),
    "a lock that nobody opens": ("import threading\n    lock = threading.Lock(); lock.acquire(); lock.acquire()", True),
}


@pytest.mark.parametrize("in_a_snapshot", [False, True], ids=["in place", "in a snapshot"])
@pytest.mark.parametrize("name", ENDLESS)
def test_what_does_not_end_is_told_by_what_ran_out(server: ForkServer, name: str, in_a_snapshot: bool) -> None:
    body, waits = ENDLESS[name]
    with server.spawn() as student:
        student.run_cell(f"import numpy as np\ndef f():\n    {body}")
        student.limits = WAITS if waits else LOOPS
        place = student.snapshot() if in_a_snapshot else contextlib.nullcontext(student)
        with place as line, pytest.raises(StudentTimeout) as caught:
            line.namespace["f"]()
        assert caught.value.waited is student.waited is waits
        told = "0.9 seconds by the clock" if waits else "0.3 seconds of processor time. Is there a loop"
        assert told in caught.value.message


def test_children_of_the_process_count_too(server: ForkServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line, "LOOK_SECONDS", 0.1)
    monkeypatch.setattr(line, "GRACE_SECONDS", 0.1)
    with server.spawn() as student:
        code = "import os\ndef f():\n    if os.fork() == 0:\n        while True: pass\n    os.wait()"
        student.run_cell(code)
        student.limits = LOOPS
        with pytest.raises(StudentTimeout, match="processor time") as caught:
            student.namespace["f"]()
        assert not caught.value.waited and not student.alive


def test_a_process_that_stands_still_for_a_while_loses_nothing(server: ForkServer) -> None:
    """On a busy machine a process gets no processor for some time; this one gets none for twice its limit."""
    with server.spawn() as student:
        student.run_cell("def f():\n    return sum(range(1_000_000))")
        student.limits = dataclasses.replace(LOOPS, check_seconds=0.4)
        pid = _student_of(server)
        os.kill(pid, signal.SIGSTOP)
        waker = threading.Timer(1.0, os.kill, (pid, signal.SIGCONT))
        waker.start()
        assert student.namespace["f"]() == 499_999_500_000
        waker.join()
        assert not student.waited


def test_a_process_that_gets_no_processor_at_all_waited(server: ForkServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line, "GRACE_SECONDS", 0.2)
    with server.spawn() as student:
        student.run_cell("def f():\n    return 1")
        student.limits = WAITS
        os.kill(_student_of(server), signal.SIGSTOP)
        with pytest.raises(StudentTimeout, match="by the clock") as caught:
            student.namespace["f"]()
        assert caught.value.waited and student.waited and not student.alive


def _student_of(server: ForkServer) -> int:
    """The process id of the only student's process of a server: the guard's child."""
    (guard,) = psutil.Process(server._process.pid).children()
    return guard.children()[0].pid


def test_killing_the_server_is_an_infrastructure_error_and_leaves_nothing() -> None:
    from .redteam.test_attacks import family

    with ForkServer("numpy", LIMITS) as server:
        student = server.spawn()
        student.run_cell("x = 1")
        left = family(server)
        assert len(left) == 2  # guard and student
        os.kill(server._process.pid, signal.SIGKILL)
        server._process.wait()
        with pytest.raises(ServerError):
            server.spawn()
        give_up = time.monotonic() + 60
        while any(os.path.exists(f"/proc/{pid}") for pid in left) and time.monotonic() < give_up:
            time.sleep(0.01)
        assert not [pid for pid in left if os.path.exists(f"/proc/{pid}")]
        with pytest.raises(ServerError):
            student.run_cell("x")
        assert student._sock.fileno() == -1  # closed, not left to the garbage collector


def test_the_death_of_the_judge_ends_everything(tmp_path: Path) -> None:
    script = """
import os, sys
from autograder.runner.launch import ForkServer
server = ForkServer("numpy").__enter__()
student = server.spawn()
student.run_cell("x = 1")
print(server._process.pid, flush=True)
os.kill(os.getpid(), 9)
"""
    root = Path(__file__).parents[2]
    with subprocess.Popen(
        [sys.executable, "-c", script],
        stdout=subprocess.PIPE,
        text=True,
        cwd=root,
        env={**os.environ, "TMPDIR": str(tmp_path)},
    ) as judge:
        server = int(judge.stdout.readline())
    give_up = time.monotonic() + 60
    while os.path.exists(f"/proc/{server}") and time.monotonic() < give_up:
        time.sleep(0.01)
    assert not os.path.exists(f"/proc/{server}")
    assert list(tmp_path.iterdir()) == []  # and its temporary folder is gone too


def test_a_server_that_cannot_start_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(ServerError, match="fork server failed"):
        ForkServer("numpy").__enter__()


def test_an_unknown_student_error_keeps_its_words(student: Session) -> None:
    student.run_cell("class Odd(ValueError): pass\ndef f(x):\n    y = x + 1\n    raise Odd(f'no {y}')")
    with pytest.raises(StudentError) as caught:
        student.namespace["f"](1)
    assert (caught.value.kind, caught.value.message, caught.value.where) == ("Odd", "no 2", "raise Odd(f'no {y}')")
