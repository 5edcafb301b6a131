"""What runs inside the cage: answers to the judge's questions, one after another.

Everything here shares a process with hostile code, so nothing here decides anything. It sends values and claims; the
judge checks their form (`wire`) and compares the values with its own.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any, NoReturn

import numpy as np

from course_utils import lessons
from course_utils.exercises.answer import FIXED, quiet
from course_utils.exercises.program_text import described
from course_utils.exercises.sealed import found, sealed
from course_utils.exercises.stand_in import standing_in

from . import wire
from .claims import about, error_of
from .kept import KeptNames
from .kernel_like import as_in_a_kernel
from .processes import can_be_copied, end_since, has_children, say_nothing
from .sandbox.limits import Limits
from .scratch import CannotPutBack, Remembered
from .shell import CellShell, names_in


class OutOfTime(KeyboardInterrupt):
    """The cell or call has used up its seconds, `by` the "processor" or the "clock"."""

    def __init__(self, by: str) -> None:
        super().__init__(by)
        self.by = by


def _state(value: Any) -> tuple:
    """All that a call can change in an array, or in a number or text: nothing; empty for other values."""
    if type(value) is np.ndarray and not value.dtype.hasobject:
        return value.dtype.str, value.shape, value.flags.writeable, value.tobytes()
    return ("fixed",) if type(value) in FIXED else ()


class Agent:
    """Carries out one request after another on the objects of the student's process."""

    def __init__(self, sock: socket.socket, limits: Limits) -> None:
        self.sock, self.limits = sock, limits
        self.objects: dict[int, Any] = {}
        self.numbers: dict[int, int] = {}
        self.made = 0  # handles so far
        self.scratch, self.is_fork = os.getcwd(), False
        self.copy, self.remembered = 0, None  # the last copy's number, and what lay in the scratch folder before it
        self.sealed, self.seals, self.stand_ins = [], contextlib.ExitStack(), contextlib.ExitStack()
        self.late = ""  # by which of its limits the request has run out of time
        self.shell = CellShell.instance()
        as_in_a_kernel(CellShell.outputs)
        self.visible, self.kept = set(self.shell.user_ns), KeptNames(self.shell.user_ns)

    def run(self) -> NoReturn:
        """Answer the judge until it hangs up."""
        while True:
            with contextlib.suppress(OutOfTime):  # one that came a moment too late
                self._tick()

    def _tick(self) -> None:
        try:
            frame = wire.receive(self.sock)
        except (EOFError, OSError):
            os._exit(0)
        request = wire.loads(frame, self._object)
        if request["do"] == "calls":
            self._calls(request)
        else:
            self._reply(request)

    def _calls(self, request: dict) -> None:
        """Answer many calls of one object, each as if it had come alone.

        The last is the one that runs out of time, or gives an object: the judge may ask about that first.
        """
        for place, (args, kwargs) in enumerate(request["with"]["calls"]):
            with_ = {"target": request["with"]["target"], "args": args, "kwargs": kwargs}
            if self._reply({**request, "do": "call", "id": request["id"] + place, "with": with_}, of_many=True):
                return

    def _reply(self, request: dict, of_many: bool = False) -> bool:
        """Answer a request; whether it is the last of many that came together."""
        made, last = self.made, False
        reply = self._answer(request)
        try:
            frame = self._frame({"id": request["id"], **reply})
            if last := of_many and ("timed_out" in reply or self.made > made):
                frame = self._frame({"id": request["id"], **reply, "last": True})
        except Exception as error:  # too large or too deep, or a conversion to plain values that fails
            frame = wire.dumps({"id": request["id"], **error_of(error)})
        self.sock.settimeout(None)
        self.sock.sendall(frame)
        return last

    def _answer(self, request: dict) -> dict:
        action: Callable[..., dict] = getattr(self, "do_" + request["do"])
        self._bury()
        CellShell.outputs.start(self.limits.output_kb << 10)
        try:
            with (
                self._seconds(request["seconds"], request["clock"]),
                contextlib.nullcontext() if request["do"] == "cell" else quiet(),
            ):
                self._seal(request["sealed"])
                return action(**request["with"])
        except OutOfTime as error:
            return {"timed_out": error.by}
        except BaseException as error:
            return error_of(error)

    def _seal(self, names: list[str]) -> None:
        """From now on these functions of the course cannot be called, and no others."""
        if names != self.sealed:
            self.seals.close()
            self.sealed = []
            self.seals.enter_context(sealed(found(names)))
            self.sealed = names

    def _bury(self) -> None:
        """Wait for those of the student's processes that have ended."""
        if not self.is_fork:
            with contextlib.suppress(ChildProcessError):
                while os.waitpid(-1, os.WNOHANG)[0]:
                    pass

    @contextlib.contextmanager
    def _seconds(self, processor: float, clock: float) -> Iterator[None]:
        """Raise OutOfTime in the main thread after so many seconds of either; in a fork, end the process."""
        self.late = ""
        timers = ((signal.SIGPROF, signal.ITIMER_PROF, processor), (signal.SIGALRM, signal.ITIMER_REAL, clock))
        for number, timer, seconds in timers:
            signal.signal(number, signal.SIG_DFL if self.is_fork else self._out_of_time)
            signal.setitimer(timer, seconds)
        try:
            yield
        finally:
            for _, timer, _ in timers:
                signal.setitimer(timer, 0)

    def _out_of_time(self, number: int, _: FrameType | None) -> NoReturn:
        self.late = "processor" if number == signal.SIGPROF else "clock"
        raise OutOfTime(self.late)

    # ---- what may be asked

    def do_cell(self, source: str) -> dict:
        result = self.shell.run_notebook_cell(source)
        error = result.error_before_exec or result.error_in_exec
        seen, kept = CellShell.outputs, self.kept.keep() if can_be_copied() else None
        shown = {"outputs": seen.finished(), "decisive": seen.decisive, "refused": seen.refused, "kept": kept}
        if isinstance(error, OutOfTime):
            return {"timed_out": error.by, **shown}
        return {**(error_of(error) if error else {}), **shown}

    def do_bindings(self, sources: list[str]) -> dict:
        """Which names cells bind and need; asked before any cell has run, so that the answer is an honest one."""
        return {"value": [names_in(source).as_plain() for source in sources]}

    def do_names(self) -> dict:
        return {"value": [n for n in self.shell.user_ns if type(n) is str and n not in self.visible and n[:1] != "_"]}

    def do_get(self, name: str) -> dict:
        if name not in self.shell.user_ns:
            return {"missing": True}
        return {"value": self.shell.user_ns[name]}

    def do_call(self, target: Any, args: tuple, kwargs: dict) -> dict:
        before = self._look(args, kwargs)  # to see afterwards whether the call changed them
        try:
            reply = {"value": target(*args, **kwargs)}
            self._frame(reply)  # while the time limit holds: a conversion runs code too
        except BaseException as error:
            reply = error_of(error)
        if self.late:  # whatever the call made of the interrupt
            raise OutOfTime(self.late)
        return reply if self._look(args, kwargs) == before else {**reply, "changed": (args, kwargs)}

    def _look(self, args: tuple, kwargs: dict) -> list[Any]:
        """What tells whether a call changed its arguments."""
        return [_state(part) or wire.dumps(part, self._replace) for part in (*args, *kwargs.values())]

    def do_getattr(self, target: Any, name: str) -> dict:
        return {"value": getattr(target, name)}

    def do_setattr(self, target: Any, name: str, value: Any) -> dict:
        setattr(target, name, value)
        return {"value": None}

    def do_item(self, target: Any, key: Any) -> dict:
        return {"value": target[key]}

    def do_program(self, target: Any) -> dict:
        return {"value": described(target)}

    def do_len(self, target: Any) -> dict:
        return {"value": len(target)}

    def do_stand_in(self, lesson: str, exercise: str, earlier: list[str]) -> dict:
        exercises = lessons.load(lesson).exercises
        block = standing_in(exercises[exercise], [exercises[id] for id in earlier], self.shell.user_ns)
        return {"value": self.stand_ins.enter_context(block)}

    def do_stand_down(self) -> dict:
        self.stand_ins.close()
        return {"value": None}

    def do_snapshot(self) -> dict:
        """Fork: the copy answers on the socket that comes with this request, until the judge closes it."""
        _, (other, *_), _, _ = socket.recv_fds(self.sock, 1, 1)
        try:
            if not can_be_copied():
                return {"value": False}
            self.remembered = self._remember()
            self.copy = os.fork()
            if self.copy == 0:
                gc.freeze()  # collecting what is from before would only copy its pages
                self.sock.detach()
                os.dup2(other, 3)
                os.closerange(4, 1024)
                say_nothing()  # a cell may have put a pipe in the place of what is standard
                self.sock, self.is_fork = socket.socket(fileno=3), True
                self.run()
            return {"value": True}
        finally:
            with contextlib.suppress(OSError):
                os.close(other)

    def _remember(self) -> Remembered | None:
        try:
            return Remembered(self.scratch)
        except (CannotPutBack, OSError):  # then this process ends with the check: `do_put_back`
            return None

    def do_bring_back(self, number: int) -> dict:
        """The names of an earlier cell, and nothing of what the check before has left or started."""
        self.remembered = self.remembered or self._remember()
        if self.remembered is None or len(sys._current_frames()) > 1 or has_children():  # /proc is hidden here
            return {"value": False}
        self.remembered.put_back()
        self.kept.bring_back(number)
        return {"value": True}

    def do_put_back(self) -> dict:
        """The copy ends, with all that it started, and its files vanish; else this process ends, for a new one."""
        try:
            end_since(self.copy)
            if self.remembered is None:
                raise CannotPutBack
            self.remembered.put_back()
            self.remembered = None
        except BaseException:
            os._exit(1)
        return {"value": None}

    # ---- objects that stay here

    def _frame(self, value: Any) -> bytes:
        return wire.dumps(value, self._replace, wire.MAX_REPLY)

    def _object(self, handle: wire.Handle) -> Any:
        if handle.number == wire.BY_NAME:
            module, _, name = handle.about["name"].partition(":")
            return getattr(importlib.import_module(module), name)
        if handle.number == wire.GENERATOR:
            generator = np.random.default_rng(0)
            generator.bit_generator.state = json.loads(handle.about["state"])
            return generator
        return self.objects[handle.number]

    def _replace(self, value: Any) -> Any:
        """A plain value in place of a tensor or a subclass of a plain type, or else a handle."""
        if isinstance(value, np.ndarray) and value.dtype.kind in "biufcUS":
            return np.array(value, subok=False)
        library = type(value).__module__.partition(".")[0]
        if library in ("tensorflow", "keras") and callable(getattr(value, "numpy", None)):
            return value.numpy()
        for base in (bool, int, float, str, bytes):
            if isinstance(value, base) and not isinstance(value, np.generic):
                return base(value)
        if isinstance(value, range) and len(value) < wire.MAX_ITEMS:
            return list(value)
        for base in (list, tuple, dict):
            if isinstance(value, base) and type(value) is not base:
                return base(value)
        number = self.numbers.setdefault(id(value), len(self.numbers))
        self.objects[number] = value
        self.made += 1
        return wire.Handle(number, about(value))
