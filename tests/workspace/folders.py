"""A workspace with one lesson, and what lies in it."""

from __future__ import annotations

from pathlib import Path

from autograder.workspace.folder import Workspace
from autograder.workspace.update import bring
from tests.workspace.changes import LESSON, PATH, sources

KEPT = Path(LESSON, f"{LESSON}.kept.md")


def files_of(workspace: Workspace) -> dict[str, bytes]:
    return {str(p.relative_to(workspace.root)): p.read_bytes() for p in workspace.root.rglob("*") if p.is_file()}


def started(folder: Path, data: bytes) -> Workspace:
    workspace = Workspace(folder)
    bring(workspace, [(PATH, data)])
    return workspace


def everything(workspace: Workspace) -> str:
    kept = workspace.root / KEPT
    beside = kept.read_text(encoding="utf-8") if kept.exists() else ""
    return "\n".join([*sources((workspace.root / PATH).read_bytes()), beside])
