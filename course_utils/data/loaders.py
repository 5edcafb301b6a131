"""The course's data: MNIST digits and movie reviews, from the learner's folder, Keras, or a bundled sample."""

from __future__ import annotations

import json
import lzma
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from .npz import read_npz
from .search import SAMPLE, DataError, find, reading, sample

__all__ = ["DataError", "Mnist", "Reviews", "load_mnist", "load_reviews"]

PAD, START, UNKNOWN, INDEX_FROM = 0, 1, 2, 3  # Keras's numbers: a word of rank r is stored as r + 3
_KERAS_SHUFFLE_SEED = 113


@dataclass(frozen=True, repr=False)
class _Dataset:
    """Training and test arrays, and where they come from. Unpacks like Keras's data sets:

    `(x_train, y_train), (x_test, y_test) = load_mnist()`
    """

    x_train: np.ndarray
    y_train: np.ndarray
    x_test: np.ndarray
    y_test: np.ndarray
    source: str
    description: str

    def __iter__(self) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        return iter([(self.x_train, self.y_train), (self.x_test, self.y_test)])

    def __repr__(self) -> str:
        return (
            f"<{self.description} from {self.source}: "
            f"{len(self.x_train):,} for training, {len(self.x_test):,} for testing>"
        )


@dataclass(frozen=True, repr=False)
class Mnist(_Dataset):
    """Images of handwritten digits.

    Shapes: x (N, 28, 28) uint8, 0 paper to 255 ink; y (N,) uint8, the digit
    """


@dataclass(frozen=True, repr=False)
class Reviews(_Dataset):
    """Movie reviews as numbers of words, labelled 1 (positive) or 0 (negative).

    Shapes: x (N,), each item an int32 array of its own length; y (N,) int64
    """

    kind: str  # "imdb": whole reviews; "sentences": single sentences
    word_index: dict[str, int]  # word -> rank, 1 is the most frequent word
    num_words: int | None = None
    _words: dict[int, str] = field(default_factory=dict)

    def decode(self, numbers: Sequence[int]) -> str:
        """The words behind the numbers: padding left out, `<start>` and `<unknown>` marked."""
        if not self._words:
            self._words.update({rank + INDEX_FROM: word for word, rank in self.word_index.items()})
            self._words.update({START: "<start>", UNKNOWN: "<unknown>"})
        return " ".join(self._words.get(int(n), "<unknown>") for n in numbers if n != PAD)

    def encode(self, text: str) -> np.ndarray:
        """The numbers of a text's words, as in `x_train`: 1 first, 2 for words not in use."""
        return _limit(_encode(text, self.word_index), self.num_words)


def load_mnist() -> Mnist:
    """MNIST from $COURSE_DATA_DIR/mnist.npz, Keras's cache, Keras's download, or a sample of 8,000 + 2,000 digits.

    Errors: DataError for a damaged file, with its name, its expected checksum and how to fetch it again.
    """
    folder, source = find("mnist.npz")
    if folder is None:
        _say_sample("MNIST", source, "8,000 training and 2,000 test digits")
        path, source = sample("mnist_sample.npz"), SAMPLE
    else:
        path = folder / "mnist.npz"
    return Mnist(*read_mnist(path), source=source, description="MNIST digits")


def read_mnist(path: Path) -> list[np.ndarray]:
    """x_train, y_train, x_test and y_test of a file in the form of Keras's mnist.npz.

    Errors: DataError for a damaged file.
    """
    with reading(path):
        arrays = read_npz(path)
        parts = [arrays[name] for name in ("x_train", "y_train", "x_test", "y_test")]
        for x, y in (parts[:2], parts[2:]):
            if x.dtype != np.uint8 or y.ndim != 1 or x.shape != (len(y), 28, 28) or not np.isin(y, range(10)).all():
                raise ValueError(f"images {x.dtype}{x.shape} and labels {y.dtype}{y.shape} are not MNIST's")
    return parts


def load_reviews(num_words: int | None = None, maxlen: int | None = None) -> Reviews:
    """IMDB reviews from $COURSE_DATA_DIR, Keras's cache or Keras's download; else the bundled sentences with ratings.

    `num_words`: every number from there on becomes 2 (unknown). `maxlen`: only reviews with fewer numbers are kept.
    Both as in `keras.datasets.imdb.load_data`, which gives the same reviews in the same order.

    Errors: DataError for a damaged file; ValueError when `maxlen` leaves no review.
    """
    folder, source = find("imdb.npz", "imdb_word_index.json")
    if folder is None:
        _say_sample("IMDB reviews", source, "8,484 training and 2,121 test sentences with human ratings")
        parts, word_index = _read_sentences(sample("reviews_sample.tsv.xz"))
        source, kind, description = SAMPLE, "sentences", "Movie-review sentences"
    else:
        parts, word_index = _read_imdb(folder)
        kind, description = "imdb", "IMDB movie reviews"
    if maxlen is not None:
        parts = [_shorter_than(maxlen, x, y) for x, y in parts]
    (x_train, y_train), (x_test, y_test) = parts
    x_train, x_test = (_ragged([_limit(x, num_words) for x in part]) for part in (x_train, x_test))
    return Reviews(x_train, y_train, x_test, y_test, source, description, kind, word_index, num_words)


def _say_sample(what: str, why: str, instead: str) -> None:
    print(f"{what}: {why}. Using the bundled sample: {instead}.")


def _read_imdb(folder: Path) -> tuple[list[tuple[np.ndarray, np.ndarray]], dict[str, int]]:
    with reading(folder / "imdb_word_index.json") as path:
        word_index = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(word_index, dict) or not word_index:
            raise ValueError("it does not hold words with their ranks")
    with reading(folder / "imdb.npz") as path:
        arrays = read_npz(path)
        pairs = [(arrays[f"x_{part}"], arrays[f"y_{part}"]) for part in ("train", "test")]
        parts = []
        rng = np.random.RandomState(_KERAS_SHUFFLE_SEED)  # the same order as Keras
        for x, y in pairs:
            if x.shape != y.shape or y.ndim != 1:
                raise ValueError(f"{x.shape} reviews do not go with {y.shape} labels")
            order = np.arange(len(x))
            rng.shuffle(order)
            encoded = [_with_start(np.array(x[i], dtype=np.int32)) for i in order]
            parts.append((_ragged(encoded), y[order].astype(np.int64)))
    return parts, word_index


def _read_sentences(path: Path) -> tuple[list[tuple[np.ndarray, np.ndarray]], dict[str, int]]:
    with reading(path):
        lines = lzma.decompress(path.read_bytes()).decode("utf-8").splitlines()
    rows = [line.split("\t") for line in lines]
    counts = Counter(word for part, _, text in rows if part == "train" for word in _tokens(text))
    by_frequency = sorted(counts, key=lambda word: (-counts[word], word))
    word_index = {word: rank for rank, word in enumerate(by_frequency, start=1)}
    parts = []
    for wanted in ("train", "test"):
        chosen = [(text, float(rating) > 0) for part, rating, text in rows if part == wanted]
        x = _ragged([_encode(text, word_index) for text, _ in chosen])
        parts.append((x, np.array([positive for _, positive in chosen], dtype=np.int64)))
    return parts, word_index


def _tokens(text: str) -> list[str]:
    """The words of a text in lower case.

    >>> _tokens("Isn't it 'Great'?")
    ["isn't", 'it', 'great']
    """
    return re.findall(r"\w+(?:'\w+)*", text.lower())


def _encode(text: str, word_index: dict[str, int]) -> np.ndarray:
    ranks = (word_index.get(word) for word in _tokens(text))
    return np.array([START, *(UNKNOWN if rank is None else rank + INDEX_FROM for rank in ranks)], dtype=np.int32)


def _with_start(ranks: np.ndarray) -> np.ndarray:
    numbers = np.empty(len(ranks) + 1, dtype=np.int32)
    numbers[0] = START
    np.add(ranks, INDEX_FROM, out=numbers[1:])
    return numbers


def _limit(numbers: np.ndarray, num_words: int | None) -> np.ndarray:
    return numbers if num_words is None else np.where(numbers < num_words, numbers, np.int32(UNKNOWN))


def _shorter_than(maxlen: int, x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    keep = np.array([len(numbers) < maxlen for numbers in x])
    if not keep.any():
        raise ValueError(f"No review has fewer than maxlen={maxlen} numbers. Increase maxlen.")
    return x[keep], y[keep]


def _ragged(items: list[np.ndarray]) -> np.ndarray:
    """An array of arrays, also when they happen to have equal lengths."""
    array = np.empty(len(items), dtype=object)
    array[:] = items
    return array
