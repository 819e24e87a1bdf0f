"""The declared rows that entitlements are made of, whatever they come from: the lake, or a case written by hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import polars as pl

from minassa.declarations.schemas import ACCOUNTS, CNSS, DGI, FIRMS, STAFF, Columns
from minassa.vocabulary.periods import MONTHS_A_YEAR, last_day, month_number, year_of


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
