"""Who the persons of a batch are: CNSS number, identity card, residence card; never their names."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from minassa.declarations.findings import Severity
from minassa.declarations.parsing import whole_number
from minassa.declarations.simpl_ir.members import Mask, Members
from minassa.vocabulary.identifiers import (
    CASUAL_IMMATRICULATION,
    FORBIDDEN_IMMATRICULATION,
    immatriculation_key_holds,
)

_CNSS_DIGITS = 9
_CIN_SHAPE = "^[A-Z]{1,2}[0-9]{1,6}$"
_SEPARATORS = r"[\s.\-]+"


def identities(members: Members, texts: pl.DataFrame) -> tuple[NDArray[np.int64], pl.Series, Mask]:
    """CNSS number (0 unknown), identity or residence card without separators, and the members that have neither."""
    cards = texts.select(pl.col("numCNI", "numCE").str.replace_all(_SEPARATORS, "").str.to_uppercase())
    shape = "numCNI n'a pas la forme d'une CIN (une ou deux lettres puis 5 ou 6 chiffres) : vérifiez-le."
    odd: Mask = ((cards["numCNI"] != "") & ~cards["numCNI"].str.contains(_CIN_SHAPE)).to_numpy()
    members.note_all("SIMPL-CNI", Severity.WARN, odd, "numCNI", shape)
    cin = cards.select(pl.when(pl.col("numCNI") != "").then("numCNI").otherwise("numCE")).to_series()
    number, unreadable = _numbers(members, texts)
    nobody: Mask = (number == 0) & (cin == "").to_numpy() & ~unreadable
    message = "Ni numéro CNSS, ni CIN, ni carte de séjour : indiquez au moins l'un des trois."
    members.note_all("SIMPL-IDENTITE", Severity.REJECT, nobody, "", message)
    return number, cin, nobody | unreadable


def _numbers(members: Members, texts: pl.DataFrame) -> tuple[NDArray[np.int64], Mask]:
    """CNSS numbers, 0 when unknown, and the members whose number cannot be one."""
    if "numCNSS" not in members.section.known:
        return np.zeros(len(members), dtype=np.int64), np.zeros(len(members), dtype=np.bool_)
    text = texts["numCNSS"].str.replace_all(_SEPARATORS, "")
    read = text.to_frame().select(whole_number(pl.col("numCNSS"), _CNSS_DIGITS)).to_series()
    number = read.fill_null(0).to_numpy().astype(np.int64)
    bad: Mask = (read.is_null() & (text != "")).to_numpy() | (number == FORBIDDEN_IMMATRICULATION)
    message = "numCNSS n'est pas un numéro d'immatriculation : 9 chiffres, jamais 100000000, vide si inconnu."
    members.note_all("SIMPL-CNSS", Severity.REJECT, bad, "numCNSS", message)
    number[bad | (number == CASUAL_IMMATRICULATION)] = 0
    odd: Mask = (number > 0) & ~immatriculation_key_holds(number)
    message = "Le dernier chiffre de numCNSS ne correspond pas aux premiers : vérifiez le numéro."
    members.note_all("SIMPL-CNSS-CLE", Severity.WARN, odd, "numCNSS", message)
    return number, bad
