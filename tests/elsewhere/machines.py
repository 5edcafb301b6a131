"""Other people's machines, imitated in a process of its own and in all that it starts.

Each is a `sitecustomize.py`, which Python runs before all else. What a library needs of Linux under Linux stays.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from autograder.source import REPOSITORY

WINDOWS = '''
import asyncio, builtins, multiprocessing, os, signal, socket, subprocess  # Python's own, with what they need
import psutil  # as Keras does; its module for Linux is not that for Windows

for name in ("fork", "forkpty", "setresuid", "setuid", "setsid", "sysconf", "O_NOFOLLOW",
             "O_NONBLOCK", "O_DIRECTORY", "chown", "mkfifo", "killpg", "sched_getaffinity"):
    delattr(os, name)
for name in ("send_fds", "recv_fds"):
    delattr(socket, name)
for name in ("setitimer", "getitimer", "alarm", "SIGALRM", "SIGPROF", "ITIMER_REAL", "ITIMER_PROF"):
    delattr(signal, name)
_import = builtins.__import__

def imported(name, globals=None, *more, **named):
    """The course finds none of the modules that Windows has not; libraries under Linux do."""
    here = (globals or {}).get("__name__", "").partition(".")[0]
    if name in ("fcntl", "grp", "pwd", "resource", "termios") and here in ("autograder", "course_utils"):
        raise ModuleNotFoundError(f"No module named {name!r}", name=name)
    return _import(name, globals, *more, **named)

builtins.__import__ = imported
'''
WITHOUT = """
import sys

class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {packages!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)

sys.meta_path.insert(0, Missing())
"""


def like_windows(folder: Path) -> dict[str, str]:
    """The environment of a process that finds itself on something like Windows: no fork, code page 1252."""
    return _customized(folder, WINDOWS) | {"PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"}


def without(folder: Path, packages: Sequence[str]) -> dict[str, str]:
    """The environment of a process in which these packages are not installed."""
    return _customized(folder, WITHOUT.format(packages=set(packages)))


def _customized(folder: Path, text: str) -> dict[str, str]:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "sitecustomize.py").write_text(text, encoding="utf-8")
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(folder), str(REPOSITORY)])}


def course(environment: dict[str, str], *arguments: str | Path, cwd: Path = REPOSITORY) -> subprocess.CompletedProcess:
    """Run the `course` command there."""
    command = [sys.executable, "-c", "import sys; sys.argv[0] = 'course'; from autograder.cli import run; run()"]
    return subprocess.run(
        [*command, *map(str, arguments)], env=environment, cwd=cwd, capture_output=True, timeout=600, check=False
    )
