"""A killed run and its repetition leave what a run in peace leaves; `rounds` has the long series."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.grader.faults.rounds import Class, class_of, everything, faults_of, kill_after, kill_at, make_classes

POINTS = (
    "half of the ledger's line",
    "the old autograded/ away, the new one not in",
    "after the commit",
    "the assignment with some of its cells",
)


@pytest.fixture(scope="module")
def classes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Class]:
    return make_classes(tmp_path_factory.mktemp("kills"))


@pytest.mark.slow
@pytest.mark.parametrize("point", POINTS)
def test_killed_at_a_point_and_run_again(classes: dict[str, Class], tmp_path: Path, point: str) -> None:
    told, faults = faults_of(classes[class_of(point)], kill_at(point), tmp_path)
    assert (told, faults) == ("killed", [])


@pytest.mark.slow
def test_killed_with_all_that_it_started_and_run_again(classes: dict[str, Class], tmp_path: Path) -> None:
    _, faults = faults_of(classes["changed"], kill_after(1.5, everything), tmp_path)
    assert faults == []
