"""When something was handed in: what a `timestamp.txt` says, if it can mean one moment only.

nbgrader's own reading (`nbgrader.utils.parse_utc`) takes `+0200` for 200 seconds, drops ` +02:00`, and knows CET and EST, not
CEST and EDT. The exchange writes such names when a time zone is set.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from nbgrader.utils import parse_utc

TIME_LIMIT = 64  # characters
# Names that mean one distance from UTC wherever they are used, in hours. CST, IST and BST have several meanings.
HOURS = {
    "Z": 0, "UTC": 0, "GMT": 0, "WET": 0, "WEST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "MSK": 3, "JST": 9, "KST": 9,
    "EST": -5, "EDT": -4, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "AKST": -9, "AKDT": -8, "HST": -10,
    "SAST": 2, "SGT": 8, "HKT": 8, "AWST": 8, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13,
}  # fmt: skip
_TIME = re.compile(
    r"(\d{4})-(\d\d?)-(\d\d?)[T ](\d\d?):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?"
    r"\s*([A-Za-z][\w+-]*(?:/[\w+-]+){0,2}|[+-]\d\d(?::?\d\d)?)?",
    re.ASCII,
)
_MONTH = re.compile(r"jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec", re.IGNORECASE)
_WORDS = re.compile(
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun)\w*|am|pm|utc|gmt|z|t", re.I
)
_AREA = re.compile(r"[A-Za-z_]+(?:/[A-Za-z_+-]+){1,2}", re.ASCII)


def read_time(stated: str) -> tuple[datetime | None, str]:
    """The moment in UTC, without a time zone as nbgrader keeps it (None: not known), and what a person should know of it."""
    if not stated:
        return None, ""
    found = _TIME.fullmatch(stated) if len(stated) <= TIME_LIMIT else None
    if not found and (moment := _in_words(stated)):
        return moment, ""
    if not found:
        return None, "timestamp.txt holds no time, so it is not known when this was handed in"
    *numbers, fraction, zone = found.groups()
    try:
        away = _zone(zone)
        local = datetime(*(int(number or 0) for number in numbers), int((fraction or "0")[:6].ljust(6, "0")))
        moment = local.replace(tzinfo=away).astimezone(UTC).replace(tzinfo=None) if away else None
    except (ValueError, OverflowError):
        return None, f"timestamp.txt says {stated!r}, which is no time, so it is not known when this was handed in"
    if moment is None:
        return (
            None,
            f"needs a person: timestamp.txt says {stated!r}, and {zone} has several meanings; write the time in UTC",
        )
    theirs = _nbgraders(stated)
    if theirs != moment:
        reading = f"as {theirs} UTC" if theirs else "as no time"
        return moment, f"timestamp.txt says {stated!r}: taken as {moment} UTC (nbgrader by itself reads it {reading})"
    return moment, ""


def _zone(name: str | None) -> timezone | ZoneInfo | None:
    """The time zone of a name or a distance; UTC for none; None if the name has several meanings or is not known."""
    if not name:
        return UTC
    if name.upper() in HOURS:
        return timezone(timedelta(hours=HOURS[name.upper()]))
    if name[0] in "+-":
        hours, minutes = int(name[1:3]), int(name[3:].lstrip(":") or 0)
        return timezone((1 if name[0] == "+" else -1) * timedelta(hours=hours, minutes=minutes))
    if _AREA.fullmatch(name):  # looked up among the names of the database, not in the file system
        try:
            return ZoneInfo(name)
        except (OSError, ValueError, KeyError):
            return None
    return None


def _in_words(stated: str) -> datetime | None:
    """A time with the month's name in it, in UTC, as nbgrader reads it: the other forms can be read in two ways."""
    parts = re.findall(r"[A-Za-z]+", stated)
    if len(stated) > TIME_LIMIT or not _MONTH.search(stated) or not all(_WORDS.fullmatch(word) for word in parts):
        return None
    has_all = re.search(r"\b\d{4}\b", stated) and re.search(r"\d:\d\d", stated) and "+" not in stated
    return _nbgraders(stated) if has_all else None


def _nbgraders(stated: str) -> datetime | None:
    """What nbgrader makes of the same words."""
    try:
        return parse_utc(stated)
    except Exception:  # whatever a parser makes of a student's words
        return None
