"""`course init`: a course directory from nothing, as nbgrader's own commands and `course grade` use it."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from string import Template

from autograder.build.installed import find_sources, write_notebook
from autograder.build.source import LessonFolder, lesson_names
from autograder.course import CODE_STUB, Course, explained_database
from autograder.errors import UsageError
from autograder.files import replaced_folder
from autograder.records.assignments import make_gradebook

TEMPLATE = Path(__file__).parent / "template"
EXCHANGE = "/srv/nbgrader/exchange"  # an example
FILES = {  # what is made of the templates
    "nbgrader_config.txt": "nbgrader_config.py",
    "README.md": "README.md",
    "gitignore.txt": ".gitignore",
    "students.csv": "students.csv",
}
FOR_STUDENTS = {"students_config.txt": "for_students/nbgrader_config.py"}


def new_course(directory: Path, wanted: tuple[str, ...], course_id: str, exchange: str) -> Iterator[str]:
    """Write the course directory, whole or not at all; yields what to do next.

    Errors: UsageError when there is something in the directory, or a lesson or a name is none.
    """
    directory = directory.resolve()
    course_id = course_id or re.sub(r"[^\w-]+", "-", directory.name).strip("-")
    if not re.fullmatch(r"[\w-]+", course_id):
        raise UsageError(
            f"{course_id!r} is no course id: take letters, digits, - and _, such as --course-id neural-nets-2027."
        )
    if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
        raise UsageError(f"{directory} is not empty, and nothing in it was changed. Name a new directory.")
    sources = find_sources()
    names = lesson_names(sources, wanted)
    words = {
        "course_id": repr(course_id),
        "exchange": repr(str(Path(exchange).expanduser().resolve())) if exchange else repr(EXCHANGE),
        "comment": "" if exchange else "# ",
        "code_stub": repr(CODE_STUB),
        "first": names[0],
        "directory": directory.name,
    }
    with replaced_folder(directory) as root:
        for template, name in {**FILES, **(FOR_STUDENTS if exchange else {})}.items():
            _write(root / name, TEMPLATE / template, words)
        for name in names:
            write_notebook(LessonFolder(sources, name), root / "source" / name)
        course = Course(root)
        with explained_database(course):
            make_gradebook(course)
    yield f"{directory}: {len(names)} lessons in source/, an empty gradebook, settings, and a README.md to go on from."
    yield f"Next: cd {shlex.quote(str(directory))}"
    yield f"      nbgrader generate_assignment {names[0]}"
    yield f"      course grade {names[0]}        # when submissions lie in submitted/"


def _write(target: Path, template: Path, words: dict[str, str]) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(Template(template.read_text(encoding="utf-8")).substitute(words), encoding="utf-8")
