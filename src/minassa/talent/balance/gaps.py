"""Gaps by occupation, region and level, at every sum: class first, then interval, then point, and naive ones beside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from minassa.talent.balance.chance import Chance
from minassa.talent.balance.demand import demand, rates
from minassa.talent.balance.market import Market, Table
from minassa.talent.balance.parameters import Parameters
from minassa.talent.balance.stock import jobs_ahead, staff_ahead
from minassa.talent.balance.supply import supply
from minassa.talent.balance.tables import BalanceTables
from minassa.vocabulary.rates import BASIS_POINTS

ALL: Final = -1
EVERY: Final = ""
"""The occupation of a row that holds them all."""
DRAWS: Final = 400
NEEDS: Final = ("expansion", "retirement", "leaving", "emigration", "moving_up")
SOURCES: Final = ("pipelines", "unannounced", "entries", "returns", "visas", "promoted")
COVERED: Final = (80, 95)
BOUNDS: Final = tuple(f"{side}_{covered}" for covered in COVERED for side in ("low", "high"))
GRAINS: Final = {
    "cell": ("occupation", "region", "level"),
    "occupation_region": ("occupation", "region"),
    "occupation": ("occupation",),
    "region": ("region",),
    "nation": (),
}
KEYS: Final = ("grain", "occupation", "region", "level", "month")
CLASSES: Final = (1, 2, 3, 4, 5)
"""Strong surplus, surplus, balance, tension, strong tension."""


@dataclass(frozen=True)
class Balance:
    """Needs and resources of a market, every part by draw, year and line; `stock` begins with the known year."""

    market: Market
    stock: Table
    parts: dict[str, Table]

    @property
    def gap(self) -> Table:
        """What is needed less what comes."""
        return sum_of(self.parts, NEEDS) - sum_of(self.parts, SOURCES)


def sum_of(parts: dict[str, Table], names: tuple[str, ...]) -> Table:
    """Parts added up."""
    return np.asarray(np.sum([parts[name] for name in names], axis=0))


def balanced(market: Market, known: Parameters, tables: BalanceTables, chance: Chance) -> Balance:
    """Needs and resources of every line for each year of the road."""
    rate = rates(market, chance, known)
    staff = staff_ahead(market, jobs_ahead(market, chance), rate.left + rate.retired, chance, known, tables)
    needed = demand(market, staff, rate, chance, known)
    return Balance(market, staff, needed | supply(market, staff, rate, chance, known, tables))


def gaps(
    market: Market, known: Parameters, tables: BalanceTables, *, draws: int = DRAWS, seed: int = 0
) -> pl.DataFrame:
    """The cube of gaps: one row for each grain, its cell and each year, in order. The same seed gives the same cube.

    Columns: `KEYS` (`month` ends the year; -1 or empty: all), `stock` (people expected), `before`, `NEEDS`, `SOURCES`,
    `need`, `supply`, `gap`, `BOUNDS` (of the gap), `tension` (1 to 5), `sure` (share of draws in that class),
    `repeated` and `no_growth` (naive: last year's openings less its entries, again; posts replaced only). Cells add up.
    """
    point = balanced(market, known, tables, Chance())
    drawn = balanced(market, known, tables, Chance(draws, seed))
    return pl.concat([_grain(name, keys, point, drawn, known) for name, keys in GRAINS.items()])


def _grain(name: str, keys: tuple[str, ...], point: Balance, drawn: Balance, known: Parameters) -> pl.DataFrame:
    lines = point.market.lines
    cells = lines.select(keys).unique().sort(keys) if keys else pl.DataFrame({"all": [0]})
    joined = lines.join(cells.with_row_index("rank"), on=keys, how="left", maintain_order="left") if keys else None
    rank = joined["rank"].to_numpy() if joined is not None else np.zeros(lines.height, dtype=np.int64)
    onto = np.eye(cells.height)[rank]
    told = {part: (table @ onto)[0] for part, table in point.parts.items()}
    stock, gap = (point.stock @ onto)[0], (point.gap @ onto)[0]
    all_gaps, all_before = drawn.gap @ onto, (drawn.stock @ onto)[:, :-1]
    before = stock[:-1]
    tension = classes(gap, before, known)
    low_high = _bounds(gap, all_gaps)
    numbers = {"stock": stock[1:], "before": before, **told}
    numbers |= {"need": sum_of(told, NEEDS), "supply": sum_of(told, SOURCES), "gap": gap, **low_high}
    numbers["tension"] = tension.astype(np.float64)
    numbers["sure"] = (classes(all_gaps, all_before, known) == tension).mean(axis=0)
    numbers["repeated"] = 0 * gap + (lines["openings"] - lines["entered"]).to_numpy() @ onto
    numbers["no_growth"] = gap - told["expansion"]
    return _long(name, keys, cells, point.market.months, numbers)


def classes(gap: Table, before: Table, known: Parameters) -> Table:
    """The ordinal class of gaps, 1 (strong surplus) to 5 (strong tension), by their part of those in post before."""
    beyond, within = known.surplus_beyond.share[1], known.balance_within.share[1]
    part = np.divide(gap, before, out=np.sign(gap) * BASIS_POINTS, where=before > 0)
    return np.asarray(1 + np.searchsorted(np.array([-beyond, -within, within, beyond]), part, side="right"))


def _bounds(gap: Table, drawn: Table) -> dict[str, Table]:
    found: dict[str, Table] = {}
    for covered in COVERED:
        edge = (1 - covered / 100) / 2
        low, high = np.quantile(drawn, (edge, 1 - edge), axis=0)
        found |= {f"low_{covered}": np.minimum(low, gap), f"high_{covered}": np.maximum(high, gap)}
    return found


def _long(
    name: str, keys: tuple[str, ...], cells: pl.DataFrame, months: tuple[int, ...], numbers: dict[str, Table]
) -> pl.DataFrame:
    columns = {
        "grain": pl.lit(name),
        "occupation": pl.col("occupation") if "occupation" in keys else pl.lit(EVERY),
        "region": (pl.col("region") if "region" in keys else pl.lit(ALL)).cast(pl.Int32),
        "level": (pl.col("level") if "level" in keys else pl.lit(ALL)).cast(pl.Int32),
    }
    asked = pl.DataFrame({"month": list(months)}, schema={"month": pl.Int32}).join(cells, how="cross")
    tables = [pl.Series(column, table.ravel(), pl.Float64) for column, table in numbers.items()]
    return asked.select(**columns, month="month").with_columns(tables).with_columns(pl.col("tension").cast(pl.Int8))
