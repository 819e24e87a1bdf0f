"""Files read one by one (yearly returns and sheets): one way to read them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

import polars as pl

from minassa.declarations import kinds
from minassa.declarations.findings import FileReport
from minassa.declarations.simpl_ir import read as read_statement
from minassa.declarations.tabular import TabularFile, read_firm_sheet, read_staff_register, read_yearly_accounts


class Form(NamedTuple):
    """A file once read: its rows (`person` is still a CNSS number), the report, the taxpayer (IF, 0 when unknown)."""

    rows: pl.DataFrame
    report: FileReport
    fiscal_id: int


_SHEETS: dict[str, Callable[[str, bytes], TabularFile]] = {
    kinds.STAFF_REGISTER: read_staff_register,
    kinds.YEARLY_ACCOUNTS: read_yearly_accounts,
    kinds.FIRM_SHEET: read_firm_sheet,
}

FORMS: Final = (kinds.SIMPL_IR_9421, *_SHEETS)
"""The kinds that are read one file at a time."""


def read_form(kind: str, name: str, content: bytes) -> Form:
    """Read a file of one of the kinds of `FORMS`; KeyError for another kind, nothing about the content."""
    if kind == kinds.SIMPL_IR_9421:
        statement = read_statement(name, content)
        return Form(statement.rows, statement.report, statement.header.fiscal_id)
    sheet = _SHEETS[kind](name, content)
    named = "fiscal_id" in sheet.rows.columns and sheet.rows.height > 0
    return Form(sheet.rows, sheet.report, sheet.rows["fiscal_id"][0] if named else 0)
