"""The sheets that exports are brought by: the lines of a firm's quarter, the table of the Office des Changes."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import polars as pl

from minassa.declarations.tabular import Column, Form, Kind, Reader, Sheet, TabularFile, read_one
from minassa.outlook.export.scopes import Scope
from minassa.vocabulary.filieres import FILIERE_CODES

SEGMENTS: Final = {"OFFSHORING": "offshoring", "SOLUTIONS": "solutions", "STARTUP": "startups"}
"""The three segments of the export strategy: offshoring, solutions of SMEs, start-ups going abroad."""
FIRST_YEAR, LAST_YEAR = 2000, 2100
PROVISIONAL: Final = "provisional"
_COUNTRY: Final = r"^[A-Z]{2}$"
_CURRENCY: Final = r"^[A-Z]{3}$"
_USE: Final = "Exportations"
_FILIERES: Final = {code: int(filiere) for code, filiere in FILIERE_CODES.items()}
_SCOPES: Final = {"OFFICE-DES-CHANGES": str(Scope.EXCHANGE_OFFICE), "MINISTERE": str(Scope.MINISTRY)}
_STATES: Final = {"DEFINITIF": "final", "PROVISOIRE": PROVISIONAL}
LINE_SCHEMA: Final = pl.Schema(
    {"line": pl.Int32, "market": pl.String, "segment": pl.String, "filiere": pl.Int8, "currency": pl.String}
    | {"cents": pl.Int64}
)
"""A line of a quarter: ISO country, segment, filière, ISO currency, centimes of dirham."""
OFFICIAL_SCHEMA: Final = pl.Schema(
    {"line": pl.Int32, "scope": pl.String, "year": pl.Int32, "filiere": pl.Int8, "cents": pl.Int64, "state": pl.String}
    | {"source": pl.String}
)
"""A line of an official table; filière 0 is all of them together."""


def _text(heading: str, name: str, meaning: str, layout: str, example: str) -> Column:
    return Column(heading, name, Kind.TEXT, meaning, layout, meaning, _USE, required=True, examples=(example,))


def _code(heading: str, name: str, meaning: str, codes: dict[str, int] | dict[str, str], example: str) -> Column:
    layout = ", ".join(codes)
    return Column(
        heading, name, Kind.CODE, meaning, layout, meaning, _USE, required=True, codes=codes, examples=(example,)
    )


def _amount(meaning: str, example: str) -> Column:
    layout = "Dirhams, deux décimales au plus"
    return Column("montant", "cents", Kind.AMOUNT, meaning, layout, meaning, _USE, required=True, examples=(example,))


STATEMENT_FORM: Final = Form(
    "export_statement",
    "EXP",
    "Exportations d'un trimestre",
    r"(?P<affiliation>)EXPORT.*",
    "EXPORT_2026-T3",
    (
        _text("marche", "market", "Pays du client", "Code ISO du pays, deux lettres", "FR"),
        _code("segment", "segment", "Segment de la stratégie d'export", SEGMENTS, "OFFSHORING"),
        _code("filiere", "filiere", "Filière", {**_FILIERES, "AUCUNE": 0}, "CRM"),
        _text("devise", "currency", "Devise de la facture", "Code ISO de la devise, trois lettres", "EUR"),
        _amount("Chiffre d'affaires exporté, en dirhams", "1250000,00"),
    ),
)
OFFICIAL_FORM: Final = Form(
    "official_exports",
    "OFF",
    "Exportations de l'offshoring selon l'Office des changes",
    r"(?P<affiliation>)OFFICE.*",
    "OFFICE-DES-CHANGES_2026",
    (
        _code("perimetre", "scope", "Périmètre de la série", _SCOPES, "OFFICE-DES-CHANGES"),
        Column("annee", "year", Kind.NUMBER, "Année", "AAAA", "Dater", _USE, required=True, examples=("2025",)),
        _code("filiere", "filiere", "Filière", {"TOUTES": 0, **_FILIERES}, "TOUTES"),
        _amount("Recettes de l'année, en dirhams", "26220000000,00"),
        _code("etat", "state", "Nombre définitif ou provisoire", _STATES, "PROVISOIRE"),
        _text("source", "source", "D'où vient le nombre", "Publication, adresse ou lettre", "Exemple inventé"),
    ),
)


def read_statement(name: str, source: bytes | Path) -> TabularFile:
    """Read the lines of a quarter, CSV or XLSX; rows have the columns of `LINE_SCHEMA`."""
    return read_one(_STATEMENTS, name, source)


def read_official(name: str, source: bytes | Path) -> TabularFile:
    """Read a table of the Office des Changes; a line of another scope is refused. Rows: `OFFICIAL_SCHEMA`."""
    return read_one(_OFFICIAL, name, source)


def _lines(sheet: Sheet) -> pl.DataFrame:
    values = sheet.values.with_columns(pl.col("market", "currency").str.strip_chars().str.to_uppercase())
    for heading, name, shape in (("marche", "market", _COUNTRY), ("devise", "currency", _CURRENCY)):
        wrong = (values[name] != "") & ~values[name].str.contains(shape)
        message = f"{heading} illisible : écrivez le code ISO, par exemple {'FR' if name == 'market' else 'EUR'}."
        sheet.remarks.reject("CODE-ISO", heading, wrong, message)
    home = values["market"] == "MA"
    sheet.remarks.reject("PAS-EXPORT", "marche", home, "MA n'est pas un marché d'export : retirez la ligne.")
    nothing = values["cents"] <= 0
    sheet.remarks.reject("MONTANT", "montant", nothing, "Un montant exporté est plus grand que zéro.")
    return values


def _official(sheet: Sheet) -> pl.DataFrame:
    values = sheet.values
    other = values["scope"] != str(Scope.EXCHANGE_OFFICE)
    message = "Ce périmètre est celui du ministère : il ne se mêle pas à la série de l'Office des changes."
    sheet.remarks.reject("PERIMETRE", "perimetre", other, message)
    strange = ~values["year"].is_between(FIRST_YEAR, LAST_YEAR)
    sheet.remarks.reject("ANNEE", "annee", strange, "Écrivez l'année sur quatre chiffres.")
    sheet.remarks.reject("MONTANT", "montant", values["cents"] <= 0, "Une recette est plus grande que zéro.")
    again = values.select(pl.struct("scope", "year", "filiere").is_first_distinct().not_()).to_series()
    sheet.remarks.reject("DEUX-FOIS", "annee", again, "Cette année et cette filière sont déjà plus haut.")
    return values


_STATEMENTS: Final = Reader(STATEMENT_FORM, LINE_SCHEMA, _lines)
_OFFICIAL: Final = Reader(OFFICIAL_FORM, OFFICIAL_SCHEMA, _official)
