"""Sliders: a still picture where nothing can move, both forms in one output where it can."""

import importlib
import io
import itertools

import numpy as np
import pytest

from course_utils import plots
from course_utils.plots import Picture, clicks

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


def cell(row, column):
    """A table of 3 by 5 with one black cell, beside a plot."""
    figure, axes = plots.figure(1, 2, (6, 3), gridspec_kw={"width_ratios": [3, 1]})
    table = np.ones((3, 5))
    table[row, column] = 0
    axes[0].imshow(table, cmap="gray", vmin=0, vmax=1.3)  # the ground is grey, so that only the cell is black
    axes[0].set_axis_off()
    axes[1].set_axis_off()
    return figure, f"A table in which row {row}, column {column} is black."


def middle(picture):
    """Where in the drawing the black cell is, as parts of its width and height, found in the pixels."""
    from matplotlib.image import imread

    black = imread(io.BytesIO(picture.png))[..., :3].max(axis=2) < 0.1
    return tuple(
        (places.mean() + 0.5) / size for places, size in zip(np.nonzero(black)[::-1], black.shape[::-1], strict=True)
    )


def test_a_click_means_the_place_that_lies_under_it():
    for row, column in itertools.product(range(3), range(5)):
        picture = Picture(*cell(row, column))
        assert clicks.place(picture.figure, *middle(picture)) == (column, row)
    assert clicks.place(picture.figure, 0.95, 0.5) is None, "in the other axes"


def test_a_click_moves_both_sliders_and_draws_once(shown, boxes):
    drawn = []

    def draw_cell(**place):
        drawn.append(place)
        return cell(**place)

    module.explore(draw_cell, click=("column", "row"), row=(0, 2, 1, 0), column=(0, 4, 1, 0))
    row, column, picture, *_, clicked = boxes[0].children
    target = middle(Picture(*cell(2, 3)))
    for text in ("1 2", "x y 3", "1.2 0.5 7", "0.95 0.5 8"):  # cut short, no numbers, outside of picture and axes
        clicked.value = text
    assert drawn == [{"row": 0, "column": 0}]
    clicked.value = f"{target[0]} {target[1]} 9"
    assert (row.value, column.value, drawn[1:]) == (2, 3, [{"row": 2, "column": 3}])
    assert "row 2, column 3" in picture.value and clicked._dom_classes[0] in picture.value
    row.value = 1
    assert drawn[2:] == [{"row": 1, "column": 3}], "the sliders still move the picture"


def test_without_a_click_the_picture_takes_none(shown, boxes):
    module.explore(draw, height=(0, 5, 1, 2))
    assert "onclick" not in boxes[0].children[1].value


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
