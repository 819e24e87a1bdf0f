"""The yearly statements of salaries (SIMPL-IR) of the firms of a basin."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from minassa.declarations.simpl_ir import Employer, write
from minassa.declarations.simpl_ir import Statement as StatementFile
from minassa.nation.calendar_days import days
from minassa.nation.invented_numbers import fiscal_id, rc
from minassa.nation.staff import Staff
from minassa.nation.titles import NOTICE, company
from minassa.nation.yearbook import EXEMPT, PERMANENT, TRAINEE, Statement
from minassa.vocabulary.periods import month_index
from minassa.vocabulary.rounding import allocate

_COMMUTING = 5
_MARRIED_RATE = ("TPP.35.2009", "TPP.25.2009")
_LOW_RATE = 35


def write_statement(
    staff: Staff, firm: int, year: int, statement: Statement, payroll: NDArray[np.int64], folder: Path
) -> None:
    """Write the statement of a firm for a year. `payroll` is its gross pay in each of the twelve months."""
    if not len(statement.links):
        return
    firms = staff.market.firms
    rank, number = int(firms.rank[firm]), int(firms.affiliation[firm])
    file = StatementFile(
        employer=Employer(
            fiscal_id=fiscal_id(rank),
            affiliation=number,
            year=year,
            name=company(rank, int(firms.filiere[firm])),
            address=NOTICE,
            trade_register=str(rc(rank)),
        ),
        permanent=_permanent(staff, statement, np.flatnonzero(statement.category == PERMANENT)),
        exempt=_exempt(staff, statement, np.flatnonzero(statement.category == EXEMPT)),
        trainees=_trainees(staff, statement, np.flatnonzero(statement.category == TRAINEE)),
        payments=_payments(year, statement, payroll),
    )
    target = folder / str(year)
    target.mkdir(parents=True, exist_ok=True)
    write(target / f"SIMPLIR_{number}_{year}.xml", file)


def _identity(staff: Staff, statement: Statement, rows: NDArray[np.int64]) -> dict[str, pl.Series]:
    person = staff.person[statement.links[rows]]
    number, cin = staff.number[person], staff.cin[person]
    card = np.where(cin == b"", np.strings.add("QZE", (number // 10 % 1_000_000).astype("U6")), "")
    texts = {
        "family_name": staff.family[person],
        "given_name": staff.given[person],
        "cin": cin,
    }
    columns = {name: pl.Series(name, np.strings.decode(values).tolist(), pl.String) for name, values in texts.items()}
    columns["residence_card"] = pl.Series("residence_card", card.tolist(), pl.String)
    columns["person"] = pl.Series("person", number, pl.Int64)
    columns["days_year"] = pl.Series("days_year", statement.days[rows], pl.Int64)
    return columns


def _permanent(staff: Staff, statement: Statement, rows: NDArray[np.int64]) -> pl.DataFrame:
    if not len(rows):
        return pl.DataFrame()
    people, person = staff.people, staff.person[statement.links[rows]]
    married = people["dependants"][person] > people["children"][person]
    low = statement.tax.expenses_rate[rows] == _LOW_RATE
    amounts = {
        "base_salary_year": statement.base,
        "gross_salary_year": statement.gross,
        "exempt_year": statement.exempt,
        "gross_taxable_income_year": statement.taxable,
        "professional_expenses_year": statement.tax.professional_expenses,
        "social_contributions_year": statement.social,
        "other_deductions_year": statement.other,
        "net_taxable_income_year": statement.tax.net_taxable,
        "income_tax_withheld_year": statement.tax.income_tax,
        "dependants": np.minimum(statement.dependants, 6),
    }
    return pl.DataFrame(
        {
            **_identity(staff, statement, rows),
            **{name: values[rows] for name, values in amounts.items()},
            "exempt_nature": np.full(len(rows), _COMMUTING),
            "sportsman": np.zeros(len(rows), np.bool_),
            "family_status": np.where(married | (people["children"][person] > 0), "M", "C").tolist(),
            "expenses_rate": np.where(low, *_MARRIED_RATE).tolist(),
        }
    )


def _exempt(staff: Staff, statement: Statement, rows: NDArray[np.int64]) -> pl.DataFrame:
    if not len(rows):
        return pl.DataFrame()
    spell = staff.first_spell[statement.links[rows]]
    start = staff.spells["start"][spell].astype(np.int64) + staff.market.first_month
    hired = days(start, staff.spells["start_day"][spell].astype(np.int64))
    net = statement.taxable[rows] - statement.social[rows]
    return pl.DataFrame(
        {
            **_identity(staff, statement, rows),
            "hired_on": pl.Series("hired_on", hired),
            "gross_salary_year": statement.gross[rows],
            "gross_taxable_income_year": statement.taxable[rows],
            "other_deductions_year": statement.social[rows],
            "net_taxable_income_year": net,
        }
    )


def _trainees(staff: Staff, statement: Statement, rows: NDArray[np.int64]) -> pl.DataFrame:
    if not len(rows):
        return pl.DataFrame()
    return pl.DataFrame(
        {
            **_identity(staff, statement, rows),
            "gross_salary_year": statement.gross[rows],
            "net_taxable_income_year": statement.taxable[rows],
        }
    )


def _payments(year: int, statement: Statement, payroll: NDArray[np.int64]) -> pl.DataFrame:
    """Return what was paid to the Treasury for each month: the tax of the year, as pay went."""
    permanent = statement.category == PERMANENT
    total = int(statement.tax.income_tax[permanent].sum())
    if not total or not payroll.sum():
        return pl.DataFrame()
    months = np.arange(1, 13)
    paid_on = days(month_index(year, 1) + months, np.full(len(months), 25))
    return pl.DataFrame(
        {
            "month": months,
            "paid": np.array(allocate(total, payroll.tolist()), np.int64),
            "paid_on": pl.Series("paid_on", paid_on),
        }
    )
