"""The judge of one submission, in its own process (`alone` has the grader's half)."""

from __future__ import annotations

import gc
import json
import pickle
import socket
from pathlib import Path

from autograder.judge.submission import judge_submission
from autograder.runner.launch import Orders
from autograder.runner.sandbox.limits import Limits


def main(task: bytes, orders: socket.socket, sandbox: str, limits: Limits) -> bytes:
    """Judge the submission of the task; the fork server has shut this process in."""
    gc.disable()  # it lives for one submission; collecting would copy the pages that it shares with the server
    folder, student, assignment, secret = pickle.loads(task)  # from the grading run, which trusts itself
    result = judge_submission(Path(folder), student, assignment, Orders(orders, limits, sandbox), secret)
    return json.dumps(result.to_record()).encode()
