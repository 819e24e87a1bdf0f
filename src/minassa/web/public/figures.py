"""Every figure of the offer as the page « how we know » lists it: value, source, status, last review."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from minassa.engine import Brackets, Offer, Table
from minassa.engine.figures import DatedValue, Figure
from minassa.offer.catalogue import Measure, catalogue
from minassa.offer.loading import measure_figures
from minassa.reforms.public import TEXT as DECIDED
from minassa.vocabulary.periods import format_month
from minassa.vocabulary.statuses import Status, rank
from minassa.vocabulary.texts import text
from minassa.web.writing import count, money, percent


@dataclass(frozen=True, slots=True)
class Listed:
    """A figure and the value it has in the month asked for (or, outside its dates, its nearest one).

    `coming`: the value that a decision already gives it from a later month on.
    """

    measure: Measure
    figure: Figure
    value: DatedValue
    coming: DatedValue | None = None

    @property
    def status(self) -> Status:
        """How sure the value is."""
        return self.value.status

    @property
    def title(self) -> str:
        """The text that the value comes from."""
        return text(self.value.source.text).title

    @property
    def url(self) -> str | None:
        """The page where it was read."""
        return self.value.source.url or text(self.value.source.text).url

    @property
    def reviewed_on(self) -> date:
        """The day it was last looked at."""
        return self.value.reviewed_on

    @property
    def since(self) -> str:
        """The first month at which the value holds, AAAA-MM."""
        return format_month(self.value.starts)


@lru_cache(maxsize=8)
def listed_figures(offer: Offer, month: int) -> tuple[Listed, ...]:
    """Every figure of an offer with its value in a month, in the order of the catalogue."""
    return tuple(
        Listed(measure, figure, value, _coming(figure, value))
        for measure in catalogue()
        for one in measure_figures(measure.measure)
        for figure in [offer.figures[one.name]]
        for value in [_value(figure, month)]
    )


def _coming(figure: Figure, value: DatedValue) -> DatedValue | None:
    later = [one for one in figure.values if one.starts > value.starts and one.source.text == DECIDED]
    return later[0] if later else None


def _value(figure: Figure, month: int) -> DatedValue:
    held = figure.at(month)
    past = [value for value in figure.values if value.starts <= month]
    return held or (past[-1] if past else figure.values[0])


def ordered(figures: tuple[Listed, ...], key: str) -> list[Listed]:
    """The figures by `measure`, `description`, `status` or `reviewed`; with a minus sign, the other way round."""
    keys = {
        "description": lambda one: one.figure.description.casefold(),
        "status": lambda one: rank(one.status),
        "reviewed": lambda one: one.reviewed_on,
        "source": lambda one: one.title.casefold(),
    }
    name = key.removeprefix("-")
    return sorted(figures, key=keys[name], reverse=key.startswith("-")) if name in keys else list(figures)


def value_text(one: Listed, language: str) -> str:
    """The value as people read it: an amount, a rate, a duration, yes or no, or what kind of table it is."""
    return _text(one.value, one.figure.unit, language)


def coming_text(one: Listed, language: str) -> str:
    """What a decision gives from a later month on, with that month; empty when there is none."""
    if one.coming is None:
        return ""
    told = {"value": _text(one.coming, one.figure.unit, language), "month": format_month(one.coming.starts)}
    return _("puis %(value)s, décidé à partir de %(month)s") % told


def _text(held: DatedValue, unit: str, language: str) -> str:
    value = held.value
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    if isinstance(value, Table):
        return _("selon le lieu : %(values)s") % {"values": _spread(value, unit, language)}
    if isinstance(value, Brackets):
        return _("barème : %(values)s") % {"values": " · ".join(percent(rate, language) for rate in value.rates)}
    return _plain(int(value), unit, language)


def _spread(table: Table, unit: str, language: str) -> str:
    values = sorted({table.default, *(amount for _code, amount in table.entries)})
    return " · ".join(_plain(value, unit, language) for value in values)


def _plain(value: int, unit: str, language: str) -> str:
    if unit == "cents":
        return money(value, language)
    if unit == "basis_points":
        return percent(value, language)
    if unit == "month":
        return format_month(value)
    told = {
        "months": ngettext("%(n)s mois", "%(n)s mois", value),
        "years": ngettext("%(n)s an", "%(n)s ans", value),
        "days": ngettext("%(n)s jour", "%(n)s jours", value),
    }
    return told.get(unit, "%(n)s") % {"n": count(value)}
