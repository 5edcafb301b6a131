"""The student's page: right numbers, nothing hidden, nothing that runs."""

from __future__ import annotations

import base64
import re
import struct
import zlib
from html.parser import HTMLParser

import pytest

from autograder.records.assignments import load_assignment
from autograder.records.gradebook import GradebookWriter
from autograder.reporting.feedback import page
from autograder.reporting.html import POLICY
from autograder.reporting.sanitize import (
    PNG,
    clean_data_url,
    clean_html,
    clean_outputs,
    clean_png,
    clean_text,
    markdown,
)
from tests.grader import made, toy


class _Tags(HTMLParser):
    """Collects tags, attributes and text, and complains of unbalanced tags."""

    VOID = ("meta", "img", "br", "hr")

    def __init__(self, html: str):
        super().__init__()
        self.tags, self.attributes, self.text, self.open = [], [], "", []
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs
        self.open += [] if tag in self.VOID else [tag]

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


def assert_nothing_runs(html: str) -> None:
    seen = _Tags(html)
    assert not {"script", "iframe", "object", "embed", "form", "link", "base", "svg"} & set(seen.tags)
    for name, value in seen.attributes:
        assert not name.startswith("on")
        assert "javascript:" not in (value or "").lower()
    assert all(value.startswith("data:image/png;base64,") for name, value in seen.attributes if name == "src")


def png(chunks: list[tuple[bytes, bytes]]) -> bytes:
    def part(name, body):
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    return PNG + b"".join(part(name, body) for name, body in chunks)


HEAD = (b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
PIXEL = (b"IDAT", zlib.compress(b"\0\0"))
END = (b"IEND", b"")
PLAIN = png([HEAD, PIXEL, END])


def test_points_status_and_hint_are_on_the_page(toy_course):
    hint = made.exercise("double", 2.5, message="Try a negative number.")
    made.write(toy_course, "ann", hint)
    text = _Tags(made.page(toy_course, "ann")).text
    assert "3.5 of 7 points" in re.sub(r"\s+", " ", text)
    for words in ("Try a negative number.", "◐ Partly right", "2.5 of 4", "✎ Waits for a person", "return 2 * x"):
        assert words in text


def test_hidden_tests_are_not_on_the_page(toy_course):
    made.write(toy_course, "ann")
    html = made.page(toy_course, "ann")
    for secret in ("HIDDEN", "-3.5", "assert total"):
        assert secret not in html


ATTACK = "</pre></style><script>alert(1)</script><img src=x onerror=alert(1)>"


def test_a_student_cannot_put_code_on_the_page(toy_course):
    notebook = toy.fill(toy.honest(), double=f"# {ATTACK}", why=f"{ATTACK} [a](javascript:alert(1)) ![i](http://x/y)")
    folder = toy.submit(toy_course.root, "eve", notebook)
    assignment = load_assignment(toy_course, "toy")
    result = made.result(assignment, folder, "eve", made.exercise("double", 0, message=ATTACK))
    for cell in result.notebooks["toy"]["cells"]:
        if cell["cell_type"] == "code":
            mime = ("text/html", "text/plain", "image/svg+xml", "application/javascript", "text/markdown", "image/png")
            cell["outputs"] = [
                {"output_type": "display_data", "data": dict.fromkeys(mime, ATTACK), "metadata": {}},
                {"output_type": "stream", "name": ATTACK, "text": ATTACK},
                {"output_type": "error", "ename": ATTACK, "evalue": ATTACK, "traceback": [ATTACK]},
                {"output_type": ATTACK},
            ]
    with GradebookWriter(toy_course, assignment) as writer:
        standing = writer.write(result, None, lambda standing: None)
    html = page(assignment, standing, "toy")
    assert_nothing_runs(html)
    assert POLICY in html
    assert "alert(1)" in _Tags(html).text  # shown as text


def test_the_name_of_a_student_is_text(toy_course):
    made.write(toy_course, "<b>x")
    assert_nothing_runs(made.page(toy_course, "<b>x"))
    assert "<b>x" not in made.page(toy_course, "<b>x")


@pytest.mark.parametrize(
    ("html", "left"),
    [
        ("<p>a<script>b</script></p>", "<p>a</p>"),
        ('<p style="position:fixed" onclick="x()">a</p>', "<p>a</p>"),
        ('<a href="javascript:x()">a</a>', '<a rel="noopener noreferrer">a</a>'),
        ('<a href="data:text/html,x">a</a>', '<a rel="noopener noreferrer">a</a>'),
        ('<img src="https://example.org/x.png" alt="a">', '<img alt="a">'),
        ("<table><tr><td>1</td></tr></table>", "<table><tbody><tr><td>1</td></tr></tbody></table>"),
        ("<form><input></form>", ""),
    ],
)
def test_html_is_cleaned(html, left):
    assert clean_html(html) == left


def test_markdown_is_rendered_and_cleaned():
    assert markdown("**a** <script>b</script>").strip() == "<p><strong>a</strong> </p>"


@pytest.mark.parametrize(
    ("data", "kept"),
    [
        (PLAIN, PLAIN),
        (png([HEAD, (b"tEXt", b"secret"), PIXEL, END]), PLAIN),
        (PLAIN + b"<script>", PLAIN),
        (b"GIF89a" + PLAIN, None),
        (PLAIN[:-6], None),
        (png([PIXEL, END]), None),
        (png([HEAD, END]), None),
        (png([HEAD, HEAD, PIXEL, END]), None),
        (png([(b"IHDR", struct.pack(">IIBBBBB", 60_000, 1, 8, 0, 0, 0, 0)), PIXEL, END]), None),
        (PLAIN.replace(PIXEL[1], PIXEL[1][:-1] + b"?"), None),
        (PNG + b"\xff" * 40, None),
        (b"", None),
    ],
)
def test_only_plain_pngs_pass_and_only_their_pixels(data, kept):
    assert clean_png(data) == kept
    assert clean_data_url("data:image/png;base64," + base64.b64encode(data).decode()) == (kept is not None)


def test_a_real_picture_passes():
    import io

    from matplotlib.figure import Figure

    file = io.BytesIO()
    figure = Figure(figsize=(1, 1))
    figure.subplots().plot([1, 2])
    figure.savefig(file, format="png")
    clean = clean_png(file.getvalue())
    assert clean is not None
    assert len(clean) < len(file.getvalue())  # the Software text is gone


def test_outputs_of_unknown_kinds_are_dropped():
    shown = {"output_type": "display_data"}
    outputs = ["text", {**shown, "data": 3}, {**shown, "data": {"a/b": "x"}}]
    assert clean_outputs(outputs) == []


def test_long_and_coloured_text_is_made_readable():
    assert clean_text("\x1b[31mred\x1b[0m\x00") == "red"
    assert clean_text("x" * 30, limit=10).startswith("x" * 10 + "\n… (20 more")


def test_the_page_of_a_late_submission_tells_the_cost(toy_course):
    config = toy_course.root / "nbgrader_config.py"
    config.write_text(config.read_text() + "c.LateSubmissionPlugin.penalty_method = 'zero'\n")
    from nbgrader.api import Gradebook

    with Gradebook(toy_course.db_url, toy_course.id) as gradebook:
        gradebook.update_or_create_assignment("toy", duedate="2026-03-01 09:00 UTC")
    made.write(toy_course, "ann")
    text = re.sub(r"\s+", " ", _Tags(made.page(toy_course, "ann")).text)
    assert "Handed in 3 hours after the due date. 5 points were taken off for that." in text
    assert "0 of 7 points" in text
