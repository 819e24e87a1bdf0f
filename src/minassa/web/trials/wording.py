"""Levers in words: what each is, where it bears, and its value as people read it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from minassa.engine import Offer
from minassa.offer.catalogue import measure as measure_of
from minassa.outlook.levers import EVERY_OTHER, RATE, THRESHOLD, Lever, levers
from minassa.vocabulary.periods import first_day
from minassa.vocabulary.places import place_by_slug
from minassa.web import writing
from minassa.web.estimate.wording import CONDITIONS
from minassa.web.public.pages import language
from minassa.web.templatetags.minassa import count, money, percent
from minassa.web.trials.figure_words import FIGURES


@dataclass(frozen=True, slots=True)
class Moved:
    """A lever that a reform moves: of which measure, what it is, where it bears, from which value to which."""

    code: str
    measure: str
    description: SafeString
    where: str
    before: str | SafeString
    after: str | SafeString


def description_words(lever: Lever) -> SafeString:
    """What a lever is: the words of its figure or those of its condition; French for a figure that has none yet."""
    words = CONDITIONS[lever.name] if lever.condition else FIGURES.get(lever.name)
    if words is not None:
        return format_html("{}", words)
    return format_html('<span lang="fr" dir="ltr">{}</span>', lever.description)


def value_words(lever: Lever, value: int) -> str | SafeString:
    """A value of a lever with its unit."""
    if lever.condition:
        return _("exigée") if value else _("levée, comptée comme remplie")
    if lever.unit == "boolean":
        return _("oui") if value else _("non")
    if lever.unit == "month":
        return writing.month(first_day(value), language())
    if lever.unit == "basis_points":
        return percent(value)
    return money(value) if lever.unit == "cents" else count(value)


def where_words(lever: Lever) -> str:
    """The place or the bracket that a lever bears on; empty for one that bears everywhere."""
    if not lever.key:
        return ""
    if lever.key == EVERY_OTHER:
        return _("tout autre lieu")
    part, _dash, rank = lever.key.partition("-")
    if part == THRESHOLD and rank.isdecimal():
        return _("tranche %(rank)s : seuil") % {"rank": int(rank) + 1}
    if part == RATE and rank.isdecimal():
        return _("tranche %(rank)s : taux") % {"rank": int(rank) + 1}
    return str(getattr(place_by_slug(lever.key), f"name_{language()}"))


def measure_words(code: str) -> str:
    """The name of a measure in the language of the page."""
    return str(getattr(measure_of(code).label, language()))


def moved(offer: Offer, changes: Mapping[str, int]) -> list[Moved]:
    """The levers that a reform moves, in the order of the offer; those that the offer no longer has are left out."""
    return [_moved(lever, changes[lever.code]) for lever in levers(offer) if lever.code in changes]


def gone(offer: Offer, changes: Iterable[str]) -> list[str]:
    """The codes of levers that the offer no longer has."""
    return sorted(set(changes) - {lever.code for lever in levers(offer)})


def _moved(lever: Lever, value: int) -> Moved:
    return Moved(
        lever.code,
        measure_words(lever.measure),
        description_words(lever),
        where_words(lever),
        value_words(lever, lever.value),
        value_words(lever, value),
    )
