"""What is read of claims: the list that someone may see, the lines of one, why a line is what it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from minassa.claims.calendar import period_named
from minassa.claims.claim_models import Claim, Line
from minassa.claims.policies import visible_claims
from minassa.claims.weights import stratum
from minassa.claims.workbook import flagged_reasons, unmet_conditions
from minassa.engine import Offer
from minassa.entitlements.amounts import AmountId
from minassa.entitlements.runs import Run
from minassa.entitlements.sources import Tables
from minassa.entitlements.why import Answer, why
from minassa.registry.public import Actor, require


@dataclass(frozen=True, slots=True)
class Explained:
    """A line with its conditions (true: it holds) and the kinds of reasons to look at it."""

    line: Line
    conditions: dict[str, bool]
    reasons: tuple[str, ...]


def claims_for(actor: Actor) -> QuerySet[Claim]:
    """The claims that an actor may know of, the last prepared first."""
    require(actor, "claim.list")
    return Claim.objects.filter(visible_claims(actor)).select_related("enterprise").order_by("-opened_at", "-pk")


def explained(actor: Actor, claim: Claim) -> Iterator[Explained]:
    """The lines of a claim, each with the conditions of the measure and what is worth a look. Forbidden."""
    require(actor, "claim.open", claim)
    for line in Line.objects.filter(claim=claim).order_by("person", "hired_month", "period_start").iterator():
        unmet = set(unmet_conditions(claim, line.unmet))
        yield Explained(
            line, {name: name not in unmet for name in claim.conditions}, tuple(flagged_reasons(line.flags))
        )


def why_line(actor: Actor, line: Line, made: Run, offer: Offer, tables: Tables) -> Answer:
    """The whole tree of the amount that a line rests on, from the run of its claim and the offer of that run."""
    claim = line.claim
    require(actor, "claim.open", claim)
    named = AmountId(claim.measure, claim.affiliation, line.person, line.period_start)
    return why(str(named), made, offer, tables)


def calendar_of(claim: Claim) -> dict[str, Any]:
    """The dates of a claim: opened, contested until, signed until, prescribed, and the status of the calendar."""
    entry = period_named(claim.measure, claim.period).entry
    return {
        "opened_at": claim.opened_at,
        "contest_by": claim.contest_by,
        "sign_by": claim.sign_by,
        "prescribed_on": claim.prescribed_on,
        "status": entry.status,
        "citation": entry.citation,
    }


def stratum_of(claim: Claim, at: datetime) -> str:
    """The stratum of risk of a claim at a moment: it orders the work, it decides nothing."""
    return stratum(claim.score, at.date())
