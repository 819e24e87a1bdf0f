"""What a firm has to do: declarations due, cases that wait for it; and its cases under way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.utils import timezone

from minassa.intake.public import NoLakeKey, declared, due_on
from minassa.onestop.models import Case, CaseState
from minassa.onestop.public import Filters, Timeline, cases_for, timelines
from minassa.registry.models import Enterprise
from minassa.registry.public import Actor
from minassa.vocabulary.periods import first_day

MOST: Final = 8
"""How many lines a section shows before it sends to the whole list."""

_AWAITED: Final = (CaseState.COMPLEMENT, CaseState.TO_SIGN)
_RUNNING: Final = (CaseState.COMPLEMENT, CaseState.IN_REVIEW, CaseState.TO_DECIDE, CaseState.APPEALED)


@dataclass(frozen=True, slots=True)
class Declaration:
    """A month to be declared to CNSS by an enterprise."""

    enterprise: Enterprise
    month: date
    due_on: date
    late: bool


@dataclass(frozen=True, slots=True)
class UnderWay:
    """A case with who held it so far."""

    case: Case
    timeline: Timeline


def to_do(actor: Actor, now: datetime) -> Mapping[str, Any]:
    """Declarations due, the oldest first; cases that wait for the firm, those that others wait for before drafts."""
    today = timezone.localdate(now)
    firms = Enterprise.objects.filter(pk__in=actor.enterprises(), affiliation__isnull=False).order_by("name")
    waiting = cases_for(actor, Filters(states=_AWAITED), size=MOST)
    drafts = cases_for(actor, Filters(states=(CaseState.DRAFT,)), size=MOST)
    rows = [*waiting.rows, *drafts.rows]
    shown = {"cases": rows[:MOST], "more": bool(waiting.next or drafts.next or rows[MOST:])}
    try:
        due = [each for firm in firms[:MOST] for each in _declarations(firm, today)]
    except NoLakeKey:  # the administrator must mend it; cases can be worked on meanwhile
        return {**shown, "declarations": [], "unreadable": True}
    return {**shown, "declarations": sorted(due, key=lambda each: each.month)[:MOST], "unreadable": False}


def _declarations(firm: Enterprise, today: date) -> list[Declaration]:
    missing = declared(firm, today).missing
    return [Declaration(firm, first_day(month), due_on(month), late=due_on(month) < today) for month in missing]


def cases_under_way(actor: Actor, now: datetime) -> Mapping[str, Any]:
    """The latest cases that run, each with its bar."""
    found = cases_for(actor, Filters(states=_RUNNING), size=MOST)
    return {"rows": bars_of(found.rows, now), "more": bool(found.next)}


def bars_of(cases: Sequence[Case], now: datetime) -> list[UnderWay]:
    """Cases, each with who held it so far: one query for all."""
    return [UnderWay(each.case, each) for each in timelines(cases, now)]
