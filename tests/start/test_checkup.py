"""The check-up reports what is there, and for what is missing says what to do; it never stops a lesson."""

import sys
from importlib.metadata import PackageNotFoundError

import pytest

from course_utils import data, environment
from course_utils.notebook import checkup as module
from course_utils.notebook.checkup import GOOD, MISSING, NOTE, Checkup, Row, checkup


@pytest.fixture(autouse=True)
def bare(monkeypatch):
    """The check-up's rows, not TensorFlow's start-up, are tested here; and only the bundled data are there."""
    monkeypatch.delenv("COURSE_DATA_DIR", raising=False)
    monkeypatch.setattr(environment, "devices", lambda: ["CPU"])


def row(report: Checkup, name: str) -> Row:
    return next(row for row in report.rows if row.name == name)


def test_a_complete_computer_is_ready(capsys):
    report = checkup()
    assert report.ready and "All set" in repr(report)
    assert "8,000 + 2,000 MNIST digits, from the bundled sample" in row(report, "digits").found
    assert row(report, "computes on").found == "CPU"
    assert capsys.readouterr().out == "", "the loaders' own lines would stand above the table"


def test_a_missing_package_is_named_with_the_command_that_brings_it(monkeypatch):
    def version(name):
        if name in ("keras", "ipywidgets"):
            raise PackageNotFoundError(name)
        return "1.0"

    monkeypatch.setattr(module, "version", version)
    report = checkup()
    assert not report.ready and "Something is missing" in repr(report)
    assert row(report, "keras") == Row(MISSING, "keras", "not installed", "In a terminal: pip install keras")
    assert row(report, "sliders").sign == NOTE, "sliders are no must"


def test_an_error_becomes_a_row_with_its_own_advice(monkeypatch):
    def damaged():
        raise ValueError("mnist.npz is damaged.\nDelete it and run this cell again.")

    monkeypatch.setattr(data, "load_mnist", damaged)
    report = checkup()
    assert row(report, "digits") == Row(
        MISSING, "digits", "ValueError", "mnist.npz is damaged. Delete it and run this cell again."
    )
    assert row(report, "reviews").sign == GOOD, "it goes on after an error"


def test_an_old_python_is_told():
    assert module._python((3, 10)).sign == MISSING
    assert module._python((3, 11)).sign == GOOD


def test_a_folder_that_cannot_be_written_is_told(monkeypatch):
    monkeypatch.setattr(module.os, "access", lambda path, mode: False)
    assert module._progress().sign == NOTE and "COURSE_HOME" in module._progress().advice


@pytest.mark.parametrize(("mounted", "sign"), [(False, NOTE), (True, GOOD)])
def test_on_colab_points_last_only_on_drive(tmp_path, monkeypatch, mounted, sign):
    monkeypatch.delenv("COURSE_HOME")
    monkeypatch.setitem(sys.modules, "google.colab", sys)
    monkeypatch.setattr(module.progress, "DRIVE", tmp_path if mounted else tmp_path / "not there")
    row = module._progress()
    assert row.sign == sign
    assert mounted or "Mount Drive" in row.advice


def test_the_table_escapes_what_it_shows():
    assert "<b>" not in Checkup((Row(MISSING, "x", "<b>", "<b>"),))._repr_html_()
