"""The site in a real browser, on a phone and on a desk, light and dark."""

from __future__ import annotations

import os
import shutil

import pytest

from tests.lab.conftest import CHROMIUM, MILLISECONDS, QUIET

PAGES = ("index", "lessons/index", "lessons/05_gradient_descent/05_gradient_descent", "library/losses")
PAGES += ("docs/glossary", "docs/instructors", "docs/threat-model", "README", "search")
FIGURES = ("lessons/20_deployment/20_deployment", "lessons/10_keras_mnist/10_keras_mnist")
SCREENS = [("light", 1280), ("dark", 360)]
# The empty corner of a table with names on both sides is no fault: the rule is no part of WCAG.
RULES = {"rules": {"empty-table-header": {"enabled": False}}}
SIDEWAYS = "document.documentElement.scrollWidth - window.innerWidth"

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine (Debian: apt-get install chromium)")
    from playwright.sync_api import sync_playwright

    arguments = [*QUIET, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    home = os.environ | {"HOME": str(tmp_path_factory.mktemp("browser"))}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments, env=home)
        yield browser
        browser.close()


@pytest.fixture(params=SCREENS, ids=lambda screen: f"{screen[0]}-{screen[1]}", scope="module")
def screen(request, browser):
    """A page of a browser window of that width, in a light or dark world."""
    scheme, width = request.param
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    context.set_default_timeout(MILLISECONDS)
    yield context.new_page()
    context.close()


def test_axe_has_nothing_to_complain_of(screen, site):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="the extra `dev` is not installed").Axe()
    found = []
    for name in PAGES:
        screen.goto((site / f"{name}.html").as_uri())
        for fault in axe.run(screen, options=RULES).response["violations"]:
            found += [f"{name}: {fault['id']}: {node['html'][:150]}" for node in fault["nodes"]]
    assert not found, "\n".join(found)


def test_no_page_hangs_out_of_the_window(screen, site):
    for name in (*PAGES, *FIGURES):
        screen.goto((site / f"{name}.html").as_uri())
        assert screen.evaluate(SIDEWAYS) <= 0, name


def test_axe_would_complain(browser, site, tmp_path):
    """The same check rejects a page with faults planted in it."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="the extra `dev` is not installed").Axe()
    shutil.copytree(site, tmp_path / "site")
    page = tmp_path / "site" / "index.html"
    planted = '<p style="color:#999;background:#aaa">Pale</p><img src="_static/none.png"><h5>Deep</h5></article>'
    page.write_text(page.read_text(encoding="utf-8").replace("</article>", planted, 1), encoding="utf-8")
    tab = browser.new_page()
    tab.goto(page.as_uri())
    found = {fault["id"] for fault in axe.run(tab, options=RULES).response["violations"]}
    assert {"color-contrast", "image-alt", "heading-order"} <= found


def test_figures_keep_readable_letters_on_a_phone(browser, site):
    context = browser.new_context(viewport={"width": 360, "height": 800})
    tab = context.new_page()
    for name in FIGURES:
        tab.goto((site / f"{name}.html").as_uri())
        tab.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")
        widths = tab.evaluate("[...document.querySelectorAll('.cell_output img')].map(i => [i.width, i.naturalWidth])")
        # Nine of the 12.5 pixels of the smallest letters, 9 points at 100 dots per inch; the window scrolls inside.
        assert widths and all(shown >= min(300, 9 / 12.6 * natural) for shown, natural in widths)
        assert max(shown for shown, _ in widths) > 360
        assert tab.evaluate(SIDEWAYS) <= 0
    context.close()


def test_the_search_finds_a_lesson_without_a_server(browser, site):
    tab = browser.new_page()
    tab.goto((site / "search.html").as_uri() + "?q=backpropagation")
    tab.locator("#search-results li a").first.wait_for(timeout=MILLISECONDS)
    assert "Backpropagation" in tab.locator("#search-results").inner_text()
