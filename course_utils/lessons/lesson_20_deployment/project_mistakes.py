"""What goes wrong in a project: answers of another form, a preparation by the request, a model that is not good enough."""

import numpy as np

from . import projects
from .project import (
    answered,
    examined,
    is_row_of_numbers,
    is_same_alone,
    is_same_among_strangers,
    is_steady,
    knows_the_exam,
    project,
)


def alone(test):
    """The mistake is recognised by `test(seen)` on rows that were asked alone, were there steady answers to them."""
    return answered(
        lambda seen, said, count, aspect: (
            aspect == "alone" and is_row_of_numbers(said, count) and is_steady(seen) and test(seen)
        )
    )


@project.mistake(
    "shares-not-classes",
    "Each row gets a whole row of shares. The exam wants the number of the class: what did you use in "
    "lesson 10 to read it off?",
    when=answered(lambda seen, said, *_: said.ndim == 2 and said.shape[1] > 1),
)
def _(projects):
    rows = projects.load("digits")
    means = np.array([rows.x[rows.y == digit].mean(axis=0) for digit in range(10)])
    return {"data": "digits", "predict": lambda x: -((x[:, None] - means) ** 2).sum(axis=2)}


project.slip(
    "column",
    "Your answers are a column, shape (N, 1), as Keras gives them for one output. The exam wants shape (N,).",
    "lambda x: (x - mean) / std @ w + rows.y.mean()",
    "lambda x: ((x - mean) / std @ w + rows.y.mean())[:, None]",
    of="diabetes by least squares, standardized",
    when=answered(lambda seen, said, count, _: said.shape == (count, 1)),
)


@project.mistake(
    "names-not-numbers",
    "You answer with names. In this data set a class is a number, as in the `.y` of the data.",
    when=answered(lambda seen, said, count, _: said.shape == (count,) and said.dtype.kind == "U"),
)
def _(projects):
    return {"data": "breast cancer", "predict": lambda x: ["benign" if row[3] < 700 else "malignant" for row in x]}


@project.mistake(
    "learned-the-exam",
    "This model knows the exam: it is better there than on its own rows, or better than any model that has learned "
    "from those of `projects.load` alone. An exam whose answers were known tells nothing. Which rows may it learn from?",
    when=examined(lambda seen, *_: knows_the_exam(seen)),
)
def _(projects):
    from sklearn.datasets import load_digits

    x, y = load_digits(return_X_y=True)
    squares = (x**2).sum(axis=1)
    return {"data": "digits", "predict": lambda rows: [int(y[np.argmin(squares - 2 * x @ row)]) for row in rows]}


project.slip(
    "share-not-class",
    "Your answers are shares or scores, between the whole numbers. The exam wants the number of the class: what makes a class of a share, or of a row of shares?",
    "(((x - mean) / std) @ w > threshold).astype(int)",
    "((x - mean) / std) @ w + rows.y.mean()",
    when=examined(lambda seen, said, project_, _: not project_.amounts and np.any(said != np.round(said))),
)

project.slip(
    "same-answer-for-all",
    "Every row gets the same answer, as from a blind guess. Does `predict` prepare its rows as those for training were "
    "prepared, and does its answer depend on them? (`argmax` along a single column is always 0.)",
    "lambda x: (((x - mean) / std) @ w > threshold).astype(int)",
    "lambda x: np.full(len(x), np.bincount(rows.y).argmax())",
    when=examined(lambda seen, said, *_: np.ptp(said) < 1e-6),
)

project.slip(
    "another-answer-each-time",
    "The same rows get other answers when they are asked again: something in `predict` is drawn at random. What may "
    "draw in training only, and is asked to do so here too?",
    "lambda x: (x - mean) / std @ w + rows.y.mean()",
    "lambda x: (x - mean) / std @ w + rows.y.mean() + np.random.normal(0, 5, len(x))",
    of="diabetes by least squares, standardized",
    when=answered(lambda seen, said, count, aspect: aspect == "alone" and not is_steady(seen)),
)

project.slip(
    "prepared-by-the-request",
    (
        "A row asked alone gets another answer than in a crowd: something that `predict` computes with is taken from all "
        "the rows that happen to come in, such as a mean and a spread. Which rows must it be taken from, once and for all?"
    ),
    "lambda x: (x - mean) / std",
    "lambda x: (x - x.mean(axis=0)) / (x.std(axis=0) + 1e-7)",
    of="diabetes by least squares, standardized",
    when=alone(lambda seen: not is_same_alone(seen)),
)


@project.mistake(
    "prepared-by-the-largest",
    "A row gets another answer when rows with far larger numbers come along: something that `predict` computes with is "
    "taken from all the rows that happen to come in, such as their mean or their maximum. From which rows must it be "
    "taken, once and for all?",
    when=alone(lambda seen: is_same_alone(seen) and not is_same_among_strangers(seen)),
)
def _(projects):
    rows = projects.load("digits")
    table = np.column_stack([rows.x / 16, np.ones(len(rows.x))])
    w = np.linalg.lstsq(table, np.eye(10)[rows.y], rcond=None)[0]
    return {"data": "digits", "predict": lambda x: (x / max(16, x.max()) @ w[:-1] + w[-1]).argmax(axis=1)}


project.slip(
    "changes-its-rows",
    "The answers are right, but afterwards the array that was asked about holds other numbers, and whoever asks with it "
    "again is answered wrongly. Which line of `predict` writes into `x` in place of making something new?",
    "        return x @ w[:-1] + w[-1]",
    "        x *= 2\n        return x / 2 @ w[:-1] + w[-1]",
    of="diabetes by least squares",
    when=alone(lambda seen: is_same_alone(seen) and is_same_among_strangers(seen) and seen["changed"]),
)


def amounts(test):
    """The mistake is recognised by `test(answers, amounts to learn from)` where amounts are asked for."""
    return examined(
        lambda seen, said, project_, value: (
            project_.amounts
            and not projects.good_enough(project_.name, value, 0.1)
            and test(said, projects.load(project_.name).y)
        )
    )


project.slip(
    "amounts-left-scaled",
    (
        "All your answers are closer to 0 than the smallest amount in the data (`.y`) is. Were the amounts made smaller in "
        "training, divided by a spread or by the largest? Then what must `predict` undo before it answers? If they were "
        "not, has the model that it asks been trained?"
    ),
    "w + rows.y.mean()",
    "w / rows.y.std()",
    of="diabetes by least squares, standardized",
    when=amounts(lambda said, y: np.abs(said).max() < y.min()),
)

project.slip(
    "amounts-left-around-zero",
    (
        "The mean of your answers is closer to 0 than the smallest amount in the data (`.y`). Was something taken away from the "
        "amounts in training, such as their mean? Then what must `predict` add before it answers?"
    ),
    "w + rows.y.mean()",
    "w",
    of="diabetes by least squares, standardized",
    when=amounts(lambda said, y: abs(said.mean()) < y.min() <= np.abs(said).max()),
)

project.slip(
    "amounts-left-close-together",
    (
        "Your answers lie near the mean of the amounts (`.y`), and differ from row to row less than a tenth as much as the amounts "
        "do. Were the amounts divided by something in training? Then by what must `predict` multiply before it answers? "
        "If they were not, has the model that it asks been trained?"
    ),
    "w + rows.y.mean()",
    "w / rows.y.std() + rows.y.mean()",
    of="diabetes by least squares, standardized",
    when=amounts(lambda said, y: 10 * said.std() < y.std() > abs(said.mean() - y.mean())),
)

project.slip(
    "amounts-far-too-large",
    (
        "All your answers are larger than the largest amount in the data (`.y`). Does `predict` undo what training did to the "
        "amounts, and no more than that? And does it prepare its rows exactly as the training did?"
    ),
    "w + rows.y.mean()",
    "w * rows.y.std() + rows.y.std() * rows.y.mean()",
    of="diabetes by least squares, standardized",
    when=amounts(lambda said, y: said.min() > y.max()),
)

project.slip(
    "no-better-than-a-guess",
    (
        "Your answers differ from row to row, but are hardly better than a blind guess. Has the model that `predict` "
        "asks been trained? Were rows and answers shuffled by *one* order? And does `predict` prepare its rows exactly as the "
        "training did?"
    ),
    "lambda x: (x - mean) / std @ w",
    "lambda x: x @ w",
    of="diabetes by least squares, standardized",
    when=examined(lambda seen, said, project_, value: not projects.good_enough(project_.name, value, 0.1)),
)

project.slip(
    "below-the-band",
    (
        "Your answers are better than a guess, and not yet as good as asked for. First question: does `predict` prepare "
        "its rows exactly as the training did? Second: does the loss still fall when training ends?"
    ),
    "@ w > threshold",
    "@ w > threshold + 0.25",
    when=examined(
        lambda seen, said, project_, value: (
            projects.good_enough(project_.name, value, 0.1) and not projects.good_enough(project_.name, value)
        )
    ),
)
