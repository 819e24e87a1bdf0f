"""The trial balance, and the comparison of counters with postings: what it looked at, and what it found."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.http import HttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from minassa.ledger.public import check_ledger, trial_balance
from minassa.web.access import PageRequest, page
from minassa.web.cases.tables import FORMATS, Amount
from minassa.web.money.exports import file
from minassa.web.money.showing import shown

GAPS: Final[Mapping[str, str | Promise]] = {
    "unbalanced": gettext_lazy("Une opération dont les écritures ne s'équilibrent pas"),
    "entitlement": gettext_lazy("Un droit dont les compteurs ne sont pas ceux de ses écritures"),
    "envelope": gettext_lazy("Des crédits dont l'engagé n'est pas la somme des droits"),
    "ordered": gettext_lazy("Un droit dont l'ordonné n'est pas la somme de ses ordres"),
    "paid-twice": gettext_lazy("Un ordre payé deux fois, ou d'un autre montant"),
    "recovery": gettext_lazy("Une somme à rendre dont le rendu n'est pas ce qui est revenu"),
    "trial-balance": gettext_lazy("La somme de tous les comptes n'est pas nulle"),
}
"""What each code of the check means; a code that is not here is shown as it is."""


@require_GET
@page("ledger.view")
def trial(request: PageRequest) -> HttpResponse:
    """Every account with its balance, their sum, and what does not agree; or the balance as a file."""
    now = timezone.now()
    balances = [(account.label, amount) for account, amount in trial_balance().items()]
    if request.GET.get("format") in FORMATS:
        rows = ((str(label), Amount(amount)) for label, amount in balances)
        return file("balance", request.GET["format"], [_("Compte"), _("Solde")], rows)
    context = {
        "rows": [(label, max(amount, 0), max(-amount, 0)) for label, amount in balances],
        "debits": sum(max(amount, 0) for _label, amount in balances),
        "credits": sum(max(-amount, 0) for _label, amount in balances),
        "gaps": [(GAPS.get(one.code, one.code), one.subject) for one in check_ledger()],
        "now": now,
    }
    return shown(request, "trial", context)
