"""The sheet of figures of markets once read: rows that may be kept, what is wrong with the others, line by line."""

from __future__ import annotations

import re
from typing import Final

import polars as pl

from minassa.declarations.tabular import Column, Form, Kind, Reader, Sheet, TabularFile, read_one
from minassa.markets.countries import markets
from minassa.markets.criteria import criteria
from minassa.markets.models import Segment

SEGMENTS: Final = {"OFFSHORING": Segment.OFFSHORING, "PME": Segment.SME, "STARTUP": Segment.STARTUP}
OLDEST: Final = 1990
LATEST: Final = 2100
_KEY: Final = ("market", "segment", "year", "criterion")
_NUMBER: Final = re.compile(r"(-?)(\d{1,12})(?:[.,](\d{1,4}))?")
_USE: Final = "Attractivité des marchés"
SCHEMA: Final = pl.Schema(
    {"line": pl.Int32, "market": pl.String, "segment": pl.String, "year": pl.Int32, "criterion": pl.String}
    | {"value": pl.Int64, "unit": pl.String, "source_title": pl.String, "source_url": pl.String}
)
"""Columns of figures; `value` is in ten-thousandths of the unit."""


def _text(heading: str, name: str, meaning: str, layout: str, example: str) -> Column:
    why = "Classer le chiffre et dire d'où il vient"
    return Column(heading, name, Kind.TEXT, meaning, layout, why, _USE, required=True, examples=(example,))


FORM: Final = Form(
    "market_figures",
    "MARCHE",
    "Chiffres des marchés",
    r"(?P<affiliation>)MARCHES",
    "MARCHES_chiffres",
    (
        _text("marche", "market", "Pays du marché", "Code ISO 3166 à deux lettres, par exemple FR", "FR"),
        Column(
            "segment",
            "segment",
            Kind.CODE,
            "Ce qui se vend",
            ", ".join(SEGMENTS),
            "Séparer les segments",
            _USE,
            required=True,
            codes={code: str(one) for code, one in SEGMENTS.items()},
            examples=("OFFSHORING",),
        ),
        Column(
            "annee", "year", Kind.NUMBER, "Année du chiffre", "AAAA", "Dater", _USE, required=True, examples=("2025",)
        ),
        Column(
            "critere",
            "criterion",
            Kind.CODE,
            "Ce qui est mesuré",
            ", ".join(one.code for one in criteria().criteria),
            "Comparer les marchés",
            _USE,
            required=True,
            codes={one.code: one.code for one in criteria().criteria},
            examples=("time_gap",),
        ),
        _text("valeur", "value", "Le chiffre", "Nombre, quatre décimales au plus, virgule ou point", "1"),
        _text("unite", "unit", "Unité, celle du critère", ", ".join(criteria().units), "hours"),
        _text("source_titre", "source_title", "Titre de la source", "Texte libre, 300 signes", "Source (exemple)"),
        _text("source_url", "source_url", "Adresse de la source", "https://…", "https://source.example/"),
    ),
)


def read_figures(name: str, content: bytes) -> TabularFile:
    """Read a sheet of figures, CSV or XLSX; rows have the columns of `SCHEMA`. Raises nothing about the content."""
    return read_one(_READER, name, content)


def _checked(sheet: Sheet) -> pl.DataFrame:
    values = sheet.values.with_columns(
        pl.col("market").str.to_uppercase(), pl.col("value").map_elements(ten_thousandths, return_dtype=pl.Int64)
    )
    remarks = sheet.remarks
    unknown = ~values["market"].is_in(list(markets()))
    remarks.reject("PAYS", "marche", unknown, "Ce pays n'est pas connu : écrivez son code ISO à deux lettres.")
    dated = values["year"].is_between(OLDEST, LATEST)
    remarks.reject("ANNEE", "annee", ~dated, f"L'année va de {OLDEST} à {LATEST}.")
    wrong = values["value"].is_null() & (sheet.texts["valeur"] != "")
    remarks.reject("VALEUR", "valeur", wrong, "Ce n'est pas un nombre : des chiffres, quatre décimales au plus.")
    units = {one.code: one.unit for one in criteria().criteria}
    asked = values["criterion"].replace_strict(units, default=None, return_dtype=pl.String)
    other = asked.is_not_null() & (values["unit"] != asked)
    rows = asked.to_list()
    remarks.reject("UNITE", "unite", other, lambda row: f"Ce critère se dit en {rows[row]} : convertissez le chiffre.")
    long = values["source_title"].str.len_chars() > 300  # noqa: PLR2004 (as the column)
    remarks.reject("TITRE", "source_titre", long, "Le titre de la source a 300 signes au plus.")
    address = values["source_url"].str.contains(r"^https?://[^\s/]+\.[^\s]+$") & (
        values["source_url"].str.len_chars() <= 500  # noqa: PLR2004 (as the column)
    )
    remarks.reject("SOURCE", "source_url", ~address, "Écrivez l'adresse de la source, de https:// à la fin.")
    again = values.select(pl.struct(*_KEY).is_first_distinct().not_()).to_series()
    remarks.reject("DEUX-FOIS", "marche", again, "Ce chiffre est déjà plus haut : gardez une seule ligne.")
    return values


def ten_thousandths(text: str) -> int | None:
    """A number as a sheet writes it, in ten-thousandths; None for anything else."""
    read = _NUMBER.fullmatch(re.sub(r"\s", "", text))
    if read is None:
        return None
    size = int(read[2] + (read[3] or "").ljust(4, "0"))
    return -size if read[1] else size


_READER: Final = Reader(FORM, SCHEMA, _checked)
