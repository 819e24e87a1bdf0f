"""Batches of payment orders: proposed by one, validated or refused by another, their file given to the bank."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.db.models import Count, F, Q, QuerySet, Sum
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from minassa.ledger.models import PaymentBatch, PaymentOrder
from minassa.ledger.public import LedgerError, refuse_batch, send_batch, validate_batch
from minassa.registry.public import Actor, allowed
from minassa.web.access import PageRequest, page
from minassa.web.cases.tables import FORMATS, MOST, Amount
from minassa.web.doing import UNPROCESSABLE
from minassa.web.money.acting import done, refusal
from minassa.web.money.exports import file
from minassa.web.money.forms import GroundForm
from minassa.web.money.paging import Paging, paged
from minassa.web.money.showing import hands, measure_names, shown
from minassa.web.money.subjects import the_batch

State = PaymentBatch.State
ORDERS: Final = Paging({"order": "pk", "gross": "gross"}, default="order")
BATCHES: Final = Paging({"number": "pk"}, default="-number")


@dataclass(frozen=True, slots=True)
class Row:
    """A batch of the list: its orders counted, what they transfer, how many the bank has paid or rejected."""

    batch: PaymentBatch
    maker: str
    checker: str


@require_GET
@page("ledger.view")
def batches(request: PageRequest) -> HttpResponse:
    """Every batch, the latest first; those that wait for another hand are said."""
    asked = request.GET.get("etat", "")
    rows = _with_sums(PaymentBatch.objects.filter(state=asked) if asked in State.values else PaymentBatch.objects.all())
    if request.GET.get("format") in FORMATS:
        return file("lots", request.GET["format"], _headings(), _cells(rows.order_by("-pk")[:MOST]))
    found = paged(rows, BATCHES, request.GET)
    known = hands(request.actor, {by for one in found.rows for by in (one.proposed_by, one.decided_by) if by})
    context = {
        "rows": [Row(one, known[one.proposed_by], known.get(one.decided_by, "")) for one in found.rows],
        "page": found,
        "states": State.choices,
        "chosen": asked,
        "may_propose": allowed(request.actor, "payment.propose"),
    }
    return shown(request, "batches", context)


def _with_sums(rows: QuerySet[PaymentBatch]) -> QuerySet[Any]:
    order = PaymentOrder.State
    return rows.defer("file", "payer_rib").annotate(
        many=Count("orders"),
        gross=Sum("orders__gross"),
        net=Sum(F("orders__gross") - F("orders__set_off")),
        paid=Count("orders", filter=Q(orders__state__in=(order.PAID, order.SET_OFF))),
        failed=Count("orders", filter=Q(orders__state__in=(order.REJECTED, order.RETURNED))),
    )


def _headings() -> list[str]:
    return [_("Lot"), _("État"), _("Ordres"), _("Montant brut"), _("À virer"), _("Payés"), _("Rejetés ou revenus")]


def _cells(rows: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
    for one in rows:
        yield (
            one.number,
            str(one.get_state_display()),
            one.many,
            Amount(one.gross or 0),
            Amount(one.net or 0),
            one.paid,
            one.failed,
        )


@require_GET
@page("ledger.view", subject=the_batch)
def batch(request: PageRequest, found: PaymentBatch) -> HttpResponse:
    """One batch: its orders, who proposed and who decides, its file."""
    orders = _orders(found)
    if request.GET.get("format") in FORMATS:
        return file(found.number, request.GET["format"], _order_headings(), _order_cells(orders))
    return _one(request, found)


def _orders(found: PaymentBatch) -> QuerySet[PaymentOrder]:
    return found.orders.defer("rib").select_related("entitlement__enterprise")


def _order_headings() -> list[str]:
    return [_("Ordre"), _("Droit"), _("Mesure"), _("Bénéficiaire"), _("Brut"), _("Retenu"), _("À virer"), _("État")]


def _order_cells(orders: QuerySet[PaymentOrder]) -> Iterator[tuple[Any, ...]]:
    names = measure_names()
    for one in orders.order_by("pk"):
        amounts = map(Amount, (one.gross, one.set_off, one.net))
        measure = names.get(one.entitlement.measure, one.entitlement.measure)
        state = str(one.get_state_display())
        yield one.number, one.entitlement.reference, measure, one.beneficiary, *amounts, state


def _one(request: PageRequest, found: PaymentBatch, form: GroundForm | None = None, trouble: str = "") -> HttpResponse:
    sums = _with_sums(PaymentBatch.objects.filter(pk=found.pk)).get()
    known = hands(request.actor, {by for by in (sums.proposed_by, sums.decided_by) if by})
    context = {
        "batch": sums,
        "orders": paged(_orders(sums), ORDERS, request.GET),
        "measures": measure_names(),
        "maker": known[sums.proposed_by],
        "checker": known.get(sums.decided_by, ""),
        "form": form or GroundForm(),
        "trouble": trouble,
        **_may(request.actor, sums),
    }
    return shown(request, "batch", context, UNPROCESSABLE if trouble or form else 200)


def _may(actor: Actor, found: PaymentBatch) -> Mapping[str, bool]:
    """What the reader may do now; whoever proposed is told that another must decide."""
    checks, waits = allowed(actor, "payment.validate"), found.state == State.PROPOSED
    return {
        "may_decide": checks and waits and found.proposed_by != str(actor),
        "is_maker": waits and found.proposed_by == str(actor),
        "may_send": checks and found.state in {State.VALIDATED, State.SENT} and bool(found.file_digest),
    }


@require_POST
@page("payment.validate", subject=the_batch)
def batch_validate(request: PageRequest, found: PaymentBatch) -> HttpResponse:
    """Validate a batch that another proposed."""
    if trouble := refusal(lambda: validate_batch(request.actor, found.number, timezone.now())):
        return _one(request, found, trouble=trouble)
    messages.success(request, _("Le lot est validé : son fichier est écrit et scellé, il peut aller à la banque."))
    return redirect("money-batch", number=found.number)


@require_POST
@page("payment.validate", subject=the_batch)
def batch_refuse(request: PageRequest, found: PaymentBatch) -> HttpResponse:
    """Refuse a batch that another proposed, with the ground."""
    form = GroundForm(request.POST)
    if done(form, lambda: refuse_batch(request.actor, found.number, form.cleaned_data["ground"], timezone.now())):
        messages.success(request, _("Le lot est refusé : les droits qu'il retenait sont de nouveau à payer."))
        return redirect("money-batch", number=found.number)
    return _one(request, found, form)


@require_POST
@page("payment.validate", subject=the_batch)
def batch_send(request: PageRequest, found: PaymentBatch) -> HttpResponse:
    """The file of a validated batch, to be given to the bank: the same each time; from the first on it is sent."""
    try:
        content = send_batch(request.actor, found.number, timezone.now())
    except LedgerError as refused:
        return _one(request, found, trouble=refused.message)
    response = HttpResponse(content, content_type="application/xml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{found.number}-pain.001.xml"'
    return response
