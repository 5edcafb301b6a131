"""The curves in a TensorBoard log, read without TensorBoard or TensorFlow; and four logs of trainings that came out
differently, bundled with the course.

A log is a file of records; a record is an Event of TensorBoard's protocol buffers. Only its scalars are read here.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from course_utils import data

RUNS = Path(data.__file__).with_name("tensorboard")

# Field numbers in TensorBoard's .proto files: Event, Summary, Summary.Value, TensorProto.
STEP, SUMMARY = 2, 5
VALUE = 1
TAG, SIMPLE_VALUE, TENSOR = 1, 2, 8
TENSOR_CONTENT, FLOAT_VALUES = 4, 5


def read_scalars(folder: str | Path) -> dict[str, list[float]]:
    """The values of every scalar in a log's folder, by tag, in the order of their steps.

    Errors: FileNotFoundError when the folder holds no log; ValueError when a file of it is cut off.
    Source: tensorboard/compat/proto (event, summary, tensor) and TensorFlow's TFRecord format.

    >>> [round(loss, 2) for loss in read_scalars(RUNS / "ash" / "validation")["epoch_loss"]][:3]
    [0.61, 0.41, 0.35]
    """
    files = sorted(Path(folder).glob("events.out.tfevents.*"))
    if not files:
        raise FileNotFoundError(f"No TensorBoard log in {str(folder)!r}. Which folder was given to the callback?")
    points: dict[str, list[tuple[int, float]]] = {}
    for file in files:
        for record in records(file.read_bytes()):
            event = fields(record)
            step = event.get(STEP, [0])[0]
            for summary in event.get(SUMMARY, []):
                for tag, value in scalars(summary):
                    points.setdefault(tag, []).append((step, value))
    return {tag: [value for _, value in sorted(pairs)] for tag, pairs in points.items()}


def records(data: bytes) -> Iterator[bytes]:
    """The records of a TFRecord file: length (8 bytes), its checksum (4), the record, its checksum (4).

    >>> list(records(struct.pack("<QI", 2, 0) + b"hi" + bytes(4)))
    [b'hi']
    """
    at = 0
    while at < len(data):
        end = at + 12 + struct.unpack_from("<Q", data, at)[0] if at + 12 <= len(data) else len(data)
        if end + 4 > len(data):
            raise ValueError("The log ends in the middle of a record. Was the training stopped? Train and log again.")
        yield data[at + 12 : end]
        at = end + 4


def scalars(summary: bytes) -> Iterator[tuple[str, float]]:
    """Tag and value of each scalar of a Summary; a text, an image or the graph is passed over."""
    for value in fields(summary).get(VALUE, []):
        parts = fields(value)
        number = parts.get(SIMPLE_VALUE)
        if TENSOR in parts:
            tensor = fields(parts[TENSOR][0])
            number = tensor.get(FLOAT_VALUES) or tensor.get(TENSOR_CONTENT)
        if number and len(number[0]) == 4:
            yield parts[TAG][0].decode(), float(np.frombuffer(number[0], "<f4")[0])


def fields(message: bytes) -> dict[int, list[Any]]:
    """The fields of a protocol buffer by number: whole numbers as int, everything else as bytes.

    >>> fields(bytes([0x10, 0x96, 0x01]))  # field 2 is the whole number 150
    {2: [150]}
    """
    found: dict[int, list[Any]] = {}
    at = 0
    while at < len(message):
        key, at = varint(message, at)
        kind = key & 7
        if kind == 0:
            value, at = varint(message, at)
        else:
            size, at = varint(message, at) if kind == 2 else ({1: 8, 5: 4}[kind], at)
            value, at = message[at : at + size], at + size
        found.setdefault(key >> 3, []).append(value)
    return found


def varint(message: bytes, at: int) -> tuple[int, int]:
    """A whole number written seven bits a byte, lowest first, and the place after it."""
    number = shift = 0
    while True:
        byte = message[at]
        number, at, shift = number | (byte & 127) << shift, at + 1, shift + 7
        if byte < 128:
            return number, at
