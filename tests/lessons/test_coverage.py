"""docs/coverage.md names only cells and exercises that exist, and every row of the course's promise."""

import json
import re
from pathlib import Path

import pytest

from course_utils import lessons

ROOT = Path(__file__).resolve().parents[2]
ROW = re.compile(r"^\| ([A-I]\d) \| (.+?) \| (.*?) \| (.*?) \|$", re.MULTILINE)
ROWS = ROW.findall((ROOT / "docs" / "coverage.md").read_text(encoding="utf-8"))
PROMISED = {
    f"{letter}{number}"
    for letter, last in zip("ABCDEFGHI", (4, 4, 8, 7, 5, 3, 3, 8, 2), strict=True)
    for number in range(1, last + 1)
}


def headings(lesson: str) -> list[str]:
    notebook = json.loads((ROOT / "solutions" / lesson / f"{lesson}.ipynb").read_text(encoding="utf-8"))
    text = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "markdown"]
    return [line.lstrip("# ").strip() for cell in text for line in cell.splitlines() if line.startswith("#")]


def places(cell: str) -> list[tuple[str, str]]:
    """`03_layers: Heading; 10_keras_mnist: other` as (lesson, what)."""
    if cell in ("not yet", "demonstration only"):
        return []
    return [tuple(part.strip().split(": ", 1)) for part in cell.split(";")]


def test_every_promised_row_is_there_once():
    found = [row[0] for row in ROWS]
    assert sorted(found) == sorted(PROMISED)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_what_a_row_names_exists(row):
    id, _, taught, graded = row
    for lesson, heading in places(taught):
        assert heading in headings(lesson), f"{id}: no heading {heading!r} in {lesson}"
    for lesson, exercise in places(graded):
        assert exercise in lessons.load(lesson).exercises, f"{id}: no exercise {exercise!r} in {lesson}"


@pytest.mark.parametrize("lesson", lessons.names())
def test_a_lesson_that_exists_is_in_the_table(lesson):
    assert any(lesson in taught for _, _, taught, _ in ROWS) or lesson == "00_start_here"
