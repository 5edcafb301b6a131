"""Reading submissions: whatever a student's file looks like, it becomes a whole notebook or a clear refusal."""

from __future__ import annotations

import copy
import json
import os
from pathlib import Path

import nbformat
import pytest
from nbgrader.nbgraderformat import MetadataValidator

from autograder.assignment import Assignment, trusted_cells
from autograder.errors import InvalidSubmission
from autograder.submission import Submission, blank_submission, read_submission
from tests.grader import toy

GRADED = ["setup", "total-answer", "total", "double-answer", "double", "why"]


@pytest.fixture(scope="module")
def assignment() -> Assignment:
    released = nbformat.from_dict(toy.released())
    return Assignment("toy", {"toy": list(trusted_cells(released, "toy"))})


def read(tmp_path: Path, assignment: Assignment, notebook: dict | str | bytes, name: str = "toy.ipynb") -> Submission:
    text = json.dumps(notebook) if isinstance(notebook, dict) else notebook
    (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_submission(tmp_path, assignment, "ann")


def ids(submission: Submission) -> list[str]:
    cells = submission.notebooks["toy"]["cells"]
    return [c["metadata"]["nbgrader"]["grade_id"] for c in cells if "nbgrader" in c["metadata"]]


def source(submission: Submission, grade_id: str) -> str:
    cells = submission.notebooks["toy"]["cells"]
    return next(c["source"] for c in cells if c["metadata"].get("nbgrader", {}).get("grade_id") == grade_id)


def place(notebook: dict, grade_id: str) -> int:
    cells = enumerate(notebook["cells"])
    return next(i for i, c in cells if c["metadata"].get("nbgrader", {}).get("grade_id") == grade_id)


def test_an_honest_submission_keeps_its_cells_in_place(tmp_path, assignment):
    submission = read(tmp_path, assignment, toy.honest())
    assert [c["source"] for c in submission.notebooks["toy"]["cells"]] == [c["source"] for c in toy.honest()["cells"]]
    assert submission.problems == ()
    assert submission.missing == frozenset()


def _lose(notebook: dict) -> None:
    del notebook["cells"][place(notebook, "double-answer")]
    del notebook["cells"][place(notebook, "double")]


def _move(notebook: dict) -> None:
    notebook["cells"].insert(0, notebook["cells"].pop(place(notebook, "double")))


def _paste_empty_copy(notebook: dict) -> None:
    cell = copy.deepcopy(notebook["cells"][place(notebook, "double-answer")])
    notebook["cells"].append({**cell, "source": "def double(x):\n    ...  # YOUR CODE HERE"})


def _paste_test(notebook: dict) -> None:
    notebook["cells"].append(copy.deepcopy(notebook["cells"][place(notebook, "double")]))


def _edit_test(notebook: dict) -> None:
    notebook["cells"][place(notebook, "double")]["source"] = "4.0"


def _more_points(notebook: dict) -> None:
    notebook["cells"][place(notebook, "double")]["metadata"]["nbgrader"]["points"] = 400


def _turn_into_markdown(notebook: dict) -> None:
    cell = notebook["cells"][place(notebook, "double-answer")]
    notebook["cells"][place(notebook, "double-answer")] = {
        "cell_type": "markdown", "metadata": cell["metadata"], "source": cell["source"],
    }  # fmt: skip


def _invent(notebook: dict) -> None:
    extra = copy.deepcopy(notebook["cells"][place(notebook, "double")])
    extra["metadata"]["nbgrader"]["grade_id"] = "bonus"
    notebook["cells"].append(extra)


def _old_schema(notebook: dict) -> None:
    for cell in notebook["cells"]:
        if "nbgrader" in cell["metadata"]:
            cell["metadata"]["nbgrader"] = {"grade_id": cell["metadata"]["nbgrader"]["grade_id"], "schema_version": 0}


def _new_schema(notebook: dict) -> None:
    for cell in notebook["cells"]:
        if "nbgrader" in cell["metadata"]:
            cell["metadata"]["nbgrader"]["schema_version"] = 99


def _kernel(notebook: dict) -> None:
    notebook["metadata"]["kernelspec"] = {"name": "bash", "display_name": "Bash", "language": "bash"}


def _no_metadata(notebook: dict) -> None:
    for cell in notebook["cells"]:
        cell["metadata"] = cell["metadata"] or None


TAMPERINGS = [
    (_lose, {"double-answer", "double"}, "put back"),
    (_move, set(), "moved"),
    (_paste_empty_copy, set(), "2 times"),
    (_paste_test, set(), "2 times"),
    (_edit_test, set(), None),
    (_more_points, set(), None),
    (_turn_into_markdown, set(), None),
    (_invent, set(), "'bonus'"),
    (_old_schema, set(), None),
    (_new_schema, set(), None),
    (_kernel, set(), None),
    (_no_metadata, set(), None),
]


@pytest.mark.parametrize(("tamper", "missing", "problem"), TAMPERINGS, ids=lambda x: getattr(x, "__name__", ""))
def test_every_tampered_notebook_is_made_whole(tmp_path, assignment, tamper, missing, problem):
    notebook = toy.honest()
    tamper(notebook)
    submission = read(tmp_path, assignment, notebook)
    assert ids(submission) == GRADED
    assert {grade_id for _, grade_id in submission.missing} == missing
    assert (problem is None and submission.problems == ()) or problem in " ".join(submission.problems)
    whole = nbformat.from_dict(submission.notebooks["toy"])
    nbformat.validate(whole)
    MetadataValidator().validate_nb(whole)
    assert whole.metadata.kernelspec.name == "python3"
    for cell in assignment.notebooks["toy"]:
        restored = whole.cells[place(submission.notebooks["toy"], cell.grade_id)]
        assert restored.metadata.nbgrader.get("points", 0.0) == cell.points
        assert restored.cell_type == cell.cell_type
        if cell.locked:
            assert restored.source == cell.source
        elif cell.grade_id not in missing:
            assert restored.source == toy.ANSWERS[cell.grade_id.removesuffix("-answer")]


def test_a_cell_that_was_split_keeps_both_halves(tmp_path, assignment):
    notebook = toy.honest()
    at = place(notebook, "double-answer")
    helper = copy.deepcopy(notebook["cells"][at]) | {"source": "def twice(x):\n    return 2 * x"}
    notebook["cells"][at]["source"] = "double = twice"
    notebook["cells"].insert(at, helper)
    submission = read(tmp_path, assignment, notebook)
    sources = [cell["source"] for cell in submission.notebooks["toy"]["cells"]]
    assert source(submission, "double-answer") == "double = twice"
    assert sources.index("def twice(x):\n    return 2 * x") < sources.index("double = twice")


def test_own_cells_stay_behind_the_cell_that_they_followed(tmp_path, assignment):
    notebook = toy.honest()
    own = {"cell_type": "code", "metadata": {}, "source": "mine = 1", "outputs": [], "execution_count": None}
    notebook["cells"].insert(place(notebook, "double-answer"), own)
    sources = [cell["source"] for cell in read(tmp_path, assignment, notebook).notebooks["toy"]["cells"]]
    assert sources.index("mine = 1") + 1 == sources.index(toy.ANSWERS["double"])


def test_an_answer_with_only_blanks_added_counts_as_untouched(tmp_path, assignment):
    submission = read(tmp_path, assignment, toy.fill(toy.released(), why="YOUR ANSWER HERE\n\n"))
    assert source(submission, "why") == "YOUR ANSWER HERE"


def test_a_notebook_in_format_3_is_read(tmp_path, assignment):
    notebook = toy.honest()
    cells = [{**c, "input": c["source"]} if c["cell_type"] == "code" else c for c in notebook["cells"]]
    for cell in cells:
        if cell["cell_type"] == "code":
            del cell["source"]
    old = {"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": cells, "metadata": {}}]}
    assert source(read(tmp_path, assignment, old), "double-answer") == toy.ANSWERS["double"]


def test_a_single_notebook_under_another_name_is_taken(tmp_path, assignment):
    submission = read(tmp_path, assignment, toy.honest(), "toy (1).ipynb")
    assert source(submission, "double-answer") == toy.ANSWERS["double"]
    assert "toy (1).ipynb" in submission.problems[0]


REFUSED = {
    "cut off": (json.dumps(toy.honest())[:-40], "damaged JSON"),
    "empty": ("", "damaged JSON"),
    "deeply nested": ("[" * 200_000, "damaged JSON"),
    "a list": ("[]", "not an object"),
    "not text": (b"\xff\xfe\x00", "UTF-8"),
    "no cells": ('{"nbformat": 4}', "no list of cells"),
    "cells of another kind": ('{"nbformat": 4, "cells": [3]}', "not an object"),
    "source of another kind": ('{"nbformat": 4, "cells": [{"cell_type": "code", "source": 3}]}', "not text"),
    "a format of the future": ('{"nbformat": 5, "cells": []}', "notebook format '5'"),
    "no format": ('{"cells": []}', "notebook format 'None'"),
    "worksheets of another kind": ('{"nbformat": 3, "worksheets": [{"cells": 3}, 4, {"cells": [5]}]}', "not an object"),
    "too many cells": ('{"nbformat": 4, "cells": [' + ",".join(["{}"] * 2001) + "]}", "2001 cells"),
    "a huge cell": (json.dumps({"nbformat": 4, "cells": [{"source": "x" * 500_001}]}), "500001 characters"),
}


@pytest.mark.parametrize(("text", "reason"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_notebook_is_refused_with_its_reason(tmp_path, assignment, text, reason):
    with pytest.raises(InvalidSubmission, match=r"toy\.ipynb") as refusal:
        read(tmp_path, assignment, text)
    assert reason in str(refusal.value)


def test_an_oversized_file_is_not_read(tmp_path, assignment):
    with (tmp_path / "toy.ipynb").open("wb") as file:
        file.truncate(30_000_001)
    with pytest.raises(InvalidSubmission, match="30 MB"):
        read_submission(tmp_path, assignment, "ann")


def test_links_and_pipes_are_refused_at_once(tmp_path, assignment):
    secret = tmp_path / "elsewhere.json"
    secret.write_text(json.dumps(toy.honest()))
    (tmp_path / "toy.ipynb").symlink_to(secret)
    with pytest.raises(InvalidSubmission, match="cannot be opened"):
        read_submission(tmp_path, assignment, "ann")
    (tmp_path / "toy.ipynb").unlink()
    os.mkfifo(tmp_path / "toy.ipynb")
    with pytest.raises(InvalidSubmission, match="not a plain file"):
        read_submission(tmp_path, assignment, "ann")


def test_a_missing_notebook_is_named_with_what_there_is(tmp_path, assignment):
    (tmp_path / "a.ipynb").write_text("{}")
    (tmp_path / "b.ipynb").write_text("{}")
    with pytest.raises(InvalidSubmission, match=r"toy\.ipynb is not in the submission \(found: a\.ipynb, b\.ipynb\)"):
        read_submission(tmp_path, assignment, "ann")


def test_what_lies_there_in_place_of_a_notebook_is_said(tmp_path, assignment):
    def said():
        with pytest.raises(InvalidSubmission) as refused:
            read_submission(tmp_path, assignment, "ann")
        return str(refused.value)

    (tmp_path / "timestamp.txt").write_text("2026-03-01 12:00:00 UTC")
    (tmp_path / ".ipynb_checkpoints").mkdir()
    (tmp_path / ".ipynb_checkpoints" / "toy-checkpoint.ipynb").write_text("{}")
    assert said() == "toy.ipynb is not in the submission (found: nothing at all). Hand it in under its own name."
    (tmp_path / "deep").mkdir()
    for path in ("data.bin", "deep/toy.ipynb", "toy.IPYNB", "toy.ipynb.txt", "hw.ZIP", "toy.html"):
        (tmp_path / path).write_text("{}")
    assert (
        "(found: no notebook, 'hw.ZIP' (unpack it), 'toy.IPYNB' (rename it to end in .ipynb), 'toy.html' (the notebook "
        "itself is needed), 'toy.ipynb.txt' (rename it to end in .ipynb), 'deep/toy.ipynb' (take it out of its "
        "folder), 1 more)"
    ) in said()


def test_odd_names_in_place_of_a_notebook_are_told_in_bounds(tmp_path, assignment):
    (tmp_path / "toy.zip").symlink_to("/etc/passwd")
    for number in range(2_500):
        (tmp_path / f"{number:04}{'x' * 200}\n<b>.zip").touch()
    os.close(os.open(os.fsencode(tmp_path) + b"/\xff.zip", os.O_CREAT))
    with pytest.raises(InvalidSubmission) as refused:
        read_submission(tmp_path, assignment, "ann")
    text = str(refused.value)
    assert len(text) < 1_000 and text.isprintable()
    assert "more" in text


def test_lone_surrogates_do_not_reach_the_gradebook(tmp_path, assignment):
    text = json.dumps(toy.fill(toy.honest(), why="surrogate")).replace("surrogate", "\\ud800!")
    source(read(tmp_path, assignment, text), "why").encode("utf-8")


def test_a_blank_submission_has_every_cell_and_nothing_else(assignment):
    blank = blank_submission(assignment, "ann")
    assert ids(blank) == GRADED
    assert {grade_id for _, grade_id in blank.missing} == set(GRADED)
