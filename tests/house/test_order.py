"""The long files of the tests begin first."""

from __future__ import annotations

from types import SimpleNamespace

from tests.house.source import ROOT
from tests.order import LONG, longest_first


def test_each_long_file_is_there_and_named_once():
    assert [name for name in LONG if not (ROOT / name).is_file()] == []
    assert len(set(LONG)) == len(LONG)


def test_they_go_first_and_the_tests_of_a_file_stay_together():
    ids = ["a.py::1", "a.py::2", f"{LONG[1]}::2", f"{LONG[1]}::1[x::y]", "b.py::1", f"{LONG[0]}::1"]
    items = [SimpleNamespace(nodeid=id) for id in ids]
    longest_first(items)
    assert [item.nodeid for item in items] == [ids[5], ids[2], ids[3], ids[0], ids[1], ids[4]]
