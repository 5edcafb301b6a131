"""The course on the lowest versions that pyproject.toml allows, with what the `lab` extra adds: every lesson runs."""

from __future__ import annotations

import tomllib

import pytest
from packaging.requirements import Requirement

from tests.platforms.environments import KERNEL, ROOT, lessons_for, resolved, with_course

pytestmark = pytest.mark.slow
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
WANTED = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["lab"]]


@pytest.fixture(scope="module")
def lowest(tmp_path_factory):
    pins = resolved("lowest", "\n".join(WANTED), "--resolution", "lowest-direct")
    with with_course(tmp_path_factory.mktemp("lowest"), pins, KERNEL) as environment:
        yield environment


@pytest.mark.parametrize("wanted", WANTED)
def test_the_bound_is_what_is_installed(lowest, wanted):
    requirement = Requirement(wanted)
    (bound,) = requirement.specifier
    (version,) = [line.split("==")[1] for line in lowest.before if line.startswith(f"{requirement.name}==")]
    assert version == bound.version or version.startswith(f"{bound.version}.")


def test_installing_the_course_changes_no_package(lowest):
    (new,) = lowest.packages() ^ lowest.before
    assert new.startswith("exploring-neural-networks @ file:")


def test_course_check_gives_full_marks(lowest, tmp_path):
    assert "15 of 15" in lowest.course_check("01_neuron", tmp_path)


@pytest.mark.parametrize("name", lessons_for("lowest"))
def test_every_lesson_runs(lowest, name, tmp_path):
    lowest.run_lesson(name, tmp_path)
