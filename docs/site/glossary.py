"""Links from the lessons to the glossary.

A term is linked at its first use in a lesson, from the lesson on that introduces it; before, it is an everyday word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx

from docs.site.terms import Term, terms

ROOT = Path(__file__).resolve().parents[2]
NOT_IN = (nodes.title, nodes.reference, nodes.literal, nodes.literal_block, nodes.math, nodes.raw, nodes.image)


def link_terms(app: Sphinx, doctree: nodes.document) -> None:
    """Link each known term of a lesson's page at its first use."""
    lesson = app.env.docname.rpartition("/")[2]
    if not re.fullmatch(r"lessons/\w+/\w+", app.env.docname):
        return
    forms = {form.lower(): term for term in terms(ROOT) for form in term.forms if term.lesson <= lesson}
    longest = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True)).replace("'", "['’]")
    word = re.compile(rf"(?<![\w-])({longest})(?![\w-])", re.IGNORECASE)
    for text in list(doctree.findall(nodes.Text)):
        if not _may_hold_links(text):
            continue
        pieces = list(_pieces(text.astext(), word, forms))
        if len(pieces) > 1:
            text.parent.replace(text, pieces)


def _may_hold_links(node: nodes.Node) -> bool:
    while (node := node.parent) is not None:
        if isinstance(node, NOT_IN) or "cell_output" in node.get("classes", []):
            return False
    return True


def _pieces(text: str, word: re.Pattern[str], forms: dict[str, Term]) -> Iterator[nodes.Node]:
    """The text in pieces, with a link for each term that is still in `forms`; what was linked leaves it."""
    at = 0
    for found in word.finditer(text):
        term = forms.get(found[0].lower().replace("’", "'"))
        if term is None:
            continue
        for form in term.forms:
            forms.pop(form.lower())
        yield nodes.Text(text[at : found.start()])
        link = addnodes.pending_xref(
            "", refdomain="std", reftype="term", reftarget=term.forms[0], refexplicit=True, refwarn=True
        )
        link += nodes.inline("", found[0], classes=["term"])
        yield link
        at = found.end()
    yield nodes.Text(text[at:])


def setup(app: Sphinx) -> dict[str, bool]:
    """What Sphinx calls."""
    app.connect("doctree-read", link_terms)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
