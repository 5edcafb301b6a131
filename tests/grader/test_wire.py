"""The wire: what is plain comes through unchanged, what is not is refused, rubbish is recognised."""

from __future__ import annotations

import random
import socket
import struct
import threading
import time
from collections import OrderedDict
from typing import Any

import msgpack
import numpy as np
import pytest

from autograder.runner import wire

PLAIN = [
    None,
    True,
    False,
    0,
    -1,
    2**63 - 1,
    2**63,
    -(2**200),
    0.0,
    -0.0,
    1e308,
    float("inf"),
    "",
    "é λ 😀",
    b"",
    b"\x00\xff",
    [],
    (),
    {},
    [1, [2, (3, [])]],
    ((),),
    {"a": {1: [None]}, 2: ("b",)},
    [b"one", b"two"],
    np.float32(1.5),
    np.int8(-3),
    np.bool_(True),
    np.complex128(1 + 2j),
    np.str_("text"),
    np.zeros(0),
    np.array(3.0),
    np.arange(6).reshape(2, 3),
    np.arange(6.0).reshape(2, 3).T,
    np.zeros((3, 0, 2)),
    np.array([True, False]),
    np.array(True),
    np.array(["ab", ""]),
    np.array([b"x"]),
    np.array([1 + 1j], np.complex64),
    np.array([1.0, np.nan], ">f8"),
    [np.ones(2), (np.zeros(3, np.uint8), b"between")],
    np.arange(10)[::-2],
]


def same(one: Any, other: Any) -> bool:
    if isinstance(one, np.ndarray | np.generic):
        equal_nan = one.dtype.kind in "fc"
        return one.dtype == other.dtype.newbyteorder("=") or (
            one.dtype.newbyteorder("=") == other.dtype and np.array_equal(one, other, equal_nan=equal_nan)
        )
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict):
        return list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    return repr(one) == repr(other)


@pytest.mark.parametrize("value", PLAIN, ids=lambda value: repr(value)[:40])
def test_a_plain_value_comes_through(value: Any) -> None:
    back = wire.loads(wire.dumps(value))
    assert type(back) is type(value) and same(value, back)
    if isinstance(value, np.ndarray):
        assert back.shape == value.shape and np.array_equal(back, value, equal_nan=value.dtype.kind in "fc")


def test_a_read_only_array_stays_read_only() -> None:
    array = np.ones(3)
    array.flags.writeable = False
    assert not wire.loads(wire.dumps(array)).flags.writeable
    assert wire.loads(wire.dumps(np.ones(3))).flags.writeable


NOT_PLAIN = {
    "an object": object(),
    "a function": len,
    "a set": {1},
    "a list subclass": type("L", (list,), {})(),
    "an ordered dict": OrderedDict(a=1),
    "a dict with tuple keys": {(1, 2): 3},
    "a dict with bool keys": {True: 1},
    "an object array": np.array([None]),
    "a record array": np.zeros(1, [("a", "f8")]),
    "dates": np.zeros(1, "M8[s]"),
    "a matrix": np.ones(2).view(type("M", (np.ndarray,), {})),
    "a huge int": 1 << 5000,
    "a long text": "x" * (2 << 20),
    "many items": [0] * 300_000,
    "a float subclass": type("F", (float,), {})(1),
}


@pytest.mark.parametrize("name", NOT_PLAIN)
def test_what_is_not_plain_is_refused(name: str) -> None:
    with pytest.raises(wire.NotPlain):
        wire.dumps(NOT_PLAIN[name])


def test_a_nest_without_end_is_refused() -> None:
    nest: list = []
    nest.append(nest)
    with pytest.raises(wire.NotPlain, match="nested"):
        wire.dumps(nest)


def test_a_replacement_may_be_plain_or_a_handle() -> None:
    handle = wire.Handle(7, {"type": "set"})
    assert wire.loads(wire.dumps([{1}, (2,)], lambda value: handle)) == [handle, (2,)]
    assert wire.loads(wire.dumps([{1}], sorted)) == [[1]]
    assert wire.loads(wire.dumps(handle), lambda h: h.number) == 7
    with pytest.raises(wire.NotPlain, match="nested"):
        wire.dumps(len, lambda value: value)  # a replacement that never ends


def frame(header: Any, body: bytes = b"", raw: bytes | None = None) -> bytes:
    packed = msgpack.packb(header) if raw is None else raw
    return struct.pack("!IQ", len(packed), len(body)) + packed + body


def ext(code: int, fields: Any) -> msgpack.ExtType:
    return msgpack.ExtType(code, msgpack.packb(fields))


BAD = {
    "no header": frame(None, raw=b""),
    "half a header": frame(None, raw=b"\x92\x01"),
    "two headers": frame(None, raw=b"\x01\x02"),
    "text that is no text": frame(None, raw=b"\xa1\xff"),
    "a deep nest": frame(None, raw=b"\x91" * 100 + b"\xc0"),
    "a very deep nest": frame(None, raw=b"\x91" * 100_000 + b"\xc0"),
    "too many items": frame([None] * 300_000),
    "a length that is not so": frame([1])[:-1],
    "bytes left over": frame([1], b"more"),
    "a float as key": frame({1.5: 1}),
    "a list as key": frame(None, raw=b"\x81\x90\x01"),
    "raw bytes": frame(b"bytes"),
    "a time stamp": frame(msgpack.Timestamp(1, 1)),
    "an unknown kind": frame(ext(99, None)),
    "a huge int": frame(msgpack.ExtType(1, b"\x01" * 1000)),
    "bytes without a body": frame(ext(3, 10)),
    "bytes of a negative length": frame(ext(3, -1)),
    "an array without a body": frame(ext(4, ["<f8", [2], True])),
    "an object array": frame(ext(4, ["|O", [1], True]), b"\0" * 8),
    "a record array": frame(ext(4, ["f8,f8", [1], True]), b"\0" * 16),
    "dates": frame(ext(4, ["<M8[s]", [1], True]), b"\0" * 8),
    "a negative shape": frame(ext(4, ["<f8", [-1], True]), b"\0" * 8),
    "a huge shape": frame(ext(4, ["<f8", [2**40], True])),
    "a shape that overflows": frame(ext(4, ["<f8", [2**28, 2**28, 2**8], True])),
    "a huge shape of nothing": frame(ext(4, ["<U0", [2**27], True])),
    "a shape of floats": frame(ext(4, ["<f8", [1.0], True]), b"\0" * 8),
    "a shape of bools": frame(ext(4, ["<f8", [True], True]), b"\0" * 8),
    "too many dimensions": frame(ext(4, ["<f8", [1] * 60, True]), b"\0" * 8),
    "a dtype that is no dtype": frame(ext(4, ["what", [1], True]), b"\0" * 8),
    "a foreign byte order": frame(ext(4, [">f8", [1], True]), b"\0" * 8),
    "fields missing": frame(ext(4, ["<f8"])),
    "fields of the wrong type": frame(ext(4, [1, [1], True])),
    "a scalar cut short": frame(ext(5, ["<f8", b"\0"])),
    "an object scalar": frame(ext(5, ["|O", b"\0" * 8])),
    "a handle without a number": frame(ext(6, ["x", {}])),
    "a text that is too long": frame("x" * (2 << 20)),
}


@pytest.mark.parametrize("name", BAD)
def test_rubbish_is_recognised(name: str) -> None:
    with pytest.raises(wire.WireError):
        wire.loads(BAD[name])


def test_a_frame_that_states_a_huge_size_is_refused_before_it_is_read() -> None:
    with pytest.raises(wire.WireError, match="larger"):
        wire.sizes(struct.pack("!IQ", wire.MAX_HEADER + 1, 0))
    with pytest.raises(wire.WireError, match="larger"):
        wire.sizes(struct.pack("!IQ", 0, wire.MAX_BODY + 1))


def test_a_bool_array_holds_only_bools() -> None:
    array = wire.loads(frame(ext(4, ["|b1", [3], True]), bytes([0, 1, 255])))
    assert array.view(np.uint8).tolist() == [0, 1, 1]


def test_damaged_frames_raise_nothing_but_wire_errors() -> None:
    rng = random.Random(0)
    whole = wire.dumps({"a": [1, (2.5, "text")], "b": np.arange(4.0), "c": b"bytes", "d": np.float32(1)})
    damaged = 0
    for _ in range(3000):
        data = bytearray(whole)
        for _ in range(rng.randint(1, 4)):
            data[rng.randrange(12, len(data))] = rng.randrange(256)
        try:
            wire.loads(bytes(data))
        except wire.WireError:
            damaged += 1
    assert damaged > 500


@pytest.mark.parametrize("piece", [1, 7, 1 << 20])
def test_many_frames_are_read_one_by_one_however_they_arrive(piece):
    values = [[1.5, "a"], {"x": np.arange(3.0)}, None, b"z" * 100]
    sent = b"".join(map(wire.dumps, values))
    mine, theirs = socket.socketpair()
    with mine, theirs:
        writer = threading.Thread(
            target=lambda: [theirs.sendall(sent[i : i + piece]) for i in range(0, len(sent), piece)]
        )
        writer.start()
        inbox = wire.Inbox(mine)
        got = [wire.loads(inbox.receive(time.monotonic() + 60)) for _ in values]
        writer.join()
        assert str(got) == str(values) and not inbox.waiting()
        theirs.close()
        with pytest.raises(EOFError):
            inbox.receive()


def test_a_frame_behind_another_is_refused_by_its_stated_size_alone():
    mine, theirs = socket.socketpair()
    with mine, theirs:
        theirs.sendall(wire.dumps(1) + struct.pack("!IQ", 1, 1000))
        inbox = wire.Inbox(mine)
        assert wire.loads(inbox.receive(max_body=999)) == 1 and inbox.waiting()
        with pytest.raises(wire.WireError, match="larger than allowed"):
            inbox.receive(max_body=999)
