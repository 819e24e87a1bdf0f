"""What claims are made of, in words: measures, periods, states, conditions, reasons, legal statuses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from minassa.claims.models import Claim, ClaimState
from minassa.claims.public import flagged_reasons, reasons, unmet_conditions
from minassa.offer.catalogue import catalogue
from minassa.vocabulary.periods import first_day, format_month, parse_month
from minassa.vocabulary.statuses import Status, rank
from minassa.web import writing
from minassa.web.cases.showing import language
from minassa.web.estimate.wording import CONDITIONS

STATUSES: Final = {rank(status): status for status in Status}
"""Legal statuses by the rank that claims keep."""
DECISIONS: Final = {
    "conclude": gettext_lazy("Contrôle terminé"),
    "propose": gettext_lazy("Réduction ou refus proposé"),
    "reply": gettext_lazy("Réponse de l'entreprise"),
    "accept": gettext_lazy("Acceptée"),
    "cut": gettext_lazy("Acceptée en partie"),
    "refuse": gettext_lazy("Refusée"),
    "suspend": gettext_lazy("Suspendue"),
    "resume": gettext_lazy("Décision reprise"),
}
"""What was said or decided on a claim, in words."""

STRATA: Final = {"high": gettext_lazy("élevé"), "medium": gettext_lazy("moyen"), "low": gettext_lazy("faible")}
"""Strata of risk, the highest first."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition of the measure as a line meets it: `state` is a key of `estimate.wording.STATES`."""

    name: str
    label: str | Promise
    holds: bool


def measure_name(measure: str) -> str:
    """The name of a measure in the language of the page."""
    return str(getattr(_labels()[measure], language())) if measure in _labels() else measure.upper()


@cache
def _labels() -> dict[str, object]:
    return {one.measure: one.label for one in catalogue()}


def measure_choices(measures: Iterable[str]) -> list[tuple[str, str]]:
    """Measures with their short names, to choose from."""
    return [(one, one.upper()) for one in measures]


def period_words(measure: str, period: str) -> str:
    """A period in words: `4e trimestre 2025`, `année 2025`, a month of closing, of an eighteenth month; one again."""
    first, _again, number = period.partition("-R")
    year, _dash, rest = first.partition("-")
    if number and rest.startswith("T"):
        said = {"number": number, "quarter": rest[1:], "year": year}
        return _("régularisation n° %(number)s jusqu'au trimestre %(quarter)s de %(year)s") % said
    if number:
        said = {"number": number, "period": period_words(measure, first)}
        return _("régularisation n° %(number)s, %(period)s") % said
    if not rest:
        return _("année %(year)s") % {"year": year}
    if rest.startswith("T"):
        return _("trimestre %(number)s de %(year)s") % {"number": rest[1:], "year": year}
    month = writing.month(first_day(parse_month(period)), language())
    if measure == "pae":
        return _("18e mois atteint en %(month)s") % {"month": month}
    return _("exercice clos en %(month)s") % {"month": month}


def month_words(month: int) -> str:
    """A month (index) in words; a dash for none."""
    return writing.month(first_day(month), language()) if month else "—"


def months_words(first: int, last: int) -> str:
    """Months, both included, in words."""
    if first == last:
        return month_words(first)
    return _("%(first)s à %(last)s") % {"first": month_words(first), "last": month_words(last)}


def conditions_of(claim: Claim, unmet: int) -> list[Condition]:
    """Every condition of the measure, in words, with whether a line meets it."""
    failed = set(unmet_conditions(claim, unmet))
    return [Condition(name, CONDITIONS.get(name, name), name not in failed) for name in claim.conditions]


def unmet_words(claim: Claim, unmet: int) -> list[str | Promise]:
    """The conditions that a line does not meet, in words."""
    return [CONDITIONS.get(name, name) for name in unmet_conditions(claim, unmet)]


def reason_words(kind: str) -> str:
    """A reason to look at a claim, in the language of the page."""
    labels = reasons().get(kind)
    return str(getattr(labels, language())) if labels else kind


def flagged_words(flags: int) -> list[str]:
    """The reasons to look at a line, in words."""
    return [reason_words(kind) for kind in flagged_reasons(flags)]


def status_of(number: int) -> str:
    """The legal status that a claim or a line keeps by its rank."""
    return STATUSES[number].value


def state_choices() -> list[tuple[str, str]]:
    """The states of claims, to choose from."""
    return [(state.value, str(state.label)) for state in ClaimState]


def person_short(text: str) -> str:
    """A pseudonym in two halves, easier to tell from another."""
    return f"{text[:7]} {text[7:]}".strip()


def month_code(month: int) -> str:
    """A month (index) as `2026-05`, for files; empty for none."""
    return format_month(month) if month else ""
