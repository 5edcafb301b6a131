"""What can go wrong with a course, a lesson or a submission, and the exit code with which the process then ends."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """The exit codes of the `course` command."""

    DONE = 0
    FOUND = 1  # it ran to its end and found something wrong, such as a submission that could not be graded
    USAGE = 2
    INFRASTRUCTURE = 3
    UNSAFE_HOST = 4


class CourseError(Exception):
    """Something that a person can put right; the text says how."""

    exit_code = Exit.INFRASTRUCTURE


class UsageError(CourseError):
    """The command was asked for something that does not exist."""

    exit_code = Exit.USAGE


class GradebookLocked(CourseError):
    """Another program holds the gradebook."""


class ServerError(CourseError):
    """The fork server itself failed: an infrastructure problem, never the student's."""


class JudgeLost(CourseError):
    """The process that judged one submission ended, or had to be ended; `status` says which."""

    def __init__(self, reason: str, status: str):
        super().__init__(reason)
        self.status = status


class UnsafeHost(CourseError):
    """This host cannot confine a student's code; the text says what is missing and what to do."""

    exit_code = Exit.UNSAFE_HOST


class InvalidSubmission(CourseError):
    """The submission cannot be graded at all; the text tells the student what to hand in again.

    It may quote the names of files that strangers chose, so no order to a terminal stays in it.
    """

    exit_code = Exit.FOUND

    def __init__(self, text: str) -> None:
        super().__init__("".join(sign if sign.isprintable() else "?" for sign in text))


class BuildError(CourseError):
    """A lesson cannot be built; the text names the lesson, the cell and what to do."""

    exit_code = Exit.FOUND


class UnknownLesson(BuildError, UsageError):
    """There is no such lesson to build, or no checkout to build it in."""

    exit_code = Exit.USAGE
