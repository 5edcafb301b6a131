"""One submission, from its folder to its result: whatever it is, it ends with a status and a reason."""

from __future__ import annotations

import traceback
from dataclasses import replace
from pathlib import Path

from autograder.assignment import Assignment
from autograder.errors import InvalidSubmission, ServerError
from autograder.judge.failed import failed_result, with_missing
from autograder.judge.judging import judge
from autograder.results import SubmissionResult
from autograder.runner.session import Sessions
from autograder.submission import read_submission


def judge_submission(
    folder: Path, student: str, assignment: Assignment, server: Sessions, secret: bytes
) -> SubmissionResult:
    """Read and judge one submission. Whatever it is, it ends with a result and a reason.

    Errors: ServerError when the fork server has died.
    """
    try:
        submission = read_submission(folder, assignment, student)
        return with_missing(judge(assignment, submission, server, secret), submission)
    except ServerError:
        raise  # the fork server has gone: this worker cannot go on
    except InvalidSubmission as error:
        return failed_result(assignment, student, "invalid", str(error), server.sandbox)
    except MemoryError:
        reason = "It needs more memory than there is."
        return replace(failed_result(assignment, student, "invalid", reason, server.sandbox), retry=True)
    except Exception as error:  # ours, not the student's: say where, and let the rest of the class be graded
        where = traceback.format_exc(limit=-3)
        reason = f"The grader itself failed ({type(error).__name__}: {error}). Please report this:\n{where}"
        return replace(failed_result(assignment, student, "crashed", reason, server.sandbox), retry=True)
