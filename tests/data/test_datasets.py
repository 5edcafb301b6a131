"""Where data comes from, in which order, and what is said when it is damaged or out of reach."""

from __future__ import annotations

import contextlib
import hashlib
import http.server
import importlib
import json
import os
import re
import threading
from pathlib import Path

import numpy as np
import pytest

from course_utils.data import loaders as datasets
from course_utils.data import samples, search
from course_utils.data.loaders import DataError, load_mnist, load_reviews
from course_utils.data.names import load_names
from course_utils.environment import import_tensorflow

REAL = os.environ.get("COURSE_DATA_DIR")
needs_real_data = pytest.mark.skipif(not REAL, reason="COURSE_DATA_DIR names no folder with mnist.npz and imdb.npz")

WORDS = {"the": 1, "film": 2, "good": 3, "bad": 4}


@pytest.fixture(autouse=True)
def empty_places(tmp_path, monkeypatch):
    """No folder of one's own, an empty Keras cache, no network; each test fills what it needs."""
    monkeypatch.delenv("COURSE_DATA_DIR", raising=False)
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "keras"))
    monkeypatch.setenv("COURSE_OFFLINE", "1")
    search.no_answer.cache_clear()
    yield
    search.no_answer.cache_clear()


def write_mnist(folder: Path, n: int) -> Path:
    rng = np.random.default_rng(n)
    folder.mkdir(parents=True, exist_ok=True)
    x, y = rng.integers(0, 256, (n, 28, 28), dtype=np.uint8), rng.integers(0, 10, n, dtype=np.uint8)
    np.savez(folder / "mnist.npz", x_train=x, y_train=y, x_test=x, y_test=y)
    return folder / "mnist.npz"


def write_imdb(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    x = np.array([[1, 2, 3], [1, 4], [2] * 50, [3]], dtype=object)
    y = np.array([1, 0, 0, 1])
    np.savez(folder / "imdb.npz", x_train=x, y_train=y, x_test=x[:2], y_test=y[:2])
    (folder / "imdb_word_index.json").write_text(json.dumps(WORDS))
    return folder / "imdb.npz"


def make_official(monkeypatch, *paths: Path) -> None:
    """Let these files pass for the ones that Keras publishes."""
    sums = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}
    monkeypatch.setattr(search, "OFFICIAL", {**search.OFFICIAL, **sums})


def test_own_folder_comes_before_keras_cache_before_the_sample(tmp_path, monkeypatch, capsys):
    assert load_mnist().source == search.SAMPLE
    assert "COURSE_OFFLINE is set" in capsys.readouterr().out

    make_official(monkeypatch, write_mnist(tmp_path / "keras/datasets", n=3))
    assert (load_mnist().source, len(load_mnist().x_train)) == (search.CACHE, 3)

    write_mnist(tmp_path / "own", n=5)
    monkeypatch.setenv("COURSE_DATA_DIR", str(tmp_path / "own"))
    assert (load_mnist().source, len(load_mnist().x_train)) == (search.OWN, 5)
    assert capsys.readouterr().out == ""  # only the sample needs an explanation


def test_reviews_are_looked_for_in_the_same_order(tmp_path, monkeypatch):
    assert (load_reviews().kind, load_reviews().source) == ("sentences", search.SAMPLE)
    cached = write_imdb(tmp_path / "keras/datasets")
    make_official(monkeypatch, cached, cached.with_name("imdb_word_index.json"))
    assert (load_reviews().kind, load_reviews().source) == ("imdb", search.CACHE)
    write_imdb(tmp_path / "own")
    monkeypatch.setenv("COURSE_DATA_DIR", str(tmp_path / "own"))
    assert (load_reviews().kind, load_reviews().source) == ("imdb", search.OWN)


def test_a_folder_without_the_file_is_named_and_passed_over(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("COURSE_DATA_DIR", str(tmp_path))
    assert load_mnist().source == search.SAMPLE
    assert "COURSE_DATA_DIR has no mnist.npz" in capsys.readouterr().out


def test_repr_says_what_it_is_and_no_path(tmp_path, monkeypatch):
    assert repr(load_mnist()) == "<MNIST digits from the bundled sample: 8,000 for training, 2,000 for testing>"
    assert repr(load_reviews()) == (
        "<Movie-review sentences from the bundled sample: 8,484 for training, 2,121 for testing>"
    )
    write_imdb(tmp_path)
    monkeypatch.setenv("COURSE_DATA_DIR", str(tmp_path))
    assert repr(load_reviews()) == "<IMDB movie reviews from COURSE_DATA_DIR: 4 for training, 2 for testing>"


def test_unpacks_like_keras():
    (x_train, y_train), (x_test, y_test) = load_mnist()
    assert [len(part) for part in (x_train, y_train, x_test, y_test)] == [8000, 8000, 2000, 2000]


# --- damage ---------------------------------------------------------------------------------------------------------


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-200])


def _flip(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 255
    path.write_bytes(raw)


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _web_page(path: Path) -> None:
    path.write_text("<html>Sign in to the campus network</html>")


@pytest.mark.parametrize("harm", [_cut, _flip, _empty, _web_page])
@pytest.mark.parametrize("where", ["own", "cache"])
def test_damaged_mnist_is_named_with_its_checksum_and_the_way_out(harm, where, tmp_path, monkeypatch):
    path = write_mnist(tmp_path / ("own" if where == "own" else "keras/datasets"), n=4)
    if where == "own":
        monkeypatch.setenv("COURSE_DATA_DIR", str(path.parent))
    else:
        make_official(monkeypatch, path)
    expected = search.OFFICIAL["mnist.npz"]
    harm(path)
    with pytest.raises(DataError) as caught:
        load_mnist()
    text = str(caught.value)
    assert str(path) in text
    assert expected in text
    assert "To fetch it again: delete it" in text
    assert ("unset COURSE_DATA_DIR" in text) == (where == "own")


def test_keras_cache_must_hold_the_published_file_but_an_own_folder_may_hold_any(tmp_path, monkeypatch):
    write_mnist(tmp_path / "keras/datasets", n=4)
    with pytest.raises(DataError, match="its checksum is not the expected one"):
        load_mnist()
    monkeypatch.setenv("COURSE_DATA_DIR", str(tmp_path / "keras/datasets"))
    assert load_mnist().source == search.OWN


WRONG_MNIST = {
    "an array is missing": {"y_test": None},
    "images are not 28 x 28": {"x_train": np.zeros((4, 8, 8), np.uint8)},
    "labels are not digits": {"y_train": np.array([1, 2, 3, 77], np.uint8)},
    "labels are fewer than images": {"y_test": np.array([1], np.uint8)},
    "images are floats": {"x_test": np.zeros((4, 28, 28))},
}


@pytest.mark.parametrize("change", WRONG_MNIST.values(), ids=WRONG_MNIST.keys())
def test_a_file_in_another_format_is_damaged_too(change, tmp_path, monkeypatch):
    path = write_mnist(tmp_path, n=4)
    arrays = {**np.load(path), **change}
    np.savez(path, **{name: array for name, array in arrays.items() if array is not None})
    monkeypatch.setenv("COURSE_DATA_DIR", str(tmp_path))
    with pytest.raises(DataError, match="damaged, or not in Keras's format"):
        load_mnist()


@pytest.mark.parametrize("name", ["imdb.npz", "imdb_word_index.json"])
@pytest.mark.parametrize("harm", [_cut, _empty, _web_page])
def test_damaged_reviews_name_the_file(name, harm, tmp_path, monkeypatch):
    write_imdb(tmp_path)
    harm(tmp_path / name)
    monkeypatch.setenv("COURSE_DATA_DIR", str(tmp_path))
    with pytest.raises(DataError, match=re.escape(str(tmp_path / name))):
        load_reviews()


@pytest.mark.parametrize("name", search.SAMPLES)
def test_a_damaged_sample_says_how_to_restore_it(name, tmp_path, monkeypatch):
    monkeypatch.setattr(search, "__file__", str(tmp_path / "search.py"))
    with pytest.raises(DataError, match=f"{name} is missing. Install the course again"):
        search.sample(name)
    (tmp_path / name).write_bytes(b"not it")
    with pytest.raises(DataError, match=f"git checkout -- course_utils/data/{name}") as caught:
        search.sample(name)
    assert search.SAMPLES[name] in str(caught.value)


# --- the network ----------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def serving(tmp_path, monkeypatch, content: bytes, *, stall: bool = False):
    """Keras's origin replaced by a server on this machine; with `stall` it sends half of the file and then nothing."""
    go_on = threading.Event()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_HEAD(self):
            self.send_response(200)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()

        def do_GET(self):
            self.do_HEAD()
            self.wfile.write(content[: len(content) // 2])
            if stall:
                go_on.wait(60)
            self.wfile.write(content[len(content) // 2 :])

        def log_message(self, *args):
            """Keep the test's output clean."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        monkeypatch.setattr(search, "ORIGIN", f"http://127.0.0.1:{server.server_port}/")
        monkeypatch.delenv("COURSE_OFFLINE")
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield
        finally:
            go_on.set()
            server.shutdown()


def test_download_lands_in_keras_cache(tmp_path, monkeypatch):
    original = write_mnist(tmp_path / "elsewhere", n=6)
    make_official(monkeypatch, original)
    with serving(tmp_path, monkeypatch, original.read_bytes()):
        mnist = load_mnist()
    assert (mnist.source, len(mnist.x_train)) == (search.DOWNLOAD, 6)
    cached = tmp_path / "keras/datasets/mnist.npz"
    assert cached.read_bytes() == original.read_bytes()
    assert load_mnist().source == search.CACHE


def test_a_download_that_is_not_keras_file_is_refused(tmp_path, monkeypatch, capsys):
    with serving(tmp_path, monkeypatch, write_mnist(tmp_path / "elsewhere", n=6).read_bytes()):
        assert load_mnist().source == search.SAMPLE
    assert "no download" in capsys.readouterr().out


def test_a_download_that_stalls_is_given_up(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(search, "STALL_SECONDS", 0.5)
    original = write_mnist(tmp_path / "elsewhere", n=600)
    make_official(monkeypatch, original)
    with serving(tmp_path, monkeypatch, original.read_bytes(), stall=True):
        assert load_mnist().source == search.SAMPLE
    assert "no download" in capsys.readouterr().out
    assert not (tmp_path / "keras/datasets/mnist.npz").exists()


def test_a_network_that_never_answers_is_not_waited_for(monkeypatch, capsys):
    """A name look-up can hang beyond every time-out; here it hangs until the test lets it go."""
    never = threading.Event()

    def hang(*args, **options):
        never.wait(60)
        raise OSError("let go")

    monkeypatch.setattr("urllib.request.urlopen", hang)
    monkeypatch.setattr(search, "ANSWER_SECONDS", 0.2)
    monkeypatch.delenv("COURSE_OFFLINE")
    try:
        assert load_mnist().source == search.SAMPLE
        assert not never.is_set()
    finally:
        never.set()
    assert "no answer within 0.2 s" in capsys.readouterr().out


def test_the_network_is_asked_once(monkeypatch):
    asked = []

    def refuse(*args, **options):
        asked.append(options["timeout"])
        raise OSError("unreachable")

    monkeypatch.setattr("urllib.request.urlopen", refuse)
    monkeypatch.delenv("COURSE_OFFLINE")
    load_mnist()
    load_reviews()
    assert asked == [search.ANSWER_SECONDS]
    assert search.ANSWER_SECONDS <= 5
    assert search.STALL_SECONDS <= 5


# --- what is in them ------------------------------------------------------------------------------------------------


def test_mnist_sample_is_stratified_and_has_no_image_in_both_parts():
    mnist = load_mnist()
    assert mnist.x_train.dtype == mnist.x_test.dtype == np.uint8
    for y, n in ((mnist.y_train, 8000), (mnist.y_test, 2000)):
        share = np.bincount(y, minlength=10) / n
        assert np.abs(share - np.bincount(np.r_[mnist.y_train, mnist.y_test]) / 10000).max() < 0.001
    assert not {image.tobytes() for image in mnist.x_train} & {image.tobytes() for image in mnist.x_test}


def test_samples_come_in_mixed_order():
    """A batch of neighbours must not be all of one class, or training on it teaches nothing."""
    for y in (load_mnist().y_train, load_mnist().y_test, load_reviews().y_train, load_reviews().y_test):
        share = np.mean(y[1:] == y[:-1])
        by_chance = np.sum((np.bincount(y) / len(y)) ** 2)
        assert abs(share - by_chance) < 0.03


def test_names_are_plain_and_those_held_out_are_new():
    names = load_names()
    assert (len(names.train), len(names.test)) == (4647, 516)
    assert not {*names.train} & {*names.test} and len({*names.train, *names.test}) == 5163
    assert all(re.fullmatch("[a-z]{2,11}", name) for name in names.train + names.test)
    assert {"mary", "james", "linda", "robert"} <= {*names.train, *names.test}  # the most frequent ones in the census
    starts = [
        np.bincount([ord(name[0]) - 97 for name in part], minlength=26) / len(part)
        for part in (names.train, names.test)
    ]
    assert np.abs(np.subtract(*starts)).max() < 0.04


def test_images_may_be_changed_by_the_learner():
    mnist = load_mnist()
    mnist.x_train[0, 0, 0] = 7
    assert mnist.x_train[0, 0, 0] == 7


@needs_real_data
def test_mnist_sample_is_part_of_the_official_training_set_with_the_same_labels(monkeypatch):
    sample = load_mnist()
    monkeypatch.setenv("COURSE_DATA_DIR", REAL)
    official = load_mnist()
    labels = {image.tobytes(): int(label) for x, y in official for image, label in zip(x, y, strict=True)}
    ours = [(labels.get(image.tobytes()), int(label)) for x, y in sample for image, label in zip(x, y, strict=True)]
    known = [(official, label) for official, label in ours if official is not None]
    assert len(known) > 3000
    assert all(official == label for official, label in known)


def test_sentences_read_back_and_labels_follow_the_ratings():
    reviews = load_reviews()
    assert reviews.word_index["the"] <= 3
    assert sorted(reviews.word_index.values()) == list(range(1, len(reviews.word_index) + 1))
    labels = {reviews.decode(x): y for part in reviews for x, y in zip(*part, strict=True)}
    assert labels["<start> gooding offers a desperately ingratiating performance"] == 0
    assert labels["<start> a charmer from belgium"] == 1
    assert 0.48 < reviews.y_train.mean() < 0.51


@pytest.mark.parametrize("num_words", [None, 10])
def test_encode_is_how_the_training_data_was_made(num_words):
    reviews = load_reviews(num_words=num_words)
    sentence = "The acting, for the most part, is terrific"
    numbers = reviews.encode(sentence)
    assert numbers[0] == datasets.START
    assert list(reviews.encode("Zzyzx")) == [datasets.START, datasets.UNKNOWN]
    assert numbers.max() < (num_words or 10**6)
    full = load_reviews()
    start = next(x for x in full.x_train if full.decode(x).startswith("<start> the acting for the most"))
    cut = np.where(start < num_words, start, 2) if num_words else start
    assert list(numbers) == list(cut[: len(numbers)])


def test_padding_is_not_read_out():
    reviews = load_reviews()
    assert reviews.decode([0, 0, 1, reviews.word_index["film"] + 3, 0]) == "<start> film"


def test_maxlen_keeps_shorter_reviews_and_says_when_none_is_left():
    assert max(len(x) for x in load_reviews(maxlen=10).x_train) == 9
    with pytest.raises(ValueError, match="Increase maxlen"):
        load_reviews(maxlen=1)


@needs_real_data
@pytest.mark.parametrize("options", [{}, {"num_words": 1000, "maxlen": 120}], ids=str)
def test_imdb_is_exactly_what_keras_gives(options, monkeypatch):
    import_tensorflow()
    keras_imdb = importlib.import_module("keras.src.datasets.imdb")
    monkeypatch.setattr(keras_imdb, "get_file", lambda fname, **_: str(Path(REAL, fname)))
    monkeypatch.setenv("COURSE_DATA_DIR", REAL)
    for (x, y), (keras_x, keras_y) in zip(load_reviews(**options), keras_imdb.load_data(**options), strict=True):
        assert np.array_equal(y, keras_y)
        assert len(x) == len(keras_x)
        assert all(list(a) == b for a, b in zip(x[::50], keras_x[::50], strict=True))


# --- the digits that are held back ------------------------------------------------------------------------------------


def test_no_loader_gives_out_the_digits_that_are_held_back():
    held, given = samples.held_back(), load_mnist()
    assert held.x.shape == (1000, 28, 28) and held.x.dtype == np.uint8
    assert np.bincount(held.y).tolist() == [100] * 10
    pixels = {image.tobytes() for image in held.x}
    assert len(pixels) == 1000
    assert not pixels & {image.tobytes() for x, _ in given for image in x}


def test_an_exam_has_the_held_back_and_the_test_digits_and_those_of_a_file_of_ones_own(tmp_path, monkeypatch):
    held, given = samples.held_back(), samples.digits()
    exam = samples.exam()
    assert {part: rows.stop - rows.start for part, rows in exam.rows.items()} == {"held back": 1000, "test": 2000}
    assert np.array_equal(exam.x[exam.rows["held back"]], held.x) and np.array_equal(exam.y[:1000], held.y)
    assert np.array_equal(exam.x[exam.rows["test"]], given.x_test)

    write_mnist(tmp_path, 7)
    monkeypatch.setenv("COURSE_DATA_DIR", str(tmp_path))
    exam, own = samples.exam(), load_mnist()
    assert np.array_equal(exam.x[exam.rows["own test"]], own.x_test)
    assert np.array_equal(exam.y[exam.rows["own test"]], own.y_test)
    assert np.array_equal(exam.y[exam.rows["training"]], given.y_train[: samples.MOST])

    (tmp_path / "other").mkdir()
    monkeypatch.setenv("COURSE_DATA_DIR", str(tmp_path / "other"))
    (tmp_path / "other" / "mnist.npz").write_bytes(b"not it")
    assert set(samples.exam().rows) == {"held back", "test"}
