"""What nbgrader's formgrader shows of a hostile text: it makes a page of autograded/ as it lies there."""

from __future__ import annotations

import nbgrader.server_extensions.formgrader.handlers as formgrader
import pytest
from nbconvert.exporters import HTMLExporter
from traitlets.config import Config

from autograder.reporting.autograded import graded_notebook
from autograder.results import SubmissionResult

from .test_class import live

TEXTS = {
    "a script": "<script>alert(1)</script>",
    "a picture": "text <img src=x onerror=alert(1)>",
    "after an empty line": "<p>\n\n<script>alert(1)</script>\n\n</p>",
    "in code that ends": "```\n\n<b>\n```\n\n<iframe src=x></iframe>",
    "a comment that is none": "<!--><script>alert(1)</script>-->",
    "capitals": "<SCRIPT/x>alert(1)</SCRIPT>",
    "a drawing": "<svg><a href=x onclick=alert(1)>x</a></svg>",
    "a link": "[x](javascript:alert(1))",
    "a link by its name": "[x][y]\n\n[y]: java&#115;cript:alert(1)",
    "a link on another line": "[x](\n javascript:alert(1))",
    "a link in HTML": "<a href='java\tscript:alert(1)'>x</a>",
    "behind a hint": "<details><summary>Hint</summary>\n\n<details onclick=alert(1)>x</details></details>",
    "a form": "<form action=x><input name=y></form>",
    "mathematics": "$<script>alert(1)</script>$ <b>b</b>",
    "written out": "<b>&lt;script&gt;alert(1)&lt;/script&gt;</b>\n\n&lt;img src=x onerror=alert(1)&gt;",
}


def shown(text: str, **about: object) -> str:
    """The part of formgrader's page that a text becomes."""
    cell = {"cell_type": "markdown", "id": "text", "metadata": {"nbgrader": about} if about else {}, "source": text}
    notebook = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    graded = graded_notebook(notebook, SubmissionResult("x", "graded"), "n")
    config = Config()
    config.HTMLExporter.template_name = "formgrade"
    config.HTMLExporter.extra_template_basedirs = [formgrader.template_path]
    resources = {"base_url": "/", "index": 0, "total": 1, "submission": None, "metadata": {"name": "n"}}
    page, _ = HTMLExporter(config=config).from_notebook_node(graded, resources=resources)
    return page[page.index("START") : page.index("END")] if "START" in page else ""


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_formgrader_runs_nothing_of_a_students_text(text: str) -> None:
    assert live(shown(f"START\n\n{text}\n\nEND")) == []


def test_a_text_that_can_do_nothing_stays_as_it_was_written() -> None:
    text = "# Mine\n\nIf a < b, then *a* is `less`: $a < b$, see [here](https://example.org)."
    text += "\n\n<details><summary>More</summary>\n\n- one\n- two\n\n</details>"
    cell = {"cell_type": "markdown", "id": "text", "metadata": {}, "source": text}
    notebook = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    assert graded_notebook(notebook, SubmissionResult("x", "graded"), "n").cells[0].source == text
