"""What only lesson 16 promises: a judge without TensorFlow, figures that hold, a visual that says what it shows."""

from collections import Counter
from itertools import pairwise, product

import numpy as np
import pytest
from scipy.stats import binom

from course_utils import lessons, load_names, nn, plots
from course_utils.lessons.lesson_16_attention.attend import VALUES
from course_utils.lessons.lesson_16_attention.attention_map import attention_map
from course_utils.lessons.lesson_16_attention.common import KEYS, QUERY
from course_utils.lessons.lesson_16_attention.draws import outside_band, softmax
from course_utils.lessons.lesson_16_attention.leaks import leaks
from course_utils.lessons.lesson_16_attention.positions import waves
from tests.exercises.table import checked

LESSON = lessons.load("16_attention")
RNG = np.random.default_rng(16)


def test_the_worked_numbers_of_the_text():
    y, weights = nn.attention(QUERY, KEYS, VALUES)
    assert np.round(weights, 3).tolist() == [[0.422, 0.155, 0.422]] and round(y.item(), 2) == 24.22
    y, weights = nn.attention(QUERY, KEYS, VALUES, [[True, True, False]])
    assert np.round(weights, 3).tolist() == [[0.731, 0.269, 0.0]] and round(y.item(), 2) == 12.69
    assert np.round(waves(3, 4), 4).tolist() == [
        [0, 1, 0, 1],
        [0.8415, 0.5403, 0.0100, 1.0],
        [0.9093, -0.4161, 0.0200, 0.9998],
    ]


def test_the_shares_that_a_blind_reverser_can_reach():
    """The commonest of five random letters, where a place may rule out its own, and of six, where it may not."""
    five = [max(map(row.count, row)) / 5 for row in product("abcdefghij", repeat=5)]
    assert round(np.mean(five), 3) == 0.358
    assert [round(100 * np.mean(np.isclose(five, n / 5)), 1) for n in (1, 2, 3)] == [30.2, 61.2, 8.1]
    assert round(100 * np.mean(np.array(five) > 0.7), 1) == 0.5
    six = RNG.integers(0, 10, (40_000, 6))
    assert abs(np.mean([np.bincount(row).max() / 6 for row in six]) - 0.337) < 0.002


def outputs(mask, x):
    return nn.attention(x, x, x, mask)[0]


@pytest.mark.parametrize(("shift", "expected"), [(0, False), (1, True)])
def test_the_leak_test_finds_a_mask_that_is_one_too_wide(shift, expected):
    rng = np.random.default_rng(0)
    x = rng.normal(size=(5, 4))
    changed = x.copy()
    changed[3] += 1
    mask = np.tri(5, k=shift, dtype=bool)
    assert leaks.reference(outputs(mask, x), outputs(mask, changed), 3) is expected


def test_a_shuffle_of_the_words_shuffles_the_answers():
    rng = np.random.default_rng(0)
    x, order = rng.normal(size=(5, 4)), rng.permutation(5)
    np.testing.assert_allclose(outputs(None, x[order]), outputs(None, x)[order])
    placed = waves(5, 4)
    assert not np.allclose(outputs(None, x[order] + placed), outputs(None, x + placed)[order])


def test_an_answer_that_turns_the_triangle_round_reads_why():
    result = checked(LESSON["causal-mask"], lambda n: np.tri(n, dtype=bool).T, 5)
    assert result.mistake == "looks-ahead" and "wrong way round" in result.message


@pytest.mark.parametrize("word", [0, 2])
def test_the_map_says_what_it_shows(word):
    weights = np.array([[1.0, 0, 0], [0.4, 0.6, 0], [0.1, 0.7, 0.2]])
    figure, text = attention_map(weights, ["the", "cat", "sat"], word, "one head")
    assert text.startswith("one head. Attention weights of 3 words.")
    assert ["Most at the.", None, "Most at cat."][word] in text
    assert plots.Picture(figure, text).png.startswith(b"\x89PNG")
    written = [label.get_text() for label in figure.axes[0].texts]
    assert written == ["1.00", "·", "·", "0.40", "0.60", "·", "0.10", "0.70", "0.20"]


def test_the_map_refuses_weights_that_do_not_fit_the_words():
    with pytest.raises(ValueError, match="3 words need weights of shape"):
        attention_map(np.eye(2), ["a", "b", "c"], 0)


@pytest.mark.parametrize("share", [0.002, 0.037, 0.09, 0.44, 0.665])
def test_the_band_of_the_draws_is_wide_enough_for_chance_and_too_narrow_for_half_the_share(share):
    """By SciPy's binomial: a right count leaves the band once in a million draws; one of half the share is out."""
    draws, shares = 400, np.array([share, 1 - share])
    fits = [n for n in range(draws + 1) if outside_band([0] * n + [1] * (draws - n), shares) is None]
    assert fits == list(range(fits[0], fits[-1] + 1))
    assert binom.cdf(fits[-1], draws, share) - binom.cdf(fits[0] - 1, draws, share) > 1 - 1e-6
    if share > 0.4:
        assert binom.sf(fits[0] - 1, draws, share / 2) < 0.01


def test_the_worked_numbers_of_drawing():
    assert np.round(softmax(np.array([6.0, 3.0, 0.0]) / 3), 3).tolist() == [0.665, 0.245, 0.09]
    assert softmax(np.log([0.9, 0.1]) / 2) == pytest.approx([0.75, 0.25])


def test_the_worked_pair_of_the_bigram_model():
    after = Counter(following for name in load_names().train for letter, following in pairwise(name) if letter == "q")
    ends = sum(name.endswith("q") for name in load_names().train)
    assert (after, ends) == ({"u": 44, "i": 1}, 0)


@pytest.mark.parametrize(
    ("forgotten", "told"),
    [
        (lambda logits, temperature, rng: rng.choice(len(logits), p=logits / temperature), "softmax"),
        (lambda logits, temperature, rng: rng.choice(len(logits), p=np.exp(logits / temperature)), "together 1"),
    ],
)
def test_shares_that_are_none_are_told_in_plain_words(forgotten, told):
    result = checked(LESSON["sample"], forgotten, 0)
    assert result.points == 0 and "Shares" in result.message and told in result.message, result.message
