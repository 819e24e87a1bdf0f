"""Alerts: after each run every threshold is looked at once, and what changed is kept; a raised one stays on screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from minassa.steering.indicators.catalogue import Catalogue, Indicator
from minassa.steering.indicators.reading import Point
from minassa.steering.indicators.thresholds import Threshold, thresholds
from minassa.steering.models import Alert, Vintage


@dataclass(frozen=True, slots=True)
class Raised:
    """An alert that stands: its threshold, its indicator, when it was raised and on which value."""

    threshold: Threshold
    indicator: Indicator
    alert: Alert


def evaluate(vintage: Vintage, points: Mapping[str, list[Point]]) -> list[Alert]:
    """Keep the alerts that the last values of a vintage raise or clear; in the transaction of the caller."""
    before = _states()
    changed = []
    for one in thresholds():
        known = points.get(one.indicator, [])
        if not known or not one.holds(vintage.until):
            continue
        last, raised = known[-1], before.get(one.code, False)
        if one.next_state(last.value or 0, raised=raised) != raised:
            changed.append(
                Alert(vintage=vintage, code=one.code, raised=not raised, period=last.period, value=last.value or 0)
            )
    return Alert.objects.bulk_create(changed)


def raised_now() -> list[Raised]:
    """The alerts that stand, in the order of the file of thresholds."""
    found = {alert.code: alert for alert in Alert.objects.select_related("vintage").order_by("pk")}
    known = Catalogue.all()
    return [
        Raised(one, known[one.indicator], found[one.code])
        for one in thresholds()
        if one.code in found and found[one.code].raised
    ]


def _states() -> dict[str, bool]:
    return dict(Alert.objects.order_by("pk").values_list("code", "raised"))
