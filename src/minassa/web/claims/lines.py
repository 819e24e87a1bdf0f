"""The lines of a claim, a page at a time: employee, amount, conditions, what is worth a look."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.functional import Promise

from minassa.claims.models import Claim, Contest, CutLine, Line
from minassa.claims.public import held_lines, held_parts, holding_reasons
from minassa.entitlements.amounts import PERSONLESS, person_text
from minassa.registry.public import Actor
from minassa.web.claims.names import names_of
from minassa.web.claims.showing import (
    flagged_words,
    month_words,
    months_words,
    reason_words,
    status_of,
    unmet_words,
)
from minassa.web.listing import asked, in_order, paged, start_of

PAGE_LINES: Final = 50
MOST_HELD: Final = 200
SORTS: Final = {"amount": "amount_cents", "hired": "hired_month", "person": "person"}
NARROWED: Final[Mapping[str, Mapping[str, Any]]] = {
    "due": {"entitled": True},
    "nothing": {"entitled": False},
    "flagged": {"flags__gt": 0},
    "contested": {"contested": True},
    "provisional": {"provisional": True},
    "cut": {"left_out": True},
}
"""Which lines each filter lets through."""
FILTERS: Final = ("lignes",)


@dataclass(frozen=True, slots=True)
class Shown:
    """A line of a claim in words; `name` only for those who may read it."""

    line: Line
    person: str
    name: str
    hired: str
    months: str
    status: str
    unmet: tuple[str | Promise, ...]
    flagged: tuple[str, ...]
    contested: bool
    cut: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """What of a line waits for someone to look at it: in centimes, whether the rest is paid meanwhile, and why."""

    shown: Shown
    cents: int
    partial: bool
    reasons: tuple[str, ...]


def held_of(actor: Actor, claim: Claim, lines: QuerySet[Line] | None = None) -> list[Waiting]:
    """What the checks hold of a claim (of some of its lines), in words."""
    rows = held_lines(claim).select_related("claim")
    held = list((rows if lines is None else rows.filter(pk__in=lines))[:MOST_HELD])
    parts = held_parts(claim)
    return [_waiting(shown, parts[shown.line.pk]) for shown in shown_lines(actor, claim, held)]


def _waiting(shown: Shown, cents: int) -> Waiting:
    reasons = tuple(reason_words(kind) for kind in holding_reasons(shown.line))
    return Waiting(shown, cents, cents < shown.line.amount_cents, reasons)


def lines_of(actor: Actor, claim: Claim, given: Mapping[str, str]) -> dict[str, Any]:
    """What the table of lines shows: one page of it, in the order and with the filter of the address."""
    shown = given.get("lignes", "") if given.get("lignes", "") in NARROWED else ""
    rows = annotated(claim).filter(**NARROWED.get(shown, {}))
    start = start_of(given)
    held = list(ordered(rows, given.get("sort", ""))[start : start + PAGE_LINES + 1])
    return {
        "lines": shown_lines(actor, claim, held[:PAGE_LINES]),
        "lines_total": rows.count() if shown else claim.line_count,
        **paged(start, held, PAGE_LINES),
        **asked(given, FILTERS),
    }


def annotated(claim: Claim) -> QuerySet[Line]:
    """The lines of a claim, each told whether a contest of it waits and whether a decision left it out."""
    waiting = Contest.objects.filter(line=OuterRef("pk"), answered_at__isnull=True)
    return Line.objects.filter(claim=claim).annotate(
        contested=Exists(waiting), left_out=Exists(CutLine.objects.filter(line=OuterRef("pk")))
    )


def ordered(rows: QuerySet[Line], sort: str) -> QuerySet[Line]:
    """Lines in the order asked: by amount, the largest first, unless told."""
    found = in_order(rows, sort, SORTS, then="pk")
    return rows.order_by("-amount_cents", "person", "pk") if found is None else found


def shown_lines(actor: Actor, claim: Claim, lines: Iterable[Line]) -> list[Shown]:
    """Lines in words, with the names that the actor may read."""
    held = list(lines)
    names = names_of(actor, claim, {line.person for line in held if line.person != PERSONLESS})
    return [shown_line(claim, line, names) for line in held]


def shown_line(claim: Claim, line: Line, names: Mapping[int, str]) -> Shown:
    """A line in words."""
    return Shown(
        line=line,
        person="" if line.person == PERSONLESS else person_text(line.person),
        name=names.get(line.person, ""),
        hired=month_words(line.hired_month) if line.hired_month else "",
        months=months_words(line.period_start, line.period_end),
        status=status_of(line.status),
        unmet=tuple(unmet_words(claim, line.unmet)),
        flagged=tuple(flagged_words(line.flags)),
        contested=bool(getattr(line, "contested", False)),
        cut=bool(getattr(line, "left_out", False)),
    )
