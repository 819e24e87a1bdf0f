"""A commitment's measured value is that of the indicator it names; its path begins and ends where it was promised."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.test import Client

from minassa.commitments.public import Commitment, Unit, shipped_commitments
from minassa.outlook.targets import Scale
from minassa.registry.models import Role
from minassa.registry.public import Actor, Appointed, system_actor
from minassa.steering.commitments.measuring import Standing, measured
from minassa.steering.commitments.trajectory import trajectory_of
from minassa.steering.indicators.board import board
from minassa.steering.indicators.catalogue import Catalogue, Frequency
from minassa.steering.indicators.reading import Filters
from minassa.vocabulary.periods import parse_month

ANALYST = Actor(account_id=1, email="analyste@example.invalid", appointments=(Appointed(Role.ANALYST, 1, "minassa"),))


def named(code: str) -> Commitment:
    return next(one for one in shipped_commitments() if one.code == code)


def test_what_is_shipped_says_where_it_was_read_and_what_measures_it() -> None:
    for one in shipped_commitments():
        assert one.steps, one.code
        assert all(step.source.note for step in one.steps), one.code
        if one.indicator:
            assert Catalogue.all()[one.indicator].unit.value == one.unit.value
        else:
            assert one.reserve is not None
            assert one.reserve.ar
            assert one.reserve.en


@pytest.mark.django_db
@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("filters", [{}, {"filiere": 2}, {"region": 6}])
@pytest.mark.parametrize("code", ["declared_jobs", "export_turnover", "women_share"])
def test_the_measured_value_is_that_of_the_indicator(code: str, filters: dict[str, int]) -> None:
    indicator = Catalogue.all()[code]
    unit = Unit(indicator.unit.value)
    one = replace(named("emplois"), indicator=code, unit=unit, filters=filters, steps=(), baselines=())
    found = measured(ANALYST, [one])[0]
    read = board(ANALYST, Filters(**filters))
    assert read is not None
    whole = [p for p in read.points(indicator) if indicator.frequency != Frequency.YEAR or p.period % 12 == 11]
    assert (found.point.value if found.point else None) == (whole[-1].value if whole else None)
    assert not hasattr(one, "value")


def test_the_path_passes_through_its_base_and_steps_and_is_straight_between() -> None:
    path = trajectory_of(named("emplois"), Scale(1, 10), None)
    assert path is not None
    assert path.marks == (
        (parse_month("2023-12"), 14_000),
        (parse_month("2026-12"), 19_000),
        (parse_month("2030-12"), 27_000),
    )
    assert path.expected(parse_month("2025-06")) == 14_000 + 5_000 * 18 // 36
    assert path.expected(parse_month("2023-11")) is None
    assert path.expected(parse_month("2031-01")) is None
    assert path.expected(parse_month("2030-12")) == 27_000


def test_no_path_without_a_dated_number() -> None:
    assert trajectory_of(named("poles-ofppt"), Scale(), None) is None
    assert trajectory_of(named("sted-formateurs"), Scale(), (24_000, 1)) is None


@pytest.mark.django_db
@pytest.mark.usefixtures("published")
def test_a_value_cut_fine_is_for_those_who_read_indicators() -> None:
    apebi = replace(ANALYST, appointments=(Appointed(Role.FEDERATION, 1, "apebi"),))
    fine = replace(named("emplois"), filters={"filiere": 5})
    whole, cut = measured(apebi, [named("emplois"), fine])
    assert whole.point is not None
    assert not whole.withheld
    assert cut.point is None
    assert cut.withheld
    assert cut.standing == Standing.UNMEASURED
    assert measured(system_actor("test"), [fine])[0].withheld


@pytest.mark.django_db
def test_the_programme_is_on_one_page_and_what_follows_is_told(as_role: Callable[[str, str], Client]) -> None:
    client = as_role(Role.SECRETARIAT, "cto")
    address = "/fr/engagements/emplois/"
    assert client.post(f"{address}suite/", {"next_step": ""}).status_code == 302
    client.post(f"{address}suite/", {"next_step": "Étape EXEMPLE", "next_on": "2027-01-15"})
    page = client.get("/fr/engagements/").content.decode()
    assert "Étape EXEMPLE" in page
    assert "3\N{NARROW NO-BREAK SPACE}000" in page
    told = client.get(address).content.decode()
    assert "Étape EXEMPLE" in told
    assert "15 janvier 2027" in told
    assert client.get("/fr/engagements/inconnu/").status_code == 404
