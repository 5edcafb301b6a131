"""What a notebook's kernel has and a bare process has not: its streams, nobody who types, no debugger.

And what a cell asks for that is refused here is noted, so that nobody takes the refusal for a wrong answer.
"""

from __future__ import annotations

import builtins
import functools
import getpass
import io
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from typing import Any, NoReturn

from IPython.core.error import StdinNotImplementedError

from .shell import Outputs

NOT_RUN = 127 << 8  # what os.system gives where the shell itself cannot be started


class Stream(io.TextIOBase):
    """What stands for sys.stdout or sys.stderr."""

    encoding = "UTF-8"

    def __init__(self, outputs: Outputs, name: str) -> None:
        self.outputs, self.name = outputs, name

    def write(self, text: str) -> int:
        self.outputs.write(self.name, str(text))
        return len(text)

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return 1 if self.name == "stdout" else 2


def as_in_a_kernel(outputs: Outputs) -> None:
    """Arrange this process so; `outputs` takes what is shown, and what is refused."""
    sys.stdout = sys.__stdout__ = Stream(outputs, "stdout")
    sys.stderr = sys.__stderr__ = Stream(outputs, "stderr")
    outputs.hear_others()
    builtins.input = getpass.getpass = _nobody_types
    sys.breakpointhook = _no_debugger
    os.system = _noting(os.system, outputs, "a program")
    subprocess.Popen._execute_child = _noting(subprocess.Popen._execute_child, outputs, "a program")
    socket.socket.__init__ = _noting(socket.socket.__init__, outputs, "the network")
    socket.getaddrinfo = _noting(socket.getaddrinfo, outputs, "the network")


def _nobody_types(*_: object, **__: object) -> NoReturn:
    raise StdinNotImplementedError("input was asked for, and nobody can type anything in while grading")


def _no_debugger(*_: object, **__: object) -> None:
    """As in a kernel that no debugger is connected to."""


def _noting(call: Callable[..., Any], outputs: Outputs, what: str) -> Callable[..., Any]:
    @functools.wraps(call)
    def noted(*args: Any, **kwargs: Any) -> Any:
        try:
            result = call(*args, **kwargs)
        except (PermissionError, socket.gaierror):
            outputs.refused = what
            raise
        if result == NOT_RUN:
            outputs.refused = what
        return result

    return noted
