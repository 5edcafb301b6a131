"""What the doctor tries inside a process that judges: the fork server runs `main` in a judge's cage."""

from __future__ import annotations

import fcntl
import json
import os
import socket
import subprocess
from pathlib import Path

from autograder.runner.sandbox.limits import Limits

DONE = "done"


def main(task: bytes, orders: socket.socket, sandbox: str, limits: Limits) -> bytes:
    """The attempts and how each ended, in their order. It must be able to read its submission, and nothing else."""
    about = json.loads(task)
    Path(about["submission"], "answer").read_text()
    attempts = {
        "read a file outside": lambda: Path(about["secret"]).read_text(),
        "write a file outside": lambda: Path(about["outside"], "forged").write_text("x"),
        "write into the submission": lambda: Path(about["submission"], "forged").write_text("x"),
        "connect to this machine": lambda: socket.create_connection(("127.0.0.1", about["port"]), 1).close(),
        "write to a socket by its name": lambda: _datagram(about["mailbox"]),
        "signal the grader": lambda: os.kill(about["grader"], 0),
        "have a signal sent to the grader": lambda: fcntl.fcntl(orders.fileno(), fcntl.F_SETOWN, about["grader"]),
        "start a process": _fork,
        "run a program": lambda: subprocess.run(["/bin/true"], check=False),
    }
    return json.dumps([(name, _end(attempt)) for name, attempt in attempts.items()]).encode()


def _end(attempt: object) -> str:
    try:
        attempt()
    except OSError as error:
        return f"error: {type(error).__name__}: {error}"
    return DONE


def _datagram(address: str) -> None:
    for end in socket.socketpair(type=socket.SOCK_DGRAM):
        with end:
            end.sendto(b"x", address)


def _fork() -> None:
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)
