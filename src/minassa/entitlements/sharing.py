"""A yearly amount shared over parts of the year in proportion to pay, so that the parts add up to it exactly."""

from __future__ import annotations

import polars as pl


def shared(total: str, weight: str, keys: list[str], order: str) -> pl.Expr:
    """The part of `total` (centimes, the same on every row of the group) that falls to each row of the group.

    Parts follow `weight` (centimes, not negative) by differences of the running share, rounded down: they are never
    negative and their sum is the total. A group whose weights are all zero gives everything to its last row.
    128-bit products, as two yearly amounts in centimes multiplied pass 64 bits.
    """
    whole = pl.col(weight).sum().over(keys)
    upto = pl.col(weight).cum_sum().over(keys, order_by=order)
    before = upto - pl.col(weight)
    last = pl.col(order) == pl.col(order).max().over(keys)
    amount = pl.col(total).cast(pl.Int128)
    safe = pl.when(whole == 0).then(1).otherwise(whole).cast(pl.Int128)
    part = (amount * upto.cast(pl.Int128)) // safe - (amount * before.cast(pl.Int128)) // safe
    whole_to_last = pl.when(last).then(pl.col(total)).otherwise(0)
    return pl.when(whole == 0).then(whole_to_last).otherwise(part.cast(pl.Int64))
