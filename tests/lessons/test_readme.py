"""The README's table of lessons says what is there; `python -m benchmarks.lessons --write` makes it."""

from pathlib import Path

import pytest

from autograder.build import lesson_names
from benchmarks import lessons as benchmark
from course_utils import lessons

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
ROWS = benchmark.rows_in(README)


def test_the_table_holds_every_lesson():
    assert [cells[0].strip("`") for cells in ROWS] == lesson_names(ROOT) == list(lessons.names())


@pytest.mark.parametrize("cells", ROWS, ids=lambda cells: cells[0].strip("`"))
def test_a_row_says_what_the_lesson_holds_and_what_its_solution_reached(cells):
    seconds = cells[4]
    assert 0 < int(seconds) <= 60
    assert cells == benchmark.row(cells[0].strip("`"), seconds)


def test_the_table_is_what_the_benchmark_writes():
    assert benchmark.TABLE.search(README)[0] == benchmark.table(ROWS)


def test_the_number_of_exercises_is_that_of_the_table():
    assert f"graded exercises, {sum(int(row[2]) for row in ROWS)} in all" in " ".join(README.split())


def test_the_number_of_known_mistakes_is_no_boast():
    known = sum(len(e.mistakes) for name in lessons.names() for e in lessons.load(name).exercises.values())
    assert known > 1000 and "more than a thousand mistakes" in " ".join(README.split())
