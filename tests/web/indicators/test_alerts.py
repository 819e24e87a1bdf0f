"""Alerts: raised past one value, cleared past another, unchanged between; kept after each run, shown until cleared."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from minassa.registry.models import Role
from minassa.steering.indicators.alerts import evaluate, raised_now
from minassa.steering.indicators.catalogue import Catalogue
from minassa.steering.indicators.reading import Point
from minassa.steering.indicators.thresholds import Threshold, thresholds
from minassa.steering.indicators.vintages import keep_next
from minassa.steering.models import Alert, Vintage
from minassa.vocabulary.statuses import Status

AT = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)
UNTIL = 24_330


def vintage(number: int) -> Vintage:
    return Vintage.objects.create(
        run=f"calcul-{number:04d}", kept_at=AT, until=UNTIL, versions={}, offer_digest="0", code="0", synthetic=True
    )


def share(value: int) -> dict[str, list[Point]]:
    return {"provisional_share": [Point(UNTIL, value, Status.ASSUMED)]}


def test_every_threshold_bears_on_an_indicator() -> None:
    assert thresholds()
    assert {one.indicator for one in thresholds()} <= set(Catalogue.all())


def test_a_threshold_that_would_clear_before_it_is_raised_is_refused() -> None:
    told = thresholds()[1].model_dump(mode="json") | {"starts": "2025-07"}
    with pytest.raises(ValidationError):
        Threshold.model_validate(told | {"raised": 2000, "cleared": 3000})


@given(st.sampled_from(thresholds()), st.lists(st.integers(-10_000, 10_000), min_size=1, max_size=20))
def test_between_the_two_values_nothing_changes(one: Threshold, values: list[int]) -> None:
    raised = False
    low, high = sorted((one.raised, one.cleared))
    for value in values:
        after = one.next_state(value, raised=raised)
        if low < value < high:
            assert after is raised
        if value < low:
            assert after is (one.side == "below")
        if value > high:
            assert after is (one.side == "above")
        raised = after


@pytest.mark.django_db
def test_an_alert_is_raised_once_and_cleared_once() -> None:
    seen = [
        len(evaluate(vintage(rank), share(value))) for rank, value in enumerate((1000, 3500, 2500, 3500, 1900, 2500))
    ]
    assert seen == [0, 1, 0, 0, 1, 0]
    assert [alert.raised for alert in Alert.objects.order_by("pk")] == [True, False]
    assert raised_now() == []
    with pytest.raises(DatabaseError), transaction.atomic():
        Alert.objects.update(raised=True)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_a_raised_alert_stands_on_the_cockpit(
    as_role: Callable[[str, str], Client], published: Path, language: str
) -> None:
    assert published.is_dir()
    client = as_role(Role.STEERING_MEMBER, "copil")
    assert b'id="alertes"' not in client.get(f"/{language}/pilotage/").content
    keep_next(AT)
    evaluate(vintage(9999), share(9000))
    shown = client.get(f"/{language}/pilotage/").content.decode()
    assert 'id="alertes"' in shown
    assert "/indicateurs/provisional_share/" in shown
