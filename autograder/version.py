"""Which code judges: results are kept, and workers of a cluster trusted, only as long as it stays the same."""

from __future__ import annotations

import hashlib
from pathlib import Path

PACKAGES = Path(__file__).resolve().parents[1]


def code_digest() -> str:
    """Changes when the code that judges changes."""
    digest = hashlib.sha256()
    for package in ("course_utils", "autograder"):
        for path in sorted((PACKAGES / package).rglob("*.py")):
            inside = path.relative_to(PACKAGES)
            if inside.parts[1] != "solutions":  # a wheel has the lessons' texts there
                digest.update(str(inside).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
