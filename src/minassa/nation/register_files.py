"""The staff registers of a basin: everybody in post at the end of a month, and all who left since the start."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from minassa.declarations.tabular import write_staff_register
from minassa.nation.calendar_days import days
from minassa.nation.calibration import jobs
from minassa.nation.people import FOREIGN
from minassa.nation.sheets import split
from minassa.nation.spells import Contract, Entry
from minassa.nation.staff import Staff
from minassa.nation.titles import titles
from minassa.vocabulary.periods import format_month

_NATIONALITIES = np.array(["MA", *FOREIGN])
_WOMAN, _MAN = 1, 2
_SLOW_MONTHS = 2


def write_registers(
    staff: Staff,
    due: NDArray[np.int64],
    month: int,
    aid: NDArray[np.str_],
    aid_until: NDArray[np.int64],
    folder: Path,
) -> NDArray[np.int64]:
    """Write the registers of some firms at the end of a month; return the spells that they leave out, being late."""
    spells, first = staff.spells, staff.market.first_month
    there = np.isin(spells["firm"], due) & (spells["start"] <= month) & (spells["entry"] != Entry.GHOST)
    mine = np.flatnonzero(there)
    mine = mine[np.lexsort((spells["start"][mine], staff.link_of[mine]))]
    late = _late(staff, month, mine)
    rows = mine[~late]
    frame = pl.DataFrame(_identity(staff, rows) | _post(staff, month, rows) | _aid(staff, rows, aid, aid_until))
    written = BytesIO()
    write_staff_register(written, frame)
    firms, counts = np.unique(spells["firm"][rows], return_counts=True)
    folder.mkdir(parents=True, exist_ok=True)
    stamp = format_month(first + month).replace("-", "")
    for firm, part in zip(firms, split(written.getvalue(), counts.tolist()), strict=True):
        (folder / f"REGISTRE_{staff.market.firms.affiliation[firm]}_{stamp}.csv").write_bytes(part)
    return mine[late]


def _late(staff: Staff, month: int, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell the latest hires that firms slow to update their register leave out: about one in two."""
    start = staff.spells["start"][rows]
    recent = (start > month - _SLOW_MONTHS) & (start >= 0) & (staff.spells["end"][rows] > month)
    odd = staff.number[staff.spells["person"][rows]] // 10 % 2 == 1
    return np.asarray(recent & odd & staff.market.firms.slow_register[staff.spells["firm"][rows]])


def _identity(staff: Staff, rows: NDArray[np.int64]) -> dict[str, object]:
    people, person = staff.people, staff.spells["person"][rows]
    return {
        "person": staff.number[person],
        "cin": _texts(staff.cin[person]),
        "family_name": _texts(staff.family[person]),
        "given_name": _texts(staff.given[person]),
        "sex": np.where(people["woman"][person], _WOMAN, _MAN),
        "birth_year": people["born"][person],
        "nationality": _NATIONALITIES[people["nationality"][person]].tolist(),
    }


def _post(staff: Staff, month: int, rows: NDArray[np.int64]) -> dict[str, object]:
    spells, market = staff.spells, staff.market
    start, end = (spells[name][rows].astype(np.int64) for name in ("start", "end"))
    left = end <= month
    job = market.cells.job[spells["cell"][rows]]
    hired_on = days(start + market.first_month, spells["start_day"][rows].astype(np.int64))
    left_on = days(np.where(left, end, month) + market.first_month, spells["end_day"][rows].astype(np.int64))
    return {
        "contract": np.where(
            spells["converts"][rows] <= np.minimum(end, month), Contract.CDI, spells["contract"][rows]
        ),
        "hired_on": hired_on,
        "left_on": np.where(left, left_on, np.datetime64("NaT", "D")),
        "establishment": market.cells.establishment[spells["cell"][rows]],
        "filiere": np.array([title.filiere_code for title in jobs()])[job],
        "job_title": titles()[market.firms.style[spells["firm"][rows]], job].tolist(),
        "qualification": np.array([title.level for title in jobs()])[job],
    }


def _aid(
    staff: Staff, rows: NDArray[np.int64], aid: NDArray[np.str_], aid_until: NDArray[np.int64]
) -> dict[str, object]:
    until = np.where(aid[rows] == "", 0, aid_until[rows] + staff.market.first_month)
    return {
        "other_aid": pl.Series([code or None for code in aid[rows].tolist()], dtype=pl.String),
        "other_aid_until_month": until,
    }


def _texts(values: NDArray[np.bytes_]) -> pl.Series:
    # An empty text is a null: the writer would put it in quotes.
    return pl.Series([value.decode("ascii") or None for value in values.tolist()], dtype=pl.String)
