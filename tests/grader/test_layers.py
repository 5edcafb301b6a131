"""The grader's modules stand on each other in layers; imports inside functions and for type checkers count too."""

from __future__ import annotations

import ast
import graphlib
from pathlib import Path

import pytest

from autograder import version

ROOT = Path(version.__file__).resolve().parents[1]
LAYERS = (  # each may import from those before it, and from itself
    ("errors", "files", "cells", "version", "lean"),
    ("course", "submitted"),
    ("assignment", "results"),
    ("source", "submission"),
    ("runner",),
    ("judge",),
    ("records",),
    ("reporting",),
    ("grading", "build"),
    ("selfcheck", "demo_class", "doctor", "lab"),
    ("commands",),
    ("cli",),
)
PLACE = {name: place for place, names in enumerate(LAYERS) for name in names}
FILES = {path.relative_to(ROOT): path for path in sorted((ROOT / "autograder").rglob("*.py"))}
NAMES = {".".join(path.with_suffix("").parts).removesuffix(".__init__"): path for path in FILES}


def imports(name: str) -> set[str]:
    """The grader's modules that one of them imports anywhere in its text."""
    path = NAMES[name]
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    found: set[str] = set()
    for node in ast.walk(ast.parse(FILES[path].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            found |= {base, *(f"{base}.{alias.name}" for alias in node.names)}
    return {other for other in found if other in NAMES and other not in ("autograder", name)}


def test_every_module_has_a_layer():
    assert {name.split(".")[1] for name in NAMES if "." in name} == set(PLACE)


@pytest.mark.parametrize("name", [name for name in NAMES if "." in name])
def test_a_module_imports_only_from_below(name):
    mine = name.split(".")[1]
    for other in imports(name):
        theirs = other.split(".")[1]
        assert theirs == mine or PLACE[theirs] < PLACE[mine], f"{name} imports {other}"


def test_there_are_no_circles():
    graph = {name: imports(name) for name in NAMES}
    assert graph["autograder.runner.session"] >= {"autograder.runner.line", "autograder.errors"}
    order = list(graphlib.TopologicalSorter(graph).static_order())  # raises CycleError
    assert order.index("autograder.errors") < order.index("autograder.cli")


def test_nothing_of_the_course_imports_the_grader():
    for path in sorted((ROOT / "course_utils").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not any(name.split(".")[0] == "autograder" for name in names), path


@pytest.mark.parametrize(
    "changed", ["autograder/judge/testcell.py", "autograder/runner/sandbox/cage.py", "course_utils/lesson.py"]
)
def test_the_code_digest_sees_every_module_that_judges(tmp_path, monkeypatch, changed):
    for path in (*FILES, Path("course_utils/lesson.py"), Path("tests/test.py")):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("1\n")
    monkeypatch.setattr(version, "PACKAGES", tmp_path)
    before = version.code_digest()
    (tmp_path / "tests" / "test.py").write_text("2\n")
    assert version.code_digest() == before
    (tmp_path / changed).write_text("2\n")
    assert version.code_digest() != before
