"""`course update` leaves a notebook alone that a running Jupyter server has open, and says so."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner
from tornado.websocket import websocket_connect

from autograder.cli import main
from autograder.workspace import commands, opened
from autograder.workspace.folder import Workspace
from autograder.workspace.opened import open_notebooks
from autograder.workspace.update import bring
from tests.workspace.changes import HEAD, answered, exercise, notebook, text

SECONDS = 240
SHOWN, CLOSED, OTHER = (Path(name, f"{name}.ipynb") for name in ("01_shown", "02_closed", "03_other"))
OLD, MINE, NEW = (
    notebook(blocks)
    for blocks in (
        [[HEAD], exercise("a")],
        [[HEAD], answered("a")],
        [[text("# A new head")], exercise("a"), exercise("b")],
    )
)


@pytest.fixture
def runtime(tmp_path, monkeypatch) -> Path:
    """Where Jupyter's servers write down that they run."""
    folder = tmp_path / "runtime"
    folder.mkdir()
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(folder))
    return folder


@pytest.fixture
def workspace(tmp_path, runtime, monkeypatch) -> Workspace:
    """One with three lessons in which the learner has worked, and a course that has new versions of them."""
    workspace = Workspace(tmp_path / "Jörgs Kurs" / "meine Übungen, groß")
    bring(workspace, [(path, OLD) for path in (SHOWN, CLOSED, OTHER)])
    for path in (SHOWN, CLOSED, OTHER):
        (workspace.root / path).write_bytes(MINE)
    monkeypatch.setattr(commands, "shipped_files", lambda: [(path, NEW) for path in (SHOWN, CLOSED, OTHER)])
    return workspace


def update(workspace: Workspace) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["update", str(workspace.root)])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output


def updated(workspace: Workspace) -> set[Path]:
    return {p for p in (SHOWN, CLOSED, OTHER) if b"A new head" in (workspace.root / p).read_bytes()}


@pytest.fixture
def server(workspace, runtime, tmp_path) -> Iterator[dict]:
    """A real one in the folder above the workspace: what it has written down about itself."""
    log = tmp_path / "server.log"
    command = [sys.executable, "-m", "jupyter_server", "--no-browser", "--allow-root", "--ServerApp.port=0"]
    command += ["--ServerApp.ip=127.0.0.1", f"--ServerApp.root_dir={workspace.root.parent}"]
    environment = os.environ | {f"JUPYTER_{kind}_DIR": str(tmp_path / kind) for kind in ("CONFIG", "DATA")}
    with log.open("w") as output:
        process = subprocess.Popen(command, env=environment, stdout=output, stderr=output, stdin=subprocess.DEVNULL)
        try:
            yield _written_down(runtime, process, log)
        finally:
            process.terminate()
            process.wait(timeout=60)


def _written_down(runtime: Path, process: subprocess.Popen, log: Path) -> dict:
    end = time.monotonic() + SECONDS
    while time.monotonic() < end and process.poll() is None:
        for path in runtime.glob("jpserver-*.json"):
            if path.read_text().rstrip().endswith("}"):  # not half written
                return json.loads(path.read_text())
        time.sleep(0.1)
    raise RuntimeError(f"Jupyter did not start:\n{log.read_text()}")


def _session(server: dict, path: Path) -> str:
    """Open a session on a notebook of the server's folder, as its page does; its kernel's id."""
    asked = {"path": path.as_posix(), "name": path.name, "type": "notebook", "kernel": {"name": "python3"}}
    headers = {"Authorization": f"token {server['token']}", "Content-Type": "application/json"}
    request = urllib.request.Request(f"{server['url']}api/sessions", json.dumps(asked).encode(), headers)
    with urllib.request.urlopen(request, timeout=SECONDS) as answer:
        return json.load(answer)["kernel"]["id"]


def test_a_notebook_with_a_page_waits_and_one_whose_tab_was_closed_does_not(server, workspace):
    inside = Path(workspace.root.name)
    _session(server, inside / CLOSED)
    kernel = _session(server, inside / SHOWN)

    async def while_it_is_shown() -> tuple[int, str]:
        address = f"{server['url'].replace('http', 'ws', 1)}api/kernels/{kernel}/channels?token={server['token']}"
        page = await websocket_connect(address)
        try:
            return update(workspace)
        finally:
            page.close()
            while await page.read_message() is not None:
                pass

    code, said = asyncio.run(while_it_is_shown())
    assert code == 1 and updated(workspace) == {CLOSED, OTHER}
    assert f"{SHOWN} is open in Jupyter, so it was left as it is." in said
    assert [path for path in (CLOSED, OTHER) if f"{path} is open" in said] == []
    assert (workspace.root / SHOWN).read_bytes() == MINE

    end = time.monotonic() + SECONDS
    while open_notebooks(workspace.root) and time.monotonic() < end:  # until the server has seen the page go
        time.sleep(0.1)
    code, said = update(workspace)
    assert (code, updated(workspace)) == (0, {SHOWN, CLOSED, OTHER}) and "is open" not in said
    assert b"return 42" in (workspace.root / SHOWN).read_bytes()


@pytest.fixture
def said_by(runtime) -> Iterator:
    """Makes servers that answer with some sessions, in a folder; gives back what they were asked."""
    running = []

    def make(answer: bytes, root: Path, **more) -> list[tuple[str, str]]:
        asked = []

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                asked.append((self.path, self.headers["Authorization"]))
                self.send_response(200)
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_):
                pass

        running.append(HTTPServer(("127.0.0.1", 0), Handler))
        threading.Thread(target=running[-1].serve_forever, args=(0.05,), daemon=True).start()
        url = f"http://127.0.0.1:{running[-1].server_port}/"
        more = {"url": url, "token": "a secret", "root_dir": str(root), "pid": os.getpid()} | more
        (runtime / f"jpserver-{len(running)}.json").write_text(json.dumps(more))
        return asked

    yield make
    for each in running:
        each.shutdown()
        each.server_close()


def sessions(path: str, connections: int = 1, kind: str = "notebook") -> bytes:
    return json.dumps([{"path": path, "type": kind, "kernel": {"connections": connections}}]).encode()


def test_the_servers_folder_may_hold_the_workspace_or_lie_in_it(said_by, workspace):
    asked = said_by(sessions(SHOWN.name), workspace.root / SHOWN.parent)
    said_by(sessions(f"{workspace.root.name}/{CLOSED.as_posix()}"), workspace.root.parent)
    assert open_notebooks(workspace.root) == {workspace.root / SHOWN, workspace.root / CLOSED}
    assert asked == [("/api/sessions", "token a secret")]


def test_a_link_to_the_workspace_is_the_workspace(said_by, workspace, tmp_path):
    try:
        (tmp_path / "link").symlink_to(workspace.root, target_is_directory=True)
    except OSError:
        pytest.skip("this machine makes no links")
    said_by(sessions(SHOWN.as_posix()), tmp_path / "link")
    assert update(Workspace(tmp_path / "link"))[0] == 1
    assert updated(workspace) == {CLOSED, OTHER}


def test_a_server_of_another_folder_or_machine_is_not_asked(said_by, workspace, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    asked = said_by(sessions(SHOWN.as_posix()), tmp_path / "elsewhere")
    asked_too = said_by(sessions(SHOWN.as_posix()), workspace.root, url="http://jupyter.example:8888/")
    assert (open_notebooks(workspace.root), asked, asked_too) == (set(), [], [])


def test_a_server_that_listens_on_every_address_is_asked_here(said_by, workspace, runtime):
    said_by(sessions(SHOWN.as_posix()), workspace.root)
    (written,) = runtime.glob("*.json")
    written.write_text(written.read_text().replace("127.0.0.1", "0.0.0.0"))
    assert open_notebooks(workspace.root) == {workspace.root / SHOWN}


ODD = [b"", b"{", b"{}", b"[3]", b"null", b"\xff", b'[{"path": 3, "type": "notebook", "kernel": null}]']
ODD += [sessions(SHOWN.as_posix(), connections=0), sessions(SHOWN.as_posix(), kind="console")]


@pytest.mark.parametrize("answer", ODD)
def test_what_says_nothing_of_an_open_notebook_holds_no_update_up(answer, said_by, workspace):
    asked = said_by(answer, workspace.root)
    code, said = update(workspace)
    assert (code, updated(workspace), len(asked)) == (0, {SHOWN, CLOSED, OTHER}, 1) and "is open" not in said


@pytest.mark.parametrize(
    "url", [None, "", "file:///etc/hosts", "http+unix://%2Ftmp", "http://127.0.0.1:1/", "http://["]
)
def test_an_address_that_leads_nowhere_is_passed_over(url, said_by, workspace):
    said_by(b"[]", workspace.root, url=url)
    said_by(sessions(SHOWN.as_posix()), workspace.root)
    assert open_notebooks(workspace.root) == {workspace.root / SHOWN}


def test_a_server_that_never_answers_is_passed_over(runtime, workspace, monkeypatch):
    monkeypatch.setattr(opened, "SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        server = {"url": url, "token": "", "root_dir": str(workspace.root), "pid": os.getpid()}
        (runtime / "jpserver-1.json").write_text(json.dumps(server))
        assert update(workspace)[0] == 0
    assert updated(workspace) == {SHOWN, CLOSED, OTHER}


def test_what_a_dead_server_left_is_passed_over(said_by, workspace):
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    asked = said_by(sessions(SHOWN.as_posix()), workspace.root, pid=ended.pid)
    assert (update(workspace)[0], asked, updated(workspace)) == (0, [], {SHOWN, CLOSED, OTHER})


def test_without_jupyter_nothing_is_asked(said_by, workspace, monkeypatch):
    asked = said_by(sessions(SHOWN.as_posix()), workspace.root)
    monkeypatch.setitem(sys.modules, "jupyter_server.serverapp", None)
    assert (update(workspace)[0], asked, updated(workspace)) == (0, [], {SHOWN, CLOSED, OTHER})


def test_an_update_without_news_asks_nobody(said_by, workspace):
    update(workspace)
    asked = said_by(sessions(SHOWN.as_posix()), workspace.root)
    assert (update(workspace), asked) == ((0, f"{workspace.root} is up to date.\n"), [])
