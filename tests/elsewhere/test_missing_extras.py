"""Each `course` command where one extra is not installed: it works, or one sentence tells what to install."""

from __future__ import annotations

import json
import re
import shutil
import tomllib
from collections.abc import Sequence
from pathlib import Path

import click
import pytest
from packaging.requirements import Requirement

from autograder import missing
from autograder.cli import main
from autograder.demo_class import write_class
from autograder.source import REPOSITORY
from autograder.workspace.folder import STATE
from tests.elsewhere.machines import course, without

LESSON = "02_activations"
NOTEBOOK = f"lessons/{LESSON}/{LESSON}.ipynb"
PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = {
    extra: {Requirement(text).name for text in texts} for extra, texts in PROJECT["optional-dependencies"].items()
}
IMPORTED_AS = {"psycopg2-binary": "psycopg2"}
ALWAYS = {Requirement(text).name for text in PROJECT["dependencies"]} | {"pillow"}  # which Matplotlib brings

# What is asked of each command; the words in braces are filled in below.
TRIED_ELSEWHERE = {"lab", "start", "update", "bundle", "init"}  # by their own tests
COMMANDS = {
    "progress": ("progress",),
    "review": ("review",),
    "check": ("check", NOTEBOOK),
    "certificate": ("certificate", "--name", "Ada", "{workspace}"),
    "grade": ("grade", LESSON, "--course-dir", "{class}", "--dry-run"),
    "grade on a cluster": ("grade", LESSON, "--course-dir", "{class}", "--scheduler", "tcp://127.0.0.1:1"),
    "report": ("report", LESSON, "--course-dir", "{class}"),
    "export": ("export", "--format", "csv", "--course-dir", "{class}"),
    "demo-class": ("demo-class", LESSON, "--students", "1", "{new}"),
    "build": ("build", "--check", LESSON),
    "prove": ("prove", LESSON, "--exercise", "choose-activation"),
    "doctor": ("doctor", "--json"),
    "new-exercise": ("new-exercise", "99", "x"),
}
LEARNERS = ("progress", "review", "check", "certificate", "doctor", "prove")
GRADERS = {name: "grading" for name in COMMANDS if name not in LEARNERS}
# What is installed -> the extra of which a command then says that it is needed; the other commands work.
INSTALLED = {
    ("lab",): GRADERS | {"grade on a cluster": "scale"},
    (): GRADERS | {"check": "lab", "certificate": "lab", "doctor": "grading"},
    ("grading",): {"grade on a cluster": "scale"},
}


def absent(installed: Sequence[str]) -> list[str]:
    """The packages that only the other extras bring, as they are imported."""
    here = ALWAYS.union(*(EXTRAS[extra] for extra in installed))
    gone = set().union(*(EXTRAS[extra] for extra in ("lab", "grading", "scale"))) - here
    return sorted(IMPORTED_AS.get(name, name.replace("-", "_")) for name in gone)


@pytest.fixture(scope="module")
def places(tmp_path_factory):
    folder = tmp_path_factory.mktemp("class")
    list(write_class(LESSON, folder / "course", students=1, seed=0))
    (folder / "workspace" / STATE).mkdir(parents=True)
    shutil.copytree(REPOSITORY / "solutions" / LESSON, folder / "workspace" / LESSON)
    return {"class": str(folder / "course"), "workspace": str(folder / "workspace")}


def outcome(arguments: Sequence[str], gone: Sequence[str], places: dict[str, str], folder: Path) -> tuple[int, str]:
    done = course(without(folder, gone), *(part.format(**places) for part in arguments))
    said = (done.stdout + done.stderr).decode()
    assert "Traceback" not in said, said
    return done.returncode, said


@pytest.mark.parametrize("installed", INSTALLED, ids=lambda extras: f"with {'and '.join(extras) or 'none'}")
@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_works_or_says_what_to_install(name, installed, places, tmp_path):
    code, said = outcome(COMMANDS[name], absent(installed), places | {"new": str(tmp_path / "new")}, tmp_path / "site")
    needed = INSTALLED[installed].get(name)
    sentences = re.findall(r"^course: .* pip install .*\[(\w+)\]", said, re.MULTILINE)
    assert sentences == ([needed] if needed else []), said
    assert not needed or code == 2


def test_every_command_is_among_these():
    tried = {arguments[0] for arguments in COMMANDS.values()}
    assert tried | TRIED_ELSEWHERE >= set(main.commands)


@pytest.mark.parametrize("package", absent(["lab"]))
def test_a_check_gives_the_same_points_without_what_only_graders_need(package, tmp_path):
    told = tmp_path / "told.json"
    done = course(without(tmp_path, [package]), "check", f"solutions/{LESSON}/{LESSON}.ipynb", "--json", told)
    assert done.returncode == 0, done.stderr
    (found,) = json.loads(told.read_text(encoding="utf-8"))["submissions"]
    assert found["score"] == found["max_score"] == 14


@pytest.mark.parametrize(
    ("package", "command", "expected"),
    [
        ("nh3", "grade", "[grading]"),
        ("msgpack.fallback", "check", "[lab]"),
        ("psycopg2", "grade", "[scale]"),
        ("fcntl", "doctor", "WSL 2"),
        ("course_utils.nothing", "check", None),
        (None, "check", None),
    ],
)
def test_the_sentence_names_the_extra(package, command, expected):
    said = missing.explained(ModuleNotFoundError("No module", name=package), command)
    assert (said is None) if expected is None else expected in said


def test_a_fault_of_the_course_itself_is_shown_as_one(monkeypatch):
    def broken(*_):
        raise ModuleNotFoundError("No module named 'course_utils.x'", name="course_utils.x")

    monkeypatch.setattr(click.Group, "invoke", broken)
    with pytest.raises(ModuleNotFoundError):
        main(["progress"], standalone_mode=False)


def test_outside_a_checkout_the_published_name_is_installed(monkeypatch, tmp_path):
    assert str(REPOSITORY) in missing.install_command("lab")
    monkeypatch.setattr(missing, "_CHECKOUT", tmp_path / "pyproject.toml")
    assert missing.install_command("lab") == 'python -m pip install "exploring-neural-networks[lab]"'
