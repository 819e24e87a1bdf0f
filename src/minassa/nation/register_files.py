"""The staff registers of a basin: everybody in post at the end of a month, and all who left since the start."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from minassa.nation.calendar_days import iso_days, iso_months
from minassa.nation.calibration import jobs
from minassa.nation.firms import filiere_of
from minassa.nation.people import FOREIGN
from minassa.nation.sheets import Sheet, write_sheet
from minassa.nation.spells import Contract, Entry
from minassa.nation.staff import Staff
from minassa.nation.titles import titles
from minassa.vocabulary.filieres import Filiere
from minassa.vocabulary.periods import format_month

_NATIONALITIES = np.array(["MA", *FOREIGN])
_CONTRACTS = np.array(["AUTRE", "CDI", "CDD", "INSERTION", "DETACHEMENT"])
_FILIERES = np.array([filiere_of(code) for code in Filiere])
_SLOW_MONTHS = 2


def write_register(
    staff: Staff, firm: int, month: int, aid: NDArray[np.str_], aid_until: NDArray[np.int64], folder: Path
) -> NDArray[np.int64]:
    """Write the register of a firm at the end of a month; return the spells that it leaves out, being late."""
    spells = staff.spells
    mine = np.flatnonzero((spells["firm"] == firm) & (spells["start"] <= month) & (spells["entry"] != Entry.GHOST))
    mine = mine[np.lexsort((spells["start"][mine], staff.link_of[mine]))]
    late = _late(staff, firm, month, mine)
    rows, number = mine[~late], int(staff.market.firms.affiliation[firm])
    file = f"REGISTRE_{number}_{format_month(staff.market.first_month + month).replace('-', '')}.csv"
    write_sheet(folder / file, _identity(staff, rows) | _post(staff, firm, month, rows, aid, aid_until))
    return mine[late]


def _late(staff: Staff, firm: int, month: int, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell the latest hires that a firm slow to update its register leaves out: about one in two."""
    start = staff.spells["start"][rows]
    recent = (start > month - _SLOW_MONTHS) & (start >= 0) & (staff.spells["end"][rows] > month)
    odd = staff.number[staff.spells["person"][rows]] // 10 % 2 == 1
    return np.asarray(recent & odd & staff.market.firms.slow_register[firm])


def _identity(staff: Staff, rows: NDArray[np.int64]) -> Sheet:
    people, person = staff.people, staff.spells["person"][rows]
    return {
        "num_cnss": staff.number[person],
        "cin": staff.cin[person],
        "nom": staff.family[person],
        "prenom": staff.given[person],
        "sexe": np.where(people["woman"][person], "F", "M"),
        "annee_naissance": people["born"][person],
        "nationalite": _NATIONALITIES[people["nationality"][person]],
    }


def _post(
    staff: Staff,
    firm: int,
    month: int,
    rows: NDArray[np.int64],
    aid: NDArray[np.str_],
    aid_until: NDArray[np.int64],
) -> Sheet:
    spells, market = staff.spells, staff.market
    columns = {name: spells[name][rows].astype(np.int64) for name in ("start", "start_day", "end", "end_day", "cell")}
    left = columns["end"] <= month
    job = market.cells.job[columns["cell"]]
    contract = np.where(spells["converts"][rows] <= month, Contract.CDI, spells["contract"][rows])
    always = np.ones(len(rows), np.bool_)
    first = market.first_month
    return {
        "contrat": _CONTRACTS[contract],
        "date_embauche": iso_days(columns["start"] + first, columns["start_day"], always),
        "date_sortie": iso_days(columns["end"] + first, columns["end_day"], left),
        "etablissement": np.strings.zfill(market.cells.establishment[columns["cell"]].astype("U4"), 4),
        "filiere": _FILIERES[np.array([title.filiere_code for title in jobs()])[job]],
        "intitule_poste": titles(int(market.firms.style[firm]))[job],
        "niveau_qualification": np.array([title.level for title in jobs()])[job],
        "autre_aide": aid[rows],
        "autre_aide_fin": iso_months(aid_until[rows] + first, aid[rows] != ""),
    }
