"""The list of occupations in shortage that the last vintage of gaps gives, and its proposal to a committee."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from minassa.registry.public import Actor
from minassa.steering.gaps.kept import latest_gaps
from minassa.talent.balance.shortage import shortage
from minassa.visas.models import ShortageList
from minassa.visas.public import CRITERIA, Computed, NoShortage, criteria_on, parameter_on, propose_list
from minassa.vocabulary.periods import parse_month
from minassa.vocabulary.rates import BASIS_POINTS


def computed_list(home: Path, on: date) -> Computed:
    """The list of the latest vintage, with the criteria of a day. NoShortage while there is no vintage."""
    vintage = latest_gaps(home)
    if vintage is None or vintage.cube is None:
        raise NoShortage(_("Les tensions ne sont pas encore calculées : la liste en sort."))
    criteria = criteria_on(on)
    told: dict[str, Any] = {name: parameter_on(name, on).model_dump(mode="json") for name in CRITERIA}
    document = vintage.document
    return Computed(
        run=document["run"],
        until=parse_month(document["until"]),
        cube_digest=document["digest"],
        criteria={**told, "scenario": criteria.scenario, "fewest_persons": criteria.fewest_persons},
        entries=[_entry(row) for row in shortage(vintage.cube, criteria).iter_rows(named=True)],
        synthetic=document["synthetic"],
    )


def _entry(row: dict[str, Any]) -> dict[str, Any]:
    """An entry in whole numbers: people, and the share of draws in basis points."""
    people = {name: round(row[name]) for name in ("before", "gap", "low_80", "high_80")}
    keys = {name: row[name] for name in ("occupation", "region", "month", "tension")}
    return {**keys, **people, "sure": round(row["sure"] * BASIS_POINTS)}


def propose_shortage(actor: Actor, home: Path, effective_on: date, ground: str, at: datetime) -> ShortageList:
    """Propose to the committee what the latest vintage gives. NoShortage, VisaError."""
    return propose_list(actor, computed_list(home, effective_on), effective_on, ground, at)
