"""The pages of the site, in a folder that mirrors the repository, so that every relative link holds in both."""

from __future__ import annotations

import shutil
from pathlib import Path

import nbformat

from docs.site import library
from docs.site.lessons import lesson_page, lessons_index, names
from docs.site.terms import glossary_page

TOP = ("README.md", "ARCHITECTURE.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "LICENSE-content")
# the rest of their handbook, instructors-NAME
INSTRUCTORS = ("exchange", "term", "notes-00-08", "notes-09-20", "week", "exercises")
FIRST = (
    "students",
    "instructors",
    *(f"instructors-{name}" for name in INSTRUCTORS),
)  # they have a place of their own in the site's bar
NOTEBOOKS = "notebooks"  # what a reader downloads

CONTENTS = """

```{toctree}
:hidden:

lessons/index
Students <docs/students>
Instructors <docs/instructors>
Library <library/index>
More <docs/index>
```
"""
HANDBOOK = """

```{{toctree}}
:hidden:

{pages}
```
"""
MORE = """# More about the course

```{{toctree}}
:maxdepth: 1

{pages}
../README
../ARCHITECTURE
../CONTRIBUTING
../CHANGELOG
```
"""


def collect(root: Path, pages: Path) -> None:
    """Write every page anew into the folder `pages`."""
    shutil.rmtree(pages, ignore_errors=True)
    shutil.copytree(root / "docs", pages / "docs", ignore=shutil.ignore_patterns("site", "*.py", "__pycache__"))
    for name in TOP:
        shutil.copy(root / name, pages / name)
    shutil.copy(root / "docs" / "site" / "index.md", pages / "index.md")
    _add(pages / "index.md", CONTENTS)
    _add(pages / "docs" / "instructors.md", HANDBOOK.format(pages="\n".join(FIRST[2:])))
    _write(pages / "docs" / "glossary.md", glossary_page(root))
    _write(pages / "docs" / "index.md", MORE.format(pages="\n".join(_others(root))))
    _write(pages / "lessons" / "index.md", lessons_index(root))
    for name in names(root):
        _write(pages / "lessons" / name / f"{name}.ipynb", nbformat.writes(lesson_page(root, name)))
        (pages / NOTEBOOKS).mkdir(exist_ok=True)
        shutil.copy(root / "lessons" / name / f"{name}.ipynb", pages / NOTEBOOKS / f"{name}.ipynb")
    for name, text in library.pages().items():
        _write(pages / "library" / name, text)


def _others(root: Path) -> list[str]:
    """The documents without a place of their own, those that most readers look for first."""
    wanted = ["faq", "glossary", "platforms"]
    there = sorted(path.stem for path in (root / "docs").glob("*.md"))
    rest = [name for name in there if name not in (*wanted, *FIRST)]
    return [name for name in wanted if name in there] + rest


def _add(path: Path, text: str) -> None:
    _write(path, path.read_text(encoding="utf-8") + text)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
