"""Every attack, in every cage this machine has: its own verdict is recorded, nobody else is harmed."""

from __future__ import annotations

import contextlib
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from autograder.errors import UnsafeHost
from autograder.runner import line
from autograder.runner.errors import StudentCrash, StudentError, StudentTimeout
from autograder.runner.launch import ForkServer
from autograder.runner.sandbox.limits import Limits
from autograder.runner.session import Session

from .attacks import HARMLESS_UNCONFINED, ON_THE_LINE, ON_THE_PROCESS, ON_THE_WALLS, REFUSALS, Attack

LIMITS = Limits(
    check_seconds=2,
    cell_seconds=2,
    submission_seconds=60,
    clock_factor=2,
    memory_mb=1500,
    file_mb=4,
    scratch_mb=16,
    processes=24,
    output_kb=64,
)

# The system calls by whose refusal one knows a host that has no such cage.
ABSENT = {"namespaces": ("landlock_create_ruleset:", "unshare:", "mount:"), "landlock": ("landlock_create_ruleset:",)}


@pytest.fixture(scope="module", params=["namespaces", "landlock"])
def server(request: pytest.FixtureRequest) -> Iterator[ForkServer]:
    patch = pytest.MonkeyPatch()
    patch.setattr(line, "GRACE_SECONDS", 0.5)
    try:
        with ForkServer("numpy", LIMITS, sandbox=request.param) as server:
            yield server
    except UnsafeHost as error:
        if not any(call in str(error) for call in ABSENT[request.param]):
            raise  # the host could, but the sandbox does not hold
        pytest.skip(str(error))
    finally:
        patch.undo()


@pytest.mark.parametrize("attack", [*ON_THE_PROCESS, *ON_THE_LINE], ids=lambda attack: attack.name.replace(" ", "-"))
def test_an_attack_ends_with_its_own_verdict(server: ForkServer, attack: Attack) -> None:
    with server.spawn() as neighbour, server.spawn() as attacker:
        neighbour.run_cell("def double(x): return 2 * x")
        outcome = attacker.run_cell(attack.cell)
        if outcome.status == "ok" and attack in ON_THE_LINE:
            outcome = attacker.run_cell("1")  # what it did to the line shows at the next question
        assert outcome.status in attack.ends, outcome
        assert outcome.status == "ok" or outcome.message
        assert attack.alive in (None, attacker.alive)
        assert sum(len(str(output)) for output in outcome.outputs) < 3 * LIMITS.output_kb << 10
        if attacker.alive:
            assert attacker.run_cell("x = 1").status == "ok"
        assert np.array_equal(neighbour.namespace["double"](np.ones(2)), [2.0, 2.0])
    with server.spawn() as later:
        assert later.run_cell("1 + 1").status == "ok"
    assert family(server) == []


@contextlib.contextmanager
def mailbox(folder: Path) -> Iterator[socket.socket]:
    """A socket with a name, as a machine's log has one, to which anybody may send."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as box:
        box.bind(str(folder / "socket"))
        (folder / "socket").chmod(0o777)
        yield box


@pytest.mark.parametrize("name", ON_THE_WALLS)
def test_a_wall_holds(server: ForkServer, tmp_path: Path, name: str) -> None:
    secret = tmp_path / "gradebook.db"
    secret.write_text("the other students' marks")
    secret.chmod(0o644)
    with socket.create_server(("127.0.0.1", 0)) as listener, mailbox(tmp_path) as box:
        cell = ON_THE_WALLS[name].format(
            secret=str(secret), outside=str(tmp_path), port=listener.getsockname()[1], judge=os.getpid()
        )
        with server.spawn() as student:
            outcome = student.run_cell("import os\n" + cell)
        for nobody_called, wait in ((listener, listener.accept), (box, lambda: box.recv(1))):
            nobody_called.settimeout(0)
            with pytest.raises(BlockingIOError):
                wait()
    assert outcome.status == "error" and outcome.message.startswith(REFUSALS), outcome
    assert secret.read_text() == "the other students' marks"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["gradebook.db", "socket"]


@pytest.fixture(scope="module")
def open_server() -> Iterator[ForkServer]:
    with ForkServer("numpy", LIMITS, sandbox="none") as server:
        yield server


@pytest.mark.parametrize("name", HARMLESS_UNCONFINED)
def test_the_attack_on_a_wall_works_where_there_is_none(open_server: ForkServer, tmp_path: Path, name: str) -> None:
    """Otherwise the test above could pass for the wrong reason."""
    secret = tmp_path / "gradebook.db"
    secret.write_text("the other students' marks")
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        mailbox(tmp_path),
        open_server.spawn() as student,
    ):
        cell = ON_THE_WALLS[name].format(
            secret=str(secret), outside=str(tmp_path), judge=os.getpid(), port=listener.getsockname()[1]
        )
        assert student.run_cell("import os\n" + cell).status == "ok"


def test_a_scratch_folder_is_private(server: ForkServer) -> None:
    with server.spawn() as one, server.spawn() as other:
        one.run_cell("import os\nopen('answer', 'w').write('mine')\nplace = os.path.abspath('answer')")
        place = one.namespace["place"]
        assert other.run_cell(f"open({place!r}).read()").status == "error"
        assert one.run_cell("open('answer').read()").status == "ok"


def test_many_files_fill_only_its_own_scratch_folder(server: ForkServer) -> None:
    if "namespaces" not in server.sandbox:
        pytest.skip("without a mount namespace only the size of one file is limited")
    with server.spawn() as student:
        outcome = student.run_cell("for i in range(100): open(str(i), 'wb').write(bytes(1 << 20))")
        assert outcome.status == "error" and "No space left" in outcome.message


POOL = """
from multiprocessing import Pool
def square(x): return x * x
for _ in range(20):  # now and then a worker still runs when the pool ends it
    with Pool(2) as pool: squares = pool.map(square, range(5))"""


def test_a_pool_of_processes_works_or_is_refused_in_plain_words(server: ForkServer) -> None:
    with server.spawn() as student:
        forks = student.run_cell("import os\nif os.fork() == 0: os._exit(0)\nos.wait()").status == "ok"
        outcome = student.run_cell(POOL)
        if forks and "namespaces" in server.sandbox:
            assert outcome.status == "ok", outcome
            assert student.namespace["squares"] == [0, 1, 4, 9, 16]
        else:
            assert outcome.status == "error" and "plain loop" in outcome.message, outcome


def test_shared_memory_is_part_of_the_scratch_folder(server: ForkServer) -> None:
    if "namespaces" not in server.sandbox:
        pytest.skip("without a mount namespace there is no shared memory")
    with server.spawn() as student:
        outcome = student.run_cell("for i in range(100): open(f'/dev/shm/{i}', 'wb').write(bytes(1 << 20))")
        assert outcome.status == "error" and "No space left" in outcome.message


def test_nothing_survives_the_session(server: ForkServer) -> None:
    with server.spawn() as student:
        student.run_cell("""
            import os, time
            def flee():
                if os.fork() == 0:
                    try: os.setsid()
                    except OSError: pass
                    if os.fork() == 0:
                        time.sleep(1e6)
                    os._exit(0)
            for _ in range(3): flee()
        """)
    assert family(server) == []


HOSTILE_ANSWERS = """
import numpy as np

class Equal:
    def __eq__(self, other): return True
    def __bool__(self): return True
    def __float__(self): return 100.0
    def __len__(self): return 3
    def __array__(self, *a, **k): return np.ones(3)
    __hash__ = None

class Liar(np.ndarray):
    def __eq__(self, other): return np.array(True)
    def __array_function__(self, *a, **k): return True
    def __array_ufunc__(self, *a, **k): return True

class Number(float):
    def __eq__(self, other): return True
    def __sub__(self, other): return 0.0

class Mean(Exception):
    def __str__(self): raise self

class StudentTimeout(Exception): pass

def equal(x): return Equal()
def liar(x): return x.view(Liar)
def number(x): return Number(7)
def objects(x): return np.array([Equal()], dtype=object)
def records(x): return np.zeros(2, dtype=[("a", "f8")])
def cycle(x): l = []; l.append(l); return l
def nest(x):
    l = []
    for _ in range(100_000): l = [l]
    return l
def many(x): return list(range(1_000_000))
def huge(x): return np.zeros(1 << 26)
def mean(x): raise Mean
def poser(x): raise StudentTimeout("the judge is slow")
def leave(x):
    import os; os._exit(3)
def loop(x):
    while True: pass
def stubborn(x):
    import signal
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.setitimer(signal.ITIMER_PROF, 0)
    while True: pass
def text(x): return "\\ud800" + "x" * 100
"""


@pytest.fixture
def hostile(server: ForkServer) -> Iterator[Session]:
    with server.spawn() as student:
        assert student.run_cell(HOSTILE_ANSWERS).status == "ok"
        yield student


def test_an_object_cannot_answer_for_itself(hostile: Session) -> None:
    answer = hostile.namespace["equal"](1)
    assert answer != 1 and answer != np.ones(3) and answer == answer
    for convert in (float, int, np.asarray, complex):
        with pytest.raises(TypeError, match="Equal"):
            convert(answer)
    assert len({answer}) == 1


def test_subclasses_come_back_as_what_they_hold(hostile: Session) -> None:
    array = hostile.namespace["liar"](np.arange(3.0))
    assert type(array) is np.ndarray and array.tolist() == [0, 1, 2] and not np.array_equal(array, np.ones(3))
    number = hostile.namespace["number"](1)
    assert type(number) is float and number == 7.0 and number != 8.0


@pytest.mark.parametrize("name", ["objects", "records"])
def test_arrays_of_other_things_stay_there(hostile: Session, name: str) -> None:
    with pytest.raises(TypeError, match="ndarray"):
        np.asarray(hostile.namespace[name](1))


@pytest.mark.parametrize(
    "name, kind, message",
    [
        ("cycle", "NotPlain", "nested"),
        ("nest", "NotPlain", "nested"),
        ("many", "NotPlain", "items"),
        ("huge", "NotPlain", "too large"),
        ("mean", "Mean", "could not be read"),
        ("poser", "Exception", "slow"),
    ],
)
def test_an_answer_that_cannot_travel_is_an_error(hostile: Session, name: str, kind: str, message: str) -> None:
    with pytest.raises(StudentError, match=message) as caught:
        hostile.namespace[name](1)
    assert caught.value.kind == kind and not isinstance(caught.value, StudentTimeout | StudentCrash)
    assert hostile.alive


@pytest.mark.parametrize(
    "name, error",
    [
        ("leave", StudentCrash),
        ("loop", StudentTimeout),
        ("stubborn", StudentTimeout),
    ],
)
def test_a_call_ends_only_its_own_snapshot(hostile: Session, name: str, error: type) -> None:
    with hostile.snapshot() as fork:
        if fork is None:
            pytest.skip("this cage does not let a student's process fork")
        with pytest.raises(error):
            fork.namespace[name](1)
        with pytest.raises(StudentCrash):
            fork.namespace[name](1)
    assert hostile.alive is (name != "stubborn")


def test_patches_over_there_change_nothing_here(hostile: Session) -> None:
    patched = hostile.run_cell("""
        import builtins, course_utils.exercises.core as core
        core.check = core.difference = lambda *a, **k: None
        builtins.abs = builtins.round = lambda *a: 0
        np.array_equal = np.allclose = np.isclose = lambda *a, **k: True
    """)
    assert patched.status == "ok"
    assert hostile.namespace["number"](1) == 7.0
    assert not np.array_equal(hostile.namespace["liar"](np.arange(3.0)), np.ones(3))


def test_a_text_with_half_characters_is_made_whole(hostile: Session) -> None:
    assert hostile.namespace["text"](1) == "?" + "x" * 100


def family(server: ForkServer) -> list[int]:
    """The processes that come from a server, also those that fled from their parents: all inherit its environment."""
    mark, found = f"HOME={server._folder.name}".encode(), []
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError):  # it has ended, or is another user's
            if entry.name.isdigit() and mark in (entry / "environ").read_bytes().split(b"\0"):
                found.append(int(entry.name))
    return sorted(pid for pid in found if pid != server._process.pid)
