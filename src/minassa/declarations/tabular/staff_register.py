"""The staff register of a firm: who is in post at the end of a month, and who has left since."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from minassa.declarations.tabular.overlaps import overlapping
from minassa.declarations.tabular.reading import Sheet, TabularFile, read_form
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


def read_staff_register(name: str, source: bytes | Path) -> TabularFile:
    """Read a register, CSV or XLSX. Its name says the firm and the month: REGISTRE_<affiliation>_<AAAAMM>.

    The rows have the columns of `STAFF_SCHEMA`; `left_on` is null for somebody in post, `other_aid_until_month` 0
    without other aid. Two stays of a person that overlap: the later line is rejected.
    """
    return read_form(STAFF_FORM, STAFF_SCHEMA, _check, name, source)


def _check(sheet: Sheet) -> pl.DataFrame:
    affiliation, month = _named(sheet)
    number = _check_numbers(sheet)
    cin = _check_cards(sheet, number)
    _check_dates(sheet, month)
    _check_other_aid(sheet)
    values = sheet.values.with_columns(person=pl.Series(number), cin=cin)
    _check_overlaps(sheet, values)
    return values.with_columns(
        pl.col("sex", "birth_year", "qualification", "other_aid_until_month").fill_null(0),
        pl.col("other_aid").fill_null(""),
        affiliation=pl.lit(affiliation),
        as_of_month=pl.lit(month),
        moroccan=(pl.col("nationality") == "MA").fill_null(value=False),
    )


def _named(sheet: Sheet) -> tuple[int, int]:
    """Affiliation and month of the file name: the register says them nowhere else."""
    message = "Nommez le fichier REGISTRE_<affiliation>_<AAAAMM>, par exemple REGISTRE_9900003_202512."
    try:
        month = parse_month(sheet.period)
    except PeriodError as problem:
        raise Refused("NOM", message) from problem
    if not int(sheet.affiliation):
        raise Refused("NOM", message)
    return int(sheet.affiliation), month


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


def _check_dates(sheet: Sheet, month: int) -> None:
    values, remarks = sheet.values, sheet.remarks
    known = values.select(
        inverted=pl.col("left_on") < pl.col("hired_on"),
        future=pl.col("hired_on") > pl.lit(last_day(month)),
        unborn=~pl.col("birth_year").is_between(_FIRST_BIRTH, year_of(month)),
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
    sound = pl.Series(~sheet.remarks.rejected)
    broken = np.zeros(len(values), dtype=np.bool_)
    for key, nobody in (("person", 0), ("cin", "")):
        known = pl.when(sound & (pl.col(key) != nobody)).then(key).alias(key)
        stays = values.select(known, "hired_on", pl.col("left_on").fill_null(date.max)).with_row_index("row")
        broken[overlapping(stays, key, "hired_on", "left_on")] = True
    message = "Cette personne a déjà un séjour en poste à ces dates, plus haut : gardez la bonne ligne."
    sheet.remarks.reject("CHEVAUCHEMENT", "date_embauche", broken, message)
