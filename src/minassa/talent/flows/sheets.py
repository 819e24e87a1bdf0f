"""Sheets of training bodies once read: rows that may be kept, and what is wrong with the others, line by line."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import polars as pl

from minassa.declarations.tabular import Reader, Sheet, TabularFile, read_one
from minassa.talent.flows.forms import COHORT, COHORT_FORM, COUNTS, GRADUATE_FORM
from minassa.vocabulary.identifiers import immatriculation_key_holds

_CODE: Final = r"^[0-9A-Za-z][0-9A-Za-z-]{0,39}$"
_CIN: Final = r"^[A-Z]{1,3}[0-9]{1,7}$"
_TEXTS: Final = dict.fromkeys(COHORT, pl.String)
COHORT_SCHEMA: Final = pl.Schema(
    {"line": pl.Int32, **_TEXTS, "title": pl.String, "kind": pl.String, "filiere": pl.Int8, "region": pl.Int8}
    | {"starts_month": pl.Int32, "ends_month": pl.Int32, **dict.fromkeys(COUNTS, pl.Int32), "source": pl.String}
)
"""Columns of cohorts; a count that nobody knows is null, never 0."""
GRADUATE_SCHEMA: Final = pl.Schema(
    {"line": pl.Int32, **_TEXTS, "number": pl.Int64, "cin": pl.String, "graduated_month": pl.Int32, "ground": pl.String}
)
"""Columns of graduates; `number` is the CNSS number (0 none), `cin` the card or ""."""


def read_cohorts(name: str, source: bytes | Path) -> TabularFile:
    """Read a sheet of cohorts, CSV or XLSX; rows have the columns of `COHORT_SCHEMA`."""
    return read_one(_COHORTS, name, source)


def read_graduates(name: str, source: bytes | Path) -> TabularFile:
    """Read a sheet of graduates, CSV or XLSX; rows have the columns of `GRADUATE_SCHEMA`."""
    return read_one(_GRADUATES, name, source)


def _cohorts(sheet: Sheet) -> pl.DataFrame:
    values = sheet.values
    _check_key(sheet)
    message = "fin précède debut : vérifiez les deux mois."
    sheet.remarks.reject("ORDRE", "fin", values["ends_month"] < values["starts_month"], message)
    more = values["graduated"] > values["enrolled"]
    sheet.remarks.warn("DEPASSE", "diplomes", more, "Plus de diplômés que d'inscrits : vérifiez les deux nombres.")
    _check_twice(sheet, list(COHORT), "organisme", "Cette cohorte est déjà plus haut : gardez une seule ligne.")
    return values


def _graduates(sheet: Sheet) -> pl.DataFrame:
    _check_key(sheet)
    values = sheet.values.with_columns(
        pl.col("number").fill_null(0), pl.col("cin").str.to_uppercase().str.replace_all(r"[\s.\-]", "")
    )
    number, card = values["number"], values["cin"]
    nobody = (number == 0) & (card == "")
    sheet.remarks.reject("PERSONNE", "num_cnss", nobody, "Ni num_cnss ni cin : écrivez l'un des deux.")
    wrong = (number != 0) & ~pl.Series(immatriculation_key_holds(number.to_numpy()))
    sheet.remarks.reject("CLE", "num_cnss", wrong, "num_cnss n'a pas la bonne clé : recopiez ses neuf chiffres.")
    odd = (card != "") & ~card.str.contains(_CIN)
    sheet.remarks.reject("CIN", "cin", odd, "cin illisible : une à trois lettres puis des chiffres.")
    return values


def _check_key(sheet: Sheet) -> None:
    for name, heading in zip(COHORT, ("organisme", "programme", "cohorte"), strict=True):
        text = sheet.values[name]
        wrong = (text != "") & ~text.str.contains(_CODE)
        message = f"{heading} illisible : lettres, chiffres et traits d'union, quarante au plus."
        sheet.remarks.reject("CLE-COHORTE", heading, wrong, message)


def _check_twice(sheet: Sheet, columns: list[str], heading: str, message: str) -> None:
    ranks = sheet.values.with_row_index("row").with_columns(file=pl.Series(sheet.files))
    again = ranks.select(pl.struct("file", *columns).is_first_distinct().not_()).to_series()
    sheet.remarks.reject("DEUX-FOIS", heading, again, message)


_COHORTS: Final = Reader(COHORT_FORM, COHORT_SCHEMA, _cohorts)
_GRADUATES: Final = Reader(GRADUATE_FORM, GRADUATE_SCHEMA, _graduates)
