"""The tables of the lake: their columns, how they are partitioned, in which order their rows are kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import polars as pl
from deltalake import Field, Schema
from deltalake.schema import PrimitiveType

from minassa.declarations import schemas
from minassa.declarations.kinds import (
    EBDS_COMPLEMENTARY,
    EBDS_PRINCIPAL,
    FIRM_SHEET,
    SIMPL_IR_9421,
    STAFF_REGISTER,
    YEARLY_ACCOUNTS,
)
from minassa.declarations.schemas import Columns

DEPOSITS: Final = "deposits"
CNSS_LINES: Final = "cnss_lines"
DGI_LINES: Final = "dgi_lines"
STAFF_LINES: Final = "staff_lines"
ACCOUNT_LINES: Final = "account_lines"
FIRM_LINES: Final = "firm_lines"
FINDINGS: Final = "findings"

IN_EFFECT: Final = "in_effect"
REJECTED: Final = "rejected"

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
            Table(CNSS_LINES, schemas.CNSS, _BY_FIRM, (EBDS_PRINCIPAL, EBDS_COMPLEMENTARY), "month"),
            Table(DGI_LINES, schemas.DGI, _BY_FIRM, (SIMPL_IR_9421,), "year"),
            Table(STAFF_LINES, schemas.STAFF, _BY_FIRM, (STAFF_REGISTER,)),
            Table(ACCOUNT_LINES, schemas.ACCOUNTS, _BY_FIRM, (YEARLY_ACCOUNTS,)),
            Table(FIRM_LINES, schemas.FIRMS, _BY_FIRM, (FIRM_SHEET,)),
            Table(FINDINGS, _FINDING_COLUMNS, "file_id"),
        )
    }
)
"""Every table by its name; `deposits` is the one that makes the others visible."""
