"""Declared rows made in memory, a line of text each: what the lake would hold of some firms."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import polars as pl

from minassa.declarations import schemas
from minassa.declarations.schemas import Columns
from minassa.entitlements.sources import Sources
from minassa.vocabulary.periods import first_day, month_index

FIRM, OTHER, SILENT = 1, 2, 3
"""A firm with everything filed, one in the same group, and one of which CNSS alone knows."""
JULY_2025 = month_index(2025, 7)
UNTIL = month_index(2027, 12)
CAP = 600_000
PLACE = 101
Row = dict[str, Any]


def frame(columns: Columns, rows: list[Row]) -> pl.LazyFrame:
    """Rows with the neutral value of each column that they do not name, numbered by line."""
    neutral = {pl.String: "", pl.Boolean: False, pl.Date: None}
    whole = [
        {"file_id": 1, "line": number, **{name: neutral.get(kind, 0) for name, kind in columns.items()}, **row}
        | {"line": row.get("line", number), "file_id": row.get("file_id", 1)}
        for number, row in enumerate(rows, start=1)
    ]
    return pl.DataFrame(whole, schema=dict(columns)).lazy()


def month(firm: int, person: int, at: int, salary: int = 800_000, situation: int = 0, days: int = 26) -> Row:
    """A month declared at CNSS."""
    return {
        "affiliation": firm,
        "person": person,
        "month": at,
        "record": 2,
        "days": days,
        "salary_real": salary,
        "salary_capped": min(salary, CAP),
        "situation": situation,
    }


def stay(firm: int, person: int, hired: int, **facts: object) -> Row:
    """A line of the register of December 2027."""
    return {
        "affiliation": firm,
        "as_of_month": UNTIL,
        "person": person,
        "moroccan": True,
        "nationality": "MA",
        "contract": 1,
        "hired_on": first_day(hired),
        "establishment": 1,
        "filiere": 1,
        "job_title": f"Poste {person}",
        "qualification": 5,
        **facts,
    }


def statement(firm: int, person: int, year: int, income: int, withheld: int, **facts: object) -> Row:
    """A line of a yearly statement of salaries."""
    return {
        "affiliation": firm,
        "person": person,
        "year": year,
        "category": 1,
        "gross_taxable_income_year": income,
        "income_tax_withheld_year": withheld,
        **facts,
    }


def accounts(firm: int, year: int, **facts: object) -> Row:
    """The accounts of a calendar year, of a firm that exports everything."""
    return {
        "affiliation": firm,
        "fiscal_year": year,
        "opens_on": dt.date(year, 1, 1),
        "closes_on": dt.date(year, 12, 31),
        "turnover_year": 500_000_000,
        "export_turnover_year": 500_000_000,
        "taxable_profit_year": 50_000_000,
        "corporate_tax_year": 10_000_000,
        **facts,
    }


def sheet(firm: int, **facts: object) -> Row:
    """A line of a firm sheet: one establishment, in order, long there."""
    return {
        "affiliation": firm,
        "group_head": FIRM,
        "name": "ENTREPRISE FICTIVE",
        "started_on": dt.date(2015, 1, 1),
        "installed_on": dt.date(2015, 1, 1),
        "activity": "ITO",
        "regime": 2025,
        "tax_certificate_on": dt.date(2027, 12, 31),
        "social_certificate_on": dt.date(2027, 12, 31),
        "establishment": 1,
        "place": PLACE,
        "place_from": dt.date(2015, 1, 1),
        **facts,
    }


def filed(
    cnss: list[Row] | None = None,
    dgi: list[Row] | None = None,
    staff: list[Row] | None = None,
    books: list[Row] | None = None,
    sheets: list[Row] | None = None,
) -> Sources:
    """What was filed; nothing of the kinds left out."""
    return Sources(
        frame(schemas.CNSS, cnss or []),
        frame(schemas.DGI, dgi or []),
        frame(schemas.STAFF, staff or []),
        frame(schemas.ACCOUNTS, books or []),
        frame(schemas.FIRMS, sheets or []),
    )


class Held:
    """Declared rows under the names of the tables of a lake, at whatever version."""

    def __init__(self, rows: Sources) -> None:
        self.tables = {
            "cnss_lines": rows.cnss,
            "dgi_lines": rows.dgi,
            "staff_lines": rows.staff,
            "account_lines": rows.accounts,
            "firm_lines": rows.firms,
        }

    def current(self, table: str, versions: Mapping[str, int] | None = None) -> pl.LazyFrame:
        """Every row of a table."""
        del versions
        return self.tables[table]
