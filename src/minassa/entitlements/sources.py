"""The declared rows that entitlements are made of, whatever they come from: the lake, or a case written by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol, TypeAlias

import polars as pl

from minassa.vocabulary.periods import MONTHS_A_YEAR, last_day, month_number, year_of

Columns: TypeAlias = Mapping[str, type[pl.DataType]]

CNSS: Columns = {
    "month": pl.Int32,
    "affiliation": pl.Int32,
    "person": pl.Int64,
    "record": pl.Int8,
    "days": pl.Int16,
    "salary_real": pl.Int64,
    "salary_capped": pl.Int64,
    "situation": pl.Int8,
    "children": pl.Int8,
    "file_id": pl.Int64,
    "line": pl.Int32,
}
DGI: Columns = {
    "year": pl.Int16,
    "fiscal_id": pl.Int64,
    "affiliation": pl.Int32,
    "person": pl.Int64,
    "category": pl.Int8,
    "gross_salary_year": pl.Int64,
    "exempt_year": pl.Int64,
    "gross_taxable_income_year": pl.Int64,
    "professional_expenses_year": pl.Int64,
    "social_contributions_year": pl.Int64,
    "other_deductions_year": pl.Int64,
    "net_taxable_income_year": pl.Int64,
    "income_tax_withheld_year": pl.Int64,
    "dependants": pl.Int8,
    "days_year": pl.Int16,
    "file_id": pl.Int64,
    "line": pl.Int32,
}
STAFF: Columns = {
    "affiliation": pl.Int32,
    "as_of_month": pl.Int32,
    "person": pl.Int64,
    "person_by_cin": pl.Int64,
    "sex": pl.Int8,
    "birth_year": pl.Int16,
    "moroccan": pl.Boolean,
    "nationality": pl.String,
    "contract": pl.Int8,
    "hired_on": pl.Date,
    "left_on": pl.Date,
    "establishment": pl.Int16,
    "filiere": pl.Int8,
    "job_title": pl.String,
    "qualification": pl.Int8,
    "other_aid": pl.String,
    "other_aid_until_month": pl.Int32,
    "file_id": pl.Int64,
    "line": pl.Int32,
}
ACCOUNTS: Columns = {
    "affiliation": pl.Int32,
    "fiscal_id": pl.Int64,
    "fiscal_year": pl.Int16,
    "opens_on": pl.Date,
    "closes_on": pl.Date,
    "turnover_year": pl.Int64,
    "export_turnover_year": pl.Int64,
    "taxable_profit_year": pl.Int64,
    "corporate_tax_year": pl.Int64,
    "value_added_year": pl.Int64,
    "training_spend_year": pl.Int64,
    "file_id": pl.Int64,
    "line": pl.Int32,
}
FIRMS: Columns = {
    "affiliation": pl.Int32,
    "ice": pl.String,
    "fiscal_id": pl.Int64,
    "rc": pl.String,
    "name": pl.String,
    "group_head": pl.Int32,
    "started_on": pl.Date,
    "installed_on": pl.Date,
    "activity": pl.String,
    "regime": pl.Int16,
    "tax_certificate_on": pl.Date,
    "social_certificate_on": pl.Date,
    "establishment": pl.Int16,
    "place": pl.Int16,
    "place_from": pl.Date,
    "place_to": pl.Date,
    "file_id": pl.Int64,
    "line": pl.Int32,
}


class Tables(Protocol):
    """Whatever gives the rows in effect of a table of the lake."""

    def current(self, table: str, versions: dict[str, int] | None = None) -> pl.LazyFrame:
        """Rows in effect of `table`, at the recorded versions when given."""
        ...


@dataclass(frozen=True, slots=True)
class Sources:
    """The five kinds of declared rows, as lazy frames with the columns above."""

    cnss: pl.LazyFrame
    dgi: pl.LazyFrame
    staff: pl.LazyFrame
    accounts: pl.LazyFrame
    firms: pl.LazyFrame

    @classmethod
    def of(cls, tables: Tables, versions: dict[str, int] | None = None) -> Sources:
        """The rows in effect in a lake, at recorded versions when given."""

        def rows(table: str, columns: Columns) -> pl.LazyFrame:
            return tables.current(table, versions).select(pl.col(name).cast(kind) for name, kind in columns.items())

        return cls(
            rows("cnss_lines", CNSS),
            rows("dgi_lines", DGI),
            rows("staff_lines", STAFF),
            rows("account_lines", ACCOUNTS),
            rows("firm_lines", FIRMS),
        )

    def until(self, month: int) -> Sources:
        """The same sources as known at the end of a month.

        Later months are left out, and so are yearly statements of a year that is not over, registers of a later month
        and accounts of a fiscal year that closes later. Firm sheets, which bear no date, are kept.
        """
        year = year_of(month)
        complete = year if month_number(month) == MONTHS_A_YEAR else year - 1
        return Sources(
            self.cnss.filter(pl.col("month") <= month),
            self.dgi.filter(pl.col("year") <= complete),
            self.staff.filter(pl.col("as_of_month") <= month),
            self.accounts.filter(pl.col("closes_on") <= last_day(month)),
            self.firms,
        )
