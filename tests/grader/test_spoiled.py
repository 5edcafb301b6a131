"""A check that leaves something in the process that it shares: what that costs the others, and what they see of it."""

from __future__ import annotations

import pytest

from autograder.judge import notebook as judging
from autograder.runner.launch import ForkServer
from tests.grader.test_kept import LIMITS, Notebook

THREAD = """
def value():
    import threading, time
    threading.Thread(target=time.sleep, args=(9,), daemon=True).start()
    return threading.active_count()
"""
CHILD = """
def value():
    import os, time
    if os.fork() == 0:
        time.sleep(9)
    return 1
"""
ENDS = "def value():\n    import os\n    os._exit(3)"
PLAIN = "def value():\n    return 1"


@pytest.fixture(scope="module")
def server():
    with ForkServer("numpy", LIMITS) as server:
        yield server


@pytest.mark.parametrize("first", [THREAD, CHILD, ENDS])
def test_what_the_first_of_the_last_checks_leaves_costs_one_new_process(server, first):
    notebook = Notebook(server, first, PLAIN, PLAIN, PLAIN, PLAIN)
    assert notebook.values(0, 1, 2, 3, 4, last=True)[1:] == [1, 1, 1, 1]
    assert notebook.spawned == 2


def test_each_leaves_a_thread(server):
    notebook = Notebook(server, THREAD, "1", "1", "1")
    assert notebook.values(0, 1, 2, 3, last=True) == [2, 2, 2, 2]
    assert notebook.spawned == 2


@pytest.mark.parametrize("first", [THREAD, CHILD, ENDS])
def test_cells_that_take_long_are_run_once(server, first, monkeypatch):
    monkeypatch.setattr(judging, "SOON_SECONDS", 0)
    notebook = Notebook(server, first, PLAIN, PLAIN, PLAIN)
    assert notebook.values(0, 1, 2, 3, last=True)[1:] == [1, 1, 1]
    assert notebook.spawned == 1


MADE = """
import numpy as np
def make():
    seen = []
    def count(x):
        seen.append(x)
        return len(seen)
    return np.frompyfunc(count, 1, 1)
count = make()
def value():
    return count(0)
"""
NOTED = "def value():\n    value.calls = getattr(value, 'calls', 0) + 1\n    return value.calls"
RECORD = "import numpy as np\nn = np.zeros(1, [('n', 'i8')])[0]\ndef value():\n    n['n'] += 1\n    return int(n['n'])"
MODULE = "import types\nm = types.ModuleType('m')\nm.n = 0\ndef value():\n    m.n += 1\n    return m.n"
GOES = """
def value():
    import os
    away = os.getcwd().endswith("away")
    os.makedirs("away", exist_ok=True)
    os.chdir("away")
    return 2 if away else 1
"""


@pytest.mark.parametrize("last", [False, True])
@pytest.mark.parametrize("cell", [MADE, NOTED, RECORD, MODULE, GOES])
def test_no_check_sees_what_another_has_noted(server, cell, last):
    assert Notebook(server, cell, "1").values(0, 1, last=last) == [1, 1]
