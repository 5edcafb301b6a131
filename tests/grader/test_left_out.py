"""Names that strangers chose give no orders to a terminal, and a folder that is a link is not followed."""

from __future__ import annotations

import pytest

from autograder.grading import run as grading
from autograder.grading.console import summary
from tests.grader import toy

NAMES = ("x\x1b]0;owned\x07", "x\x9b2J", "two\nlines", "a\rb")


@pytest.fixture
def graded(toy_course):
    """(students graded, lines said) of a class with such submissions and one honest one."""
    for name in (*NAMES, "zoe"):
        toy.submit(toy_course.root, name, toy.honest())
    for name, target in (("eve", "../zoe/toy"), ("mallory", "../../source/toy")):
        place = toy_course.root / "submitted" / name
        place.mkdir()
        (place / "toy").symlink_to(target)
    said: list[str] = []
    results, _ = grading.grade(str(toy_course.root), "toy", grading.Options(workers=1), said.append)
    return {result.student for result in results}, said


def test_only_what_was_handed_in_is_graded_and_nothing_gives_orders_to_a_terminal(graded):
    students, said = graded
    assert students == {"zoe"}
    for name in NAMES:
        assert any(repr(name) in line and "control characters" in line for line in said)
    for name in ("eve", "mallory"):
        assert any(name in line and "is a link" in line for line in said)
    assert all(line.isprintable() for line in said)


def test_the_name_of_a_damaged_notebook_gives_no_orders(toy_course):
    for number, content in enumerate(("[", '{"nbformat": 99}', "{}")):
        folder = toy.submit(toy_course.root, f"s{number}", toy.honest())
        (folder / "toy.ipynb").unlink()
        (folder / "evil\x1b]0;owned\x07\x9b2J.ipynb").write_text(content, encoding="utf-8")
    crowd = toy.submit(toy_course.root, "crowd", toy.honest())
    (crowd / "toy.ipynb").unlink()
    for number in range(500):
        (crowd / f"{number}{'x' * 200}.ipynb").write_text("[", encoding="utf-8")
    said: list[str] = []
    results, _ = grading.grade(str(toy_course.root), "toy", grading.Options(workers=1), said.append)
    said += summary(results, toy_course, "toy")
    assert {result.status for result in results} == {"invalid"}
    assert all("evil" in result.reason for result in results if result.student != "crowd")
    assert all(line.isprintable() and len(line) < 1_000 for line in said)


@pytest.mark.parametrize("setting", ["IgnorePattern.pattern = 'x'", "Autograde.autograde_preprocessors = ['x']", ""])
def test_settings_that_only_nbgrader_follows_are_told(toy_course, setting):
    toy.submit(toy_course.root, "zoe", toy.honest())
    with (toy_course.root / "nbgrader_config.py").open("a", encoding="utf-8") as config:
        config.write(f"\nc.{setting}\n" if setting else "")
    said: list[str] = []
    grading.grade(str(toy_course.root), "toy", grading.Options(workers=1), said.append)
    told = [line for line in said if "Only nbgrader's own autograde follows it" in line]
    assert len(told) == bool(setting) and all(setting.partition(" ")[0] in line for line in told)
