"""The restitutions that a person may know of: what waits first, filters in the address, pages and exports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from minassa.claims.models import Restitution
from minassa.claims.public import restitutions_for
from minassa.web.access import PageRequest, page
from minassa.web.cases.showing import Deadline, deadline
from minassa.web.cases.tables import FORMATS, MOST, Amount, Cell, exported
from minassa.web.claims.showing import period_words
from minassa.web.listing import PAGE_ROWS, asked, in_order, instant, paged, start_of, waiting_first

State = Restitution.State
FILTERS: Final = ("etat", "reference")
SORTS: Final = {
    "reference": "claim__reference",
    "enterprise": "claim__enterprise__name",
    "amount": "cents",
    "state": "state",
    "due": "reply_by",
}
WAITING: Final = (State.HEARING, State.HEARD)
"""What waits for an answer, then for a decision, in the order in which it is shown."""


@dataclass(frozen=True, slots=True)
class Row:
    """A restitution of the list: what its claim is about, in words, and the delay of the firm while it runs."""

    restitution: Restitution
    period: str
    deadline: Deadline | None


@require_GET
@page("claim.list")
def restitutions(request: PageRequest) -> HttpResponse:
    """The restitutions that the person may know of, or the same as a file."""
    now, actor = timezone.now(), request.actor
    every = restitutions_for(actor).select_related("recovery")
    found = ordered(filtered(every, request.GET), request.GET.get("sort", ""))
    if request.GET.get("format") in FORMATS:
        return _file(found, request.GET["format"])
    start = start_of(request.GET)
    shown = list(found[start : start + PAGE_ROWS + 1])
    firm = bool(actor.mandates)
    context: dict[str, Any] = {
        "rows": [row_of(one, now) for one in shown[:PAGE_ROWS]],
        "total": found.count(),
        "firm": firm,
        "several": len(actor.enterprises()) != 1,
        "awaited": every.filter(state=State.HEARING).count() if firm else 0,
        **paged(start, shown),
        **asked(request.GET, FILTERS),
        "states": [(state.value, str(state.label)) for state in State],
        "export_most": MOST if len(shown) > PAGE_ROWS else 0,
    }
    return render(request, "web/restitutions/list.html", context)


def filtered(rows: QuerySet[Restitution], given: Mapping[str, str]) -> QuerySet[Restitution]:
    """The restitutions that the filters of an address let through; one that means nothing narrows nothing."""
    state, reference = given.get("etat", ""), given.get("reference", "").replace("\x00", "").strip()[:40]
    if state in State.values:
        rows = rows.filter(state=state)
    return rows.filter(claim__reference__icontains=reference) if reference else rows


def ordered(rows: QuerySet[Restitution], sort: str) -> QuerySet[Restitution]:
    """Restitutions in the order asked; without one, what waits first, the nearest answer before, then the latest."""
    found = in_order(rows, sort, SORTS)
    return rows.order_by(waiting_first(WAITING), "-pk") if found is None else found


def row_of(restitution: Restitution, now: datetime) -> Row:
    """A restitution as lists show it."""
    due = restitution.reply_by if restitution.state == State.HEARING else None
    claim = restitution.claim
    return Row(restitution, period_words(claim.measure, claim.period), deadline(due, now))


def _file(rows: QuerySet[Restitution], wanted: str) -> HttpResponse:
    headings = [
        _("Demande"),
        _("Entreprise"),
        _("Mesure"),
        _("Période"),
        _("Montant à rendre"),
        _("État"),
        _("Proposée le"),
        _("À répondre avant le"),
        _("Décidée le"),
        _("Numéro de la somme à rendre"),
    ]
    return exported("restitutions", wanted, headings, _cells(rows))


def _cells(rows: QuerySet[Restitution]) -> Iterator[tuple[Cell, ...]]:
    for one in rows[:MOST].iterator():
        claim = one.claim
        yield (
            claim.reference,
            claim.enterprise.name,
            claim.measure.upper(),
            claim.period,
            Amount(one.cents),
            str(one.get_state_display()),
            *(instant(at) for at in (one.opened_at, one.reply_by, one.decided_at)),
            one.recovery.number if one.recovery else "",
        )
