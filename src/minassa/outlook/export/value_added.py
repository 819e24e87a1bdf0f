"""Value added exported by job: the value added of firms in proportion to what they export, over their people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from minassa.outlook.export.scopes import ROUNDING
from minassa.vocabulary.rounding import Direction, divide


@dataclass(frozen=True, slots=True)
class Accounts:
    """What the yearly accounts of a firm say, in centimes, and its people at the end of the year."""

    turnover_year: int
    export_turnover_year: int
    value_added_year: int
    headcount: int


def exported_value(accounts: Accounts) -> int:
    """The part of the value added that goes with exports, in centimes: in proportion to the turnover exported.

    Nothing for a firm without turnover or whose value added is below zero; accounts do not say it more finely.
    """
    if accounts.turnover_year <= 0 or accounts.value_added_year <= 0:
        return 0
    exported = min(accounts.export_turnover_year, accounts.turnover_year)
    product = accounts.value_added_year * max(exported, 0)
    return divide(product, accounts.turnover_year, Direction.HALF_UP, ROUNDING)


def exported_value_job(firms: Iterable[Accounts]) -> int | None:
    """Value added exported by job of these firms together, in centimes; None when they have nobody."""
    known = list(firms)
    people = sum(one.headcount for one in known)
    value = sum(exported_value(one) for one in known)
    return divide(value, people, Direction.HALF_UP, ROUNDING) if people > 0 else None
