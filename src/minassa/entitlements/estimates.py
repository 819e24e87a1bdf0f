"""What a planned firm would get, place by place and year by year: the case of `simulation`, for an answer at once.

The declared rows and the frames are those of `simulation.simulate`, made once; only the place of work differs from one
place to the next. The rules run row by row (see `rowwise`): the same bodies as in a run.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from minassa.engine import Offer
from minassa.entitlements.cases import Case, read_case
from minassa.entitlements.casework import FIRM, WITHHELD_AS_DUE, declared, people
from minassa.entitlements.computation import regime_cuts
from minassa.entitlements.frames import Frames, frames
from minassa.entitlements.rowwise import Law, Row
from minassa.entitlements.simulation import period_label, years_told
from minassa.offer.loading import load_offer
from minassa.vocabulary.periods import year_of
from minassa.vocabulary.places import place_by_slug
from minassa.vocabulary.statuses import Status

AMOUNT, EXPECTED, ELIGIBLE = "_amount", "_amount_expected", "_firm_eligible"
SUPPORT = "eligibility"
"""The measure whose conditions stand behind `<measure>_firm_eligible`, on the row of the firm."""
STAY = "pae_stay_months"


@dataclass(frozen=True, slots=True)
class Estimated:
    """One amount of one person (or of the firm: `employee` empty) at one place, in centimes.

    `year` is the calendar year of the period; for what is paid once, the year in which the stay required is over.
    `to_come` is what the measure's own forecast says where there is no right yet. `withheld` tells, for each condition
    that is not met, what the amount would be if that one alone were.
    """

    place: str
    employee: str
    measure: str
    period: str
    year: int
    amount: int
    to_come: int
    status: Status
    conditions: Mapping[str, bool]
    withheld: Mapping[str, int]


def estimate(source: Mapping[str, Any], places: Sequence[str], offer: Offer | None = None) -> tuple[Estimated, ...]:
    """Every amount of a case at each of the places (slugs), as `simulate` would give it there, in centimes.

    The case is that of `read_case`; its own place is not looked at, and its people have none of their own.
    InvalidCase when the case is wrong; UnknownPlaceError for a place that is none.
    """
    law = offer or load_offer()
    firm = {**source.get("firm", {}), "place": places[0]}
    case = read_case({**source, "firm": firm})
    rows = declared(case)
    built = frames(rows, regime_cuts(law, *years_told(case, rows.cnss)), case.as_of)
    first = tuple(_placed_rows(_ready(law), case, built))
    return tuple(one for slug in places for one in _at(slug, first))


@lru_cache(maxsize=4)
def _ready(law: Offer) -> Law:
    return Law(law)


def _placed_rows(law: Law, case: Case, built: Frames) -> Iterator[tuple[str, Row]]:
    """The rows that have an amount, with the employee each is about: persons and periods, hires, years of the firm."""
    names = {number: name for name, number in people(case).items()}
    firm = {columns["year"]: Row(law, "firm_year", columns) for columns in _rows(built, "firm_year")}
    for grain in ("employee_period", "hire"):
        for columns in _rows(built, grain):
            if columns["person"] in names:
                row = Row(law, grain, columns, firm.get(columns["year"]))
                yield names[columns["person"]], _withheld(row)
    yield from (("", row) for row in firm.values())


def _at(slug: str, rows: Sequence[tuple[str, Row]]) -> Iterator[Estimated]:
    """The amounts of the rows at one place."""
    code = place_by_slug(slug).code
    for employee, row in rows:
        here = row.changed("place", code) if "place" in row.columns and row.columns["place"] != code else row
        for measure in _measures(row.laws, row.grain):
            if here.value(f"{measure}{AMOUNT}") is not None:
                yield _estimated(here, slug, employee, measure)


def _rows(built: Frames, grain: str) -> list[dict[str, Any]]:
    """The rows of the firm of the case in one frame."""
    return [row for row in built.by_grain()[grain].iter_rows(named=True) if row["affiliation"] == FIRM]


@lru_cache(maxsize=16)
def _measures(law: Law, grain: str) -> tuple[str, ...]:
    names = law.offer.rule_names(grain)
    return tuple(m for m in law.offer.measures if f"{m}{AMOUNT}" in names)


def _withheld(row: Row) -> Row:
    """Where the case leaves the tax withheld out, the firm is taken to have withheld what was due."""
    if row.columns.get("income_tax_withheld_year") != WITHHELD_AS_DUE:
        return row
    neutral = row.changed("income_tax_withheld_period", 0)
    return neutral.changed("income_tax_withheld_period", neutral.value("income_tax_due") or 0)


def _estimated(row: Row, slug: str, employee: str, measure: str) -> Estimated:
    name = f"{measure}{AMOUNT}"
    conditions = row.conditions(measure)
    amount = int(row.value(name))
    expected = f"{measure}{EXPECTED}"
    to_come = int(row.value(expected) or 0) if not all(conditions.values()) and expected in row.law.rules else 0
    return Estimated(
        place=slug,
        employee=employee,
        measure=measure,
        period=period_label(row.grain, row.columns),
        year=_year(row),
        amount=amount,
        to_come=to_come,
        status=row.status(name),
        conditions={**conditions, **_behind(row, conditions, measure)},
        withheld={} if amount else dict(_missed(row, measure, conditions)),
    )


def _year(row: Row) -> int:
    """The year in which an amount is reckoned: for what is paid once, when the stay required is over."""
    if row.grain == "hire":
        return year_of(row.columns["hired_month"] + int(row.law.figures[STAY].value) - 1)  # type: ignore[arg-type]
    return int(row.columns["year"])


def _behind(row: Row, conditions: Mapping[str, bool], measure: str) -> dict[str, bool]:
    """The conditions of the firm's eligibility, where the measure asks for it."""
    firm = row if row.above is None else row.above
    return firm.conditions(SUPPORT) if f"{measure}{ELIGIBLE}" in conditions else {}


def _missed(row: Row, measure: str, conditions: Mapping[str, bool]) -> Iterator[tuple[str, int]]:
    """For each condition that is not met, the amount if that one alone were; eligibility by what it is made of."""
    for name in (n for n, held in conditions.items() if not held):
        if name == f"{measure}{ELIGIBLE}":
            yield from _missed_by_firm(row, measure)
        else:
            yield name, int(row.met(name).value(f"{measure}{AMOUNT}") or 0)


def _missed_by_firm(row: Row, measure: str) -> Iterator[tuple[str, int]]:
    firm = row if row.above is None else row.above
    for name in (n for n, held in firm.conditions(SUPPORT).items() if not held):
        mended = firm.met(name)
        told = mended if row.above is None else row.under(mended)
        yield name, int(told.value(f"{measure}{AMOUNT}") or 0)
