"""The order in which the files of the tests begin; `make test` keeps it."""

from __future__ import annotations

import pytest

# These take a minute or more, so they begin first: none of them is left to run alone at the end.
LONG = (
    "tests/lessons/test_notebooks.py",
    "tests/lessons/test_caged.py",
    "tests/exercises/test_mistakes.py",
    "tests/grader/redteam/test_attacks.py",
    "tests/platforms/test_colab.py",
    "tests/platforms/test_lowest.py",
    "tests/grader/test_nbgrader_commands.py",
    "tests/prove/test_exercises.py",
    "tests/elsewhere/test_no_fork.py",
    "tests/exercises/test_forms.py",
    "tests/grader/test_agreement.py",
    "tests/grader/test_grading.py",
    "tests/elsewhere/test_missing_extras.py",
    "tests/grader/test_handbook_walk.py",
    "tests/grader/foreign/test_same_scores.py",
    "tests/lessons/test_released.py",
)


def longest_first(items: list[pytest.Item]) -> None:
    """Put the tests of the long files to the front; all else stays in its order."""
    rank = {name: place for place, name in enumerate(LONG)}
    items.sort(key=lambda item: rank.get(item.nodeid.partition("::")[0], len(LONG)))
