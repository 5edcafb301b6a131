"""Where the data sets are looked for: $COURSE_DATA_DIR, Keras's cache, Keras's download, the bundled sample."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import http.client
import os
import pickle
import socket
import threading
import urllib.request
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

ORIGIN = "https://storage.googleapis.com/tensorflow/tf-keras-datasets/"
# The checksums of Keras's own files, as Keras states them: SHA-256, and MD5 for the word index.
OFFICIAL = {
    "mnist.npz": "731c5ac602752760c8e48fbffcf8c3b850d9dc2a2aedcf2cc48468fc17b673d1",
    "imdb.npz": "69664113be75683a8fe16e3ed0ab59fda8886cb3cd7ada244f7d9544e4676b9f",
    "imdb_word_index.json": "bfafd718b763782e994055a2d397834f",
}
SAMPLES = {
    "digit_reader.npz": "0674475ec508551a43b1a582dd630e374d0986058c9aff971f8fbaa5ebc15d0a",
    "held_back.npz": "abcd03f65f1fc3be10945deb56946c9744724d7d0f8033744da8f345dc62451f",
    "mnist_sample.npz": "b370ffa42fa3d42d6151f4fc3441c5f81ecf0a3b6870a0a56d50035ee1c92c81",
    "names_sample.txt.xz": "1a94c24db15ddaf2f552797dffa076788c9367e88abcb19573bd50f44e323e4a",
    "reviews_sample.tsv.xz": "dbaf3af7b99afe62f73e58be0f2568051c79a98fc9f96b843e51f56e9600bc29",
}
OWN, CACHE, DOWNLOAD, SAMPLE = "COURSE_DATA_DIR", "Keras's cache", "Keras's download", "the bundled sample"
ANSWER_SECONDS = 4  # how long the network may take to answer at all; offline must not mean waiting
STALL_SECONDS = 5  # how long a running download may stand still


class DataError(Exception):
    """A data file that cannot be used; the text says which, and how to get a good one."""


def find(*names: str) -> tuple[Path | None, str]:
    """The folder that holds all `names`, and where that is; (None, why) when only the bundled sample is left.

    Errors: DataError when a file in Keras's cache is not the one that Keras publishes.
    """
    own = os.environ.get(OWN)
    if own and _holds(Path(own), names):
        return Path(own), OWN
    cache = keras_cache()
    if _holds(cache, names):
        for name in names:
            _require(cache / name, OFFICIAL[name])
        return cache, CACHE
    missing = [name for name in names if not _holds(cache, [name])]
    if problem := _download(missing, cache):
        no_own = f"{OWN} has no {' and '.join(names)}; " if own else ""
        return None, f"{no_own}nothing in Keras's cache; no download: {problem}"
    return cache, DOWNLOAD


def on_this_computer(name: str) -> Path | None:
    """The file that `find` would take without a network; None when that is the bundled sample."""
    own = os.environ.get(OWN)
    return next(
        (folder / name for folder in (own and Path(own), keras_cache()) if folder and _holds(folder, [name])), None
    )


def keras_cache() -> Path:
    """Keras's own folder of downloaded data sets."""
    return Path(os.environ.get("KERAS_HOME") or Path.home() / ".keras") / "datasets"


def sample(name: str) -> Path:
    """The path of a bundled sample.

    Errors: DataError when it is missing or damaged.
    """
    path = Path(__file__).with_name(name)
    if not path.is_file():
        raise DataError(f"The bundled sample {name} is missing. Install the course again.")
    _require(path, SAMPLES[name])
    return path


@contextlib.contextmanager
def reading(path: Path) -> Iterator[Path]:
    """Turn whatever a damaged file raises while it is read into a DataError that tells what to do."""
    try:
        yield path
    except (OSError, ValueError, KeyError, EOFError, pickle.UnpicklingError, zipfile.BadZipFile, zlib.error) as error:
        expected = OFFICIAL.get(path.name) or SAMPLES[path.name]
        raise _damaged(path, expected, f"{type(error).__name__}: {error}") from error


def _holds(folder: Path, names: tuple[str, ...] | list[str]) -> bool:
    return all((folder / name).is_file() for name in names)


def _require(path: Path, expected: str) -> None:
    if checksum(path, expected) != expected:
        raise _damaged(path, expected, "its checksum is not the expected one")


def checksum(path: Path, like: str) -> str:
    """The file's checksum by the method that gave `like`: SHA-256, or MD5 for 32 digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "md5" if len(like) == 32 else "sha256").hexdigest()


def _damaged(path: Path, expected: str, reason: str) -> DataError:
    method = "MD5" if len(expected) == 32 else "SHA-256"
    found = checksum(path, expected) if path.is_file() else "none"
    if path.name in SAMPLES:
        again = f"get it back with `git checkout -- course_utils/data/{path.name}`, or install the course again."
    else:
        own = os.environ.get(OWN)
        unset = f", or unset {OWN}" if own and path.parent == Path(own) else ""
        again = f"delete it{unset}; with a network it is then fetched from {ORIGIN}{path.name}."
    return DataError(
        f"{path} is damaged, or not in Keras's format ({reason}).\n"
        f"Expected {method} {expected}, found {found}.\nTo fetch it again: {again}"
    )


def _download(names: list[str], cache: Path) -> str:
    """Let Keras download the files into its cache; returns why that did not work, or an empty text."""
    if os.environ.get("COURSE_OFFLINE", "0") != "0":
        return "COURSE_OFFLINE is set"
    if problem := no_answer():
        return problem
    from course_utils.environment import import_tensorflow

    import_tensorflow()
    import keras

    before = socket.getdefaulttimeout()
    socket.setdefaulttimeout(STALL_SECONDS)
    try:
        cache.parent.mkdir(parents=True, exist_ok=True)  # where it is missing, Keras would take a folder of its own
        for name in names:
            keras.utils.get_file(name, ORIGIN + name, file_hash=OFFICIAL[name], cache_dir=str(cache.parent))
    except Exception as error:  # Keras raises a bare Exception for a failed download
        return f"{type(error).__name__}: {error}"
    finally:
        socket.setdefaulttimeout(before)
    return ""


@functools.cache
def no_answer() -> str:
    """Why the server of Keras's data cannot be reached, or an empty text; asked once, in at most ANSWER_SECONDS."""
    outcome = [f"no answer within {ANSWER_SECONDS} s"]

    def ask() -> None:
        request = urllib.request.Request(ORIGIN + "mnist.npz", method="HEAD")
        try:
            with urllib.request.urlopen(request, timeout=ANSWER_SECONDS):
                outcome[0] = ""
        except (OSError, http.client.HTTPException) as error:
            outcome[0] = f"no network ({getattr(error, 'reason', None) or error})"

    # In a thread of its own, because a name look-up cannot be given a time-out.
    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    thread.join(ANSWER_SECONDS)
    return outcome[0]
