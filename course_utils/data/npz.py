"""Read .npz files without trusting them: plain arrays, and arrays of lists of numbers as in Keras's imdb.npz."""

from __future__ import annotations

import io
import pickle
import zipfile
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

# What a pickled array of lists refers to, under NumPy's old and new module names and Python 2's text helper.
_ALLOWED = {
    ("numpy", "ndarray"),
    ("numpy", "dtype"),
    ("numpy.core.multiarray", "_reconstruct"),
    ("numpy._core.multiarray", "_reconstruct"),
    ("_codecs", "encode"),
}


def read_npz(path: Path) -> dict[str, np.ndarray]:
    """All arrays of a .npz file by name; object arrays are unpickled with nothing but NumPy's array constructor.

    Errors: BadZipFile, ValueError, EOFError, UnpicklingError or zlib.error for a damaged or harmful file.
    """
    with zipfile.ZipFile(path) as archive:
        arrays = {}
        for name in archive.namelist():
            with archive.open(name) as file:
                arrays[name.removesuffix(".npy")] = _read_array(file)
        return arrays


def _read_array(file: BinaryIO) -> np.ndarray:
    version = np.lib.format.read_magic(file)
    read_header = np.lib.format.read_array_header_1_0 if version == (1, 0) else np.lib.format.read_array_header_2_0
    shape, fortran, dtype = read_header(file)
    if dtype.hasobject:
        # Read to the end first: only then does zipfile compare the checksum.
        array = _ListUnpickler(io.BytesIO(file.read()), encoding="latin1").load()
        if not isinstance(array, np.ndarray) or array.shape != shape:
            raise ValueError("a pickled array is not of the form that its header promises")
        return array
    flat = np.frombuffer(file.read(), dtype=dtype)
    return flat.reshape(shape, order="F" if fortran else "C").copy()


class _ListUnpickler(pickle.Unpickler):
    """Unpickles arrays, lists and numbers; anything else, such as a call of a function, is refused."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in _ALLOWED:
            raise pickle.UnpicklingError(f"it asks for {module}.{name}, which an array of numbers does not need")
        return super().find_class(module, name)
