"""The tables for Canvas, Moodle and spreadsheets."""

from __future__ import annotations

import csv
import io

import pytest
from click.testing import CliRunner
from nbgrader.api import Gradebook

from autograder.cli import main
from autograder.course import open_course
from autograder.errors import UsageError
from autograder.reporting.export import Line, merged, read_lines, read_roster, table, write_export
from tests.grader import made

ADA = Line("ada", "Ada", "Lovelace", "ada@example.org", "01", "2026-03-01 10:00:00 UTC", 8.5, 1.0, 10.0, False)
BOB = Line("bob", "", "", "", "02", "", 1 / 3, 0.0, 4.0, True)


def rows(lines, layout):
    return list(csv.reader(io.StringIO(table(lines, layout))))


def test_canvas():
    assert rows([BOB, ADA], "canvas") == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "01", "02"],
        ["Points Possible", "", "", "", "", "10", "4"],
        ["Lovelace, Ada", "", "ada", "ada", "", "7.5", ""],
        ["bob", "", "bob", "bob", "", "", "0.333333"],
    ]


def test_moodle():
    assert rows([ADA, BOB], "moodle") == [
        ["Username", "First name", "Last name", "Email address", "01", "02"],
        ["ada", "Ada", "Lovelace", "ada@example.org", "7.5", "-"],
        ["bob", "", "", "", "-", "0.333333"],
    ]


def test_csv():
    header, ada, bob = rows([ADA, BOB], "csv")
    assert dict(zip(header, ada, strict=True)) == {
        "assignment": "01", "student_id": "ada", "last_name": "Lovelace", "first_name": "Ada",
        "email": "ada@example.org", "timestamp": "2026-03-01 10:00:00 UTC", "raw_score": "8.5",
        "late_submission_penalty": "1", "score": "7.5", "max_score": "10", "needs_manual_grade": "false",
    }  # fmt: skip
    assert bob[-1] == "true"


@pytest.mark.parametrize("layout", ["canvas", "moodle", "csv"])
def test_an_empty_gradebook_gives_a_header(layout):
    assert len(rows([], layout)) == (2 if layout == "canvas" else 1)


def test_no_cell_is_a_formula():
    evil = Line("=cmd()", "+a", "-b", "@c", "01", "", 1.0, 0.0, 1.0, False)
    for layout in ("canvas", "moodle", "csv"):
        cells = [cell for row in rows([evil], layout)[1:] for cell in row]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "@")) or (cell[:1] == "-" and len(cell) > 1)]


def test_the_final_points_are_exported(toy_course, tmp_path):
    made.write(toy_course, "ann")
    with Gradebook(toy_course.db_url, toy_course.id) as gradebook:
        gradebook.find_grade("why", "toy", "toy", "ann").manual_score = 1.5
        gradebook.update_or_create_student("ann", first_name="Ann", last_name="Lee", email="a@example.org")
        gradebook.db.commit()
    (line,) = read_lines(toy_course)
    assert (line.score, line.max_score, line.last_name) == (6.5, 7.0, "Lee")
    write_export(str(toy_course.root), "canvas", str(tmp_path / "out.csv"))
    assert "\nPoints Possible,,,,,7\n" in (tmp_path / "out.csv").read_text()
    shown = CliRunner().invoke(main, ["export", "--format", "moodle", "--course-dir", str(toy_course.root)])
    assert (shown.exit_code, "ann,Ann,Lee,a@example.org,6.5" in shown.output) == (0, True)


def test_without_a_gradebook_the_next_step_is_said(tmp_path):
    with pytest.raises(UsageError, match="Run `course grade"):
        write_export(str(open_course(tmp_path).root), "csv", "-")


ROSTER = """\ufeffStudent,ID,SIS User ID,SIS Login ID,Section,Old (1)
    Points Possible,,,,,5
"Lovelace, Ada",71,S1,ada@uni,A,3
"Émile, Bob",72,S2,bob,B,
"Test, Student",73,,x9,B,
"""


@pytest.fixture
def roster(tmp_path):
    (tmp_path / "canvas.csv").write_text(ROSTER, encoding="utf-8")
    return tmp_path / "canvas.csv"


def test_points_go_into_canvas_s_own_rows(roster):
    lines = [
        Line("S1", "", "", "", "01", "", 8.0, 0.0, 10.0, False),
        Line("S2", "", "", "", "02", "", 1.5, 0, 2.0, False),
    ]
    assert list(csv.reader(io.StringIO(merged(lines, read_roster(roster), "SIS User ID")))) == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "01", "02"],
        ["Points Possible", "", "", "", "", "10", "2"],
        ["Lovelace, Ada", "71", "S1", "ada@uni", "A", "8", ""],
        ["Émile, Bob", "72", "S2", "bob", "B", "", "1.5"],
        ["Test, Student", "73", "", "x9", "B", "", ""],
    ]


def test_who_is_not_in_the_roster_is_told(roster):
    with pytest.raises(UsageError, match=r"'SIS Login ID': ada. Is it the right column"):
        merged([ADA, BOB], read_roster(roster), "SIS Login ID")
    with pytest.raises(UsageError, match=r"no column 'Email'\. Choose one with --match: Student, ID"):
        merged([ADA], read_roster(roster), "Email")
    roster.write_text("Name,Points\n")
    with pytest.raises(UsageError, match="no roster from Canvas"):
        read_roster(roster)


def test_one_assignment_its_exercises_and_a_byte_order_mark(toy_course, tmp_path):
    made.write(toy_course, "ann")

    def export(*options):
        done = CliRunner().invoke(main, ["export", *options, "--course-dir", str(toy_course.root)])
        return done.exit_code, done.output

    code, text = export("toy", "--format", "exercises")
    header, *points = csv.reader(io.StringIO(text))
    assert (code, header[:4]) == (0, ["assignment", "student_id", "notebook", "exercise"])
    assert {row[3]: row[4] for row in points} == {"double": "4", "total": "1", "why": "0"}
    code, text = export("nothing", "--format", "csv")
    assert code != 0 and "There are: toy." in text
    assert export("--format", "csv", "--roster", "x")[0] != 0
    target = tmp_path / "out.csv"
    assert export("toy", "--format", "csv", "--bom", "--out", str(target))[0] == 0
    assert target.read_bytes().startswith(b"\xef\xbb\xbfassignment,")
