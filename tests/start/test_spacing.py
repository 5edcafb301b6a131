"""When a question comes back, told by hand: each row is a history of answers and what follows."""

from datetime import date, datetime, timedelta

import pytest

from course_utils.notebook import spacing

START = date(2026, 3, 2)


def history(*given, key="02/relu"):
    """Answers as the record holds them, from pairs of a day after START and whether it was right."""
    noon = datetime(START.year, START.month, START.day, 12)
    return [{"question": key, "right": right, "at": (noon + timedelta(days=day)).timestamp()} for day, right in given]


def due_after(*given):
    memory = spacing.memories(history(*given))["02/relu"]
    return (memory.due - START).days


@pytest.mark.parametrize(
    ("given", "day"),
    [
        ([(0, False)], 1),
        ([(0, True)], 3),
        ([(0, False), (1, True)], 4),
        ([(0, False), (1, True), (4, True)], 11),
        ([(0, True), (3, True)], 10),
        ([(0, True), (3, True), (10, True)], 31),
        ([(0, True), (3, True), (10, True), (31, True)], 52),
        ([(0, True), (3, True), (10, False)], 11),
        ([(0, True), (1, True)], 3),
        ([(0, True), (3, True), (4, True)], 10),
        ([(0, False), (0, True)], 3),
        ([(0, True), (1, False)], 2),
        ([(0, True), (90, True)], 97),
    ],
    ids=str,
)
def test_right_waits_three_times_as_long_and_wrong_begins_anew(given, day):
    assert due_after(*given) == day


def test_a_time_that_no_calendar_knows_is_passed_over():
    known = spacing.memories([{"question": "01/a", "right": True, "at": 1e300}, *history((0, True))])
    assert list(known) == ["02/relu"]


def test_what_waits_longest_comes_first_and_what_is_not_due_not_at_all():
    known = spacing.memories([
        *history((0, True), key="01/a"),
        *history((1, False), key="02/b"),
        *history((3, True), key="03/c"),
    ])
    assert spacing.due(known, START + timedelta(days=1)) == []
    assert spacing.due(known, START + timedelta(days=3)) == ["02/b", "01/a"]
    assert spacing.due(known, START + timedelta(days=99)) == ["02/b", "01/a", "03/c"]


def test_missed_is_what_was_answered_wrong_last():
    known = spacing.memories([
        *history((0, False), (1, True), key="01/mended"),
        *history((2, False), key="02/late"),
        *history((1, True), (1, False), key="01/early"),
        *history((3, False), key="03/third"),
        *history((0, False), key="09/of-a-later-lesson"),
    ])
    assert spacing.missed(known, ["01", "02", "03"]) == ["01/early", "02/late"]
