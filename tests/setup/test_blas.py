"""OpenBLAS is told its processor only where that is right and helps: a wrong name would end Python at once."""

import os
import platform
import subprocess
import sys

import pytest

from autograder import lab
from course_utils import blas

NEW = "avx2 avx512f avx512bw avx512cd avx512dq avx512vl"


def cpuinfo(vendor: str, flags: str) -> str:
    return "".join(f"processor\t: {n}\nvendor_id\t: {vendor}\nflags\t\t: fpu {flags}\n\n" for n in range(2))


@pytest.mark.parametrize(
    ("vendor", "flags", "kind"),
    [
        ("AuthenticAMD", NEW, "SKYLAKEX"),
        ("AuthenticAMD", NEW.replace(" avx512vl", ""), None),
        ("AuthenticAMD", "avx2", None),
        ("GenuineIntel", NEW, None),
    ],
)
def test_only_new_amd_processors_are_named(vendor, flags, kind):
    assert blas.core_type(cpuinfo(vendor, flags)) == kind


@pytest.mark.parametrize("text", ["", "no colon here", "flags :"])
def test_a_strange_cpuinfo_names_nothing(text):
    assert blas.core_type(text) is None


@pytest.fixture
def new_amd(monkeypatch, tmp_path):
    path = tmp_path / "cpuinfo"
    path.write_text(cpuinfo("AuthenticAMD", NEW))
    monkeypatch.setattr(blas, "CPUINFO", path)
    monkeypatch.setattr(platform, "machine", lambda: "x86_64")
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.delenv(blas.VARIABLE, raising=False)
    return path


def test_the_lab_starts_with_the_name(new_amd, tmp_path, monkeypatch):
    (tmp_path / "lessons" / lab.FIRST).mkdir(parents=True)
    seen = {}
    monkeypatch.setattr(
        subprocess, "run", lambda command, env, check: seen.update(env) or subprocess.CompletedProcess(command, 0)
    )
    assert lab.open_lab(tmp_path, ()) == 0
    assert seen[blas.VARIABLE] == "SKYLAKEX" and seen["PATH"] == os.environ["PATH"]


def test_what_the_user_has_set_stays(new_amd, monkeypatch):
    monkeypatch.setenv(blas.VARIABLE, "ZEN")
    assert blas.environment() == {}


def test_nothing_is_said_where_there_is_no_cpuinfo(new_amd):
    new_amd.unlink()
    assert blas.environment() == {}


def test_numpy_multiplies_rightly_with_what_this_machine_is_told():
    code = "import numpy as np; a = np.arange(90000.0).reshape(300, 300) % 7; print(int((a @ a).sum()))"
    here = [
        subprocess.run([sys.executable, "-c", code], env=os.environ | extra, capture_output=True, text=True, check=True)
        for extra in ({}, blas.environment())
    ]
    assert here[0].stdout == here[1].stdout != ""
