"""What a hostile student who knows this code hands in: each row a submission of an assignment with two exercises.

The answer to `relu` attacks; `sigmoid`, below it, is answered honestly and keeps its points. The answers lie in cells/,
a kind a file. There `# %% name` begins one, `# relu: full` says what must come of it where that is not nothing ("part":
less than full), `# sigmoid: any` that it may harm itself, `# never: text` what must stand on no page, `# %%% below` a
cell of the student's own below the check.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

FULL, NONE, ANY = "full", "none", "any"


@dataclass(frozen=True)
class Attack:
    cell: str
    relu: str = NONE
    sigmoid: str = FULL
    never: tuple[str, ...] = ()
    below: str = ""


def read(kind: str) -> dict[str, Attack]:
    """The attacks of one file."""
    text = (Path(__file__).parent / "cells" / f"{kind}.txt").read_text(encoding="utf-8")
    return {part.partition("\n")[0]: _attack(part.partition("\n")[2]) for part in text.split("# %% ")[1:]}


def _attack(text: str) -> Attack:
    said = re.findall(r"^# (relu|sigmoid|never): (.*)\n", text, re.MULTILINE)
    cell, _, below = re.sub(r"^# (relu|sigmoid|never): .*\n", "", text, flags=re.MULTILINE).partition("# %%% below\n")
    never = tuple(what for key, what in said if key == "never")
    return Attack(cell.strip(), **{key: what for key, what in said if key != "never"}, never=never, below=below.strip())


def lies(reply: str, relu: str = NONE) -> Attack:
    """An answer whose process sends another reply to each call than the agent's, which is `honest`."""
    cell = f"""
from autograder.runner import child
from autograder.runner.wire import Handle
real = child.Agent.do_call
def do_call(self, target, args, kwargs):
    honest = real(self, target, args, kwargs)
    return {reply}
child.Agent.do_call = do_call
def relu(x): return np.maximum(0, x) if {relu != NONE} else x"""
    return Attack(cell, relu, sigmoid=ANY)


def sends(frame: str) -> Attack:
    """An answer that writes a frame of its own to the judge."""
    return Attack(f"""
import os, struct, msgpack
from autograder.runner import wire
def raw(header, body=b""): return struct.pack("!IQ", len(header), len(body)) + header + body
def reply(value): return raw(msgpack.packb({{"id": 3, "value": value}}))
def relu(x):
    os.write(3, {frame})
    return x""")


REPLIES = {
    "a longer input": lies("{**honest, 'changed': ((np.zeros(10**6),), {})}", "part"),
    "an input of bytes": lies("{**honest, 'changed': ((np.zeros(3, 'u1'),), {})}", "part"),
    "an input that is none": lies("{**honest, 'changed': ((None,), {})}", FULL),
    "changes of another form": lies("{**honest, 'changed': {'0': 1}}", FULL),
    "more inputs than there were": lies("{**honest, 'changed': ((1,) * 1_000, {'more': 1})}"),
    "a claim of lateness": lies("{**honest, 'timed_out': 'clock'}"),
    "a claim of lateness that is none": lies("{**honest, 'timed_out': [1, 2]}"),
    "a claim that it is missing": lies("{'missing': True}"),
    "an error without form": lies("{'error': 'none'}"),
    "an error of a thousand": lies("{'error': {'kind': 'A' * 10**6, 'message': '\\x1b[2J<b>' * 10**5, 'where': 5}}"),
    "an assertion of its own": lies("{'error': {'kind': 'AssertionError', 'message': ''}}"),
    "an error that ends the judge": lies("{'error': {'kind': 'SystemExit', 'message': '0'}}"),
    "no value": lies("{}"),
    "a handle of nothing": lies("{'value': Handle(10**9, {})}"),
    "a handle with claims": lies(
        "{'value': Handle(0, {'type': ['x'], 'callable': 'yes', 'stub': 1})}"
    ),
    "a handle by name": lies(
        "{'value': Handle(-1, {'name': 'os:system'})}"
    ),
    "another's number": sends("wire.dumps({'id': 10**6, 'value': 2.0})"),
    "two answers at once": sends("wire.dumps({'id': 3, 'value': x}) * 2"),
    "half a frame": sends("wire.dumps({'id': 3, 'value': x})[:-3]"),
    "an impossible shape": sends("reply(msgpack.ExtType(4, msgpack.packb(['<f8', [2**62, 2**62], True])))"),
    "an array of objects": sends("reply(msgpack.ExtType(4, msgpack.packb(['|O', [1], True])))"),
    "an array of nothing": sends("reply(msgpack.ExtType(4, msgpack.packb(['<U0', [2**27] * 8, True])))"),
    "a date": sends("reply(msgpack.Timestamp(0))"),
    "an unknown kind": sends("reply(msgpack.ExtType(99, b'x'))"),
    "a key that is nan": sends("reply({float('nan'): 1})"),
    "a bomb of lists": sends("raw(b'\\xdd\\xff\\xff\\xff\\xff')"),
    "a bomb of maps": sends("raw(b'\\x81\\xa1a' * 100_000 + b'\\xc0')"),
    "a length of everything": sends("struct.pack('!IQ', 2**32 - 1, 2**64 - 1)"),
    "rubbish": sends("bytes(range(256)) * 100"),
}  # fmt: skip

ATTACKS = {
    f"{kind}: {name}": attack
    for kind in ("judges_itself", "answers", "pages", "left", "secrets", "endless", "shared")
    for name, attack in read(kind).items()
} | {f"replies: {name}": attack for name, attack in REPLIES.items()}
