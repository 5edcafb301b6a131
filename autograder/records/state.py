"""What a course keeps for itself in .course/: its secret, and a lock so that one run at a time writes."""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Iterator

from autograder.course import Course
from autograder.errors import CourseError
from autograder.files import clear_unfinished, write_file


def course_secret(course: Course, *, save: bool = True) -> bytes:
    """The secret that the hidden cases are drawn from, made once for a course, readable by its owner alone."""
    path = course.state / "secret"
    if not path.exists():
        if not save:
            return secrets.token_bytes(32)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        clear_unfinished(path)
        write_file(path, secrets.token_hex(32), mode=0o600)
    return bytes.fromhex(path.read_text(encoding="ascii"))


@contextlib.contextmanager
def one_run_at_a_time(course: Course) -> Iterator[None]:
    """Hold the course's lock file; a second run at the same time would write the same files."""
    try:
        import fcntl
    except ImportError:  # Windows: the gradebook's own lock remains
        yield
        return
    course.state.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (course.state / "lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise CourseError(f"Another `course grade` is running in {course.root}. Wait for it to end.") from error
        yield
