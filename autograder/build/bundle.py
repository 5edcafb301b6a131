"""`course bundle`: one zip that is all a learner needs on Colab or in any Jupyter, also without a network."""

from __future__ import annotations

import tempfile
import tomllib
import zipfile
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from autograder.build.command import check
from autograder.build.source import LessonFolder, find_root, lesson_names
from autograder.build.wheel import build_wheel
from autograder.errors import BuildError
from autograder.files import replaced_file

FOLDER = "exploring-neural-networks"
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the same bytes from the same files


def bundle(out: str | None) -> Path:
    """Write the zip of this checkout (by default into the current folder, under its version) and return its path.

    Errors: BuildError when a lesson differs from its source, as after work in the checkout's own lessons.
    """
    root = find_root()
    if stale := check(root):
        raise BuildError("\n".join(stale))
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    target = Path(out or f"{FOLDER}-{project['version']}.zip")
    with tempfile.TemporaryDirectory(prefix="course-bundle-") as scratch:
        wheel = build_wheel(root, Path(scratch))
        with replaced_file(target) as part, zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in _contents(root, wheel):
                entry = zipfile.ZipInfo(f"{FOLDER}/{name}", LONG_AGO)
                entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
                archive.writestr(entry, data)
    return target


def _contents(root: Path, wheel: Path) -> Iterator[tuple[str, bytes]]:
    """Every file of the bundle: its name there, and its bytes."""
    readme = files("autograder.build").joinpath("templates", "bundle.txt").read_text(encoding="utf-8")
    yield "README.txt", readme.format(wheel=wheel.name).encode()
    yield wheel.name, wheel.read_bytes()
    for name in lesson_names(root):
        lesson = LessonFolder(root, name)
        for path in (Path(lesson.lesson.name), *lesson.beside()):
            yield f"lessons/{name}/{path.as_posix()}", (lesson.lesson.parent / path).read_bytes()
