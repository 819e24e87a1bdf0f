"""Values of a report as plain text, digits kept in their order in Arabic."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.utils.translation import gettext as _

from minassa.steering.indicators.catalogue import Unit
from minassa.web import writing
from minassa.web.public.pages import language

UNKNOWN: Final = "—"
MINUS: Final = "\u2212"


def written(unit: Unit, value: int | None) -> str:
    """A value with its unit; a dash where it is not known."""
    if value is None:
        return UNKNOWN
    ways: dict[Unit, Callable[[int], str]] = {
        Unit.CENTS: lambda one: writing.money(one, language()),
        Unit.BASIS_POINTS: lambda one: writing.percent(one, language()),
        Unit.SECONDS: lambda one: writing.span(one, language()),
    }
    return ways[unit](value) if unit in ways else writing.isolated(writing.count(value))


def changed(unit: Unit, value: int | None) -> str:
    """How much a value changed, with its sign; a dash where it is not known."""
    if value is None:
        return UNKNOWN
    if value == 0:
        return "="
    if unit == Unit.SECONDS:
        return f"{'+' if value > 0 else MINUS} {writing.span(abs(value), language())}"
    told = _points(abs(value)) if unit == Unit.BASIS_POINTS else written(unit, abs(value))
    sign = "+" if value > 0 else MINUS
    return f"{told[0]}{sign}{told[1:]}" if told[:1] == "\u2066" else f"{sign}{told}"


def _points(basis_points: int) -> str:
    """The difference of two shares, which is no share itself: points of a percentage."""
    number = writing.percent(basis_points, language()).rstrip("%").rstrip()
    return f"{number}\N{NO-BREAK SPACE}{_('pt')}"
