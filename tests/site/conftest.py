"""The site, built once for all its tests."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Path:
    """The folder of the built site. The build has no network: whatever asks for an address that is not here fails."""
    pytest.importorskip("myst_nb", reason="the extra `docs` is not installed (make test installs it)")
    pytest.importorskip("pydata_sphinx_theme", reason="the extra `docs` is not installed (make test installs it)")
    folder = tmp_path_factory.mktemp("site")
    dead = "http://127.0.0.1:9"
    surroundings = os.environ | {"http_proxy": dead, "https_proxy": dead, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "docs.site", str(folder)]
    done = subprocess.run(command, cwd=ROOT, env=surroundings, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "html"


@pytest.fixture(scope="session")
def pages(site) -> dict[str, BeautifulSoup]:
    """Every page of the site, by its name."""
    return {
        path.relative_to(site).with_suffix("").as_posix(): BeautifulSoup(path.read_bytes(), "html.parser")
        for path in sorted(site.rglob("*.html"))
        if "_static" not in path.parts
    }
