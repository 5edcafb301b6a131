"""The capstone's data: three real data sets that scikit-learn ships, each parted into yours and the exam's.

mine = projects.load("diabetes")      # mine.x, mine.y: the rows to learn from
projects.score("diabetes", answers)   # what answers to the rows of the exam are worth
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

SHUFFLE = 20  # the same exam for everybody
EXAM_SHARE = 3  # one row in three


@dataclass(frozen=True)
class Project:
    """A data set: what its rows and answers are, and how good a model must be on rows that it has not seen."""

    name: str
    loader: str
    rows: str
    answer: str
    classes: tuple[str, ...]
    needed: float

    @property
    def amounts(self) -> bool:
        """Whether the answer is an amount; otherwise it is the number of a class."""
        return not self.classes


PROJECTS = {
    project.name: project
    for project in (
        Project(
            "digits",
            "load_digits",
            "8 × 8 grey values of a handwritten digit",
            "which digit, 0 to 9",
            tuple(map(str, range(10))),
            0.90,
        ),
        Project(
            "breast cancer",
            "load_breast_cancer",
            "30 measurements of cells of a lump",
            "0 malignant, 1 benign",
            ("malignant", "benign"),
            0.92,
        ),
        Project(
            "diabetes",
            "load_diabetes",
            "10 facts about a patient",
            "how far the disease has gone after a year",
            (),
            65.0,
        ),
    )
}


@dataclass(frozen=True)
class Rows:
    """Measurements of shape (N, D), as they come, and the answers of shape (N,)."""

    x: np.ndarray
    y: np.ndarray
    features: tuple[str, ...]
    project: Project


def load(name: str) -> Rows:
    """The rows to learn from: two in three. The rest is the exam's.

    >>> load("digits").x.shape, load("diabetes").x.shape
    ((1198, 64), (295, 10))

    Errors: ValueError with the known names.
    """
    return _part(name)[0]


def exam(name: str) -> Rows:
    """The rows that the check asks about; a model that has seen them proves nothing.

    >>> exam("digits").x.shape
    (599, 64)
    """
    return _part(name)[1]


@cache
def _part(name: str) -> tuple[Rows, Rows]:
    if name not in PROJECTS:
        raise ValueError(f"There is no data set {name!r}; there are: {', '.join(PROJECTS)}.")
    from sklearn import datasets

    project = PROJECTS[name]
    options = {} if name != "diabetes" else {"scaled": False}
    data: Any = getattr(datasets, project.loader)(**options)
    order = np.random.default_rng(SHUFFLE).permutation(len(data.data))
    mine, theirs = order[len(order) // EXAM_SHARE :], order[: len(order) // EXAM_SHARE]
    return tuple(
        Rows(_still(data.data[rows]), _still(data.target[rows]), tuple(map(str, data.feature_names)), project)
        for rows in (mine, theirs)
    )


def _still(array: np.ndarray) -> np.ndarray:
    array.setflags(write=False)
    return array


def score(name: str, answers: np.ndarray, rows: np.ndarray | slice = slice(None)) -> float:
    """The share of right classes among the exam's `rows`, or the usual error (root mean square) of amounts."""
    right = exam(name).y[rows]
    if PROJECTS[name].amounts:
        return float(np.sqrt(np.mean((np.asarray(answers) - right) ** 2)))
    return float(np.mean(np.asarray(answers) == right))


def good_enough(name: str, value: float) -> bool:
    """Whether a score reaches what the project asks for.

    >>> good_enough("digits", 0.95), good_enough("diabetes", 77.0)
    (True, False)
    """
    project = PROJECTS[name]
    return value <= project.needed if project.amounts else value >= project.needed


def guess(name: str) -> float:
    """The score of one answer for all rows: the most frequent class or the mean amount of the rows to learn from."""
    y = load(name).y
    always = y.mean() if PROJECTS[name].amounts else np.bincount(y).argmax()
    return score(name, np.full(len(exam(name).y), always))
