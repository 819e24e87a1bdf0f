"""Identifiers of people and firms that do not exist, in ranges kept for them.

| identifier | range |
| --- | --- |
| CNSS employer number | 9900100 to 9999999, valid key (99000xx is left to hand-made examples): 9,990 numbers |
| CNSS person number | 199999999 downwards, valid key; a small country stays near the top, 9.9 million people at most |
| CIN | `QZ` and 6 digits; no city has this prefix. Past one million people the same CIN comes back in another basin |
| IF | 99000000 and following |
| ICE | 999000000 and following, establishment 0000, valid key |
| RC | 990000 and following |

Nothing stops the CNSS from giving a number of this range to somebody one day: only the names and the notice
"données synthétiques" make sure that nobody is mistaken for a real person.
"""

from __future__ import annotations

from math import gcd

import numpy as np
from numpy.typing import NDArray

from minassa.vocabulary.identifiers import affiliation_with_key, ice_with_key, immatriculations_with_key

MOST_FIRMS = 9_990
MOST_PEOPLE = 9_900_000

_FIRST_FIRM = 10
_FIRM_STEP = 3_571
_TOP_BODY = 19_999_999
_CIN_ROOM = 1_000_000


def affiliation(rank: int) -> int:
    """Return the CNSS employer number of the firm of a rank (0 to 9,989); ranks next to each other are far apart."""
    return affiliation_with_key(990_000 + _FIRST_FIRM + rank * _FIRM_STEP % MOST_FIRMS)


def fiscal_id(rank: int) -> int:
    """Return the IF of the firm of a rank."""
    return 99_000_000 + rank


def ice(rank: int) -> str:
    """Return the ICE of the firm of a rank."""
    return ice_with_key((999_000_000 + rank) * 10_000)


def rc(rank: int) -> int:
    """Return the number in the trade register of the firm of a rank."""
    return 990_000 + rank


def person_serials(first: int, room: int, ranks: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the serials of the people of a basin, which owns `room` serials from `first`, in a scattered order."""
    step = next(step for step in range(max(1, room * 5 // 8), 2 * room + 2) if gcd(step, room) == 1)
    return first + (ranks * step + 7) % room


def person_numbers(serials: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the CNSS numbers of the people of these serials (0 to 9,899,999)."""
    return immatriculations_with_key(_TOP_BODY - serials)


def cins(serials: NDArray[np.int64]) -> NDArray[np.bytes_]:
    """Return the CIN of the people of these serials, as 8 ASCII bytes."""
    digits = np.char.zfill((serials % _CIN_ROOM).astype("S6"), 6)
    return np.char.add(np.bytes_(b"QZ"), digits).astype("S8")
