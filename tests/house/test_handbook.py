"""Every command that the documents name exists, with every option that stands behind it."""

from __future__ import annotations

import re
import shlex

import click
import pytest
from nbgrader.apps.nbgraderapp import NbGraderApp
from traitlets.utils.importstring import import_item

from autograder.cli import main
from tests.house.source import ROOT

TEXTS = [*sorted((ROOT / "docs").glob("*.md")), ROOT / "README.md", *sorted((ROOT / "autograder").rglob("README.md"))]
FENCED = re.compile(r"^```[a-z]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`((?:course|nbgrader) [^`\n]+)`")
PARTLY = re.compile(r"[…|\[\]]|\.\.\.")  # a form, such as [--check], and no command


def lines(text: str) -> list[str]:
    """The lines of its blocks, without comments."""
    found = [line for block in FENCED.findall(text) for line in block.splitlines()]
    return [re.sub(r"\s+#.*", "", line).strip() for line in found]


COMMANDS = [
    pytest.param(line, id=f"{path.name}: {line}")
    for path in TEXTS
    for line in dict.fromkeys([*lines(path.read_text("utf-8")), *INLINE.findall(path.read_text("utf-8"))])
    if re.match(r"(course|nbgrader) ", line) and not PARTLY.search(line)
]


def options_of(words: list[str]) -> set[str]:
    return {word.partition("=")[0] for word in words if word.startswith("-")}


def known_to_course(words: list[str]) -> set[str]:
    """The options that the subcommand takes. Errors: KeyError where there is none of that name."""
    if words[0].startswith("-"):
        return {"--version", "--help"}
    command = main.commands[words[0]]
    return {name for each in command.params if isinstance(each, click.Option) for name in each.opts} | {"--help"}


def known_to_nbgrader(words: list[str]) -> set[str]:
    """The options of nbgrader's own subcommand, which may have some below it, as `db student add` has."""
    app, found = NbGraderApp(), False
    for word in words:
        if word in app.subcommands:
            kind, found = app.subcommands[word][0], True
            app = (import_item(kind) if isinstance(kind, str) else kind)()
    assert found, words
    return {f"--{name}" for names in (app.aliases, app.flags) for name in names if isinstance(name, str)}


@pytest.mark.parametrize("line", COMMANDS)
def test_a_named_command_exists(line):
    program, *words = shlex.split(line)
    known = (known_to_course if program == "course" else known_to_nbgrader)(words)
    assert options_of(words) <= known


def test_many_commands_are_looked_at_and_a_wrong_one_is_seen():
    assert len(COMMANDS) > 60
    with pytest.raises(KeyError):
        known_to_course(["grades"])
    with pytest.raises(AssertionError):
        known_to_nbgrader(["collects"])
    assert "--updates" not in known_to_nbgrader(["collect", "x", "--update"])
