"""What the built pages hold: no dead link, a text for each picture, no answer, nothing from elsewhere."""

from __future__ import annotations

import re
from itertools import pairwise
from urllib.parse import unquote, urlsplit

import nbformat
import pytest

from autograder.cells import is_demo
from docs.site.lessons import names
from docs.site.terms import terms
from tests.site.conftest import ROOT

LESSONS = names(ROOT)
pytestmark = pytest.mark.slow


def lesson(pages, name):
    return pages[f"lessons/{name}/{name}"]


def test_every_lesson_document_and_file_of_the_library_has_a_page(pages):
    documents = {f"docs/{path.stem}" for path in (ROOT / "docs").glob("*.md")}
    expected = {f"lessons/{name}/{name}" for name in LESSONS} | documents
    expected |= {"index", "search", "lessons/index", "library/index", "README", "CHANGELOG", "CONTRIBUTING"}
    assert expected <= set(pages)
    assert {"library/dense", "library/lstm", "library/losses"} <= set(pages)


def test_every_link_of_the_site_leads_somewhere(site, pages):
    targets = {name: {tag["id"] for tag in page.find_all(id=True)} for name, page in pages.items()}
    dead = []
    for name, page in pages.items():
        here = site / name
        for link in page.find_all("a", href=True):
            address = urlsplit(link["href"])
            if address.scheme or address.netloc:
                continue
            file = (here.parent / unquote(address.path)).resolve() if address.path else here.with_suffix(".html")
            if not file.is_file():
                dead.append(f"{name}: {link['href']}")
            elif address.fragment and file.suffix == ".html":
                other = file.relative_to(site).with_suffix("").as_posix()
                if unquote(address.fragment) not in targets[other] and link.get("role") != "button":
                    dead.append(f"{name}: {link['href']}")
    assert not dead, "\n".join(dead[:20])


def test_nothing_is_loaded_from_elsewhere(pages):
    """Scripts, styles, fonts and pictures all come with the site, so it can be read without a network."""
    loaded = [("script", "src"), ("link", "href"), ("img", "src"), ("iframe", "src"), ("source", "src")]
    found = [
        f"{name}: {tag[attribute][:80]}"
        for name, page in pages.items()
        for kind, attribute in loaded
        for tag in page.find_all(kind, {attribute: True})
        if urlsplit(tag[attribute]).scheme in ("http", "https") or tag[attribute].startswith("//")
    ]
    assert not found, "\n".join(found[:20])


def test_styles_load_nothing_from_elsewhere(site):
    for style in site.rglob("*.css"):
        assert not re.search(r"(@import|url\()\s*[\"']?(https?:)?//", style.read_text(encoding="utf-8")), style.name


def test_every_picture_has_its_sentence(pages):
    pictures = [(name, image) for name, page in pages.items() for image in page.find_all("img")]
    assert len(pictures) > 100
    mute = [name for name, image in pictures if len(image.get("alt", "").split()) < 4]
    assert not mute


def test_headings_go_down_one_step_at_a_time(pages):
    for name, page in pages.items():
        main = page.find("article") or page.find("main")
        levels = [int(heading.name[1]) for heading in main.find_all(re.compile(r"^h[1-6]$"))]
        assert levels.count(1) == 1 and levels[0] == 1, name
        assert all(below <= above + 1 for above, below in pairwise(levels)), (name, levels)


@pytest.mark.parametrize("name", LESSONS)
def test_a_lesson_shows_what_its_demonstrations_print_and_no_answer(pages, name):
    page = lesson(pages, name).find("article")
    text = " ".join(page.get_text(" ").split())
    solution = nbformat.read(ROOT / "solutions" / name / f"{name}.ipynb", as_version=4)
    printed = 0
    for cell in solution.cells:
        for output in cell.get("outputs", []):
            first = next((line.strip() for line in output.get("text", "").splitlines() if len(line.split()) > 2), "")
            if first and is_demo(cell):
                assert " ".join(first.split()) in text, first
                printed += 1
        for answer in re.findall(r"### BEGIN SOLUTION\n(.*?)### END SOLUTION", cell.source, re.DOTALL):
            lines = [line.strip() for line in answer.splitlines() if len(line.strip()) > 30]
            assert not lines or " ".join(" ".join(lines).split()) not in text
    assert printed or name == "00_start_here"
    assert "SOLUTION" not in text and "HIDDEN TESTS" not in text


@pytest.mark.parametrize("name", LESSONS)
def test_a_lesson_can_be_downloaded_as_students_get_it(site, pages, name):
    (link,) = lesson(pages, name).find_all("a", class_="download")
    file = site / "lessons" / name / link["href"]
    assert file.resolve().read_bytes() == (ROOT / "lessons" / name / f"{name}.ipynb").read_bytes()


@pytest.mark.parametrize("name", LESSONS[1:])
def test_each_term_is_linked_once_and_never_before_its_lesson(pages, name):
    page = lesson(pages, name).find("article")
    links = [link["href"].rpartition("#term-")[2].lower() for link in page.select("a[href*='#term-']")]
    assert len(links) == len(set(links)) >= 3
    places = {re.sub(r"\W+", "-", term.forms[0]).lower(): term for term in terms(ROOT) if term.lesson <= name}
    assert set(links) <= set(places)
    said = " ".join(tag.get_text(" ") for tag in page.find_all(["p", "li", "td"])).lower().replace("’", "'")
    own = {place for place, term in places.items() if term.lesson == name and term.forms[0].lower() in said}
    assert own <= set(links)


def test_what_the_reader_is_asked_to_predict_is_folded(pages):
    page = lesson(pages, "02_activations")
    asked = next(tag for tag in page.find_all("p") if "Say it aloud before you run" in tag.get_text())
    output = asked.find_next(class_="cell_output")
    assert output.find_parent("details") is not None or output.find("details") is not None
    assert output.find_parent("details", open=True) is None


def test_every_name_of_the_library_is_described_with_its_formula(pages):
    from course_utils import nn

    described = {
        tag["id"] for name, page in pages.items() if name[:8] == "library/" for tag in page.find_all("dt", id=True)
    }
    functions = {f"course_utils.nn.{name}" for name in nn.__all__ if callable(getattr(nn, name))}
    assert functions <= described
    formulas = [tag.get_text() for tag in pages["library/dense"].select("p.formula")]
    assert "y = x @ kernel + bias." in formulas
