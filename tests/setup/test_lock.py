"""The lock can be installed on every Python and platform of the course.

Without a network, each package installed here tells which Pythons and which other packages it wants. A pin whose marker
excludes this machine is not installed: that it is there is tested, what it wants is known only where it is installed.
"""

from __future__ import annotations

import re
import tomllib
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest
from packaging.markers import Marker, default_environment
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT = PYPROJECT["project"]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
EXTRAS = re.search(r"^EXTRAS := (.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)[1].split(",")

ALLOWED = SpecifierSet(PROJECT["requires-python"])
PYTHONS = [python for minor in range(30) for patch in range(16) if (python := f"3.{minor}.{patch}") in ALLOWED]
PLATFORMS = {
    "Linux": ("linux", "Linux", "posix", "x86_64"),
    "Linux on ARM": ("linux", "Linux", "posix", "aarch64"),
    "macOS": ("darwin", "Darwin", "posix", "arm64"),
    "Windows": ("win32", "Windows", "nt", "AMD64"),
}


@dataclass(frozen=True)
class Pin:
    """One line of the lock."""

    name: str
    version: str
    marker: Marker | None
    hashes: int


@dataclass(frozen=True)
class Package:
    """What a package says of itself."""

    python: SpecifierSet
    requires: list[Requirement]


def read_pins(lock: str) -> list[Pin]:
    pins = []
    for line in lock.replace("\\\n", " ").splitlines():
        if line and not line.startswith("#"):
            text, *hashes = line.split("--hash=sha256:")
            requirement = Requirement(text)
            version = re.fullmatch(r"==([^,*]+)", str(requirement.specifier))[1]
            pins.append(Pin(canonicalize_name(requirement.name), version, requirement.marker, len(hashes)))
    return pins


def package(python: str, requires: list[str]) -> Package:
    return Package(SpecifierSet(python), [Requirement(text) for text in requires])


def environment(python: str, platform: str) -> dict[str, str]:
    """What markers look at, for CPython on another machine."""
    names = ("sys_platform", "platform_system", "os_name", "platform_machine")
    there = dict(zip(names, PLATFORMS[platform], strict=True))
    there["python_full_version"] = there["implementation_version"] = python
    there["python_version"] = python.rpartition(".")[0]
    return {**default_environment(), **there, "extra": ""}


def holds(marker: Marker | None, there: dict[str, str], extras: set[str] = frozenset()) -> bool:
    return marker is None or any(marker.evaluate(there | {"extra": extra}) for extra in ("", *extras))


def faults(
    pins: list[Pin], packages: dict[tuple[str, str], Package], wanted: list[Requirement], there: dict[str, str]
) -> set[str]:
    """Why pip could not install the lock there: a Python excluded, a package locked twice, missing or too old."""
    python = there["python_full_version"]
    found, locked = set(), {}
    for pin in pins:
        if not holds(pin.marker, there):
            continue
        if pin.name in locked:
            found.add(f"{pin.name} is locked twice")
        locked[pin.name] = pin
        known = packages.get((pin.name, pin.version))
        if known and python not in known.python:
            found.add(f"{pin.name} {pin.version} wants Python {known.python}")
    # From the course's own requirements to theirs, and so on.
    todo, seen = [("the course", requirement) for requirement in wanted], set()
    while todo:
        who, requirement = todo.pop()
        if (who, str(requirement)) in seen:
            continue
        seen.add((who, str(requirement)))
        pin = locked.get(canonicalize_name(requirement.name))
        if not pin or not requirement.specifier.contains(pin.version, prereleases=True):
            found.add(f"{who} needs {requirement}, locked is {pin.version if pin else 'none'}")
        elif known := packages.get((pin.name, pin.version)):
            needed = [r for r in known.requires if holds(r.marker, there, requirement.extras)]
            todo += [(pin.name, r) for r in needed]
    return found


def installed(names: set[str]) -> dict[tuple[str, str], Package]:
    found = {}
    for name in names:
        with suppress(PackageNotFoundError):
            here = distribution(name)
            found[name, here.version] = package(here.metadata.get("Requires-Python") or "", here.requires or [])
    return found


PINS = read_pins(LOCK)
INSTALLED = installed({pin.name for pin in PINS})
WANTED = [
    Requirement(text)
    for group in (
        PROJECT["dependencies"],
        *(PROJECT["optional-dependencies"][extra] for extra in EXTRAS),
        # The course itself is installed without build isolation, which would fetch a backend past the lock.
        PYPROJECT["build-system"]["requires"],
    )
    for text in group
]


def test_the_lock_is_pips_own_format_with_hashes_and_names_no_index():
    lines = [line for line in LOCK.splitlines() if line and not line.startswith("#")]
    line_of_a_lock = re.compile(r"[A-Za-z0-9._-]+==\S+( ; [^\\]+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?")
    assert [line for line in lines if not line_of_a_lock.fullmatch(line)] == []
    assert not re.search(r"://|--index|--extra-index|--find-links|--trusted", LOCK)
    assert all(pin.hashes > 0 for pin in PINS)


def test_the_packages_here_are_those_of_the_lock():
    """Without this the test below might know nothing of any package."""
    here = [pin for pin in PINS if holds(pin.marker, default_environment())]
    missing = [f"{pin.name} {pin.version}" for pin in here if (pin.name, pin.version) not in INSTALLED]
    assert not missing, f"Locked, but not installed in this version: {', '.join(missing)}. Set up with `make test`."


@pytest.mark.parametrize("platform", PLATFORMS)
def test_the_lock_can_be_installed_on_every_python_of_the_course(platform):
    found = {
        fault: python  # the oldest one that has it
        for python in reversed(PYTHONS)
        for fault in faults(PINS, INSTALLED, WANTED, environment(python, platform))
    }
    told = [f"{fault} (Python {python})" for fault, python in found.items()]
    assert not told, f"Run `make lock`: on {platform} pip would refuse this one.\n" + "\n".join(told)


def test_what_the_lessons_import_is_the_same_everywhere():
    names = [pin.name for pin in PINS]
    several = [r for r in PROJECT["dependencies"] if names.count(canonicalize_name(Requirement(r).name)) != 1]
    assert not several, f"Locked in more than one version, so that results would differ: {several}"


SOUPSIEVE = {
    ("soupsieve", "4.1.1"): package(">=3.11.5", []),
    ("soupsieve", "2.10"): package(">=3.9", []),
}
NOTEBOOK = {
    ("notebook", "7.0"): package("", ["colorama ; sys_platform == 'win32'", "fqdn ; extra == 'formats'", "jinja2>=3"]),
}


@pytest.mark.parametrize(
    ("lock", "packages", "wanted", "python", "platform", "expected"),
    [
        ("soupsieve==4.1.1", SOUPSIEVE, "soupsieve", "3.11.5", "Linux", set()),
        ("soupsieve==4.1.1", SOUPSIEVE, "soupsieve", "3.11.2", "Linux", {"soupsieve 4.1.1 wants Python >=3.11.5"}),
        (
            "soupsieve==4.1.1 ; python_version < '3.12'",
            SOUPSIEVE,
            "soupsieve",
            "3.12.0",
            "Linux",
            {"the course needs soupsieve, locked is none"},
        ),
        (
            "soupsieve==2.10 ; python_full_version < '3.11.5'\nsoupsieve==4.1.1 ; python_full_version >= '3.11.5'",
            SOUPSIEVE,
            "soupsieve",
            "3.11.2",
            "Linux",
            set(),
        ),
        (
            "soupsieve==2.10\nsoupsieve==4.1.1 ; python_full_version >= '3.11.5'",
            SOUPSIEVE,
            "soupsieve",
            "3.12.0",
            "Linux",
            {"soupsieve is locked twice"},
        ),
        (
            "soupsieve==2.10",
            SOUPSIEVE,
            "soupsieve>=3",
            "3.11.0",
            "Linux",
            {"the course needs soupsieve>=3, locked is 2.10"},
        ),
        ("notebook==7.0\njinja2==3.1", NOTEBOOK, "notebook", "3.11.0", "macOS", set()),
        (
            "notebook==7.0\njinja2==2.9",
            NOTEBOOK,
            "notebook[formats]",
            "3.11.0",
            "Windows",
            {
                "notebook needs colorama; sys_platform == 'win32', locked is none",
                "notebook needs fqdn; extra == 'formats', locked is none",
                "notebook needs jinja2>=3, locked is 2.9",
            },
        ),
    ],
)
def test_a_lock_that_cannot_be_installed_is_told(lock, packages, wanted, python, platform, expected):
    found = faults(read_pins(lock), packages, [Requirement(wanted)], environment(python, platform))
    assert {fault.replace('"', "'") for fault in found} == expected


def test_a_pin_is_read_with_its_marker_and_hashes():
    hashes = " \\\n".join(f"    --hash=sha256:{digit * 64}" for digit in "01")
    lock = f"# Made by a test\nA.b==1.0 ; os_name == 'nt' \\\n{hashes}\n"
    assert read_pins(lock) == [Pin("a-b", "1.0", Marker("os_name == 'nt'"), 2)]
