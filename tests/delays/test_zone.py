from __future__ import annotations

import zoneinfo
from datetime import UTC, date, datetime, timedelta, timezone
from importlib import resources
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minassa.delays import instant_at, instant_of, local_day, moment_of
from minassa.delays.zone import _read_zone


def changes(first: date, last: date) -> list[tuple[str, int]]:
    """Every change of the Moroccan clock: its instant in UTC and the offset after it, in hours."""
    hours = range(instant_at(first), instant_at(last), 3600)
    offsets = [(hour, moment_of(hour).utcoffset()) for hour in hours]
    return [
        (datetime.fromtimestamp(now, UTC).strftime("%Y-%m-%d %H:%M"), offset // timedelta(hours=1))
        for (_, before), (now, offset) in pairwise(offsets)
        if offset is not None and offset != before
    ]


def test_the_clock_changed_around_two_ramadans_then_for_good() -> None:
    assert changes(date(2025, 1, 1), date(2026, 11, 1)) == [
        ("2025-02-23 02:00", 0),
        ("2025-04-06 02:00", 1),
        ("2026-02-15 02:00", 0),
        ("2026-03-22 02:00", 1),
        ("2026-09-20 01:00", 0),
    ]


def test_the_machine_s_own_zone_files_are_not_read(tmp_path: Path) -> None:
    elsewhere = resources.files("tzdata").joinpath("zoneinfo", "Asia", "Tokyo").read_bytes()
    (tmp_path / "Africa").mkdir()
    (tmp_path / "Africa" / "Casablanca").write_bytes(elsewhere)
    zoneinfo.reset_tzpath(to=[tmp_path])
    try:
        read = datetime(2026, 10, 1, tzinfo=_read_zone()).utcoffset()
    finally:
        zoneinfo.reset_tzpath()
    assert read == timedelta(0)


@given(st.dates(date(2024, 1, 1), date(2030, 12, 31)), st.integers(4 * 60, 24 * 60 - 1))
def test_a_shown_time_leads_to_its_instant_and_back(day: date, minutes: int) -> None:
    shown = moment_of(instant_at(day, minutes))
    assert (shown.date(), shown.hour * 60 + shown.minute) == (day, minutes)
    assert local_day(instant_at(day, minutes)) == day


def test_a_day_begins_at_midnight_shown() -> None:
    assert local_day(instant_at(date(2026, 7, 1))) == date(2026, 7, 1)
    assert local_day(instant_at(date(2026, 7, 1)) - 1) == date(2026, 6, 30)
    assert instant_at(date(2026, 7, 1)) == instant_of(datetime(2026, 6, 30, 23, tzinfo=UTC))


def test_an_aware_moment_is_an_instant_and_a_naive_one_is_not() -> None:
    assert instant_of(datetime(1970, 1, 1, 1, tzinfo=timezone(timedelta(hours=1)))) == 0
    with pytest.raises(ValueError, match="sans fuseau"):
        instant_of(datetime(2026, 1, 1))  # noqa: DTZ001 (the fault that is looked for)
