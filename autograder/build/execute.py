"""Run a lesson top to bottom in a clean kernel, and keep only what is the same on every run and machine."""

from __future__ import annotations

import base64
import os
import re
import struct
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode, from_dict

from autograder.build.source import LessonFolder
from autograder.cells import LANGUAGE
from autograder.errors import BuildError

SECONDS_PER_CELL = 300
WIDGETS = ("application/vnd.jupyter.widget-view+json", "application/vnd.jupyter.widget-state+json")
ANSI = re.compile(r"\x1b\[[0-9;]*m")
EMBEDDED = re.compile(r"data:[\w/+.-]+;base64,[\w+/=]+")
ADDRESS = re.compile(r"\b0x[0-9a-f]{8,16}\b")


def kernel_environment(home: Path) -> dict[str, str]:
    """A clean environment: one BLAS thread, fixed hashes, the bundled data, nothing of the author's home."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("COURSE_", "IPYTHON", "MPL", "KERAS", "TF_"))}
    return kept | {
        "HOME": str(home),
        "USERPROFILE": str(home),
        "IPYTHONDIR": str(home / "ipython"),
        "KERAS_HOME": str(home / "keras"),
        "COURSE_BUILD": "1",
        "COURSE_OFFLINE": "1",
        "CUDA_VISIBLE_DEVICES": "-1",
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def execute(notebook: NotebookNode, lesson: LessonFolder) -> NotebookNode:
    """Run every cell in a copy of the lesson's folder; BuildError names the first cell that fails."""
    with tempfile.TemporaryDirectory(prefix="course-build-") as scratch:
        home, folder = Path(scratch, "home"), Path(scratch, "lesson")
        home.mkdir()
        lesson.copy_beside(folder)
        run_in(notebook, folder, home, SECONDS_PER_CELL, lesson.name)
        tidy(notebook)
        found = leaks(notebook, (scratch, str(lesson.root), str(Path.home()), sys.prefix))
        if lines := [f"{lesson.name}, cell {cell.id}: {problem}" for cell, problem in found]:
            raise BuildError("\n".join(dict.fromkeys(lines)))
    return notebook


def run_in(notebook: NotebookNode, folder: Path, home: Path, seconds: float, name: str) -> None:
    """Run the cells in place with `folder` as the current directory."""
    client = NotebookClient(
        notebook,
        kernel_name="python3",
        extra_arguments=["--IPKernelApp.log_level=40"],
        timeout=seconds,
        startup_timeout=max(int(seconds), 60),
        resources={"metadata": {"path": str(folder)}},
        store_widget_state=False,
        coalesce_streams=True,
        record_timing=False,
    )
    try:
        client.execute(env=kernel_environment(home))
    except CellExecutionError as error:
        cell = _failed(notebook)
        raise BuildError(f"{name}, cell {cell}: {error.ename}: {ANSI.sub('', str(error.evalue))}") from error
    except CellTimeoutError as error:
        raise BuildError(f"{name}, cell {_failed(notebook)}: still running after {seconds:.0f} s") from error
    except DeadKernelError as error:
        raise BuildError(f"{name}, cell {_failed(notebook)}: the kernel died (out of memory?)") from error


def _failed(notebook: NotebookNode) -> str:
    """The first code cell that raised, else the last that had begun."""
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    raised = [cell for cell in code if any(output.output_type == "error" for output in cell.outputs)]
    begun = [cell for cell in code if cell.execution_count is not None or cell.outputs]
    return (raised[:1] or begun[-1:] or code[:1])[0].id


def tidy(notebook: NotebookNode) -> NotebookNode:
    """Drop from the outputs what changes from run to run: counters, live widgets, image software notes."""
    notebook.metadata.pop("widgets", None)
    notebook.metadata.language_info = from_dict(LANGUAGE)
    count = 0
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        if cell.cell_type != "code":
            continue
        if cell.source.strip():
            count += 1
            cell.execution_count = count
        cell.outputs = [output for output in cell.outputs if not _only_widget(output)]
        for output in cell.outputs:
            if "execution_count" in output:
                output.execution_count = count
            data = output.get("data", {})
            for key in WIDGETS:
                data.pop(key, None)
            if "image/png" in data:
                data["image/png"] = bare_png(data["image/png"])
    return notebook


def _only_widget(output: NotebookNode) -> bool:
    data = output.get("data", {})
    return any(key in data for key in WIDGETS) and not any(k.startswith("image/") or k == "text/html" for k in data)


def bare_png(encoded: str) -> str:
    """The image without text chunks (Matplotlib writes its version there), same pixels.

    >>> chunk = lambda kind, body: struct.pack(">I", len(body)) + kind + body + b"-crc"
    >>> png = b"-header-" + chunk(b"tEXt", b"Software") + chunk(b"IEND", b"")
    >>> base64.b64decode(bare_png(base64.b64encode(png).decode()))[8:]
    b'\\x00\\x00\\x00\\x00IEND-crc'
    """
    data = base64.b64decode(encoded)
    kept, at = [data[:8]], 8
    while at < len(data):
        size = struct.unpack(">I", data[at : at + 4])[0] + 12
        if data[at + 4 : at + 8] not in (b"tEXt", b"zTXt", b"iTXt", b"tIME"):
            kept.append(data[at : at + size])
        at += size
    return base64.b64encode(b"".join(kept)).decode() + "\n"


def texts(output: NotebookNode) -> Iterator[str]:
    """Every piece of readable text in an output, embedded images left out."""
    if "text" in output:
        yield "".join(output.text)
    for kind, value in output.get("data", {}).items():
        if kind.startswith("text/") or kind in ("image/svg+xml", "application/json"):
            yield EMBEDDED.sub("", value if isinstance(value, str) else str(value))


def leaks(notebook: NotebookNode, paths: tuple[str, ...]) -> Iterator[tuple[NotebookNode, str]]:
    """Outputs that differ on another machine: memory addresses, this machine's paths, warnings on stderr."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if output.output_type == "stream" and output.name == "stderr":
                yield cell, f"writes to stderr ({_first_line(output.text)}); a lesson runs without warnings"
            for text in texts(output):
                if found := ADDRESS.search(text):
                    shown = _around(text, found.start())
                    yield cell, f"shows a memory address ({shown}); print what the reader needs"
                for path in paths:
                    if len(path) > 1 and path in text:
                        shown = _around(text, text.index(path))
                        yield cell, f"shows a path of this machine ({shown}); print only the file's name"


def _first_line(text: str) -> str:
    return next((line.strip()[:100] for line in "".join(text).splitlines() if line.strip()), "")


def _around(text: str, at: int) -> str:
    return " ".join(text[max(0, at - 30) : at + 40].split())
