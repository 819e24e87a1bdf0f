"""An outcome in the words of the page: totals, measures, years, places, firms, and jobs under each response."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from minassa.offer.catalogue import measure as measure_of
from minassa.outlook.outcome import Outcome
from minassa.outlook.response import jobs_of
from minassa.outlook.trial import Trial
from minassa.registry.models import Enterprise
from minassa.vocabulary.filieres import Filiere
from minassa.vocabulary.places import places
from minassa.vocabulary.regions import regions
from minassa.vocabulary.rounding import Direction, divide
from minassa.web.public.pages import language

FIRMS: Final = 8
"""How many of those that gain most, and of those that lose most, are named."""
HALF: Final = 100
"""Pixels of the longest bar, on each side of the middle."""
ROUNDING: Final = "minassa-default#echelle"


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table: what it is, before, after, the difference (centimes), and its bar (pixels from the middle)."""

    label: str
    base: int
    reformed: int
    difference: int
    start: int = HALF
    width: int = 0
    gaining: int = 0
    losing: int = 0

    @property
    def gains(self) -> bool:
        """Whether there is more money after than before."""
        return self.difference > 0


def shown(outcome: Outcome, trial: Trial) -> dict[str, Any]:
    """What the results show of one outcome."""
    by = {name: list(outcome.by(name).iter_rows(named=True)) for name in ("year", "filiere", "region", "place")}
    total = _row("", sum(row["base"] for row in by["year"]), sum(row["reformed"] for row in by["year"]))
    year = next((row for row in by["year"] if row["year"] == trial.last_whole_year), None)
    return {
        "name": outcome.name,
        "total": total,
        "measures": barred(_measures(outcome)),
        "tables": [
            (_("Par année"), barred(_axis(by["year"], {}))),
            (_("Par filière"), barred(_axis(by["filiere"], _filieres()))),
            (_("Par région"), barred(_axis(by["region"], _regions()))),
            (_("Par lieu"), barred(_axis(by["place"], _places()))),
        ],
        "firms": barred(_firms(outcome)),
        "year": year["year"] if year else None,
        "jobs": [(_told(one), jobs) for one, jobs in jobs_of(year["difference"], trial.payroll)] if year else [],
    }


def _told(hundredths: int) -> str:
    """A response as people write it: `0`, `0,2`."""
    mark = "." if language() == "en" else ","
    whole, part = divmod(hundredths, 100)
    return f"{whole}{mark}{part:02}".rstrip("0").rstrip(mark) or "0"


def barred(rows: Iterable[Row]) -> list[Row]:
    """The rows with their bars, the largest difference being the full half."""
    found = list(rows)
    most = max((abs(row.difference) for row in found), default=0) or 1
    return [_bar(row, most) for row in found]


def _bar(row: Row, most: int) -> Row:
    width = divide(abs(row.difference) * HALF, most, Direction.HALF_UP, ROUNDING)
    start = HALF if row.gains else HALF - width
    return Row(row.label, row.base, row.reformed, row.difference, start, width, row.gaining, row.losing)


def _row(label: str, base: int, reformed: int, gaining: int = 0, losing: int = 0) -> Row:
    return Row(label, base, reformed, reformed - base, gaining=gaining, losing=losing)


def _measures(outcome: Outcome) -> list[Row]:
    return [
        _row(
            str(getattr(measure_of(name).label, language())),
            part.total("base"),
            part.total("reformed"),
            part.gaining,
            part.losing,
        )
        for name, part in outcome.parts.items()
    ]


def _axis(rows: Sequence[Mapping[str, Any]], labels: Mapping[int, str]) -> list[Row]:
    keys = ("year", "filiere", "region", "place")
    found = []
    for row in rows:
        code = next(int(row[key]) for key in keys if key in row)
        found.append(_row(labels.get(code, str(code)), int(row["base"]), int(row["reformed"])))
    return found


def _firms(outcome: Outcome) -> list[Row]:
    """Those that gain most, then those that lose most, by name where the registry knows them."""
    moved = [row for row in outcome.by("affiliation").iter_rows(named=True) if row["difference"]]
    moved.sort(key=lambda row: (-row["difference"], row["affiliation"]))
    chosen = [row for row in moved[:FIRMS] if row["difference"] > 0]
    chosen += [row for row in moved[-FIRMS:] if row["difference"] < 0]
    numbers = [row["affiliation"] for row in chosen]
    names = dict(Enterprise.objects.filter(affiliation__in=numbers).values_list("affiliation", "name"))
    unnamed = _("entreprise non inscrite")
    return [_row(names.get(row["affiliation"], unnamed), int(row["base"]), int(row["reformed"])) for row in chosen]


def _filieres() -> dict[int, str]:
    return {int(one): one.label(language()) for one in Filiere}


def _regions() -> dict[int, str]:
    return {0: _("région inconnue"), **{one.number: str(getattr(one, f"name_{language()}")) for one in regions()}}


def _places() -> dict[int, str]:
    return {one.code: str(getattr(one, f"name_{language()}")) for one in places()}
