"""The tables of the lake: their columns, how they are partitioned, in which order their rows are kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import polars as pl
from deltalake import Field, Schema
from deltalake.schema import PrimitiveType

from minassa.declarations.kinds import (
    EBDS_COMPLEMENTARY,
    EBDS_PRINCIPAL,
    FIRM_SHEET,
    SIMPL_IR_9421,
    STAFF_REGISTER,
    YEARLY_ACCOUNTS,
)

DEPOSITS: Final = "deposits"
CNSS_LINES: Final = "cnss_lines"
DGI_LINES: Final = "dgi_lines"
STAFF_LINES: Final = "staff_lines"
ACCOUNT_LINES: Final = "account_lines"
FIRM_LINES: Final = "firm_lines"
FINDINGS: Final = "findings"

IN_EFFECT: Final = "in_effect"
REJECTED: Final = "rejected"

Columns = dict[str, type[pl.DataType]]

_DELTA_TYPES: Mapping[type[pl.DataType], str] = {
    pl.Int8: "byte",
    pl.Int16: "short",
    pl.Int32: "integer",
    pl.Int64: "long",
    pl.Boolean: "boolean",
    pl.String: "string",
    pl.Date: "date",
}
_BY_FIRM = "affiliation"
_SUMMARISED = (pl.Int8, pl.Int16, pl.Int32, pl.Int64)


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its columns, the one its rows are sorted by, the kinds of file it comes from, its partition or ""."""

    name: str
    columns: Columns
    order: str
    kinds: tuple[str, ...] = ()
    partition: str = ""

    @property
    def partitions(self) -> list[str]:
        """The partition columns, as Delta wants them."""
        return [self.partition] if self.partition else []

    @property
    def schema(self) -> Schema:
        """The columns in the types of Delta."""
        return Schema([Field(name, PrimitiveType(_DELTA_TYPES[kind])) for name, kind in self.columns.items()])

    @property
    def summarised(self) -> list[str]:
        """The whole-number columns written in files: the log keeps their bounds, so that files can be skipped."""
        return [name for name, kind in self.columns.items() if kind in _SUMMARISED and name != self.partition]

    def empty(self) -> pl.DataFrame:
        """The table without any row."""
        return pl.DataFrame(schema=dict(self.columns))


_SOURCE: Columns = {"file_id": pl.Int64, "line": pl.Int32}

# `lines`, `accepted` and `rejected` are those of the file, headers included; `rows` is what it brought to the lake.
_DEPOSIT_COLUMNS: Columns = {
    "file_id": pl.Int64,
    "deposit_id": pl.Int64,
    "received_at": pl.String,
    "kind": pl.String,
    "name": pl.String,
    "digest": pl.String,
    "affiliation": pl.Int32,
    "fiscal_id": pl.Int64,
    "period": pl.String,
    "complement": pl.Int8,
    "supersession_key": pl.String,
    "lines": pl.Int64,
    "accepted": pl.Int64,
    "rejected": pl.Int64,
    "rows": pl.Int64,
    "state": pl.String,
    "pack": pl.String,
    "offset": pl.Int64,
    "length": pl.Int64,
}
_CNSS_COLUMNS: Columns = _SOURCE | {
    "month": pl.Int32,
    "affiliation": pl.Int32,
    "person": pl.Int64,
    "record": pl.Int8,
    "days": pl.Int16,
    "salary_real": pl.Int64,
    "salary_capped": pl.Int64,
    "situation": pl.Int8,
    "children": pl.Int8,
}
_DGI_COLUMNS: Columns = _SOURCE | {
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
}
_STAFF_COLUMNS: Columns = _SOURCE | {
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
}
_ACCOUNT_COLUMNS: Columns = _SOURCE | {
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
}
_FIRM_COLUMNS: Columns = _SOURCE | {
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
}
_FINDING_COLUMNS: Columns = {
    "file_id": pl.Int64,
    "rule": pl.String,
    "severity": pl.String,
    "line": pl.Int32,
    "column": pl.Int32,
    "message": pl.String,
}

TABLES: Final[Mapping[str, Table]] = MappingProxyType(
    {
        table.name: table
        for table in (
            Table(DEPOSITS, _DEPOSIT_COLUMNS, "file_id"),
            Table(CNSS_LINES, _CNSS_COLUMNS, _BY_FIRM, (EBDS_PRINCIPAL, EBDS_COMPLEMENTARY), "month"),
            Table(DGI_LINES, _DGI_COLUMNS, _BY_FIRM, (SIMPL_IR_9421,), "year"),
            Table(STAFF_LINES, _STAFF_COLUMNS, _BY_FIRM, (STAFF_REGISTER,)),
            Table(ACCOUNT_LINES, _ACCOUNT_COLUMNS, _BY_FIRM, (YEARLY_ACCOUNTS,)),
            Table(FIRM_LINES, _FIRM_COLUMNS, _BY_FIRM, (FIRM_SHEET,)),
            Table(FINDINGS, _FINDING_COLUMNS, "file_id"),
        )
    }
)
"""Every table by its name; `deposits` is the one that makes the others visible."""
