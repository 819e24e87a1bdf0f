"""The claims that a person may see: what waits first, with filters in the address, its pages and its exports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from minassa.claims.models import Claim, ClaimState
from minassa.claims.public import MEASURES, claims_for
from minassa.registry.models import Enterprise
from minassa.vocabulary.statuses import Status, label
from minassa.web.access import PageRequest, page
from minassa.web.cases.showing import Deadline, deadline, language
from minassa.web.cases.tables import FORMATS, MOST, Cell, exported
from minassa.web.claims.showing import measure_choices, period_words, state_choices, status_of
from minassa.web.listing import PAGE_ROWS, asked, in_order, instant, paged, start_of, waiting_first

FILTERS: Final = ("mesure", "periode", "etat", "reference")
SORTS: Final = {
    "reference": "reference",
    "period": "last_month",
    "amount": "total_cents",
    "state": "state",
    "due": "sign_by",
    "enterprise": "enterprise__name",
}
WAITING: Final = (ClaimState.OPEN, ClaimState.HEARING, ClaimState.CONTESTED)
"""What waits for the firm, in the order in which it is shown."""


@dataclass(frozen=True, slots=True)
class Row:
    """A claim of the list: its period in words, its legal status, what the firm must do before when."""

    claim: Claim
    period: str
    status: str
    deadline: Deadline | None


@require_GET
@page("claim.list")
def claims(request: PageRequest) -> HttpResponse:
    """The claims that the person may see, or the same as a file."""
    now, actor = timezone.now(), request.actor
    every = claims_for(actor)
    found = ordered(filtered(every, request.GET), request.GET.get("sort", ""))
    if request.GET.get("format") in FORMATS:
        return _file(found, request.GET["format"], now)
    start = start_of(request.GET)
    shown = list(found[start : start + PAGE_ROWS + 1])
    context = {
        "rows": [row_of(claim, now) for claim in shown[:PAGE_ROWS]],
        "total": found.count(),
        "waiting": every.filter(state__in=(ClaimState.OPEN, ClaimState.HEARING)).count() if actor.mandates else 0,
        "firm": bool(actor.mandates),
        "own": list(Enterprise.objects.filter(pk__in=actor.enterprises()).order_by("name")),
        "several": len(actor.enterprises()) != 1,
        **paged(start, shown),
        **asked(request.GET, FILTERS),
        "measures": measure_choices(MEASURES),
        "periods": _periods(every),
        "states": state_choices(),
        "export_most": MOST if len(shown) > PAGE_ROWS else 0,
    }
    return render(request, "web/claims/list.html", context)


def filtered(rows: QuerySet[Claim], given: Mapping[str, str]) -> QuerySet[Claim]:
    """The claims that the filters of an address let through; one that means nothing narrows nothing."""
    measure, period, state = (given.get(name, "") for name in ("mesure", "periode", "etat"))
    reference = given.get("reference", "").replace("\x00", "").strip()[:40]
    if measure in MEASURES:
        rows = rows.filter(measure=measure)
    if period:
        rows = rows.filter(period=period.replace("\x00", "")[:10])
    if state in ClaimState.values:
        rows = rows.filter(state=state)
    return rows.filter(reference__icontains=reference) if reference else rows


def ordered(rows: QuerySet[Claim], sort: str) -> QuerySet[Claim]:
    """Claims in the order asked; without one, what waits for the firm first, then the latest."""
    found = in_order(rows, sort, SORTS)
    return rows.order_by(waiting_first(WAITING), "-last_month", "measure", "-pk") if found is None else found


def _periods(rows: QuerySet[Claim]) -> list[str]:
    return list(rows.order_by("-last_month", "-period").values_list("period", flat=True).distinct()[:60])


def row_of(claim: Claim, now: datetime) -> Row:
    """A claim as lists show it."""
    due = {ClaimState.OPEN: claim.sign_by, ClaimState.HEARING: claim.hearing_until}.get(ClaimState(claim.state))
    return Row(claim, period_words(claim.measure, claim.period), status_of(claim.status), deadline(due, now))


def _file(rows: QuerySet[Claim], wanted: str, now: datetime) -> HttpResponse:
    headings = [
        _("Référence"),
        _("Entreprise"),
        _("Mesure"),
        _("Période"),
        _("État"),
        _("Montant demandé (centimes)"),
        _("Dont provisoire (centimes)"),
        _("Montant accepté (centimes)"),
        _("Statut juridique le plus faible"),
        _("Lignes"),
        _("À signer avant"),
        _("Signée le"),
        _("Décidée le"),
    ]
    return exported("demandes", wanted, headings, _cells(rows, now))


def _cells(rows: QuerySet[Claim], now: datetime) -> Iterator[tuple[Cell, ...]]:
    for claim in rows[:MOST].iterator():
        row = row_of(claim, now)
        yield (
            claim.reference,
            claim.enterprise.name,
            claim.measure.upper(),
            claim.period,
            str(claim.get_state_display()),
            claim.total_cents,
            claim.provisional_cents,
            "" if claim.accepted_cents is None else claim.accepted_cents,
            label(Status(row.status), language()),
            claim.line_count,
            *(instant(at) for at in (claim.sign_by, claim.signed_at, claim.decided_at)),
        )
