"""The shell that runs a student's cells inside the cage: IPython in this process, with what cells show collected."""

from __future__ import annotations

import asyncio
import contextlib
import fnmatch
import io
import mmap
import os
import re
import sys
from collections.abc import Iterator
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import ExecutionResult, InteractiveShell
from IPython.utils.text import SList

from .bindings import Names, names_of
from .outputs import MAX_VALUE

MAX_MESSAGE = 4000  # characters of an error message
BETWEEN_CELLS = 0.01  # seconds
_ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_MIME = ("text/plain", "text/html", "text/markdown", "text/latex", "image/png", "image/jpeg")


class Outputs:
    """What one cell shows, in order and never more than `limit` bytes."""

    def __init__(self) -> None:
        self.process, self.told = 0, bytearray(1)  # `told`: whether another process than this one wrote to stderr
        self.start(0)

    def start(self, limit: int) -> None:
        self.items: list[dict] = []
        self.left = limit
        self.cut = self.clearing = False
        self.decisive: tuple[str, str] = ("", "")
        self.refused = ""  # "a program" or "the network", where the cell asked for it
        self.told[0] = 0

    def hear_others(self) -> None:
        """From now on what comes from this process by a fork tells when it writes to stderr."""
        self.process, self.told = os.getpid(), mmap.mmap(-1, 1)

    def decide(self, kind: str, text: str = "") -> None:
        """Note the first output by which nbgrader scores a test cell: an error, text on stderr, a last value.

        It is noted apart, because what a cell shows may be cut.
        """
        if not self.decisive[0]:
            self.decisive = ("stderr", "") if self.told[0] else (kind, text[:MAX_VALUE])

    def clear(self, wait: bool = False) -> None:
        """Take back what was shown: now, or `wait` for what is shown next."""
        self.clearing = wait
        if not wait:
            self.items.clear()
            self.decisive, self.told[0] = ("", ""), 0

    def add(self, **output: Any) -> None:
        if self.clearing:
            self.clear()
        if output["output_type"] == "error":
            self.decide("error")
        elif output["output_type"] == "execute_result":
            self.decide("value", str(output["data"].get("text/plain", "")))
        size = sum(len(part) for part in _texts(output))
        if size > self.left:
            self.cut = True
            return
        self.left -= size
        self.items.append(output)

    def write(self, name: str, text: str) -> None:
        if text and self.clearing:
            self.clear()
        if text and name == "stderr":
            self.told[0] |= self.process != os.getpid()
            self.decide("stderr")
        if len(text) > self.left:
            self.cut, text = True, text[: self.left]
        if not text:
            return
        if self.items and self.items[-1].get("name") == name:
            self.left -= len(text)
            self.items[-1]["parts"].append(text)
        else:
            self.add(output_type="stream", name=name, parts=[text])

    def finished(self) -> list[dict]:
        """The outputs as plain values."""
        if self.told[0]:
            self.decide("stderr")
        done = [{k: ("".join(v) if k == "parts" else v) for k, v in item.items()} for item in self.items]
        done = [{("text" if k == "parts" else k): v for k, v in item.items()} for item in done]
        if self.cut:
            done.append({"output_type": "stream", "name": "stderr", "text": "\n[output cut: too long]\n"})
        return done


def _texts(value: Any) -> Iterator[str | bytes]:
    if isinstance(value, str | bytes):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts(part)


class _Publisher(DisplayPublisher):
    def publish(self, data: dict, metadata: dict | None = None, **_: Any) -> None:
        self.shell.outputs.add(output_type="display_data", data=_data(data))

    def clear_output(self, wait: bool = False) -> None:
        self.shell.outputs.clear(wait)


class _Hook(DisplayHook):
    def __call__(self, result: Any = None) -> None:
        self.check_for_underscore()
        if result is None or self.quiet():
            return
        data, _ = self.compute_format_data(result)
        self.update_user_ns(result)
        self.shell.outputs.add(output_type="execute_result", data=_data(data))


def _data(data: dict) -> dict:
    return {mime: data[mime] for mime in _MIME if isinstance(data.get(mime), str | bytes)}


class _Store(dict):
    """IPython's own notes (`%cd`, `%store`, bookmarks), which it would keep in a file of the home folder."""

    def keys(self, pattern: str = "*") -> list[str]:
        return fnmatch.filter(super().keys(), pattern)


class CellShell(InteractiveShell):
    """IPython without a terminal, history or threads; what cells show is collected in `outputs`."""

    outputs = Outputs()

    def __init__(self, **settings: Any) -> None:
        self.displayhook_class, self.display_pub_class = _Hook, _Publisher
        self._transformed: dict[tuple, str] = {}
        super().__init__(**settings)
        self.colors, self.db = "nocolor", _Store()
        self._loops: list[asyncio.AbstractEventLoop] = []  # one that was interrupted is kept: its tasks would complain

    def run_notebook_cell(self, source: str) -> ExecutionResult:
        """Run a cell as a notebook's kernel does: inside of one event loop that all cells share."""
        if not self._loops:
            self._loops.append(asyncio.new_event_loop())
        asyncio.set_event_loop(self._loops[-1])
        try:
            result = self._loops[-1].run_until_complete(self._in_loop(source))
            self._between_cells(self._loops[-1])
            return result
        except BaseException:
            self._loops.append(asyncio.new_event_loop())
            raise

    def _between_cells(self, loop: asyncio.AbstractEventLoop) -> None:
        """Let tasks go on that the cell has left, as they do in a notebook; what they show there counts for no test."""
        if asyncio.all_tasks(loop):
            decisive = self.outputs.decisive
            loop.run_until_complete(asyncio.sleep(BETWEEN_CELLS))
            self.outputs.decisive = decisive

    async def _in_loop(self, source: str) -> ExecutionResult:
        code, trouble, result = source, None, None
        try:
            code = self.transform_cell(source)
        except Exception:  # told where the cell is run
            trouble = sys.exc_info()
        try:
            result = await self.run_cell_async(
                source, store_history=True, transformed_cell=code, preprocessing_exc_tuple=trouble
            )
            return result
        finally:
            self.events.trigger("post_execute")
            self.events.trigger("post_run_cell", result)

    def transform_cell(self, raw_cell: str) -> str:
        """IPython's, once for each cell, though its names are read before it is run."""
        manager = self.input_transformer_manager
        rules = *manager.cleanup_transforms, *manager.line_transforms, *manager.token_transformers
        key = raw_cell, *map(id, (*rules, *self.input_transformers_post))
        if key not in self._transformed:
            self._transformed[key] = super().transform_cell(raw_cell)
        return self._transformed[key]

    def system(self, command: str) -> None:
        """`!command` runs no program here; the cell goes on, as it does when a command fails."""
        print("Shell commands are not run while grading.")
        self.outputs.refused = "a program"
        self.user_ns["_exit_code"] = 127

    system_raw = system_piped = system

    def getoutput(self, command: str, split: bool = True, depth: int = 0) -> Any:
        """`names = !command` gives no lines."""
        self.system(command)
        return SList() if split else ""

    def ask_exit(self) -> None:
        """`exit` ends nothing: the cells below are graded too."""

    def enable_gui(self, gui: Any = None) -> None:
        """No event loops here."""

    def _showtraceback(self, etype: type, evalue: BaseException, stb: list[str]) -> None:
        self.outputs.add(
            output_type="error",
            ename=etype.__name__[:200],
            evalue=text_of(evalue),
            traceback=[_ANSI.sub("", line)[:MAX_MESSAGE] for line in stb[-30:]],
        )


CellShell.__name__ = "ZMQInteractiveShell"  # as notebooks know theirs: in `%config`, and to see that they are one


def warm_up() -> None:
    """Make the shell, run one cell and one that fails, so that every child starts with it; once in the fork server."""
    from traitlets.config import Config

    config = Config()
    config.HistoryManager.enabled = False
    shell = CellShell.instance(config=config)
    shell.extension_manager.load_extension("storemagic")  # as every kernel has it
    with contextlib.redirect_stdout(io.StringIO()):
        shell.run_cell("None", store_history=False)
        shell.run_cell("1 / 0", store_history=False)  # what shows an error is imported by the first one
    CellShell.outputs.clear()


def names_in(source: str) -> Names:
    """The names of a cell, magics and all; none where it is no cell of Python."""
    try:
        return names_of(CellShell.instance().transform_cell(source))
    except Exception:  # told where the cell is run
        return Names()


def text_of(error: BaseException) -> str:
    """The error's message, whatever its `__str__` does; a long one keeps its beginning and its end."""
    try:
        text, half = str(error), MAX_MESSAGE // 2 - 1
        return text if len(text) <= MAX_MESSAGE else f"{text[:half]}…{text[-half:]}"
    except Exception as second:
        return f"(its message could not be read: {type(second).__name__})"
