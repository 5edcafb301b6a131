"""A grading run: what is known already is used, the rest is judged, all goes through one writer."""

from __future__ import annotations

import contextlib
import errno
import gc
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.assignment import Assignment
from autograder.course import Course, open_course
from autograder.errors import CourseError, InvalidSubmission, UsageError
from autograder.files import sendable
from autograder.grading.console import progress
from autograder.grading.pool import Pool, default_workers
from autograder.grading.work import Task
from autograder.judge.failed import failed_result
from autograder.records.assignments import load_assignment
from autograder.records.ledger import open_ledger
from autograder.records.revision import compared, stored_assignment
from autograder.records.state import course_secret, one_run_at_a_time
from autograder.results import Standing, SubmissionResult
from autograder.runner.sandbox.limits import Limits
from autograder.source import find_source, guess_profile
from autograder.submitted import content_key, under_rules
from autograder.timestamps import read_timestamp
from autograder.version import code_digest

if TYPE_CHECKING:
    from autograder.grading.cluster import Cluster
    from autograder.records.gradebook import GradebookWriter

Say = Callable[[str], object]
MACHINE = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EMFILE, errno.ENFILE}  # no submission's fault


@dataclass(frozen=True)
class Options:
    """What the command line can ask of a grading run."""

    students: tuple[str, ...] = ()
    workers: int = 0
    scheduler: str = ""
    force: bool = False
    dry_run: bool = False
    regrade: bool = False
    sandbox: str = "auto"
    limits: Limits | None = None  # by default those of what the assignment imports
    timeout: float | None = None


def grade(course_dir: str, name: str, options: Options, say: Say = print) -> tuple[list[SubmissionResult], str]:
    """Grade an assignment's submissions; returns (results in the order of the students, sandbox level).

    Errors: UsageError, UnsafeHost, CourseError, each with what to do next.
    """
    if options.regrade and options.students:
        raise UsageError("--regrade judges the whole class by the new test. Leave --student out.")
    course = open_course(course_dir)
    source = find_source(course, name)
    folders = _that_can_be_graded(select_submissions(course, name, options.students), say)
    lock = contextlib.nullcontext() if options.dry_run else one_run_at_a_time(course)
    _tell_what_is_not_followed(course, say)
    profile = guess_profile(source)
    options = replace(options, limits=options.limits or Limits.of(profile, options.timeout))
    with lock, _judges(options, profile, len(folders)) as pool:
        save = not options.dry_run
        assignment = stored_assignment(course, name, save=save)
        compare = partial(compared, course, name, assignment, regrade=options.regrade, save=save, say=say)
        if options.regrade:
            return _Run(course, compare(), folders, options, say).all(pool)
        return _Run(course, assignment, folders, options, say, meanwhile=compare).all(pool)


def _tell_what_is_not_followed(course: Course, say: Say) -> None:
    """The settings by which nbgrader itself would come to other points."""
    steps = [("Autograde", name) for name in ("sanitize_preprocessors", "autograde_preprocessors")]
    for group, name in [("IgnorePattern", "pattern"), *steps]:
        if course.config[group].get(name):
            say(f"nbgrader_config.py sets {group}.{name}. Only nbgrader's own autograde follows it; points may differ.")


def _judges(options: Options, profile: str, submissions: int) -> Pool | Cluster:
    """Those who do the work: processes on this machine, or the workers of a Dask cluster."""
    assert options.limits is not None
    if not options.scheduler:
        return Pool(options.workers or default_workers(submissions), profile, options.limits, options.sandbox)
    if options.workers:
        raise UsageError("--workers is for this machine; with --scheduler the cluster's own workers judge.")
    from autograder.grading.cluster import Cluster

    return Cluster(options.scheduler, options.limits, options.sandbox)


class _Run:
    """One grading run: what is known already is used, the rest goes through the pool, all through one writer."""

    def __init__(
        self,
        course: Course,
        assignment: Assignment,
        folders: dict[str, Path],
        options: Options,
        say: Say,
        meanwhile: Callable[[], object] = lambda: None,
    ):
        """`meanwhile` is done while the first submissions are judged."""
        gc.freeze()  # what is loaded by now stays
        gc.enable()
        self.meanwhile = meanwhile
        self.course, self.assignment, self.folders, self.options, self.say = course, assignment, folders, options, say
        self.secret = course_secret(course, save=not options.dry_run)
        self.ledger = open_ledger(course, assignment.name)
        rules = [assignment.digest(), code_digest(), repr(options.limits), self.secret.hex()]
        self.contents = {student: content_key(folder) for student, folder in folders.items()}
        self.keys = {student: under_rules(content, rules) for student, content in self.contents.items()}
        self.results: dict[str, SubmissionResult] = {}

    def all(self, pool: Pool | Cluster) -> tuple[list[SubmissionResult], str]:
        known = self._known()
        if self.options.dry_run:
            self._try(pool, known)
        else:
            self._write_all(pool, known)
        results = [self.results[student] for student in self.folders]
        return results, pool.sandbox or next((r.sandbox for r in results if r.sandbox), "")

    def _write_all(self, pool: Pool | Cluster, known: dict[str, SubmissionResult]) -> None:
        from autograder.records.gradebook import GradebookWriter

        with GradebookWriter(self.course, self.assignment) as writer:
            self._reuse(writer, known)
            for task, result in self._judged(pool, known):
                result = self._unless_changed(task.student, result)
                self._record(task.student, result)
                self._write(writer, task.student, result)
            digests = writer.digests()
            self.ledger.mark_applied({student: digests[student] for student in self.results if student in digests})

    def _known(self) -> dict[str, SubmissionResult]:
        """Results of earlier runs for exactly this content."""
        if self.options.force:
            return {}
        found = {student: self.ledger.result(student, key) for student, key in self.keys.items()}
        return {student: result for student, result in found.items() if result is not None}

    def _reuse(self, writer: GradebookWriter, known: dict[str, SubmissionResult]) -> None:
        from autograder.reporting.feedback import feedback_stands

        digests = writer.digests() if known else {}
        for student, result in known.items():
            applied = self.ledger.applied(student, self.keys[student])
            there = self.course.folder("autograded", student, self.assignment.name).is_dir()
            there = there and feedback_stands(self.course, self.assignment, student)
            if there and applied is not None and applied == digests.get(student):
                self.results[student] = writer.standing(result).settled
            else:
                self._write(writer, student, result)

    def _judged(
        self, pool: Pool | Cluster, known: dict[str, SubmissionResult]
    ) -> Iterator[tuple[Task, SubmissionResult]]:
        """The results that are not known yet, as they come; each is told when the caller has put it in `results`."""
        tasks = [
            Task(student, folder, self.ledger.attempt(student, self.contents[student]))
            for student, folder in self.folders.items()
            if student not in known
        ]
        if known:
            self.say(f"{len(known)} of {len(self.folders)} submissions are unchanged and keep their result.")
        with progress(len(tasks), self.say) as tell:
            for task, result in self._twice(pool, tasks):
                yield task, result
                tell(self.results[task.student])

    def _twice(self, pool: Pool | Cluster, tasks: list[Task]) -> Iterator[tuple[Task, SubmissionResult]]:
        """The results of all tasks. What ran out of time by the clock is judged once more, alone, when all is done."""
        again = []
        results = pool.run(tasks, self.assignment, self.secret)
        self.meanwhile()
        for task, result in results:
            if result.waited:
                again.append(task)
            else:
                yield task, result
        for task in again:
            yield from pool.run([task], self.assignment, self.secret)

    def _write(self, writer: GradebookWriter, student: str, result: SubmissionResult) -> None:
        """Put a result where it belongs. One that cannot be written becomes a failed one, and the class goes on."""
        try:
            self._publish(writer, student, result, self.folders[student])
        except CourseError:
            raise  # the gradebook or its settings: no other submission would fare better
        except Exception as error:
            if isinstance(error, OSError) and error.errno in MACHINE:
                raise CourseError(
                    f"{error.strerror} while {student}'s result was written. Make room, then run this again: what is "
                    "graded is kept."
                ) from error
            reason = (
                f"Its result could not be written ({type(error).__name__}: {str(error)[:300]}). Please report this."
            )
            failed = replace(failed_result(self.assignment, student, "crashed", reason, result.sandbox), retry=True)
            self._record(student, failed)
            self._publish_failed(writer, student, failed)

    def _publish_failed(self, writer: GradebookWriter, student: str, failed: SubmissionResult) -> None:
        """Put the failed result where it belongs; if not even that can be written, say so and go on."""
        try:
            self._publish(writer, student, failed, None)
        except CourseError:
            raise
        except Exception as error:
            self.results[student] = failed.without_notebooks()
            self.say(f"{student}: neither result nor failure could be written ({type(error).__name__}: {error}).")

    def _unless_changed(self, student: str, result: SubmissionResult) -> SubmissionResult:
        """The result, to be found anew by the next run where the submission is not what it was when this run began."""
        if content_key(self.folders[student]) == self.contents[student]:
            return result
        reason = "The submission was changed while it was graded; the next run grades it again."
        return replace(result, retry=True, reason="; ".join(filter(None, [result.reason, reason])))

    def _record(self, student: str, result: SubmissionResult) -> None:
        self.ledger.add(student, self.keys[student], result, self.contents[student])

    def _publish(self, writer: GradebookWriter, student: str, result: SubmissionResult, submitted: Path | None) -> None:
        from autograder.reporting.autograded import write_autograded
        from autograder.reporting.feedback import write_feedback

        try:
            timestamp = read_timestamp(self.folders[student], self.course.timezone)
        except InvalidSubmission as error:
            timestamp, result = None, replace(result, reason="; ".join(filter(None, [result.reason, str(error)])))

        def publish(standing: Standing) -> None:
            write_autograded(self.course, self.assignment, standing, submitted)
            write_feedback(self.course, self.assignment, standing, submitted)

        self.results[student] = writer.write(result, timestamp, publish).settled

    def _try(self, pool: Pool | Cluster, known: dict[str, SubmissionResult]) -> None:
        """A dry run: say of each submission what the gradebook has and what a run would put there."""
        from autograder.records.gradebook import GradebookWriter

        for task, result in self._judged(pool, known):
            self.results[task.student] = result.without_notebooks()
        before: dict[str, float] = {}
        file = self.course.gradebook_file
        with contextlib.ExitStack() as opened:
            if file is None or file.exists():
                writer = opened.enter_context(GradebookWriter(self.course, self.assignment))
                before = writer.scores()
            for student, result in known.items():
                settled = writer.standing(result).settled if student in before else result.without_notebooks()
                self.results[student] = settled
        for student, result in sorted(self.results.items()):
            old = f"{before[student]:g}" if student in before else "nothing"
            new = "graded already" if student in known else f"{result.score:g} now ({result.status})"
            self.say(f"{student}: {old} in the gradebook, {new}")
        judged = len(self.results) - len(known)
        self.say(f"Dry run: {len(known)} graded already, {judged} would be graded; nothing was written.")


def _that_can_be_graded(folders: dict[str, Path], say: Say) -> dict[str, Path]:
    """Without those whose name no gradebook or page could hold, and links: what lies behind one is somebody else's."""
    found = {}
    for student, folder in folders.items():
        if sendable(student) != student:
            say(f"The submission {sendable(student)!r} is left out: its folder's name is not UTF-8. Rename the folder.")
        elif "Cc" in map(unicodedata.category, student):  # a terminal would take them for orders
            say(f"The submission {student!r} is left out: there are control characters in its name. Rename the folder.")
        elif folder.is_symlink():
            say(f"The submission of {student} is left out: its folder is a link. Put the folder itself in its place.")
        else:
            found[student] = folder
    return found


def select_submissions(course: Course, name: str, students: tuple[str, ...]) -> dict[str, Path]:
    """Student -> folder of those to grade. Errors: UsageError when there is none, or a named one is not there."""
    folders = course.submissions(name)
    if not folders:
        load_assignment(course, name, save=False)  # tells when the assignment itself is unknown
        place = course.folder("submitted", "STUDENT", name)
        raise UsageError(
            f"No submissions of {name!r} found: {place} holds none. Collect them with `nbgrader collect {name}` or "
            "copy them there, a folder a student."
        )
    unknown = [student for student in students if student not in folders]
    if unknown:
        raise UsageError(f"No submission of {name!r} by {', '.join(unknown)}. There are: {', '.join(folders)}.")
    return {student: folder for student, folder in folders.items() if not students or student in students}
