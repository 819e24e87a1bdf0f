"""The page of one convention: commitments on their way, advances, amendments, what is asked of the reader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Sum
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_GET

from minassa.conventions.models import (
    Advance,
    AdvanceState,
    Amendment,
    AmendmentState,
    Convention,
    ConventionState,
    Hearing,
    HearingState,
    Imputation,
)
from minassa.conventions.public import (
    BINDING,
    ConventionError,
    Difference,
    Source,
    Terms,
    Unit,
    as_of,
    compared,
    convention_parameters,
    shown_terms,
    signed_by_firm,
    terms_of,
)
from minassa.ledger.models import Entitlement
from minassa.registry.public import Actor, allowed
from minassa.vocabulary.errors import MinassaError
from minassa.web.access import PageRequest, page
from minassa.web.cases.showing import body_names
from minassa.web.claims.showing import month_words, person_short
from minassa.web.conventions.showing import (
    FIELDS,
    Changed,
    changes_of,
    field_words,
    followed,
    log_of,
)
from minassa.web.conventions.subjects import the_convention
from minassa.web.journaled import hands_of

LINES_SHOWN: Final = 200
OPEN: Final = (HearingState.OPEN, HearingState.REPLIED)


@dataclass(frozen=True, slots=True)
class Amended:
    """An amendment with its changes in words, and what the reader may do with it."""

    row: Amendment
    changes: list[Changed]
    who: str
    may_agree: bool
    may_withdraw: bool

    @property
    def form(self) -> str:
        """What its forms are called when one is refused."""
        return f"amendment-{self.row.number}"


@dataclass(frozen=True, slots=True)
class Advanced:
    """An advance with its lines, what the ledger says of it, and whether the reader may decide it."""

    row: Advance
    lines: list[tuple[str, str, Any]]
    money: Entitlement | None
    imputed: int
    carried: int
    may_decide: bool

    @property
    def form(self) -> str:
        """What its forms are called when one is refused."""
        return f"advance-{self.row.pk}"


@dataclass(frozen=True, slots=True)
class Heard:
    """A proposed recovery in words, and what the reader may do with it now."""

    row: Hearing
    person: str
    hired: str
    may_reply: bool
    may_decide: bool

    @property
    def form(self) -> str:
        """What its forms are called when one is refused."""
        return f"hearing-{self.row.pk}"


@require_GET
@page("convention.open", subject=the_convention)
def convention_page(request: PageRequest, convention: Convention) -> HttpResponse:
    """The page of a convention."""
    return show_convention(request, convention)


def show_convention(
    request: PageRequest,
    convention: Convention,
    *,
    failed: str = "",
    error: MinassaError | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of a convention; `failed`: the form whose act was refused, shown beside it with what was typed."""
    actor, now, names = request.actor, timezone.now(), body_names()
    today = timezone.localdate(now)
    terms = shown_terms(convention, today)
    context = {
        "convention": convention,
        "terms": terms,
        "followed": followed(convention, terms, today),
        "amendments": _amendments(actor, convention, terms, names),
        "advances": _advances(actor, convention),
        "hearings": _hearings(actor, convention, now),
        "parameters": convention_parameters(),
        "signatures": _signatures(actor, convention, names),
        "log": log_of(actor, convention, names),
        "past": _past(convention, request.GET),
        **_may(actor, convention),
        "failed": failed,
        "error": error,
        "typed": request.POST,
    }
    return render(request, "web/conventions/convention.html", context, status=status)


def _may(actor: Actor, convention: Convention) -> dict[str, bool]:
    """What the reader may do with the convention as it stands."""
    state, binding = convention.state, convention.state in BINDING
    draft, proposed = state == ConventionState.DRAFT, state == ConventionState.PROPOSED
    declared = {one.number for one in terms_of(convention.draft).commitments if one.source is Source.DECLARED}
    return {
        "may_edit": draft and allowed(actor, "convention.draft"),
        "may_propose": draft and allowed(actor, "convention.propose", convention),
        "may_send_back": proposed and allowed(actor, "convention.send-back", convention),
        "may_sign": proposed and not signed_by_firm(convention) and allowed(actor, "convention.sign", convention),
        "waits_for_state": proposed and signed_by_firm(convention),
        "may_amend": binding and allowed(actor, "amendment.propose", convention),
        "may_declare": binding and bool(declared) and allowed(actor, "commitment.declare", convention),
        "may_advance": state == ConventionState.IN_FORCE and allowed(actor, "advance.propose", convention),
        "may_hear": binding and allowed(actor, "hearing.open", convention),
    }


def _signatures(actor: Actor, convention: Convention, names: dict[str, str]) -> list[tuple[Any, str]]:
    """The signatures of the terms as they stand, with who signed."""
    rows = list(convention.signatures.filter(digest=convention.terms_digest).order_by("at", "pk"))
    hands = hands_of(actor, {row.by for row in rows}, names)
    return [(row, hands[row.by]) for row in rows]


def _amendments(actor: Actor, convention: Convention, terms: Terms, names: dict[str, str]) -> list[Amended]:
    rows = list(convention.amendments.order_by("-number"))
    hands = hands_of(actor, {row.proposed_by for row in rows}, names)
    found = []
    for row in rows:
        row.convention = convention
        waits = row.state == AmendmentState.PROPOSED
        agrees = waits and not row.agreed_by and allowed(actor, "amendment.agree", convention)
        withdraws = waits and allowed(actor, "amendment.withdraw", row)
        found.append(Amended(row, changes_of(row, terms), hands[row.proposed_by], agrees, withdraws))
    return found


def _advances(actor: Actor, convention: Convention) -> list[Advanced]:
    rows = list(convention.advances.select_related("milestone").prefetch_related("lines").order_by("-pk"))
    money = {one.reference: one for one in Entitlement.objects.filter(reference__in=[row.reference for row in rows])}
    decides = allowed(actor, "advance.decide", convention)
    return [
        Advanced(
            row,
            [
                (person_short(str(line.person)), month_words(line.hired_month), line)
                for line in list(row.lines.all())[:LINES_SHOWN]
            ],
            money.get(row.reference),
            *_imputed(row),
            decides and row.state == AdvanceState.PROPOSED and row.proposed_by not in actor.hands,
        )
        for row in rows
    ]


def _imputed(row: Advance) -> tuple[int, int]:
    """What of an advance was imputed on premiums of the same hires, and what of the rest is retained on others."""
    sums = Imputation.objects.filter(line__advance=row).aggregate(imputed=Sum("amount"), carried=Sum("carried"))
    return int(sums["imputed"] or 0), int(sums["carried"] or 0)


def _hearings(actor: Actor, convention: Convention, now: datetime) -> list[Heard]:
    rows = convention.hearings.select_related("line__advance").order_by("-pk")[:LINES_SHOWN]
    replies, decides = (allowed(actor, name, convention) for name in ("hearing.reply", "hearing.decide"))
    return [
        Heard(
            row,
            person_short(str(row.line.person)),
            month_words(row.line.hired_month),
            replies and row.state == HearingState.OPEN and now < row.reply_until,
            decides
            and row.opened_by not in actor.hands
            and row.state in OPEN
            and (row.state == HearingState.REPLIED or now >= row.reply_until),
        )
        for row in rows
    ]


def _past(convention: Convention, given: Mapping[str, str]) -> dict[str, Any]:
    """The terms compared between the two days of the address, if it has any; a sentence when they cannot be."""
    earlier, later = (_day(given.get(name, "")) for name in ("du", "au"))
    if earlier is None or later is None:
        return {}
    shown = {"earlier": earlier, "later": later}
    try:
        found = compared(convention, min(earlier, later), max(earlier, later))
        states = [as_of(convention, day).state.label for day in (min(earlier, later), max(earlier, later))]
    except ConventionError as refused:
        return {**shown, "trouble": refused.message}
    terms = as_of(convention, max(earlier, later)).terms
    return {**shown, "differences": [_different(one, terms) for one in found], "states": states}


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def _different(one: Difference, terms: Terms) -> tuple[int, Changed]:
    unit = terms.commitment(one.commitment).unit if one.commitment else Unit.JOBS
    before, after = (field_words(one.field, value, unit) for value in (one.before, one.after))
    return one.commitment, Changed(FIELDS.get(one.field, one.field), before, after)
