"""Consultations and commitments in open data: counts that tell nobody, measures that are those of the indicators."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from minassa.consultations.public import Asking, hear, open_poll, vote
from minassa.registry.models import Body, Enterprise, Role
from minassa.registry.public import Actor, Appointed
from minassa.steering.indicators.board import board
from minassa.steering.indicators.catalogue import Catalogue
from minassa.steering.indicators.reading import Filters
from minassa.steering.opendata.describing import catalogue
from minassa.steering.registers.voiced import consulted, promised
from tests.onestop.world import World, appointed, make_world
from tests.steering.country import small_run
from tests.web.consultations_world import CHOICES, TITLES, firms, make_consultations

AT = datetime(2026, 12, 1, 12, tzinfo=UTC)
TODAY = AT.date()
ANALYST = Actor(account_id=1, email="analyste@example.invalid", appointments=(Appointed(Role.ANALYST, 1, "minassa"),))


@pytest.fixture
def world(db: None) -> World:  # noqa: ARG001 (the database is there)
    return make_world()


@pytest.fixture
def federation(world: World) -> Actor:
    assert world.secretary.signed_in
    return appointed("federation", Body.objects.get(code="minassa"), Role.FEDERATION)


def test_counts_are_told_once_closed_and_small_ones_never(world: World, federation: Actor) -> None:
    poll = open_poll(federation, Asking(TITLES, CHOICES, TODAY, TODAY + timedelta(days=2)), AT)
    for rank, (firm, who) in enumerate(firms(12)):
        vote(who, poll, firm, ("c1" if rank < 6 else "c2") if rank else "c3", AT)
    heard = hear(federation, "Audition EXEMPLE", Enterprise.objects.get(pk=world.enterprise.pk), TODAY, ["Point."], AT)
    later: datetime = AT + timedelta(days=4)
    assert not list(consulted(AT, TODAY))
    told = list(consulted(later, later.date()))
    assert [row["entreprises"] for row in told] == [None, 6, None]
    assert [row["publie"] for row in told] == [False, True, False]
    assert all(list(row) == list(catalogue().datasets["consultations"].columns) for row in told)
    assert not heard.approved_by


def test_what_is_promised_is_told_with_the_value_of_its_indicator(
    world: World, federation: Actor, settings: Settings, tmp_path: Path
) -> None:
    settings.MINASSA_HOME = tmp_path
    small_run(tmp_path / "runs" / "calcul-0001")
    firm = Enterprise.objects.get(pk=world.enterprise.pk)
    made = make_consultations(world.signer, firm, world.secretary, federation, AT)
    told = {row["code"]: row for row in promised()}
    assert all(list(row) == list(catalogue().datasets["engagements"].columns) for row in told.values())
    adopted = told[made.adopted.code]
    assert (adopted["programme"], adopted["cible"]) == ("recommendations", 900)
    assert adopted["adopte_le"] == made.adopted.decided_at.date().isoformat() if made.adopted.decided_at else None
    read = board(ANALYST, Filters())
    assert read is not None
    last = read.points(Catalogue.all()["declared_jobs"])[-1]
    assert (told["emplois"]["mesure"], adopted["mesure"]) == (last.value, last.value)
    assert made.recommendation.code not in told
