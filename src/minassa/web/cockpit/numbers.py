"""The four numbers that decide: net jobs against the path, money against the envelope, delay, certainty."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from minassa.steering.indicators.board import Board
from minassa.steering.indicators.catalogue import Catalogue, share
from minassa.steering.indicators.cube import FOOTING
from minassa.steering.indicators.gap import level_jobs
from minassa.steering.indicators.reading import BY_RANK
from minassa.vocabulary.statuses import Status
from minassa.web.home.nation import membership_delay
from minassa.web.indicators.drawing import spark

SURE: Final = (Status.OFFICIAL, Status.PRESS, Status.INFERRED)
"""Statuses of what was read, or follows from it."""


def numbers(found: Board, figures: Mapping[str, Any] | None) -> dict[str, Any]:
    """The four numbers under the filters of a board; the path is told for the whole country alone."""
    return {**_jobs(found, figures), **_money(found), **_certainty(found), "delay": membership_delay()}


def _jobs(found: Board, figures: Mapping[str, Any] | None) -> dict[str, Any]:
    points = found.points(Catalogue.all()["net_jobs"])
    gap = _gap(found, figures)
    return {
        "net_jobs": points[-1].value if points else None,
        "net_status": points[-1].status if points else None,
        "net_shape": spark(points),
        "gap": None if gap is None else abs(gap),
        "late": gap is not None and gap < 0,
    }


def _gap(found: Board, figures: Mapping[str, Any] | None) -> int | None:
    """Jobs declared less those that the path asks for in the same month; below zero, late."""
    declared = found.points(Catalogue.all()["declared_jobs"])
    if figures is None or found.filters.cut or not declared or declared[-1].value is None:
        return None
    level = level_jobs(declared[-1].period, figures["scale"])
    return None if level is None else declared[-1].value - level


def _money(found: Board) -> dict[str, Any]:
    """What is due, and of the credits opened so far what is committed and paid; None where nothing is known."""
    sums = {code: _last(found, code, whole=code != "due") for code in ("due", *_CREDITS)}
    opened, committed = sums["credits_opened"], sums["credits_committed"]
    return {
        **sums,
        "committed_share": share(committed, opened) if opened and committed is not None else None,
    }


_CREDITS: Final = ("credits_opened", "credits_committed", "credits_consumed")


def _last(found: Board, code: str, *, whole: bool) -> int | None:
    """The last value of an indicator, or the sum of all its years."""
    values = [point.value for point in found.points(Catalogue.all()[code]) if point.value is not None]
    if not values:
        return None
    return sum(values) if whole else values[-1]


def _certainty(found: Board) -> dict[str, Any]:
    """How much of what is due rests on what was read or follows from it, and the weakest status behind it."""
    months = found.reading.months
    cents = [int(months[f"{FOOTING}{rank}"].sum() or 0) for rank in range(len(BY_RANK))]
    weakest = max((rank for rank, amount in enumerate(cents) if amount), default=None)
    sure = sum(amount for status, amount in zip(BY_RANK, cents, strict=True) if status in SURE)
    return {
        "sure_share": share(sure, sum(cents)),
        "weakest": None if weakest is None else BY_RANK[weakest],
        "footings": [(status, amount) for status, amount in zip(BY_RANK, cents, strict=True) if amount],
    }
