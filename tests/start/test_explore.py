"""Sliders: a still picture where nothing can move, both forms in one output where it can."""

import importlib

import pytest

from course_utils import plots
from course_utils.plots import Picture

module = importlib.import_module("course_utils.plots.explore")


def draw(height):
    figure, axes = plots.figure(size=(1, 1))
    axes.plot([0, 1], [0, height])
    return figure, f"A line that rises to {height:g}."


@pytest.fixture
def shown(monkeypatch):
    outputs = []
    monkeypatch.setattr("IPython.display.display", lambda thing, raw=False: outputs.append(thing))
    return outputs


def test_without_a_reader_there_is_one_still_picture(shown):
    module.explore(draw, height=(0, 5, 1, 2))
    assert [type(thing) for thing in shown] == [Picture] and shown[0].alt == "A line that rises to 2."


@pytest.fixture
def boxes(monkeypatch):
    """The boxes that were made, of ipywidgets as if it were 7 or 8, in a notebook with a reader."""
    ipywidgets = pytest.importorskip("ipywidgets")
    made = []

    class Box(ipywidgets.VBox):
        _repr_mimebundle_ = None  # only in ipywidgets 8; _ipython_display_ is only in 7

        def __init__(self, children):
            super().__init__(children)
            made.append(self)

    monkeypatch.setattr(ipywidgets, "VBox", Box)
    monkeypatch.setattr(module, "live", lambda: True)
    return made


def test_with_a_reader_widget_and_picture_are_one_output(shown, boxes):
    module.explore(draw, height=(0, 5, 1, 2))
    (output,) = shown
    assert output["application/vnd.jupyter.widget-view+json"]["model_id"] == boxes[0].model_id
    assert "rises to 2" in output["text/html"] and "rises to 2" in output["text/plain"]


@pytest.mark.parametrize("colab", [False, True])
def test_the_picture_follows_the_slider(shown, boxes, monkeypatch, colab):
    monkeypatch.setattr(module, "on_colab", lambda: colab)
    module.explore(draw, height=(0, 5, 1, 2))
    assert (shown == boxes) is colab  # on Colab the widget itself is the output
    slider, picture, _ = boxes[0].children
    assert "rises to 2" in picture.value
    slider.value = 4
    assert "rises to 4" in picture.value


def test_a_label_has_a_title_of_its_own(shown, boxes):
    """JupyterLab shows "null" for a label without one."""
    module.explore(draw, height=(0, 5, 1, 2))
    slider = boxes[0].children[0]
    assert (slider.tooltip if slider.has_trait("tooltip") else slider.description_tooltip) == "height, 0 to 5"


@pytest.mark.parametrize("name", ["NBGRADER_EXECUTION", "COURSE_GRADING", "COURSE_BUILD"])
def test_nothing_moves_while_grading_or_building(name, monkeypatch):
    class Shell:
        kernel = object()

    monkeypatch.setattr("IPython.get_ipython", Shell)
    for other in ("NBGRADER_EXECUTION", "COURSE_GRADING", "COURSE_BUILD"):
        monkeypatch.delenv(other, raising=False)
    assert module.live()
    monkeypatch.setenv(name, "1")
    assert not module.live()
