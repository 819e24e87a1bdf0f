"""The account of a firm with the State: received, due, to give back, and each operation in a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from minassa.ledger.public import StatementLine, statement
from minassa.registry.models import Enterprise
from minassa.registry.public import SIGNED_IN
from minassa.web.access import PageRequest, page
from minassa.web.cases.tables import FORMATS, Amount
from minassa.web.enterprises.acting import acting_choices, acting_enterprise
from minassa.web.money.exports import file
from minassa.web.money.showing import measure_names, shown
from minassa.web.money.subjects import the_enterprise


@require_GET
@page(SIGNED_IN)
def my_account(request: PageRequest) -> HttpResponse:
    """The account of the firm acted for; whoever acts for none is sent to their first page."""
    firm = acting_enterprise(request)
    return redirect("money-firm", enterprise=firm.uuid) if firm else redirect("home")


@require_GET
@page("statement.view", subject=the_enterprise)
def firm_account(request: PageRequest, firm: Enterprise) -> HttpResponse:
    """The statement of a firm with its balances after each operation; to be printed, or as a file."""
    lines = statement(request.actor, firm)
    if request.GET.get("format") in FORMATS:
        return file("releve", request.GET["format"], _headings(), _cells(lines))
    last = lines[-1] if lines else None
    own = firm.pk in request.actor.enterprises()
    context = {
        "firm": firm,
        "own": own,
        "firms": acting_choices(request.actor) if own else [],
        "lines": list(reversed(lines)),
        "last": last,
        "measures": measure_names(),
        "now": timezone.now(),
    }
    return shown(request, "firm", context)


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


def _cells(lines: list[StatementLine]) -> Iterator[tuple[Any, ...]]:
    names = measure_names()
    for one in lines:
        day = timezone.localtime(one.at).date().isoformat()
        amounts = map(Amount, (one.amount, one.due_to_firm, one.due_by_firm, one.paid))
        yield day, one.sentence, one.ground, one.subject, names.get(one.measure, one.measure), *amounts
