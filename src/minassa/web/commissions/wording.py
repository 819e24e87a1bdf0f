"""Commissions in words: their names, their mandates, who sits in them; days read in a form."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.urls import NoReverseMatch, reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from minassa.commissions.models import Member
from minassa.commissions.public import Commission, CommissionError, Told
from minassa.web.public.pages import language

KINDS: Final = {
    "commission.mandate": gettext_lazy("mandat écrit"),
    "commission.member-seated": gettext_lazy("membre entré"),
    "commission.member-left": gettext_lazy("membre parti"),
    "commission.sitting-planned": gettext_lazy("séance prévue"),
    "commission.sitting-put": gettext_lazy("point mis à l'ordre du jour"),
    "commission.sitting-hold": gettext_lazy("séance tenue"),
    "commission.sitting-cancel": gettext_lazy("séance annulée"),
    "commission.sitting-minute": gettext_lazy("procès-verbal écrit"),
    "commission.sitting-return": gettext_lazy("procès-verbal renvoyé"),
    "commission.minutes-approved": gettext_lazy("procès-verbal approuvé"),
    "commission.action-planned": gettext_lazy("action mise au plan"),
    "commission.action-moved": gettext_lazy("action avancée"),
}


def name_of(one: Commission) -> str:
    """The name of a commission in the language of the page."""
    return str(getattr(one.names, language()))


def mandate_words(one: Commission, told: Told) -> str:
    """What the commission is asked to do: as it was written, else as it is proposed."""
    return told.text or str(getattr(one.mandate, language()))


def member_name(member: Member) -> str:
    """Who sits: a firm or a body, never a person."""
    return plain_name(member.enterprise or member.body)


def plain_name(subject: Any) -> str:  # noqa: ANN401 (a body, an enterprise)
    """The name of a firm or of a body in the language of the page, as plain text: lists to choose in know no markup."""
    other = {"ar": "name_arabic", "en": "name_english"}.get(language(), "")
    return str(getattr(subject, other, "") or subject.name)


def day_of(text: str) -> date:
    """The day that a form tells; CommissionError for anything else."""
    try:
        found = parse_date(text.strip())
    except ValueError:
        found = None
    if found is None:
        raise CommissionError(_("Dites le jour, par exemple 2026-12-31."))
    return found


def address_of(route: str) -> str:
    """The address of pages that may not be there yet; empty then."""
    try:
        return reverse(route)
    except NoReverseMatch:
        return ""
