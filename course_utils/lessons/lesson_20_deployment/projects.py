"""The capstone's data: three real data sets that scikit-learn ships, each parted into yours and the exam's.

mine = projects.load("diabetes")      # mine.x, mine.y: the rows to learn from
projects.score("diabetes", answers)   # what answers to the rows of the exam are worth
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np

from course_utils.exercises.exam import SURE, trained_on_test

from .kept_back import KeptBack

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
    too_good: float  # of 47 models that had learned from the other rows alone, 27 for diabetes, none was as good

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
            0.996,
        ),
        Project(
            "breast cancer",
            "load_breast_cancer",
            "30 measurements of cells of a lump",
            "0 malignant, 1 benign",
            ("malignant", "benign"),
            0.92,
            1.0,
        ),
        Project(
            "diabetes",
            "load_diabetes",
            "10 facts about a patient",
            "how far the disease has gone after a year",
            (),
            65.0,
            50.0,
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


@dataclass(frozen=True)
class Exam:
    """The rows of an exam, as they come. `score` and `errors` say all that is needed of the answers."""

    x: np.ndarray
    features: tuple[str, ...]
    project: Project
    y: KeptBack = field(repr=False)  # for notebooks handed out earlier, which compare with it and draw it


def load(name: str) -> Rows:
    """The rows to learn from: two in three. The rest is the exam's.

    >>> load("digits").x.shape, load("diabetes").x.shape
    ((1198, 64), (295, 10))

    Errors: ValueError with the known names.
    """
    return _part(name)[0]


def exam(name: str) -> Exam:
    """The rows that the check asks about.

    >>> exam("digits").x.shape
    (599, 64)
    """
    rows = _part(name)[1]
    return Exam(rows.x, rows.features, rows.project, KeptBack(rows.y))


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


def score(name: str, answers: np.ndarray) -> float:
    """The share of right classes among the exam's rows, or the usual error (root mean square) of amounts."""
    marks = _marks(name, answers, _part(name)[1])
    return float(np.sqrt(np.mean(marks)) if PROJECTS[name].amounts else np.mean(marks))


def _marks(name: str, answers: np.ndarray, rows: Rows) -> np.ndarray:
    """Row by row, whether the class is right; the squared error of an amount."""
    if PROJECTS[name].amounts:
        return (np.asarray(answers) - rows.y) ** 2
    return np.asarray(answers) == rows.y


def good_enough(name: str, value: float, way: float = 1.0) -> bool:
    """Whether a score reaches what the project asks for; or, on the way there from a blind guess, this share of it.

    >>> good_enough("digits", 0.95), good_enough("diabetes", 77.0), good_enough("digits", 0.5, way=0.5)
    (True, False, True)
    """
    project = PROJECTS[name]
    return _at_least(project, value, way * project.needed + (1 - way) * guess(name))


def _at_least(project: Project, value: float, bound: float) -> bool:
    return value <= bound if project.amounts else value >= bound


def knows_the_exam(name: str, of_exam: np.ndarray, of_mine: np.ndarray) -> bool:
    """Whether a model must have learned rows of the exam, by its answers to those and to the rows of `load`.

    It must when it is better than any honest model, or surely better in the exam than on the rows to learn from.
    """
    mine, theirs = _part(name)
    if _at_least(PROJECTS[name], score(name, of_exam), PROJECTS[name].too_good):
        return True
    known, unknown = _marks(name, of_exam, theirs), _marks(name, of_mine, mine)
    if PROJECTS[name].amounts:
        chance = np.sqrt(known.var() / len(known) + unknown.var() / len(unknown))
        return bool(unknown.mean() - known.mean() > SURE * chance)
    both = {"held back": slice(len(unknown)), "test": slice(len(unknown), None)}
    return trained_on_test(np.concatenate([unknown, known]), both)


def errors(name: str, answers: np.ndarray) -> dict[str, float]:
    """Where a model errs in the exam: for each class the share that got another answer; the usual error of small,
    middling and large amounts, a third of the rows each.

    >>> {group: round(share, 2) for group, share in errors("breast cancer", np.ones(189)).items()}
    {'malignant': 1.0, 'benign': 0.0}
    >>> list(errors("diabetes", np.full(147, 150.0)))
    ['up to 92', '92 to 188', 'above 188']
    """
    rows = _part(name)[1]
    marks, classes = _marks(name, answers, rows), PROJECTS[name].classes
    if classes:
        return {group: float(1 - marks[rows.y == k].mean()) for k, group in enumerate(classes)}
    low, high = np.quantile(rows.y, [1 / 3, 2 / 3])
    thirds = {
        f"up to {low:.0f}": rows.y <= low,
        f"{low:.0f} to {high:.0f}": (rows.y > low) & (rows.y <= high),
        f"above {high:.0f}": rows.y > high,
    }
    return {group: float(np.sqrt(marks[of_it].mean())) for group, of_it in thirds.items()}


def guess(name: str) -> float:
    """The score of one answer for all rows: the most frequent class or the mean amount of the rows to learn from."""
    y = load(name).y
    always = y.mean() if PROJECTS[name].amounts else np.bincount(y).argmax()
    return score(name, np.full(len(exam(name).x), always))
