"""`course new-exercise`: a small exercise that works, in all its places, to be changed into one's own."""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterator
from importlib.resources import files
from string import Template

from autograder.errors import UsageError
from autograder.files import write_file

from .source import find_root, lesson_names

ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
ORACLES = re.compile(r"^ORACLES = \{\n?\s*", re.MULTILINE)


def new_exercise(number: str, id: str) -> Iterator[str]:
    """Write the exercise's file, its two cells and its oracle; yields what was done and what is left to do.

    Errors: UsageError when the lesson or its folder does not exist, or the exercise does already; nothing is written.
    """
    root = find_root()
    (lesson,) = lesson_names(root, (number,))
    if not ID.fullmatch(id) or keyword.iskeyword(id):
        raise UsageError(f"{id!r} is no id for an exercise. Use small letters and hyphens, such as output-size.")
    words = {"id": id, "name": id.replace("-", "_"), "title": id.replace("-", " ").capitalize()}
    contents = root / "course_utils" / "lessons" / f"lesson_{lesson}" / "__init__.py"
    table = contents.with_name(f"{words['name']}.py")
    cells = root / "solutions" / lesson / f"{lesson}.py"
    oracles = root / "tests" / "lessons" / f"lesson_{lesson}" / "oracles.py"
    for path in (contents, cells, oracles):
        if not path.is_file():
            raise UsageError(f"{path.relative_to(root)} is not there. See “Add a lesson” in CONTRIBUTING.md.")
    if table.exists() or f'"{id}"' in cells.read_text(encoding="utf-8"):
        raise UsageError(f"Lesson {lesson} has an exercise {id} already.")
    old = oracles.read_text(encoding="utf-8")
    if not ORACLES.search(old):
        raise UsageError(f"{oracles.relative_to(root)} has no table `ORACLES = {{` to write into.")
    write_file(table, _filled("exercise.txt", words))
    write_file(cells, cells.read_text(encoding="utf-8").rstrip("\n") + "\n\n" + _filled("cells.txt", words))
    write_file(oracles, ORACLES.sub(lambda _: _filled("oracle.txt", words) + "    ", old, count=1))
    for path in (table, cells, oracles):
        yield f"wrote {path.relative_to(root)}"
    yield f"Next: name it in {contents.relative_to(root)}:"
    yield f"    from .{words['name']} import {words['name']}"
    yield "and in the list below. Put the two cells where they belong, add the 2 points to the lesson's title,"
    yield f"make the exercise your own, then: course build {lesson}; pytest tests/exercises -k {id}"


def _filled(template: str, words: dict[str, str]) -> str:
    text = files("autograder.build").joinpath("templates", template).read_text(encoding="utf-8")
    return Template(text).substitute(words)
