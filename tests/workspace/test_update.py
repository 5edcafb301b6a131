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
    HEAD,
    LESSON,
    PATH,
    Learner,
    answered,
    exercise,
    lesson,
    new_version,
    notebook,
    sources,
    text,
    words_of,
)
from tests.workspace.folders import everything, files_of, started

ROUNDS = 25


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


@pytest.mark.parametrize("seed", range(4))
def test_an_older_notebook_saved_over_the_new_version_gets_it_again(seed, tmp_path):
    """As when its page was open meanwhile, and JupyterLab was told to overwrite."""
    healed = 0
    for round in range(ROUNDS):
        rng = random.Random(f"over {seed} {round}")
        first = lesson(rng)
        new = notebook(new_version(first, rng))
        workspace = started(tmp_path / str(round), notebook(first))
        learner = Learner(notebook(first), rng)
        learner.work(rng.randint(1, 15))
        bring(workspace, [(PATH, new)])
        (workspace.root / PATH).write_bytes(learner.bytes())
        only_old = {c["id"] for b in first for c in b} - {c["id"] for c in json.loads(new)["cells"]}
        texts = {c["source"] for b in first for c in b if c["id"] in only_old and "nbgrader" not in c["metadata"]}
        report = bring(workspace, [(PATH, new)])

        assert words_of(*sources(learner.bytes())) <= words_of(everything(workspace))
        if any(cell["id"] in only_old and cell["source"] in texts for cell in learner.cells):
            assert report.updated == [PATH]
        if report.updated:
            healed += 1
            wanted = [cell["id"] for cell in json.loads(new)["cells"]]
            cells = json.loads((workspace.root / PATH).read_bytes())["cells"]
            assert [cell["id"] for cell in cells if cell["id"] in wanted] == wanted
        before = files_of(workspace)
        bring(workspace, [(PATH, new)])
        assert files_of(workspace) == before
    assert healed > ROUNDS / 3


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


def test_a_notebook_that_is_open_waits_and_the_others_go_on(tmp_path):
    workspace = started(tmp_path, notebook([[HEAD], exercise("a")]))
    (tmp_path / PATH).write_bytes(mine := notebook([[HEAD], answered("a")]))
    other, files = Path("08_other", "08_other.ipynb"), notebook([[text("# New")], exercise("a")])
    report = bring(workspace, [(PATH, files), (other, files)], (tmp_path / PATH).__eq__)
    assert (report.open, report.new, report.updated) == ([PATH], [other], [])
    assert (tmp_path / PATH).read_bytes() == mine
    report = bring(workspace, [(PATH, files), (other, files)])
    assert (report.open, report.new, report.updated) == ([], [], [PATH])


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
