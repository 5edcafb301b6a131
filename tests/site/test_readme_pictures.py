"""The pictures of the README are made by a script, from a lesson and a class; this one runs it with a smaller class."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest
from PIL import Image

from tests.lab.conftest import CHROMIUM
from tests.site.conftest import ROOT

MOST_BYTES = 150_000
SCRIPT = "import sys, pathlib; from docs.site.pictures import main; main(pathlib.Path(sys.argv[1]), students=6)"
COMMITTED = sorted((ROOT / "docs" / "pictures").glob("*.png"))


def test_the_readme_shows_each_picture_with_a_sentence_and_each_is_small():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = dict(re.findall(r"!\[([^\]]+)\]\((docs/pictures/\S+\.png)\)", readme))
    assert sorted(shown.values()) == [path.relative_to(ROOT).as_posix() for path in COMMITTED]
    assert all(len(alt.split()) > 8 for alt in shown)
    assert all(path.stat().st_size <= MOST_BYTES for path in COMMITTED)


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine (Debian: apt-get install chromium)")
def test_the_script_makes_them_anew(tmp_path):
    surroundings = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", SCRIPT, str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, env=surroundings, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    made = sorted(tmp_path.glob("*.png"))
    assert [path.name for path in made] == [path.name for path in COMMITTED]
    for new, old in zip(made, COMMITTED, strict=True):
        with Image.open(new) as new_picture, Image.open(old) as old_picture:
            assert new_picture.width == old_picture.width
            assert len(new_picture.getcolors(256)) > 20  # a page with text, not an empty one
