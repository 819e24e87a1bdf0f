from __future__ import annotations

import pytest

from minassa.engine import Table
from minassa.offer.loading import load_offer
from minassa.vocabulary.periods import parse_month
from minassa.vocabulary.places import place_by_slug, places
from tests.offer.rows import employee_period, evaluated, frame, of_employee

WITH_P2I = {"casablanca-settat", "rabat-sale-kenitra", "fes-meknes", "oriental", "tanger-tetouan-al-hoceima"}


def cap(slug: str, month: str) -> int:
    start = parse_month(month)
    rate: int = of_employee(
        "air_cap_rate", employee_period(place=place_by_slug(slug).code, period_start=start, year=start // 12)
    )
    return rate


@pytest.mark.parametrize(
    ("slug", "month", "rate"),
    [
        ("casanearshore", "2025-07", 2_000),
        ("technopolis", "2030-12", 2_000),
        ("fes-shore", "2025-07", 1_000),
        ("oujda-shore", "2026-01", 1_000),
        ("tetouan-shore", "2026-01", 1_000),
        ("fes-shore", "2025-06", 2_000),
        ("hors-p2i-souss-massa", "2022-01", 1_000),
        ("hors-p2i-fes-meknes", "2026-01", 2_000),
    ],
)
def test_the_cap_depends_on_place_and_date(slug: str, month: str, rate: int) -> None:
    assert cap(slug, month) == rate


def test_every_place_of_the_register_stands_in_each_table() -> None:
    for value in load_offer().figures["air_cap"].values:
        assert isinstance(value.value, Table)
        assert {code for code, _ in value.value.entries} == {place.code for place in places()}


@pytest.mark.parametrize("month", ["2016-01", "2022-01", "2025-07"])
def test_a_region_has_the_lower_cap_when_it_has_no_p2i(month: str) -> None:
    regions = [place.slug for place in places() if place.kind == "region"]
    found = {slug: cap(slug, month) for slug in regions}
    assert found == {slug: 2_000 if slug.removeprefix("hors-p2i-") in WITH_P2I else 1_000 for slug in regions}


def test_an_unknown_place_takes_the_higher_cap_on_a_column_too() -> None:
    rows = frame([employee_period(place=0), employee_period(place=999)])
    assert evaluated("employee_period", rows, ["air_cap_rate"])["air_cap_rate"].to_list() == [2_000, 2_000]
