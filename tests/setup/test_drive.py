"""Where the learner's own files lie: on Google Drive while Colab has it, unless a variable says otherwise."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from course_utils.notebook import progress

HOME, DRIVE, CHOSEN = "home/.exploring-neural-networks", "drive/exploring-neural-networks-progress", "chosen"


@pytest.mark.parametrize(
    ("colab", "mounted", "chosen", "expected"),
    [
        (False, False, "", HOME),
        (False, True, "", HOME),
        (True, False, "", HOME),
        (True, True, "", DRIVE),
        (True, True, CHOSEN, CHOSEN),
        (False, False, CHOSEN, CHOSEN),
    ],
)
def test_points_go_to_drive_when_colab_has_mounted_it(tmp_path, monkeypatch, colab, mounted, chosen, expected):
    monkeypatch.setenv("COURSE_HOME", str(tmp_path / chosen) if chosen else "")
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "home")
    monkeypatch.setattr(progress, "DRIVE", tmp_path / "drive")
    for name in ("NBGRADER_EXECUTION", "COURSE_GRADING"):
        monkeypatch.delenv(name, raising=False)
    if colab:
        monkeypatch.setitem(sys.modules, "google.colab", sys)
    if mounted:
        (tmp_path / "drive").mkdir()
    assert progress.home() == tmp_path / expected
    progress.record("01_neuron", "a", 2, 3, "partial")
    assert any(path.is_file() for path in (tmp_path / expected).rglob("*"))
    assert progress.read()["01_neuron"]["a"]["score"] == 2
