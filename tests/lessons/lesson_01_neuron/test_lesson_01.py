"""What lesson 01 promises beyond the table: its worked figures, and demo cells that work before any answer."""

from typing import ClassVar

import numpy as np
import pytest

from course_utils import lessons, nn
from course_utils.exercises import check, using

lesson = lessons.load("01_neuron")


class Empty:
    namespace: ClassVar[dict] = {}


def test_the_worked_figures_of_the_lesson():
    assert nn.weighted_sum([0.5, 0.8, 0.3], [0.4, 0.6, 0.2], 0.1) == pytest.approx(0.84)
    assert round(float(nn.sigmoid(0.84)), 2) == 0.70
    assert nn.weighted_sum([0.8, 0.9, 0.3], [0.3, 0.6, -0.5], 0) == pytest.approx(0.63)
    assert lesson["count-parameters"].reference([3, 4, 2]) == 26
    assert lesson["count-parameters"].reference([784, 128, 10]) == 101_770


def test_demo_cells_get_three_numbers_before_the_exercise_is_solved(capsys):
    with using(Empty()):
        assert len(lesson.yours("and-neuron")) == 3
    assert "until yours passes" in capsys.readouterr().out


NO_NEURON = [(1, 1), (1, 1, -1.5, 0), "abc", (1, None, 2), (1, 1, np.nan), 3.0, [[1], [1], [-1]]]


@pytest.mark.parametrize("numbers", NO_NEURON, ids=str)
def test_what_is_no_neuron_is_told(numbers):
    result = check(lesson["and-neuron"], {"and_neuron": numbers}, [0])
    assert result.points == 0 and "three numbers" in result.message


def test_a_total_that_is_wrong_is_shown_with_its_sum():
    result = check(lesson["and-neuron"], {"and_neuron": (3, -5, -1)}, [0])
    assert result.mistake is None and "3 · 1 + -5 · 0 + (-1) = 2" in result.message


def test_a_wrong_number_is_told_by_its_name():
    right = lesson["by-hand"].values
    result = check(lesson["by-hand"], {**right, "total": 0.83, "output": ...}, [0])
    assert result.message == "Look at `total`: the number differs." and result.points == 1.2


def test_a_question_is_not_followed_by_a_full_stop():
    result = check(lesson["neuron"], {"neuron": lambda x, w, b: print()}, [0])
    assert result.message.endswith("Is there a `return`?")
