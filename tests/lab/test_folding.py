"""How JupyterLab shows a lesson: long demonstrations folded below their titles, all that a learner writes open."""

import nbformat
import pytest

from autograder.cells import title_of
from tests.lab.conftest import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LESSON = "07_numpy_mnist"


@pytest.fixture(scope="module")
def cells(page, lab):
    """The code cells of the lesson in the page, beside those in its file."""
    page.goto(lab.format(notebook=f"{LESSON}.ipynb"))
    page.locator("#jp-main-statusbar").get_by_text("| Idle").wait_for()
    written = nbformat.read(ROOT / "lessons" / LESSON / f"{LESSON}.ipynb", as_version=4).cells
    code = [cell for cell in written if cell.cell_type == "code"]
    shown = page.locator(".jp-Notebook .jp-CodeCell")
    shown.nth(len(code) - 1).wait_for(state="attached")
    assert shown.count() == len(code)
    return [(shown.nth(number), cell) for number, cell in enumerate(code)]


def test_a_folded_cell_shows_its_title_and_only_that(cells):
    folded = [(shown, cell) for shown, cell in cells if title_of(cell)]
    assert len(folded) >= 5
    for shown, cell in folded:
        assert shown.locator(".jp-InputPlaceholder").inner_text().strip() == f"# @title {title_of(cell)}"
        assert shown.locator(".cm-content").count() == 0


def test_all_other_cells_stand_open(cells):
    for shown, cell in cells:
        if not title_of(cell):
            assert shown.locator(".cm-content").count() == 1
            assert shown.locator(".jp-InputPlaceholder").count() == 0


def test_a_click_on_the_title_opens_the_code(cells):
    shown, cell = next((shown, cell) for shown, cell in cells if title_of(cell))
    shown.locator(".jp-InputPlaceholder .jp-Placeholder-content").click()
    shown.locator(".cm-content").wait_for()
    assert shown.locator(".cm-content").inner_text().splitlines()[0] == cell.source.splitlines()[0]
