"""A result is valid as long as the code that judged is the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder import version

ROOT = Path(version.__file__).resolve().parents[1]
FILES = [path.relative_to(ROOT) for path in sorted((ROOT / "autograder").rglob("*.py"))]


@pytest.mark.parametrize(
    "changed", ["autograder/judge/testcell.py", "autograder/runner/sandbox/cage.py", "course_utils/lesson.py"]
)
def test_the_code_digest_sees_every_module_that_judges(tmp_path, monkeypatch, changed):
    for path in (*FILES, Path("course_utils/lesson.py"), Path("tests/test.py")):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("1\n")
    monkeypatch.setattr(version, "PACKAGES", tmp_path)
    before = version.code_digest()
    (tmp_path / "tests" / "test.py").write_text("2\n")
    assert version.code_digest() == before
    (tmp_path / changed).write_text("2\n")
    assert version.code_digest() != before
