"""Bank accounts as the body that pays sees them: to confirm on a certificate, to refuse; and the account that pays."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from minassa.ledger.models import BankAccount
from minassa.ledger.public import Payer, accounts_to_confirm, confirm_account, payer, refuse_account, set_payer
from minassa.registry.public import Actor, allowed
from minassa.web.access import PageRequest, page
from minassa.web.doing import UNPROCESSABLE
from minassa.web.money.acting import done, refusal
from minassa.web.money.forms import GroundForm
from minassa.web.money.paging import Paging, paged
from minassa.web.money.showing import shown

OLDEST = Paging({"number": "pk"}, default="number")


class PayerForm(forms.Form):
    """The account from which the State pays."""

    name = forms.CharField(label=gettext_lazy("Titulaire"), max_length=70)
    rib = forms.CharField(
        label=gettext_lazy("RIB"),
        max_length=40,
        help_text=gettext_lazy("24 chiffres ; les espaces ne comptent pas. Seuls les derniers seront montrés ensuite."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "dir": "ltr", "autocomplete": "off"}),
    )


def the_account(_actor: Actor, account: UUID) -> BankAccount:
    """The bank account of an address; DoesNotExist. Its number is not read."""
    return BankAccount.objects.defer("rib").select_related("enterprise").get(uuid=account)


@require_GET
@page("payment.propose")
def accounts(request: PageRequest) -> HttpResponse:
    """The accounts that wait to be confirmed, and the one that pays."""
    return _listed(request, PayerForm())


def _listed(request: PageRequest, form: PayerForm, status: int = 200) -> HttpResponse:
    found = paged(accounts_to_confirm(request.actor).defer("rib"), OLDEST, request.GET)
    context = {
        "rows": found.rows,
        "page": found,
        "payer": payer(),
        "form": form if allowed(request.actor, "payer.set") else None,
    }
    return shown(request, "accounts", context, status)


@require_POST
@page("payer.set")
def payer_set(request: PageRequest) -> HttpResponse:
    """Say from which account the State pays from now on."""
    form = PayerForm(request.POST)
    if done(form, lambda: set_payer(request.actor, Payer(**form.cleaned_data), timezone.now())):
        messages.success(request, _("Le compte qui paie est enregistré."))
        return redirect("money-accounts")
    return _listed(request, form, UNPROCESSABLE)


@require_POST
@page("account.confirm", subject=the_account, on=lambda found: found.enterprise)
def account_confirm(request: PageRequest, found: BankAccount) -> HttpResponse:
    """Confirm an account on a certificate of the bank."""
    certificate = request.POST.get("certificate", "").replace("\x00", "")
    if trouble := refusal(lambda: confirm_account(request.actor, found, certificate, timezone.now())):
        messages.error(request, trouble)
    else:
        messages.success(request, _("Le compte est confirmé : les prochains paiements y seront faits."))
    return redirect("money-accounts")


@require_POST
@page("account.confirm", subject=the_account, on=lambda found: found.enterprise)
def account_refuse(request: PageRequest, found: BankAccount) -> HttpResponse:
    """Refuse an account, with the ground."""
    form = GroundForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Dites pourquoi : cette opération demande un motif."))
    elif trouble := refusal(lambda: refuse_account(request.actor, found, form.cleaned_data["ground"], timezone.now())):
        messages.error(request, trouble)
    else:
        messages.success(request, _("Le compte est refusé, l'entreprise en voit le motif."))
    return redirect("money-accounts")
