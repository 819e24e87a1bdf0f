from __future__ import annotations

from datetime import date, timedelta

import pytest

from minassa.delays import InvalidDelayData, holidays, ramadan_on, working_calendar
from minassa.delays.holidays import holiday_file, parse_holidays
from minassa.vocabulary.statuses import Status


def of(year: int, code: str) -> list[date]:
    return [holiday.day for holiday in holidays(year) if holiday.code == code]


def test_observed_days_stand_where_the_ministry_put_them() -> None:
    assert of(2024, "eid_al_fitr") == [date(2024, 4, 10), date(2024, 4, 11)]
    assert of(2025, "eid_al_adha") == [date(2025, 6, 7), date(2025, 6, 8)]
    assert of(2025, "exceptional") == [date(2025, 6, 9)]


def test_unity_day_begins_in_2026() -> None:
    assert of(2025, "unity_day") == []
    assert of(2026, "unity_day") == [date(2026, 10, 31)]


@pytest.mark.parametrize("year", range(2026, 2037))
def test_moving_days_that_nobody_announced_are_assumed(year: int) -> None:
    moving = [h for h in holidays(year) if h.code in {"eid_al_fitr", "eid_al_adha", "hijri_new_year", "mawlid"}]
    assert len(moving) == (9 if year == 2033 else 7)  # the hijri year is shorter: two breakings of the fast in 2033
    assert {holiday.status for holiday in moving} == {Status.ASSUMED}
    assert all(h.other is None or abs(h.other - h.day) == timedelta(days=1) for h in moving)


@pytest.mark.parametrize("year", range(2024, 2037))
def test_each_year_has_its_civil_days_and_each_day_a_name_in_three_languages(year: int) -> None:
    codes = {holiday.code for holiday in holidays(year)}
    assert {"new_year", "manifesto", "amazigh_new_year", "labour_day", "throne_day", "green_march"} <= codes
    for holiday in holidays(year):
        assert holiday.name()
        assert any("\u0600" <= letter <= "\u06ff" for letter in holiday.name("ar"))
        assert holiday.name("en").isascii()


def test_ramadan_ends_on_the_eve_of_the_feast() -> None:
    for fasting in holiday_file().ramadan:
        assert (fasting.last - fasting.first).days in {28, 29}
        assert fasting.last + timedelta(days=1) in of(fasting.last.year, "eid_al_fitr")
    assert ramadan_on(date(2025, 3, 2)) is not None
    assert ramadan_on(date(2025, 3, 31)) is None


def test_feasts_keep_their_distance_in_the_year_of_the_moon() -> None:
    """From the end of the fast to the feast of sacrifice: two months and nine days, of 29 or 30 days each."""
    for year in range(2026, 2037):
        for ended in of(year, "eid_al_fitr")[::2]:
            later = [day for each in (year, year + 1) for day in of(each, "eid_al_adha")[:1] if day > ended]
            assert not later or (later[0] - ended).days in range(67, 70)


def test_a_table_with_a_key_too_many_or_twice_is_refused() -> None:
    with pytest.raises(InvalidDelayData, match="known_from"):
        parse_holidays("known_to: 2030-12-31", "essai.yaml")
    with pytest.raises(InvalidDelayData, match="deux fois"):
        parse_holidays("known_to: 2030-12-31\nknown_to: 2031-12-31", "essai.yaml")


def test_holidays_are_off_in_the_working_calendar() -> None:
    assert not working_calendar().is_working_day(date(2028, 10, 31))
    assert working_calendar().is_working_day(date(2028, 10, 30))
