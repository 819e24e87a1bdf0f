"""The bank account of a firm, as the firm sees it: proposed by who signs for it, with what became of each."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from minassa.ledger.public import AccountGiven, accounts_of, propose_account
from minassa.registry.models import Enterprise
from minassa.registry.public import allowed
from minassa.web.access import PageRequest, page
from minassa.web.doing import UNPROCESSABLE
from minassa.web.money.acting import done
from minassa.web.money.showing import shown
from minassa.web.money.subjects import the_enterprise


class AccountForm(forms.Form):
    """An account on which the firm asks to be paid."""

    holder = forms.CharField(label=gettext_lazy("Titulaire du compte"), max_length=140)
    rib = forms.CharField(
        label=gettext_lazy("RIB"),
        max_length=40,
        help_text=gettext_lazy("24 chiffres ; les espaces ne comptent pas. Seuls les derniers seront montrés ensuite."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "dir": "ltr", "autocomplete": "off"}),
    )


@require_GET
@page("account.view", subject=the_enterprise)
def rib(request: PageRequest, firm: Enterprise) -> HttpResponse:
    """The account on which a firm is paid, and those that it gave before."""
    return _shown(request, firm, AccountForm(initial={"holder": firm.name}))


@require_POST
@page("account.propose", subject=the_enterprise)
def rib_propose(request: PageRequest, firm: Enterprise) -> HttpResponse:
    """Propose an account in the name of the firm."""
    form = AccountForm(request.POST)
    if done(form, lambda: propose_account(request.actor, firm, AccountGiven(**form.cleaned_data), timezone.now())):
        messages.success(request, _("Le compte est proposé : rien n'est payé tant qu'il n'est pas confirmé."))
        return redirect("money-rib", enterprise=firm.uuid)
    return _shown(request, firm, form, UNPROCESSABLE)


def _shown(request: PageRequest, firm: Enterprise, form: AccountForm, status: int = 200) -> HttpResponse:
    found = list(accounts_of(request.actor, firm).defer("rib")[:20])
    context = {
        "firm": firm,
        "own": firm.pk in request.actor.enterprises(),
        "accounts": found,
        "current": next((one for one in found if one.state == "confirmed"), None),
        "pending": next((one for one in found if one.state == "proposed"), None),
        "form": form if allowed(request.actor, "account.propose", firm) else None,
    }
    return shown(request, "rib", context, status)
