"""An outcome in the words of the page: totals, measures, years, places, firms, and jobs under each response."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django.utils.translation import gettext as _

from minassa.offer.catalogue import measure as measure_of
from minassa.outlook.cells import AXES, NO_LEVEL
from minassa.outlook.costs import YearCost
from minassa.outlook.outcome import NUMBERS, Outcome
from minassa.outlook.response import jobs_of
from minassa.outlook.sizes import NOBODY, bounds, span_of
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
LEVELS: Final = 8
"""Levels of the national framework of qualifications (CNC)."""
ROUNDING: Final = "minassa-default#echelle"


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table: what it is, before, after, what rows gain and lose (centimes), how many, and its two bars.

    `more` and `less` are pixels from the middle, on each side.
    """

    label: str
    base: int
    reformed: int
    gained: int = 0
    lost: int = 0
    gaining: int = 0
    losing: int = 0
    more: int = 0
    less: int = 0

    @property
    def difference(self) -> int:
        """Centimes more after than before."""
        return self.reformed - self.base

    @property
    def gains(self) -> bool:
        """Whether there is more money after than before."""
        return self.difference > 0

    @property
    def left(self) -> int:
        """Where the bar of what is lost begins, in pixels."""
        return HALF - self.less


@dataclass(frozen=True, slots=True)
class Year:
    """A year of costs, and its drawing: the bounds and the point of the difference, in pixels of a bar."""

    cost: YearCost
    low: int
    point: int
    high: int


def shown(outcome: Outcome, trial: Trial) -> dict[str, Any]:
    """What the results show of one outcome."""
    by = {name: list(outcome.by(name).iter_rows(named=True)) for name in AXES}
    total = _row("", {name: sum(row[name] for row in by["year"]) for name in NUMBERS})
    year = next((row for row in by["year"] if row["year"] == trial.last_whole_year), None)
    return {
        "name": outcome.name,
        "total": total,
        "measures": _measures(outcome),
        "tables": [
            (_("Par filière"), barred(_axis(by["filiere"], "filiere", _filieres())), ""),
            (_("Par région"), barred(_axis(by["region"], "region", _regions())), ""),
            (_("Par taille d'entreprise"), barred(_axis(by["size"], "size", _sizes(by["size"]))), "size"),
            (_("Par niveau de poste"), barred(_axis(by["level"], "level", _levels())), "level"),
            (_("Par lieu"), barred(_axis(by["place"], "place", _places())), "more"),
            (_("Par année"), barred(_axis(by["year"], "year", {})), "more"),
        ],
        "firms": barred(_firms(by["affiliation"])),
        "sizes": bounds(),
        "costs": _drawn(trial.costs(outcome)),
        "told": [(_measure_label(name), years) for name, years in trial.years_told(outcome).items()],
        "year": year["year"] if year else None,
        "jobs": [(response_told(one), jobs) for one, jobs in jobs_of(year["difference"], trial.payroll)]
        if year
        else [],
    }


def response_told(hundredths: int) -> str:
    """A response as people write it: `0`, `0,2`."""
    mark = "." if language() == "en" else ","
    whole, part = divmod(hundredths, 100)
    return f"{whole}{mark}{part:02}".rstrip("0").rstrip(mark) or "0"


def barred(rows: Iterable[Row]) -> list[Row]:
    """The rows with their bars, the largest gain or loss being the full half."""
    found = list(rows)
    most = max((max(row.gained, row.lost) for row in found), default=0) or 1
    return [replace(row, more=_pixels(row.gained, most), less=_pixels(row.lost, most)) for row in found]


def _pixels(cents: int, most: int) -> int:
    return divide(cents * HALF, most, Direction.HALF_UP, ROUNDING)


def _drawn(costs: list[YearCost]) -> list[Year]:
    """Years with the interval of their difference, on one scale around the middle."""
    most = max((max(abs(one.difference.low), abs(one.difference.high)) for one in costs), default=0) or 1

    def at(cents: int) -> int:
        return HALF + (_pixels(cents, most) if cents > 0 else -_pixels(-cents, most))

    return [Year(one, at(one.difference.low), at(one.difference.point), at(one.difference.high)) for one in costs]


def _row(label: str, sums: Mapping[str, Any]) -> Row:
    return Row(label, **{name: int(sums[name]) for name in NUMBERS})


def _measure_label(name: str) -> str:
    return str(getattr(measure_of(name).label, language()))


def _measures(outcome: Outcome) -> list[Row]:
    return [_row(_measure_label(name), sums) for name, sums in outcome.measures.items()]


def _axis(rows: Sequence[Mapping[str, Any]], axis: str, labels: Mapping[int, str]) -> list[Row]:
    return [_row(labels.get(int(row[axis]), str(row[axis])), row) for row in rows]


def _firms(rows: Sequence[Mapping[str, Any]]) -> list[Row]:
    """Those that gain most, then those that lose most, by name where the registry knows them."""
    moved = [row for row in rows if row["difference"]]
    moved.sort(key=lambda row: (-row["difference"], row["affiliation"]))
    chosen = [row for row in moved[:FIRMS] if row["difference"] > 0]
    chosen += [row for row in moved[-FIRMS:] if row["difference"] < 0]
    numbers = [row["affiliation"] for row in chosen]
    names = dict(Enterprise.objects.filter(affiliation__in=numbers).values_list("affiliation", "name"))
    unnamed = _("entreprise non inscrite")
    return [_row(names.get(row["affiliation"], unnamed), row) for row in chosen]


def _sizes(rows: Sequence[Mapping[str, Any]]) -> dict[int, str]:
    """The classes of size in words."""
    return {int(row["size"]): _size(int(row["size"])) for row in rows}


def _size(number: int) -> str:
    lowest, highest = span_of(number)
    if number == NOBODY:
        return _("plus personne de déclaré")
    if highest is None:
        return _("%(lowest)s salariés et plus") % {"lowest": lowest}
    return _("%(lowest)s à %(highest)s salariés") % {"lowest": lowest, "highest": highest}


def _levels() -> dict[int, str]:
    """The levels of posts in words; 0 is no level."""
    named = {number: _("niveau %(number)s (CNC)") % {"number": number} for number in range(1, LEVELS + 1)}
    return {NO_LEVEL: _("sans niveau connu, ou donné à l'entreprise"), **named}


def _filieres() -> dict[int, str]:
    return {int(one): one.label(language()) for one in Filiere}


def _regions() -> dict[int, str]:
    return {0: _("région inconnue"), **{one.number: str(getattr(one, f"name_{language()}")) for one in regions()}}


def _places() -> dict[int, str]:
    return {one.code: str(getattr(one, f"name_{language()}")) for one in places()}
