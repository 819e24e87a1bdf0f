"""What the pivot is asked in its address: a measure, rows, columns, a period, another one to compare with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from minassa.steering.indicators.catalogue import Catalogue, Indicator, Source
from minassa.steering.indicators.pivot import ALL, YEAR
from minassa.vocabulary.filieres import Filiere
from minassa.vocabulary.periods import PeriodError, parse_month
from minassa.vocabulary.regions import regions
from minassa.web.cases.showing import place_name
from minassa.web.indicators.filters import size_words
from minassa.web.public.pages import language

NAMES = {"filiere": "filiere", "region": "region", "lieu": "place", "taille": "size", "annee": YEAR}
"""Words of the address, and the dimensions that they name."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A pivot: `rows` and `columns` are words of `NAMES` (columns may be empty); periods are month indices."""

    measure: Indicator
    rows: str
    columns: str
    period: int
    beside: int | None

    @property
    def by(self) -> tuple[str, str]:
        """The dimensions of rows and columns."""
        return NAMES[self.rows], NAMES.get(self.columns, "")


def asked(given: Mapping[str, str], until: int) -> Asked:
    """What an address asks; what it says wrongly is taken as not said: net jobs by filière, at the end of the data."""
    measures = measures_offered()
    rows = given.get("lignes", "") if given.get("lignes", "") in NAMES else "filiere"
    columns = given.get("colonnes", "") if given.get("colonnes", "") in NAMES else ""
    return Asked(
        measure=measures.get(given.get("mesure", ""), measures["net_jobs"]),
        rows=rows,
        columns="" if columns == rows else columns,
        period=_month(given.get("fin", ""), until) or until,
        beside=_month(given.get("avec", ""), until),
    )


def measures_offered() -> dict[str, Indicator]:
    """The indicators that can be crossed: those read from the table of the run."""
    return {code: one for code, one in Catalogue.all().items() if one.source == Source.RUN}


def dimension_words() -> dict[str, str]:
    """The dimensions by their word in the address."""
    return {
        "filiere": _("Filière"),
        "region": _("Région"),
        "lieu": _("P2I ou lieu"),
        "taille": _("Effectif"),
        "annee": _("Année"),
    }


def value_words(name: str, value: int) -> str:
    """A value of a dimension in words."""
    if value == ALL:
        return _("Ensemble")
    if name == "filiere":
        return Filiere(value).label(language())
    if name == "region":
        found = next((one for one in regions() if one.number == value), None)
        return str(getattr(found, f"name_{language()}")) if found else _("non indiquée")
    if name == "lieu":
        return place_name(value)
    return size_words(value) if name == "taille" else str(value)


def _month(text: str, until: int) -> int | None:
    try:
        return min(parse_month(text), until)
    except PeriodError:
        return None
