"""A learner has a lesson open in JupyterLab while `course update` brings a new version of it: no word is lost."""

import time

import pytest
from click.testing import CliRunner

from autograder.cli import main
from autograder.workspace import commands
from autograder.workspace.folder import Workspace
from autograder.workspace.opened import open_notebooks
from autograder.workspace.update import bring
from tests.workspace.changes import HEAD, PATH, exercise, notebook, sources, text

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SECONDS = 240
OLD = notebook([[HEAD], exercise("a"), exercise("b")])
NEW = notebook([[text("# A new head")], exercise("a"), exercise("b"), exercise("c")])


class Learner:
    """Writes and saves in the page, and types `course update` elsewhere."""

    def __init__(self, page, address, workspace):
        self.page, self.workspace = page, workspace
        self.address = address.format(notebook=f"{workspace.root.name}/{PATH.as_posix()}")

    def opens(self):
        self.page.goto(f"{self.address}&reset")
        self.page.locator(".jp-Notebook").wait_for()
        self.page.locator("#jp-main-statusbar").get_by_text("| Idle").wait_for()

    def writes(self, id, answer):
        self.page.locator(".jp-CodeCell").filter(has_text=f"def {id}(x)").locator(".cm-content").click()
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.insert_text(f"def {id}(x):\n    return {answer}")

    def closes_the_tab(self):
        self.page.locator("#jp-main-dock-panel .lm-TabBar-tab.jp-mod-current .lm-TabBar-tabCloseIcon").click()
        until(lambda: not open_notebooks(self.workspace.root))

    def updates(self):
        done = CliRunner().invoke(main, ["update", str(self.workspace.root)])
        return done.exit_code, done.output

    def file(self):
        try:
            return "\n".join(sources((self.workspace.root / PATH).read_bytes()))
        except ValueError:  # JupyterLab is just writing it
            return ""

    def saves(self, answer):
        """Save, and wait until the whole file has the answer."""
        self.page.keyboard.press("ControlOrMeta+s")
        until(lambda: answer in self.file())


def until(is_so):
    end = time.monotonic() + SECONDS
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.1)


@pytest.fixture
def learner(lab, page, folder, home, monkeypatch, request):
    """A learner who has opened the old version, answered exercise a, and saved."""
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(home / "runtime"))
    workspace = Workspace(folder / f"Übungen {request.node.name}")
    bring(workspace, [(PATH, OLD)])
    (workspace.root / ".course-workspace").mkdir(exist_ok=True)
    monkeypatch.setattr(commands, "shipped_files", lambda: [(PATH, NEW)])
    learner = Learner(page, lab, workspace)
    learner.opens()
    learner.writes("a", "'mine'")
    learner.saves("'mine'")
    return learner


def test_what_is_typed_in_an_open_notebook_is_saved_and_then_carried_over(learner):
    learner.writes("b", "'not yet saved'")
    code, said = learner.updates()
    assert code == 1 and f"{PATH} is open in Jupyter" in said
    learner.saves("'not yet saved'")
    assert learner.page.locator(".jp-Dialog").count() == 0
    learner.closes_the_tab()
    assert learner.updates()[0] == 0
    learner.opens()
    shown = learner.page.locator(".jp-Notebook").inner_text()
    assert all(part in shown for part in ("A new head", "def c(x)", "'mine'", "'not yet saved'"))


def test_who_overwrites_the_new_version_gets_it_again_with_all_that_was_typed(learner):
    """As where the notebook was open without a kernel, or in a program that is not asked."""
    bring(learner.workspace, [(PATH, NEW)])
    learner.writes("b", "'not yet saved'")
    learner.page.keyboard.press("ControlOrMeta+s")
    dialog = learner.page.locator(".jp-Dialog", has_text="File Changed")
    dialog.get_by_role("button", name="Overwrite").click()
    until(lambda: "'not yet saved'" in learner.file())
    assert "A new head" not in learner.file()
    learner.closes_the_tab()
    code, said = learner.updates()
    assert code == 0 and f"{PATH}: new version" in said
    assert all(part in learner.file() for part in ("A new head", "def c(x)", "'mine'", "'not yet saved'"))
