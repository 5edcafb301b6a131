"""When a submission was handed in, by the timestamp.txt beside it."""

from __future__ import annotations

import codecs
import datetime
import re
from pathlib import Path

from autograder.errors import InvalidSubmission
from autograder.submitted import read_file

OFFSET = re.compile(r"\s*([+-]\d\d):?(\d\d)$")  # nbgrader would take a spaced +0200 for two hundred seconds
NAME = re.compile(r"\s+([A-Z]{2,5})$")


def read_timestamp(folder: Path, timezone: str = "UTC") -> datetime.datetime | None:
    """The time in UTC; None without a timestamp.

    A time without an offset is UTC, as nbgrader has it. A name such as CEST, which nbgrader's exchange writes when it
    is set to another `timezone`, is known by that. Errors: InvalidSubmission when the file is there and is no date.
    """
    from nbgrader.utils import parse_utc

    path = folder / "timestamp.txt"
    if not path.exists():
        return None
    data = read_file(path, 1_000)
    utf16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))  # as Windows PowerShell writes
    text = OFFSET.sub(r"\1:\2", data.decode("utf-16" if utf16 else "utf-8-sig", "replace").strip())
    try:
        return (_by_zone_name(text, timezone) or parse_utc(text)) if text else None
    except (ValueError, OverflowError) as error:
        raise InvalidSubmission(f"timestamp.txt holds no date: {text[:60]!r}.") from error


def _by_zone_name(text: str, timezone: str) -> datetime.datetime | None:
    """The time in UTC where the text ends in a zone's short name that nbgrader would not know; None for others."""
    from dateutil import parser, tz

    match = NAME.search(text)
    if match is None:
        return None
    here, name = tz.gettz(timezone), match[1]
    if name in ("AM", "PM"):  # no zone; nbgrader would take it for one and lose it
        return parser.parse(text)
    local = parser.parse(text[: match.start()])
    for fold in (0, 1):  # the hour that there is twice in autumn
        time = local.replace(tzinfo=here, fold=fold)
        if time.tzname() == name:
            return time.astimezone(datetime.UTC).replace(tzinfo=None)
    if tz.gettz(name) is None:
        raise InvalidSubmission(
            f"timestamp.txt names the time zone {name}, which is not known here. Write an offset such as +0200 "
            "instead, or set c.Exchange.timezone in nbgrader_config.py to the zone in which submissions are collected."
        )
    return None
