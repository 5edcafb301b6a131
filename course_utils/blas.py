"""Names the processor to OpenBLAS, NumPy's library for matrix products, where it would take it for an older one.

OpenBLAS 0.3.31 does not know the newest AMD processors and multiplies with half the width that they have. The variable
OPENBLAS_CORETYPE tells it better. It is read when NumPy is first imported, so whoever starts Python must set it.
"""

from __future__ import annotations

import os
import platform
import sys
from pathlib import Path

CPUINFO = Path("/proc/cpuinfo")
VARIABLE = "OPENBLAS_CORETYPE"
SKYLAKEX = {"avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl"}


def core_type(cpuinfo: str) -> str | None:
    """The kind of processor to name, from the text of /proc/cpuinfo; None where OpenBLAS finds the right one itself.

    >>> core_type("vendor_id : AuthenticAMD\\nflags : avx2 avx512f avx512bw avx512cd avx512dq avx512vl")
    'SKYLAKEX'
    >>> core_type("vendor_id : AuthenticAMD\\nflags : avx2")
    """
    fields = dict(line.split(":", 1) for line in reversed(cpuinfo.splitlines()) if ":" in line)
    about = {name.strip(): value.split() for name, value in fields.items()}
    new = set(about.get("flags", [])) >= SKYLAKEX
    return "SKYLAKEX" if about.get("vendor_id") == ["AuthenticAMD"] and new else None


def environment() -> dict[str, str]:
    """The variable to start Python with on this machine; nothing where it is not needed or has been set."""
    if VARIABLE in os.environ or sys.platform != "linux" or platform.machine() != "x86_64":
        return {}
    try:
        kind = core_type(CPUINFO.read_text(encoding="utf-8"))
    except OSError:
        return {}
    return {VARIABLE: kind} if kind else {}
