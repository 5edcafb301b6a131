"""The pages about course_utils.nn, from its own docstrings: formula first, then Shapes, Errors, Why and Source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from types import ModuleType
from typing import Any

from sphinx.application import Sphinx

from course_utils import nn

PACKAGE = nn.__name__
SECTION = re.compile(r"^(Shapes|Units|Errors|Why|Source): ", re.MULTILINE)
SPECIAL = re.compile(r"([\\*|_])")
CODE = re.compile(r"(?<!`)`([^`]+)`(?!`)")
INDEX = """\
# The library course_utils.nn

{about}

Everything is imported from `course_utils.nn`, as in `nn.Dense(10)`.

| file | what is in it |
| --- | --- |
{rows}

```{{toctree}}
:hidden:

{pages}
```
"""


def pages() -> dict[str, str]:
    """The name and the text of every page."""
    files = _files()
    rows = "\n".join(f"| [{name}]({name}.rst) | {_first_line(module)} |" for name, (module, _) in files.items())
    made = {"index.md": INDEX.format(about=(nn.__doc__ or "").strip(), rows=rows, pages="\n".join(files))}
    return made | {f"{name}.rst": _page(name, *found) for name, found in files.items()}


def _files() -> dict[str, tuple[ModuleType, list[str]]]:
    """Each file of the library that offers something, with what it offers in the order of the file."""
    found: dict[str, list[str]] = {}
    for name in nn.__all__:
        home = getattr(getattr(nn, name), "__module__", None)
        if home:
            found.setdefault(home, []).append(name)
    files = {}
    for home, offered in sorted(found.items()):
        module = import_module(home)
        files[home.rpartition(".")[2]] = (module, [name for name in vars(module) if name in offered])
    return files


def _page(name: str, module: ModuleType, offered: list[str]) -> str:
    parts = [name, "=" * len(name), "", *restructured(module.__doc__ or ""), "", f".. currentmodule:: {PACKAGE}", ""]
    for each in offered:
        if isinstance(getattr(nn, each), type):
            parts += [f".. autoclass:: {each}", "   :members:", "   :member-order: bysource", ""]
        else:
            parts += [f".. autofunction:: {each}", ""]
    return "\n".join(parts)


def _first_line(module: ModuleType) -> str:
    return (module.__doc__ or "").strip().splitlines()[0]


def restructured(docstring: str) -> list[str]:
    """The lines of a docstring in Sphinx's own form.

    >>> restructured("y = x @ w.\\n\\nErrors: ValueError for an `x`\\nwithout rows.")
    ['.. rst-class:: formula', '', 'y = x @ w.', '', ':Errors: ValueError for an ``x`` without rows.', '']
    """
    lines: list[str] = []
    for number, paragraph in enumerate(re.split(r"\n\s*\n", docstring.strip())):
        lines += paragraph.splitlines() if paragraph.lstrip().startswith(">>>") else _sections(paragraph, number == 0)
        lines.append("")
    return lines


def _sections(paragraph: str, first: bool) -> Iterator[str]:
    """What stands before the first section, a formula if there is one, then each section as a field."""
    text = "\n".join(line.strip() for line in paragraph.splitlines())
    before, *sections = SECTION.split(text)
    if before.strip():
        if first and " = " in before:
            yield from (".. rst-class:: formula", "")
        yield _escaped(before)
        if sections:
            yield ""
    for name, words in zip(sections[::2], sections[1::2], strict=True):
        yield f":{name}: {_escaped(words)}"


def _escaped(text: str) -> str:
    """The words on one line; what is no code means itself."""
    pieces = CODE.split(" ".join(text.split()))
    return "".join(f"``{piece}``" if odd % 2 else SPECIAL.sub(r"\\\1", piece) for odd, piece in enumerate(pieces))


def rewrite(app: Sphinx, what: str, name: str, obj: Any, options: Any, lines: list[str]) -> None:
    """Give Sphinx a docstring that it can read."""
    lines[:] = restructured("\n".join(lines))


def setup(app: Sphinx) -> dict[str, bool]:
    """What Sphinx calls."""
    app.connect("autodoc-process-docstring", rewrite)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
