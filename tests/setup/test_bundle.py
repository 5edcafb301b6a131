"""`course bundle`: one zip that holds the course and its lessons. tests/platforms installs from it and runs them."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest
from click.testing import CliRunner

from autograder.build import LessonFolder, bundle, lesson_names
from autograder.cli import main

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory):
    """The bundle of this checkout, made by the command and unpacked."""
    folder = tmp_path_factory.mktemp("zip für alle")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT / "docs")
        done = CliRunner().invoke(main, ["bundle", "--out", str(folder / "course.zip")])
    assert done.exit_code == 0, done.output
    with zipfile.ZipFile(folder / "course.zip") as archive:
        assert {entry.date_time for entry in archive.infolist()} == {bundle.LONG_AGO}
        archive.extractall(folder)
    return folder / "exploring-neural-networks"


def test_it_holds_each_lesson_as_students_get_it(unpacked):
    for name in lesson_names(ROOT):
        lesson = LessonFolder(ROOT, name)
        assert (unpacked / "lessons" / name / f"{name}.ipynb").read_bytes() == lesson.lesson.read_bytes()
        assert {path for path in (unpacked / "lessons" / name).rglob("*") if path.is_file()} == {
            unpacked / "lessons" / name / path for path in (f"{name}.ipynb", *lesson.beside())
        }


def test_its_readme_names_the_files_that_are_there(unpacked):
    text = (unpacked / "README.txt").read_text(encoding="utf-8")
    (wheel,) = unpacked.glob("*.whl")
    assert text.count(wheel.name) == 2
    assert (unpacked / "lessons/00_start_here/00_start_here.ipynb").is_file()
    assert "{" not in text
    (needs,) = re.findall(r"packages that the course needs \((.*?)\)", text, re.DOTALL)
    with zipfile.ZipFile(wheel) as archive:
        (metadata,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        wanted = Parser().parsestr(archive.read(metadata).decode()).get_all("Requires-Dist")
    required = {re.match(r"[\w-]+", line)[0] for line in wanted if "extra ==" not in line}
    assert {name.lower() for name in re.split(r",\s+", needs)} == required


def test_the_wheel_brings_its_data_to_an_empty_folder(unpacked, tmp_path):
    """A Python without the checkout reads the digits from it; NumPy is there, as on every Jupyter for the course."""
    (wheel,) = unpacked.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path / 'site')!r}); import course_utils, course_utils.data as data;"
        "print(course_utils.__file__, len(data.load_mnist().x_train))"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", code],
        cwd=tmp_path,
        env={"COURSE_OFFLINE": "1", "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    *_, last = done.stdout.splitlines()
    assert last == f"{tmp_path / 'site' / 'course_utils' / '__init__.py'} 8000"


def test_lessons_that_differ_from_their_source_are_not_bundled(tmp_path, monkeypatch):
    monkeypatch.setattr(bundle, "check", lambda root: ["05_gradient_descent: the lesson differs; run `course build`"])
    monkeypatch.chdir(ROOT)
    done = CliRunner().invoke(main, ["bundle", "--out", str(tmp_path / "course.zip")])
    assert done.exit_code == 1
    assert not list(tmp_path.iterdir())


def test_outside_a_checkout_and_without_hatchling_it_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setattr(bundle, "check", lambda root: [])
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, ["bundle"])
    assert (done.exit_code, "not in a checkout" in done.output) == (2, True)
    monkeypatch.chdir(ROOT)
    monkeypatch.setitem(sys.modules, "hatchling.builders.wheel", None)
    done = CliRunner().invoke(main, ["bundle", "--out", str(tmp_path / "course.zip")])
    assert (done.exit_code, "python -m pip install hatchling" in done.output) == (2, True)
    assert not list(tmp_path.iterdir())
