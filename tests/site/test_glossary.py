"""The glossary names words that its lessons introduce, each once, in bold or in a heading."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest

from docs.site.terms import terms

ROOT = Path(__file__).parents[2]
TERMS = terms(ROOT)
MARKED = re.compile(r"\*\*([^*]+)\*\*|^#+ (.+)$", re.MULTILINE)


def marked(lesson: str) -> list[str]:
    """What stands in bold or in a heading of the lesson, without the goals at its beginning, where verbs are bold."""
    notebook = nbformat.read(ROOT / "lessons" / lesson / f"{lesson}.ipynb", as_version=4)
    first, *rest = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
    sources = [first.partition("\nAfter this lesson")[0], *rest]
    return [" ".join("".join(filter(None, found)).split()) for text in sources for found in MARKED.findall(text)]


def stands_in(form: str, place: str) -> bool:
    """Whether the form is there as a word of its own."""
    return re.search(rf"(?<!\w){re.escape(form)}(?!\w)", place, re.IGNORECASE) is not None


def test_every_row_of_the_table_is_read():
    rows = [
        line for line in (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").splitlines() if line[:1] == "|"
    ]
    assert len(TERMS) == len(rows) - 2 > 80


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.forms[0])
def test_a_term_is_marked_in_the_lesson_that_introduces_it(term):
    places = marked(term.lesson)
    assert any(stands_in(form, place) for form in term.forms for place in places), places


def test_terms_are_in_order_and_none_is_there_twice():
    forms = [form.lower() for term in TERMS for form in term.forms]
    assert len(forms) == len(set(forms))
    assert [term.forms[0].lower() for term in TERMS] == sorted(term.forms[0].lower() for term in TERMS)


def test_every_lesson_but_the_first_and_the_milestones_introduces_a_term():
    teaching = {path.name for path in (ROOT / "lessons").glob("*_*") if not re.match(r"\d+m_", path.name)}
    assert {term.lesson for term in TERMS} == teaching - {"00_start_here"}
