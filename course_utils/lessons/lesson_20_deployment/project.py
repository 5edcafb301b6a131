"""Your project: a model of your own, asked about rows that it has not seen."""

import numpy as np

from course_utils.exercises import ModelExercise, edge, plain, random, small
from course_utils.exercises.compare import family

from . import projects


def cancer_by_least_squares(projects):
    """A line through 0 for malignant and 1 for benign, on standardized measurements."""
    rows = projects.load("breast cancer")
    mean, std = rows.x.mean(axis=0), rows.x.std(axis=0)
    w = np.linalg.lstsq((rows.x - mean) / std, rows.y - rows.y.mean(), rcond=None)[0]
    threshold = 0.5 - rows.y.mean()
    return {"data": "breast cancer", "predict": lambda x: (((x - mean) / std) @ w > threshold).astype(int)}


project = ModelExercise("project", reference=cancer_by_least_squares, points=4, rounds=1, title="Your project")


@project.given
def _():
    return {"projects": projects}


@project.cases
def _(rng):
    seed = int(rng.integers(2**31))
    yield small("the form of the answers", "form", seed)
    yield random("rows of the exam", "exam", seed)
    yield edge("one row at a time", "alone", seed)


def exam_rows(name, aspect, seed):
    """Which rows of the exam are asked about: eight, or a fresh three quarters of all."""
    count = len(projects.exam(name).x)
    order = np.random.default_rng(seed).permutation(count)
    return order[: 3 * count // 4] if aspect == "exam" else order[:8]


@project.drive
def _(answer, aspect, seed):
    if family(answer) != "a dict" or set(answer) != {"data", "predict"}:
        return {"problem": 'project should be a dictionary {"data": …, "predict": …}'}
    name = plain(answer["data"])
    if not isinstance(name, str) or name not in projects.PROJECTS:
        return {"problem": f'project["data"] should be one of {", ".join(projects.PROJECTS)}'}
    if not callable(answer["predict"]):
        return {"problem": 'project["predict"] should be a function of rows'}
    x = projects.exam(name).x[exam_rows(name, aspect, seed)]
    seen = {"data": name, "answers": plain(answer["predict"](x.copy()))}
    if aspect == "alone":
        seen["alone"] = [plain(answer["predict"](x[i : i + 1].copy())) for i in range(len(x))]
    return seen


@project.accept
def _(seen, aspect, seed):
    if not isinstance(seen, dict):
        return "project should be a dictionary"
    if "problem" in seen:
        return seen["problem"]
    name, said = seen["data"], np.asarray(seen["answers"])
    asked = exam_rows(name, aspect, seed)
    if said.shape != (len(asked),) or said.dtype.kind not in "biuf":
        return f"{len(asked)} rows should give {len(asked)} numbers, shape ({len(asked)},), but gave {told(said)}"
    if aspect == "exam":
        value = projects.score(name, said, asked)
        if not projects.good_enough(name, value):
            return too_low(name, value)
    if aspect == "alone" and not np.allclose(alone(seen), said, rtol=1e-3, atol=1e-3):
        return "a row asked alone gets another answer than among others"
    return None


def told(said):
    """The shape, or the kind where that is the trouble."""
    return f"shape {said.shape}" if said.dtype.kind in "biuf" else "something else than numbers"


def too_low(name, value):
    """What to say of a score that is not enough."""
    project_ = projects.PROJECTS[name]
    if project_.amounts:
        return f"the usual error on rows of the exam is {value:.1f}; at most {project_.needed:.0f} is asked for"
    return f"{value:.1%} of the exam's rows are answered rightly; at least {project_.needed:.0%} is asked for"


def alone(seen):
    """The answers to rows asked one by one; nan where there was not one number."""
    return np.array([np.ravel(a)[0] if np.size(a) == 1 else np.nan for a in seen["alone"]], float)


def answered(test):
    """The mistake is recognised by `test(seen, answers, rows asked, aspect)` where there are answers at all."""

    def when(seen, aspect, seed):
        if not isinstance(seen, dict) or "answers" not in seen:
            return False
        asked = exam_rows(seen["data"], aspect, seed)
        return bool(test(seen, np.asarray(seen["answers"]), asked, aspect))

    return when


def is_row_of_numbers(said, asked):
    """Whether there is one number for each row."""
    return said.shape == (len(asked),) and said.dtype.kind in "biuf"


project.variant("breast cancer by least squares")(cancer_by_least_squares)


@project.variant("diabetes by least squares, standardized")
def _(projects):
    rows = projects.load("diabetes")
    mean, std = rows.x.mean(axis=0), rows.x.std(axis=0)
    w = np.linalg.lstsq((rows.x - mean) / std, rows.y - rows.y.mean(), rcond=None)[0]
    return {"data": "diabetes", "predict": lambda x: (x - mean) / std @ w + rows.y.mean()}


@project.variant("digits by their nearest neighbour, as a list")
def _(projects):
    rows = projects.load("digits")
    squares = (rows.x**2).sum(axis=1)
    return {"data": "digits", "predict": lambda x: [int(rows.y[np.argmin(squares - 2 * rows.x @ row)]) for row in x]}


@project.variant("diabetes by least squares")
def _(projects):
    rows = projects.load("diabetes")
    table = np.column_stack([rows.x, np.ones(len(rows.x))])
    w = np.linalg.lstsq(table, rows.y, rcond=None)[0]

    def predict(x):
        return x @ w[:-1] + w[-1]

    return {"predict": predict, "data": "diabetes"}


@project.mistake(
    "shares-not-classes",
    "Each row gets a whole row of shares. The exam wants the number of the class: what did you use in "
    "lesson 10 to read it off?",
    when=answered(lambda seen, said, asked, _: said.ndim == 2 and said.shape[1] > 1),
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
    when=answered(lambda seen, said, asked, _: said.shape == (len(asked), 1)),
)


@project.mistake(
    "names-not-numbers",
    "You answer with names. In this data set a class is a number, as in `rows.y`.",
    when=answered(lambda seen, said, asked, _: said.shape == (len(asked),) and said.dtype.kind == "U"),
)
def _(projects):
    return {"data": "breast cancer", "predict": lambda x: ["benign" if row[3] < 700 else "malignant" for row in x]}


project.slip(
    "same-answer-for-all",
    "Every row gets the same answer. That is what a blind guess does; is `predict` using its rows?",
    "lambda x: (((x - mean) / std) @ w > threshold).astype(int)",
    "lambda x: np.full(len(x), np.bincount(rows.y).argmax())",
    when=answered(
        lambda seen, said, asked, aspect: aspect == "exam" and is_row_of_numbers(said, asked) and np.ptp(said) < 1e-6
    ),
)

project.slip(
    "prepared-by-the-request",
    (
        "A row asked alone gets another answer than in a crowd: you scale with the mean and spread of the "
        "rows that happen to come in. Which rows must they be taken from, once and for all?"
    ),
    "lambda x: (x - mean) / std",
    "lambda x: (x - x.mean(axis=0)) / (x.std(axis=0) + 1e-7)",
    of="diabetes by least squares, standardized",
    when=answered(
        lambda seen, said, asked, aspect: (
            aspect == "alone"
            and is_row_of_numbers(said, asked)
            and not np.allclose(alone(seen), said, rtol=1e-3, atol=1e-3)
        )
    ),
)

project.slip(
    "below-the-band",
    (
        "Your answers differ from row to row, but too few are right. First question: does `predict` prepare its rows "
        "exactly as the training did? Second: does the loss still fall when training ends?"
    ),
    "lambda x: (x - mean) / std @ w",
    "lambda x: x @ w",
    of="diabetes by least squares, standardized",
    when=answered(
        lambda seen, said, asked, aspect: (
            aspect == "exam"
            and is_row_of_numbers(said, asked)
            and np.ptp(said) >= 1e-6
            and not projects.good_enough(seen["data"], projects.score(seen["data"], said, asked))
        )
    ),
)
