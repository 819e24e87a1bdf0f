"""An amount of a period told month by month, for claims by quarter: the months always add up to the period."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from minassa.vocabulary.rounding import allocate


def by_month(amount_cents: int, lines: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """The part of an amount (centimes) that falls to each month declared at CNSS, in proportion to pay.

    `lines` are the CNSS lines behind the amount (`month`, `salary_real`), several a month allowed. Where no month was
    paid (absences covered by CNSS), every month declared weighs the same. Parts are never negative and add up exactly.
    """
    pay: dict[str, int] = {}
    for line in lines:
        pay[line["month"]] = pay.get(line["month"], 0) + int(line["salary_real"])
    months = sorted(pay)
    if not months:
        return {}
    weights = [pay[month] for month in months]
    shares = allocate(amount_cents, weights if sum(weights) else [1] * len(months))
    return dict(zip(months, shares, strict=True))
