"""`course build` and `--check` on a small lesson: what they write, what they refuse, what they notice."""

import itertools
import json
import os
import shutil

import jupytext
import nbformat
import pytest

from autograder.build import BuildError, build, build_lesson, check, check_lesson, command, lesson_names
from autograder.build.colab import install_lines
from autograder.build.execute import leaks, tidy
from autograder.build.release import release
from autograder.build.source import read_source, write_source


def read(path):
    return nbformat.read(path, as_version=4)


def cell(notebook, id):
    return next(c for c in notebook.cells if c.id == id)


def edit(path, old, new):
    """Replace text in a file; the file's time becomes that of the edit, as an editor leaves it."""
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_the_solution_is_executed_and_the_student_gets_no_answer(built):
    solution, student = read(built.solution), read(built.lesson)
    assert cell(solution, "double").outputs[-1].data["text/plain"] == "2.0"
    assert "return 2 * x" in cell(solution, "double-answer").source

    assert cell(student, "double-answer").source.splitlines()[-1] == "    # YOUR CODE HERE"
    assert cell(student, "double").source == 'lesson.check("double")'
    assert cell(student, "why").source == "YOUR ANSWER HERE"
    assert all(not c.get("outputs") for c in student.cells)
    assert cell(student, "setup").metadata.editable is False
    assert len(cell(student, "double").metadata.nbgrader.checksum) == 32
    assert (built.lesson.parent / "dots.txt").read_text() == ". ..\n"
    assert not built.lesson.with_suffix(".py").exists()


def test_building_again_changes_no_byte(built):
    files = (built.source, built.solution, built.lesson)
    before = [path.read_bytes() for path in files]
    assert build_lesson(built) == []
    assert [path.read_bytes() for path in files] == before
    assert check(built.root) == []


def test_cell_ids_are_stable_unique_and_speak(built):
    ids = [c.id for c in read(built.solution).cells]
    assert len(set(ids)) == len(ids)
    assert {"setup", "double-answer", "double", "why"} <= set(ids)
    assert ids == [c.id for c in read(built.lesson).cells]


def test_equal_cells_get_different_ids(lesson):
    with lesson.source.open("a") as file:
        file.write("\n# %% [markdown]\n# twice\n\n# %% [markdown]\n# twice\n")
    ids = [c.id for c in read_source(lesson).cells[-2:]]
    assert ids[0] != ids[1]


PLANTED = [
    pytest.param("source", "Twice x.", "Two times x.", "source of cell double-answer", id="source: answer"),
    pytest.param("source", "# # Doubling", "# # Redoubling", "cells or their order", id="source: text"),
    pytest.param("source", '# %% tags=["demo"]', "# %%", "metadata of cell", id="source: tag"),
    pytest.param("source", "profile: numpy", "profile: tensorflow", "notebook's metadata", id="source: profile"),
    pytest.param("source", "(dots.txt)\n\n", "(dots.txt)\n\n\n", "jupytext's form",
                 id="source: layout"),
    pytest.param("solution", "return 2 * x", "return x + x", "source of cell double-answer", id="solution: answer"),
    pytest.param("solution", '"points": 2,', '"points": 5,', "metadata of cell double", id="solution: points"),
    pytest.param("solution", '"execution_count": 1,', '"execution_count": 7,', "execution counts",
                 id="solution: counter"),
    pytest.param("solution", '"text/plain": [\n       "2.0"', '"text/plain": [\n       "1.0"', "earns 1 of 2 points",
                 id="solution: score"),
    pytest.param("lesson", "YOUR CODE HERE", "YOUR CODE", "source of cell double-answer", id="lesson: stub"),
    pytest.param("lesson", '"editable": false', '"editable": true', "metadata of cell", id="lesson: lock"),
    pytest.param("lesson", '"outputs": []', '"outputs": [ ]', "outputs or layout", id="lesson: layout"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "named"), PLANTED)
def test_check_names_a_planted_edit(built, file, old, new, named):
    edit(getattr(built, file), old, new)
    named_it = [problem for problem in check(built.root) if named in problem]
    assert named_it, check(built.root)
    assert all(p.startswith(built.name) and f"course build {built.name}" in p for p in named_it)


@pytest.mark.parametrize("file", ["solution", "lesson"])
@pytest.mark.parametrize("damage", ["deleted", "not JSON"])
def test_check_names_a_lost_or_damaged_notebook(built, file, damage):
    path = getattr(built, file)
    path.unlink()
    if damage == "not JSON":
        path.write_text("{")
    assert [p for p in check(built.root) if built.name in p]


def test_check_sees_files_beside_the_notebook_and_notebooks_without_a_source(built):
    (built.lesson.parent / "dots.txt").write_text("other")
    stray = built.root / "lessons" / "91_gone" / "91_gone.ipynb"
    stray.parent.mkdir()
    shutil.copy(built.lesson, stray)
    found = "\n".join(check(built.root))
    assert f"lessons/{built.name}/dots.txt" in found
    assert "91_gone" in found


def test_check_notices_an_unexecuted_solution(built):
    notebook = read_source(built)
    built.solution.write_text(nbformat.writes(notebook) + "\n")
    assert "not executed" in check_lesson(built)[0]


BROKEN = [
    ("return 2 * x", "return 2 * y", "double: NameError: name 'y' is not defined"),
    ("return 2 * x", "return 3 * x", "cell double: the solution earns 0 of 2 points"),
    ("lesson: 90_doubling", "lesson: 91_doubling", "cell header: course.lesson must be 90_doubling"),
    ("trains: false", "trains: sometimes", "course.trains must be true"),
    ("class Lesson:", "import keras\n\n\nclass Lesson:", "course.profile must be tensorflow"),
    ('"points": 2,', '"points": 4,', "the cell gives 4 points, the exercise 2"),
    ('"grade_id": "why"', '"grade_id": "double"', "double: grade_id used twice"),
    ('"grade_id": "why"', '"grade_id": "because"', "cell why: the exercise has no test cell"),
    ('"grade_id": "double-answer"', '"grade_id": "doubling"', 'needs an answer cell: grade_id "double-answer"'),
    ('lesson.check("double")', 'assert lesson.check("double")', "a test cell reads exactly"),
    ("    ### BEGIN SOLUTION\n", "", "mark the solution with ### BEGIN SOLUTION"),
    ("**Points:** 5", "**Points:** 6", "the title gives 6 points, the exercises together 5"),
    ("**Before this:** nothing · ", "", "begin with # title"),
    ("# Because", "# ### BEGIN MARK SCHEME\n# Two points.\n# ### END MARK SCHEME\n# Because", "only in a task cell"),
    ("    ### END SOLUTION\n", "", "ClearSolutions stopped: no end solution statement"),
    ('    """Twice x."""\n', "", "cell double-answer: without its solution it is not valid Python"),
    ("5 minutes · 2 points", "5 minutes · 4 points", "does not say 2 points"),
    ("### Exercise 2: in", "### Exercise 1: in", "a second heading “Exercise 1”"),
    ("★☆☆ · 5 minutes", "", "does not say difficulty, minutes"),
    ("![two dots beside one dot]", "![]", "an image without alt text"),
    ('"grade_id": "setup", "locked": true', '"grade_id": "setup", "locked": false', "set-up cell must be read-only"),
    ("doubled is", "doubled is\", object(), \"", "shows a memory address"),
    ("for n in range(3):", "import sys\nprint('careful', file=sys.stderr)\nfor n in range(3):",
     "writes to stderr (careful)"),
    ("for n in range(3):", "import os\nprint(os.getcwd())\nfor n in range(3):", "shows a path of this machine"),
    ("for n in range(3):", "os._exit(1)\nfor n in range(3):", "NameError"),
    ("for n in range(3):", "import os\nos._exit(1)\nfor n in range(3):", "the kernel died"),
    ("for n in range(3):", "from IPython.display import HTML\nHTML('<img src=x>')\n# %%\nfor n in range(3):",
     "shows an <img> without alt text"),
    ('"schema_version": 3, "solution": false}\nclass', '"schema_version": 3, "solution": 0}\nclass',
     "nbgrader rejects"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "says"), BROKEN, ids=[says for *_, says in BROKEN])
def test_a_broken_lesson_is_refused_and_its_old_files_stay(lesson, old, new, says):
    lesson.lesson.parent.mkdir(parents=True)
    for path in (lesson.solution, lesson.lesson):
        path.write_text("old")
    edit(lesson.source, old, new)
    wait_for_newer(lesson.source, than=lesson.solution)
    with pytest.raises(BuildError) as refused:
        build_lesson(lesson)
    assert says in str(refused.value)
    assert str(refused.value).startswith(lesson.name)
    assert lesson.solution.read_text() == lesson.lesson.read_text() == "old"
    assert not list(lesson.root.rglob("*.part"))


def wait_for_newer(path, than):
    later = than.stat().st_mtime_ns + 1_000_000_000
    os.utime(path, ns=(later, later))


def test_one_broken_lesson_does_not_stop_the_others(lesson, capsys):
    other = lesson.source.parents[1] / "91_again"
    other.mkdir()
    (other / "91_again.py").write_text(lesson.source.read_text().replace("90_doubling", "91_again"))
    edit(lesson.source, "return 2 * x", "return 2 * y")
    (problem,) = build(lesson.root)
    assert problem.startswith(lesson.name)
    assert (lesson.root / "lessons" / "91_again" / "91_again.ipynb").is_file()
    assert "91_again: solution, lesson" in capsys.readouterr().out


def test_a_cell_that_never_ends_is_named(lesson, monkeypatch):
    monkeypatch.setattr("autograder.build.execute.SECONDS_PER_CELL", 1)
    edit(lesson.source, "for n in range(3):", "while True:\n    pass\nfor n in range(3):")
    with pytest.raises(BuildError, match="still running after 1 s"):
        build_lesson(lesson)


def test_edits_made_in_the_notebook_are_not_lost(built):
    edit(built.solution, "Twice x.", "Two times x.")
    wait_for_newer(built.solution, than=built.source)
    with pytest.raises(BuildError, match="jupytext --sync"):
        build_lesson(built)
    assert "Two times x." in built.solution.read_text()


def test_jupytext_sync_carries_edits_both_ways(built, monkeypatch):
    """What JupyterLab's pairing does when an instructor saves either file."""
    from jupytext.cli import jupytext as sync

    monkeypatch.chdir(built.source.parent)
    before = built.source.read_text()
    sync(["--sync", "--quiet", built.solution.name])
    assert built.source.read_text() == before, "an unedited pair stays as it is"

    edit(built.solution, "Twice x.", "Two times x.")
    wait_for_newer(built.solution, than=built.source)
    sync(["--sync", "--quiet", built.solution.name])
    assert built.source.read_text() == before.replace("Twice x.", "Two times x.")
    build_lesson(built)
    assert "Two times x." in built.lesson.read_text()

    edit(built.source, "Two times x.", "x and x.")
    wait_for_newer(built.source, than=built.solution)
    sync(["--sync", "--quiet", built.source.name])
    assert cell(read(built.solution), "double-answer").source.splitlines()[1] == '    """x and x."""'
    assert cell(read(built.solution), "double").outputs, "outputs of unchanged cells stay"
    build_lesson(built)
    assert check(built.root) == []


def test_a_cell_added_in_jupyterlab_reaches_the_source(built, monkeypatch):
    from jupytext.cli import jupytext as sync

    notebook = read(built.solution)
    notebook.cells.append(nbformat.v4.new_code_cell("%timeit -n1 -r1 double(1)", metadata={"tags": ["demo"]}))
    nbformat.write(notebook, built.solution)
    wait_for_newer(built.solution, than=built.source)
    monkeypatch.chdir(built.source.parent)
    sync(["--sync", "--quiet", built.solution.name])
    assert built.source.read_text().endswith('# %% tags=["demo"]\n# %timeit -n1 -r1 double(1)\n')
    assert read_source(built).cells[-1].source == "%timeit -n1 -r1 double(1)"


def test_the_source_is_a_fixed_point(built):
    text = built.source.read_text()
    assert write_source(read_source(built)) == text
    assert write_source(jupytext.reads(text, "py:percent")) == text


def test_jupyterlab_saves_either_file_of_the_pair(built):
    """JupyterLab's own way of opening and saving, with jupytext's pairing from solutions/jupytext.toml."""
    from jupyter_server.services.contents.largefilemanager import LargeFileManager
    from jupytext.sync_contentsmanager import build_sync_jupytext_contents_manager_class

    manager = build_sync_jupytext_contents_manager_class(LargeFileManager)(root_dir=str(built.root))
    before = built.source.read_text()
    for opened, edited in (
        (built.solution, ("Twice x.", "Two times x.")),
        (built.source, ("Two times x.", "Twice x.")),
    ):
        path = opened.relative_to(built.root).as_posix()
        notebook = manager.get(path, type="notebook")["content"]
        answer = next(c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") == "double-answer")
        answer.source = answer.source.replace(*edited)
        notebook.metadata.kernelspec.display_name = "Python 3 (ipykernel)"
        notebook.metadata.language_info = {"name": "python", "version": "3.11.7"}
        manager.save({"type": "notebook", "content": notebook}, path)
        assert edited[1] in built.source.read_text()
        assert edited[1] in built.solution.read_text()
    assert built.source.read_text() == before
    build_lesson(built)
    assert check(built.root) == []


PICTURES = """
# %% tags=["demo"]
import matplotlib.pyplot as plt
from IPython.display import display

from course_utils import plots

figure, axes = plots.figure()
axes.plot([1, 2], [3, 4])
plots.show(figure, "A line that rises from 3 to 4.")
figure, axes = plt.subplots()
axes.plot([1, 2], [4, 3])
plt.close(figure)
display(figure, metadata={"image/png": {"alt": "A line that falls from 4 to 3."}})
"""


def test_pictures_are_the_same_bytes_each_time(lesson):
    with lesson.source.open("a") as file:
        file.write(PICTURES)
    build_lesson(lesson)
    before = lesson.solution.read_bytes()
    assert before.count(b"image/png") >= 2
    assert build_lesson(lesson) == []
    assert lesson.solution.read_bytes() == before


def test_a_figure_without_alt_text_is_refused(lesson):
    with lesson.source.open("a") as file:
        file.write(PICTURES.replace('metadata={"image/png": {"alt": "A line that falls from 4 to 3."}}', ""))
    with pytest.raises(BuildError, match="shows a figure without alt text"):
        build_lesson(lesson)


def test_files_are_released_as_nbgrader_would(built):
    folder = built.source.parent
    for name in (".hidden", "__pycache__/x.pyc", "helper.py", "data/table.csv", "other.ipynb", "events.log"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("")
    with (built.root / "nbgrader_config.py").open("a") as config:
        config.write('c.CourseDirectory.ignore = ["__pycache__", "*.log"]\n')
    assert [path.as_posix() for path in built.beside()] == ["data/table.csv", "dots.txt", "helper.py"]


OUTPUTS = {
    "a memory address": ({"text/plain": "<Line2D at 0x7f1234567890>"}, True),
    "an address inside an image": ({"text/html": '<img alt="a" src="data:image/png;base64,/0x7f1234567890/">'}, False),
    "a short hexadecimal number": ({"text/plain": "0xff"}, False),
    "a path": ({"text/html": "<b>/home/somebody/course</b>"}, True),
    "a path in SVG": ({"image/svg+xml": "/home/somebody/a.svg"}, True),
    "plain words": ({"text/plain": "3.0"}, False),
}


@pytest.mark.parametrize(("data", "leaky"), OUTPUTS.values(), ids=OUTPUTS)
def test_leaks(data, leaky):
    output = nbformat.v4.new_output("display_data", data)
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("f()", outputs=[output])])
    assert bool(list(leaks(notebook, ("/home/somebody",)))) is leaky


def test_tidy_keeps_the_picture_of_a_widget_and_drops_the_live_part():
    widget = {"application/vnd.jupyter.widget-view+json": {"model_id": "1f"}, "text/plain": "interactive(...)"}
    outputs = [
        nbformat.v4.new_output("display_data", widget),
        nbformat.v4.new_output("display_data", {**widget, "text/html": "<img alt='x' src='y'>"}),
    ]
    code = nbformat.v4.new_code_cell("f()", outputs=outputs, metadata={"execution": {"iopub.status.busy": "2026"}})
    notebook = nbformat.v4.new_notebook(cells=[code], metadata={"widgets": {"state": 1}})
    (kept,) = tidy(notebook).cells[0].outputs
    assert sorted(kept.data) == ["text/html", "text/plain"]
    assert "widgets" not in notebook.metadata
    assert code.metadata == {}


def test_wanted_lessons_are_found_by_number_or_name(lesson):
    assert lesson_names(lesson.root, ("90",)) == lesson_names(lesson.root, ("90_doubling",)) == ["90_doubling"]
    with pytest.raises(BuildError, match=r"No lesson '9'\. There are: 90_doubling"):
        lesson_names(lesson.root, ("9",))


@pytest.mark.parametrize(
    ("address", "badge"),
    [("", False), ("https://github.com/somebody/course", True), ("https://git.example.org/course", False)],
)
def test_the_lesson_installs_the_course_and_with_a_public_address_has_a_badge(built, address, badge):
    (built.root / "pyproject.toml").write_text(f"[tool.course]\nrepository = {json.dumps(address)}\n")
    student = release(read(built.solution), built)
    title, setup = student.cells[0].source, cell(student, "setup")
    assert (f"github/somebody/course/blob/main/lessons/{built.name}/{built.name}.ipynb" in title) is badge
    assert setup.source.startswith(install_lines(address))
    assert setup.source.endswith(cell(read(built.solution), "setup").source)
    nbformat.validate(student)


def test_where_only_texts_have_changed_nothing_needs_to_be_run(built, monkeypatch, capsys):
    monkeypatch.chdir(built.root)
    monkeypatch.setattr(command, "execute", None)
    (built.root / "pyproject.toml").write_text('[tool.course]\nrepository = "https://github.com/somebody/course"\n')
    assert command.run((), only_check=True) == 1
    assert command.run((), only_check=False, only_release=True) == 0
    assert f"{built.name}: lesson" in capsys.readouterr().out
    assert command.run((), only_check=True) == 0
    outputs = [c.outputs for c in read(built.solution).cells if c.cell_type == "code"]
    edit(built.source, "**Time:** 15 minutes", "**Time:** 20 minutes")
    assert command.run((), only_check=True) == 1
    assert command.run((), only_check=False, only_release=True) == 0
    assert command.run((), only_check=True) == 0
    assert [c.outputs for c in read(built.solution).cells if c.cell_type == "code"] == outputs
    assert "**Time:** 20 minutes" in read(built.lesson).cells[0].source
    edit(built.source, "Twice x.", "Two times x.")
    before = built.lesson.read_bytes()
    capsys.readouterr()
    assert command.run((), only_check=False, only_release=True) == 1
    said = capsys.readouterr().out
    assert f"other code than its source; run `course build {built.name}`" in said
    assert built.lesson.read_bytes() == before


def test_exit_codes_and_messages(built, monkeypatch, capsys):
    monkeypatch.chdir(built.lesson.parent)
    assert command.run((), only_check=True) == 0
    assert built.name in capsys.readouterr().out
    edit(built.lesson, "YOUR CODE HERE", "YOUR CODE")
    assert command.run(("90",), only_check=True) == 1
    assert "course build 90_doubling" in capsys.readouterr().out
    assert command.run(("77",), only_check=False) == 2
    assert "No lesson '77'" in capsys.readouterr().err
    monkeypatch.chdir(built.root.parent)
    assert command.run((), only_check=True) == 2


def test_a_write_that_fails_leaves_the_old_file(built, monkeypatch):
    before = built.lesson.read_bytes()
    edit(built.source, "Twice x.", "Two times x.")
    calls = itertools.count()
    real = os.replace

    def full_disk(source, target):
        if next(calls) == 1:
            raise OSError(28, "No space left on device")
        real(source, target)

    monkeypatch.setattr(os, "replace", full_disk)
    with pytest.raises(OSError, match="No space left"):
        build_lesson(built)
    assert built.lesson.read_bytes() == before
    assert not list(built.root.rglob("*.part"))
