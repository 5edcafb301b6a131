"""Drawings say the same numbers as the lesson's text, and refuse what cannot be drawn."""

import pytest

from course_utils.plots import diagrams


def texts(figure):
    return [text.get_text() for text in figure.axes[0].texts]


def markers(figure, marker):
    return sum(len(line.get_xdata()) for line in figure.axes[0].lines if line.get_marker() == marker)


@pytest.mark.parametrize(
    "sizes, squares, circles, lines",
    [
        ([3, 4, 2], 3, 6, 12 + 8),
        ([1, 1], 1, 1, 1),
        ([4, 5, 3, 2], 4, 10, 20 + 15 + 6),
        ([784, 128, 10], 6, 6 + 10, 36 + 60),
    ],
)
def test_a_network_has_its_symbols_and_lines(sizes, squares, circles, lines):
    figure = diagrams.network(sizes)
    drawn = [line for line in figure.axes[0].lines if line.get_marker() == "None"]
    assert (markers(figure, "s"), markers(figure, "o"), len(drawn)) == (squares, circles, lines)
    assert sum(text == "⋮" for text in texts(figure)) == sum(size > 10 for size in sizes)


def test_counts_are_written_only_when_asked_for():
    said = " ".join(texts(diagrams.network([3, 4, 2], counts=True)))
    assert all(words in said for words in ("= 12 weights", "= 8 weights", "4 biases", "2 biases"))
    assert "bias" not in " ".join(texts(diagrams.network([3, 4, 2])))
    assert texts(diagrams.network([3, 4, 2], named=False)) == []


@pytest.mark.parametrize("sizes", [[3], [3, 0, 2], [2, -1]])
def test_a_network_without_neurons_is_refused(sizes):
    with pytest.raises(ValueError, match="at least one layer of neurons"):
        diagrams.network(sizes)


def test_a_neuron_shows_its_numbers_and_dashes_a_negative_weight():
    figure = diagrams.neuron([0.5, 0.8, 0.3], [0.4, 0.6, -0.2], 0.1)
    assert {"× 0.40", "× 0.60", "× -0.20", "+ 0.10", "total\n0.72", "output\n0.67"} <= set(texts(figure))
    assert (markers(figure, "s"), markers(figure, "D"), markers(figure, "o")) == (3, 1, 2)
    dashed = [line for line in figure.axes[0].lines if line.is_dashed()]
    assert len(dashed) == 1
    with pytest.raises(ValueError, match="3 inputs and 2 weights"):
        diagrams.neuron([1, 2, 3], [1, 2], 0)


def test_a_boundary_lies_where_the_total_is_zero():
    axes = diagrams.boundary((1, 1), -1, {(1, 1): True, (0, 0): False, (0.2, 0.3): False}).axes[0]
    corners = axes.collections[0].get_paths()[0].vertices
    assert corners.sum(axis=1) == pytest.approx(1.0)
    assert [line.get_marker() for line in axes.lines] == ["o", "x", "x"]
    picture = axes.images[0].get_array()
    assert picture[-1, -1] > 0 > picture[0, 0], "bright where the neuron says yes"


def test_a_neuron_that_always_says_yes_has_no_line():
    assert not diagrams.boundary((0, 0), 1, {}).axes[0].collections
    assert not diagrams.boundary((0, 0), 0, {}).axes[0].collections
