"""What was last published of the whole nation, in the four numbers that decide: jobs, money, delay, certainty."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from django.conf import settings

from minassa.registry.public import Actor
from minassa.steering.indicators.live import MEMBERSHIP
from minassa.steering.public import latest_figures
from minassa.vocabulary.periods import first_day, parse_month
from minassa.vocabulary.rounding import Direction, divide
from minassa.web.public.delays import Told, told_delays

WHOLE: Final = 10_000
ROUNDING: Final = "minassa-default#affichage"


def nation(_actor: Actor, _now: datetime) -> Mapping[str, Any]:
    """The published figures told for committees and analysts; `until` is None before the first run."""
    figures = latest_figures(settings.MINASSA_HOME)
    return {"until": None} if figures is None else {**_told(figures), "delay": membership_delay()}


def _told(figures: Mapping[str, Any]) -> dict[str, Any]:
    """Jobs against the path, centimes due, and the share of them (basis points) that rests on the weakest status."""
    now = figures["months"][-1]
    weakest = next((one for one in reversed(figures["statuses"]) if one["due_cents"]), None)
    due = figures["totals"]["due_cents"]
    return {
        "until": _month(figures["until"]),
        "synthetic": figures["synthetic"],
        "now": now,
        "gap": abs(now["gap_jobs"] or 0),
        "late": (now["gap_jobs"] or 0) < 0,
        "due": due,
        "provisional": figures["totals"]["provisional_cents"],
        "weakest": weakest["status"] if weakest else None,
        "weakest_share": divide(weakest["due_cents"] * WHOLE, due, Direction.HALF_UP, ROUNDING)
        if weakest and due
        else None,
    }


def _month(month: str) -> date:
    return first_day(parse_month(month))


def membership_delay() -> Told | None:
    """How long a whole membership takes in truth; None while none was seen."""
    return next((one for one in told_delays() if one.procedure == MEMBERSHIP and not one.body), None)
