"""What a judge's own process might do when it has been broken: run by tests/grader/test_alone.py in a real one."""

from __future__ import annotations

import json
import os
import socket
import time
from collections.abc import Callable
from pathlib import Path

from autograder.runner import wire
from autograder.runner.launch import Orders
from autograder.runner.sandbox.limits import Limits


def main(task: bytes, orders: socket.socket, sandbox: str, limits: Limits) -> bytes:
    name, *details = json.loads(task)
    return json.dumps(DO[name](Orders(orders, limits, sandbox), *details)).encode()


def tried(attempt: Callable[[], object]) -> str:
    try:
        attempt()
    except OSError as error:
        return f"refused: {type(error).__name__}"
    return "done"


def bars(orders: Orders, inside: str, outside: str) -> dict[str, str]:
    return {
        "read inside": tried(lambda: Path(inside).read_bytes()),
        "read outside": tried(lambda: Path(outside).read_bytes()),
        "write inside": tried(lambda: Path(inside).write_bytes(b"forged")),
        "write outside": tried(lambda: Path(outside).write_bytes(b"forged")),
        "make a file": tried(lambda: Path(inside).with_name("new").write_bytes(b"x")),
        "empty a file": tried(lambda: os.truncate(inside, 0)),
        "open a socket": tried(lambda: socket.socket()),
        "fork": tried(os.fork),
        "signal the server": tried(lambda: os.kill(os.getppid(), 0)),
        "run a program": tried(lambda: os.execv("/bin/true", ["true"])),
    }


def leaves_a_student(orders: Orders) -> int:
    student = orders.spawn()
    student.run_cell("import os\nfor _ in range(3):\n    os.fork() if hasattr(os, 'fork') else None")
    os._exit(7)


def wants_it_to_end_some_day(orders: Orders) -> int:
    """A student's process that nobody would look for any more."""
    student = orders.spawn()
    order = {"do": "end", "id": 1, "patience": 1e9}
    wire.send(orders._control, wire.dumps(order))
    del student
    os._exit(7)


def does_not_listen(orders: Orders) -> int:
    """Ask on and on, and read no answer."""
    order = wire.dumps({"do": "used", "id": 1})
    for _ in range(1_000_000):
        wire.send(orders._control, order, time.monotonic() + 30)


def runs_a_student(orders: Orders) -> float:
    with orders.spawn() as student:
        student.run_cell("x = 6 * 7")
        return student.namespace["x"]


def says(orders: Orders, what: str) -> str:
    """Send the server something odd; what comes back."""
    odd = {
        "nonsense": b"x" * 64,
        "half": wire.dumps({"do": "used", "id": 1})[:-2],
        "no order": wire.dumps([1]),
        "another judge": wire.dumps({"do": "judge", "id": 1, "folder": "/etc"}),
        "close": wire.dumps({"do": "close"}),
        "another's end": wire.dumps({"do": "end", "id": 99, "patience": 0}),
        "endless patience": wire.dumps({"do": "end", "id": 99, "patience": "long"}),
        "no descriptor": wire.dumps({"do": "spawn", "id": 1, "files": {}}),
    }
    orders._control.sendall(odd[what])
    if what == "half":
        orders._control.shutdown(socket.SHUT_WR)
    return str(wire.loads(wire.receive(orders._control, time.monotonic() + 30)))


DO: dict[str, Callable] = {
    "says": says,
    "bars": bars,
    "exits": lambda orders: os._exit(3),
    "raises": lambda orders: 1 / 0,
    "hangs": lambda orders: time.sleep(60),
    "hogs": lambda orders: [bytearray(b"x") * 100_000_000 for _ in range(1_000)],
    "leaves": leaves_a_student,
    "patient": wants_it_to_end_some_day,
    "deaf": does_not_listen,
    "runs": runs_a_student,
    "environment": lambda orders: [*os.environ.values()],
}
