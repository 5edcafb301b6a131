"""A real JupyterLab on a copy of a lesson, and a real Chromium that opens it."""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CHROMIUM = shutil.which("chromium")
QUIET = [
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
]
START_SECONDS = 240
MILLISECONDS = 240_000  # in which the page answers, however busy the machine is


def _settings(home: Path) -> dict[str, str]:
    """An environment of its own for JupyterLab: no news dialog, all cells in the page at once."""
    folders = {f"JUPYTER_{kind}_DIR": home / kind.lower() for kind in ("CONFIG", "DATA", "RUNTIME")}
    folders |= {"JUPYTERLAB_SETTINGS_DIR": home / "settings", "JUPYTERLAB_WORKSPACES_DIR": home / "workspaces"}
    files = {
        home / "config/labconfig/page_config.json": {
            "disabledExtensions": {"@jupyterlab/apputils-extension:announcements": True}
        },
        home / "settings/@jupyterlab/notebook-extension/tracker.jupyterlab-settings": {"windowingMode": "none"},
    }
    for path, content in files.items():
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(content))
    return os.environ | {"HOME": str(home)} | {name: str(folder) for name, folder in folders.items()}


def _address(runtime: Path, server: subprocess.Popen, log: Path) -> str:
    """The address that JupyterLab writes down once it listens, token included."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and server.poll() is None:
        for path in runtime.glob("jpserver-*.json"):
            try:
                info = json.loads(path.read_text())
            except ValueError:  # half written
                break
            return f"{info['url']}lab/tree/{{notebook}}?token={info['token']}"
        time.sleep(0.2)
    raise RuntimeError(f"JupyterLab did not start within {START_SECONDS} s:\n{log.read_text()}")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """JupyterLab's folder."""
    return tmp_path_factory.mktemp("lab")


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """Where JupyterLab keeps its settings, and writes down that it runs."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def lab(folder, home):
    """The address of a JupyterLab in whose folder lie copies of the lessons that the tests open."""
    for lesson in ("00_start_here", "01_neuron", "07_numpy_mnist"):
        shutil.copytree(ROOT / "lessons" / lesson, folder, dirs_exist_ok=True)
    log = home / "lab.log"
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"]
    command += ["--ServerApp.port=0", "--ServerApp.ip=127.0.0.1", f"--ServerApp.root_dir={folder}"]
    with log.open("w") as output:
        server = subprocess.Popen(
            command, env=_settings(home), stdout=output, stderr=output, stdin=subprocess.DEVNULL, cwd=folder
        )
        try:
            yield _address(home / "runtime", server, log)
        finally:
            server.terminate()
            server.wait(timeout=60)


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """A page in headless Chromium."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine (Debian: apt-get install chromium)")
    from playwright.sync_api import sync_playwright

    root = hasattr(os, "geteuid") and os.geteuid() == 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=[*QUIET, *(["--no-sandbox"] if root else [])],
            env=os.environ | {"HOME": str(tmp_path_factory.mktemp("browser"))},
        )
        page = browser.new_page(viewport={"width": 1200, "height": 900})
        page.set_default_timeout(MILLISECONDS)
        yield page
        browser.close()
