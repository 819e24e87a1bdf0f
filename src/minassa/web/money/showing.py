"""What pages of money share: their sections, names of measures and of people, what the law leaves unknown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from minassa.ledger.parameters import Unit
from minassa.ledger.public import parameter, parameters
from minassa.offer.catalogue import catalogue
from minassa.registry.models import Account
from minassa.registry.public import Actor, allowed
from minassa.web import writing
from minassa.web.access import PageRequest

_MONTHS: Final = gettext_lazy("%(number)s mois")


@dataclass(frozen=True, slots=True)
class Section:
    """A page of money that has its own link above all of them: its route, its word, the action it asks."""

    route: str
    label: str | Promise
    action: str


SECTIONS: Final = (
    Section("money-state", gettext_lazy("Comptes de l'offre"), "ledger.view"),
    Section("money-envelopes", gettext_lazy("Crédits"), "ledger.view"),
    Section("money-entitlements", gettext_lazy("Droits"), "ledger.view"),
    Section("money-batches", gettext_lazy("Lots de paiement"), "ledger.view"),
    Section("money-bank", gettext_lazy("Banque"), "bank.read"),
    Section("money-accounts", gettext_lazy("RIB"), "payment.propose"),
    Section("money-recoveries", gettext_lazy("Restitutions"), "ledger.view"),
    Section("money-costs", gettext_lazy("Coûts et prévisions"), "ledger.view"),
    Section("money-trial", gettext_lazy("Balance"), "ledger.view"),
)


@dataclass(frozen=True, slots=True)
class Tab:
    """A link of the head of a page of money."""

    address: str
    label: str | Promise
    current: bool


@dataclass(frozen=True, slots=True)
class Told:
    """A parameter of money as people read it: in words, with how sure it is."""

    description: str
    value: str
    status: str
    note: str


def language() -> str:
    """The language of the page: `fr`, `ar` or `en`."""
    return (get_language() or "fr")[:2]


def shown(request: PageRequest, template: str, context: Mapping[str, Any], status: int = 200) -> HttpResponse:
    """A page of money under the links to the others."""
    return render(request, f"web/money/{template}.html", {"tabs": tabs(request), **context}, status=status)


def tabs(request: PageRequest) -> list[Tab]:
    """The sections that the reader may open; the one of now, or the one it is below, is marked."""
    held = [section for section in SECTIONS if allowed(request.actor, section.action)]
    found = [(reverse(section.route), section.label) for section in held]
    nearest = max((each for each, _word in found if request.path.startswith(each)), key=len, default="")
    return [Tab(address, label, current=address == nearest) for address, label in found]


def measure_names() -> dict[str, str]:
    """The measures of the offer by code, in the language of the page, in their order."""
    return {one.measure: str(getattr(one.label, language())) for one in catalogue() if one.kind == "measure"}


def hands(actor: Actor, authors: Iterable[str]) -> dict[str, str]:
    """Who acted, in words: the reader, a colleague of the body that pays by name, the platform."""
    wanted = set(authors)
    accounts = {each: int(each.removeprefix("account:")) for each in wanted if each.startswith("account:")}
    known = {one.pk: one for one in Account.objects.filter(pk__in=accounts.values())}
    told: dict[str, str] = {}
    for author in wanted:
        one = known.get(accounts.get(author, 0))
        name = str(one.full_name or one.email) if one else _("la plateforme")
        told[author] = _("vous") if author == str(actor) else name
    return told


def told_parameters(*codes: str, on: date | None = None) -> list[Told]:
    """What these parameters are on a day (today unless told), each with its status and its note."""
    day = on or timezone.localdate()
    return [_told(code, day) for code in codes]


def _told(code: str, day: date) -> Told:
    value, known = parameter(code, day), parameters()[code]
    shown_as: Mapping[Unit, Callable[[Any], str]] = {
        Unit.BASIS_POINTS: lambda rate: writing.percent(rate, language()),
        Unit.MONTHS: lambda months: _MONTHS % {"number": months},
    }
    said = shown_as.get(known.unit, str)(value.value)
    return Told(known.description, said, str(value.status), value.note or "")
