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


project = ModelExercise(
    "project", reference=cancer_by_least_squares, points=4, rounds=1, in_place=True, title="Your project"
)


@project.given
def _():
    return {"projects": projects}


@project.cases
def _(rng):
    yield small("the exam: in the right form, and better than a guess", "form", 0)
    yield random("the exam: as good as asked for", "exam", 0)
    yield edge("one row at a time", "alone", int(rng.integers(2**31)))


def rows_asked(name, aspect, seed):
    """The exam's rows: all of them, or eight that are asked one by one."""
    x = projects.exam(name).x
    return x[np.random.default_rng(seed).permutation(len(x))[:8]] if aspect == "alone" else x


@project.drive
def _(answer, aspect, seed):
    if family(answer) != "a dict" or set(answer) != {"data", "predict"}:
        return {"problem": 'project should be a dictionary {"data": …, "predict": …}'}
    name = plain(answer["data"])
    if not isinstance(name, str) or name not in projects.PROJECTS:
        return {"problem": f'project["data"] should be one of {", ".join(projects.PROJECTS)}'}
    if not callable(answer["predict"]):
        return {"problem": 'project["predict"] should be a function of rows'}
    x = rows_asked(name, aspect, seed)
    seen = {"data": name, "answers": plain(answer["predict"](x.copy()))}
    if aspect == "form":
        seen["to_mine"] = plain(answer["predict"](projects.load(name).x.copy()))
    if aspect == "alone":
        seen["again"] = plain(answer["predict"](x.copy()))
        seen["alone"] = [plain(answer["predict"](x[i : i + 1].copy())) for i in range(len(x))]
    return seen


@project.accept
def _(seen, aspect, seed):
    if not isinstance(seen, dict):
        return "project should be a dictionary"
    if "problem" in seen:
        return seen["problem"]
    name, said = seen["data"], np.asarray(seen["answers"])
    count = len(rows_asked(name, aspect, seed))
    if not is_row_of_numbers(said, count):
        return f"{count} rows should give {count} numbers, shape ({count},), but gave {told(said)}"
    if aspect == "alone":
        if not is_steady(seen):
            return "the same rows get other answers when they are asked again"
        return None if is_same_alone(seen) else "a row asked alone gets another answer than among others"
    if knows_the_exam(seen):
        return "it knows the rows of the exam"
    value = projects.score(name, said)
    return None if projects.good_enough(name, value, 0.5 if aspect == "form" else 1) else too_low(name, value)


def told(said):
    """The shape, or the kind where that is the trouble."""
    return f"shape {said.shape}" if said.dtype.kind in "biuf" else "something else than numbers"


def too_low(name, value):
    """What to say of a score that is not enough."""
    project_ = projects.PROJECTS[name]
    if project_.amounts:
        return f"the usual error on rows of the exam is {value:.1f}; at most {project_.needed:.0f} is asked for"
    return f"{value:.1%} of the exam's rows are answered rightly; at least {project_.needed:.0%} is asked for"


def is_row_of_numbers(said, count):
    """Whether there is one number for each row."""
    return said.shape == (count,) and said.dtype.kind in "biuf"


def knows_the_exam(seen):
    """Whether the answers to the exam, or to the learner's own rows beside them, give away that it was learned."""
    own = np.asarray(seen.get("to_mine", ()))
    rows = len(projects.load(seen["data"]).x)
    return is_row_of_numbers(own, rows) and projects.knows_the_exam(seen["data"], np.asarray(seen["answers"]), own)


def is_steady(seen):
    """Whether the same rows get the same answers a second time."""
    first, again = np.asarray(seen["answers"]), np.asarray(seen["again"])
    return first.shape == again.shape and np.allclose(first, again, rtol=1e-3, atol=1e-3)


def is_same_alone(seen):
    """Whether each row gets the same answer alone as among others."""
    alone = [np.ravel(a)[0] if np.size(a) == 1 else np.nan for a in seen["alone"]]
    return np.allclose(np.array(alone, float), np.asarray(seen["answers"]), rtol=1e-3, atol=1e-3)


def answered(test):
    """The mistake is recognised by `test(seen, answers, count, aspect)` where there are answers at all."""

    def when(seen, aspect, seed):
        if not isinstance(seen, dict) or "answers" not in seen:
            return False
        return bool(test(seen, np.asarray(seen["answers"]), len(rows_asked(seen["data"], aspect, seed)), aspect))

    return when


def examined(test):
    """The mistake is recognised by `test(seen, answers, data set, score)` on the numbers that answer the whole exam."""
    return answered(
        lambda seen, said, count, aspect: (
            aspect != "alone"
            and is_row_of_numbers(said, count)
            and test(seen, said, projects.PROJECTS[seen["data"]], projects.score(seen["data"], said))
        )
    )


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
    "You answer with names. In this data set a class is a number, as in `rows.y`.",
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
    "Your answers are shares or scores, between the whole numbers. The exam wants the number of the class: from where on is it a 1?",
    "(((x - mean) / std) @ w > threshold).astype(int)",
    "((x - mean) / std) @ w + rows.y.mean()",
    when=examined(lambda seen, said, project_, _: not project_.amounts and np.any(said != np.round(said))),
)

project.slip(
    "same-answer-for-all",
    "Every row gets the same answer. That is what a blind guess does; is `predict` using its rows?",
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
        "A row asked alone gets another answer than in a crowd: you scale with the mean and spread of the "
        "rows that happen to come in. Which rows must they be taken from, once and for all?"
    ),
    "lambda x: (x - mean) / std",
    "lambda x: (x - x.mean(axis=0)) / (x.std(axis=0) + 1e-7)",
    of="diabetes by least squares, standardized",
    when=answered(
        lambda seen, said, count, aspect: (
            aspect == "alone" and is_row_of_numbers(said, count) and is_steady(seen) and not is_same_alone(seen)
        )
    ),
)

project.slip(
    "no-better-than-a-guess",
    (
        "Your answers differ from row to row, but are hardly better than a blind guess. Has the model that `predict` "
        "asks been trained? And does `predict` prepare its rows exactly as the training did?"
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

for part in ("rows.x.mean(axis=0)", "rows.x.std(axis=0)", "rows.x - mean", "rows.y - rows.y.mean()", "rows.y.mean()"):
    project.equivalent(part, why="least squares finds a line as good from any origin and in any units")
for part in (
    "(rows.x - mean) / std",
    "np.ones(len(rows.x))",
    "2 * rows.x",
    "np.linalg.lstsq((rows.x - mean) / std, rows.y - rows.y.mean(), rcond=None)",
    "np.linalg.lstsq(table, rows.y, rcond=None)",
    "(x - mean) / std @ w > threshold",
    "int(rows.y[np.argmin(squares - 2 * rows.x @ row)])",
):
    project.equivalent(part, why="another honest model, and good enough: the exam asks for no more")
