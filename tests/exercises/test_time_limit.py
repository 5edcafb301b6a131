"""An answer that does not end is interrupted and told so, in the thread of a notebook and in any other."""

from __future__ import annotations

import signal
import sys
import threading
import time

import numpy as np
import pytest

from course_utils.exercises import FunctionExercise, check, small, time_limit
from course_utils.exercises.time_limit import OutOfTime, TimeLimit
from course_utils.notebook.panel import as_text

SECONDS = 0.3
pytestmark = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no timers on this platform")

double = FunctionExercise("double", reference=lambda x: 2 * x, points=2, answer="double")


@double.cases
def _(rng):
    yield small("three", 3)


ENDLESS = {
    "a loop": "while True: pass",
    "a loop of calls": "while True: abs(x)",
    "a loop of matrix products": "while True: np.ones((50, 50)) @ np.ones((50, 50))",
    "a loop inside NumPy": "np.vectorize(lambda i: sum(range(9)))(np.ones(10**7, dtype=bool))",
    "an interrupt taken for another error": "try:\n        while True: pass\n    except: raise ValueError",
    "an interrupt taken for the end": "try:\n        while True: pass\n    except: return 2 * x",
    "everything caught": "while True:\n        try: sum(range(9))\n        except: pass",
    "everything caught, twice": "while True:\n        try:\n            try: sum(range(9))\n"
    "            except: pass\n        except BaseException: continue",
    "everything suppressed": "import contextlib\n    while True:\n        with contextlib.suppress(BaseException):\n"
    "            sum(range(99))",
    "every error caught": "while True:\n        try: sum(range(9))\n        except Exception: pass",
    "a loop in finally": "while True:\n        try: sum(range(9))\n        finally: continue",
}
WAITS = {
    "a sleep": "time.sleep(1e6)",
    "many sleeps, everything caught": "while True:\n        try: time.sleep(0.3)\n        except: pass",
    "a lock that nobody opens": "lock = threading.Lock(); lock.acquire(); lock.acquire()",
}


@pytest.fixture(autouse=True)
def a_busy_machine(monkeypatch, request):
    """Where processor time is to run out, the clock must not do so before, whatever else the machine does."""
    if "loop" in request.fixturenames:
        monkeypatch.setattr(time_limit, "CLOCK_FACTOR", 200)


def answer(body):
    names = {"np": np, "time": time, "threading": threading}
    exec(f"def double(x):\n    {body}", names)
    return names


def told(body):
    return check(double, answer(body), [0], seconds=SECONDS)


def in_a_thread(function, *arguments):
    found = []
    thread = threading.Thread(target=lambda: found.append(function(*arguments)))
    thread.start()
    thread.join(60)
    assert not thread.is_alive()
    return found[0]


def looks_like_the_end_of(result, by_the_clock=False):
    assert (result.status, result.points) == ("timed_out", 0.0)
    assert "In the case “three” your code did not come to an end" in result.message
    assert ("1.5 seconds by the clock" if by_the_clock else "more than 0.3 seconds of processor") in result.message
    assert ("a loop that never stops? Which variable" in result.message) is not by_the_clock
    assert "Took too long" in as_text(result)


@pytest.mark.parametrize("loop", ENDLESS.values(), ids=ENDLESS)
def test_a_loop_without_end_is_interrupted(loop):
    looks_like_the_end_of(told(loop))


@pytest.mark.parametrize("body", WAITS.values(), ids=WAITS)
def test_what_waits_is_interrupted_by_the_clock(body):
    looks_like_the_end_of(told(body), by_the_clock=True)


@pytest.mark.parametrize("loop", ENDLESS.values(), ids=ENDLESS)
def test_cells_may_run_in_another_thread(loop):
    looks_like_the_end_of(in_a_thread(told, loop))


@pytest.mark.parametrize("loop", ENDLESS.values(), ids=ENDLESS)
def test_where_there_are_no_timers_a_thread_watches(loop, monkeypatch):
    monkeypatch.setattr(time_limit, "TIMERS", False)
    looks_like_the_end_of(told(loop))


def test_a_thread_that_watches_ends_repeated_sleeps_too(monkeypatch):
    monkeypatch.setattr(time_limit, "TIMERS", False)
    looks_like_the_end_of(told(WAITS["many sleeps, everything caught"]), by_the_clock=True)


def test_where_there_are_neither_there_is_no_limit(monkeypatch):
    def refuse(_):
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(time_limit, "TIMERS", False)
    monkeypatch.setattr(threading.Thread, "start", refuse)
    assert told("return 2 * x").status == "passed"
    assert told("return 2 * x").status == "passed"


@pytest.mark.parametrize("run", [lambda f, *a: f(*a), in_a_thread], ids=["main thread", "another thread"])
def test_a_right_answer_that_takes_its_time_is_let_be(run):
    """Time waited for is not time used, and the work of many cores counts as that of one."""
    assert run(told, "time.sleep(0.6); return 2 * x").status == "passed"
    before = threading.active_count()
    assert run(told, "return 2 * x").status == "passed"
    assert threading.active_count() <= before + 1


def test_the_line_where_it_was_stopped_is_shown(tmp_path, monkeypatch):
    (tmp_path / "answers.py").write_text(
        "def double(x):\n    n = x\n    while n > 0:\n        x = x + x * 0\n    return x\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    import answers

    result = check(double, {"double": answers.double}, [0], seconds=SECONDS)
    assert "It was stopped at `while n > 0:`" in result.message or "`x = x + x * 0`" in result.message


def test_all_is_as_it_was_afterwards():
    seen = []
    old = signal.signal(signal.SIGALRM, lambda *_: seen.append("theirs"))
    signal.setitimer(signal.ITIMER_REAL, 600, 300)
    trace = sys.gettrace()
    try:
        for body in ("return 2 * x", ENDLESS["everything caught"], "raise KeyError"):
            told(body)
            left, interval = signal.getitimer(signal.ITIMER_REAL)
            assert 0 < left < 600 and interval == 300
            assert sys.gettrace() is trace
        signal.raise_signal(signal.SIGALRM)
        assert seen == ["theirs"]
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, old)
    deadline = time.monotonic() + 2 * SECONDS
    while time.monotonic() < deadline:  # nothing comes later
        sum(range(99))


@pytest.mark.parametrize("timers", [True, False], ids=["timer", "watcher"])
def test_the_stop_button_still_works(timers, monkeypatch):
    if not timers:
        monkeypatch.setattr(time_limit, "TIMERS", False)
    threading.Timer(0.2, lambda: signal.pthread_kill(threading.main_thread().ident, signal.SIGINT)).start()
    with pytest.raises(KeyboardInterrupt):
        check(double, answer("while True: pass"), [0], seconds=60)
    assert told("return 2 * x").status == "passed"


def test_a_limit_inside_another_is_the_outer_one():
    outer, inner = TimeLimit(SECONDS), TimeLimit(60)
    assert outer.run(lambda: inner.run(lambda: answer(ENDLESS["a loop"])["double"](1))) is None
    assert isinstance(outer.error, OutOfTime) and outer.late and not inner.late
    first = TimeLimit(60)
    assert first.run(lambda: told("return 2 * x")).status == "passed" and not first.late


def test_without_seconds_there_is_no_limit():
    def alarm():
        return signal.getsignal(signal.SIGALRM), signal.getitimer(signal.ITIMER_REAL)

    before = alarm()
    assert TimeLimit(None).run(alarm) == before
    assert TimeLimit(60).run(alarm) != before
    assert alarm() == before
