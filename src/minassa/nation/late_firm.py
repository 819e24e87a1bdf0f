"""The firm that is late: its last declarations are not filed, so that somebody can file them by hand and watch."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from minassa.nation.firms import MONTHS_A_YEAR, MOST_STAFF, NEVER, Firms
from minassa.nation.streams import BASIS
from minassa.vocabulary.filieres import Filiere

_WELL_PAID: Final = (Filiere.ITO, Filiere.ESO, Filiere.KPO)
_FEWEST, _MOST = 5, 250
_EXPORTS: Final = 3 * BASIS // 4
_OLD: Final = 6 * MONTHS_A_YEAR
"""Months of activity from which corporate tax is due: more than the years exempt from it."""
_SECONDARY_P2I: Final = range(103, 106)


def with_late_firm(firms: Firms, silent_from: int) -> Firms:
    """The firms, of which one renewed its joining under the offer of 2025 and files nothing from a month on.

    It has one establishment, exports and is in order; it is, as far as some firm is, alone in its group, of some size,
    well paid, in a secondary P2I, and old enough to pay corporate tax. Nothing changes where no firm exports and is
    in order.
    """
    fit = (firms.opens == 0) & (firms.closes == NEVER) & firms.listed & (firms.stale == 0)
    fit &= (np.minimum(firms.export_first, firms.export_last) >= _EXPORTS) & (firms.moved_to == 0)
    fit &= (firms.second_place == 0) & (firms.size >= _FEWEST)
    if not fit.any():
        return firms
    alone = (firms.group == firms.rank) & (np.bincount(firms.group, minlength=len(firms))[firms.group] == 1)
    wishes = (alone, firms.size <= _MOST, firms.started <= -_OLD, np.isin(firms.filiere, _WELL_PAID))
    liked = 2 * sum(wish.astype(np.int64) for wish in wishes) + np.isin(firms.place, _SECONDARY_P2I)
    late = int(np.flatnonzero(fit)[np.argmax((liked * MOST_STAFF + firms.size)[fit])])
    silent, renewed = firms.silent_from.copy(), firms.renewed.copy()
    silent[late], renewed[late] = silent_from, True
    return replace(firms, silent_from=silent, renewed=renewed)


def late_firm(firms: Firms) -> int | None:
    """The affiliation of the firm that is late, None when none is."""
    late = np.flatnonzero(firms.silent_from != NEVER)
    return int(firms.affiliation[late[0]]) if len(late) else None
