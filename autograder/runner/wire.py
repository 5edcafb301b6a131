"""The only way from a student's process to the judge: values, length-framed, never code.

A frame is ``header length | body length | msgpack header | body``. Numbers, text and the shape of containers stand
in the header; the bytes of arrays and byte strings follow in the body, in the order the header names them. Whoever
reads a frame trusts nothing in it: sizes, depth, the number of items and every dtype are checked, and what comes
out is made of exact base types (None, bool, int, float, str, bytes, list, tuple, dict, ndarray, NumPy scalar)
and of whatever ``on_handle`` makes of a `Handle`.
"""

from __future__ import annotations

import math
import socket
import struct
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import msgpack
import numpy as np

MAX_HEADER = 4 << 20  # bytes; also bounds the memory a hostile header can cost (about 60 bytes for each)
MAX_BODY = 256 << 20  # a data set on its way to the student's code
MAX_REPLY = 64 << 20  # what may come back
MAX_DEPTH = 32
MAX_ITEMS = 200_000
MAX_INT_BYTES = 512
PIECE = 64 << 10  # bytes of later frames that are read with one
MAX_TEXT = 1 << 20  # characters of one string

BY_NAME = -1  # the number of a handle whose object is found by its `name`, "module:attribute"
GENERATOR = -2  # of one that stands for a random generator, which is made anew over there from its `state`

_SIZES = struct.Struct("!IQ")
_INT, _TUPLE, _BYTES, _ARRAY, _SCALAR, _HANDLE = range(1, 7)  # msgpack ext codes
_KEYS = {str, int}
_KINDS = "biufc"  # bool, int, unsigned, float, complex; text and byte arrays are allowed apart
_MAX_TEXT_ITEM = 4096  # bytes of one element of a text array


class WireError(Exception):
    """What arrived is not a frame that this protocol can have written."""


class NotPlain(TypeError):
    """A value that may not travel: not built from base types, or too deep, too long or too large."""


@dataclass(frozen=True)
class Handle:
    """Names an object that stays in the student's process; `about` describes it and is a claim, not a fact."""

    number: int
    about: dict


# ------------------------------------------------------------------ values to bytes


def dumps(value: Any, replace: Callable[[Any], Any] | None = None, max_body: int = MAX_BODY) -> bytes:
    """The frame for one value. `replace` may put a plain value or a `Handle` in the place of one that is not plain.

    >>> loads(dumps({"w": (1, 2.5), "b": [None, True]}))
    {'w': (1, 2.5), 'b': [None, True]}

    Errors: NotPlain when a part of the value may not travel.
    """
    body: list[bytes] = []
    count = size = 0

    def grow(more: int) -> None:
        nonlocal size
        size += more
        if size > max_body:
            raise NotPlain(f"the value is too large (more than {max_body >> 20} MB)")

    def lower(item: Any, depth: int) -> Any:
        nonlocal count
        count += 1
        if depth > MAX_DEPTH:
            raise NotPlain(f"the value is nested more than {MAX_DEPTH} deep")
        if count > MAX_ITEMS:
            raise NotPlain(f"the value holds more than {MAX_ITEMS:,} items; use a NumPy array")
        kind = type(item)
        if item is None or kind in (bool, float):
            return item
        if kind is int:
            return item if -(2**63) <= item < 2**63 else _big_int(item)
        if kind is str:
            if len(item) > MAX_TEXT:
                raise NotPlain(f"a text of {len(item):,} characters is too long")
            return item if item.isascii() else item.encode("utf-8", "replace").decode()  # lone surrogates cannot travel
        if kind is bytes:
            grow(len(item))
            body.append(item)
            return msgpack.ExtType(_BYTES, msgpack.packb(len(item)))
        if kind is list:
            return [lower(part, depth + 1) for part in item]
        if kind is tuple:
            return [msgpack.ExtType(_TUPLE, b""), *(lower(part, depth + 1) for part in item)]
        if kind is dict and _KEYS.issuperset(map(type, item)):
            return {lower(key, depth + 1): lower(part, depth + 1) for key, part in item.items()}
        if kind is np.ndarray and _allowed(item.dtype):
            grow(item.nbytes)
            native = item.dtype.newbyteorder("=")
            body.append(np.ascontiguousarray(item, dtype=native).tobytes())
            return msgpack.ExtType(_ARRAY, msgpack.packb([native.str, list(item.shape), item.flags.writeable]))
        if isinstance(item, np.generic) and _allowed(item.dtype) and kind is item.dtype.type:
            return msgpack.ExtType(_SCALAR, msgpack.packb([item.dtype.str, item.tobytes()]))
        if kind is Handle:
            return msgpack.ExtType(_HANDLE, msgpack.packb([item.number, item.about]))
        if replace is None:
            raise NotPlain(f"a value of type {kind.__name__} may not travel")
        return lower(replace(item), depth + 1)

    header = msgpack.packb(lower(value, 0))
    if len(header) > MAX_HEADER:
        raise NotPlain(f"the value is too large (more than {MAX_HEADER >> 20} MB outside arrays)")
    return b"".join([_SIZES.pack(len(header), size), header, *body])


def _big_int(value: int) -> msgpack.ExtType:
    size = value.bit_length() // 8 + 1
    if size > MAX_INT_BYTES:
        raise NotPlain(f"a whole number of {value.bit_length()} bits is too large")
    return msgpack.ExtType(_INT, value.to_bytes(size, "big", signed=True))


def _allowed(dtype: np.dtype) -> bool:
    return (dtype.kind in _KINDS and dtype.itemsize <= 16) or (dtype.kind in "US" and dtype.itemsize <= _MAX_TEXT_ITEM)


# ------------------------------------------------------------------ bytes to values


def loads(frame: bytes | bytearray, on_handle: Callable[[Handle], Any] | None = None) -> Any:
    """The value in one whole frame. Errors: WireError for anything `dumps` cannot have written."""
    header_size, body_size = sizes(frame[: _SIZES.size])
    if len(frame) != _SIZES.size + header_size + body_size:
        raise WireError("the frame has not the length it states")
    start = _SIZES.size + header_size
    return _decode(bytes(frame[_SIZES.size : start]), memoryview(frame)[start:], on_handle)


def sizes(prefix: bytes) -> tuple[int, int]:
    """Lengths of header and body, checked against the limits before a byte of either is read."""
    header_size, body_size = _SIZES.unpack(prefix)
    if header_size > MAX_HEADER or body_size > MAX_BODY:
        raise WireError("a frame larger than any that this protocol writes")
    return header_size, body_size


def _decode(header: bytes, body: memoryview, on_handle: Callable[[Handle], Any] | None) -> Any:
    try:
        tree = msgpack.unpackb(header, raw=False, strict_map_key=False)
    except (ValueError, TypeError, RecursionError, msgpack.UnpackException) as error:
        raise WireError(f"unreadable header ({type(error).__name__})") from None
    used = count = 0

    def take(size: int) -> memoryview:
        nonlocal used
        if size < 0 or size > len(body) - used:
            raise WireError("the body is shorter than its header says")
        used += size
        return body[used - size : used]

    def lift(node: Any, depth: int) -> Any:
        nonlocal count
        count += 1
        if depth > MAX_DEPTH or count > MAX_ITEMS:
            raise WireError("too deep or too many items")
        kind = type(node)
        if node is None or kind in (bool, int, float):
            return node
        if kind is str:
            if len(node) > MAX_TEXT:
                raise WireError("a text that is too long")
            return node
        if kind is list:
            if node and type(node[0]) is msgpack.ExtType and node[0].code == _TUPLE:
                return tuple(lift(part, depth + 1) for part in node[1:])
            return [lift(part, depth + 1) for part in node]
        if kind is dict:
            return {_key(key): lift(part, depth + 1) for key, part in node.items()}
        if kind is not msgpack.ExtType:
            raise WireError(f"a {kind.__name__} in the header")
        if node.code == _INT and len(node.data) <= MAX_INT_BYTES:
            return int.from_bytes(node.data, "big", signed=True)
        if node.code == _BYTES:
            return bytes(take(_fields(node, int)[0]))
        if node.code == _ARRAY:
            code, shape, writeable = _fields(node, str, list, bool)
            return _array(code, shape, writeable, take)
        if node.code == _SCALAR:
            code, data = _fields(node, str, bytes)
            return _array(code, [], True, lambda size: memoryview(data) if len(data) == size else take(-1))[()]
        if node.code == _HANDLE:
            number, about = _fields(node, int, dict)
            handle = Handle(number, {_key(k): lift(v, depth + 1) for k, v in about.items()})
            return on_handle(handle) if on_handle else handle
        raise WireError("an unknown kind of value")

    value = lift(tree, 0)
    if used != len(body):
        raise WireError("bytes left over after the last value")
    return value


def _key(key: Any) -> str | int:
    if type(key) not in (str, int):
        raise WireError("a dict key that is neither text nor a whole number")
    return key


def _fields(node: msgpack.ExtType, *kinds: type) -> list:
    try:
        fields = msgpack.unpackb(node.data, raw=False, strict_map_key=False)
    except (ValueError, TypeError, msgpack.UnpackException):
        raise WireError("an unreadable value") from None
    fields = fields if len(kinds) > 1 else [fields]
    if type(fields) is not list or [type(field) for field in fields] != list(kinds):
        raise WireError("a value with the wrong fields")
    return fields


def _array(code: str, shape: list, writeable: bool, take: Callable[[int], memoryview]) -> np.ndarray:
    try:
        dtype = np.dtype(code)
    except (TypeError, ValueError, SyntaxError):
        raise WireError("an unknown dtype") from None
    if not _allowed(dtype) or dtype.str != code or not dtype.isnative:
        raise WireError("a dtype that may not travel")
    if len(shape) > MAX_DEPTH or any(type(n) is not int or n < 0 or n > MAX_BODY for n in shape):
        raise WireError("an impossible shape")
    if dtype.itemsize == 0 and math.prod(shape) > MAX_ITEMS:
        raise WireError("too many empty texts")
    raw = take(math.prod(shape) * dtype.itemsize)
    array = np.frombuffer(raw, dtype=dtype).reshape(shape).copy() if dtype.itemsize else np.zeros(shape, dtype)
    if dtype.kind == "b":  # a byte other than 0 and 1 would make a bool that is neither
        array = np.array(array.view(np.uint8) != 0)
    array.flags.writeable = writeable
    return array


# ------------------------------------------------------------------ frames over a socket


def send(sock: socket.socket, frame: bytes, deadline: float | None = None) -> None:
    """Send a whole frame before `deadline` (`time.monotonic`). Errors: TimeoutError, OSError."""
    sock.settimeout(_left(deadline))
    sock.sendall(frame)


def receive(sock: socket.socket, deadline: float | None = None, max_body: int = MAX_BODY) -> bytearray:
    """One whole frame. Errors: EOFError when the other side is gone, TimeoutError, WireError, OSError."""
    frame = bytearray()
    _read(sock, frame, _SIZES.size, deadline)
    size = _size(frame, max_body)
    _read(sock, frame, size, deadline)
    return frame


class Inbox:
    """The frames that come over a socket, read in large pieces: many short ones cost one call of the system."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock, self._there = sock, bytearray()

    def waiting(self) -> bool:
        """Whether something has been read that was not asked for yet."""
        return bool(self._there)

    def receive(self, deadline: float | None = None, max_body: int = MAX_BODY) -> bytearray:
        """The next frame; errors as of `receive`."""
        _read(self._sock, self._there, _SIZES.size, deadline, PIECE)
        size = _size(self._there, max_body)
        _read(self._sock, self._there, size, deadline, PIECE)
        frame = self._there[:size]
        del self._there[:size]
        return frame


def _size(beginning: bytearray, max_body: int) -> int:
    header_size, body_size = sizes(beginning[: _SIZES.size])
    if body_size > max_body:
        raise WireError("a frame larger than allowed here")
    return _SIZES.size + header_size + body_size


def _read(sock: socket.socket, frame: bytearray, size: int, deadline: float | None, more: int = 0) -> None:
    """Read on until the frame has `size` bytes, or as many `more` as come with them."""
    while len(frame) < size:
        sock.settimeout(_left(deadline))
        part = sock.recv(min(size - len(frame), 1 << 20) + more)
        if not part:
            raise EOFError("the connection was closed")
        frame += part


def _left(deadline: float | None) -> float | None:
    if deadline is None:
        return None
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError("no time left")
    return left
