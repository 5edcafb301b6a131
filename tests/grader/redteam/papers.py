"""Notebooks and folders made to trip whoever reads them. Each row spoils an honest submission."""

from __future__ import annotations

import json
import os
import socket
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

Spoil = Callable[[dict], object]  # an honest notebook -> another, or the text of the file


def cell_of(notebook: dict, grade_id: str) -> dict:
    return next(c for c in notebook["cells"] if c["metadata"].get("nbgrader", {}).get("grade_id") == grade_id)


def marks(**more: object) -> Spoil:
    """The test of relu claims something else of itself, and its answer is wrong."""

    def spoil(notebook: dict) -> dict:
        cell_of(notebook, "relu")["metadata"]["nbgrader"].update(more)
        cell_of(notebook, "relu-answer")["source"] = "def relu(x): return x"
        return notebook

    return spoil


def source(grade_id: str, text: object) -> Spoil:
    def spoil(notebook: dict) -> dict:
        cell_of(notebook, grade_id)["source"] = text
        return notebook

    return spoil


def metadata(**more: object) -> Spoil:
    return lambda notebook: {**notebook, "metadata": {**notebook["metadata"], **more}}


def each_cell(**more: object) -> Spoil:
    return lambda notebook: {**notebook, "cells": [{**cell, **more} for cell in notebook["cells"]]}


def text(change: Callable[[str], str]) -> Spoil:
    return lambda notebook: change(json.dumps(notebook))


def another_test(notebook: dict) -> dict:
    """A test of one's own before the answer, with the id of the real one, which comes after it."""
    forged = json.loads(json.dumps(cell_of(notebook, "relu"))) | {"source": "2.0", "id": "forged"}
    wrong = source("relu-answer", "def relu(x): return x")(notebook)
    return {**wrong, "cells": [forged, *wrong["cells"]]}


def with_page(notebook: dict) -> dict:
    bad = "<script>alert(1)</script>[x](javascript:alert(1))<img src=x onerror=alert(1)><iframe src=x></iframe>"
    more = [{"cell_type": kind, "id": f"bad-{kind}", "metadata": {}, "source": bad} for kind in ("markdown", "raw")]
    return {**notebook, "cells": [*more, *notebook["cells"]]}


def with_outputs(notebook: dict) -> dict:
    data = {"text/html": "<script>alert(1)</script>", "application/javascript": "alert(1)", "text/plain": "2.0"}
    outputs = [{"output_type": "execute_result", "data": data, "metadata": {"isolated": True}, "execution_count": 1}]
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = outputs
    return source("relu-answer", "def relu(x): return x")(notebook)


R, S, NOTHING = (2.0, 2.0), (0.0, 2.0), (0.0, 0.0)  # (relu, sigmoid): all right, relu wrong, not to be read
LOOKALIKE = "def r\u0435lu(x):\n    return np.maximum(0, x)"  # a Cyrillic letter
WIDE = "def \uff52\uff45\uff4c\uff55(x):\n    return np.maximum(0, x)"  # the same name, by Python's own rule

NOTEBOOKS: dict[str, tuple[Spoil, tuple[float, float]]] = {
    "more points": (marks(points=10**9), S),
    "points that are none": (marks(points=float("nan")), S),
    "points as a list": (marks(points=[1]), S),
    "not a test": (marks(grade=False), S),
    "an answer and a test": (marks(solution=True, locked=False), S),
    "a task": (marks(task=True), S),
    "an old schema": (marks(schema_version=-1), S),
    "a checksum": (marks(checksum="0" * 32), S),
    "an id that leads up": (marks(grade_id="../../../gradebook"), S),
    "an id that is a list": (marks(grade_id=["relu"]), S),
    "an id without end": (marks(grade_id="r" * 5_000_000), S),
    "an id with a page": (marks(grade_id="<script>alert(1)</script>"), S),
    "a look-alike": (source("relu-answer", LOOKALIKE), S),
    "wide letters": (source("relu-answer", WIDE), R),
    "words that turn round": (source("relu-answer", "# \u202e\u2066 right\ndef relu(x): return x"), S),
    "a nul": (source("relu-answer", "def relu(x): return x\0"), S),
    "tabs and blanks": (source("relu-answer", "def relu(x):\n\t return 0\n    \t return 1"), S),
    "lines that are none": (source("relu-answer", [1, 2]), NOTHING),
    "a test of its own": (another_test, S),
    "another test": (source("relu", "2.0"), R),
    "a demonstration": (each_cell(metadata={"tags": ["demo"]}), R),
    "odd tags": (each_cell(tags=["\ud800"]), R),
    "another kernel": (metadata(kernelspec={"name": "bash", "display_name": "<b>", "language": "bash"}), R),
    "widgets": (metadata(widgets={"x": "y" * 3_000_000}), R),
    "attachments": (each_cell(attachments={"a.svg": {"image/svg+xml": "<svg onload=alert(1)>"}}), R),
    "cells of no kind": (lambda n: {**n, "cells": [*n["cells"], {"cell_type": {"x": 1}}]}, R),
    "pages of one's own": (with_page, R),
    "outputs handed in": (with_outputs, S),
    "a bomb of lists": (text(lambda t: '{"cells": ' + "[" * 200_000), NOTHING),
    "a bomb of digits": (text(lambda t: t.replace('"nbformat": 4', '"nbformat": ' + "4" * 100_000)), NOTHING),
    "a large exponent": (text(lambda t: t.replace('"nbformat": 4', '"nbformat": 1e999999')), NOTHING),
    "not a number": (text(lambda t: t.replace('"nbformat": 4', '"nbformat": NaN')), NOTHING),
    "another format": (text(lambda t: t.replace('"nbformat": 4', '"nbformat": 99')), NOTHING),
    "twice the cells": (text(lambda t: '{"cells": [], ' + t[1:]), R),
    "a mark of bytes": (text(lambda t: "\ufeff" + t), R),
    "too many cells": (lambda n: {**n, "cells": n["cells"] * 500}, NOTHING),
    "cells as a map": (lambda n: {**n, "cells": {"0": n["cells"]}}, NOTHING),
    "a bare text": (text(lambda t: '"notebook"'), NOTHING),
    "nothing at all": (text(lambda t: ""), NOTHING),
}


def write(name: str, content: str = "x") -> Callable[[Path], None]:
    def spoil(folder: Path) -> None:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")

    return spoil


def link(name: str, target: str) -> Callable[[Path], None]:
    def spoil(folder: Path) -> None:
        (folder / name).unlink(missing_ok=True)
        (folder / name).symlink_to(target)

    return spoil


def hole(folder: Path) -> None:
    for name in ("data.bin", "other.ipynb"):
        with (folder / name).open("wb") as file:
            file.truncate(1 << 40)


def bombs(folder: Path) -> None:
    with zipfile.ZipFile(folder / "data.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../../../forged.txt", bytes(20_000_000))
    with tarfile.open(folder / "data.tar", "w") as archive:
        up = tarfile.TarInfo("../../forged.txt")
        archive.addfile(up)


def listens(folder: Path) -> None:
    with socket.socket(socket.AF_UNIX) as unix:
        place = os.open(folder, os.O_RDONLY)
        try:  # by way of the descriptor: the path itself may be too long for a socket
            unix.bind(f"/proc/self/fd/{place}/listens")
        finally:
            os.close(place)


def many(folder: Path) -> None:
    for number in range(2_500):
        (folder / f"{number}.txt").touch()


STOPS = "import os\nopen({mark!r}, 'w').write('ran')\nos._exit(1)\n"  # {mark}: a file that must never be there

FOLDERS: dict[str, tuple[Callable[[Path], object], tuple[float, float] | None]] = {
    "a link for a notebook": (link("homework.ipynb", "/etc/passwd"), NOTHING),
    "a link in a circle": (link("homework.ipynb", "homework.ipynb"), NOTHING),
    "a link for a time": (link("timestamp.txt", "/etc/hostname"), R),
    "a link to everything": (link("data", "/"), R),
    "a pipe": (lambda folder: os.mkfifo(folder / "data.csv"), R),
    "a socket": (listens, R),
    "holes": (hole, R),
    "bombs": (bombs, R),
    "many files": (many, R),
    "a name that is an option": (write("-rf"), R),
    "a name of two lines": (write("a\nb\x1b[2J.txt"), R),
    "a name like a page": (write("<img src=x onerror=alert(1)>.txt"), R),
    "a long name": (write("n" * 255), R),
    "a time without end": (write("timestamp.txt", "9" * 100_000), R),
    "a time beyond time": (write("timestamp.txt", "99999-01-01 00:00:00 UTC"), R),
    "a time of nothing": (write("timestamp.txt", "\0\0\0"), R),
    "settings of nbgrader": (write("nbgrader_config.py", STOPS), R),
    "a numpy of its own": (write("numpy.py", STOPS), R),
    "a course of its own": (write("course_utils/__init__.py", STOPS), None),
    "a json of its own": (write("json.py", STOPS), R),
    "a site of its own": (write("sitecustomize.py", STOPS), R),
    "a conftest": (write("conftest.py", STOPS), R),
    "a copy": (write("homework-Copy1.ipynb", "[" * 100_000), R),
    "a hidden one": (write(".ipynb_checkpoints/homework-checkpoint.ipynb"), R),
}
