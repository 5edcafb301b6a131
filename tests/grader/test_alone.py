"""A judge of its own for each submission: shut in, and its trouble is its own submission's alone."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from autograder.errors import JudgeLost
from autograder.grading import run as grading
from autograder.judge import alone
from autograder.judge.alone import secret_of
from autograder.records.assignments import load_assignment
from autograder.runner.launch import ForkServer
from autograder.runner.sandbox.limits import Limits
from tests.grader import toy

LIMITS = Limits(check_seconds=3, cell_seconds=4, submission_seconds=10, clock_factor=2, memory_mb=1500)


@pytest.fixture(scope="module")
def server() -> Iterator[ForkServer]:
    with ForkServer("numpy", LIMITS, judges="tests.grader.odd_judges") as server:
        yield server


def ask(server: ForkServer, folder: Path, *task: str, seconds: float = 30) -> object:
    return json.loads(server.run_alone(json.dumps(task).encode(), folder, seconds))


def test_it_may_read_its_submission_and_nothing_else(server: ForkServer, tmp_path: Path) -> None:
    mine, other = tmp_path / "ann", tmp_path / "bob"
    for folder in (mine, other):
        folder.mkdir()
        (folder / "answer.txt").write_text("42")
    told = ask(server, mine, "bars", str(mine / "answer.txt"), str(other / "answer.txt"))
    assert {what for what, how in told.items() if how == "done"} == {"read inside"}, told
    assert (mine / "answer.txt").read_text() == (other / "answer.txt").read_text() == "42"


@pytest.mark.skipif(os.getuid() != 0, reason="only root reads what belongs to others")
def test_root_s_judge_reads_a_submission_of_somebody_else(server: ForkServer, tmp_path: Path) -> None:
    (tmp_path / "answer.txt").write_text("42")
    os.chown(tmp_path / "answer.txt", 12345, 12345)
    (tmp_path / "answer.txt").chmod(0o600)
    told = ask(server, tmp_path, "bars", str(tmp_path / "answer.txt"), "/etc/passwd")
    assert {what for what, how in told.items() if how == "done"} == {"read inside"}, told


@pytest.mark.parametrize(
    ("what", "seconds", "status"),
    [("exits", 30, "crashed"), ("raises", 30, "crashed"), ("hangs", 1, "timed_out"), ("hogs", 30, "crashed")],
)
def test_its_end_is_told_and_the_next_one_works(
    server: ForkServer, tmp_path: Path, what: str, seconds: float, status: str
) -> None:
    with pytest.raises(JudgeLost) as lost:
        ask(server, tmp_path, what, seconds=seconds)
    assert lost.value.status == status
    assert ask(server, tmp_path, "runs") == 42


def test_while_one_is_slow_to_end_the_others_work(server: ForkServer, tmp_path: Path) -> None:
    """Each thread has a connection of its own, and the server waits for nobody."""
    with server.connect() as one, server.connect() as other, ThreadPoolExecutor(2) as threads:
        slow = threads.submit(one.run_alone, b'["hangs"]', tmp_path, 15)
        deaf = threads.submit(other.run_alone, b'["deaf"]', tmp_path, 30)
        assert ask(server, tmp_path, "runs") == 42
        assert not slow.done()
        with pytest.raises(JudgeLost, match="its process ended"):
            deaf.result()
        with pytest.raises(JudgeLost, match="15 seconds by the clock"):
            slow.result()


@pytest.mark.parametrize(
    "what",
    [
        *("nonsense", "half", "no order", "another judge", "close", "another's end", "endless patience"),
        "no descriptor",
    ],
)
def test_an_odd_order_ends_its_own_service_only(server: ForkServer, tmp_path: Path, what: str) -> None:
    with pytest.raises(JudgeLost) as lost:
        ask(server, tmp_path, "says", what)
    assert lost.value.status == "crashed"
    assert ask(server, tmp_path, "runs") == 42


@pytest.mark.parametrize("how", ["leaves", "patient"])
def test_when_it_ends_its_student_s_processes_end(server: ForkServer, tmp_path: Path, how: str) -> None:
    def family() -> set[int]:
        return {child.pid for child in psutil.Process(server._process.pid).children(recursive=True)}

    before = family()
    with pytest.raises(JudgeLost):
        ask(server, tmp_path, how)
    give_up = time.monotonic() + 60
    while family() - before and time.monotonic() < give_up:
        time.sleep(0.01)
    assert family() <= before


def test_the_seeds_lead_back_to_no_secret() -> None:
    secret = b"the course's own"
    seeds = [secret_of(secret, "toy", attempt) for attempt in range(3)]
    assert len(set(seeds)) == 3 and all(secret not in seed for seed in seeds)


def test_what_it_tells_must_be_a_result_of_its_submission(toy_course) -> None:
    assignment = load_assignment(toy_course, "toy")
    folder = toy.submit(toy_course.root, "ann", toy.honest())
    with alone.server_of_judges("numpy", LIMITS, "auto") as server:
        alone.warm(server, assignment)
        result = alone.judge_alone(folder, "ann", assignment, server, b"secret")
    assert (result.status, result.score) == ("graded", 5.0)
    told = result.to_record()
    assert alone.checked(json.dumps(told).encode(), "ann", assignment) == result
    more = [{**exercise, "max_score": 50.0, "score": 50.0} for exercise in told["exercises"]]
    for forged in (
        b"nonsense",
        b"[]",
        b"{}",
        json.dumps({**told, "student": "bob"}).encode(),
        json.dumps({**told, "exercises": more}).encode(),
        json.dumps({**told, "exercises": told["exercises"][1:]}).encode(),
        json.dumps({**told, "exercises": [{**e, "score": float("nan")} for e in told["exercises"]]}).encode(),
        json.dumps({**told, "notebooks": {**told["notebooks"], "../other": {}}}).encode(),
    ):
        with pytest.raises(JudgeLost):
            alone.checked(forged, "ann", assignment)


def judges_of(pid: int) -> set[int]:
    """The processes below this one that judge: children of a fork server that lead no session, as guards do."""
    found = set()
    for process in psutil.Process(pid).children(recursive=True):
        with contextlib.suppress(psutil.NoSuchProcess, ProcessLookupError):
            server = process.parent()
            forked = ["runner.server" in str(p.cmdline()) for p in (server, server.parent())]
            if forked == [True, False] and os.getsid(process.pid) != process.pid:
                found.add(process.pid)
    return found


def test_a_judge_that_is_lost_costs_its_own_submission_only(toy_course) -> None:
    """The judge of one student is ended from outside, in the middle; the server goes on."""
    loop = toy.fill(toy.honest(), total="import time\ntime.sleep(3)\ntotal = 7")
    for student, notebook in (("ann", loop), ("bob", toy.honest()), ("cat", toy.honest())):
        toy.submit(toy_course.root, student, notebook)

    def end_the_first_judge() -> None:
        give_up = time.monotonic() + 30
        while time.monotonic() < give_up:
            time.sleep(0.3)
            for pid in judges_of(os.getpid()):
                time.sleep(0.5)
                if pid in judges_of(os.getpid()):
                    os.kill(pid, signal.SIGKILL)
                    return

    ending = threading.Thread(target=end_the_first_judge)
    ending.start()
    options = grading.Options(limits=LIMITS, workers=1)
    results, _ = grading.grade(str(toy_course.root), "toy", options, lambda text: None)
    ending.join()
    assert {r.student: (r.status, r.score) for r in results} == {
        "ann": ("crashed", 0.0),
        "bob": ("graded", 5.0),
        "cat": ("graded", 5.0),
    }
    results, _ = grading.grade(str(toy_course.root), "toy", options, lambda text: None)
    assert [r.score for r in results] == [4.0, 5.0, 5.0]  # the next run judges it again
