"""A limit on how long an answer may run in this very process. In grading it runs in another, which has its own.

In the main thread of a Unix system a timer interrupts, a sleep too; on Windows a second thread takes its place, which
does not wake a sleep. Where cells run in a thread of their own, a second one asks Python to raise in it at its next
step. None of them can interrupt a single call into C code that does not return, and where there are neither timers nor
threads there is no limit.
"""

from __future__ import annotations

import _thread
import contextlib
import ctypes
import signal
import sys
import threading
import time
from collections.abc import Callable
from types import FrameType
from typing import Any, TypeVar

CLOCK_FACTOR = 5  # by the clock so many times as long as of processor time
PAUSE = 0.1  # seconds from one interrupt to the next
POLITE = 3  # interrupts that leave an answer the time to tidy up
TIMERS = hasattr(signal, "setitimer")
_here = threading.local()
T = TypeVar("T")


class OutOfTime(BaseException):
    """Raised in an answer that has used up its time, again and again; `except Exception` does not catch it."""


class TimeLimit:
    """Calls a function and interrupts it by OutOfTime after so many `seconds` of processor time.

    Time passes no faster than by the clock, so many cores at work use up no more than one. Within another limit of
    the same thread, and for `None` seconds, it only calls.
    """

    def __init__(self, seconds: float | None) -> None:
        self.seconds = seconds
        self.late = False  # whether the function was interrupted, whatever it made of that
        self.by_the_clock = 0.0  # after how many seconds by the clock, where that was what ran out
        self.error: BaseException | None = None  # where the interrupt ended it
        self._interrupter: _ByHandler | _FromOutside | None = None

    def run(self, function: Callable[[], T]) -> T | None:
        """What the function returns; None where the interrupt ended it."""
        if self.seconds is None or getattr(_here, "limited", False):
            return function()
        try:
            try:
                self._start()
                return function()
            finally:
                self._stop()
        except OutOfTime as error:
            self._stop()  # again: one that came from outside may have come between
            self.error = error
            return None

    def _start(self) -> None:
        self.begun, self.used = time.monotonic(), time.process_time()
        self.outside = sys._getframe(1)
        in_main = threading.current_thread() is threading.main_thread()
        interrupter = _ByHandler(self) if in_main else _FromOutside(self)
        with contextlib.suppress(RuntimeError):  # no threads on this platform
            interrupter.start()
            self._interrupter, _here.limited = interrupter, True

    def _stop(self) -> None:
        while self._interrupter:
            with contextlib.suppress(OutOfTime):
                self._interrupter.stop()
                self._interrupter, _here.limited = None, False

    def over(self) -> bool:
        """Whether the time is used up; from then on it stays so."""
        assert self.seconds is not None
        clock, processor = time.monotonic() - self.begun, time.process_time() - self.used
        if not self.late and min(clock, processor) < self.seconds:
            if clock < self.seconds * CLOCK_FACTOR:
                return False
            self.by_the_clock = self.seconds * CLOCK_FACTOR
        self.late = True
        return True


class _ByHandler:
    """Interrupts the main thread in a signal's handler. An answer that catches everything is also traced: `_trace`.

    The signal is the alarm's; without alarms (Windows) a second thread has Python believe that there was one.
    """

    def __init__(self, limit: TimeLimit) -> None:
        self.limit, self.count, self.live = limit, 0, False
        self.number = signal.SIGALRM if TIMERS else signal.SIGTERM

    def start(self) -> None:
        assert self.limit.seconds is not None
        self.old_trace = sys.gettrace()
        self.ticker = None if TIMERS else _Ticker(self.limit, lambda: _thread.interrupt_main(self.number))
        self.old_handler = signal.signal(self.number, self._interrupt)
        self.old_timer = signal.setitimer(signal.ITIMER_REAL, self.limit.seconds, PAUSE) if TIMERS else (0.0, 0.0)
        self.live = True

    def stop(self) -> None:
        self.live = False
        if self.ticker:
            self.ticker.stop()
        else:
            signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(self.number, self.old_handler or signal.SIG_DFL)
        delay, interval = self.old_timer
        if delay:
            left = delay - (time.monotonic() - self.limit.begun)
            signal.setitimer(signal.ITIMER_REAL, max(left, 1e-3), interval)
        if self.count > POLITE:
            sys.settrace(self.old_trace)

    def _interrupt(self, _: int, frame: FrameType | None) -> None:
        if not self.live or _ours(frame) or not self.limit.over():
            return
        self.count += 1
        if self.count > POLITE:
            self._trace(frame, (self.count - POLITE - 1) % 20)
        raise OutOfTime

    def _trace(self, frame: FrameType | None, steps: int) -> None:
        """Raise once more at a later line: the first after the interrupt, at the next attempt the second, and so on.

        `while True: try: … except: pass` catches what is raised inside `try`, but not what is raised at `pass`.
        """

        def trace(frame: FrameType, event: str, _: Any) -> Any:
            nonlocal steps
            if _ours(frame) or not self.live:
                return None
            if event == "line":
                steps -= 1
                if steps < 0:
                    raise OutOfTime
            return trace

        sys.settrace(trace)
        while frame is not None and frame is not self.limit.outside:
            frame.f_trace, frame = trace, frame.f_back


class _FromOutside:
    """Interrupts another thread than the main one, at its next step."""

    def __init__(self, limit: TimeLimit) -> None:
        self.limit, self.thread = limit, threading.get_ident()

    def start(self) -> None:
        self.ticker = _Ticker(self.limit, self._interrupt)

    def stop(self) -> None:
        self.ticker.stop()
        _raise_in(self.thread, None)  # one that has not arrived yet

    def _interrupt(self) -> None:
        if self.limit.over() and not _ours(sys._current_frames().get(self.thread)):
            _raise_in(self.thread, OutOfTime)


class _Ticker:
    """A thread that calls `tick` when the time may be up, and again after every pause until it is stopped."""

    def __init__(self, limit: TimeLimit, tick: Callable[[], None]) -> None:
        self.limit, self.tick = limit, tick
        self.lock, self.done = threading.Lock(), threading.Event()
        threading.Thread(target=self._run, name="time limit of a check", daemon=True).start()

    def stop(self) -> None:
        """From here on there is no tick."""
        with self.lock:
            self.done.set()

    def _run(self) -> None:
        pause, count = self.limit.seconds, 0
        while not self.done.wait(pause):
            pause, count = PAUSE if count < POLITE else PAUSE / 4, count + self.limit.late
            with self.lock:
                if not self.done.is_set():
                    self.tick()


def _raise_in(thread: int, error: type[BaseException] | None) -> None:
    what = None if error is None else ctypes.py_object(error)
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), what)


def _ours(frame: FrameType | None) -> bool:
    return frame is not None and frame.f_code.co_filename == __file__
