"""The .npz reader gives what NumPy gives, and never runs what a file asks for."""

from __future__ import annotations

import os
import pickle
import zipfile

import numpy as np
import pytest

from course_utils.data.npz import read_npz

ARRAYS = {
    "bytes": np.arange(24, dtype=np.uint8).reshape(2, 3, 4),
    "fortran": np.asfortranarray(np.arange(6.0).reshape(2, 3)),
    "big-endian": np.arange(5, dtype=">i4"),
    "no items": np.zeros((0, 3)),
    "one number": np.array(3.5),
}


@pytest.mark.parametrize("save", [np.savez, np.savez_compressed])
def test_plain_arrays_are_read_as_numpy_reads_them(save, tmp_path):
    save(tmp_path / "a.npz", **ARRAYS)
    read = read_npz(tmp_path / "a.npz")
    assert read.keys() == ARRAYS.keys()
    for name, array in ARRAYS.items():
        assert read[name].dtype == array.dtype
        assert np.array_equal(read[name], array)
        assert read[name].flags.writeable


@pytest.mark.parametrize("items", [[[1, 2], [3]], [[], [4]], [np.array([1, 2]), [3]]])
def test_lists_of_numbers_are_read(items, tmp_path):
    array = np.empty(2, dtype=object)
    array[:] = items
    np.savez(tmp_path / "a.npz", x=array)
    assert [list(item) for item in read_npz(tmp_path / "a.npz")["x"]] == [list(item) for item in items]


class Harm:
    """Creates a folder when it is unpickled."""

    def __init__(self, folder):
        self.folder = folder

    def __reduce__(self):
        return os.mkdir, (str(self.folder),)


def test_a_pickled_call_is_refused(tmp_path):
    mark = tmp_path / "harmed"
    np.savez(tmp_path / "a.npz", x=np.array([Harm(mark)], dtype=object))
    with pytest.raises(pickle.UnpicklingError, match="mkdir"):
        read_npz(tmp_path / "a.npz")
    assert not mark.exists()
    np.load(tmp_path / "a.npz", allow_pickle=True)["x"]
    assert mark.exists()  # the planted file is harmful to a reader that trusts it


def test_a_header_that_lies_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.npz", "w") as archive, archive.open("x.npy", "w") as file:
        np.lib.format.write_array_header_1_0(file, {"descr": "|O", "fortran_order": False, "shape": (5,)})
        pickle.dump(np.array([1, 2], dtype=object), file)
    with pytest.raises(ValueError, match="header"):
        read_npz(tmp_path / "a.npz")
