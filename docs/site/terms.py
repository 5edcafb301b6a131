"""The terms of the table in docs/glossary.md, and the page that is made of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from course_utils.lessons import number

ROW = re.compile(r"^\| (?P<forms>[^|]+) \| (?P<meaning>[^|]+) \| (?P<lesson>\d\d[a-z]?_\w+) \|$", re.MULTILINE)


@dataclass(frozen=True)
class Term:
    """A term: the forms under which it is found, the first of them its name; what it means; who introduces it."""

    forms: tuple[str, ...]
    meaning: str
    lesson: str


@cache
def terms(root: Path) -> list[Term]:
    """The rows of the table."""
    text = (root / "docs" / "glossary.md").read_text(encoding="utf-8")
    return [Term(tuple(row["forms"].split(", ")), row["meaning"], row["lesson"]) for row in ROW.finditer(text)]


def glossary_page(root: Path) -> str:
    """The table as a glossary that can be linked to."""
    text = (root / "docs" / "glossary.md").read_text(encoding="utf-8")
    entries = [
        f"{term.forms[0]}\n  {term.meaning} "
        f"{{doc}}`Lesson {number(term.lesson)} </lessons/{term.lesson}/{term.lesson}>`"
        for term in terms(root)
    ]
    head = text[: text.index("\n|")]
    return "\n".join([head, "", "```{glossary}", "\n\n".join(entries), "```", ""])
