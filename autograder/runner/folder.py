"""A fork server's own folder for temporary files.

It is locked while the process that made it lives, so what a killed one left behind can be told from what is in use.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from .processes import remove

_PREFIX = "course-server-"
_LOCKED = "locked"  # a file in it that is made once it is locked


class OwnFolder:
    """A new temporary folder; those whose makers were killed are cleared away first."""

    def __init__(self) -> None:
        import fcntl  # not on Windows, where nothing can be forked either

        _clear_left_behind()
        self.name = tempfile.mkdtemp(prefix=_PREFIX)
        self._lock = os.open(self.name, os.O_RDONLY)
        fcntl.flock(self._lock, fcntl.LOCK_EX)
        Path(self.name, _LOCKED).touch()

    def cleanup(self) -> None:
        remove(Path(self.name))
        os.close(self._lock)


def _clear_left_behind() -> None:
    import fcntl

    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError):  # in use, somebody else's, or gone meanwhile
            lock = os.open(folder, os.O_RDONLY | os.O_NOFOLLOW | os.O_DIRECTORY)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if os.fstat(lock).st_uid == os.geteuid() and (folder / _LOCKED).exists():
                    remove(folder)
            finally:
                os.close(lock)
