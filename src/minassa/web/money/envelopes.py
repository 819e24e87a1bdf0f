"""Credits of the offer: opened, changed with their ground, carried over; what is committed, paid and left of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Sum
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from minassa.ledger.models import Entitlement, Envelope
from minassa.ledger.public import Place, carry_over, change_envelope, open_envelope, parameter
from minassa.registry.public import allowed
from minassa.web.access import PageRequest, page
from minassa.web.cases.tables import FORMATS, Amount
from minassa.web.doing import UNPROCESSABLE
from minassa.web.money.acting import done
from minassa.web.money.drawing import Piece, bar
from minassa.web.money.exports import file
from minassa.web.money.forms import Act, ChangeForm, OpenForm
from minassa.web.money.showing import hands, language, measure_names, shown, told_parameters
from minassa.web.money.subjects import the_envelope
from minassa.web.writing import money

CARRY_IDS = "report_%s"
"""Two forms of one page have a ground: their fields must not share an identifier."""


@dataclass(frozen=True, slots=True)
class Row:
    """An envelope and how far it has gone, in centimes: committed, of which paid; what is left to commit."""

    envelope: Envelope
    measure: str
    paid: int

    @property
    def available(self) -> int:
        """What may still be committed."""
        return int(self.envelope.authorised - self.envelope.committed)

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The bar: paid, committed and not paid; what is not drawn is available."""
        committed = self.envelope.committed - self.paid
        return bar((("paid", self.paid), ("committed", committed)), self.envelope.authorised)


def rows_of(*envelopes: Envelope) -> list[Row]:
    """Envelopes with what was paid on each: one query for all."""
    sums = Entitlement.objects.values_list("measure", "budget_year", "body").annotate(paid=Sum("settled"))
    paid = {(measure, year, body): cents for measure, year, body, cents in sums.order_by()}
    names = measure_names()
    return [
        Row(one, names.get(one.measure, one.measure), paid.get((one.measure, one.budget_year, one.body), 0))
        for one in envelopes
    ]


@require_GET
@page("ledger.view")
def envelopes(request: PageRequest) -> HttpResponse:
    """Every envelope, the latest year first, or the same as a file."""
    return _listed(request, OpenForm())


@require_POST
@page("envelope.change")
def envelope_open(request: PageRequest) -> HttpResponse:
    """Open the credits of a measure for a year, in the hands of the body that pays."""
    form, now = OpenForm(request.POST), timezone.now()
    body = str(parameter("paying_body", timezone.localdate(now)).value)

    def opened() -> None:
        asked = form.cleaned_data
        place = Place(asked["measure"], asked["budget_year"], body)
        open_envelope(request.actor, place, asked["amount"], asked["ground"], form.operation, now)

    if done(form, opened):
        messages.success(request, _("Les crédits sont ouverts."))
        return redirect("money-envelopes")
    return _listed(request, form, UNPROCESSABLE)


def _listed(request: PageRequest, form: OpenForm, status: int = 200) -> HttpResponse:
    rows = rows_of(*Envelope.objects.order_by("-budget_year", "measure", "body"))
    if request.method == "GET" and request.GET.get("format") in FORMATS:
        headings = [_("Mesure"), _("Année"), _("Organisme"), _("Ouverts"), _("Engagés"), _("Payés"), _("Disponibles")]
        return file("credits", request.GET["format"], headings, (_cells(row) for row in rows))
    context = {
        "rows": rows,
        "form": form if allowed(request.actor, "envelope.change") else None,
        "parameters": told_parameters("paying_body", "carry_over_rate"),
    }
    return shown(request, "envelopes", context, status)


def _cells(row: Row) -> tuple[Any, ...]:
    one = row.envelope
    amounts = (one.authorised, one.committed, row.paid, row.available)
    return (row.measure, one.budget_year, one.body, *map(Amount, amounts))


@require_GET
@page("ledger.view", subject=the_envelope)
def envelope(request: PageRequest, found: Envelope) -> HttpResponse:
    """One envelope: how far it has gone, and everything that changed it."""
    return _one(request, found)


@require_POST
@page("envelope.change", subject=the_envelope)
def envelope_change(request: PageRequest, found: Envelope) -> HttpResponse:
    """Add credits to an envelope, or take some out, with the ground."""
    form = ChangeForm(request.POST)

    def changed() -> None:
        ground, place = form.cleaned_data["ground"], place_of(found)
        change_envelope(request.actor, place, form.change(), ground, form.operation, timezone.now())

    if done(form, changed):
        messages.success(request, _("Les crédits sont changés."))
        return redirect("money-envelope", envelope=found.pk)
    return _one(request, found, {"change_form": form}, UNPROCESSABLE)


@require_POST
@page("envelope.change", subject=the_envelope)
def envelope_carry(request: PageRequest, found: Envelope) -> HttpResponse:
    """Carry to the next year the part of what is left that the rule allows."""
    form, carried = Act(request.POST, auto_id=CARRY_IDS), list[int]()

    def carry() -> None:
        ground, place = form.cleaned_data["ground"], place_of(found)
        carried.append(carry_over(request.actor, place, ground, form.operation, timezone.now()))

    if done(form, carry):
        if carried[0]:
            messages.success(request, _("%(amount)s sont reportés.") % {"amount": money(carried[0], language())})
        else:
            messages.warning(request, _("Rien n'est reporté : la règle d'aujourd'hui n'en permet aucune part."))
        return redirect("money-envelope", envelope=found.pk)
    return _one(request, found, {"carry_form": form}, UNPROCESSABLE)


def _one(
    request: PageRequest, found: Envelope, forms: Mapping[str, Act] | None = None, status: int = 200
) -> HttpResponse:
    found.refresh_from_db()
    (row,) = rows_of(found)
    changes = list(found.changes.select_related("transaction").order_by("-pk"))
    may_change = allowed(request.actor, "envelope.change", found)
    known = hands(request.actor, {change.transaction.actor for change in changes})
    context = {
        "row": row,
        "changes": [(change, known[change.transaction.actor]) for change in changes],
        "may_change": may_change,
        "change_form": ChangeForm(),
        "carry_form": Act(auto_id=CARRY_IDS),
        "parameters": told_parameters("carry_over_rate", "credit_reestablishment"),
        **(forms or {}),
    }
    return shown(request, "envelope", context, status)


def place_of(found: Envelope) -> Place:
    """What an envelope is for."""
    return Place(found.measure, found.budget_year, found.body)
