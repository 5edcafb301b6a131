"""What lesson 01 promises beyond the table: its worked figures, and demo cells that work before any answer."""

from itertools import pairwise
from typing import ClassVar

import numpy as np
import pytest

from course_utils import lessons, nn
from course_utils.exercises import check, using

lesson = lessons.load("01_neuron")


class Empty:
    namespace: ClassVar[dict] = {}
    in_place = False


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


NO_NEURON = [
    (1, 1j, 1),
    np.array([[1.0, 1.0, -1.5]]),
    (1, 1, -1.5, 0),
    "abc",
    (1, None, 2),
    (1, 1, np.nan),
    3.0,
    [[1], [1], [-1]],
]


@pytest.mark.parametrize("numbers", NO_NEURON, ids=str)
def test_what_is_no_neuron_is_told(numbers):
    result = check(lesson["and-neuron"], {"and_neuron": numbers}, [0])
    assert result.points == 0 and "three numbers" in result.message


def test_a_total_that_is_wrong_is_shown_with_its_sum():
    result = check(lesson["and-neuron"], {"and_neuron": (1, -1, 0.5)}, [0])
    assert result.mistake is None and "1 · 0 + -1 · 0 + (0.5) = 0.5" in result.message


@pytest.mark.parametrize("texts", [("1", "1", "-1.5"), ["1", 1, -1.5], np.array(["1", "1", "-1.5"])], ids=str)
def test_texts_are_no_numbers(texts):
    result = check(lesson["and-neuron"], {"and_neuron": texts}, [0])
    assert result.points == 0 and ("is a text" in result.message or "three numbers" in result.message)


@pytest.mark.parametrize("numbers", [(0.1, 0.2, -0.3), (0.7, 0.1, -0.8)], ids=str)
def test_a_total_that_is_0_on_paper_is_not_above_0(numbers):
    assert check(lesson["and-neuron"], {"and_neuron": numbers}, [0]).points == 0


def test_an_input_that_only_it_changes_is_named():
    """What is right in value gets the hint of no mistake that changes something else."""

    def longer(sizes):
        total = sum((before + 1) * here for before, here in pairwise(sizes))
        sizes.append(total)
        return total

    def weighted(x, w, b):
        w *= x
        return w.sum() + b

    result = check(lesson["count-parameters"], {"count_parameters": longer}, [0])
    assert result.mistake is None and "`sizes (3 items became 4)`" in result.message
    result = check(lesson["weighted-sum"], {"weighted_sum": weighted}, [0])
    assert result.mistake is None and "changed its input `w`" in result.message


def test_a_wrong_number_is_told_by_its_name():
    right = lesson["by-hand"].values
    result = check(lesson["by-hand"], {**right, "total": 0.83, "output": ...}, [0])
    assert result.message == "Look at `total`: the number differs." and result.points == 1.2


def test_a_question_is_not_followed_by_a_full_stop():
    result = check(lesson["neuron"], {"neuron": lambda x, w, b: print(x, w, b)}, [0])
    assert result.message.endswith("Is there a `return`?")
