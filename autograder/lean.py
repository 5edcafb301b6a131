"""Import nbgrader without what the `course` command never uses; it would cost more time than grading a class of ten."""

from __future__ import annotations

import sys
from types import ModuleType

# nbgrader's own __init__ loads these, and with them JupyterHub's authentication, the exchange and a web server.
SERVER_EXTENSIONS = ("assignment_list", "course_list", "formgrader", "validate_assignment")
# jsonschema compiles a grammar for internationalised web addresses where this package is there, and does without it.
GRAMMAR = "rfc3987_syntax"


def lean() -> None:
    """Leave those parts out of this process; call it before nbgrader is imported for the first time."""
    if "nbgrader" in sys.modules:
        return
    sys.modules.setdefault(GRAMMAR, None)  # type: ignore[arg-type]
    for name in SERVER_EXTENSIONS:
        module = ModuleType(f"nbgrader.server_extensions.{name}", "Left out of the `course` command.")
        module.load_jupyter_server_extension = None
        sys.modules[module.__name__] = module
