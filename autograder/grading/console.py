"""What a person sees of a run: a line or a bar while it goes on, and what it came to."""

from __future__ import annotations

import contextlib
import sys
from collections import Counter
from collections.abc import Callable, Iterator

from autograder.course import Course
from autograder.results import SubmissionResult


@contextlib.contextmanager
def progress(total: int, say: Callable[[str], object]) -> Iterator[Callable[[SubmissionResult], None]]:
    """A bar on a terminal, a line a submission elsewhere."""
    bar, done = sys.stderr.isatty(), 0

    def tell(result: SubmissionResult) -> None:
        nonlocal done
        done += 1
        line = f"{result.student}: {result.status}, {result.points:g} of {result.max_score:g}"
        line += f", {_answers(result.waiting)} for a person" if result.waiting else ""
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
    counts = Counter(result.status for result in results)
    graded = [result.points for result in results if not result.failed]
    mean = f", mean {sum(graded) / len(graded):.2f} of {results[0].max_score:g}" if graded else ""
    yield f"{len(results)} submissions: " + ", ".join(f"{n} {status}" for status, n in sorted(counts.items())) + mean
    for result in results:
        if result.failed:
            yield f"  {result.student}: {result.status}: {result.reason.splitlines()[0] if result.reason else ''}"
    if waiting := sum(result.waiting for result in results):
        yield (
            f"{_answers(waiting)} for a person: grade what waits in formgrader, then run this again, and it is on the "
            "feedback pages too."
        )
    yield f"Gradebook: {course.gradebook_file or course.db_url}"
    yield f"Feedback: {course.folder('feedback', 'STUDENT', name)}"


def _answers(count: int) -> str:
    return "1 answer waits" if count == 1 else f"{count} answers wait"
