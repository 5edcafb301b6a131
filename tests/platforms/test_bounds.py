"""No bound of pyproject.toml asks for more than Colab has; quick, without an environment."""

from __future__ import annotations

import tomllib

import pytest
from packaging.requirements import Requirement

from tests.platforms.environments import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LIST = (ROOT / "constraints" / "colab.txt").read_text(encoding="utf-8")
COLAB = dict(line.split("==") for line in LIST.splitlines() if "==" in line)
WANTED = [Requirement(line) for line in (*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["lab"])]


@pytest.mark.parametrize("wanted", [wanted for wanted in WANTED if wanted.name in COLAB], ids=str)
def test_colab_has_it(wanted):
    assert COLAB[wanted.name] in wanted.specifier


def test_what_colab_lacks_is_known():
    """The list says it; none of these is needed by every lesson."""
    lacking = {wanted.name for wanted in WANTED if wanted.name not in COLAB}
    assert lacking == {"jupyterlab", "optuna", "ai-edge-litert"}
    assert not lacking & {Requirement(line).name for line in PROJECT["dependencies"]}
