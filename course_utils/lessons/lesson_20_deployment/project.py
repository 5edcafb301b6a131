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


def digits_by_neighbour(projects):
    """The answer of the nearest row, for the data set that the lesson loads."""
    rows = projects.load("digits")
    squares = (rows.x**2).sum(axis=1)
    return {"data": "digits", "predict": lambda x: [int(rows.y[np.argmin(squares - 2 * rows.x @ row)]) for row in x]}


project = ModelExercise(
    "project", reference=digits_by_neighbour, points=4, rounds=1, in_place=True, title="Your project"
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
    given = x.copy()
    seen = {"data": name, "answers": plain(answer["predict"](given))}
    if aspect == "form":
        seen["to_mine"] = plain(answer["predict"](projects.load(name).x.copy()))
    if aspect == "alone":
        everyone = projects.exam(name).x  # eight rows may get the same answers twice by chance
        seen["first"], seen["again"] = (plain(answer["predict"](everyone.copy())) for _ in range(2))
        seen["crowd"] = plain(answer["predict"](np.concatenate([x, np.repeat(x[:1], 200, axis=0)])))
        seen["alone"] = [plain(answer["predict"](x[i : i + 1].copy())) for i in range(len(x))]
        seen["strangers"] = _among_strangers(answer["predict"], x)
        seen["changed"] = not np.array_equal(given, x)
    return seen


def _among_strangers(predict, x):
    """The answers when rows of another unit come along, ten times as large; None where these stop the model."""
    try:
        return plain(predict(np.concatenate([x, np.repeat(10 * x.max(axis=0, keepdims=True), 200, axis=0)])))
    except Exception:  # nobody asked for a model that can answer them
        return None


@project.accept
def _(seen, aspect, seed):
    if not isinstance(seen, dict):
        return "project should be a dictionary"
    if "problem" in seen:
        return seen["problem"]
    name, said = seen["data"], np.asarray(seen["answers"])
    count = len(rows_asked(name, aspect, seed))
    if not is_row_of_numbers(said, count):
        kind = f"shape {said.shape}" if said.dtype.kind in "biuf" else "something else than numbers"
        return f"{count} rows should give {count} numbers, shape ({count},), but gave {kind}"
    if aspect == "alone":
        if not is_steady(seen):
            return "the same rows get other answers when they are asked again"
        if not (is_same_alone(seen) and is_same_among_strangers(seen)):
            return "a row asked alone gets another answer than among others"
        return "predict changes the rows that it is given" if seen["changed"] else None
    if knows_the_exam(seen):
        return "it knows the rows of the exam"
    value = projects.score(name, said)
    return None if projects.good_enough(name, value, 0.5 if aspect == "form" else 1) else too_low(name, value)


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
    first, again = np.asarray(seen["first"]), np.asarray(seen["again"])
    return first.shape == again.shape and np.allclose(first, again, rtol=1e-3, atol=1e-3)


def is_same_alone(seen):
    """Whether each row gets the same answer alone as among others, and among many copies of one of them."""
    alone = [np.ravel(a)[0] if np.size(a) == 1 else np.nan for a in seen["alone"]]
    first, crowd = np.asarray(seen["answers"]), np.asarray(seen["crowd"])[: len(alone)]
    return all(
        np.shape(other) == first.shape and np.allclose(other, first, rtol=1e-3, atol=1e-3)
        for other in (np.array(alone, float), crowd)
    )


def is_same_among_strangers(seen):
    """Whether the answers stay as they are when rows come along that are ten times as large, if it answers these."""
    if seen["strangers"] is None:
        return True
    first, crowd = np.asarray(seen["answers"]), np.asarray(seen["strangers"])[: np.size(seen["answers"])]
    return np.shape(crowd) == first.shape and np.allclose(crowd, first, rtol=1e-3, atol=1e-3)


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


project.variant("digits by their nearest neighbour, as a list")(digits_by_neighbour)


@project.variant("diabetes by least squares")
def _(projects):
    rows = projects.load("diabetes")
    table = np.column_stack([rows.x, np.ones(len(rows.x))])
    w = np.linalg.lstsq(table, rows.y, rcond=None)[0]

    def predict(x):
        return x @ w[:-1] + w[-1]

    return {"predict": predict, "data": "diabetes"}


for part in ("rows.x.mean(axis=0)", "rows.x.std(axis=0)", "rows.x - mean", "rows.y - rows.y.mean()", "rows.y.mean()"):
    project.equivalent(part, why="least squares finds a line as good from any origin and in any units")
_CUT = "(x - mean) / std @ w > threshold"
project.equivalent(
    f"return {{'data': 'breast cancer', 'predict': lambda x: ({_CUT}).astype(int)}}",
    f"return {{'data': 'breast cancer', 'predict': lambda x: {_CUT}.astype(int)}}",
    why="a threshold of 0, and True for 1: another honest model, and good enough",
)
_OWN = "w = np.linalg.lstsq({}, rows.y - rows.y.mean(), rcond=None)[0]"
project.equivalent(
    _OWN.format("(rows.x - mean) / std"),
    _OWN.format("rows.x - mean / std"),
    why="weights for other units: another honest model, and good enough: the exam asks for no more",
)
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
