"""The staff register of a firm: who is in post at the end of a month, and who has left since."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from minassa.declarations.tabular.overlaps import overlapping
from minassa.declarations.tabular.reading import Reader, Sheet, TabularFile, read_one
from minassa.declarations.tabular.refusals import Refused
from minassa.declarations.tabular.staff_form import STAFF_FORM
from minassa.vocabulary.identifiers import (
    CASUAL_IMMATRICULATION,
    FORBIDDEN_IMMATRICULATION,
    NO_IMMATRICULATION,
    immatriculation_key_holds,
)
from minassa.vocabulary.periods import PeriodError, last_day, parse_month, year_of

STAFF_SCHEMA = pl.Schema(
    {
        "line": pl.Int32,
        "affiliation": pl.Int32,
        "as_of_month": pl.Int32,
        "person": pl.Int64,
        "cin": pl.String,
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
)
"""Columns of the rows, as in the lake's `staff_lines`; `person` is the CNSS number (0 none), `cin` the card or ""."""

SEPARATORS = r"[\s.\-]"
_FIRST_BIRTH = 1900
_YOUNGEST = 15
_CIN_USUAL = r"^[A-Z]{1,2}[0-9]{1,6}$"
_CIN_LOOSE = r"^[A-Z]{0,3}[0-9]{1,7}[A-Z]?$"
_SMALLEST_NUMBER = 10**8
_NAME = "Nommez le fichier REGISTRE_<affiliation>_<AAAAMM>, par exemple REGISTRE_9900003_202512."


def read_staff_register(name: str, source: bytes | Path) -> TabularFile:
    """Read a register, CSV or XLSX. Its name says the firm and the month: REGISTRE_<affiliation>_<AAAAMM>.

    The rows have the columns of `STAFF_SCHEMA`; `left_on` is null for somebody in post, `other_aid_until_month` 0
    without other aid. Two stays of a person that overlap: the later line is rejected.
    """
    return read_one(STAFF, name, source)


def _check(sheet: Sheet) -> pl.DataFrame:
    files, ranks = np.unique(sheet.files, return_inverse=True)
    named = [(int(sheet.affiliations[file]), parse_month(sheet.periods[file])) for file in files]
    affiliations, months = np.array(named, dtype=np.int64).reshape(-1, 2)[ranks].T
    number = _check_numbers(sheet)
    cin = _check_cards(sheet, number)
    _check_dates(sheet, months)
    _check_other_aid(sheet)
    values = sheet.values.with_columns(person=pl.Series(number), cin=cin)
    _check_overlaps(sheet, values)
    return values.with_columns(
        pl.col("sex", "birth_year", "qualification", "other_aid_until_month").fill_null(0),
        pl.col("other_aid").fill_null(""),
        affiliation=pl.Series(affiliations),
        as_of_month=pl.Series(months),
        moroccan=(pl.col("nationality") == "MA").fill_null(value=False),
    )


def _refusal(affiliation: str, period: str) -> Refused | None:
    """A register says its firm and its month in its name, and nowhere else."""
    try:
        parse_month(period)
    except PeriodError:
        return Refused("NOM", _NAME)
    return None if int(affiliation) else Refused("NOM", _NAME)


def _check_numbers(sheet: Sheet) -> NDArray[np.int64]:
    """CNSS numbers, 0 for none."""
    number: NDArray[np.int64] = sheet.values["person"].fill_null(0).to_numpy().copy()
    bad = (number == FORBIDDEN_IMMATRICULATION) | ((number > 0) & (number < _SMALLEST_NUMBER))
    message = "num_cnss n'est pas un numéro d'immatriculation : 9 chiffres, jamais 100000000, vide si inconnu."
    sheet.remarks.reject("CNSS", "num_cnss", bad, message)
    casual = number == CASUAL_IMMATRICULATION
    message = "999999999 ne désigne personne : indiquez le vrai numéro, ou laissez vide et donnez la CIN."
    sheet.remarks.reject("CNSS", "num_cnss", casual, message)
    odd = (number > 0) & ~bad & ~casual & ~immatriculation_key_holds(number)
    message = "Le dernier chiffre de num_cnss ne correspond pas aux premiers : vérifiez le numéro."
    sheet.remarks.warn("CNSS-CLE", "num_cnss", odd, message)
    number[bad | casual] = NO_IMMATRICULATION
    return number


def _check_cards(sheet: Sheet, number: NDArray[np.int64]) -> pl.Series:
    """Identity cards in capitals without separators; a person needs one of the two numbers."""
    cin = sheet.values["cin"].str.replace_all(SEPARATORS, "").str.to_uppercase()
    unusual = (~cin.str.contains(_CIN_USUAL)).to_numpy() & (cin != "").to_numpy()
    if unusual.any():
        wrong = unusual & ~cin.str.contains(_CIN_LOOSE).to_numpy()
        message = "cin n'a pas la forme d'une carte (1 ou 2 lettres puis 5 ou 6 chiffres) : vérifiez-la."
        sheet.remarks.reject("CIN", "cin", wrong & (number == 0), message)
        sheet.remarks.warn("CIN-FORME", "cin", unusual & ~(wrong & (number == 0)), message)
    unread = sheet.values["person"].is_null().to_numpy() & (sheet.texts["num_cnss"] != "").to_numpy()
    nobody = (number == 0) & (cin == "").to_numpy() & ~unread & ~sheet.remarks.rejected
    message = "Ni num_cnss ni cin : indiquez au moins l'un des deux."
    sheet.remarks.reject("IDENTITE", "num_cnss", nobody, message)
    return cin


def _check_dates(sheet: Sheet, months: NDArray[np.int64]) -> None:
    values, remarks = sheet.values, sheet.remarks
    every, ranks = np.unique(months, return_inverse=True)
    ends = pl.Series([last_day(month) for month in every.tolist()], dtype=pl.Date).gather(ranks)
    years = pl.Series([year_of(month) for month in every.tolist()], dtype=pl.Int64).gather(ranks)
    known = values.select(
        inverted=pl.col("left_on") < pl.col("hired_on"),
        future=pl.col("hired_on") > ends,
        unborn=~pl.col("birth_year").is_between(_FIRST_BIRTH, years),
        young=pl.col("hired_on").dt.year() - pl.col("birth_year") < _YOUNGEST,
    )
    message = "date_sortie est avant date_embauche : corrigez l'une ou l'autre."
    remarks.reject("DATES", "date_sortie", known["inverted"], message)
    message = "annee_naissance n'est pas une année possible : écrivez 4 chiffres, ou laissez vide."
    remarks.reject("NAISSANCE", "annee_naissance", known["unborn"], message)
    message = f"Embauche avant {_YOUNGEST} ans : vérifiez annee_naissance et date_embauche."
    remarks.warn("AGE", "annee_naissance", known["young"] & ~known["unborn"], message)
    message = "date_embauche est après le mois du registre : vérifiez-la."
    remarks.warn("FUTUR", "date_embauche", known["future"], message)
    message = "etablissement doit être de 1 à 9999."
    remarks.reject("NOMBRE", "etablissement", values["establishment"] == 0, message)


def _check_other_aid(sheet: Sheet) -> None:
    aided, until = sheet.texts["autre_aide"] != "", sheet.texts["autre_aide_fin"] != ""
    message = "autre_aide_fin est vide : indiquez le dernier mois de l'autre aide, AAAA-MM."
    sheet.remarks.reject("AIDE-FIN", "autre_aide_fin", aided & ~until, message)
    message = "autre_aide_fin est rempli sans autre_aide : indiquez l'aide, ou effacez le mois."
    sheet.remarks.reject("AIDE-FIN", "autre_aide_fin", ~aided & until, message)


def _check_overlaps(sheet: Sheet, values: pl.DataFrame) -> None:
    """Stays of a person, known by the CNSS number or by the card, must follow each other."""
    file, sound = pl.Series("file", sheet.files), pl.Series(~sheet.remarks.rejected)
    broken = np.zeros(len(values), dtype=np.bool_)
    for key, nobody in (("person", 0), ("cin", "")):
        known = pl.when(sound & (pl.col(key) != nobody)).then(key).alias(key)
        stays = values.select(file, known, "hired_on", pl.col("left_on").fill_null(date.max)).with_row_index("row")
        broken[overlapping(stays, key, "hired_on", "left_on")] = True
    message = "Cette personne a déjà un séjour en poste à ces dates, plus haut : gardez la bonne ligne."
    sheet.remarks.reject("CHEVAUCHEMENT", "date_embauche", broken, message)


STAFF = Reader(STAFF_FORM, STAFF_SCHEMA, _check, _refusal)
"""How staff registers are read."""
