"""Cells read into values, column by column, and what is said of those that cannot be read."""

from __future__ import annotations

import polars as pl

from minassa.declarations.parsing import amount, day, whole_number
from minassa.declarations.tabular.cells import Cells
from minassa.declarations.tabular.forms import Column, Form, Kind, nearest
from minassa.declarations.tabular.remarks import Remarks

_FIRST_DAY, _LAST_DAY = "1900-01-01", "2199-12-31"
_MONTH = r"^([0-9]{4})-?(0[1-9]|1[0-2])$"
_SPACES = "[\\s\u00a0\u202f]"
_RULES = {
    Kind.NUMBER: ("NOMBRE", "écrivez un nombre entier, en chiffres"),
    Kind.AMOUNT: ("MONTANT", "écrivez des dirhams sans signe, deux décimales au plus (1234,50)"),
    Kind.SIGNED_AMOUNT: ("MONTANT", "écrivez des dirhams, deux décimales au plus (1234,50)"),
    Kind.DAY: ("DATE", "écrivez une date qui existe, AAAA-MM-JJ ou JJ/MM/AAAA"),
    Kind.MONTH: ("MOIS", "écrivez un mois, AAAA-MM"),
    Kind.CODE: ("CODE", "choisissez un code de la liste du modèle"),
}
_MOST_LISTED = 9


def read_values(form: Form, cells: Cells, remarks: Remarks) -> pl.DataFrame:
    """The values under our names; null where a cell is empty or unreadable. Anomalies go to `remarks`."""
    columns = [column for column in form.columns if column.kind is not Kind.NAME]
    values = cells.texts.select(_value(column).alias(column.name) for column in columns)
    for column in columns:
        if column.required:
            message = f"{column.heading} est vide : {column.layout}."
            remarks.reject("CELLULE-VIDE", column.heading, cells.texts[column.heading] == "", message)
    for column in columns:
        if column.kind in _RULES:
            _check_readable(column, cells, values, remarks)
    return values


def _check_readable(column: Column, cells: Cells, values: pl.DataFrame, remarks: Remarks) -> None:
    value = values[column.name]
    if not value.null_count():
        return
    texts = cells.texts[column.heading]
    unreadable = value.is_null() & (texts != "")
    if not unreadable.any():
        return
    rule, what_to_do = _RULES[column.kind]
    if column.kind is Kind.CODE:
        remarks.reject(rule, column.heading, unreadable, lambda row: _unknown_code(column, texts[row]))
    else:
        remarks.reject(rule, column.heading, unreadable, f"{column.heading} illisible : {what_to_do}.")


def _unknown_code(column: Column, text: str) -> str:
    """The cell is not quoted: one column too many would put a name there."""
    meant = nearest(text, column.codes)
    if meant:
        return f"{column.heading} inconnu : vouliez-vous {meant} ?"
    if len(column.codes) <= _MOST_LISTED:
        return f"{column.heading} inconnu : écrivez {', '.join(column.codes)}."
    return f"{column.heading} inconnu : {column.layout}."


def _value(column: Column) -> pl.Expr:
    text = pl.col(column.heading)
    match column.kind:
        case Kind.NUMBER:
            return whole_number(text.str.replace_all(r"[\s.\-]", ""), column.digits)
        case Kind.AMOUNT | Kind.SIGNED_AMOUNT:
            grouped = text.str.replace_all(_SPACES, "")
            return amount(grouped, marks=".,", signed=column.kind is Kind.SIGNED_AMOUNT)
        case Kind.DAY:
            read = day(text, "%Y-%m-%d", "%d/%m/%Y")
            first, last = pl.lit(_FIRST_DAY).str.to_date(), pl.lit(_LAST_DAY).str.to_date()
            return pl.when(read.is_between(first, last)).then(read)
        case Kind.MONTH:
            year = text.str.extract(_MONTH, 1).cast(pl.Int32)
            return year * 12 + text.str.extract(_MONTH, 2).cast(pl.Int32) - 1
        case Kind.CODE:
            codes = list(column.codes)
            kind = pl.String if isinstance(column.codes[codes[0]], str) else pl.Int32
            folded = text.str.to_lowercase() if codes[0].islower() else text.str.to_uppercase()
            return folded.replace_strict(codes, list(column.codes.values()), default=None, return_dtype=kind)
        case _:
            return text
