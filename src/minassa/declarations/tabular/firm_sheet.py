"""The sheet of a firm: who it is, and where its establishments are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeAlias

import numpy as np
import polars as pl
from numpy.typing import NDArray

from minassa.declarations.tabular.firm_form import FIRM_FORM
from minassa.declarations.tabular.overlaps import overlapping
from minassa.declarations.tabular.reading import Reader, Sheet, TabularFile, read_one
from minassa.declarations.tabular.yearly_accounts import check_affiliations
from minassa.vocabulary.identifiers import IdentifierFinding, check_ice, check_rc, compact_ice
from minassa.vocabulary.periods import month_of
from minassa.vocabulary.places import place

FIRM_SCHEMA = pl.Schema(
    {
        "line": pl.Int32,
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
)
"""Columns of the rows, as in the lake's `firm_lines`. Null: a date that the firm left empty."""

Mask = NDArray[np.bool_]
IdentifierCheck: TypeAlias = Callable[[str], tuple[IdentifierFinding, ...]]

_ACTIVITY = r"^[A-Z0-9][A-Z0-9._-]{0,19}$"
_OF_THE_FIRM = (
    "ice",
    "identifiant_fiscal",
    "rc",
    "raison_sociale",
    "groupe",
    "debut_activite",
    "date_installation",
    "activite",
    "regime",
    "attestation_fiscale",
    "attestation_cnss",
)


def read_firm_sheet(name: str, source: bytes | Path) -> TabularFile:
    """Read a firm sheet, CSV or XLSX, named FICHE_<affiliation>. The rows have the columns of `FIRM_SCHEMA`.

    `group_head` is the firm's own affiliation when it is alone. The columns of the firm must be the same on each row.
    """
    return read_one(FIRM, name, source)


def _check(sheet: Sheet) -> pl.DataFrame:
    check_affiliations(sheet)
    _check_identifier(sheet, "ice", check_ice)
    _check_identifier(sheet, "rc", check_rc)
    activity = sheet.values["activity"].str.to_uppercase()
    odd = (activity != "") & ~activity.str.contains(_ACTIVITY)
    sheet.remarks.reject("CODE", "activite", odd, "activite inconnue : un code de l'annexe 1 (ITO…), ou HORS.")
    message = "etablissement doit être de 1 à 9999."
    sheet.remarks.reject("NOMBRE", "etablissement", sheet.values["establishment"] == 0, message)
    _check_places(sheet)
    _check_same_firm(sheet)
    _check_overlaps(sheet)
    return sheet.values.with_columns(
        pl.Series("ice", [compact_ice(text) for text in sheet.values["ice"]], dtype=pl.String),
        activity=activity,
        group_head=pl.coalesce("group_head", "affiliation"),
    )


def _check_identifier(sheet: Sheet, heading: str, check: IdentifierCheck) -> None:
    """What the shared words say of an identifier, each distinct one checked once."""
    texts = sheet.texts[heading]
    found = {text: check(text) for text in texts.unique() if text}
    for severity, say in (("reject", sheet.remarks.reject), ("warn", sheet.remarks.warn)):
        wrong = {text: each[0].message for text, each in found.items() if each and each[0].severity == severity}
        rule = heading.upper() if severity == "reject" else f"{heading.upper()}-CLE"
        for text, message in wrong.items():
            say(rule, heading, texts == text, message)


def _check_places(sheet: Sheet) -> None:
    values = sheet.values
    message = "lieu_au est avant lieu_du : corrigez l'un ou l'autre."
    sheet.remarks.reject("DATES", "lieu_au", values["place_to"] < values["place_from"], message)
    closed = [
        code is not None and begins is not None and not place(code).is_open(month_of(begins))
        for code, begins in values.select("place", "place_from").iter_rows()
    ]
    message = "Ce lieu n'était pas ouvert à la date lieu_du : vérifiez le lieu et la date."
    sheet.remarks.warn("LIEU-FERME", "lieu_du", np.array(closed, dtype=np.bool_), message)


def _check_same_firm(sheet: Sheet) -> None:
    """The columns of the firm must say the same on every row of a file as on its first sound one."""
    first = sheet.first_sound()[sheet.files]
    if not (first >= 0).any():
        return
    # Of a file without any sound row all rows are rejected: with which row they are compared does not matter.
    model = np.maximum(first, 0)
    for heading in _OF_THE_FIRM:
        values = sheet.values[FIRM_FORM.column(heading).name]
        differs: Mask = values.ne_missing(values.gather(model)).to_numpy()
        say = partial(_differs, heading, sheet.lines[model])
        sheet.remarks.reject("INCOHERENCE", heading, differs & ~sheet.remarks.rejected, say)


def _differs(heading: str, models: NDArray[np.int64], row: int) -> str:
    return f"{heading} n'est pas le même qu'à la ligne {models[row]} : une entreprise, une valeur."


def _check_overlaps(sheet: Sheet) -> None:
    """An establishment is in one place at a time."""
    file = pl.Series("file", sheet.files)
    stays = sheet.values.select(file, "establishment", "place_from", pl.col("place_to").fill_null(date.max))
    sound = stays.with_row_index("row").filter(pl.Series(~sheet.remarks.rejected))
    broken = np.zeros(len(stays), dtype=np.bool_)
    broken[overlapping(sound, "establishment", "place_from", "place_to")] = True
    message = "Cet établissement a déjà un lieu à ces dates, plus haut : datez son déménagement."
    sheet.remarks.reject("CHEVAUCHEMENT", "lieu_du", broken, message)


FIRM = Reader(FIRM_FORM, FIRM_SCHEMA, _check)
"""How firm sheets are read."""
