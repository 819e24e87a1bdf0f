"""What a plan found, as its page shows it: settings in words, the frontier with what one more job costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from minassa.steering.plan_models import PremiumPlan
from minassa.vocabulary.filieres import Filiere
from minassa.vocabulary.regions import regions
from minassa.vocabulary.rounding import Direction, divide
from minassa.web.public.pages import language

ROUNDING: Final = "minassa-default#affichage"
HUNDREDTHS: Final = 100
WIDTH, HEIGHT, EDGE = 320, 160, 12
"""Pixels of the frontier drawn, and the margin around its points."""


@dataclass(frozen=True, slots=True)
class Setting:
    """The two rates of a filière in a region (basis points), beside those of the offer, with cost and jobs."""

    filiere: str
    region: str
    pae_rate: int
    paf_rate: int
    pae_moved: int
    paf_moved: int
    cost_year: int
    offered_year: int
    jobs: int


@dataclass(frozen=True, slots=True)
class Step:
    """A budget of the frontier: cost and jobs beside the offer, centimes for one more job since the budget before."""

    budget_year: int
    cost_year: int
    jobs: int
    per_job: int | None
    x: int
    y: int


def chosen(found: Mapping[str, Any], asked: str) -> tuple[Mapping[str, Any], Mapping[str, int]]:
    """The response that an address names, else the weakest that is not none; with the mean rates of its plan."""
    held: Sequence[Mapping[str, Any]] = found["responses"]
    named = [rank for rank, one in enumerate(held) if str(one["elasticity_hundredths"]) == asked]
    moved = [rank for rank, one in enumerate(held) if one["elasticity_hundredths"]]
    rank = (named or moved or [0])[0]
    return held[rank], found["means"][rank]


def settings_shown(found: Mapping[str, Any], answer: Mapping[str, Any]) -> list[Setting]:
    """The settings of an answer, in the order of filières then regions."""
    today = found["rates"]
    return [
        Setting(
            filiere=Filiere(one["filiere"]).label(language()),
            region=_region(one["region"]),
            pae_rate=one["pae_rate"],
            paf_rate=one["paf_rate"],
            pae_moved=one["pae_rate"] - today["pae_rate"],
            paf_moved=one["paf_rate"] - today["paf_rate"],
            cost_year=one["cost_year"],
            offered_year=one["offered_year"],
            jobs=whole(one["jobs_hundredths"]),
        )
        for one in answer["settings"]
    ]


def frontier_shown(answer: Mapping[str, Any]) -> list[Step]:
    """The frontier of an answer, the smallest budget first, each with what one more job costs since the one before."""
    rows: Sequence[Mapping[str, int]] = answer["frontier"]
    costs, jobs = [one["cost_year"] for one in rows], [one["jobs_hundredths"] for one in rows]
    made = []
    for rank, one in enumerate(rows):
        more = jobs[rank] - jobs[rank - 1] if rank else 0
        spent = costs[rank] - costs[rank - 1] if rank else 0
        per_job = divide(spent * HUNDREDTHS, more, Direction.HALF_UP, ROUNDING) if more > 0 else None
        x = EDGE + _part(costs[rank], costs, WIDTH - 2 * EDGE)
        y = HEIGHT - EDGE - _part(jobs[rank], jobs, HEIGHT - 2 * EDGE)
        made.append(Step(one["budget_year"], one["cost_year"], whole(jobs[rank]), per_job, x, y))
    return made


def binding_shown(answer: Mapping[str, Any]) -> list[tuple[str, int]]:
    """The limits, in words, with the jobs that the plan would gain without each."""
    words = {
        "budget": _("le budget"),
        "floors": _("les planchers des taux"),
        "stability": _("la stabilité des taux"),
        "regions": _("ce que chaque région garde"),
    }
    return [(words[name], whole(gained)) for name, gained in answer["binding"].items()]


def as_reform(plan: PremiumPlan, means: Mapping[str, int], address: str) -> str:
    """The query that keeps the mean rates of a plan as a reform; empty when they are those of the offer."""
    held: Mapping[str, Any] = plan.found or {}
    changes = {name: rate for name, rate in means.items() if rate != held["rates"][name]}
    if not changes:
        return ""
    reasons = _("Taux moyens du plan %(address)s, qui coûtent autant que ses réglages par filière et région.")
    name = _("Plan de primes du %(day)s") % {"day": f"{plan.asked_at:%d/%m/%Y}"}
    return urlencode({"nom": name, "motif": reasons % {"address": address}, **changes})


def whole(hundredths: int) -> int:
    """Jobs to the nearest whole, from hundredths; below zero as above."""
    jobs = divide(abs(hundredths), HUNDREDTHS, Direction.HALF_UP, ROUNDING)
    return -jobs if hundredths < 0 else jobs


def _part(value: int, of: Sequence[int], length: int) -> int:
    low, high = min(of), max(of)
    return divide((value - low) * length, high - low, Direction.HALF_UP, ROUNDING) if high > low else 0


def _region(number: int) -> str:
    found = next((one for one in regions() if one.number == number), None)
    return str(getattr(found, f"name_{language()}")) if found else _("non indiquée")
