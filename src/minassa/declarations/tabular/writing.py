"""The three forms written as CSV: `;`, UTF-8, dates AAAA-MM-JJ, amounts with a dot, from frames of our columns."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

import polars as pl

from minassa.declarations.tabular.accounts_form import ACCOUNTS_FORM
from minassa.declarations.tabular.firm_form import FIRM_FORM
from minassa.declarations.tabular.forms import Column, Form, Kind
from minassa.declarations.tabular.staff_form import STAFF_FORM

SEPARATOR = ";"

_PADDED = {"affiliation": 7, "group_head": 7, "establishment": 4}
"""Digits of numbers that are always written whole."""


def write_staff_register(target: BinaryIO | Path, frame: pl.DataFrame) -> None:
    """Write a staff register. The columns are those of `STAFF_SCHEMA`, with `family_name` and `given_name` if wanted.

    A column that is missing is written empty; `line`, `affiliation`, `as_of_month` and `moroccan` are not written.
    Codes are the numbers of the lake. Raises ValueError for a column or a code that the register does not know.
    """
    _write(STAFF_FORM, target, frame, unwritten={"line", "affiliation", "as_of_month", "moroccan"})


def write_yearly_accounts(target: BinaryIO | Path, frame: pl.DataFrame) -> None:
    """Write yearly accounts from the columns of `ACCOUNTS_SCHEMA`, amounts in centimes. Raises as the register does."""
    _write(ACCOUNTS_FORM, target, frame, unwritten={"line", "fiscal_year"})


def write_firm_sheet(target: BinaryIO | Path, frame: pl.DataFrame) -> None:
    """Write a firm sheet from the columns of `FIRM_SCHEMA`; a firm that heads itself is written alone. Raises alike."""
    if {"group_head", "affiliation"} <= set(frame.columns):
        alone = pl.col("group_head") == pl.col("affiliation")
        frame = frame.with_columns(group_head=pl.when(~alone).then("group_head"))
    _write(FIRM_FORM, target, frame, unwritten={"line"})


def _write(form: Form, target: BinaryIO | Path, frame: pl.DataFrame, unwritten: set[str]) -> None:
    strange = sorted(set(frame.columns) - {column.name for column in form.columns} - unwritten)
    if strange:
        raise ValueError(f"Colonnes inconnues : {', '.join(strange)}.")
    written = frame.select(_text(column, frame).alias(column.heading) for column in form.columns)
    for column in form.columns:
        if column.codes and column.name in frame.columns:
            _check_codes(column, frame[column.name], written[column.heading])
    if isinstance(target, Path):
        with target.open("wb") as stream:
            written.write_csv(stream, separator=SEPARATOR, null_value="")
    else:
        written.write_csv(target, separator=SEPARATOR, null_value="")


def _check_codes(column: Column, values: pl.Series, texts: pl.Series) -> None:
    empty = values.is_null() if values.dtype == pl.String else values.fill_null(0) == 0
    if (texts.is_null() & ~empty & (values.cast(pl.String) != "")).any():
        raise ValueError(f"{column.name} : un code n'est pas de la liste.")


def _text(column: Column, frame: pl.DataFrame) -> pl.Expr:
    if column.name not in frame.columns:
        return pl.lit("")
    return _written(column, pl.col(column.name))


def _written(column: Column, value: pl.Expr) -> pl.Expr:
    """A value as it is typed in a cell; null for an empty one."""
    match column.kind:
        case Kind.AMOUNT | Kind.SIGNED_AMOUNT:
            return _dirhams(value)
        case Kind.DAY:
            return value.dt.to_string("%Y-%m-%d")
        case Kind.MONTH:
            year, month = value // 12, value % 12 + 1
            text = pl.format("{}-{}", year, month.cast(pl.String).str.zfill(2))
            return pl.when(value > 0).then(text)
        case Kind.CODE:
            codes = {number: code for code, number in column.codes.items()}
            return value.replace_strict(list(codes), list(codes.values()), default=None, return_dtype=pl.String)
        case Kind.NUMBER:
            return pl.when(value > 0).then(value).cast(pl.String).str.zfill(_PADDED.get(column.name, 1))
        case _:
            return value.cast(pl.String)


def _dirhams(cents: pl.Expr) -> pl.Expr:
    text = cents.abs().cast(pl.String).str.zfill(3)
    sign = pl.when(cents < 0).then(pl.lit("-")).otherwise(pl.lit(""))
    return pl.concat_str(sign, text.str.head(-2), pl.lit("."), text.str.tail(2))
