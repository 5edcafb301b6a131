"""Import nbgrader without what the `course` command never uses; it would cost more time than grading a class of ten."""

from __future__ import annotations

import sys
from types import ModuleType

# nbgrader's own modules load these, and with them JupyterHub's authentication, the exchange, a web server and client,
# and what unpacks archives; the names are what they ask for.
LEFT_OUT = {
    "nbgrader.server_extensions.assignment_list": ("load_jupyter_server_extension",),
    "nbgrader.server_extensions.course_list": ("load_jupyter_server_extension",),
    "nbgrader.server_extensions.formgrader": ("load_jupyter_server_extension",),
    "nbgrader.server_extensions.validate_assignment": ("load_jupyter_server_extension",),
    "nbgrader.auth.jupyterhub": ("JupyterHubAuthPlugin",),
    "setuptools.archive_util": ("unpack_archive", "unpack_tarfile", "unpack_zipfile"),
}
# jsonschema checks kinds of text that no notebook's schema has where these packages are there, and does without them.
FORMATS = ("isoduration", "rfc3986_validator", "rfc3987_syntax", "webcolors")


def lean() -> None:
    """Leave those parts out of this process; call it before nbgrader is imported for the first time."""
    if "nbgrader" in sys.modules:
        return
    for name in FORMATS:
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]
    for name, asked in LEFT_OUT.items():
        module = ModuleType(name, "Left out of the `course` command.")
        vars(module).update(dict.fromkeys(asked))
        sys.modules.setdefault(name, module)
