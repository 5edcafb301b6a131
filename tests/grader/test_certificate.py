"""`course certificate`: judged then and there, nothing of it believed that a notebook or a record says."""

from __future__ import annotations

import datetime
import html
import json
import re
import shutil
from html.parser import HTMLParser

import pytest
from click.testing import CliRunner

from autograder import certificate
from autograder.cells import grade_id_of
from autograder.certificate import Done, own_lines, page
from autograder.cli import main
from autograder.errors import UsageError
from autograder.reporting.html import POLICY
from autograder.source import REPOSITORY
from autograder.workspace.folder import STATE
from course_utils.notebook import progress

SOLVED, WRONG = "01_neuron", "02_activations"
NAME = 'Ada "<b>Lovelace</b>" & Söhne'


def handed_out(name):
    return REPOSITORY / "lessons" / name / f"{name}.ipynb"


@pytest.fixture
def workspace(tmp_path, monkeypatch):
    """One lesson solved, one wrong with a record and outputs that claim all points, one untouched, one damaged."""
    monkeypatch.setenv("COURSE_HOME", str(tmp_path / "home"))
    root = tmp_path / "mine"
    for name in (SOLVED, WRONG, "03_layers", "04_losses"):
        for folder in (root / name, root / STATE / "handed-out" / name):
            folder.mkdir(parents=True)
            shutil.copy(handed_out(name), folder)
    shutil.copy(REPOSITORY / "solutions" / SOLVED / f"{SOLVED}.ipynb", root / SOLVED)
    notebook = json.loads(handed_out(WRONG).read_text("utf-8"))
    for cell in notebook["cells"]:
        if grade_id_of(cell) == "relu-answer":
            cell["source"] = "def relu(x):\n    return x"
        if grade_id_of(cell) == "relu":
            cell["outputs"] = [
                {"output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": {"text/plain": "2.0"}}
            ]
    (root / WRONG / f"{WRONG}.ipynb").write_text(json.dumps(notebook), "utf-8")
    (root / "04_losses" / "04_losses.ipynb").write_text("{", "utf-8")
    progress.record(WRONG, "relu", 2, 2, "passed")
    return root


def test_it_tells_what_the_notebooks_are_worth_today(workspace):
    done = CliRunner().invoke(main, ["certificate", "--name", NAME, str(workspace)])
    assert done.exit_code == 0, done.output
    assert "04_losses.ipynb is left out" in done.output and "03_layers" not in done.output
    text = (workspace / "certificate.html").read_text("utf-8")
    assert html.escape(NAME) in text and "<b>Love" not in text
    assert f"{datetime.date.today():%d %B %Y}" in text
    rows = dict(re.findall(r'<th scope="row">(\d+) · .*?<td class="n">(.*?)</td>', text))
    assert rows == {"01": "15 of 15", "02": "0 of 14"}
    assert "<dd>15 of 29</dd>" in text and "<dd>1 of 2</dd>" in text


def test_a_page_that_needs_nothing_and_reads_aloud():
    text = page("Ada", datetime.date(2027, 2, 3), [Done("08_optimizers", 18, 20, 3, 41)])
    assert "03 February 2027" in text and "18 of 20, and 3 of 3 extra" in text and ">41<" in text
    assert POLICY in text and 'lang="en"' in text and "<title>Certificate: Ada</title>" in text
    assert not re.search(r"https?://|<script|<img|url\(", text)
    assert "@page" in text and "@media print" in text
    open_tags = []

    class Balanced(HTMLParser):
        def handle_starttag(self, tag, attrs):
            open_tags.extend([tag] if tag not in ("meta",) else [])

        def handle_endtag(self, tag):
            assert open_tags.pop() == tag

    Balanced().feed(text)
    assert not open_tags
    assert text.count('scope="col"') == 3 and text.count('scope="row"') == 1 and "<caption>" in text


def test_lines_of_one_s_own_are_those_of_right_answers_that_were_not_given():
    def cell(id, source):
        return {"cell_type": "code", "source": source, "metadata": {"nbgrader": {"grade_id": f"{id}-answer"}}}

    stubs = {"a-answer": 'def a(x):\n    """Doc."""\n    # YOUR CODE HERE'}
    cells = [cell("a", 'def a(x):\n    """Doc."""\n    # mine\n\n    y = 2 * x\n    return y'), cell("b", "b = 1")]
    assert own_lines(cells, {"a"}, stubs) == 2
    assert own_lines(cells, {"a", "b"}, stubs) == 3
    assert own_lines(cells, set(), stubs) == 0


@pytest.mark.parametrize(
    ("name", "where", "told"),
    [
        (" \x1b[31m ", "mine", "has a name on it"),
        ("Ada", "elsewhere", "no workspace"),
        ("Ada", "empty", "has earned a point yet"),
    ],
)
def test_what_cannot_be_made_is_said_and_nothing_written(name, where, told, tmp_path):
    (tmp_path / "empty" / STATE).mkdir(parents=True)
    (tmp_path / "mine" / STATE).mkdir(parents=True)
    (tmp_path / "elsewhere").mkdir()
    with pytest.raises(UsageError, match=told):
        certificate.write_certificate(name, tmp_path / where, "", lambda text: None)
    assert not list(tmp_path.rglob("*.html"))


def test_a_folder_that_is_not_there_is_said_before_the_work(workspace, monkeypatch):
    monkeypatch.setattr(certificate, "check_notebook", lambda path: pytest.fail("the work has begun"))
    with pytest.raises(UsageError, match="no folder"):
        certificate.write_certificate("Ada", workspace, str(workspace / "nowhere" / "c.html"), lambda text: None)
