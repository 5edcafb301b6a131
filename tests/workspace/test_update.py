"""An update loses no word of a learner, wherever it stops, and puts each where it belongs."""

from __future__ import annotations

import json
import os
import random
from pathlib import Path

import nbformat
import pytest

from autograder.workspace.folder import Workspace
from autograder.workspace.update import bring
from tests.workspace.changes import (
    LESSON,
    PATH,
    Learner,
    exercise,
    lesson,
    new_version,
    notebook,
    sources,
    text,
    words_of,
)

KEPT = Path(LESSON, f"{LESSON}.kept.md")
ROUNDS = 25


def files_of(workspace: Workspace) -> dict[str, bytes]:
    return {str(p.relative_to(workspace.root)): p.read_bytes() for p in workspace.root.rglob("*") if p.is_file()}


def started(folder: Path, data: bytes) -> Workspace:
    workspace = Workspace(folder)
    bring(workspace, [(PATH, data)])
    return workspace


def everything(workspace: Workspace) -> str:
    kept = workspace.root / KEPT
    beside = kept.read_text(encoding="utf-8") if kept.exists() else ""
    return "\n".join([*sources((workspace.root / PATH).read_bytes()), beside])


@pytest.mark.parametrize("seed", range(12))
def test_every_word_is_in_the_notebook_or_beside_it(seed, tmp_path):
    for round in range(ROUNDS):
        rng = random.Random(f"{seed} {round}")
        first = lesson(rng)
        new = notebook(new_version(first, rng))
        workspace = started(tmp_path / str(round), notebook(first))
        learner = Learner(notebook(first), rng)
        learner.work(rng.randint(1, 25))
        (workspace.root / PATH).write_bytes(learner.bytes())
        if rng.random() < 0.2:
            (workspace.handed_out / PATH).unlink()  # a notebook that came from elsewhere
        bring(workspace, [(PATH, new)])

        assert words_of(*sources(learner.bytes())) <= words_of(everything(workspace))
        result = (workspace.root / PATH).read_bytes()
        nbformat.validate(nbformat.reads(result, as_version=4))
        ids = [cell["id"] for cell in json.loads(result)["cells"]]
        assert len(ids) == len(set(ids))
        wanted = [cell["id"] for cell in json.loads(new)["cells"]]
        assert [id for id in ids if id in wanted] == wanted
        for cell in learner.cells:
            if cell["id"].endswith("-answer") and cell["cell_type"] == "code" and words_of(cell["source"]):
                same = [other["source"] for other in learner.cells if other["id"] == cell["id"]]
                assert cell["id"] not in wanted or sources(result)[ids.index(cell["id"])] == same[0]
        backups = [path.read_bytes() for path in workspace.backups.rglob("*.ipynb")]
        assert learner.bytes() in [*backups, notebook(first)]

        before = files_of(workspace)
        bring(workspace, [(PATH, new)])
        assert files_of(workspace) == before


@pytest.mark.parametrize("seed", range(6))
def test_a_checker_of_words_would_notice_a_lost_one(seed, tmp_path):
    rng = random.Random(seed)
    first = lesson(rng)
    learner = Learner(notebook(first), rng)
    learner.adds(0)
    learner.work(10)
    assert not words_of(*sources(learner.bytes())) <= words_of(*sources(notebook(new_version(first, rng))))


class Stopped(BaseException):
    """As when the process is killed."""


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("when", ["before", "after"])
def test_an_update_that_is_stopped_anywhere_loses_nothing_and_can_be_done_again(seed, when, tmp_path, monkeypatch):
    rng = random.Random(seed)
    first = lesson(rng)
    new = notebook(new_version(first, rng))
    learner = Learner(notebook(first), rng)
    learner.work(20)
    replace = os.replace

    def run(folder: Path, stop_at: int) -> tuple[Workspace, bool]:
        workspace = started(folder, notebook(first))
        (workspace.root / PATH).write_bytes(learner.bytes())
        calls = []

        def stopping(source, target):
            calls.append(target)
            if len(calls) == stop_at and when == "before":
                raise Stopped
            replace(source, target)
            if len(calls) == stop_at:
                raise Stopped

        with monkeypatch.context() as patch:
            patch.setattr(os, "replace", stopping)
            try:
                bring(workspace, [(PATH, new)])
            except Stopped:
                return workspace, True
        return workspace, False

    peaceful = files_of(run(tmp_path / "peace", 0)[0])
    assert len(peaceful) >= 3
    for stop_at in range(1, 10):
        workspace, stopped = run(tmp_path / str(stop_at), stop_at)
        there = [data for name, data in files_of(workspace).items() if name.endswith(".ipynb")]
        assert learner.bytes() in there  # in its place, or in the backup
        if (workspace.root / PATH).read_bytes() != learner.bytes():
            assert words_of(*sources(learner.bytes())) <= words_of(everything(workspace))
        bring(workspace, [(PATH, new)])
        left = files_of(workspace)
        assert {name: left[name] for name in peaceful} == peaceful
        assert set(left) - set(peaceful) <= {name for name in left if "/backups/" in name}
        if not stopped:
            break
    else:
        pytest.fail("it never came to its end")


@pytest.mark.parametrize("seed", range(10))
def test_a_lesson_without_a_new_version_stays_byte_for_byte(seed, tmp_path):
    rng = random.Random(seed)
    data = notebook(lesson(rng))
    workspace = started(tmp_path, data)
    learner = Learner(data, rng)
    learner.work(20)
    (workspace.root / PATH).write_bytes(learner.bytes())
    before = files_of(workspace)
    bring(workspace, [(PATH, data)])
    assert files_of(workspace) == before


def test_a_lesson_in_which_nothing_was_written_is_the_new_one_byte_for_byte(tmp_path):
    rng = random.Random(1)
    first = lesson(rng)
    workspace = started(tmp_path, notebook(first))
    new = notebook(new_version(first, rng))
    report = bring(workspace, [(PATH, new)])
    assert (tmp_path / PATH).read_bytes() == new
    assert report.updated == [PATH] and report.backups == []


HEAD = text("# Head\n\nOne.\n\nTwo.")


def brought(tmp_path: Path, old: list, mine: list, new: list) -> tuple[list[dict], str]:
    """(cells, kept page) after an update, each version given as blocks of cells."""
    workspace = started(tmp_path, notebook(old))
    (tmp_path / PATH).write_bytes(notebook(mine))
    bring(workspace, [(PATH, notebook(new))])
    cells = json.loads((tmp_path / PATH).read_bytes())["cells"]
    kept = tmp_path / KEPT
    return [{**c, "source": "".join(c["source"])} for c in cells], kept.read_text("utf-8") if kept.exists() else ""


def with_source(cell: dict, source: str, **more) -> dict:
    return {**cell, "source": source, **more}


def answered(id: str, answer: str = "return 42", **more) -> list[dict]:
    about, stub, check = exercise(id)
    return [about, with_source(stub, stub["source"].replace("# YOUR CODE HERE", answer), **more), check]


def test_an_answer_with_its_output_stays_in_its_cell_through_all_that_goes_on_around(tmp_path):
    output = [{"name": "stdout", "output_type": "stream", "text": ["42\n"]}]
    mine = [[HEAD], answered("a", outputs=output, execution_count=7), exercise("b")]
    new = [[text("# Another head")], exercise("b"), exercise("c"), exercise("a")]
    cells, kept = brought(tmp_path, [[HEAD], exercise("a"), exercise("b")], mine, new)
    by_id = {cell["id"]: cell for cell in cells}
    assert [cell["id"] for cell in cells] == [cell["id"] for block in new for cell in block]
    assert "return 42" in by_id["a-answer"]["source"]
    assert (by_id["a-answer"]["outputs"], by_id["a-answer"]["execution_count"]) == (output, 7)
    assert by_id["b-answer"]["source"] == exercise("b")[1]["source"]
    assert kept == ""


def test_the_answer_to_an_exercise_that_is_gone_is_kept_beside_and_says_so(tmp_path):
    cells, kept = brought(tmp_path, [[HEAD], exercise("a")], [[HEAD], answered("a")], [[HEAD], exercise("b")])
    assert "return 42" in kept and "no longer in the lesson (cell a-answer)" in kept
    assert not any("return 42" in cell["source"] for cell in cells)


def test_an_answer_outlives_a_new_stub_which_is_told(tmp_path):
    stub = "def a(x, axis):\n    # YOUR CODE HERE\n"
    cells, kept = brought(tmp_path, [exercise("a")], [answered("a")], [exercise("a", stub)])
    assert "return 42" in cells[1]["source"]
    assert stub in kept and "another beginning" in kept


def test_an_answer_that_was_not_begun_gets_the_new_stub(tmp_path):
    new = exercise("a", "def a(x, axis):\n    # YOUR CODE HERE\n")
    cells, kept = brought(
        tmp_path, [[HEAD], exercise("a")], [[HEAD, {**text("own"), "id": "own"}], exercise("a")], [[HEAD], new]
    )
    assert cells[3]["source"] == new[1]["source"] and kept == ""


@pytest.mark.parametrize("changed", [False, True], ids=["same text", "new text"])
def test_cells_of_ones_own_stay_where_they_stood(changed, tmp_path):
    own = [{**text(f"own {n}", kind), "id": f"own{n}"} for n, kind in enumerate(["markdown", "code", "raw"])]
    head = text("# A new head") if changed else HEAD
    mine = [[own[0], HEAD, own[1]], exercise("a"), [own[2]]]
    cells, _ = brought(tmp_path, [[HEAD], exercise("a")], mine, [[head], exercise("a"), exercise("b")])
    places = [cell["id"] for cell in cells]
    assert places[:3] == ["own0", head["id"], "own1"]
    assert places[places.index("own2") - 1] == "a"


def test_notes_in_a_text_of_the_lesson_stand_behind_its_new_wording(tmp_path):
    noted = with_source(HEAD, "# Head\n\nOne.\nMy first note.\n\nTwo.\n\nMy second note.")
    new = text("# Head\n\nOne, in better words.\n\nTwo.")
    cells, kept = brought(tmp_path, [[HEAD], exercise("a")], [[noted], exercise("a")], [[new], exercise("a")])
    assert [cell["source"] for cell in cells[:2]] == [new["source"], "My first note.\n\nMy second note."]
    assert kept == ""


def test_a_picture_pasted_into_a_text_of_the_lesson_stays_with_its_text(tmp_path):
    picture = {"a.png": {"image/png": "AAAA"}}
    pasted = with_source(HEAD, "# Head\n\nSee ![](attachment:a.png)", attachments=picture)
    cells, _ = brought(tmp_path, [[HEAD], exercise("a")], [[pasted], exercise("a")], [[text("# Other")], exercise("a")])
    assert [(cell["source"], cell.get("attachments")) for cell in cells[:2]] == [
        ("# Other", None),
        (pasted["source"], picture),
    ]


def test_notes_in_a_text_that_is_the_same_stay_in_it(tmp_path):
    noted = with_source(HEAD, f"{HEAD['source']}\n\nMine.")
    cells, _ = brought(tmp_path, [[HEAD]], [[noted]], [[HEAD], exercise("a")])
    assert cells[0]["source"] == noted["source"]


def test_a_reworded_text_and_a_changed_demonstration_are_kept_beside(tmp_path):
    demo = text("print(1)", "code")
    old, new = [[HEAD, demo]], [[text("# Other"), text("print(2)", "code")]]
    mine = [[with_source(HEAD, "# Head\n\nWhat I think of it."), with_source(demo, "print('```')\nprint(1000)")]]
    cells, kept = brought(tmp_path, old, mine, new)
    assert [cell["source"] for cell in cells] == ["# Other", "print(2)"]
    assert "What I think of it." in kept
    assert "````python\nprint('```')\nprint(1000)\n````\n" in kept


@pytest.mark.parametrize("known", [True, False], ids=["of another version", "of unknown origin"])
def test_a_notebook_that_began_as_an_older_version_keeps_none_of_its_texts(known, tmp_path):
    workspace = started(tmp_path, notebook([[HEAD], exercise("a")]))
    if not known:
        (workspace.handed_out / PATH).unlink()
    older = text("# An older head")
    (tmp_path / PATH).write_bytes(notebook([[older, {**text("own"), "id": "own"}], answered("a")]))
    bring(workspace, [(PATH, notebook([[text("# A newer head")], exercise("a")]))])
    texts = sources((tmp_path / PATH).read_bytes())
    assert sorted(texts[:2]) == ["# A newer head", "own"] and "# An older head" not in texts
    assert answered("a")[1]["source"] in texts


def test_a_locked_cell_is_the_new_one(tmp_path):
    setup = {**exercise("setup")[2], "source": "import old"}
    new = {**setup, "source": "import new"}
    cells, _ = brought(tmp_path, [[setup]], [[setup, text("own")]], [[new]])
    assert cells[0]["source"] == "import new"


DAMAGED = [b"", b"{", b"[]", b"{}", b"\xff", b'{"cells": 3}', b'{"cells": [3], "nbformat": 4, "nbformat_minor": 5}']
DAMAGED += [b'{"cells": [{"cell_type": "code", "source": 3}], "nbformat": 4, "nbformat_minor": 5}', b"[" * 100_000]
DAMAGED += [b'{"worksheets": [], "cells": [], "nbformat": 3, "nbformat_minor": 0}', b"<<<<<<< HEAD"]
DAMAGED += [b'{"cells": [{"cell_type": "code", "source": "", "metadata": 1}], "nbformat": 4, "nbformat_minor": 5}']


@pytest.mark.parametrize("content", DAMAGED, ids=lambda content: content[:30].decode("latin-1"))
def test_a_damaged_notebook_is_left_as_it_is_and_the_others_go_on(content, tmp_path):
    rng = random.Random(1)
    first = lesson(rng)
    workspace = started(tmp_path, notebook(first))
    (tmp_path / PATH).write_bytes(content)
    other = Path("08_other", "08_other.ipynb")
    report = bring(workspace, [(PATH, notebook(new_version(first, rng))), (other, notebook(first))])
    (line,) = report.damaged
    assert f"{PATH} is damaged" in line and "Give it another name" in line
    assert (tmp_path / PATH).read_bytes() == content
    assert report.new == [other]


def test_half_of_a_character_survives(tmp_path):
    half = text("odd \ud83d mine1w")
    workspace = started(tmp_path, notebook([[HEAD], exercise("a")]))
    spoiled = with_source(exercise("a")[1], "return '\ud83d mine2w'")
    (tmp_path / PATH).write_bytes(notebook([[HEAD, {**half, "id": "own"}], [spoiled]]))
    bring(workspace, [(PATH, notebook([[HEAD]]))])
    assert half["source"] in sources((tmp_path / PATH).read_bytes())
    assert "mine2w" in (tmp_path / KEPT).read_text("utf-8")


def test_a_notebook_of_the_format_before_cells_had_ids(tmp_path):
    old = json.loads(notebook([[HEAD], answered("a"), [text("own mine1w")]]))
    for cell in old["cells"]:
        del cell["id"]
    workspace = started(tmp_path, notebook([[HEAD], exercise("a")]))
    (tmp_path / PATH).write_text(json.dumps({**old, "nbformat_minor": 4}))
    bring(workspace, [(PATH, notebook([[HEAD], exercise("b"), exercise("a")]))])
    result = nbformat.reads((tmp_path / PATH).read_text("utf-8"), as_version=4)
    nbformat.validate(result)
    assert [cell.source for cell in result.cells if "return 42" in cell.source or "mine1w" in cell.source] == [
        answered("a")[1]["source"],
        "own mine1w",
    ]


def test_a_file_beside_that_was_changed_is_kept_under_another_name(tmp_path):
    path = Path(LESSON, "data.csv")
    workspace = Workspace(tmp_path)
    bring(workspace, [(path, b"1")])
    (tmp_path / path).write_bytes(b"mine")
    report = bring(workspace, [(path, b"2")])
    (kept,) = report.kept
    assert ((tmp_path / path).read_bytes(), (tmp_path / kept).read_bytes()) == (b"2", b"mine")
    assert bring(workspace, [(path, b"2")]).kept == []


@pytest.mark.skipif(os.name != "posix", reason="modes of files are POSIX's")
def test_a_private_notebook_and_its_copies_stay_private(tmp_path):
    workspace = started(tmp_path, notebook([[HEAD], exercise("a")]))
    (tmp_path / PATH).write_bytes(notebook([[HEAD], answered("a")]))
    (tmp_path / PATH).chmod(0o600)
    report = bring(workspace, [(PATH, notebook([[HEAD]]))])
    written = [*report.updated, *report.backups, *report.kept]
    assert [(tmp_path / path).stat().st_mode & 0o777 for path in written] == [0o600] * 3


def test_what_a_killed_update_left_half_written_goes_with_the_next(tmp_path):
    workspace = started(tmp_path, notebook([[HEAD]]))
    half = tmp_path / PATH.parent / f".{PATH.name}.1234abcd.part"
    half.write_text("{")
    bring(workspace, [(PATH, notebook([[HEAD], exercise("a")]))])
    assert not half.exists()


def test_a_notebook_under_another_name_brings_the_lesson_afresh(tmp_path):
    data = notebook([exercise("a")])
    workspace = started(tmp_path, data)
    (tmp_path / PATH).rename(tmp_path / "mine.ipynb")
    assert bring(workspace, [(PATH, data)]).new == [PATH]
    assert (tmp_path / PATH).read_bytes() == data
