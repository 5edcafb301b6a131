"""What a cell says it has shown comes from hostile code: only what has the form of nbformat's outputs passes."""

from __future__ import annotations

import base64
import contextlib
from typing import Any

MAX_VALUE = 100  # characters of a test's last value; a number of points is shorter
_IMAGES = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff"}
_TEXTS = ("text/plain", "text/html", "text/markdown", "text/latex")


def checked_outputs(claims: Any, limit: int) -> list[dict]:
    """The outputs that have the form of nbformat's; the rest is left out."""
    outputs, size = [], 0
    for claim in claims if type(claims) is list else []:
        output = _checked_output(claim) if type(claim) is dict else None
        size += len(repr(output))
        if output and size <= 2 * limit:
            outputs.append(output)
    return outputs


def _checked_output(claim: dict) -> dict | None:
    kind = claim.get("output_type")
    if kind == "stream" and claim.get("name") in ("stdout", "stderr") and type(claim.get("text")) is str:
        return {"output_type": "stream", "name": claim["name"], "text": claim["text"]}
    if kind in ("display_data", "execute_result") and type(claim.get("data")) is dict:
        data = _checked_data(claim["data"])
        extra = {"execution_count": None} if kind == "execute_result" else {}
        return {"output_type": kind, "data": data, "metadata": {}, **extra} if data else None
    if kind == "error" and type(claim.get("traceback")) is list:
        return {
            "output_type": "error",
            "ename": str(claim.get("ename")),
            "evalue": str(claim.get("evalue")),
            "traceback": [line for line in claim["traceback"] if type(line) is str],
        }
    return None


def _checked_data(claim: dict) -> dict[str, str]:
    data = {mime: claim[mime] for mime in _TEXTS if type(claim.get(mime)) is str}
    for mime, magic in _IMAGES.items():
        image = claim.get(mime)
        if type(image) is str:
            with contextlib.suppress(ValueError):
                image = base64.b64decode(image, validate=True)
        if type(image) is bytes and image.startswith(magic):
            data[mime] = base64.b64encode(image).decode()
    return data
