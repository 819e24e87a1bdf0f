"""Statements that every request repeats: their SQL is made once, the database prepares it, only values change.

Public: `Compiled` and `Given` (a queryset compiled once), `write_together` (rows of several tables and the change of
one, in one statement), `whole` and `part` (transactions without savepoints), `hold` and `held` (rows read under a
lock), `refresh` (an instance that tells what another wrote of its row), `prepared_cursor` (for SQL written by hand).
`minassa.statements.postgresql` is Django's backend under them.
"""

from __future__ import annotations

from minassa.statements.compiled import Compiled, Given
from minassa.statements.joint import Change, write_together
from minassa.statements.links import prepared_cursor
from minassa.statements.refreshing import refresh
from minassa.statements.whole import held, hold, part, whole

__all__ = [
    "Change",
    "Compiled",
    "Given",
    "held",
    "hold",
    "part",
    "prepared_cursor",
    "refresh",
    "whole",
    "write_together",
]
