"""What a student's process and its judge find ready: environment variables and imports."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from .fonts import shared_folder

IMPORTS = {
    "numpy": (
        "numpy",
        "numpy.ma",
        "course_utils.exercises",
        "course_utils.nn",
        "course_utils.environment",
        "course_utils.plots",
        "course_utils.lessons",
        "course_utils.notebook.start",
    ),
    "tensorflow": ("tensorflow", "keras"),
}
IN_EACH_CHILD = ("encodings.utf_8_sig", "fcntl", "resource")
_KEPT = ("LANG", "LC_ALL", "TZ", "COURSE_DATA_DIR", "LD_LIBRARY_PATH")


def imports_for(profile: str) -> tuple[str, ...]:
    """The modules of a profile, "numpy" or "tensorflow"."""
    return IMPORTS["numpy"] + (IMPORTS["tensorflow"] if profile == "tensorflow" else ())


def closed(home: str) -> dict[str, str]:
    """The whole environment of a fork server: nothing of the judge's that could be a secret."""
    places = {"PATH": "/usr/bin:/bin", "HOME": home, "TMPDIR": home, "USER": "student", "LOGNAME": "student"}
    return places | _settings(home) | {name: os.environ[name] for name in _KEPT if name in os.environ}


def as_it_is(home: str) -> dict[str, str]:
    """This process's environment, with the settings under which answers are judged."""
    return {**os.environ, **_settings(home)}


def _settings(home: str) -> dict[str, str]:
    caches = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache", "exploring-neural-networks")
    cache = shared_folder(caches)
    with contextlib.suppress(OSError):  # without it Matplotlib makes a temporary folder and looks for fonts each time
        cache.mkdir(parents=True, exist_ok=True)
    return {
        "KERAS_HOME": f"{home}/keras",
        "IPYTHONDIR": f"{home}/ipython",
        "MPLCONFIGDIR": str(cache),
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "PYTHONPATH": os.pathsep.join([str(Path(__file__).resolve().parents[2]), os.environ.get("PYTHONPATH", "")]),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONHASHSEED": "0",
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
        "JOBLIB_MULTIPROCESSING": "0",  # scikit-learn's n_jobs would start programs, and works without
        "MALLOC_ARENA_MAX": "2",
        "TF_NUM_INTRAOP_THREADS": "1",
        "TF_NUM_INTEROP_THREADS": "1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "CUDA_VISIBLE_DEVICES": "-1",
        "COURSE_OFFLINE": "1",
        "COURSE_GRADING": "1",
        "NBGRADER_EXECUTION": "autograde",
    }
