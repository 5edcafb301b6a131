"""When a submission was handed in: every way in which the date of timestamp.txt is written."""

from __future__ import annotations

import pytest

from autograder.errors import InvalidSubmission
from autograder.timestamps import read_timestamp


@pytest.mark.parametrize(
    "text, utc",
    [
        ("2026-01-01 00:30:00 UTC", "2026-01-01 00:30:00"),
        ("2026-01-01 00:30:00 +0200", "2025-12-31 22:30:00"),
        ("2026-01-01 00:30:00 +02:00", "2025-12-31 22:30:00"),
        ("2026-01-01 00:30:00-0530", "2026-01-01 06:00:00"),
        ("2026-01-01 00:30:00 Europe/Berlin", "2025-12-31 23:30:00"),
        ("\ufeff2026-01-01 00:30:00 UTC", "2026-01-01 00:30:00"),
        ("2026-01-01 00:30:00 EST", "2026-01-01 05:30:00"),
        ("2026-01-01 11:30 PM", "2026-01-01 23:30:00"),
    ],
)
def test_the_time_of_a_submission_is_read_with_its_offset(tmp_path, text, utc):
    for encoding in ("utf-8", "utf-16"):
        (tmp_path / "timestamp.txt").write_text(text.removeprefix("\ufeff" * (encoding != "utf-8")), encoding=encoding)
        assert str(read_timestamp(tmp_path)) == utc


@pytest.mark.parametrize(
    "text, zone, utc",
    [
        ("2026-07-01 00:30:00.25 CEST", "Europe/Berlin", "2026-06-30 22:30:00.250000"),
        ("2026-01-01 00:30:00 CET", "Europe/Berlin", "2025-12-31 23:30:00"),
        ("2026-10-25 02:30:00 CEST", "Europe/Berlin", "2026-10-25 00:30:00"),
        ("2026-10-25 02:30:00 CET", "Europe/Berlin", "2026-10-25 01:30:00"),
        ("2026-01-01 00:30:00 IST", "Asia/Kolkata", "2025-12-31 19:00:00"),
        ("2026-07-01 00:30:00 PDT", "America/Los_Angeles", "2026-07-01 07:30:00"),
        ("2026-07-01 00:30:00 UTC", "America/Los_Angeles", "2026-07-01 00:30:00"),
        ("2026-07-01 00:30:00 PDT", "UTC", None),
    ],
)
def test_local_times_of_nbgrader_s_exchange_are_read_by_its_own_zone(toy_course, tmp_path, text, zone, utc):
    (toy_course.root / "nbgrader_config.py").write_text(f"c = get_config()\nc.Exchange.timezone = {zone!r}\n")
    (tmp_path / "timestamp.txt").write_text(text)
    if utc is None:
        with pytest.raises(InvalidSubmission, match=r"names the time zone PDT, which .* set c\.Exchange\.timezone"):
            read_timestamp(tmp_path, toy_course.timezone)
    else:
        assert str(read_timestamp(tmp_path, toy_course.timezone)) == utc
