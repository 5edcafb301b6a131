"""`course doctor --trace`: which system calls of a notebook are on no list."""

from __future__ import annotations

import json
import platform
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from autograder.cli import main
from autograder.errors import UnsafeHost, UsageError
from autograder.runner.sandbox import calls
from autograder.tracing import as_text, trace

linux = pytest.mark.skipif(
    sys.platform != "linux" or platform.machine() not in calls.ARCHITECTURES, reason="no seccomp, or no table for it"
)


def notebook(folder: Path, *cells: str) -> Path:
    """A notebook with these code cells."""
    path = folder / "some.ipynb"
    made = [{"cell_type": "code", "source": cell, "metadata": {}} for cell in cells]
    path.write_text(json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": made}))
    return path


OUTSIDE_THE_LIST = {  # a cell, and what is noted down of it
    "import socket; socket.socket()": "socket()",
    "import socket; socket.socketpair(type=socket.SOCK_DGRAM)": "socketpair(0x1, 0x80002)",
    "import os; os.execv('/bin/true', ['true'])": "execve()",
    "import os; os.sched_setaffinity(0, [0])": "sched_setaffinity()",
    "import fcntl; fcntl.fcntl(0, fcntl.F_SETOWN, 1)": "fcntl(0x8)",
    "import ctypes; ctypes.CDLL(None).syscall(999)": "call 999()",
}
HONEST = (
    "import numpy as np, shutil, tempfile, threading, pathlib, asyncio",
    "pathlib.Path('a').write_text('x'); shutil.copy2('a', 'b'); shutil.copytree(tempfile.mkdtemp(), 'c')",
    "threading.Thread(target=np.ones, args=(3,)).start(); await asyncio.sleep(0)",
    "import matplotlib.pyplot as plt; plt.plot([1, 2]); plt.savefig('p.png'); np.save('n', np.ones(3))",
)


@linux
def test_a_trace_lists_what_is_outside_the_list_and_runs_confined(tmp_path: Path) -> None:
    try:
        honest = trace(notebook(tmp_path, *HONEST))
        found = trace(notebook(tmp_path, *OUTSIDE_THE_LIST, *OUTSIDE_THE_LIST, f"open({str(tmp_path / 'x')!r}, 'w')"))
    except UnsafeHost as error:
        pytest.skip(str(error))
    assert (honest.refused, honest.stopped) == ((), ())
    assert "No system call was refused" in as_text(honest)
    assert found.refused == tuple(OUTSIDE_THE_LIST.values())  # each once
    refused = [line.split(":")[0] for line in found.stopped]
    assert "code cell 1" in refused and f"code cell {found.cells}" in refused
    assert [path.name for path in tmp_path.iterdir()] == ["some.ipynb"]


@linux
def test_the_command_tells_and_its_exit_code_too(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["doctor", "--trace", str(notebook(tmp_path, "import socket; socket.socket()"))])
    if done.exit_code == UnsafeHost.exit_code:
        pytest.skip("no cage here")
    assert done.exit_code == 1 and "  socket()" in done.output and "code cell 1: PermissionError" in done.output
    done = CliRunner().invoke(main, ["doctor", "--json", "--trace", str(notebook(tmp_path, "1 + 1"))])
    assert done.exit_code == 0 and json.loads(done.output)["refused"] == []


def test_what_cannot_be_traced_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no notebook"):
        trace(tmp_path / "none.ipynb")
    (tmp_path / "bad.ipynb").write_text("{")
    with pytest.raises(UsageError, match="damaged JSON"):
        trace(tmp_path / "bad.ipynb")
