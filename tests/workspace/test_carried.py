"""What of a learner's notebook stays where, when its lesson has a new version."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest

from autograder.workspace.update import bring
from tests.workspace.changes import HEAD, PATH, answered, exercise, notebook, sources, text, with_source
from tests.workspace.folders import KEPT, started


def brought(tmp_path: Path, old: list, mine: list, new: list) -> tuple[list[dict], str]:
    """(cells, kept page) after an update, each version given as blocks of cells."""
    workspace = started(tmp_path, notebook(old))
    (tmp_path / PATH).write_bytes(notebook(mine))
    bring(workspace, [(PATH, notebook(new))])
    cells = json.loads((tmp_path / PATH).read_bytes())["cells"]
    kept = tmp_path / KEPT
    return [{**c, "source": "".join(c["source"])} for c in cells], kept.read_text("utf-8") if kept.exists() else ""


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
