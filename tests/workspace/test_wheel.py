"""The wheel alone is enough: in an empty environment and folder, `course lab` makes a workspace and opens it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import subprocess
import sys
import sysconfig
import time
import urllib.error
import urllib.request
import venv
from pathlib import Path

import pytest
from tornado.websocket import websocket_connect

from course_utils import lessons

ROOT = Path(__file__).parents[2]
FIRST = "00_start_here/00_start_here.ipynb"
START_SECONDS = 240


@pytest.fixture(scope="module")
def environment(tmp_path_factory) -> Path:
    """An environment with the wheel in it; only what the course depends on is shared with the one of the tests."""
    built = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(built)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = built.glob("*.whl")
    folder = tmp_path_factory.mktemp("environment mit Umläuten") / "venv"
    venv.create(folder, with_pip=False, symlinks=os.name != "nt")
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    install = [sys.executable, "-m", "pip", "--python", str(python), "install", "--no-deps", "--no-index", str(wheel)]
    subprocess.run(install, check=True, capture_output=True)
    own = sysconfig.get_path("purelib", vars={"base": str(folder), "platbase": str(folder)})
    Path(own, "shared.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return python.parent


@pytest.fixture
def place(tmp_path, monkeypatch) -> Path:
    """An empty folder and an empty home."""
    for name in ("PYTHONPATH", "COURSE_WORKSPACE", "COURSE_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(tmp_path / "Jörg Größe"))
    monkeypatch.setenv("SHELL", "/bin/sh")
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path / "runtime"))
    monkeypatch.setenv("JUPYTERLAB_DIR", str(Path(sys.prefix, "share/jupyter/lab")))
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", str(Path(sys.prefix, "etc/jupyter")))
    (tmp_path / "ein leerer Ordner, ßchön").mkdir()
    return tmp_path / "ein leerer Ordner, ßchön"


def test_the_lessons_come_with_the_wheel(environment, place):
    course = environment / "course"
    said = subprocess.run([course, "start", "meine Übungen"], cwd=place, capture_output=True, text=True, check=True)
    assert f"{len(lessons.names())} lessons" in said.stdout
    workspace = place / "meine Übungen"
    for path in (ROOT / "lessons").glob("*/*.ipynb"):
        assert (workspace / path.relative_to(ROOT / "lessons")).read_bytes() == path.read_bytes()
    (workspace / ".course-workspace/handed-out" / FIRST).write_text("an older version")
    said = subprocess.run([course, "update"], cwd=workspace, capture_output=True, text=True, check=True)
    assert said.stdout.strip() == f"{workspace} is up to date."
    code = "import autograder, course_utils; print(autograder.__file__, course_utils.__file__)"
    found = subprocess.run([environment / "python", "-c", code], cwd=place, capture_output=True, text=True, check=True)
    assert str(ROOT) not in found.stdout


def test_course_lab_is_all_that_is_typed(environment, place, tmp_path):
    log = tmp_path / "lab.log"
    command = [environment / "course", "lab", "--no-browser", "--ServerApp.port=0", "--ServerApp.ip=127.0.0.1"]
    with log.open("w") as output:
        lab = subprocess.Popen(command, cwd=place, stdout=output, stderr=output, stdin=subprocess.DEVNULL)
    server = _server(tmp_path / "runtime", lab, log)
    try:
        address = f"{server['url']}api/contents/{FIRST}?token={server['token']}"
        with urllib.request.urlopen(address, timeout=START_SECONDS) as answer:
            cells = json.load(answer)["content"]["cells"]
        with urllib.request.urlopen(f"{server['url']}lab?token={server['token']}", timeout=START_SECONDS) as answer:
            assert answer.status == 200
        printed = asyncio.run(_typed_in_a_terminal(server, "command -v course; pwd; exit"))
    finally:
        os.kill(server["pid"], signal.SIGTERM)  # JupyterLab's own process; `course lab` ends with it
        lab.wait(timeout=START_SECONDS)
    assert any("course_utils.start" in "".join(cell["source"]) for cell in cells)
    workspace = tmp_path / "Jörg Größe" / "my-neural-networks"
    assert f"Made your workspace {workspace}" in log.read_text("utf-8")
    assert (workspace / FIRST).is_file()
    if os.name == "posix":
        assert {str(environment / "course"), str(workspace)} <= set(printed.split("\r\n"))


async def _typed_in_a_terminal(server: dict, line: str) -> str:
    """What one of JupyterLab's terminals shows; its shell ends with the line."""
    query = f"?token={server['token']}"
    request = urllib.request.Request(f"{server['url']}api/terminals{query}", method="POST")
    with urllib.request.urlopen(request, timeout=START_SECONDS) as answer:
        name = json.load(answer)["name"]
    address = f"{server['url'].replace('http', 'ws', 1)}terminals/websocket/{name}{query}"
    terminal, shown = await websocket_connect(address), ""
    await terminal.write_message(json.dumps(["set_size", 24, 500]))
    await terminal.write_message(json.dumps(["stdin", f"{line}\r"]))
    while message := await asyncio.wait_for(terminal.read_message(), START_SECONDS):
        kind, *text = json.loads(message)
        if kind == "disconnect":
            terminal.close()
        shown += "".join(map(str, text)) if kind == "stdout" else ""
    return shown


def _server(runtime: Path, lab: subprocess.Popen, log: Path) -> dict:
    """What JupyterLab writes down about itself, once it answers."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and lab.poll() is None:
        for path in runtime.glob("jpserver-*.json"):
            with contextlib.suppress(ValueError, urllib.error.URLError):  # half written, not yet listening
                server = json.loads(path.read_text())
                urllib.request.urlopen(f"{server['url']}api", timeout=START_SECONDS).close()
                return server
        time.sleep(0.2)
    lab.kill()
    lab.wait()
    raise RuntimeError(f"JupyterLab did not start within {START_SECONDS} s:\n{log.read_text()}")
