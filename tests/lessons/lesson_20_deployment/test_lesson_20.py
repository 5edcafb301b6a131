"""What only lesson 20 promises: its judge needs no TensorFlow, the exam is apart, the service serves and stops."""

import json
import socket
import sys
from pathlib import Path

import numpy as np
import pytest
from sklearn import datasets, ensemble, linear_model, neighbors, svm

from course_utils import lessons, plots
from course_utils.exercises import check
from course_utils.lessons.lesson_20_deployment import projects, serving
from course_utils.lessons.lesson_20_deployment.request_path import request_path

LESSON = lessons.load("20_deployment")
NOTEBOOK = Path(__file__).resolve().parents[3] / "lessons" / "20_deployment" / "20_deployment.ipynb"
NAMES = ["cultivar A", "cultivar B", "cultivar C"]


# The capstone's data


@pytest.mark.parametrize("name", projects.PROJECTS)
def test_no_row_of_the_exam_is_among_those_to_learn_from(name):
    mine, theirs = projects.load(name), projects.exam(name)
    assert len(mine.y) == len(mine.x) and 1.9 < len(mine.x) / len(theirs.x) < 2.1
    assert not {row.tobytes() for row in theirs.x} & {row.tobytes() for row in mine.x}


@pytest.mark.parametrize(
    ("name", "guess"),
    [
        ("digits", "8 % right"),
        ("breast cancer", "68 % right"),
        ("diabetes", "error 77.8"),
    ],
)
def test_the_table_of_the_task_has_the_right_figures(name, guess):
    row = next(line for line in NOTEBOOK.read_text(encoding="utf-8").splitlines() if f'| `\\"{name}\\"` |' in line)
    value, project = projects.guess(name), projects.PROJECTS[name]
    assert guess in row and guess == (f"error {value:.1f}" if project.amounts else f"{100 * value:.0f} % right")
    needed = f"at most {project.needed:.0f}" if project.amounts else f"at least {project.needed:.0%}".replace("%", " %")
    assert needed in row and not projects.good_enough(name, value)


def test_the_rows_to_learn_from_cannot_be_changed():
    with pytest.raises(ValueError, match="read-only"):
        projects.load("digits").x[0] = 0
    with pytest.raises(ValueError, match="There is no data set 'iris'; there are: digits"):
        projects.load("iris")


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("digits", "should be a dictionary"),
        ({"data": "digits"}, "should be a dictionary"),
        ({"data": "iris", "predict": len}, "should be one of digits, breast cancer, diabetes"),
        ({"data": "digits", "predict": 7}, "should be a function"),
        ({"data": "digits", "predict": lambda x: 3}, "599 rows should give 599 numbers"),
    ],
)
def test_a_project_of_another_form_is_told_in_words(answer, told):
    result = check(LESSON["project"], {"project": answer}, [0])
    assert (result.status, result.points, result.mistake) == ("wrong", 0, None) and told in result.message


def test_the_exams_answers_are_compared_with_and_drawn_but_not_learned_from():
    mine, theirs = projects.load("digits"), projects.exam("digits")
    right = known_answers("digits")[1][in_the_exam("digits")]
    assert np.mean(np.zeros(599) == theirs.y) == np.mean(right == 0) and (theirs.y != 3).sum() == (right != 3).sum()
    for use in (
        lambda: np.concatenate([mine.y, theirs.y]),
        lambda: svm.SVC().fit(theirs.x, theirs.y),
        lambda: theirs.y[:100],
        lambda: theirs.y.astype(int),
    ):
        with pytest.raises((ValueError, AttributeError), match="The answers of the exam are kept back"):
            use()
    _, axes = plots.figure(1, 1, (2, 2))
    (line,) = axes.plot(theirs.y, np.arange(599))
    assert np.sort(line.get_xdata()).tolist() == np.sort(right).tolist()


def known_answers(name):
    """Every row of a data set with its answer, from the library itself."""
    options = {"scaled": False} if name == "diabetes" else {}
    return getattr(datasets, projects.PROJECTS[name].loader)(return_X_y=True, **options)


def graded(name, predict):
    return check(LESSON["project"], {"project": {"data": name, "predict": predict}}, [0])


def nearest(x, y):
    """A model that knows these rows: the answer of the nearest one."""
    mean, std = x.mean(axis=0), x.std(axis=0) + 1e-9
    known = (x - mean) / std
    return lambda rows: np.array([y[np.argmin(((known - row) ** 2).sum(axis=1))] for row in (rows - mean) / std])


def in_the_exam(name):
    """Which of all rows are in the exam."""
    asked = {row.tobytes() for row in projects.exam(name).x}
    return np.array([row.tobytes() in asked for row in known_answers(name)[0]])


def test_digits_that_are_read_too_badly_are_told_so():
    x, y = known_answers("digits")
    known = {row.tobytes(): label for row, label in zip(x, y, strict=True)}

    def read(rows):
        labels = np.array([known[row.tobytes()] for row in rows])
        return np.where(rows.sum(axis=1) % 5 == 0, (labels + 1) % 10, labels)

    assert 0.7 < projects.score("digits", read(projects.exam("digits").x)) < 0.88
    result = graded("digits", read)
    assert (result.status, result.mistake) == ("partial", "below-the-band") and 0 < result.points < 4


@pytest.mark.parametrize("name", projects.PROJECTS)
def test_whoever_has_learned_the_exam_earns_nothing_and_is_told_so(name):
    x, y = known_answers(name)
    for rows in (np.ones(len(x), bool), in_the_exam(name)):
        result = graded(name, nearest(x[rows], y[rows]))
        assert (result.points, result.mistake) == (0, "learned-the-exam")


def test_whoever_has_learned_the_exam_less_exactly_is_found_by_the_own_rows():
    """A line in 64 and more dimensions that was fitted to the exam alone: better there than on its own rows."""
    rng, rows = np.random.default_rng(0), in_the_exam("digits")
    x, y = known_answers("digits")
    bend = rng.normal(size=(64, 300)) / 16

    def features(rows):
        return np.column_stack([np.tanh((rows - 5) @ bend), np.ones(len(rows))])

    w = np.linalg.lstsq(features(x[rows]), np.eye(10)[y[rows]], rcond=None)[0]
    said = (features(projects.exam("digits").x) @ w).argmax(axis=1)
    assert projects.score("digits", said) >= 0.9
    assert graded("digits", lambda rows: (features(rows) @ w).argmax(axis=1)).mistake == "learned-the-exam"


@pytest.mark.parametrize("name", projects.PROJECTS)
def test_honest_models_are_not_suspected(name):
    rows = projects.load(name)
    amounts = projects.PROJECTS[name].amounts
    makers = (
        [ensemble.RandomForestRegressor(30, random_state=0), linear_model.Ridge(), neighbors.KNeighborsRegressor(5)]
        if amounts
        else [ensemble.RandomForestClassifier(30, random_state=0), svm.SVC(C=10), neighbors.KNeighborsClassifier(1)]
    )
    for model in makers:
        model.fit(rows.x, rows.y)
        said, own = model.predict(projects.exam(name).x), model.predict(rows.x)
        assert not projects.knows_the_exam(name, said, own), model


@pytest.mark.parametrize("name", projects.PROJECTS)
def test_an_untrained_model_and_a_blind_guess_earn_nothing(name):
    rng, x, y = np.random.default_rng(0), projects.load(name).x, projects.load(name).y
    w = rng.normal(size=(x.shape[1], len(projects.PROJECTS[name].classes) or 300))
    mean, std = x.mean(axis=0), x.std(axis=0) + 1e-7
    blind = y.mean() if projects.PROJECTS[name].amounts else np.bincount(y).argmax()
    result = graded(name, lambda x: np.full(len(x), blind))
    assert (result.points, result.mistake) == (0, "same-answer-for-all")
    result = graded(name, lambda x: ((x - mean) / std @ w).argmax(axis=1))
    assert (result.points, result.mistake) == (0, "no-better-than-a-guess")


def test_where_a_model_errs():
    of_three = projects.errors("digits", np.full(599, 3))
    assert list(of_three) == [str(k) for k in range(10)] and [k for k, share in of_three.items() if share == 0] == ["3"]
    y = known_answers("diabetes")[1][in_the_exam("diabetes")]
    groups = projects.errors("diabetes", np.full(147, y.mean()))
    assert projects.score("diabetes", np.full(147, y.mean())) == pytest.approx(
        np.sqrt(np.mean(np.square(list(groups.values())))), rel=0.02
    )
    assert groups["92 to 188"] < min(groups["up to 92"], groups["above 188"])


# A person reads the model card


def test_the_model_card_waits_for_a_person():
    from nbformat import NO_CONVERT, read
    from nbgrader.utils import compute_checksum, determine_grade

    cells = read(NOTEBOOK, NO_CONVERT).cells
    (card,) = (cell for cell in cells if cell.metadata.get("nbgrader", {}).get("grade_id") == "model-card")
    card.metadata.nbgrader.checksum = compute_checksum(card)
    assert determine_grade(card) == (0, 4), "untouched: nothing to read"
    card.source += "\nMy model reads digits."
    assert determine_grade(card) == (None, 4), "written: only a person can give the points"
    assert "BEGIN SOLUTION" not in card.source and LESSON["model-card"].rubric.count("1 point") == 4


# The service


def test_the_service_answers_and_stops():
    fastapi, httpx = pytest.importorskip("fastapi"), pytest.importorskip("httpx")
    app = fastapi.FastAPI()
    app.get("/health")(lambda: {"status": "ok"})
    first = serving.serve(app)
    second = serving.serve(app)  # the cell was run again
    try:
        assert not first.runs and second.runs and first.address != second.address
        assert httpx.get(f"{second.address}/health", trust_env=False).json() == {"status": "ok"}
    finally:
        second.stop()
    assert not second.runs and "stopped" in repr(second)
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", int(second.address.rpartition(":")[2]))) != 0
    second.stop()


def test_a_missing_package_is_named_and_stops_nothing(monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "fastapi", None)  # None: an import of it fails
    assert serving.ready() is False
    assert "Not installed here: fastapi" in capsys.readouterr().out


def test_a_service_that_cannot_start_says_so():
    pytest.importorskip("uvicorn")

    async def broken(scope, receive, send):
        message = await receive()
        await send({"type": f"{message['type']}.failed"})

    with pytest.raises(RuntimeError, match="did not start"):
        serving.Service(broken)


# The picture


def test_the_picture_tells_what_travels():
    row = [13.0, 2.0, *range(10), 750.0]
    shares = np.array([[0.1, 0.7, 0.2]])
    reply = LESSON["reply"].reference(shares, NAMES)
    figure, text = request_path({"instances": [row]}, np.array([row]), np.array([row]) / 2, shares, reply, NAMES)
    assert "sends 13.0 2.0 … 750.0 (13 values)" in text and "reads +6.50 +1.00 … +375.00" in text
    assert "0.100 to cultivar A, 0.700 to cultivar B" in text and "names cultivar B, with 0.700" in text
    assert np.allclose([bar.get_width() for bar in figure.axes[3].patches], shares[0])
    assert plots.Picture(figure, text).png.startswith(b"\x89PNG")


def test_the_picture_of_a_refused_request_ends_at_the_check():
    payload = {"rows": [[1, 2]]}
    figure, text = request_path(payload, 'There are no "instances".', None, None, None, NAMES)
    written = [axis.texts[-1].get_text() for axis in figure.axes]
    assert written[2:4] == ["not reached", "not reached"] and written[4].startswith("422")
    assert json.dumps(payload) in text and 'the reply says: There are no "instances".' in text
