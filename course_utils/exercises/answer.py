"""What a check may know of a student's answer: is it there, is it still a stub, what happens when it is used.

In a notebook the answer is the real object. In the judge it is a proxy whose calls travel to the sandboxed child.
A proxy carries `course_stub` (bool) and raises errors that carry `kind`, `message` and `where`; everything else in
this package treats both alike.
"""

from __future__ import annotations

import contextlib
import dis
import io
import itertools
import re
import sysconfig
import traceback
import types
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

FIXED = (type(None), bool, int, float, str, bytes)  # types of values that nobody can change
COLOURS = re.compile(r"\x1b\[[0-9;]*m")
KERAS = re.compile(r"Exception encountered when calling .*?\n\n(.*?)(?:\n\nArguments received by .*)?", re.DOTALL)
NODE = re.compile(r"\{\{function_node [^}]*\}\}\s*")  # TensorFlow says which of its operations failed
NUMBERS = re.compile(r"\b(value|numpy)=\s*(?:array\()?\[[^>]*")  # of a variable or tensor, as it prints itself
PACKAGE = Path(__file__).resolve().parents[1]
LIBRARIES = {Path(sysconfig.get_path(kind)) for kind in ("stdlib", "platstdlib", "purelib", "platlib")}
MOST_CALLS = 8  # at each end of a trace


def too_long(seconds: float, by_the_clock: float = 0) -> str:
    """What is told of code that used up its `seconds` of processor time or, before these, so many `by_the_clock`."""
    if not by_the_clock:
        used = f"it used more than {_seconds(seconds)} of processor time"
        return f"{used}. Is there a loop that never stops? Which variable should change in it?"
    return (
        f"it was not done after {_seconds(by_the_clock)} by the clock, though it had not used {_seconds(seconds)} of "
        "processor time. Does it wait for something, such as a sleep or a lock? If not, the machine was busy."
    )


def _seconds(count: float) -> str:
    return f"{count:g} second" if count == 1 else f"{count:g} seconds"


def is_stub(obj: Any) -> bool:
    """True when nothing has been written yet: `...`, a function that does nothing, a class with such a method.

    >>> def empty(x):
    ...     '''Only a docstring.'''
    ...     # YOUR CODE HERE
    >>> is_stub(empty), is_stub(...), is_stub(len), is_stub(lambda x: x + 1)
    (True, True, False, False)
    """
    if hasattr(type(obj), "course_stub"):
        return bool(obj.course_stub)
    if obj is Ellipsis:
        return True
    if isinstance(obj, type):
        return any(is_stub(method) for method in vars(obj).values() if isinstance(method, types.FunctionType))
    if isinstance(obj, types.FunctionType):
        return _does_nothing(obj.__code__)
    return False


def _does_nothing(code: types.CodeType) -> bool:
    steps = [(i.opname, i.argval) for i in dis.get_instructions(code) if i.opname not in ("RESUME", "NOP")]
    return steps in ([("LOAD_CONST", None), ("RETURN_VALUE", None)], [("RETURN_CONST", None)])


def plain(value: Any) -> Any:
    """The value as NumPy and built-in types: TensorFlow tensors and variables become arrays.

    >>> plain((1, np.float32(2)))
    (1, np.float32(2.0))
    """
    if isinstance(value, list | tuple):
        return type(value)(plain(item) for item in value) if type(value) in (list, tuple) else [plain(v) for v in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, np.ndarray) and type(value) is not np.ndarray:
        return np.array(value, subok=False)  # a matrix, a masked array: their operators are other ones
    if isinstance(value, np.ndarray | np.generic) or not callable(getattr(value, "numpy", None)):
        return value
    return value.numpy()


def over_there(function: Callable, answer: Any, *args: Any) -> Any:
    """`function(answer, *args)`, run where the answer's objects are: here, or in the student's process.

    For what no proxy does, such as `a + b` or being handed to another answer. The function must be one of the course's
    modules; it only uses the answer, and what it returns is a claim like every result.
    """
    if hasattr(type(answer), "course_over_there"):
        return answer.course_over_there(function, *args)
    return function(answer, *args)


@dataclass(frozen=True)
class Raised:
    """An error in the student's code: its kind, its message, the line it came from and the calls that led there."""

    kind: str
    message: str = ""
    where: str = ""
    trace: str = field(default="", compare=False, repr=False)

    def __str__(self) -> str:
        text = f"{self.kind}: {self.message}" if self.message else self.kind
        return f"{text} (at `{self.where}`)" if self.where else text

    @staticmethod
    def of(error: BaseException) -> Raised:
        kind = getattr(error, "kind", type(error).__name__)
        message = getattr(error, "message", None)
        where = getattr(error, "where", None)
        if isinstance(error, SyntaxError):
            return Raised(kind, str(error.msg), (error.text or "").strip())
        said = _said(str(error) if message is None else message)
        if where is not None:
            return Raised(kind, said, where)
        calls = [f for f in traceback.extract_tb(error.__traceback__) if PACKAGE not in Path(f.filename).parents]
        return Raised(kind, said, _student_line(calls), _trace(calls))


def _said(text: str) -> str:
    r"""An error's message without colours or a tensor's numbers; of Keras's long ones the part that says what is wrong.

    >>> _said("Exception encountered when calling Dense.call().\n\n\x1b[1mbad shape\x1b[0m\n\nArguments received by x")
    'bad shape'
    >>> _said("cannot use <Variable path=dense/bias, shape=(2,), dtype=float32, value=[0.1 0.2]> here")
    'cannot use <Variable path=dense/bias, shape=(2,), dtype=float32, value=…> here'
    >>> _said("{{function_node __wrapped__AddV2_device_/job:localhost}} Incompatible shapes: [6,4] vs. [2]")
    'Incompatible shapes: [6,4] vs. [2]'
    """
    text = NODE.sub("", NUMBERS.sub(r"\1=…", COLOURS.sub("", text)))
    keras = KERAS.fullmatch(text)
    return (keras[1] if keras else text).strip()


def _student_line(calls: Sequence[traceback.FrameSummary]) -> str:
    own = [f for f in calls if _is_own(f)]
    return (own[-1].line or "").strip() if own else ""


def _trace(calls: Sequence[traceback.FrameSummary]) -> str:
    """The calls that led to an error, a line each; empty where there is only the one that `where` shows."""
    lines = []
    for line, same in itertools.groupby(map(_told, calls)):
        times = len(list(same))
        lines.append(line if times == 1 else f"{line}  ({times} times)")
    if len(lines) > 2 * MOST_CALLS:
        lines = [*lines[:MOST_CALLS], f"… {len(lines) - 2 * MOST_CALLS} more calls …", *lines[-MOST_CALLS:]]
    return "\n".join(lines) if len(calls) > 1 else ""


def _told(call: traceback.FrameSummary) -> str:
    file = "your code" if _is_own(call) else "/".join(Path(call.filename).parts[-2:])
    return f"{file}, line {call.lineno}, in {call.name}: {(call.line or '').strip()}".rstrip(": ")


def _is_own(call: traceback.FrameSummary) -> bool:
    return not (call.filename.startswith("<frozen") or LIBRARIES & {*Path(call.filename).parents})


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Keep warnings, NumPy's floating-point notices and stderr of the answer out of the test cell.

    nbgrader gives 0 to a cell with any text on stderr, so an overflow in an answer must not print there.
    """
    with warnings.catch_warnings(), np.errstate(all="ignore"), contextlib.redirect_stderr(io.StringIO()):
        warnings.simplefilter("ignore")
        yield
