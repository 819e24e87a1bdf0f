"""The accounts of a firm for a fiscal year."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl

from minassa.declarations.tabular.accounts_form import ACCOUNTS_FORM
from minassa.declarations.tabular.reading import Reader, Sheet, TabularFile, read_one
from minassa.vocabulary.identifiers import affiliation_key_holds

ACCOUNTS_SCHEMA = pl.Schema(
    {
        "line": pl.Int32,
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
)
"""Columns of the rows, as in the lake's `account_lines`; amounts in centimes."""

_LONGEST = 366
"""Days: beyond, the span is more than one fiscal year."""


def read_yearly_accounts(name: str, source: bytes | Path) -> TabularFile:
    """Read yearly accounts, CSV or XLSX, named COMPTES_<affiliation>_<AAAA> after the year of closing.

    The rows have the columns of `ACCOUNTS_SCHEMA`. A file is about one firm and one fiscal year: that of its name, or
    of its first sound row when the name says none.
    """
    return read_one(ACCOUNTS, name, source)


def _check(sheet: Sheet) -> pl.DataFrame:
    values = sheet.values.with_columns(fiscal_year=pl.col("closes_on").dt.year())
    _check_dates(sheet, values)
    _check_export(sheet, values)
    check_affiliations(sheet)
    _check_year(sheet, values)
    return values


def _check_dates(sheet: Sheet, values: pl.DataFrame) -> None:
    days = (values["closes_on"] - values["opens_on"]).dt.total_days() + 1
    message = "exercice_au est avant exercice_du : corrigez l'un ou l'autre."
    sheet.remarks.reject("DATES", "exercice_au", days < 1, message)
    message = "L'exercice dure plus de douze mois : vérifiez les deux dates."
    sheet.remarks.warn("DUREE", "exercice_au", days > _LONGEST, message)


def _check_export(sheet: Sheet, values: pl.DataFrame) -> None:
    over = values["export_turnover_year"] > values["turnover_year"]
    message = "chiffre_affaires_export_devises dépasse chiffre_affaires : corrigez l'un ou l'autre."
    sheet.remarks.reject("EXPORT", "chiffre_affaires_export_devises", over, message)


def check_affiliations(sheet: Sheet) -> None:
    """Every row is about the firm of the file name, or of the first sound row; a key that fails only warns."""
    given = sheet.values["affiliation"].fill_null(0)
    sheet.remarks.reject("AFFILIATION", "affiliation", given == 0, "affiliation est vide ou nulle : 7 chiffres.")
    expected = sheet.expected(sheet.affiliations, given)
    message = "affiliation n'est pas celle du fichier : un fichier ne parle que d'une entreprise."
    sheet.remarks.reject("AFFILIATION", "affiliation", (given != 0) & (given != pl.Series(expected)), message)
    odd = (given > 0).to_numpy() & ~affiliation_key_holds(given.to_numpy())
    message = "Le dernier chiffre de affiliation ne correspond pas aux premiers : vérifiez le numéro."
    sheet.remarks.warn("AFFILIATION-CLE", "affiliation", odd, message)


def _check_year(sheet: Sheet, values: pl.DataFrame) -> None:
    """One row, for the fiscal year of the file."""
    year = values["fiscal_year"]
    expected = pl.Series(sheet.expected(sheet.periods, year))
    message = "L'exercice n'est pas celui du nom du fichier (année de clôture) : un fichier par exercice."
    sheet.remarks.reject("EXERCICE", "exercice_au", year != expected, message)
    sound = np.flatnonzero(~sheet.remarks.rejected)
    again = np.zeros(len(values), dtype=np.bool_)
    again[sound] = True
    first = sheet.first_sound()
    again[first[first >= 0]] = False
    message = "Cet exercice a déjà une ligne plus haut : gardez la bonne."
    sheet.remarks.reject("DOUBLON", "exercice_du", again, message)


ACCOUNTS = Reader(ACCOUNTS_FORM, ACCOUNTS_SCHEMA, _check, period="fiscal_year")
"""How yearly accounts are read."""
