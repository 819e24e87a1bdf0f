"""A plan as its address holds it: places, filière, firm, and a grid of hires; no name, no text of anybody's own.

Two forms are read: that of the page (one field a cell) and the short one that is shared (`h=20.5.15000.2026-03.1.1`,
one a line of the grid). What is wrong is kept as it was typed and told beside the field.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from minassa.offer.centimes import at_rate
from minassa.vocabulary.errors import MinassaError
from minassa.vocabulary.filieres import Filiere
from minassa.vocabulary.money import format_dirhams
from minassa.vocabulary.periods import format_month, parse_month, year_of
from minassa.vocabulary.places import places

FIRST_YEAR, LAST_YEAR = 2025, 2030
MOST_ROWS, MOST_PLACES = 20, 3
MOST_PEOPLE, MOST_SALARY, MOST_TURNOVER = 10_000, 1_000_000, 100_000_000_000
LEVELS = range(1, 9)
"""Levels of the national framework of certifications (CNC)."""
CONTRACTS: Final = {"1": "CDI", "2": "CDD", "3": "INSERTION"}
MOROCCAN, FOREIGN = "MA", "FR"
"""A person is Moroccan or is not: any other nationality says the latter to the engine."""
CELLS: Final = ("n", "q", "s", "m", "k", "t")
"""Fields of a line of the page: people, level, salary, month, contract, Moroccan (1) or not (0)."""
SHORT = "h"
SAMPLE: Final = ("20.5.9000.2026-03.1.1", "5.7.18000.2026-03.1.1")
DEFAULTS: Final = {"f": "ITO", "d": "2026-01", "ca": "12000000", "x": "90", "b": "1500000", "is": "20"}


@dataclass(frozen=True, slots=True)
class Hires:
    """A line of the grid: as it was typed, and what is wrong with it."""

    cells: Mapping[str, str]
    errors: tuple[str | Promise, ...] = ()

    @property
    def people(self) -> int:
        """How many people are hired alike; only of a line without error."""
        return int(self.cells["n"])

    @property
    def short(self) -> str:
        """The line as the shared address holds it."""
        return ".".join(self.cells[cell] for cell in CELLS)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is planned, as typed; `errors` by field, those of the lines with them."""

    places: tuple[str, ...]
    fields: Mapping[str, str]
    rows: tuple[Hires, ...]
    errors: Mapping[str, str | Promise] = field(default_factory=dict)

    @property
    def valid(self) -> bool:
        """Whether it can be reckoned."""
        return bool(self.places) and not self.errors and not any(row.errors for row in self.rows)

    @property
    def people(self) -> int:
        """Everybody hired over the years."""
        return sum(row.people for row in self.rows)

    def address(self) -> str:
        """The plan in a query string, short enough to be sent."""
        named = [*(("p", slug) for slug in self.places), *self.fields.items()]
        return urlencode([*named, *((SHORT, row.short) for row in self.rows)])

    def with_rows(self, rows: Sequence[Hires]) -> Plan:
        """The same plan with other lines."""
        return Plan(self.places, self.fields, tuple(rows), self.errors)


def read_plan(query: Mapping[str, Any]) -> Plan:
    """The plan of an address (a QueryDict); without any, the sample the page opens with."""
    getlist = query.getlist  # type: ignore[attr-defined]
    known = {place.slug for place in places()}
    slugs = tuple(dict.fromkeys(slug for slug in getlist("p") if slug in known))[:MOST_PLACES]
    fields = {name: str(query.get(name, default)).strip() for name, default in DEFAULTS.items()}
    rows = tuple(_checked(cells) for cells in _grid(getlist)[:MOST_ROWS])
    if not slugs and not rows:
        slugs = ("casanearshore", "fes-shore", "hors-p2i-souss-massa")
    if not rows:
        rows = tuple(_checked(_cells(short)) for short in SAMPLE)
    return Plan(slugs, fields, rows, _wrong(slugs, fields))


def _grid(getlist: Any) -> list[dict[str, str]]:  # noqa: ANN401 - QueryDict.getlist
    """The lines of the address; a line of the page whose every free cell is empty is none."""
    if getlist(SHORT):
        return [_cells(short) for short in getlist(SHORT)]
    columns = [getlist(cell) for cell in CELLS]
    lines = [dict(zip(CELLS, (value.strip() for value in line), strict=True)) for line in zip(*columns, strict=False)]
    return [line for line in lines if line["n"] or line["s"]]


def _cells(short: str) -> dict[str, str]:
    parts = short.split(".")
    return dict(zip(CELLS, [*parts, *([""] * len(CELLS))], strict=False))


def _checked(cells: dict[str, str]) -> Hires:
    errors: list[str | Promise] = []
    if not _whole(cells["n"], 1, MOST_PEOPLE):
        errors.append(_("Le nombre de personnes est un nombre entier, de 1 à 10 000."))
    if not _whole(cells["s"], 1, MOST_SALARY):
        errors.append(_("Le salaire brut mensuel est en dirhams, sans centimes, jusqu'à 1 000 000."))
    if not _whole(cells["q"], LEVELS.start, LEVELS.stop - 1):
        errors.append(_("Le niveau va de 1 à 8."))
    if _month(cells["m"]) is None:
        errors.append(_("Le mois d'embauche s'écrit AAAA-MM, de 2025-01 à 2030-12."))
    if cells["k"] not in CONTRACTS:
        errors.append(_("Le contrat est à choisir dans la liste."))
    if cells["t"] not in {"0", "1"}:
        errors.append(_("La nationalité est à choisir dans la liste."))
    return Hires(cells, tuple(errors))


def _whole(text: str, least: int, most: int) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= len(str(most)) and least <= int(text) <= most


def _month(text: str, first: int = FIRST_YEAR) -> int | None:
    """The index of a month written AAAA-MM, within the years of the page; None for anything else."""
    try:
        index = parse_month(text)
    except MinassaError:
        return None
    return index if first <= year_of(index) <= LAST_YEAR else None


def _wrong(slugs: tuple[str, ...], fields: Mapping[str, str]) -> dict[str, str | Promise]:
    found: dict[str, str | Promise] = {}
    if not slugs:
        found["p"] = _("Choisissez au moins un lieu.")
    if fields["f"] not in {one.name for one in Filiere if one}:
        found["f"] = _("La filière est à choisir dans la liste.")
    if _month(fields["d"], first=1950) is None:
        found["d"] = _("Le début d'activité s'écrit AAAA-MM, jusqu'à 2030-12.")
    for name in ("ca", "b"):
        if not _whole(fields[name], 0, MOST_TURNOVER):
            found[name] = _("Le montant est en dirhams, sans centimes ni signe.")
    for name in ("x", "is"):
        if not _whole(fields[name], 0, 100):
            found[name] = _("La part est un nombre entier, de 0 à 100.")
    return found


def case_of(plan: Plan) -> dict[str, Any]:
    """The plan as a case of `minassa.entitlements`: one person for each line, accounts alike every year.

    The corporate tax is the profit at the rate that was typed: an assumption of whoever plans, not a rule of the offer.
    """
    said = plan.fields
    started = parse_month(said["d"])
    turnover = int(said["ca"]) * 100
    accounts = {
        "turnover": _dirhams(turnover),
        "export_turnover": _dirhams(at_rate(int(said["x"]) * 100, turnover)),
        "taxable_profit": said["b"],
        "corporate_tax": _dirhams(at_rate(int(said["is"]) * 100, int(said["b"]) * 100)),
    }
    years = range(max(year_of(started), FIRST_YEAR - 1), LAST_YEAR + 1)
    firm = {"filiere": said["f"], "started": f"{format_month(started)}-01", "accounts": dict.fromkeys(years, accounts)}
    people = {str(number): _employee(row) for number, row in enumerate(plan.rows, 1)}
    told = {"title": "Estimation", "source": "page", "as_of": f"{LAST_YEAR}-12", "period": LAST_YEAR}
    return {**told, "firm": firm, "employees": people}


def _employee(row: Hires) -> dict[str, Any]:
    cells = row.cells
    return {
        "hired": f"{cells['m']}-01",
        "salary": cells["s"],
        "contract": CONTRACTS[cells["k"]],
        "nationality": MOROCCAN if cells["t"] == "1" else FOREIGN,
        "qualification": int(cells["q"]),
    }


def _dirhams(cents: int) -> str:
    return format_dirhams(cents, unit=False)
