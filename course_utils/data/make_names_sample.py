"""Make names_sample.txt.xz: the first names of the US census of 1990, from the source distribution of `names`.

    python -m course_utils.data.make_names_sample      (needs pip)

A name a line, in small letters, each once, in an order that looks random and is the same everywhere.
"""

from __future__ import annotations

import hashlib
import lzma
import tarfile
from pathlib import Path

from course_utils.environment.files import write_file

from .packages import archive_of, made

PACKAGE = "names==0.3.0"
PACKAGE_SHA256 = "726e46254f2ed03f1ffb5d941dae3bc67c35123941c29becd02d48d0caa2a671"
LISTS = ("names-0.3.0/names/dist.female.first", "names-0.3.0/names/dist.male.first")
SAMPLE = Path(__file__).with_name("names_sample.txt.xz")


def read_names(package: Path) -> list[str]:
    """The names in the lists of the package's archive: the first word of each line, with repetitions."""
    with tarfile.open(package) as archive:
        texts = [archive.extractfile(name).read().decode("ascii") for name in LISTS]
    return [line.split()[0].lower() for text in texts for line in text.splitlines() if line.strip()]


def shuffled(names: list[str]) -> list[str]:
    """Each name once, ordered by its SHA-256."""
    return sorted(set(names), key=lambda name: hashlib.sha256(f"order{name}".encode()).digest())


def main() -> None:
    """Fetch the package, check it, and write the sample."""
    with archive_of(PACKAGE, PACKAGE_SHA256) as package:
        names = shuffled(read_names(package))
    text = "".join(f"{name}\n" for name in names)
    write_file(SAMPLE, lzma.compress(text.encode("ascii"), preset=9 | lzma.PRESET_EXTREME))
    print(made(SAMPLE, f"{len(names):,} names"))


if __name__ == "__main__":
    main()
