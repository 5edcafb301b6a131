"""A demonstration with a title is folded in every front end that can fold; nothing else ever is."""

import nbformat
import pytest
from nbgrader.preprocessors import DeduplicateIds, LockCells

from autograder.build import BuildError, build_lesson, check
from autograder.build.source import LessonFolder, find_root, lesson_names

ROOT = find_root()
DEMO = '# %% tags=["demo"]\n'
LOOP = "for n in range(3):"
ANSWER = "def double(x):"


def edited(lesson, old, new):
    text = lesson.source.read_text()
    assert text.count(old) == 1
    lesson.source.write_text(text.replace(old, new))
    return lesson


def folded(path):
    """The sources of the cells that are folded, which all front ends must agree on."""
    cells = [c for c in nbformat.read(path, as_version=4).cells if c.cell_type == "code"]
    in_jupyter = [c.source for c in cells if c.metadata.get("jupyter", {}).get("source_hidden")]
    assert in_jupyter == [c.source for c in cells if c.metadata.get("cellView") == "form"]
    return in_jupyter


def test_a_title_folds_the_cell_and_the_source_says_no_more_than_the_title(lesson):
    text = edited(lesson, LOOP, f"# @title Print three doubles\n{LOOP}").source.read_text()
    build_lesson(lesson)
    for path in (lesson.solution, lesson.lesson):
        [cell] = folded(path)
        assert cell.startswith("# @title Print three doubles\n")
    assert lesson.source.read_text() == text
    assert check(lesson.root) == []


def test_a_cell_that_was_opened_and_saved_is_noticed_and_folded_again(lesson):
    build_lesson(edited(lesson, LOOP, f"# @title Print three doubles\n{LOOP}"))
    notebook = nbformat.read(lesson.lesson, as_version=4)
    for cell in notebook.cells:
        cell.metadata.pop("jupyter", None)
    nbformat.write(notebook, lesson.lesson)
    assert any("metadata of cell" in problem for problem in check(lesson.root))
    build_lesson(lesson)
    assert len(folded(lesson.lesson)) == 1


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (LOOP, "n = 0\n" * 14 + LOOP, "shows 16 lines, more than 15"),
        (LOOP, f"# @title {'long ' * 20}\n{LOOP}", "its title must say"),
        (LOOP, f"# @title \n{LOOP}", "its title must say"),
        (ANSWER, f"# @title The answer\n{ANSWER}", "only a demonstration may be folded"),
        (
            'lesson.check("double")\n',
            '# @title The check\nlesson.check("double")\n',
            "only a demonstration may be folded",
        ),
        ("class Lesson:", "# @title Set-up\nclass Lesson:", "only a demonstration may be folded"),
    ],
    ids=["long and open", "long title", "no title", "answer", "check", "set-up"],
)
def test_what_may_not_be_folded_or_stand_open(lesson, old, new, says):
    with pytest.raises(BuildError, match=says):
        build_lesson(edited(lesson, old, new))


def test_fifteen_lines_may_stand_open_and_more_when_folded(lesson):
    build_lesson(edited(lesson, LOOP, "n = 0\n" * 13 + LOOP))
    assert folded(lesson.lesson) == []
    build_lesson(edited(lesson, f"{DEMO}n = 0\n", f"{DEMO}# @title Count\nn = 0\n" + "n = 1\n" * 20))
    assert len(folded(lesson.lesson)) == 1


def test_nbgraders_autograde_keeps_the_folding(lesson):
    """The steps of `nbgrader autograde` that rewrite cells; nbgrader's gradebook is not asked."""
    build_lesson(edited(lesson, LOOP, f"# @title Print three doubles\n{LOOP}"))
    notebook, before = nbformat.read(lesson.lesson, as_version=4), folded(lesson.lesson)
    notebook, _ = DeduplicateIds().preprocess(notebook, {})
    notebook, _ = LockCells().preprocess(notebook, {})
    nbformat.write(notebook, lesson.lesson)
    assert folded(lesson.lesson) == before


@pytest.mark.parametrize("name", lesson_names(ROOT))
def test_a_learner_finds_the_long_demonstrations_folded_and_all_else_open(name):
    for cell in nbformat.read(LessonFolder(ROOT, name).lesson, as_version=4).cells:
        if cell.cell_type == "code" and "demo" not in cell.metadata.get("tags", []):
            assert not {"jupyter", "cellView"} & set(cell.metadata), cell.source
        elif cell.cell_type == "code" and len(list(filter(str.strip, cell.source.splitlines()))) > 15:
            assert cell.metadata.jupyter.source_hidden and cell.metadata.cellView == "form", cell.source
