"""What a page of indicators looks at, read in its address and shown again in its form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from minassa.steering.indicators.parameters import choices
from minassa.steering.indicators.reading import Filters
from minassa.vocabulary.filieres import Filiere
from minassa.vocabulary.periods import PeriodError, parse_month
from minassa.vocabulary.places import places
from minassa.vocabulary.regions import regions
from minassa.web.public.pages import language
from minassa.web.writing import count

NAMES: Final = ("filiere", "region", "p2i", "taille", "de", "a")


@dataclass(frozen=True, slots=True)
class Field:
    """A list of the form: its name in the address, its word, its values with their words, the one chosen."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    chosen: str


def filters_of(given: Mapping[str, str]) -> Filters:
    """What an address asks to look at; what it says wrongly is left out, as if it were not asked."""
    known = {name: dict(options_of(name)) for name in NAMES[:4]}
    cut = {name: given.get(name, "") for name in known}
    numbers = {name: int(value) if value in known[name] else None for name, value in cut.items()}
    return Filters(
        filiere=numbers["filiere"],
        region=numbers["region"],
        place=numbers["p2i"],
        size=numbers["taille"],
        since=_month(given.get("de", "")),
        until=_month(given.get("a", "")),
    )


def options_of(name: str) -> list[tuple[str, str]]:
    """The values that may be asked for under a name, with their words."""
    if name == "filiere":
        return [(str(one.value), one.label(language())) for one in Filiere]
    if name == "region":
        return [(str(one.number), str(getattr(one, f"name_{language()}"))) for one in regions()]
    if name == "p2i":
        return [(str(one.code), str(getattr(one, f"name_{language()}"))) for one in places() if one.kind == "p2i"]
    return [(str(rank), size_words(rank)) for rank in range(len(choices().size_classes.numbers) + 1)]


def size_words(size: int) -> str:
    """A class of headcount in words."""
    floors = choices().size_classes.numbers
    if size == 0:
        return _("plus personne")
    if size == len(floors):
        return _("%(least)s et plus") % {"least": count(floors[-1])}
    return _("%(least)s à %(most)s") % {"least": count(floors[size - 1]), "most": count(floors[size] - 1)}


def fields_of(given: Mapping[str, str]) -> list[Field]:
    """The lists of the form, with what is chosen."""
    labels = {"filiere": _("Filière"), "region": _("Région"), "p2i": _("P2I"), "taille": _("Effectif")}
    return [Field(name, label, tuple(options_of(name)), given.get(name, "")) for name, label in labels.items()]


def told(given: Mapping[str, str]) -> dict[str, Any]:
    """The form as a template shows it again."""
    return {
        "fields": fields_of(given),
        "since": given.get("de", ""),
        "until_text": given.get("a", ""),
        "asked": urlencode({name: given[name] for name in NAMES if given.get(name)}),
        "filtered": any(given.get(name) for name in NAMES),
    }


def _month(text: str) -> int | None:
    try:
        return parse_month(text)
    except PeriodError:
        return None
