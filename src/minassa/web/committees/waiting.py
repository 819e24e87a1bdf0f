"""What may be put on the agenda of a session: what awaits its committee and stands on no other agenda."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _

from minassa.governance.models import Session
from minassa.governance.public import (
    Kinds,
    rules,
    waiting_amendments,
    waiting_cases,
    waiting_claims,
    waiting_conventions,
    waiting_findings,
    waiting_recommendations,
    waiting_reforms,
    waiting_restitutions,
    waiting_seat_plans,
    waiting_shortage_lists,
)
from minassa.platforms.public import checklist, unit
from minassa.vocabulary.money import Cents
from minassa.web.cases.showing import procedure_names
from minassa.web.committees.forms import DEROGATION
from minassa.web.committees.showing import decision_words, kind_words
from minassa.web.platforms.wording import entry_name, unit_name
from minassa.web.writing import CASABLANCA

MOST: Final = 100
"""Rows of each kind, those that weigh most first: a session decides fewer."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A thing that awaits a committee: its words, the amount when there is one, what ticking it proposes."""

    kind: str
    decision: str
    value: str
    address: str
    title: str = ""
    detail: str = ""
    cents: Cents | None = None


def waiting_for(session: Session) -> dict[str, Any]:
    """What the page of an agenda offers to choose from, by what the committee decides on."""
    kinds = set(rules(session.committee, session.planned_at.astimezone(CASABLANCA).date()).kinds)
    rows = [row for kind, found in _waiting().items() if kind in kinds for row in found(session)]
    return {"waiting": rows, "takes_derogations": "derogation" in kinds and "derogation" in Kinds.all()}


def _waiting() -> dict[str, Callable[[Session], Iterator[Waiting]]]:
    """What waits for a committee, by kind, in the order of the page."""
    return {
        "claim": _claims,
        "case": _cases,
        "convention": _conventions,
        "amendment": _amendments,
        "restitution": _restitutions,
        "reform": _reforms,
        "shortage": _shortages,
        "recommendation": _recommendations,
        "seat_plan": _seat_plans,
        "platform_finding": _findings,
    }


def _claims(session: Session) -> Iterator[Waiting]:
    for claim in waiting_claims()[:MOST]:
        decision = "resume" if claim.state == "suspended" else "accept"
        row = _row(session, "claim", str(claim.uuid), decision)
        state = str(claim.get_state_display())
        yield replace(row, title=f"{claim.reference} · {claim.enterprise.name}", detail=state, cents=claim.total_cents)


def _cases(session: Session) -> Iterator[Waiting]:
    names = procedure_names()
    for case in waiting_cases()[:MOST]:
        row = _row(session, "case", str(case.uuid), "favourable")
        if case.procedure_code == DEROGATION:  # granted by an item that says what it covers
            row = replace(row, decision=decision_words("derogation", "grant"), value="")
        detail = names.get(case.procedure_code, case.procedure_code)
        yield replace(row, title=f"{case.reference} · {case.enterprise.name}", detail=detail)


def _conventions(session: Session) -> Iterator[Waiting]:
    for convention in waiting_conventions()[:MOST]:
        row = _row(session, "convention", str(convention.uuid), "enter")
        yield replace(row, title=f"{convention.reference} · {convention.enterprise.name}")


def _amendments(session: Session) -> Iterator[Waiting]:
    for amendment in waiting_amendments()[:MOST]:
        row = _row(session, "amendment", str(amendment.uuid), "adopt")
        held = amendment.convention
        title = f"{held.reference} · {amendment.number} · {held.enterprise.name}"
        yield replace(row, title=title, detail=str(amendment.get_kind_display()))


def _reforms(session: Session) -> Iterator[Waiting]:
    for put in waiting_reforms()[:MOST]:
        row = _row(session, "reform", str(put.uuid), "adopt")
        title = f"{put.revision.reform.reference} · {put.revision.name}"
        yield replace(row, title=title, detail=put.effective_on.isoformat())


def _seat_plans(session: Session) -> Iterator[Waiting]:
    for put in waiting_seat_plans()[:MOST]:
        row = _row(session, "seat_plan", str(put.uuid), "adopt")
        yield replace(row, title=f"{put.plan.reference} · {put.plan.name}", detail=put.ground)


def _shortages(session: Session) -> Iterator[Waiting]:
    for listed in waiting_shortage_lists()[:MOST]:
        row = _row(session, "shortage", str(listed.uuid), "adopt")
        title = _("%(number)s métiers et régions") % {"number": len(listed.entries)}
        yield replace(row, title=title, detail=listed.effective_on.isoformat())


def _recommendations(session: Session) -> Iterator[Waiting]:
    for put in waiting_recommendations()[:MOST]:
        row = _row(session, "recommendation", str(put.uuid), "adopt")
        yield replace(row, title=f"{put.reference} · {put.action}", detail=put.lead.upper())


def _findings(session: Session) -> Iterator[Waiting]:
    """Never to be ticked: each is decided on a ground, typed on its own page."""
    for finding in waiting_findings()[:MOST]:
        row = _row(session, "platform_finding", str(finding.uuid), "require")
        title = f"{unit_name(unit(finding.place))} · {entry_name(checklist()[finding.point])}"
        yield replace(row, value="", title=title, detail=str(finding.get_severity_display()))


def _restitutions(session: Session) -> Iterator[Waiting]:
    """Never to be ticked: each is decided on a ground, typed on its own page."""
    for restitution in waiting_restitutions()[:MOST]:
        row = _row(session, "restitution", str(restitution.uuid), "ask_back")
        title = f"{restitution.claim.reference} · {restitution.claim.enterprise.name}"
        detail = str(restitution.get_state_display())
        yield replace(row, value="", title=title, detail=detail, cents=restitution.cents)


def _row(session: Session, kind: str, subject: str, decision: str) -> Waiting:
    return Waiting(
        kind_words(kind),
        decision_words(kind, decision),
        f"{kind}/{subject}/{decision}",
        reverse("session-propose", args=[session.uuid, kind, subject]),
    )
