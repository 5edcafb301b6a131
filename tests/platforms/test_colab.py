"""The course on Colab's own versions: they stay as they are, and every lesson runs.

The Python is the one that runs the tests; Colab's is 3.13.
"""

from __future__ import annotations

import pytest

from tests.platforms.environments import COLAB_KERNEL, ROOT, lessons_for, resolved, with_course

pytestmark = pytest.mark.slow
LIST = (ROOT / "constraints" / "colab.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def colab(tmp_path_factory):
    with with_course(tmp_path_factory.mktemp("colab"), resolved("colab", LIST), COLAB_KERNEL) as environment:
        yield environment


def test_the_environment_is_the_one_listed(colab):
    listed = {line for line in LIST.splitlines() if line and not line.startswith("#")}
    assert len(listed) > 20
    assert listed <= colab.before


def test_installing_the_course_changes_no_package(colab):
    (new,) = colab.packages() ^ colab.before
    assert new.startswith("exploring-neural-networks @ file:")


def test_course_check_gives_full_marks(colab, tmp_path):
    assert "15 of 15" in colab.course_check("01_neuron", tmp_path)


@pytest.mark.parametrize("name", lessons_for("colab"))
def test_every_lesson_runs(colab, name, tmp_path):
    colab.run_lesson(name, tmp_path)
