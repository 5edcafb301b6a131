"""What only lesson 18 promises: the NumPy of its judge is Keras's, its pictures count rightly, clothes stop nothing."""

import gzip

import numpy as np
import pytest

from course_utils import lessons
from course_utils.environment import keras
from course_utils.exercises import check
from course_utils.lessons.lesson_18_transfer_learning import data, networks, pictures
from course_utils.lessons.lesson_18_transfer_learning.repair_chalk import learned

LESSON = lessons.load("18_transfer_learning")
RNG = np.random.default_rng(18)


@pytest.mark.parametrize(
    ("maker", "weights", "features", "x"),
    [
        (networks.row_network, networks.row_weights, networks.row_features, RNG.normal(size=(5, 4))),
        (networks.image_network, networks.image_weights, networks.image_features, RNG.uniform(size=(3, 10, 10, 1))),
    ],
    ids=["rows", "images"],
)
def test_the_judge_computes_what_keras_computes(maker, weights, features, x):
    network = maker()
    assert all(np.array_equal(a, b) for a, b in zip(network.get_weights(), weights(), strict=True))
    body = keras.Sequential(network.layers[:-1])
    assert np.allclose(np.asarray(body(x.astype(np.float32))), features(x), atol=1e-5)
    assert features(x).std(axis=0).max() > 0.1, "features that differ, so that a wrong answer can be told"


def test_the_counts_are_those_of_the_network():
    layers = keras.layers
    body = [
        keras.Input((28, 28, 1)),
        layers.Conv2D(16, 3),
        layers.MaxPooling2D(2),
        layers.Conv2D(32, 3),
        layers.MaxPooling2D(2),
        layers.Flatten(),
        layers.Dense(64),
    ]
    right = LESSON["count-trainable"].values
    assert keras.Sequential(body).count_params() == right["frozen"]
    assert keras.Sequential([*body, layers.Dense(5)]).count_params() == right["all_trainable"]
    assert keras.Sequential([*body, layers.Dense(10)]).count_params() == right["frozen"] + right["old_head"] == 56_714


def test_a_second_network_head_is_told_by_its_hint():
    def with_new_head(make_network, classes):
        network = make_network()
        network.trainable = False
        model = keras.Sequential([*network.layers, keras.layers.Dense(classes, activation="softmax")])
        model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
        return model

    result = check(LESSON["with-new-head"], {"with_new_head": with_new_head}, [0])
    assert (result.mistake, result.points) == ("head-on-head", 0)


def test_the_small_digits_stand_in_mnists_frame():
    images, labels = data.small_digits()
    assert images.shape == (1797, 28, 28) and images.dtype == np.float32 and set(labels) == set(range(10))
    assert images.max() <= 1 and images.min() >= 0
    inside = images[:, 4:24, 4:24].sum()
    assert np.isclose(inside, images.sum()) and images[:, 4, 4:24].max() > 0, "a margin of 4, and not more"
    assert data.small_digits(framed=False)[0][:, 0].max() > 0


def test_enlarging_keeps_the_mean_of_an_even_image():
    assert np.allclose(data.enlarge(np.full((2, 8, 8), 0.5), 20), 0.5)


def test_restart_forgets():
    model = networks.row_network()
    model.compile("adam", "sparse_categorical_crossentropy")
    x, y = RNG.normal(size=(16, 4)).astype(np.float32), RNG.integers(0, 2, 16)
    runs = []
    for _ in range(2):
        networks.restart(model, networks.row_weights(), 0.01)
        model.fit(x, y, batch_size=16, shuffle=False, verbose=0)
        runs.append(model.get_weights())
    assert all(np.allclose(a, b, atol=1e-7) for a, b in zip(*runs, strict=True))
    assert not np.allclose(runs[0][0], networks.row_weights()[0])


@pytest.mark.parametrize(
    ("picture", "words"),
    [
        (
            pictures.samples({"one": np.zeros((3, 8, 8)), "two": np.ones((4, 8, 8))}),
            ["3 images in each of 2 rows", "one; two"],
        ),
        (
            pictures.by_labels({"a": {1: [0.5, 0.7], 10: [0.9]}, "b": {1: [0.2], 10: [0.3]}}, "X → Y"),
            ["a: 60 % with 1, 90 % with 10", "b: 20 % with 1"],
        ),
        (pictures.by_rate({0.001: 0.9, 0.1: 0.1}, 0.85), ["90.0% at 0.001, 10.0% at 0.1", "Before it was 85.0%"]),
        (
            pictures.map_of(np.repeat(np.eye(3), 4, axis=0), np.repeat(np.arange(3), 4), "corners"),
            ["12 digits of 3 kinds", "100% of them lie nearest"],
        ),
    ],
    ids=["samples", "by_labels", "by_rate", "map_of"],
)
def test_the_text_says_what_is_shown(picture, words):
    assert all(part in picture.alt for part in words), picture.alt
    assert picture.png.startswith(b"\x89PNG")


def test_clothes_are_read_from_kerass_files_or_a_sentence_says_why_not(tmp_path, monkeypatch):
    monkeypatch.setenv("COURSE_OFFLINE", "1")
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    monkeypatch.delenv("COURSE_DATA_DIR", raising=False)
    assert "COURSE_OFFLINE is set" in data.load_fashion()
    folder = tmp_path / "datasets" / "fashion-mnist"
    folder.mkdir(parents=True)
    pixels = RNG.integers(0, 256, (5, 28, 28), dtype=np.uint8)
    for name, head, body in zip(data.FASHION, (16, 8), (pixels, np.arange(5, dtype=np.uint8)), strict=True):
        (folder / name).write_bytes(gzip.compress(bytes(head) + body.tobytes()))
    images, labels = data.load_fashion()
    assert np.array_equal(images, pixels) and labels.tolist() == [0, 1, 2, 3, 4]
    (folder / data.FASHION[0]).write_bytes(b"not a gzip file")
    assert "cannot be read" in data.load_fashion()


def test_a_network_without_answer_costs_no_long_wait(tmp_path, monkeypatch):
    monkeypatch.delenv("COURSE_OFFLINE", raising=False)
    monkeypatch.delenv("COURSE_DATA_DIR", raising=False)
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    monkeypatch.setattr(data, "no_answer", lambda: "no network (planted)")
    assert "there is no network (planted)" in data.load_fashion()


def test_the_body_of_the_repair_reads_and_no_weight_is_larger_than_a_step_of_the_high_rate():
    kernel, bias = learned()
    assert (kernel.shape, bias.shape) == ((784, 64), (64,))
    assert np.abs(kernel).max() < 0.32, "as the second program is told"
    known, x, y, new, truth, _ = LESSON["repair-chalk"].draw(0)[0].args
    assert np.bincount(y, minlength=10).min() > 0 and x.mean() > 0.5 and new.mean() > 0.5, "the ground is 1"
    middles = [np.maximum(0, (1 - rows).reshape(-1, 784) @ known[0] + known[1]) for rows in (x, new)]
    nearest = [
        np.argmin([np.abs(row - middles[0][y == k].mean(axis=0)).sum() for k in range(10)]) for row in middles[1]
    ]
    assert np.mean(nearest == truth) > 0.7, "its features tell digits apart that it has never seen"
