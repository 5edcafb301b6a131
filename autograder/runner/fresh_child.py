"""The student's half of `fresh`: a process that was started, not forked, and that nothing shuts in."""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import random
import signal
import socket
import sys
import threading
from collections.abc import Iterator
from functools import partial

from course_utils.exercises.time_limit import TimeLimit

from . import wire
from .child import Agent
from .environment import imports_for
from .sandbox.limits import Limits
from .shell import CellShell, warm_up


class FreshAgent(Agent):
    """Keeps time as a check in a notebook does, with or without a system's timers."""

    def _answer(self, request: dict) -> dict:
        limit = TimeLimit(request["seconds"])
        reply = limit.run(partial(super()._answer, request))
        if not limit.late:
            return reply or {}
        late = {"timed_out": "clock" if limit.by_the_clock else "processor"}
        return late | ({"outputs": CellShell.outputs.finished()} if request["do"] == "cell" else {})

    @contextlib.contextmanager
    def _seconds(self, processor: float, clock: float) -> Iterator[None]:
        """`_answer` keeps the time."""
        yield

    def _bury(self) -> None:
        """Python's own `subprocess` waits for what it started."""


def main() -> None:
    """Be the student's process of whoever started this one, until that one hangs up."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the starter's business
    settings = json.loads(sys.stdin.buffer.readline())
    _end_with_the_starter()
    sock = socket.create_connection(("127.0.0.1", settings["port"]))
    wire.send(sock, wire.dumps(bytes.fromhex(settings["token"])))
    for module in (*imports_for(settings["profile"]), "matplotlib.pyplot"):  # not in the notebook's folder, later
        importlib.import_module(module)
    warm_up()
    os.chdir(settings["scratch"])
    sys.path.insert(0, settings["scratch"])  # as in a notebook: modules beside it can be imported
    random.seed(0)
    sys.modules["numpy"].random.seed(0)
    agent = FreshAgent(sock, Limits(**settings["limits"]))
    wire.send(sock, wire.dumps({"copies": False}))
    _say_nothing_more()
    try:
        agent.run()
    finally:
        os._exit(1)  # whatever the student's code did to the loop above


def _end_with_the_starter() -> None:
    """End when standard input does, which is the starter's to close; from now on it is empty for all others."""
    line = os.dup(0)
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    sys.stdin = open(0, closefd=False, encoding="utf-8")  # noqa: SIM115 - as long as the process lives

    def watch() -> None:
        os.read(line, 1)
        os._exit(1)

    threading.Thread(target=watch, name="ends with its starter", daemon=True).start()


def _say_nothing_more() -> None:
    """What libraries write past Python goes nowhere: the starter's log is for what goes wrong at the start."""
    null = os.open(os.devnull, os.O_WRONLY)
    for standard in (1, 2):
        os.dup2(null, standard)
