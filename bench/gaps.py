"""Gaps of the labour market tried on invented markets whose need and supply are known to the head.

    python -m bench.gaps [MARKETS]

Each of the 30 markets (unless told) has 60,000 people in five filières and twelve regions; what the balance only
assumes is planted within the range that it declares, and differs from one to the next. Three years ahead are told, then
compared with what was lived, at every grain, beside two naive gaps: last year's again; posts that are only replaced.
"""

from __future__ import annotations

import resource
import sys
from typing import Final

import numpy as np
import polars as pl

from bench._goals import Goal
from bench._nation import NOTICE
from minassa.nation.known_market import KnownMarket, Plan, known_market
from minassa.nation.streams import stream
from minassa.outlook.gaps.road import road
from minassa.outlook.projection.cells import Cells
from minassa.outlook.projection.method import method
from minassa.outlook.targets import Scale
from minassa.talent.balance.gaps import ALL, EVERY, GRAINS, classes, gaps
from minassa.talent.balance.market import Market
from minassa.talent.balance.observed import exit_counts
from minassa.talent.balance.parameters import Ranged, parameters
from minassa.talent.balance.tables import balance_tables
from minassa.vocabulary.rates import BASIS_POINTS

MARKETS: Final = 30
DRAWS: Final = 300
MONTH: Final = 2027 * 12 + 5
NAIVE: Final = ("repeated", "no_growth")
COLUMNS: Final = ("stock", "gap", "need", "supply")


def planted(seed: int) -> Plan:
    """A plan whose assumptions are drawn within the ranges that the balance declares."""
    rng, known = stream(seed, "plan"), parameters()

    def drawn(of: Ranged) -> float:
        return float(rng.triangular(*of.share))

    return Plan(
        left=float(rng.uniform(0.08, 0.18)),
        retired=float(rng.uniform(0.005, 0.015)),
        moving_up=drawn(known.moving_up),
        returning=drawn(known.returning_of_exits),
        inserted=drawn(known.inserted_of_graduates),
        staying=drawn(known.staying_in_region),
        share_spread=drawn(known.share_spread),
    )


def market_of(known: KnownMarket) -> Market:
    """What the balance is given of a known market: never its truth."""
    wide = known.headcounts.pivot("month", index=["filiere", "region"], values="headcount").sort("filiere", "region")
    table = wide.drop("filiere", "region").to_numpy().astype(np.float64)
    cells = Cells(
        wide["filiere"].to_numpy().astype(np.int64),
        wide["region"].to_numpy().astype(np.int64),
        known.month - table.shape[1] + 1,
        table,
    )
    until = max(known.truth["month"].to_list())
    made, together = road(cells, until, "trend", method(), Scale())
    exits = exit_counts(known.flow)
    return Market(known.month, known.staff, made, exits, known.flow, known.graduates, together, scale=0.0)


def compared(seed: int, draws: int) -> pl.DataFrame:
    """The cube of a known market beside its truth, for every grain, with the nation's seed."""
    tables = balance_tables()
    flexibility = {f: {o: part / BASIS_POINTS for o, part in row.items()} for f, row in tables.flexibility.items()}
    known = known_market(planted(seed), flexibility, MONTH, seed)
    still = tables.model_copy(update={"staffing": ()})
    cube = gaps(market_of(known), parameters(), still, draws=draws, seed=seed)
    parts = []
    for grain, keys in GRAINS.items():
        true = known.truth.group_by("month", *keys).agg(pl.col(COLUMNS).sum().name.prefix("true_"))
        missing = {"occupation": pl.lit(EVERY), "region": pl.lit(ALL, pl.Int32), "level": pl.lit(ALL, pl.Int32)}
        parts.append(
            true.with_columns(pl.lit(grain).alias("grain"), *(v.alias(k) for k, v in missing.items() if k not in keys))
        )
    true = pl.concat(
        part.select("grain", "occupation", "region", "level", "month", *(f"true_{c}" for c in COLUMNS))
        for part in parts
    )
    joined = cube.join(true, on=["grain", "occupation", "region", "level", "month"], how="left")
    right = classes(joined["true_gap"].to_numpy(), joined["before"].to_numpy(), parameters())
    return joined.with_columns(pl.Series("true_tension", right), seed=seed)


def incoherence(cube: pl.DataFrame) -> float:
    """The largest difference between a sum of cells and what a coarser grain says, of gap, need, supply and stock."""
    cells = cube.filter(pl.col("grain") == "cell")
    worst = 0.0
    for grain, keys in GRAINS.items():
        by = ["seed", "month", *keys]
        summed = cells.group_by(by).agg(pl.col(COLUMNS).sum().name.suffix("_sum"))
        both = cube.filter(pl.col("grain") == grain).join(summed, on=by)
        worst = max(worst, *(float(np.abs((both[c] - both[f"{c}_sum"]).to_numpy()).max()) for c in COLUMNS))
    return worst


def scores(cube: pl.DataFrame) -> pl.DataFrame:
    """By grain: rows, coverage, class right (and within one, and of the naive ones), errors over those of the naive.

    `better` is the share of rows where the gap is nearer the truth than the better of the two naive ones on average.
    """
    known, before = parameters(), cube["before"].to_numpy()
    naive = [
        pl.Series(f"class_{name}", classes(cube[name].to_numpy(), before, known) == cube["true_tension"].to_numpy())
        for name in NAIVE
    ]
    error = {name: (pl.col(name) - pl.col("true_gap")).abs() for name in ("gap", *NAIVE)}
    inside = [
        pl.col("true_gap").is_between(f"low_{one}", f"high_{one}").mean().alias(f"covered_{one}") for one in (80, 95)
    ]
    off = (pl.col("tension") - pl.col("true_tension")).abs()
    return (
        cube.with_columns(naive)
        .group_by("grain", maintain_order=True)
        .agg(
            pl.len().alias("rows"),
            *inside,
            (off == 0).mean().alias("class_right"),
            (off <= 1).mean().alias("class_near"),
            *(pl.col(f"class_{name}").mean() for name in NAIVE),
            *((error["gap"].sum() / error[name].sum()).alias(f"to_{name}") for name in NAIVE),
            *((error["gap"] < error[name]).mean().alias(f"beats_{name}") for name in NAIVE),
        )
    )


def main() -> None:
    """Print the scores by grain, then what is required of them."""
    markets = int(sys.argv[1]) if len(sys.argv) > 1 else MARKETS
    cube = pl.concat(compared(seed, DRAWS) for seed in range(1, markets + 1))
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(f"{NOTICE} ; {markets} marchés, {used.ru_utime + used.ru_stime:.1f} s de processeur")
    table = scores(cube)
    with pl.Config(tbl_cols=-1, tbl_rows=-1, float_precision=3, tbl_width_chars=200):
        print(table)
        first = cube["month"].min()
        print("première année seule")
        print(scores(cube.filter(pl.col("month") == first)))
    cells, trades = (table.filter(pl.col("grain") == one).row(0, named=True) for one in ("cell", "occupation"))
    Goal("cases-années", cells["rows"], 500, "", least=True).say()
    Goal("écart à 80 % de couverture, cases", abs(cells["covered_80"] - 0.80), 0.03, "").say()
    Goal("écart à 95 % de couverture, cases", abs(cells["covered_95"] - 0.95), 0.03, "").say()
    Goal("bonne classe à une près, métiers", trades["class_near"], 0.8, "", least=True).say()
    naive = max(trades["to_repeated"], trades["to_no_growth"])
    Goal("erreur sur celle de la meilleure naïve, métiers", naive, 1.0, "").say()
    Goal("incohérence", incoherence(cube), 1e-6, "").say()
    Goal("plus petit effectif", float(str(cube["stock"].min())), 0.0, "", least=True).say()


if __name__ == "__main__":
    main()
