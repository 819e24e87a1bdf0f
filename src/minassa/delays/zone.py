"""The legal time of Morocco, and the passage from instants to its days.

An instant is a whole number of seconds since 1970-01-01T00:00:00 UTC. The zone is read in the package `tzdata`, never
in the machine's own files: Morocco returned to UTC for good on 20 September 2026 (tzdata 2026c and later), and older
files still add an hour outside Ramadan until 2087.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from importlib import resources
from zoneinfo import ZoneInfo

NAME = "Africa/Casablanca"
SECONDS_A_MINUTE = 60
SECONDS_AN_HOUR = 3600

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = timedelta(seconds=1)


def _read_zone() -> ZoneInfo:
    with resources.files("tzdata").joinpath("zoneinfo", *NAME.split("/")).open("rb") as content:
        return ZoneInfo.from_file(content, key=NAME)


ZONE = _read_zone()


def local_day(instant: int) -> date:
    """Return the day in Morocco at an instant (epoch seconds)."""
    return datetime.fromtimestamp(instant, ZONE).date()


def instant_at(day: date, minutes: int = 0) -> int:
    """Return the instant (epoch seconds) at which Moroccan clocks show `minutes` after midnight of a day.

    Clocks change between 2 and 3 in the night: an hour shown twice is taken the first time.
    """
    shown = datetime.combine(day, time(minutes // 60, minutes % 60), ZONE)
    return (shown - _EPOCH) // _SECOND


def instant_of(moment: datetime) -> int:
    """Return the epoch seconds of an aware date and time, seconds cut; ValueError when it names no zone."""
    if moment.tzinfo is None:
        message = "Une date et heure sans fuseau ne désigne pas un instant."
        raise ValueError(message)
    return (moment - _EPOCH) // _SECOND


def moment_of(instant: int) -> datetime:
    """Return the date and time shown in Morocco at an instant (epoch seconds)."""
    return datetime.fromtimestamp(instant, ZONE)
