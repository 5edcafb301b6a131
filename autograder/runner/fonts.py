"""Matplotlib's list of fonts: made once, and handed to those students' processes that import Matplotlib.

The server does not import it, for no lesson's check needs it and each fork would copy what it takes of memory. Looking
for fonts takes a second, and a student's process has no folder that outlives it.
"""

from __future__ import annotations

import importlib.abc
import os
import subprocess
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from types import ModuleType

_FOLDER = ".matplotlib"
_LISTS = "fontlist-*.json"


def shared_folder(caches: Path) -> Path:
    """Where this version of Matplotlib keeps its list for all runs."""
    return caches / f"matplotlib-{version('matplotlib')}"


def font_lists() -> dict[str, bytes]:
    """The files that the shared folder holds, by their names; made where there is none yet."""
    folder = Path(os.environ["MPLCONFIGDIR"])
    if not any(folder.glob(_LISTS)):
        subprocess.run([sys.executable, "-P", "-c", "import matplotlib.font_manager"], capture_output=True, check=False)
    return {path.name: path.read_bytes() for path in folder.glob(_LISTS)}


class LaysFonts(importlib.abc.MetaPathFinder):
    """Finds no module, but sees when Matplotlib is looked for: then its list lies in its folder, beside the notebook.

    Not before: whoever lists the files there should find the notebook's.
    """

    def __init__(self, lists: dict[str, bytes], scratch: Path) -> None:
        self.lists, self.folder = lists, scratch / _FOLDER
        os.environ["MPLCONFIGDIR"] = str(self.folder)

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> None:
        if name == "matplotlib" and not self.folder.exists():
            self.folder.mkdir()
            for file, content in self.lists.items():
                (self.folder / file).write_bytes(content)
