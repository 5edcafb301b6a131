"""What only lesson 14 promises: its figures, Keras's mask and first bias, its small world of sentences, its judge."""

import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from course_utils import lessons, load_reviews, nn
from course_utils.environment import import_tensorflow
from course_utils.lessons.lesson_14_rnn_lstm.build_classifier import classifier
from course_utils.lessons.lesson_14_rnn_lstm.pad import padded
from course_utils.lessons.lesson_14_rnn_lstm.read_sequence import all_memories

LESSON = lessons.load("14_rnn_lstm")
NOTEBOOK = Path(__file__).parents[3] / "lessons" / "14_rnn_lstm" / "14_rnn_lstm.ipynb"


def cells(kind):
    notebook = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    return ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == kind]


@pytest.fixture(scope="module")
def world():
    """The names that the cell with the small world of sentences defines."""
    (source,) = [source for source in cells("code") if "\nPLACES = " in source]
    names = {"np": np}
    exec(source, names)
    return names


def test_the_worked_numbers_of_the_text():
    text = "\n".join(cells("markdown"))
    one = np.array([[1.0]])
    h = all_memories(np.array([[[1.0], [0.0], [0.0]]]), one, 0.5 * one, np.array([0.25]))[0, :, 0]
    back = 0.5 * (1 - h**2)  # the slope of a memory with respect to the one before
    c = 0.9 * 2 + 0.5 * -1
    for number, shown in [
        (h[0], "tanh(1.25) = 0.8483"),
        (h[1], "tanh(0.6741) = 0.5877"),
        (h[2], "tanh(0.5439) = 0.4959"),
        (back[2], "(1 − 0.4959²) = 0.377"),
        (back[1], "(1 − 0.5877²) = 0.327"),
        (back[1] * back[2], "0.377 · 0.327 = 0.123"),
        (c, "0.5 \\cdot (-1) = 1.3"),
        (np.tanh(c), "\\tanh(1.3) = 0.8617"),
        (nn.sigmoid(1.0), "σ(1) = 0.73"),
    ]:
        figure = shown.rpartition("= ")[2]
        assert shown in text and f"{number:.{len(figure) - 2}f}" == figure, shown


def test_the_slopes_back_through_the_steps_are_those_of_finite_differences():
    def after(first):
        """The memories of steps 2 and 3 of the worked example when that of step 1 is `first`."""
        weights = np.eye(1), 0.5 * np.eye(1), np.array([0.25])
        second = nn.simple_rnn_step(np.zeros((1, 1)), np.array([[first]]), *weights)
        return np.array([second, nn.simple_rnn_step(np.zeros((1, 1)), second, *weights)])

    slopes = (after(np.tanh(1.25) + 1e-5) - after(np.tanh(1.25) - 1e-5)).ravel() / 2e-5
    assert np.round(slopes, 3).tolist() == [0.327, 0.123]


def test_the_parameters_are_those_that_keras_counts():
    import_tensorflow()
    counted = LESSON["count-parameters"].reference()
    model = classifier(10_000, 128, 64)
    embedding, lstm, dense = [layer.count_params() for layer in model.layers]
    assert (embedding, lstm, embedding + lstm + dense) == tuple(counted.values()) == (1_280_000, 49_408, 1_329_473)
    small = classifier(50, 6, 5)
    assert [layer.count_params() for layer in small.layers] == [300, 240, 6], "the worked numbers of section 7"
    assert 130 <= model.count_params() / 10_001 < 135, "130 times as many as the bag of words with its 10,000 + 1"


def test_padding_changes_nothing_with_a_mask_and_something_without():
    import_tensorflow()
    import keras

    keras.utils.set_random_seed(14)
    masked = classifier(50, 6, 5)
    unmasked = keras.Sequential([keras.layers.Embedding(50, 6), keras.layers.LSTM(5), keras.layers.Dense(1, "sigmoid")])
    words = [np.random.default_rng(14).integers(1, 50, 7)]
    short, long = padded(words, 7), padded(words, 20)
    plain = masked(short).numpy()
    unmasked(short)
    unmasked.set_weights(masked.get_weights())
    np.testing.assert_allclose(masked(long).numpy(), plain, atol=1e-6)
    np.testing.assert_allclose(unmasked(short).numpy(), plain, atol=1e-6)
    assert np.abs(unmasked(long).numpy() - plain).max() > 1e-4


def test_a_new_lstm_begins_with_an_open_keep_gate():
    import_tensorflow()
    bias = classifier(50, 6, 5).layers[1].get_weights()[2]
    assert bias.tolist() == [0] * 5 + [1] * 5 + [0] * 10


def test_the_small_world_is_what_the_text_says(world):
    sentences, held_out = world["sentences"], world["held_out"]
    unseen = {sentence for sentence, kept in zip(sentences, held_out, strict=True) if kept}
    seen = set(sentences) - unseen
    assert (len(set(sentences)), len(unseen), len(seen), len(world["vocabulary"])) == (48, 8, 40, 16)
    assert "the cat sat on the mat" in unseen
    assert {word for s in unseen for word in s.split()} <= {word for s in seen for word in s.split()}
    assert world["numbers"].shape == (48, 6), "six words each, so five pairs"
    assert {(s.split()[1], s.split()[-1]) for s in sentences} == set(world["PLACES"].items())
    assert len(world["PLACES"]) == len(set(world["PLACES"].values())) == 4


def test_after_the_each_animal_and_place_follows_equally_often(world):
    read, say = LESSON["next-words"].reference(world["numbers"][~world["held_out"]])
    follows = Counter(say[read == world["vocabulary"].index("the")].tolist())
    assert sorted(world["vocabulary"][k] for k in follows) == sorted([*world["PLACES"], *world["PLACES"].values()])
    assert len(set(follows.values())) == 1 and len(follows) == 8


def test_the_two_sentences_of_the_first_paragraph_have_the_same_words_in_another_order():
    bad, good = map(load_reviews(10_000).encode, ("Not good, it is bad.", "Not bad, it is good."))
    assert sorted(bad) == sorted(good) and list(bad) != list(good) and 2 not in bad


def test_the_way_back_agrees_with_tensorflow_s_tape_through_keras_s_layer():
    import_tensorflow()
    import keras
    import tensorflow as tf

    rng = np.random.default_rng(14)
    words, dh = rng.normal(size=(2, 6, 3)), rng.normal(size=(2, 4))
    layer = keras.layers.SimpleRNN(4, return_sequences=True, dtype="float64")
    layer.build(words.shape)
    layer.set_weights([rng.normal(size=w.shape) for w in layer.get_weights()])
    with tf.GradientTape() as tape:
        memories = layer(words)
        loss = tf.reduce_sum(memories[:, -1] * dh)
    theirs = tape.gradient(loss, [weight.value for weight in layer.trainable_variables])
    mine = LESSON["through-time"].reference(dh, words, memories.numpy(), layer.get_weights()[1])
    for a, b in zip(mine, theirs, strict=True):
        assert np.allclose(a, b, rtol=1e-9, atol=1e-12)
