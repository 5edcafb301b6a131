"""The files that set the course up agree with each other: pyproject, Makefile, conda, README, nbgrader, CI."""

from __future__ import annotations

import logging
import os
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml
from nbgrader.utils import ignore_patterns
from packaging.specifiers import SpecifierSet
from traitlets.config.loader import PyFileConfigLoader

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def extras_of_makefile() -> set[str]:
    return set(re.search(r"^EXTRAS := (.*)$", MAKEFILE, re.M)[1].split(","))


def test_conda_installs_the_same_extras_as_make():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    (through_pip,) = (item["pip"] for item in environment["dependencies"] if isinstance(item, dict))
    (course,) = through_pip
    extras = re.fullmatch(r"-e \.\[(.*)\]", course)[1]
    assert set(extras.split(",")) == extras_of_makefile()
    assert f"python{PROJECT['requires-python']}" in environment["dependencies"]
    assert environment["name"] == PROJECT["name"]


def test_the_extras_are_the_promised_ones():
    assert set(PROJECT["optional-dependencies"]) == {"lab", "grading", "scale", "gpu", "docs", "dev"}
    assert extras_of_makefile() <= set(PROJECT["optional-dependencies"])


def test_every_dependency_has_its_reason():
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    wanted = [*PROJECT["dependencies"], *(r for group in PROJECT["optional-dependencies"].values() for r in group)]
    for requirement in wanted:
        line = next(line for line in text.splitlines() if line.strip().startswith(f'"{requirement}"'))
        assert re.search(r'",\s+# \S.{8,}', line), f"{requirement} has no reason beside it"


def test_nbgrader_releases_lessons_from_solutions_without_the_sources(tmp_path):
    config = PyFileConfigLoader("nbgrader_config.py", path=str(ROOT)).load_config()
    assert config.CourseDirectory.source_directory == "solutions"
    assert config.CourseDirectory.release_directory == "lessons"
    assert config.ClearSolutions.code_stub["python"] == "# YOUR CODE HERE"
    files = ["02_activations.py", "02_activations.ipynb", "picture.png", "helper.py"]
    for name in files:
        (tmp_path / name).touch()
    left_out = ignore_patterns(exclude=config.CourseDirectory.ignore, log=logging.getLogger())(str(tmp_path), files)
    assert set(left_out) == {"02_activations.py"}


def make(*arguments: str) -> subprocess.CompletedProcess:
    environment = {k: v for k, v in os.environ.items() if k not in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS")}
    return subprocess.run(
        ["make", "--always-make", "--dry-run", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("target", ["lab", "test", "quick", "versions", "demo", "docs", "build", "lock"])
def test_every_target_sets_up_from_the_lock_first(target):
    done = make(target)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    install = next(i for i, line in enumerate(lines) if "--require-hashes -r requirements.lock" in line)
    course = next(i for i, line in enumerate(lines) if "--no-deps --no-build-isolation -e ." in line)
    stamp = next(i for i, line in enumerate(lines) if line.startswith("touch .venv/"))
    assert install < course < stamp < len(lines) - 1


def test_arguments_reach_jupyterlab_and_pytest():
    assert make("lab", "LAB_ARGS=--no-browser --port 8899").stdout.endswith("course lab --no-browser --port 8899\n")
    assert make("test", "TEST_ARGS=tests/setup -x").stdout.splitlines()[-1].endswith("tests/setup -x")


@pytest.mark.parametrize("minor", range(9, 17))
def test_another_python_is_refused_in_words(minor):
    """The check itself runs, in a Python that says it is another one: make refuses what pip would refuse later."""
    line = next(line for line in make("lab").stdout.splitlines() if "version_info" in line)
    code = re.search(r"-c '(.*)'", line)[1]
    other = f"sys.version_info = (3, {minor}, 2); sys.version = '3.{minor}.2 (other)'"
    code = code.replace("import sys;", f"import sys; {other};")
    done = subprocess.run(["python3", "-c", code], capture_output=True, text=True, check=False)
    if f"3.{minor}.2" in SpecifierSet(PROJECT["requires-python"]):
        assert (done.returncode, done.stderr) == (0, "")
    else:
        assert done.returncode == 1
        assert f"needs {pythons_in_words()}, this is 3.{minor}.2. Name another" in done.stderr


def test_the_readme_names_the_pythons():
    assert f"You need {pythons_in_words()}," in (ROOT / "README.md").read_text(encoding="utf-8")


def pythons_in_words() -> str:
    *first, last = [f"3.{minor}" for minor in range(30) if f"3.{minor}.0" in SpecifierSet(PROJECT["requires-python"])]
    return f"Python {', '.join(first)} or {last}"


def test_ci_runs_the_same_tests_as_everyone():
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert script.splitlines()[-1] == "make test"
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
    assert subprocess.run(["bash", "-n", ".ci/run"], cwd=ROOT, check=False).returncode == 0


def tracked_files() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [path for name in listed.split("\0") if name and (path := ROOT / name).is_file()]


def test_no_machine_path_is_committed():
    # Written in pieces, so that this file does not name what it forbids.
    forbidden = re.compile(r"(?<![\w.])/(?:" + "wo" + r"rk|ro" + r"ot)/(?!\*)\w|pypi\.o" + r"rg|pythonhos" + "ted")
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}"
        for path in tracked_files()
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1)
        if forbidden.search(line)
    ]
    assert not found, "\n".join(found)
