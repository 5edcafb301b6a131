"""The doctor tells a machine that confines from one that does not."""

from __future__ import annotations

import json

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
    assert [barrier.name for barrier in report.barriers] == list(doctor._ATTEMPTS)
    assert doctor.as_text(report).count("\nheld ") == len(doctor._ATTEMPTS)


def test_an_open_door_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    attempts = ("read a file outside", "write a file outside", "run for ever")
    monkeypatch.setattr(doctor, "_ATTEMPTS", {name: doctor._ATTEMPTS[name] for name in attempts})
    report = doctor.probe("none")
    assert [barrier.held for barrier in report.barriers] == [False, False, True]
    assert not report.safe and "BROKEN  read a file outside" in doctor.as_text(report)
    assert "NOT confined" in doctor.as_text(report)


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
