"""Every Python file is formatted and clean; a lesson's files can be read in one sitting; nothing lies about unused."""

from __future__ import annotations

import ast
import re
import subprocess
import sys

import pytest

from tests.house.source import ROOT, modules

LONGEST_LESSON_FILE, LONGEST_FUNCTION = 300, 60
LESSONS = {name: path for name, path in modules().items() if name.startswith("course_utils.lessons")}


@pytest.mark.parametrize("command", [["check"], ["format", "--check"]], ids=" ".join)
def test_ruff_has_nothing_to_say(command):
    done = subprocess.run(
        [sys.executable, "-m", "ruff", *command, "."], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("name", LESSONS)
def test_a_file_of_a_lesson_reads_in_one_sitting(name):
    text = LESSONS[name].read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LONGEST_LESSON_FILE
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            assert node.end_lineno - node.lineno < LONGEST_FUNCTION, f"{node.name}: {node.end_lineno - node.lineno + 1}"


def test_nothing_is_dead():
    """Every function and class of the two packages is named somewhere beside its own definition."""
    places = [path for folder in ("course_utils", "autograder", "benchmarks", "solutions") for path in _python(folder)]
    texts = {path: path.read_text(encoding="utf-8") for path in [*places, ROOT / "pyproject.toml"]}
    words: dict[str, int] = {}
    for text in texts.values():
        for word in re.findall(r"\w+", text):
            words[word] = words.get(word, 0) + 1
    dead = []
    for name, path in modules().items():
        for node in ast.parse(texts[path]).body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.decorator_list and words[node.name] == 1:
                dead.append(f"{name}.{node.name}")
    assert dead == ["course_utils.__dir__"]  # Python's own name for it


def _python(folder: str) -> list:
    return sorted((ROOT / folder).rglob("*.py"))
