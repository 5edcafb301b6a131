"""Which notebooks a learner has open in Jupyter just now: the running servers of this machine are asked."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Iterator, Mapping
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

SECONDS = 2  # for a server's answer
EVERY_ADDRESS = ("0.0.0.0", "::")  # where a server listens that is reached at
LOOPBACK = "127.0.0.1"
HERE = ("localhost", LOOPBACK, "::1")


def open_notebooks(folder: Path) -> set[Path]:
    """The notebooks that a page shows, with links followed, of each server whose folder holds `folder` or lies in it.

    A server that does not answer, or lies elsewhere, has none; so has a machine without Jupyter.
    """
    found = set()
    for server in _servers():
        root = Path(str(server.get("root_dir"))).resolve()
        if root.is_relative_to(folder.resolve()) or folder.resolve().is_relative_to(root):
            found |= {(root / path).resolve() for path in _shown(server)}
    return found


def _servers() -> list[Mapping[str, Any]]:
    try:
        from jupyter_server.serverapp import list_running_servers

        return list(list_running_servers())
    except (ImportError, OSError, ValueError):  # no Jupyter; a file of it that cannot be read
        return []


def _shown(server: Mapping[str, Any]) -> set[str]:
    """The paths of a server's notebooks whose kernel has a page. One whose tab was closed keeps its kernel."""
    try:
        return set(_paths(json.loads(_sessions(server))))
    except (OSError, ValueError, HTTPException):
        return set()


def _sessions(server: Mapping[str, Any]) -> bytes:
    """What it says of its sessions. Errors: OSError, ValueError or HTTPException when it says nothing."""
    url = urlsplit(str(server.get("url")))
    host = LOOPBACK if url.hostname in EVERY_ADDRESS else url.hostname
    if url.scheme not in ("http", "https") or host not in HERE:
        raise ValueError("not on this machine")
    netloc = f"[{host}]:{url.port}" if ":" in host else f"{host}:{url.port}"
    address = url._replace(netloc=netloc, path=f"{url.path.rstrip('/')}/api/sessions").geturl()
    request = urllib.request.Request(address, headers={"Authorization": f"token {server.get('token')}"})
    straight = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with straight.open(request, timeout=SECONDS) as answer:
        return answer.read()


def _paths(sessions: Any) -> Iterator[str]:
    for session in sessions if isinstance(sessions, list) else ():
        match session:
            case {"path": str(path), "type": "notebook", "kernel": {"connections": int(pages)}} if pages:
                yield path
