"""People to fill posts: graduates by the table of flexibility, entries of other origin, returns, visas."""

from __future__ import annotations

import numpy as np
import polars as pl

from minassa.talent.balance.chance import Chance
from minassa.talent.balance.demand import Rates
from minassa.talent.balance.market import Market, Table
from minassa.talent.balance.observed import YEAR
from minassa.talent.balance.parameters import Parameters
from minassa.talent.balance.tables import BalanceTables
from minassa.vocabulary.rates import BASIS_POINTS

SINCE, FULL = 2024, 2030
"""Years between which the visas announced rise evenly to their number."""


def graduates(cohorts: pl.DataFrame) -> pl.DataFrame:
    """Graduates expected of cohorts: seats that are filled, less drop-outs, times those who pass, at their end.

    `cohorts`: field, region, level, start_month, length_months, seats, filled, dropped, passed (three shares). Returns
    field, region, level, end_month, graduates.
    """
    return (
        cohorts.with_columns(
            end_month=(pl.col("start_month") + pl.col("length_months")).cast(pl.Int32),
            graduates=pl.col("seats") * pl.col("filled") * (1 - pl.col("dropped")) * pl.col("passed"),
        )
        .group_by("field", "region", "level", "end_month")
        .agg(pl.col("graduates").sum())
        .sort("field", "region", "level", "end_month")
    )


def supply(
    market: Market, staff: Table, rate: Rates, chance: Chance, known: Parameters, tables: BalanceTables
) -> dict[str, Table]:
    """People by draw, year and line: `pipelines`, `entries` (of other origin), `returns`, `visas`."""
    trained = _trained(market, chance, known, tables)
    centre = Chance()
    then = _trained(market, centre, known, tables)[:, :1]
    back = chance.share(known.returning_of_exits)
    known_back = centre.share(known.returning_of_exits) * rate.left.mean(axis=0, keepdims=True) * staff[:, :1]
    entered = market.lines["entered"].to_numpy()[None, None]
    others = np.maximum(0.0, entered - then - known_back)
    spread = chance.share(known.entries_spread) * others * chance.normal(len(market.months), 1)
    noise = np.sqrt(others) * chance.normal(1, entered.shape[-1])
    return {
        "pipelines": chance.counted(trained[:, 1:]),
        "entries": chance.counted(np.maximum(0.0, others + spread + noise)),
        "returns": chance.counted(back * rate.left * staff[:, :-1]),
        "visas": _visas(market, staff, chance, known),
    }


def _trained(market: Market, chance: Chance, known: Parameters, tables: BalanceTables) -> Table:
    """Graduates who enter, by draw, year (the known one first) and line."""
    near, far = _allotted(market, tables)
    stays = chance.share(known.staying_in_region)
    entering = chance.share(known.inserted_of_graduates) * (stays * near + (1 - stays) * far)
    spread = chance.share(known.flexibility_spread)
    by_occupation, rank = np.unique(market.lines["occupation"].to_numpy(), return_inverse=True)
    noise = spread * chance.normal(1, len(by_occupation))
    return np.asarray(entering * np.exp(noise - spread**2 / 2 * (noise != 0))[..., rank])


def _allotted(market: Market, tables: BalanceTables) -> tuple[Table, Table]:
    """Graduates of each year (the known one first) by line: all in the region of training, and all over the country."""
    lines, months = market.lines, [market.month, *market.months]
    occupation, region = lines["occupation"].to_numpy(), lines["region"].to_numpy()
    level, people = lines["level"].to_numpy(), lines["people"].to_numpy()
    near, far = np.zeros((len(months), lines.height)), np.zeros((len(months), lines.height))
    for field, of_region, of_level, month, number in market.graduates.iter_rows():
        if month not in months:
            continue
        year = months.index(month)
        for group, share in tables.flexibility.get(field, {}).items():
            holds = occupation == group
            if not holds.any():
                continue
            fits = holds & (level == _nearest(level[holds], of_level))
            here = fits & (region == of_region)
            sent = number * share / BASIS_POINTS
            far[year] += sent * _parts(people, fits)
            near[year] += sent * _parts(people, here if people[here].sum() > 0 else fits)
    return near, far


def _nearest(levels: Table, wanted: int) -> int:
    """The level held nearest to that of a graduate, the lower of two."""
    return int(min(np.unique(levels), key=lambda one: (abs(one - wanted), one)))


def _parts(people: Table, of: Table) -> Table:
    held = np.where(of, people, 0.0)
    whole = held.sum()
    return held / whole if whole > 0 else of / max(1, int(of.sum()))


def _visas(market: Market, staff: Table, chance: Chance, known: Parameters) -> Table:
    """Foreign talents by draw, year and line, where the level may call for one, by its people."""
    rise = np.clip([(month // YEAR - SINCE) / (FULL - SINCE) for month in market.months], 0.0, 1.0)
    number = known.visas_year.value * market.scale * rise[None, :, None]
    skilled = staff[:, :-1] * (market.lines["level"].to_numpy() >= known.visa_least_level.value)
    whole = skilled.sum(axis=2, keepdims=True)
    parts = np.divide(skilled, whole, out=np.zeros_like(skilled), where=whole > 0)
    return np.asarray(chance.share(known.visas_in_sector) * number * parts)
