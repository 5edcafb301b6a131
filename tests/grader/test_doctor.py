"""The doctor tells a machine that confines from one that does not."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from autograder import doctor
from autograder.errors import UnsafeHost


@pytest.fixture(scope="module")
def report() -> doctor.Report:
    return doctor.probe()


def test_this_machine_is_examined(report: doctor.Report) -> None:
    if "landlock_create_ruleset:" in report.problem:
        pytest.skip(report.problem)
    assert report.safe and "landlock" in report.sandbox
    of_the_judge = [barrier.name for barrier in report.barriers if barrier.name.startswith("judge: ")]
    assert [barrier.name for barrier in report.barriers] == [*doctor._ATTEMPTS, *of_the_judge]
    assert len(of_the_judge) >= 9
    assert doctor.as_text(report).count("\nheld ") == len(report.barriers)
    for level, words in (("namespaces", "whether a file outside exists"), ("(memory", "memory of several processes")):
        assert (level in report.sandbox) != (words in doctor.as_text(report))


def test_an_open_door_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    attempts = ("read a file outside", "write a file outside", "run for ever")
    monkeypatch.setattr(doctor, "_ATTEMPTS", {name: doctor._ATTEMPTS[name] for name in attempts})
    report = doctor.probe("none")
    held = {barrier.name: barrier.held for barrier in report.barriers}
    assert [held.pop(name) for name in attempts] == [False, False, True]
    assert held and not any(held.values())  # the judge's
    assert not report.safe and "BROKEN  read a file outside" in doctor.as_text(report)
    assert "NOT confined" in doctor.as_text(report)


HOLES = {  # what is taken away inside the fork server, what is tried, and which barriers must be found broken
    "datagrams": (
        "seccomp._STREAM = seccomp.Among(1, (1, 2, 0x80001, 0x80002))",
        ["write to a socket by its name"],
        {"write to a socket by its name", "judge: write to a socket by its name"},
    ),
    "another call": (
        "calls.ALLOWED['more'] = {'pidfd_open': (434, 434)}",
        ["make a system call that is on no list"],
        {"make a system call that is on no list"},
    ),
    "forks that nobody ends": (
        "groups.find = lambda: None; cage.Cage.may_fork = lambda *_: True; processes.kill_family = lambda *_: None",
        ["leave processes behind"],
        {"leave processes behind"},
    ),
    "no cage for the judge": (
        "cage.Cage.enter_judge = lambda *_: None",
        ["send a datagram"],
        {
            "judge: read a file outside",
            "judge: write a file outside",
            "judge: write into the submission",
            "judge: connect to this machine",
            "judge: write to a socket by its name",
            "judge: signal the grader",
            "judge: have a signal sent to the grader",
            "judge: start a process",
            "judge: run a program",
        },
    ),
}


@pytest.mark.parametrize("hole", HOLES)
def test_a_planted_hole_is_found_and_nothing_is_called_confined(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, report: doctor.Report, hole: str
) -> None:
    if report.problem:
        pytest.skip(report.problem)
    code, attempts, broken = HOLES[hole]
    modules = (
        "from autograder.runner import processes\nfrom autograder.runner.sandbox import cage, calls, groups, seccomp"
    )
    (tmp_path / "sitecustomize.py").write_text(f"{modules}\n{code}\n")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")]))
    monkeypatch.setattr(doctor, "_ATTEMPTS", {name: doctor._ATTEMPTS[name] for name in attempts})
    found = doctor.probe("landlock")
    if hole == "no cage for the judge":  # the files and the mailbox count for each of its attempts
        assert {barrier.name for barrier in found.barriers if not barrier.held} >= broken
    else:
        assert {barrier.name for barrier in found.barriers if not barrier.held} & set(attempts) == set(attempts)
        assert broken <= {barrier.name for barrier in found.barriers if not barrier.held}
    assert not found.safe and "NOT confined" in doctor.as_text(found)


def test_what_could_not_be_tried_does_not_count_as_held(monkeypatch: pytest.MonkeyPatch, report: doctor.Report) -> None:
    if report.problem:
        pytest.skip(report.problem)
    monkeypatch.setattr(doctor, "_ATTEMPTS", {"misspelt": ("no_such_name()", ("error",))})
    assert [barrier.held for barrier in doctor.probe().barriers if barrier.name == "misspelt"] == [False]


def test_the_exit_code_and_the_json_say_the_same(monkeypatch: pytest.MonkeyPatch, report: doctor.Report) -> None:
    written: list[str] = []
    monkeypatch.setattr(doctor, "probe", lambda: report)
    assert doctor.doctor(as_json=True, write=written.append) == (0 if report.safe else 4)
    told = json.loads(written[0])
    assert told["safe"] is report.safe and told["sandbox"] == report.sandbox
    assert {"name", "held", "detail"} == set(told["barriers"][0]) if told["barriers"] else told["problem"]


def test_an_unsafe_host_exits_with_4_and_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise UnsafeHost("This machine cannot confine a student's code (no Landlock). Use Linux 5.13 or newer.")

    monkeypatch.setattr(doctor.ForkServer, "__enter__", refuse)
    written: list[str] = []
    assert doctor.doctor(write=written.append) == 4
    assert "Use Linux 5.13 or newer" in written[0]
