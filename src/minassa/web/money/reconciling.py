"""Reconciliation: what the bank did of what it was ordered, and what it said that somebody must settle."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from minassa.ledger.models import BankEntry, BankFile, PaymentOrder, Settlement
from minassa.ledger.public import (
    correctable,
    findings,
    ordered_to_bank,
    reason_in_words,
    refusal_in_words,
    settle_finding,
    told_reason,
)
from minassa.web.access import PageRequest, page
from minassa.web.cases.tables import FORMATS, MOST, Amount
from minassa.web.money.acting import refusal
from minassa.web.money.exports import file
from minassa.web.money.forms import SettleForm
from minassa.web.money.paging import Paging, paged
from minassa.web.money.showing import hands, shown
from minassa.web.money.subjects import the_entry, the_file

Order = PaymentOrder.State
PAGING: Final = Paging({"number": "pk"}, default="-number")
OLDEST: Final = Paging({"number": "pk"}, default="number")


@dataclass(frozen=True, slots=True)
class View:
    """One of the lists of the screen: its word, its rows."""

    label: str | Promise
    rows: Callable[[], QuerySet[Any]]
    states: tuple[str, ...] = ()


def _in(*states: str) -> Callable[[], QuerySet[Any]]:
    return lambda: ordered_to_bank(*states).defer("rib").select_related("entitlement__enterprise", "batch")


VIEWS: Final[Mapping[str, View]] = {
    "a-regler": View(
        gettext_lazy("À régler"),
        lambda: findings().select_related("file", "order__entitlement__enterprise", "recovery__enterprise"),
    ),
    "attente": View(gettext_lazy("En attente de la banque"), _in(Order.VALIDATED, Order.ACCEPTED)),
    "rejetes": View(gettext_lazy("Rejetés ou revenus"), _in(Order.REJECTED, Order.RETURNED)),
    "rapproches": View(gettext_lazy("Rapprochés"), _in(Order.PAID)),
    "fichiers": View(gettext_lazy("Fichiers de la banque"), lambda: BankFile.objects.defer("content")),
}
FIRST: Final = "a-regler"
_STATES: Final = {
    "attente": (Order.VALIDATED, Order.ACCEPTED),
    "rejetes": (Order.REJECTED, Order.RETURNED),
    "rapproches": (Order.PAID,),
}


@require_GET
@page("bank.read")
def bank(request: PageRequest) -> HttpResponse:
    """The listing as it stands, one list at a time; or that list as a file."""
    return show_bank(request)


def show_bank(request: PageRequest, status: int = 200) -> HttpResponse:
    """The screen; `?vue=` chooses the list."""
    name = request.GET.get("vue", "")
    name = name if name in VIEWS else FIRST
    rows = VIEWS[name].rows()
    if request.GET.get("format") in FORMATS and name in _STATES:
        return file("rapprochement", request.GET["format"], _headings(), _cells(rows.order_by("pk")[:MOST]))
    found, counts = paged(rows, OLDEST if name == FIRST else PAGING, request.GET), _counts()
    context = {
        "view": name,
        "views": [(code, view.label, counts[code]) for code, view in VIEWS.items()],
        "rows": _shown_rows(name, found.rows),
        "verdicts": Settlement.Verdict.choices,
        "page": found,
        "exported": name in _STATES,
    }
    return shown(request, "bank", context, status)


def _counts() -> dict[str, int]:
    states = dict(ordered_to_bank().values_list("state").annotate(many=Count("pk")).order_by())
    counted = {name: sum(states.get(state, 0) for state in found) for name, found in _STATES.items()}
    return {FIRST: findings().count(), "fichiers": BankFile.objects.count(), **counted}


def _shown_rows(name: str, rows: Any) -> list[tuple[Any, str, bool]]:  # noqa: ANN401 (orders, movements or files)
    """Rows, each with what is said of it in words, and whether it may be that money truly left."""
    said: Callable[[Any], str] = {
        "rejetes": told_reason,
        FIRST: lambda entry: reason_in_words(entry.reason) if entry.reason else "",
        "fichiers": lambda one: refusal_in_words(one.refusal) if one.refusal else "",
    }.get(name, lambda _one: "")
    return [(one, said(one), name == FIRST and correctable(one)) for one in rows]


def _headings() -> list[str]:
    return [_("Ordre"), _("Lot"), _("Droit"), _("Entreprise"), _("À virer"), _("État"), _("Raison")]


def _cells(rows: QuerySet[Any]) -> Iterator[tuple[Any, ...]]:
    for one in rows:
        reason = told_reason(one) if one.state in {Order.REJECTED, Order.RETURNED} else ""
        firm = one.entitlement.enterprise.name
        state = str(one.get_state_display())
        yield one.number, one.batch.number, one.entitlement.reference, firm, Amount(one.net), state, reason


@require_GET
@page("bank.read", subject=the_file)
def bank_file(request: PageRequest, found: BankFile) -> HttpResponse:
    """A file of the bank: each thing that it says, and what became of it."""
    entries = found.entries.select_related("order", "recovery", "settlement")
    listed = paged(entries, OLDEST, request.GET)
    context = {
        "file": found,
        "refusal": refusal_in_words(found.refusal) if found.refusal else "",
        "hand": hands(request.actor, {found.received_by})[found.received_by],
        "totals": _totals(found),
        "rows": [(one, reason_in_words(one.reason) if one.reason else "") for one in listed.rows],
        "page": listed,
    }
    return shown(request, "bank_file", context)


def _totals(found: BankFile) -> list[tuple[str | Promise, int]]:
    counted = found.entries.values_list("outcome").annotate(many=Count("pk")).order_by("outcome")
    return [(BankEntry.Outcome(outcome).label, many) for outcome, many in counted]


@require_POST
@page("bank.read", subject=the_entry)
def finding_settle(request: PageRequest, entry: BankEntry) -> HttpResponse:
    """Say what a finding was, with the ground: it holds back nothing any more."""
    form = SettleForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Dites pourquoi : cette opération demande un motif."))
    elif trouble := refusal(
        lambda: settle_finding(
            request.actor,
            entry,
            form.cleaned_data["ground"],
            timezone.now(),
            Settlement.Verdict(form.cleaned_data["verdict"] or Settlement.Verdict.NOTHING),
        )
    ):
        messages.error(request, trouble)
    else:
        messages.success(request, _("Ce mouvement est réglé : il ne retient plus aucun paiement."))
    return redirect("money-bank")
