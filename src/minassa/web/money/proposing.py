"""A payment run from a page: what is due and can be paid, what cannot and why; all of it proposed at once."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from minassa.ledger.public import DuePreview, due_now, payer, propose_due
from minassa.web.access import PageRequest, page
from minassa.web.cases.tables import FORMATS, Amount
from minassa.web.money.exports import file
from minassa.web.money.showing import shown

SHOWN: Final = 100
"""Lines of each list on the page; the file has them all."""


class KeyForm(forms.Form):
    """The key under which a run is asked: the same form sent twice proposes once."""

    key = forms.UUIDField(widget=forms.HiddenInput)


@require_GET
@page("payment.propose")
def batch_new(request: PageRequest) -> HttpResponse:
    """What a run would order now, and what it would leave out with the reason of each."""
    preview = due_now(request.actor)
    if request.GET.get("format") in FORMATS:
        return file("a-payer", request.GET["format"], _headings(), _cells(preview))
    left = sorted(preview.left_out, key=attrgetter("code", "enterprise", "reference"))
    reasons = [(found[0].reason, len(found), sum(one.amount for one in found)) for found in _by_code(left)]
    context = {
        "ready": preview.ready[:SHOWN],
        "ready_many": len(preview.ready),
        "ready_amount": sum(one.amount for one in preview.ready),
        "left_out": left[:SHOWN],
        "left_many": len(left),
        "reasons": reasons,
        "most": SHOWN,
        "payer": payer(),
        "form": KeyForm(initial={"key": uuid.uuid4()}),
    }
    return shown(request, "propose", context)


def _by_code(left: list[Any]) -> Iterator[list[Any]]:
    return (list(found) for _code, found in groupby(left, key=attrgetter("code")))


def _headings() -> list[str]:
    return [_("Droit"), _("Entreprise"), _("Montant"), _("Compte"), _("Pourquoi il n'est pas payé maintenant")]


def _cells(preview: DuePreview) -> Iterator[tuple[Any, ...]]:
    for one in preview.ready:
        yield one.reference, one.enterprise, Amount(one.amount), one.masked, ""
    for kept in preview.left_out:
        yield kept.reference, kept.enterprise, Amount(kept.amount), "", kept.reason


@require_POST
@page("payment.propose")
def batch_propose(request: PageRequest) -> HttpResponse:
    """Propose orders for everything that can be paid now, to be validated by another hand."""
    form = KeyForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Rien n'est proposé : ouvrez de nouveau cette page."))
        return redirect("money-batch-new")
    run = propose_due(request.actor, timezone.now(), key=f"web:{form.cleaned_data['key']}")
    if not run.batches:
        messages.warning(request, _("Rien n'est proposé : rien ne peut être payé maintenant."))
        return redirect("money-batch-new")
    said = ngettext(
        "%(many)d lot est proposé : une autre personne doit le valider.",
        "%(many)d lots sont proposés : une autre personne doit les valider.",
        len(run.batches),
    )
    messages.success(request, said % {"many": len(run.batches)})
    return redirect("money-batch", number=run.batches[0].number)
