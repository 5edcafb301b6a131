"""`course start`, `course update`, and which notebook `course check` means."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from autograder.cli import main
from autograder.errors import UsageError
from autograder.workspace.folder import find_notebook, shipped_lessons
from course_utils.lessons import names

ROOT = Path(__file__).parents[2]
FIRST = Path("00_start_here", "00_start_here.ipynb")
STATE = ".course-workspace"


@pytest.fixture
def course(monkeypatch, tmp_path):
    """The `course` command with a default folder of its own; returns (exit code, output)."""
    monkeypatch.setenv("COURSE_WORKSPACE", str(tmp_path / "default"))
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> tuple[int, str]:
        done = CliRunner().invoke(main, arguments)
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return done.exit_code, done.output

    return run


def test_a_workspace_holds_every_lesson_as_it_is_handed_out(course, tmp_path):
    code, said = course("start", "Übung 1")
    assert code == 0 and f"Made your workspace {tmp_path / 'Übung 1'}" in said
    lessons = sorted((ROOT / "lessons").glob("*/*.ipynb"))
    assert len(lessons) == len(names())
    for path in lessons:
        assert (tmp_path / "Übung 1" / path.relative_to(ROOT / "lessons")).read_bytes() == path.read_bytes()
    assert "course update" in (tmp_path / "Übung 1" / "README.md").read_text("utf-8")


def test_a_second_start_and_an_update_change_nothing(course, tmp_path):
    course("start", "w")
    (tmp_path / "w" / FIRST).write_text("mine")
    assert course("start", "w")[1].startswith(f"{tmp_path / 'w'} is a workspace already")
    assert course("update", "w") == (0, f"{tmp_path / 'w'} is up to date.\n")
    assert (tmp_path / "w" / FIRST).read_text() == "mine"


def test_a_start_that_was_interrupted_is_finished_by_an_update(course, tmp_path):
    course("start", "w")
    shutil.rmtree(tmp_path / "w" / "20_deployment")
    shutil.rmtree(tmp_path / "w" / STATE / "handed-out" / "20_deployment")
    assert course("update", "w") == (0, f"  {Path('20_deployment/20_deployment.ipynb')}: new\n")


def test_an_update_says_what_it_did_and_where_the_old_notebook_is(course, tmp_path):
    course("start", "w")
    handed_out, mine = (folder / FIRST for folder in (tmp_path / "w" / STATE / "handed-out", tmp_path / "w"))
    older = json.loads(mine.read_text("utf-8"))
    older["cells"][0]["source"] = ["# An older title"]
    handed_out.write_text(json.dumps(older))
    older["cells"].append({**older["cells"][0], "id": "own", "source": ["My own note"]})
    mine.write_text(json.dumps(older))
    code, said = course("update", "w")
    assert code == 0 and f"{FIRST}: new version" in said and str(tmp_path / "w" / STATE / "backups") in said
    assert "My own note" in mine.read_text("utf-8") and "An older title" not in mine.read_text("utf-8")
    assert course("update", "w")[1].endswith("is up to date.\n")


def test_a_damaged_notebook_is_an_exit_code_and_a_line(course, tmp_path):
    course("start", "w")
    (tmp_path / "w" / STATE / "handed-out" / FIRST).write_text("older")
    (tmp_path / "w" / FIRST).write_text("{")
    code, said = course("update", "w")
    assert code == 1 and f"{tmp_path / 'w' / FIRST} is damaged" in said
    assert (tmp_path / "w" / FIRST).read_text() == "{"


def test_the_files_of_a_learner_who_starts_among_them_stay(course, tmp_path):
    (tmp_path / "README.md").write_text("my plans")
    (tmp_path / "thesis.txt").write_text("mine")
    assert course("start", ".")[0] == 0
    assert course("update")[0] == 0
    assert (tmp_path / "thesis.txt").read_text() == "mine"
    assert (tmp_path / "README.md").read_text() == "my plans"


@pytest.mark.parametrize("folder", [".", "lessons", "lessons/01_neuron", "solutions/new"])
def test_the_courses_own_folders_are_refused(folder, course, monkeypatch):
    monkeypatch.chdir(ROOT)
    code, said = course("start", str(ROOT / folder))
    assert code == 2 and "belongs to the course itself" in said
    assert not (ROOT / folder / STATE).exists()


def test_what_cannot_be_is_said(course, tmp_path):
    (tmp_path / "file").touch()
    assert course("start", "file") == (2, f"course: {tmp_path / 'file'} is a file. Name a folder: course start DIR.\n")
    code, said = course("update")
    assert code == 2 and "There is no workspace here" in said and "course start" in said
    assert course("update", "file")[0] == 2


@pytest.fixture
def workspace(course, tmp_path):
    course("start", "w")
    return tmp_path / "w"


@pytest.mark.parametrize("here", [".", "00_start_here", "13_cnn"])
@pytest.mark.parametrize(
    "said", ["00", "00_start_here", "00_start_here.ipynb", "lessons/00_start_here/00_start_here.ipynb"]
)
def test_a_lesson_is_found_by_its_name_from_anywhere_in_the_workspace(said, here, workspace, tmp_path):
    found = find_notebook(said, workspace / here)
    assert (workspace / here / found).resolve() == workspace / FIRST


def test_a_file_that_is_there_comes_first(workspace, tmp_path):
    (tmp_path / "00_start_here.ipynb").touch()
    assert find_notebook("00_start_here.ipynb", tmp_path) == Path("00_start_here.ipynb")
    assert find_notebook("w/00_start_here", tmp_path) == tmp_path / "w" / FIRST


@pytest.mark.parametrize("said", ["99", "nothing.ipynb", "", "..", "00_start"])
def test_a_notebook_that_is_not_there_is_said(said, workspace):
    with pytest.raises(UsageError, match="There is no notebook"):
        find_notebook(said, workspace)


def test_a_workspace_needs_nothing_of_what_graders_install(tmp_path):
    code = (
        "import sys; sys.modules |= dict.fromkeys(['nbgrader', 'nbformat', 'jupytext', 'msgpack', 'nh3']);"
        "from autograder.cli import main; main(sys.argv[1:], standalone_mode=False)"
    )
    for command in ("start", "update"):
        subprocess.run([sys.executable, "-c", code, command, str(tmp_path / "w")], check=True, cwd=ROOT)
    assert (tmp_path / "w" / FIRST).is_file()


def test_an_editable_course_takes_the_lessons_of_its_checkout():
    assert shipped_lessons() == ROOT / "lessons"
