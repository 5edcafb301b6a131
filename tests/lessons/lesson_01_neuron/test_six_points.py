"""The game of lesson 01: its score, what is kept of it, and that gradient descent in lesson 05 is never behind."""

import importlib
import itertools
import math

import numpy as np
import pytest
from click.testing import CliRunner

from autograder.cli import main
from course_utils import lessons
from course_utils.exercises import using
from course_utils.lessons.lesson_01_neuron import six_points as game
from course_utils.notebook import games, progress
from course_utils.notebook.context import Notebook

explore = importlib.import_module("course_utils.plots.explore")


def by_hand(w1, w2, b):
    """The score, point by point, with Python's own exponential."""
    total = 0.0
    for (x1, x2), yes in zip(game.POINTS, game.WANTED, strict=True):
        output = 1 / (1 + math.exp(-(w1 * x1 + w2 * x2 + b)))
        total += output if yes else 1 - output
    return total


@pytest.mark.parametrize("knobs", [(0, 0, 0), (1, 1, -1), (4, 3, -3), (-8, 8, 8), (8, 6.5, -8)])
def test_the_score_is_what_the_points_earn(knobs):
    assert game.score(knobs) == pytest.approx(by_hand(*knobs))
    told = game.picture(knobs).alt
    assert f"The score is {by_hand(*knobs):.2f} of 6" in told
    assert f"and {(game.earned(knobs) > 0.5).sum()} of 6 are right" in told


def test_gradient_descent_with_the_functions_of_lesson_05_is_behind_no_place_of_the_sliders():
    lesson = lessons.load("05_gradient_descent")
    slopes, step = lesson["numerical-gradient"].reference, lesson["gradient-step"].reference
    knobs, seen = np.zeros(3), {}
    for k in range(201):
        seen[k] = int((game.earned(knobs) > 0.5).sum()), round(game.score(knobs), 2)
        knobs = np.clip(step(knobs, slopes(lambda at: 6 - game.score(at), knobs, 1e-5), 2.0), -8, 8)
    assert (seen[0], seen[10], seen[200]) == ((0, 3.0), (5, 4.48), (6, 5.35))

    places = np.linspace(-game.END, game.END, round(2 * game.END / game.STEP) + 1)
    assert len(places) ** 3 == 274_625
    w1, w2, b = np.meshgrid(places, places, places, indexing="ij", sparse=True)
    scores = 0.0
    for (x1, x2), yes in zip(game.POINTS, game.WANTED, strict=True):
        scores = scores + 1 / (1 + np.exp((-1 if yes else 1) * (w1 * x1 + w2 * x2 + b)))
    assert scores.shape == (65, 65, 65) and scores.max() <= game.score(knobs)
    assert scores.max() > 5.35, "a learner can draw"


NO_KNOB = [8.25, -9, float("nan"), float("inf"), "1", None, True, [1], 1j]


@pytest.mark.parametrize("value", NO_KNOB, ids=str)
@pytest.mark.parametrize("name", game.NAMES)
def test_what_no_knob_can_show_is_refused(name, value):
    with pytest.raises(ValueError, match=f"`{name}` goes from -8 to 8, .* Choose a number in between"):
        game.six_points(**{name: value})


@pytest.fixture
def shown(monkeypatch, tmp_path):
    """What is shown to a learner at a notebook without widgets."""
    outputs = []
    monkeypatch.setenv("COURSE_HOME", str(tmp_path / "home"))
    for name in ("NBGRADER_EXECUTION", "COURSE_GRADING", "COURSE_BUILD"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(progress, "_unsaved", [])
    monkeypatch.setattr(game, "live", lambda: True)
    monkeypatch.setattr("IPython.display.display", outputs.append)
    with using(Notebook()):
        yield outputs


def test_the_best_is_kept_and_shown_and_nothing_worse(shown):
    game.six_points()
    assert games.kept(*game.GAME) == [] and games.standing() == "", "nobody has played yet"
    assert "You have no score yet" in game.beside([8, 6.5, -8])
    for knobs in [(4, 3, -3), (1, 1, -1), (4, 3.5, -4)]:
        game.six_points(*knobs)
    assert [told.alt.rpartition("are right. ")[2] for told in shown] == [
        "No best score yet.",
        "Best so far: 4.49, with 4, 3, -3.",
        "Best so far: 4.49, with 4, 3, -3.",
        "Best so far: 4.65, with 4, 3.5, -4.",
    ]
    assert games.kept(*game.GAME) == ["4.0 3.0 -3.0", "4.0 3.5 -4.0"]
    assert "\nSix points, the game of lesson 01: 4.65 of 6\n" in CliRunner().invoke(main, ["progress"]).output
    assert game.beside([8, 6.5, -8]) == "Your best in lesson 01: 4.65. Gradient descent: 5.35, 0.71 more."
    assert game.beside([4, 3.5, -4]).endswith("4.65, as much.")


@pytest.mark.parametrize("variable", ["NBGRADER_EXECUTION", "COURSE_GRADING", "COURSE_BUILD"])
def test_a_notebook_that_is_built_or_graded_holds_nobodys_best(shown, monkeypatch, variable):
    game.six_points(4, 3, -3)
    monkeypatch.setattr(game, "live", explore.live)
    monkeypatch.setenv(variable, "1")
    game.six_points(4, 3.5, -4)
    assert "No best score yet" in shown[-1].alt and "You have no score yet" in game.beside([8, 6.5, -8])
    monkeypatch.delenv(variable)
    assert games.kept(*game.GAME) == ["4.0 3.0 -3.0"]


def test_a_record_of_another_form_is_passed_over(shown):
    for text in itertools.chain(["", "4 3", "a b c", "nan 1 1", "9 9 9", "1 2 3 4"], ["1 1 -1"]):
        games.keep(*game.GAME, text)
    assert game.best(games.kept(*game.GAME)) == [1, 1, -1]


def test_a_slider_that_is_turned_keeps_the_best_and_shows_it(shown, monkeypatch):
    ipywidgets = pytest.importorskip("ipywidgets")
    boxes = []
    monkeypatch.setattr(explore, "live", lambda: True)
    monkeypatch.setattr(explore, "show_widget", lambda widget, still: boxes.append(widget))
    game.six_points()
    sliders = [child for child in boxes[0].children if isinstance(child, ipywidgets.FloatSlider)]
    picture = next(child for child in boxes[0].children if "<img" in str(getattr(child, "value", "")))
    for slider, value in zip(sliders, (4, 3, -3), strict=True):
        slider.value = value
    assert "The score is 4.49 of 6, and 5 of 6 are right. Best so far: 4.49" in picture.value
    sliders[0].value = 0
    assert "Best so far: 4.49" in picture.value
