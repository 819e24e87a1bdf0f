"""Commitments in words: values with their unit, months, owners, programmes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.html import format_html
from django.utils.translation import gettext as _

from minassa.commitments.public import RECOMMENDED, Commitment, Step, Unit, Words, shipped
from minassa.steering.indicators.catalogue import Unit as IndicatorUnit
from minassa.vocabulary.periods import MONTHS_A_YEAR, first_day, year_of
from minassa.web import writing
from minassa.web.indicators import wording
from minassa.web.public.pages import language

UNITS: Final = {unit: IndicatorUnit(unit.value) for unit in Unit}


def words(text: Words) -> str:
    """A text in the language of the page."""
    return str(getattr(text, language()))


def value_words(unit: Unit, value: int | None) -> str:
    """A value with its unit; large amounts in billions or millions of dirhams."""
    if unit == Unit.CENTS and value is not None and abs(value) >= wording.LARGE:
        return _("%(number)s M DH") % {"number": writing.isolated(wording.short(UNITS[unit], value))}
    return wording.shown(UNITS[unit], value)


def month_words(month: int | None) -> str:
    """A month, or the year alone when it is its last month; that no term is known where it is None."""
    if month is None:
        return _("échéance inconnue")
    if month % MONTHS_A_YEAR == MONTHS_A_YEAR - 1:
        return _("fin %(year)s") % {"year": year_of(month)}
    return writing.month(first_day(month), language())


def step_words(one: Commitment, step: Step) -> str:
    """A value promised and its term, in one line."""
    value = value_words(one.unit, step.value) if step.value is not None else _("cible inconnue")
    return format_html("{} · {}", value, month_words(step.month))


def programme_words(code: str) -> str:
    """What a commitment is part of."""
    if code == RECOMMENDED:
        return _("Recommandations adoptées")
    return words(shipped().programmes[code].titles)


def owner_words(code: str, bodies: Mapping[str, str]) -> str:
    """Who answers for a commitment: as the file of the programmes names them, else as the register does."""
    known = shipped().owners.get(code)
    return words(known) if known else bodies[code]
