"""Rows of the frames of the offer, in their most ordinary form, to be changed where a test looks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import polars as pl

from minassa.engine import evaluate, explain
from minassa.offer.loading import load_offer
from minassa.vocabulary.periods import parse_month
from minassa.vocabulary.places import place_by_slug

Row = dict[str, Any]
SALARY = 2_500_000
CAPPED = 600_000
FIRM = 9_900_003


def firm_year(**changes: object) -> Row:
    """An eligible firm of long standing that exports everything; fiscal year closing in December 2026."""
    ordinary: Row = _neutral("firm_year") | {
        "affiliation": FIRM,
        "year": 2026,
        "closing_month": parse_month("2026-12"),
        "accounts_filed": True,
        "accounts_known": True,
        "turnover_year": 100_000_000,
        "export_turnover_year": 100_000_000,
        "taxable_profit_year": 100_000_000,
        "corporate_tax_year": 20_000_000,
        "activity_year": 10,
        "operation_year": 10,
        "listed_activity": True,
        "convention_regime": 2025,
    }
    return _changed(ordinary, changes)


def employee_period(**changes: object) -> Row:
    """A single Moroccan engineer at Casanearshore, the whole of 2026, no tax statement filed yet."""
    ordinary: Row = _neutral("employee_period") | {
        "affiliation": FIRM,
        "year": 2026,
        "place": place_by_slug("casanearshore").code,
        "filiere": 1,
        "period_start": parse_month("2026-01"),
        "period_end": parse_month("2026-12"),
        "months_worked_period": 12,
        "gross_taxable_income_period": 12 * SALARY,
        "capped_salary_period": 12 * CAPPED,
        "hired_month": parse_month("2026-01"),
        "moroccan": True,
        "in_register": True,
        "open_ended_contract": True,
    }
    return _changed(ordinary, changes)


def hire(**changes: object) -> Row:
    """A Moroccan engineer hired in January 2026 without limit of time, still there two years later."""
    ordinary: Row = _neutral("hire") | {
        "affiliation": FIRM,
        "year": 2026,
        "place": place_by_slug("casanearshore").code,
        "filiere": 1,
        "hired_month": parse_month("2026-01"),
        "spell_end_month": parse_month("2027-12"),
        "declared_months_in_post": 24,
        "gross_taxable_income_first_12_months": 12 * SALARY,
        "reference_months_known": 12,
        "headcount_kept": 1,
        "moroccan": True,
        "in_register": True,
        "open_ended_contract": True,
    }
    return _changed(ordinary, changes)


def firm_month(**changes: object) -> Row:
    """A firm in December 2026, without staff nor movement."""
    return _changed(_neutral("firm_month") | {"affiliation": FIRM, "month": parse_month("2026-12")}, changes)


@cache
def _columns(grain: str) -> Mapping[str, bool | int]:
    inputs = load_offer().inputs.values()
    return {column.name: column.unit != "boolean" and 0 for column in inputs if grain in column.grains}


def _neutral(grain: str) -> Row:
    return dict(_columns(grain))


def _changed(row: Row, changes: Mapping[str, object]) -> Row:
    unknown = changes.keys() - row.keys()
    assert not unknown, f"no such column: {unknown}"
    return {**row, **changes}


def of_employee(name: str, row: Row, firm: Row | None = None) -> Any:  # noqa: ANN401 (the value of any rule)
    """A rule of an employee-period, on plain values."""
    rows = {"employee_period": row, "firm_year": firm or firm_year(year=row["year"])}
    return explain(load_offer(), name, "employee_period", rows).value


def of_hire(name: str, row: Row, firm: Row | None = None) -> Any:  # noqa: ANN401
    """A rule of a hire, on plain values."""
    return explain(load_offer(), name, "hire", {"hire": row, "firm_year": firm or firm_year(year=row["year"])}).value


def of_firm_year(name: str, row: Row) -> Any:  # noqa: ANN401
    """A rule of a firm's fiscal year, on plain values."""
    return explain(load_offer(), name, "firm_year", {"firm_year": row}).value


def of_firm_month(name: str, row: Row) -> Any:  # noqa: ANN401
    """A rule of a firm's month, on plain values."""
    return explain(load_offer(), name, "firm_month", {"firm_month": row}).value


def frame(rows: Iterable[Row]) -> pl.DataFrame:
    """Rows as a frame, with a person each where the grain has persons."""
    numbered = [row | ({"person": number} if "person" in row else {}) for number, row in enumerate(rows, start=1)]
    return pl.DataFrame(numbered)


def evaluated(grain: str, rows: pl.DataFrame, names: Iterable[str], firms: pl.DataFrame | None = None) -> pl.DataFrame:
    """Rules of a grain over a frame, by Polars; the parent is one ordinary firm unless given."""
    offer = load_offer()
    frames = {grain: rows}
    parent = offer.grains[grain].parent
    if parent is not None:
        given = frame([firm_year(year=year) for year in rows["year"].unique().sort()]) if firms is None else firms
        frames[parent] = given
    dates = {name: held[offer.grains[name].date] for name, held in frames.items()}
    spans = {name: (int(dated.min()), int(dated.max())) for name, dated in dates.items()}  # type: ignore[arg-type]
    lazy = {name: held.lazy() for name, held in frames.items()}
    result: pl.DataFrame = evaluate(offer, lazy, spans, {grain: list(names)})[grain].collect()
    return result.sort("person") if "person" in result.columns else result
