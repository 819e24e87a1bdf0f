"""A P2I as it is followed in tests: a report to complete, one that is sealed. All invented."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from minassa.platforms.models import Report
from minassa.platforms.public import Span, check, complete, prepare_report, seal
from minassa.registry.public import Actor
from minassa.vocabulary.periods import month_index

KNOWN: Final[dict[str, Any]] = {
    "run": "calcul-0001",
    "until": "2026-09",
    "firms": 10,
    "jobs": 2_000,
    "figures": [
        {"code": "declared_jobs", "period": "2026-09", "value": 2_000, "status": "inferred"},
        {"code": "new_jobs_month", "period": "2026-09", "value": 120, "status": "assumed"},
        {"code": "export_turnover", "period": "2025-12", "value": 90_000_000_000, "status": "inferred"},
    ],
    "withheld": [],
}
QUARTER: Final = Span(month_index(2026, 7), month_index(2026, 9))
BEFORE: Final = Span(month_index(2026, 4), month_index(2026, 6))
SOUND: Final[dict[str, Any]] = {
    "occupied_area_m2": 20_000,
    "firms_installed": 10,
    "firms_arrived": 1,
    "firms_left": 0,
    "investment_dirhams": 1_000_000,
    "incidents": 0,
    "incident_hours": 0,
    "services": {},
    "said": "",
}


@dataclass(frozen=True)
class Followed:
    """The reports of Casanearshore: one that contradicts itself, one that is sealed."""

    report: Report
    sealed: Report


def make_platforms(manager: Actor, chief: Actor, now: datetime) -> Followed:
    """What the manager of Casanearshore and who supervises it did."""
    before = prepare_report(101, BEFORE, KNOWN, now, synthetic=True)
    report = prepare_report(101, QUARTER, KNOWN, now, synthetic=True)
    assert before is not None
    assert report is not None
    complete(manager, before, SOUND, now)
    check(manager, before, now)
    seal(chief, before, now)
    complete(manager, report, {**SOUND, "firms_installed": 30, "incidents": None}, now)
    check(manager, report, now)
    return Followed(report, before)
