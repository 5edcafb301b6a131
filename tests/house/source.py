"""What the rules of the house look at: every module of the two packages, and what it imports, also inside functions."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("course_utils", "autograder")


@cache
def modules() -> dict[str, Path]:
    """The dotted name of every module, with its file."""
    found = {}
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imports(name: str, text: str, known: dict[str, Path]) -> set[str]:
    """What the module imports, as dotted names: modules of ours wherever there is one, else what stands there."""
    found: set[str] = set()
    package = name if known[name].name == "__init__.py" else name.rpartition(".")[0]
    for node in _run(ast.parse(text)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join([*above, *([node.module] if node.module else [])])
            for alias in node.names:
                inner = f"{base}.{alias.name}"
                found.add(inner if inner in known else base)
    return found


def _run(tree: ast.AST) -> Iterator[ast.AST]:
    """Every node but those that only a type checker reads."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            continue
        yield node
        yield from _run(node)


@cache
def graph() -> dict[str, set[str]]:
    """Each module with what it imports."""
    known = modules()
    return {name: imports(name, path.read_text(encoding="utf-8"), known) for name, path in known.items()}
