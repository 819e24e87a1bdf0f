"""The account of a firm with the State: received, due and why not yet, to give back, each operation in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from minassa.claims.public import ClaimMoney, money_of
from minassa.ledger.models import Entitlement, Recovery
from minassa.ledger.public import (
    LeftOut,
    Standing,
    StatementLine,
    account_of,
    firm_balances,
    plans_of,
    standing_of,
    statement,
    why_not,
)
from minassa.registry.models import Enterprise
from minassa.registry.public import SIGNED_IN, Actor, allowed
from minassa.web.access import PageRequest, page
from minassa.web.cases.tables import FORMATS, Amount
from minassa.web.claims.showing import period_words
from minassa.web.enterprises.acting import acting_choices, acting_enterprise
from minassa.web.money.exports import file
from minassa.web.money.showing import measure_names, shown
from minassa.web.money.subjects import the_enterprise

OVER: Final = frozenset({"paid", "nothing-due", "refused", "expired"})
"""What a claim says when nothing of it is awaited any more."""
SHOWN_LINES: Final = 100
"""Operations on the page, the latest; the file has them all."""


@require_GET
@page(SIGNED_IN)
def my_account(request: PageRequest) -> HttpResponse:
    """The account of the firm acted for; whoever acts for none is sent to their first page."""
    firm = acting_enterprise(request)
    return redirect("money-firm", enterprise=firm.uuid) if firm else redirect("home")


@require_GET
@page("statement.view", subject=the_enterprise)
def firm_account(request: PageRequest, firm: Enterprise) -> HttpResponse:
    """How a firm stands, what waits and why, and its statement; to be printed, or the statement as a file."""
    lines = statement(request.actor, firm)
    if request.GET.get("format") in FORMATS:
        return file("releve", request.GET["format"], _headings(), _cells(lines))
    now = timezone.now()
    own = firm.pk in request.actor.enterprises()
    claims = [one for one in money_of(request.actor, firm, now) if own or _known(request.actor, one)]
    context = {
        "firm": firm,
        "own": own,
        "firms": acting_choices(request.actor) if own else [],
        "balance": firm_balances(request.actor, [firm.pk])[0][1],
        "waiting": [_claimed(request.actor, one) for one in claims if one.code not in OVER],
        "over": [_claimed(request.actor, one) for one in claims if one.code in OVER],
        "others": _others(firm, claims),
        "recoveries": _recoveries(firm, timezone.localdate(now)),
        "account": account_of(firm.pk),
        "lines": list(reversed(lines[-SHOWN_LINES:])),
        "many": len(lines),
        "most": SHOWN_LINES,
        "now": now,
        **_named(lines),
    }
    return shown(request, "firm", context)


def _named(lines: Sequence[StatementLine]) -> Mapping[str, Any]:
    return {"measures": measure_names(), "any": bool(lines)}


def _known(actor: Actor, one: ClaimMoney) -> bool:
    """Whether a reader outside the firm knows of a claim: they may open it, or it was decided, as accounts tell."""
    return one.accepted is not None or allowed(actor, "claim.open", one.claim)


def _claimed(actor: Actor, one: ClaimMoney) -> tuple[ClaimMoney, str, bool]:
    """A claim with what it is about, in words, and whether the reader may open it."""
    claim = one.claim
    words = f"{claim.measure.upper()}, {period_words(claim.measure, claim.period)}"
    return one, words, allowed(actor, "claim.open", claim)


def _others(firm: Enterprise, claims: Sequence[ClaimMoney]) -> list[tuple[Entitlement, LeftOut | None]]:
    """What is due to a firm by other decisions than on claims (advances of a convention), with what it waits for."""
    rows = Entitlement.objects.filter(enterprise=firm).exclude(reference__in=[one.claim.reference for one in claims])
    found = [one for one in rows.select_related("enterprise").order_by("-pk")[:SHOWN_LINES] if one.due]
    held = why_not(found)
    return [(one, held.get(one.reference)) for one in found]


def _recoveries(firm: Enterprise, today: date) -> list[tuple[Recovery, int, list[Standing]]]:
    """What a firm still gives back: what is left of each sum, and its plan as it stands."""
    rows = [one for one in Recovery.objects.filter(enterprise=firm).order_by("pk") if one.settled < one.amount]
    plans = plans_of(rows)
    return [(one, one.amount - one.settled, standing_of(one, plans.get(one.pk, []), today)) for one in rows]


def _headings() -> list[str]:
    return [
        _("Date"),
        _("Opération"),
        _("Motif"),
        _("Référence"),
        _("Mesure"),
        _("Montant"),
        _("Dû à l'entreprise"),
        _("À rendre par l'entreprise"),
        _("Payé"),
    ]


def _cells(lines: Sequence[StatementLine]) -> Iterator[tuple[Any, ...]]:
    names = measure_names()
    for one in lines:
        amounts = map(Amount, (one.amount, one.due_to_firm, one.due_by_firm, one.paid))
        yield _day(one.at), one.sentence, one.ground, one.subject, names.get(one.measure, one.measure), *amounts


def _day(at: datetime) -> str:
    return timezone.localtime(at).date().isoformat()
