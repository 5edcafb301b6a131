"""Build the site: collect its pages, then let Sphinx make HTML of them. Warnings are errors."""

from __future__ import annotations

import sys
from pathlib import Path

from sphinx.cmd.build import main as sphinx_build

from docs.site.source import collect

ROOT = Path(__file__).resolve().parents[2]


def build(folder: Path) -> int:
    """The site in `folder`/html; returns Sphinx's exit code, 0 when it had nothing to complain of."""
    pages, html = folder / "pages", folder / "html"
    collect(ROOT, pages)
    places = ["-c", str(Path(__file__).parent), "-d", str(folder / "cache"), str(pages), str(html)]
    failed = sphinx_build(["-b", "html", "-j", "auto", "-q", "-W", "--keep-going", *places])
    if not failed:
        print(f"The site is ready: {html / 'index.html'}")
    return failed


if __name__ == "__main__":
    sys.exit(build(Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "build" / "site").resolve()))
