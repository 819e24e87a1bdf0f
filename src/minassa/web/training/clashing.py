"""Limits that cannot hold together, each in a sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from minassa.web.training.naming import region_name

_Places = Mapping[str, Any]


def clash_sentences(content: dict[str, Any]) -> list[str]:
    """The limits of a clash, in words."""
    return [str(_SENTENCES[family]) % _READ[family](content, place) for family, place in content["clashes"]]


def _year(content: dict[str, Any], rank: int) -> int:
    return int(content["first_year"]) + rank


def _of_year(content: dict[str, Any], place: list[int]) -> _Places:
    return {"year": _year(content, place[0])}


def _of_region(content: dict[str, Any], place: list[int]) -> _Places:
    return {"region": region_name(place[0] + 1), "year": _year(content, place[1])}


def _of_programme(content: dict[str, Any], place: list[int]) -> _Places:
    programme, region, year = place
    title = content["programmes"][programme]["title"]
    return {"programme": title, "region": region_name(region + 1), "year": _year(content, year)}


def _of_edit(content: dict[str, Any], place: list[int]) -> _Places:
    programme, region, year, seats = content["edits"][place[0]]
    return {**_of_programme(content, [programme, region, year]), "seats": seats}


_SENTENCES: Final[dict[str, Promise]] = {
    "budget": _("le budget de %(year)s"),
    "rooms": _("les salles de la région %(region)s en %(year)s"),
    "floor": _("les entrants que la région %(region)s garde en %(year)s"),
    "steady_up": _("la hausse permise de « %(programme)s », région %(region)s, en %(year)s"),
    "steady_down": _("la baisse permise de « %(programme)s », région %(region)s, en %(year)s"),
    "minimum_class": _("l'effectif minimal d'une classe de « %(programme)s », région %(region)s, en %(year)s"),
    "edit": _("les %(seats)s places fixées à la main en « %(programme)s », région %(region)s, pour %(year)s"),
}
_READ: Final[dict[str, Callable[[dict[str, Any], list[int]], _Places]]] = {
    "budget": _of_year,
    "rooms": _of_region,
    "floor": _of_region,
    "steady_up": _of_programme,
    "steady_down": _of_programme,
    "minimum_class": _of_programme,
    "edit": _of_edit,
}
