"""What decisions give to firms, and how far each has gone: sorted, filtered, as a file; suspended and released."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from django.contrib import messages
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Least
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from minassa.ledger.models import Entitlement, Transaction
from minassa.ledger.public import release, suspend, why_not
from minassa.registry.public import allowed, fold
from minassa.web.access import PageRequest, page
from minassa.web.cases.tables import FORMATS, MOST, Amount
from minassa.web.doing import UNPROCESSABLE
from minassa.web.money.acting import done
from minassa.web.money.drawing import Piece, bar
from minassa.web.money.exports import file
from minassa.web.money.forms import AmountForm
from minassa.web.money.paging import Paging, paged
from minassa.web.money.showing import hands, measure_names, shown
from minassa.web.money.subjects import the_entitlement

OWED: Final = F("amount") - F("cancelled") - F("settled")
PAYABLE: Final = Least(F("committed") - F("ordered"), F("amount") - F("cancelled") - F("ordered") - F("suspended"))
PAGING: Final = Paging({"number": "pk", "amount": "amount", "left": OWED, "payable": PAYABLE}, default="-number")
STATES: Final[Mapping[str, tuple[str | Promise, Q]]] = {
    "a-payer": (gettext_lazy("à payer maintenant"), Q(can_pay__gt=0)),
    "banque": (gettext_lazy("en cours de paiement"), Q(ordered__gt=F("settled"))),
    "suspendu": (gettext_lazy("suspendu, en tout ou en partie"), Q(suspended__gt=0)),
    "credits": (gettext_lazy("en attente de crédits"), Q(committed__lt=F("amount") - F("cancelled"))),
    "paye": (gettext_lazy("payé en entier"), Q(settled=F("amount") - F("cancelled"), settled__gt=0)),
}
SUSPEND_IDS, RELEASE_IDS = "suspendre_%s", "lever_%s"


@require_GET
@page("ledger.view")
def entitlements(request: PageRequest) -> HttpResponse:
    """Every entitlement that the filters of the address let through, one page at a time; or the same as a file."""
    asked = {name: request.GET.get(name, "").replace("\x00", "") for name in ("etat", "mesure", "annee", "q")}
    rows = _filtered(asked)
    if request.GET.get("format") in FORMATS:
        return file("droits", request.GET["format"], _headings(), _cells(rows.order_by("-pk")[:MOST]))
    found = paged(rows, PAGING, request.GET)
    names = measure_names()
    context = {
        "rows": [(one, names.get(one.measure, one.measure), pieces_of(one)) for one in found.rows],
        "page": found,
        "chosen": asked,
        "filtered": any(asked.values()),
        "states": [(code, label) for code, (label, _condition) in STATES.items()],
        "measures": names.items(),
        "export_most": MOST if found.next else 0,
    }
    return shown(request, "entitlements", context)


def _filtered(asked: Mapping[str, str]) -> QuerySet[Entitlement]:
    """The rows that the filters let through; one that means nothing narrows nothing."""
    rows = Entitlement.objects.select_related("enterprise").annotate(can_pay=PAYABLE)
    if asked["etat"] in STATES:
        rows = rows.filter(STATES[asked["etat"]][1])
    if asked["mesure"] in measure_names():
        rows = rows.filter(measure=asked["mesure"])
    if asked["annee"].isdecimal() and len(asked["annee"]) == 4:  # noqa: PLR2004 (digits of a year)
        rows = rows.filter(budget_year=int(asked["annee"]))
    for word in fold(asked["q"]).split()[:6]:
        rows = rows.filter(Q(enterprise__search__contains=word) | Q(reference__icontains=word))
    return rows


def pieces_of(one: Entitlement) -> tuple[Piece, ...]:
    """How far an entitlement has gone, as a bar: paid, in payment, suspended; the rest is still to come."""
    parts = (("paid", one.settled), ("ordered", one.ordered - one.settled), ("blocked", one.suspended))
    return bar(parts, one.amount - one.cancelled)


def _headings() -> list[str]:
    return [
        _("Référence"),
        _("Entreprise"),
        _("Mesure"),
        _("Année"),
        _("Montant"),
        _("Payé"),
        _("En cours de paiement"),
        _("Suspendu"),
        _("À payer maintenant"),
        _("En attente de crédits"),
    ]


def _cells(rows: QuerySet[Entitlement]) -> Iterator[tuple[Any, ...]]:
    names = measure_names()
    for one in rows:
        amounts = (
            one.amount - one.cancelled,
            one.settled,
            one.ordered - one.settled,
            one.suspended,
            one.payable,
            one.awaiting,
        )
        measure = names.get(one.measure, one.measure)
        yield one.reference, one.enterprise.name, measure, one.budget_year, *map(Amount, amounts)


@require_GET
@page("ledger.view", subject=the_entitlement)
def entitlement(request: PageRequest, found: Entitlement) -> HttpResponse:
    """One entitlement: how far it has gone, what holds it back, everything that happened to it."""
    return _one(request, found)


@require_POST
@page("entitlement.keep", subject=the_entitlement)
def entitlement_suspend(request: PageRequest, found: Entitlement) -> HttpResponse:
    """Suspend a part that is not ordered yet, with the ground."""
    form = AmountForm(request.POST, auto_id=SUSPEND_IDS)
    return _moved(request, found, "suspend_form", form, suspend, _("C'est suspendu : l'entreprise en voit le motif."))


@require_POST
@page("entitlement.keep", subject=the_entitlement)
def entitlement_release(request: PageRequest, found: Entitlement) -> HttpResponse:
    """Release a part that was suspended, with the ground."""
    form = AmountForm(request.POST, auto_id=RELEASE_IDS)
    return _moved(request, found, "release_form", form, release, _("La suspension est levée."))


def _moved(
    request: PageRequest, found: Entitlement, name: str, form: AmountForm, act: Callable[..., object], said: str
) -> HttpResponse:
    def moved() -> None:
        asked = form.cleaned_data
        act(request.actor, found.reference, asked["amount"], asked["ground"], form.operation, timezone.now())

    if done(form, moved):
        messages.success(request, said)
        return redirect("money-entitlement", entitlement=found.pk)
    return _one(request, found, {name: form}, UNPROCESSABLE)


def _one(
    request: PageRequest, found: Entitlement, forms: Mapping[str, AmountForm] | None = None, status: int = 200
) -> HttpResponse:
    found.refresh_from_db()
    orders = list(found.orders.defer("rib").select_related("batch").order_by("-pk")[:50])
    about = [found.reference, *(one.number for one in orders)]
    history = list(Transaction.objects.filter(subject__in=about).order_by("-at", "-pk")[:100])
    known = hands(request.actor, {one.actor for one in history})
    may = allowed(request.actor, "entitlement.keep", found)
    context = {
        "right": found,
        "left_out": why_not([found]).get(found.reference),
        "whole": found.amount - found.cancelled,
        "in_payment": found.ordered - found.settled,
        "pieces": pieces_of(found),
        "measure": measure_names().get(found.measure, found.measure),
        "orders": orders,
        "recoveries": list(found.recoveries.order_by("-pk")[:20]),
        "history": [(one, one.get_kind_display(), known[one.actor]) for one in history],
        "suspend_form": AmountForm(auto_id=SUSPEND_IDS) if may and found.cancellable else None,
        "release_form": AmountForm(auto_id=RELEASE_IDS) if may and found.suspended else None,
        **(forms or {}),
    }
    return shown(request, "entitlement", context, status)
