"""What lesson 14 promises of its need for memory: the letters, the slopes, the gates, the cell and the twins."""

import json
import re
from collections import Counter
from itertools import pairwise

import numpy as np
import pytest

from course_utils import lessons, nn
from course_utils.environment import import_tensorflow
from course_utils.lessons.lesson_14_rnn_lstm import cell_picture, pictures, twins
from course_utils.lessons.lesson_14_rnn_lstm.cell_by_hand import EXAM, by_hand, wanted
from course_utils.lessons.lesson_14_rnn_lstm.letters import as_numbers, gates, letter_rows, reach, spelled
from course_utils.lessons.lesson_14_rnn_lstm.twins import negated, numbered, twin_sentences
from tests.lessons.lesson_14_rnn_lstm.test_lesson_14 import NOTEBOOK, cells

LESSON = lessons.load("14_rnn_lstm")
RNG = np.random.default_rng(14)


@pytest.mark.parametrize("small", [0, 5, 60])
def test_a_row_has_two_capitals_of_different_letters_and_then_small_ones(small):
    letters, capitals = letter_rows(RNG, 200, small)
    for row, marks in zip(letters, capitals, strict=True):
        text = spelled(row, marks).replace(" ", "")
        first, last = re.findall("[A-D]", text)
        assert first != last and re.fullmatch(f"[a-dA-D]*[A-D][a-d]{{{small}}}", text)
    assert len(np.unique(letters[:, -1 - small])) == 4, "every letter is an answer"


def test_letters_as_numbers_say_which_letter_and_whether_a_capital():
    assert as_numbers(np.array([[1, 0]]), np.array([[0, 1]])).tolist() == [[[0, 1, 0, 0, 0], [1, 0, 0, 0, 1]]]


def test_the_worked_row_of_exercise_5():
    text = "\n".join(cells("markdown"))
    letters, capitals = np.array([1, 0, 3, 2, 1]), np.array([0, 1, 0, 1, 0])
    assert f"For the row {spelled(letters, capitals)} the letters are 1 0 3 2 1" in text
    assert "the answer is 2" in text
    assert LESSON["last-capital"].reference(letters[None], capitals[None]).tolist() == [2]


def test_the_worked_powers_of_the_keep_gate():
    text = "\n".join(cells("markdown"))
    for base, rows in ((nn.sigmoid(1.0), "0.731⁵ = 0.209 | 0.000000007"), (nn.sigmoid(3.0), "0.9526⁵ = 0.784 | 0.054")):
        assert rows in text
        near, far = rows.split("= ")[1].split(" | ")
        assert f"{base**5:.3f}" == near and f"{base**60:.{len(far) - 2}f}" == far
    assert f"| {0.99**5:.3f} | {0.99**60:.3f} |" in text and f"1.1⁶⁰ = {1.1**60:.0f}" in text


@pytest.mark.parametrize("keep", [0.5, 0.9, 1.1])
def test_the_share_of_the_slope_is_a_power_where_each_step_multiplies_by_the_same(keep):
    layer = nn.SimpleRNN(6, activation=None, seed=1)
    layer.build((None, None, 5))
    layer.params["recurrent_kernel"][:] = keep * np.eye(6)
    assert reach(layer, 7, np.random.default_rng(0)) == pytest.approx(keep**7, rel=1e-5)


def test_the_gates_that_are_drawn_are_those_of_keras():
    import_tensorflow()
    import keras

    keras.utils.set_random_seed(14)
    layer = keras.layers.LSTM(3, return_sequences=True)
    x = RNG.normal(size=(1, 6, 5)).astype("float32")
    theirs = layer(x).numpy()[0]
    seen = gates(layer.get_weights(), x[0])
    np.testing.assert_allclose(seen["h"], theirs, atol=1e-6)
    np.testing.assert_allclose(seen["h"], seen["o"] * np.tanh(seen["c"]), atol=1e-6)
    assert all(((seen[gate] > 0) & (seen[gate] < 1)).all() for gate in "ifo")


def test_the_cell_by_hand_remembers_in_keras_too():
    import_tensorflow()
    import keras

    kernel, bias = by_hand()
    layer = keras.layers.LSTM(1)
    layer.build((None, None, 2))
    layer.set_weights([kernel, np.zeros((1, 4)), bias])
    for words in EXAM:
        memory = layer(words[None].astype("float32")).numpy().item()
        assert memory * wanted(words) > 0.7, words


def test_the_exam_asks_for_all_that_the_text_promises():
    capitals = [int(words[:, 1].sum()) for words in EXAM]
    assert min(capitals) == 1 and max(capitals) > 2
    after = [len(words) - 1 - np.flatnonzero(words[:, 1])[-1] for words in EXAM]
    before = [np.flatnonzero(words[:, 1])[0] for words in EXAM]
    assert max(after) == max(before) == 60
    assert {wanted(words) for words in EXAM} == {1, -1}


WEIGHTS = (np.array([[1.0, -1, 2, 0.5]]), np.array([[0.5, 0.5, -0.5, 1]]), np.array([0.0, 1, 0, 0]))
WORDS = np.array([[1.0], [0], [-1], [0]])


def test_the_drawn_cell_computes_what_the_layer_computes():
    states = gates(WEIGHTS, WORDS)
    for word in range(1, 5):
        n = cell_picture.numbers(WORDS, WEIGHTS, word)
        assert n["new_h"] == pytest.approx(states["h"][word - 1, 0])
        assert n["new_c"] == pytest.approx(states["c"][word - 1, 0])
    for before, after in pairwise(cell_picture.numbers(WORDS, WEIGHTS, word) for word in range(1, 5)):
        assert (after["h"], after["c"]) == pytest.approx((before["new_h"], before["new_c"]))


@pytest.mark.parametrize("part", [1, 2, 3, 4, 5])
def test_the_text_of_the_drawn_cell_goes_as_far_as_its_part(part):
    made, text = cell_picture.cell(WORDS, WEIGHTS, 2, part)
    said = ["sums i", "i = ", "f·c = ", "new c = ", "new h = "]
    assert [phrase in text for phrase in said] == [number <= part for number in range(1, 6)]
    drawn = "\n".join(shown.get_text() for shown in made.axes[0].texts)
    assert ("new h =\n" in drawn) == (part == 5) and ("f = 0." in drawn) == (part >= 2)


def test_the_text_of_the_gates_over_letters_says_what_is_drawn():
    hand = np.zeros((5, 4)), np.zeros((1, 4)), by_hand()[1]
    hand[0][:4, 2], hand[0][4] = [10, 10, -10, -10], [20, -20, 0, 0]  # a and b are remembered as 1, c and d as -1
    letters, capitals = np.array([1, 0, 2, 3, 1]), np.array([1, 0, 0, 1, 0])
    _, text = pictures.over_letters(hand, letters, capitals, 0)
    assert "over the row B a c D b." in text
    assert "B: write 1.00, keep 0.00, memory 1.00; D: write 1.00, keep 0.00, memory -1.00" in text
    assert "b: write 0.00, keep 1.00, memory -1.00" in text and "write is at most 0.00 and keep at least 1.00" in text


def test_the_unit_that_writes_is_the_one_that_asks_for_capitals():
    kernel, bias = np.zeros((5, 12)), np.zeros(12)
    kernel[4, 1], bias[1] = 8.0, -4.0  # of three units, the write gate of the second
    assert pictures.writer((kernel, np.zeros((3, 12)), bias), 10) == 1


def test_the_text_of_the_gates_over_a_review_has_a_verdict_for_every_word():
    x = RNG.normal(size=(4, 1))
    _, text = pictures.over_sentence(WEIGHTS, lambda h: 1 + 0 * h, "a fine film", x)
    assert "Probability of a positive review after each word: <start> 1.00, a 1.00, fine 1.00, film 1.00." in text
    seen = gates(WEIGHTS, x)
    keep, memory = seen["f"], seen["c"][:, 0]
    told = ", ".join(f"{word} {c:.2f}" for word, c in zip(("<start>", "a", "fine", "film"), memory, strict=True))
    assert f"between {keep.min():.2f} and {keep.max():.2f}. Memory after each word: {told}." in text


def test_the_text_tells_of_our_run_what_the_cells_of_the_solution_printed():
    notebook = json.loads((NOTEBOOK.parents[2] / "solutions" / NOTEBOOK.parent.name / NOTEBOOK.name).read_text("utf-8"))
    outputs = [output for cell in notebook["cells"] for output in cell.get("outputs", ())]
    printed = "\n".join("".join(o.get("text") or o.get("data", {}).get("text/plain", ())) for o in outputs)
    text = re.sub(r"\s+", " ", " ".join(cells("markdown")))
    for told, shown in (
        ("between 0.71 and 0.76", "The keep gate stays between 0.71 and 0.76. "),
        ("$c$ goes from 0.08 to −0.29", "a 0.08, mess -0.29. "),
        ("0.29 for *not good it is bad*", "not good it is bad: 0.29"),
        ("0.21 for *not bad it is good*", "not bad it is good: 0.21"),
        (
            "−0.77 at the B and −0.55 after 14",
            "B: write 0.94, keep 0.08, memory -0.77; a: write 0.00, keep 1.00, memory -0.55",
        ),
        ("a C begins at −0.59", "C: write 0.96, keep 0.11, memory -0.59"),
        ("over 60 letters is 4,", "the same, trained: over 60 letters a share of 4"),
    ):
        assert told in text and shown in printed, told
    with_negation = re.findall(r"([\d.]+)% of 425 with a negation", printed)
    assert [round(float(share) * 4.25) for share in with_negation] == [307, 311]
    assert "311 of the 425 sentences against 307" in text


def test_the_first_word_of_the_drawn_cell_as_the_text_works_it_out():
    n, text = cell_picture.numbers(WORDS, WEIGHTS, 1), "\n".join(cells("markdown"))
    assert [n[f"z_{part}"] for part in "ifgo"] == [1, 0, 2, 0.5]
    found = [f"{n[part]:.2f}" for part in (*"ifgo", "new_c", "new_h")]
    assert found == ["0.73", "0.50", "0.96", "0.62", "0.70", "0.38"]
    assert "0.73 · 0.96 = 0.70" in text and "0.62 · tanh 0.70 = 0.38" in text


def test_the_text_of_a_curve_says_its_numbers():
    text = pictures.by_length({"RNN": [0.25, 0.3], "LSTM": [1.0, 0.995]}, [5, 60]).alt
    assert "after 5, 60 small letters" in text and "RNN 25%, 30%; LSTM 100%, 100%." in text
    assert "5, 60 letters back: new RNN 0.4, 2e-05." in pictures.slopes_by_length({"new RNN": [0.4, 2e-5]}, [5, 60]).alt


def test_twins_have_the_same_words_and_opposite_verdicts():
    texts, praise, kept = twin_sentences()
    stated = re.search(r"([\d,]+) made sentences.* (\d+) are kept", " ".join("".join(cells("markdown")).split()))
    assert (len(texts), kept.sum()) == tuple(int(number.replace(",", "")) for number in stated.groups())
    assert len(set(texts)) == len(texts)
    for one, other in zip(texts[::2], texts[1::2], strict=True):
        assert Counter(one.split()) == Counter(other.split())
    assert praise[::2].all() and not praise[1::2].any() and (kept[::2] == kept[1::2]).all()


def test_words_that_meet_in_a_test_sentence_never_met_in_training():
    texts, _, kept = twin_sentences()
    rows, vocabulary = numbered(texts)
    judging = {vocabulary.index(word) + 1 for word in twins.GOOD + twins.BAD}
    met = [{frozenset(judging & set(row.tolist())) for row in rows[part]} for part in (~kept, kept)]
    assert all(len(pair) == 2 for pairs in met for pair in pairs) and not met[0] & met[1]
    assert set(rows[kept].ravel().tolist()) <= set(rows[~kept].ravel().tolist()), "every word occurs in training"


@pytest.mark.parametrize(
    ("text", "found"),
    [("not bad", True), ("it isn't dull", True), ("no plot", True), ("a knot", False), ("notable", False)],
)
def test_a_negation_is_a_word_of_its_own(text, found):
    assert negated(text) is found
