"""What a new version of a lesson has no place for, as a page beside the notebook that says so."""

from __future__ import annotations

import re
from collections.abc import Sequence

from autograder.workspace.merge import Kept

HEAD = """# Kept by `course update`

A new version of this lesson has no place for what stands below. The lesson does not need it: use it, or delete it.
"""
LANGUAGES = {"code": "python", "markdown": "markdown", "raw": "text"}


def page(earlier: bytes | None, kept: Sequence[Kept]) -> bytes:
    """The page, begun anew or added to; what stands there already is not added again."""
    text = earlier or HEAD.encode()
    for block in map(_block, kept):
        if block not in text:
            text += b"\n" + block
    return text


def _block(kept: Kept) -> bytes:
    fence = "`" * max([3, *(len(run) + 1 for run in re.findall("`+", kept.text))])
    block = f"{kept.why}:\n\n{fence}{LANGUAGES[kept.cell_type]}\n{kept.text}\n{fence}\n"
    return block.encode("utf-8", "backslashreplace")  # half of a character, as its number
