"""A P2I as it is followed in tests: a report to complete, one that is sealed, findings. All invented."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings

from minassa.delays import instant_of, local_day
from minassa.entitlements.runs import runs_in
from minassa.outlook.specialisation.fields import ELSEWHERE, field_of
from minassa.platforms.models import Evidence, Finding, Report
from minassa.platforms.public import (
    Aim,
    Found,
    Given,
    Span,
    assess,
    check,
    complete,
    prepare_report,
    propose_remedy,
    propose_target,
    seal,
    set_target,
    unit,
    visit,
)
from minassa.registry.public import Actor
from minassa.steering.platforms.specialising import latest_specialisation, path_of, specialise_next
from minassa.steering.platforms.trying import measure_of
from minassa.talent.reference.reading import reference
from minassa.vocabulary.periods import month_index
from tests.onestop.world import PDF

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
    """Reports of Casanearshore: one that contradicts itself, one that is sealed; a finding that awaits its remedy.

    `proposed`: a finding whose remedy awaits an answer; `evidence`: the file of a point that conforms.
    """

    report: Report
    sealed: Report
    finding: Finding
    proposed: Finding
    evidence: Evidence


def make_platforms(manager: Actor, chief: Actor, secretary: Actor, now: datetime) -> Followed:
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
    today = local_day(instant_of(now))
    seen = visit(secretary, 101, today, "Visite EXEMPLE.", now)
    assess(secretary, 101, Found("safety", "not", "Issue bloquée (exemple).", visit=seen, severity="major"), now)
    assess(secretary, 101, Found("accessibility", "partly", "Une rampe manque (exemple)."), now)
    shown = assess(secretary, 101, Found("prices", "conform", given=Given("prix.pdf", PDF)), now)
    finding, proposed = Finding.objects.filter(place=101).order_by("pk")
    propose_remedy(manager, proposed, "Poser une rampe (exemple).", today + timedelta(days=30), now)
    _aim_at_data(chief, secretary, now)
    assert shown.evidence is not None
    return Followed(report, before, finding, proposed, shown.evidence)


def _aim_at_data(chief: Actor, secretary: Actor, now: datetime) -> None:
    """Where a run says what the P2I is specialised in, a target that is set and another that awaits its answer."""
    specialise_next(now)
    as_if_many()
    year = local_day(instant_of(now)).year + 4
    home = settings.MINASSA_HOME
    cloud, data = (measure_of(home, unit(101), field) for field in ("cloud-devops", "ai-data"))
    if data.run:
        set_target(secretary, 101, Aim("ai-data", 1_200, year, "Motif EXEMPLE."), data, now, synthetic=True)
        propose_target(chief, 101, Aim("cloud-devops", 2_000, year, "Motif EXEMPLE."), cloud, now, synthetic=True)


def as_if_many() -> None:
    """The record of the last run as if Casanearshore held many people of many occupations, in many firms."""
    home = settings.MINASSA_HOME
    found = latest_specialisation(home)
    if found is None:
        return
    row = next(one for one in found["units"] if one["place"] == 101)
    codes = [code for code, one in reference().occupations.items() if field_of(code, one.isco08) == ELSEWHERE][:40]
    row["occupations"] = [{"occupation": code, "field": ELSEWHERE, "people": 50} for code in codes]
    row["whole"] = {"recognised": 2_000, "elsewhere": 2_000}
    row["fields"] = [one | {"people": 0, "share": 0.0} for one in row["fields"]]
    run = next(one for one in runs_in(home / "runs") if one.path.name == found["run"])
    path_of(home, run).write_text(json.dumps(found), "utf-8")
