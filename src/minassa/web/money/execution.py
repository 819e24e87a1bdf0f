"""The accounts of the offer that people read: opened, committed, ordered, paid, by every cut; ages of what is due."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Final

from django.http import HttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from minassa.ledger.public import AGE_CLASSES, AgeRow, ExecutionRow, ageing, execution
from minassa.registry.public import Actor
from minassa.vocabulary.filieres import Filiere
from minassa.vocabulary.places import places
from minassa.vocabulary.regions import regions
from minassa.web.access import PageRequest, page
from minassa.web.cases.showing import place_name
from minassa.web.cases.tables import FORMATS, Amount
from minassa.web.money.drawing import Piece, bar
from minassa.web.money.exports import file
from minassa.web.money.showing import language, measure_names, shown, told_parameters

AGES: Final[Mapping[str, str | Promise]] = {
    "0-30": gettext_lazy("30 jours au plus"),
    "31-60": gettext_lazy("31 à 60 jours"),
    "61-90": gettext_lazy("61 à 90 jours"),
    "91-180": gettext_lazy("91 à 180 jours"),
    "181+": gettext_lazy("plus de 180 jours"),
}


@dataclass(frozen=True, slots=True)
class Cut:
    """A way of cutting the accounts: its word, the dimension of the ledger that it reads, the name of each value."""

    label: str | Promise
    dimension: str
    name: Callable[[Any], str]
    value: Callable[[Any], Any] = lambda found: found


def _region_of(place: int) -> int:
    """The region where a place is; regions, outside any P2I, are places of their own."""
    return next((one.region for one in places() if one.code == place), 0)


def _region_name(number: int) -> str:
    found = next((one for one in regions() if one.number == number), None)
    return str(getattr(found, f"name_{language()}")) if found else _("non indiquée")


CUTS: Final[Mapping[str, Cut]] = {
    "mesure": Cut(gettext_lazy("mesure"), "measure", lambda code: measure_names().get(code, str(code))),
    "annee": Cut(gettext_lazy("année"), "budget_year", str),
    "filiere": Cut(gettext_lazy("filière"), "filiere", lambda code: Filiere(code).label(language())),
    "region": Cut(gettext_lazy("région"), "place", _region_name, _region_of),
    "lieu": Cut(gettext_lazy("P2I ou lieu"), "place", place_name),
}
FIRST: Final = "mesure"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the accounts, with its bar: `whole` is what the widest bar stands for."""

    name: str
    row: ExecutionRow
    pieces: tuple[Piece, ...]

    @property
    def left(self) -> int:
        """Recognised, neither cancelled nor paid. Centimes."""
        return self.row.recognised - self.row.cancelled - self.row.paid


@require_GET
@page("ledger.view")
def state(request: PageRequest) -> HttpResponse:
    """The accounts by one cut, their sum, and the age of what is due; either as a file."""
    cut = CUTS.get(request.GET.get("par", ""), CUTS[FIRST])
    ages = ageing(request.actor, timezone.now())
    if request.GET.get("format") in FORMATS:
        if request.GET.get("table") == "ages":
            return file("ages", request.GET["format"], _age_headings(), _age_cells(ages))
        return file("comptes", request.GET["format"], _headings(cut), _cells(request.actor, cut))
    lines = _lines(request.actor, cut)
    total = _sum(ExecutionRow({}), (one.row for one in lines))
    context = {
        "lines": lines,
        "total": Line("", total, ()),
        "credits": total.opened is not None,
        "cut": cut,
        "cuts": [(code, one.label, one is cut) for code, one in CUTS.items()],
        "ages": _age_lines(ages),
        "classes": [AGES[name] for name in AGE_CLASSES],
        "due": sum(one.due for one in ages),
        "parameters": told_parameters("paying_body", "budget_year_rule"),
    }
    return shown(request, "state", context)


def _lines(actor: Actor, cut: Cut) -> list[Line]:
    merged: dict[Any, ExecutionRow] = {}
    for row in execution(actor, [cut.dimension]):
        value = cut.value(row.key[cut.dimension])
        merged[value] = _sum(merged.get(value) or ExecutionRow({cut.dimension: value}), [row])
    widest = max((max(row.opened or 0, row.recognised) for row in merged.values()), default=0)
    return [Line(cut.name(value), row, _pieces(row, widest)) for value, row in merged.items()]


def _sum(into: ExecutionRow, rows: Iterable[ExecutionRow]) -> ExecutionRow:
    """Rows added into one; credits stay unknown where none are opened by this cut."""
    for row in rows:
        for one in fields(ExecutionRow):
            if one.name not in {"key", "opened"}:
                setattr(into, one.name, getattr(into, one.name) + getattr(row, one.name))
        if row.opened is not None:
            into.opened = (into.opened or 0) + row.opened
    return into


def _pieces(row: ExecutionRow, widest: int) -> tuple[Piece, ...]:
    parts = (
        ("paid", row.paid),
        ("ordered", row.ordered - row.paid),
        ("committed", row.committed - row.ordered),
        ("blocked", row.waiting),
    )
    return bar(parts, widest)


def _headings(cut: Cut) -> list[str]:
    return [
        str(cut.label).capitalize(),
        _("Ouverts"),
        _("Reconnus"),
        _("Annulés"),
        _("Engagés"),
        _("En attente de crédits"),
        _("Ordonnés"),
        _("Payés"),
        _("Redemandés"),
        _("Rendus"),
    ]


def _cells(actor: Actor, cut: Cut) -> Iterator[tuple[Any, ...]]:
    for one in _lines(actor, cut):
        row = one.row
        opened = Amount(row.opened) if row.opened is not None else ""
        before = (row.recognised, row.cancelled, row.committed, row.waiting)
        after = (row.ordered, row.paid, row.recovered, row.given_back)
        yield one.name, opened, *map(Amount, before), *map(Amount, after)


def _age_lines(ages: Sequence[AgeRow]) -> list[tuple[str, list[AgeRow], int, tuple[Piece, ...]]]:
    """Each measure with its classes of age, what is due in all, and its bar."""
    by_measure: dict[str, list[AgeRow]] = {}
    for one in ages:
        by_measure.setdefault(one.measure, []).append(one)
    names = measure_names()
    sums = {measure: sum(one.due for one in rows) for measure, rows in by_measure.items()}
    widest = max(sums.values(), default=0)
    return [
        (
            names.get(measure, measure),
            rows,
            sums[measure],
            bar(((f"age-{AGE_CLASSES.index(one.age_class)}", one.due) for one in rows), widest),
        )
        for measure, rows in by_measure.items()
    ]


def _age_headings() -> list[str]:
    return [_("Mesure"), _("Âge"), _("Droits"), _("Reste dû")]


def _age_cells(ages: Sequence[AgeRow]) -> Iterator[tuple[Any, ...]]:
    names = measure_names()
    for one in ages:
        yield names.get(one.measure, one.measure), str(AGES[one.age_class]), one.count, Amount(one.due)
