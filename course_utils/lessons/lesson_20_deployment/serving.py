"""Lesson 20's machinery: a service that runs beside the notebook, and an exported model as a plain function."""

from __future__ import annotations

import contextlib
import importlib
import socket
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from course_utils.environment import quiet_stderr

_running: list[Service] = []


class Service:
    """A web application that answers on this computer only, in a thread, until it is stopped.

    The system chooses a free port. Errors: RuntimeError when the application does not start within 10 seconds.
    """

    def __init__(self, app: Any):
        import uvicorn

        # Named as TCP, asyncio sends small replies at once; otherwise each would wait 40 ms for company.
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        self._socket.bind(("127.0.0.1", 0))  # 127.0.0.1: only this computer; 0: any free port
        self.address = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self._server = uvicorn.Server(uvicorn.Config(app, log_level="critical", access_log=False))
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        for _ in range(1000):
            if self._server.started:
                return
            self._thread.join(0.01)
            if not self._thread.is_alive():
                break
        self.stop()
        raise RuntimeError("The service did not start. Does the application raise an error when it begins?")

    def _run(self) -> None:
        with contextlib.suppress(SystemExit):  # what uvicorn raises when the application does not start
            self._server.run([self._socket])

    def stop(self) -> None:
        """End the service and wait until it has ended; a second call does nothing."""
        self._server.should_exit = True
        self._thread.join(10)
        self._socket.close()

    @property
    def runs(self) -> bool:
        """Whether the service still answers."""
        return self._thread.is_alive()

    def __repr__(self) -> str:
        return f"<Service at {self.address}, {'running' if self.runs else 'stopped'}>"


def serve(app: Any) -> Service:
    """Start a service; one that an earlier run of the cell has started ends first."""
    while _running:
        _running.pop().stop()
    service = Service(app)
    _running.append(service)
    return service


def ready() -> bool:
    """Whether the packages of a service can be imported; a printed line says which are missing and how to get them."""
    missing = []
    for package in ("fastapi", "uvicorn", "httpx"):
        try:
            importlib.import_module(package)
        except ImportError:
            missing.append(package)
    if missing:
        print(
            f"Not installed here: {', '.join(missing)}. `pip install {' '.join(missing)}` brings what is missing. "
            "We go on without the service; every exercise works."
        )
    return not missing


def litert(path: str | Path) -> Callable[[np.ndarray], np.ndarray]:
    """The model in a LiteRT file as a function of a batch of rows; for models with one input and one output.

    Errors: ValueError when the file is no such model.
    """
    with quiet_stderr():  # on its first run LiteRT says on stderr which library does its sums
        try:
            from ai_edge_litert.interpreter import Interpreter
        except ImportError:  # TensorFlow still brings an older copy of the same runtime
            from tensorflow import lite

            Interpreter = lite.Interpreter
        interpreter = Interpreter(model_path=str(path))
        signature = interpreter.get_signature_list()["serving_default"]
        if len(signature["inputs"]) != 1 or len(signature["outputs"]) != 1:
            raise ValueError(f"{path} should have one input and one output, but has {signature}.")
        (into,), (out,) = signature["inputs"], signature["outputs"]
        run = interpreter.get_signature_runner()
        shape = np.abs(interpreter.get_input_details()[0]["shape_signature"])  # -1: any number of rows
        run(**{into: np.zeros(shape, np.float32)})
    return lambda rows: run(**{into: np.asarray(rows, np.float32)})[out]
