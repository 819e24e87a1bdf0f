"""Spells of employment: a person in a seat of a firm, from a day to a day."""

from __future__ import annotations

from enum import IntEnum

import numpy as np

from minassa.nation.columns import Columns

LAST_DAY = 31
"""A day of the month past its end: its last day."""


class Entry(IntEnum):
    """How a spell began: there at the start, in a post never held before, in a vacated post, or invented."""

    INITIAL = 0
    NEW_POST = 1
    VACATED_POST = 2
    GHOST = 3


class Origin(IntEnum):
    """Where the person came from."""

    OUTSIDE = 0
    UNRELATED_FIRM = 1
    RELATED_FIRM = 2
    SAME_FIRM = 3
    SECOND_JOB = 4


class Contract(IntEnum):
    """The contracts of the register, by the code of the frames."""

    CDI = 1
    CDD = 2
    INSERTION = 3
    DETACHEMENT = 4


def no_spells() -> Columns:
    """Return the columns of spells, empty.

    Months count from the first one; `end` is NEVER while in post. `converts` is the month in which the contract
    becomes a CDI, `term` the month in which it ends at the latest. `before` is the spell that held the seat before,
    `previous` the person's own spell before (-1: none). `pay` is the monthly pay at hiring, in centimes, for full time.
    `planted`: the hire was arranged to look new.
    """
    return Columns(
        person=np.int32,
        firm=np.int32,
        seat=np.int32,
        cell=np.int32,
        start=np.int16,
        start_day=np.int8,
        end=np.int16,
        end_day=np.int8,
        entry=np.int8,
        origin=np.int8,
        planted=np.bool_,
        before=np.int32,
        previous=np.int32,
        contract=np.int8,
        converts=np.int16,
        term=np.int16,
        part_time=np.bool_,
        pay=np.int64,
    )
