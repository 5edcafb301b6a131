"""`course grade` and `course check`: from submissions to gradebook, feedback and JSON."""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import json
import os
import secrets
import stat
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autograder.assignment import (
    Assignment,
    find_source,
    guess_profile,
    load_assignment,
)
from autograder.course import Course, CourseError, UsageError, open_course
from autograder.ledger import Ledger
from autograder.pool import Pool, Task, default_workers, without_notebooks
from autograder.results import SubmissionResult, report_json
from autograder.submission import InvalidSubmission
from autograder.version import code_digest

if TYPE_CHECKING:
    from autograder.cluster import Cluster


@dataclass(frozen=True)
class Options:
    """What the command line can ask of a grading run."""

    students: tuple[str, ...] = ()
    workers: int = 0
    scheduler: str = ""
    force: bool = False
    dry_run: bool = False
    sandbox: str = "auto"
    limits: Any = None


def grade(course_dir: str, name: str, options: Options, say: Any = print) -> tuple[list[SubmissionResult], str]:
    """Grade an assignment's submissions; returns (results in the order of the students, sandbox level).

    Errors: UsageError, UnsafeHostError, CourseError, each with what to do next.
    """
    from autograder.runner.session import Limits

    course = open_course(course_dir)
    source = find_source(course, name)
    folders = select_submissions(course, name, options.students)
    limits = options.limits or Limits()
    lock = contextlib.nullcontext() if options.dry_run else one_run_at_a_time(course)
    with lock, _judges(options, guess_profile(source), limits, len(folders)) as pool:
        run = _Run(course, load_assignment(course, name, save=not options.dry_run), folders, options, limits, say)
        return run.all(pool)


def _judges(options: Options, profile: str, limits: Any, submissions: int) -> Pool | Cluster:
    """Those who do the work: processes on this machine, or the workers of a Dask cluster."""
    if not options.scheduler:
        return Pool(options.workers or default_workers(submissions), profile, limits, options.sandbox)
    if options.workers:
        raise UsageError("--workers is for this machine; with --scheduler the cluster's own workers judge.")
    from autograder.cluster import Cluster

    return Cluster(options.scheduler, limits, options.sandbox)


class _Run:
    """One grading run: what is known already is used, the rest goes through the pool, all through one writer."""

    def __init__(
        self, course: Course, assignment: Assignment, folders: dict[str, Path], options: Options, limits: Any, say: Any
    ):
        self.course, self.assignment, self.folders, self.options, self.say = course, assignment, folders, options, say
        self.secret = course_secret(course, save=not options.dry_run)
        self.ledger = Ledger(course.state / "ledger" / f"{assignment.name}.jsonl")
        rules = [assignment.digest(), code_digest(), repr(limits), self.secret.hex()]
        self.keys = {student: content_key(folder, rules) for student, folder in folders.items()}
        self.results: dict[str, SubmissionResult] = {}

    def all(self, pool: Pool | Cluster) -> tuple[list[SubmissionResult], str]:
        if self.options.dry_run:
            known = self._known()
            self._judge(pool, known, self._keep)
            self._compare(known)
        else:
            from autograder.gradebook import GradebookWriter, back_up

            back_up(self.course)
            with GradebookWriter(self.course, self.assignment) as writer:
                known = self._known()
                self._reuse(writer, known)
                self._judge(pool, known, lambda task, result: self._record(writer, task, result))
                digests = writer.digests()
                self.ledger.mark_applied({student: digests[student] for student in self.results})
        results = [self.results[student] for student in self.folders]
        return results, pool.sandbox or next((r.sandbox for r in results if r.sandbox), "")

    def _known(self) -> dict[str, SubmissionResult]:
        """Results of earlier runs for exactly this content."""
        if self.options.force:
            return {}
        found = {student: self.ledger.result(student, key) for student, key in self.keys.items()}
        return {student: result for student, result in found.items() if result is not None}

    def _reuse(self, writer: Any, known: dict[str, SubmissionResult]) -> None:
        digests = writer.digests() if known else {}
        for student, result in known.items():
            applied = self.ledger.applied(student, self.keys[student])
            steps = ("autograded", "feedback")
            there = all(self.course.folder(step, student, self.assignment.name).is_dir() for step in steps)
            if there and applied is not None and applied == digests.get(student):
                self.results[student] = without_notebooks(writer.standing(result).result)
            else:
                self._write(writer, student, result)

    def _judge(self, pool: Pool | Cluster, known: dict[str, SubmissionResult], receive: Any) -> None:
        tasks = [Task(student, folder) for student, folder in self.folders.items() if student not in known]
        if known:
            self.say(f"{len(known)} of {len(self.folders)} submissions are unchanged and keep their result.")
        with progress(len(tasks), self.say) as tell:
            for task, result in pool.run(tasks, self.assignment, self.secret):
                receive(task, result)
                tell(self.results[task.student])

    def _keep(self, task: Task, result: SubmissionResult) -> None:
        self.results[task.student] = without_notebooks(result)

    def _record(self, writer: Any, task: Task, result: SubmissionResult) -> None:
        self.ledger.add(task.student, self.keys[task.student], result)
        self._write(writer, task.student, result)

    def _write(self, writer: Any, student: str, result: SubmissionResult) -> None:
        from autograder.gradebook import write_autograded
        from autograder.reporting.feedback import write_feedback

        folder = self.folders[student]
        timestamp, problem = read_timestamp_or_none(folder)
        if problem:
            result = replace(result, reason="; ".join(filter(None, [result.reason, problem])))

        def publish(standing: Any) -> None:
            write_autograded(self.course, self.assignment, standing, folder)
            write_feedback(self.course, self.assignment, standing, folder)

        self.results[student] = without_notebooks(writer.write(result, timestamp, publish).result)

    def _compare(self, known: dict[str, SubmissionResult]) -> None:
        """Say of each submission what the gradebook has and what a run would put there."""
        from autograder.gradebook import GradebookWriter

        before: dict[str, float] = {}
        file = self.course.gradebook_file
        with contextlib.ExitStack() as opened:
            if file is None or file.exists():
                writer = opened.enter_context(GradebookWriter(self.course, self.assignment))
                before = writer.scores()
            for student, result in known.items():
                self.results[student] = without_notebooks(
                    writer.standing(result).result if student in before else result
                )
        for student, result in sorted(self.results.items()):
            old = f"{before[student]:g}" if student in before else "nothing"
            new = "graded already" if student in known else f"{result.score:g} now ({result.status})"
            self.say(f"{student}: {old} in the gradebook, {new}")
        judged = len(self.results) - len(known)
        self.say(f"Dry run: {len(known)} graded already, {judged} would be graded; nothing was written.")


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


def course_secret(course: Course, *, save: bool = True) -> bytes:
    """The secret that the hidden cases are drawn from, made once for a course, readable by its owner alone."""
    path = course.state / "secret"
    if not path.exists():
        if not save:
            return secrets.token_bytes(32)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = path.with_name(f"secret.{os.getpid()}")
        with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32))
        os.replace(part, path)
    return bytes.fromhex(path.read_text(encoding="ascii"))


def content_key(folder: Path, rules: list[str]) -> str:
    """Changes when anything that could change the result does: a file of the submission, or one of the rules."""
    digest = hashlib.sha256("\n".join(rules).encode())
    for path in sorted(folder.rglob("*")):
        about = path.lstat()
        digest.update(os.fsencode(f"{path.relative_to(folder)}\0{about.st_mode}\0{about.st_size}"))
        if stat.S_ISREG(about.st_mode):
            with contextlib.suppress(PermissionError), path.open("rb") as file:  # told when it is to be judged
                digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()


def read_timestamp_or_none(folder: Path) -> tuple[datetime.datetime | None, str]:
    """(when it was handed in, what is wrong with timestamp.txt)."""
    from autograder.gradebook import read_timestamp

    try:
        return read_timestamp(folder), ""
    except InvalidSubmission as error:
        return None, str(error)


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


@contextlib.contextmanager
def progress(total: int, say: Any) -> Iterator[Any]:
    """A bar on a terminal, a line a submission elsewhere."""
    bar, done = sys.stderr.isatty(), 0

    def tell(result: SubmissionResult) -> None:
        nonlocal done
        done += 1
        line = f"{result.student}: {result.status}, {result.score:g} of {result.max_score:g}"
        if not bar:
            reason = f" ({result.reason.splitlines()[0]})" if result.failed and result.reason else ""
            say(f"[{done}/{total}] {line}{reason}")
            return
        draw(line)

    def draw(line: str) -> None:
        filled = round(30 * done / total)
        sys.stderr.write(f"\r\x1b[K{'█' * filled}{'·' * (30 - filled)} {done}/{total}  {line}")
        sys.stderr.flush()

    if bar and total:
        draw("starting")
    yield tell
    if bar and done:
        sys.stderr.write("\n")


def summary(results: list[SubmissionResult], course: Course, name: str) -> Iterator[str]:
    """What a run came to, in a few lines."""
    counts: dict[str, int] = {}
    for result in results:
        counts[result.status] = counts.get(result.status, 0) + 1
    graded = [result.score for result in results if not result.failed]
    mean = f", mean {sum(graded) / len(graded):.2f} of {results[0].max_score:g}" if graded else ""
    yield f"{len(results)} submissions: " + ", ".join(f"{n} {status}" for status, n in sorted(counts.items())) + mean
    for result in results:
        if result.failed:
            yield f"  {result.student}: {result.status}: {result.reason.splitlines()[0] if result.reason else ''}"
    yield f"Gradebook: {course.gradebook_file or course.db_url}"
    yield f"Feedback: {course.folder('feedback', 'STUDENT', name)}"


def check_target(path: str) -> None:
    """Errors: UsageError when a file cannot be made there; better said before the work than after it."""
    if path != "-" and not Path(path).resolve().parent.is_dir():
        raise UsageError(f"There is no folder {Path(path).parent} to write {Path(path).name} into.")


def write_json(path: str, assignment: str, sandbox: str, results: list[SubmissionResult]) -> None:
    """The results as JSON into a file, or to standard output for "-"."""
    text = json.dumps(report_json(assignment, sandbox, results), indent=1) + "\n"
    if path == "-":
        sys.stdout.write(text)
        return
    target = Path(path)
    check_target(path)
    part = target.with_name(f".{target.name}.{os.getpid()}")
    part.write_text(text, encoding="utf-8")
    os.replace(part, target)
