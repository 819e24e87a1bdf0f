"""Indicators as the API shows them."""

from __future__ import annotations

from ninja import Schema


class PointShown(Schema):
    """A value of an indicator: the last month of its period, whole units (centimes, jobs, basis points, seconds)."""

    month: str
    value: int | None
    status: str


class IndicatorShown(Schema):
    """An indicator with its last value; null where nothing is known of it for the caller under the filters."""

    code: str
    label: str
    definition: str
    unit: str
    frequency: str
    owner: str
    run: str
    last: PointShown | None


class IndicatorWhole(IndicatorShown):
    """An indicator with its values, oldest first."""

    points: list[PointShown]
