"""Values of indicators as people read them, and as files hold them."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from minassa.steering.indicators.catalogue import Frequency, Unit
from minassa.vocabulary.periods import first_day, year_of
from minassa.web import writing
from minassa.web.public.pages import language
from minassa.web.templatetags import minassa as tags

MILLION_DIRHAMS: Final = 100_000_000
"""Centimes in a million dirhams."""
LARGE: Final = 10 * MILLION_DIRHAMS
DAY: Final = 86_400
GROUPS: Final = {
    "jobs": gettext_lazy("Emplois"),
    "people": gettext_lazy("Personnes et régions"),
    "value": gettext_lazy("Montée en valeur"),
    "training": gettext_lazy("Formation"),
    "money": gettext_lazy("Montants de l'offre"),
    "credit": gettext_lazy("Crédits"),
    "quality": gettext_lazy("Délais et qualité"),
}
UNITS: Final = {
    Unit.JOBS: gettext_lazy("emplois"),
    Unit.CENTS: gettext_lazy("dirhams"),
    Unit.BASIS_POINTS: gettext_lazy("pour cent"),
    Unit.SECONDS: gettext_lazy("durée"),
    Unit.COUNT: gettext_lazy("nombre"),
}
RHYTHMS: Final = {
    Frequency.MONTH: gettext_lazy("chaque mois"),
    Frequency.SINCE: gettext_lazy("chaque mois, ajouté depuis juillet 2025"),
    Frequency.TOTAL: gettext_lazy("chaque mois, ajouté depuis le début"),
    Frequency.YEAR: gettext_lazy("chaque année"),
}


def shown(unit: Unit, value: int | None) -> str:
    """A value with its unit, marked up so that its digits keep their order in Arabic."""
    ways = {Unit.CENTS: tags.money, Unit.BASIS_POINTS: tags.percent, Unit.SECONDS: tags.span}
    return ways.get(unit, tags.count)(value)


def short(unit: Unit, value: int) -> str:
    """A value beside an axis, without its unit where the axis tells it."""
    if unit == Unit.CENTS:
        tenths = value * 10 // MILLION_DIRHAMS
        return writing.count(tenths // 10) if abs(value) >= LARGE or tenths % 10 == 0 else _tenths(tenths)
    if unit == Unit.BASIS_POINTS:
        return writing.percent(value, language())
    return writing.count(value // DAY) if unit == Unit.SECONDS else writing.count(value)


def _tenths(tenths: int) -> str:
    return f"{tenths // 10}{'.' if language() == 'en' else ','}{tenths % 10}"


def axis_words(unit: Unit) -> str:
    """What an axis counts."""
    return {Unit.CENTS: _("millions de dirhams"), Unit.SECONDS: _("jours")}.get(unit) or str(UNITS[unit])


def period_words(frequency: Frequency, period: int) -> str:
    """A period by its last month: the month, or the year alone."""
    return str(year_of(period)) if frequency == Frequency.YEAR else writing.month(first_day(period), language())
