"""The projection of headcounts tried on the past of synthetic countries that its choices have never seen.

    python -m bench.projection [COUNTRIES]

Each of the 20 countries (unless told) has 20,000 people and 66 months; the projection is made at the end of 38, 43,
49 and 54 months, and looked at 12 and 24 months later, at every level. Said beside it, naive: nothing changes; the last
year's change goes on. Growth as it was is then tried on the public series of jobs, whose points allow no interval.
"""

from __future__ import annotations

import sys
import time
from typing import Final

import numpy as np
import polars as pl

from bench._goals import Goal
from bench._nation import NOTICE
from minassa.nation import lived
from minassa.outlook.projection.backtest import back_test, scores
from minassa.outlook.projection.cells import cells_of
from minassa.outlook.projection.growth import YEAR
from minassa.outlook.projection.method import method
from minassa.vocabulary.periods import parse_month

START: Final = parse_month("2025-01")
MONTHS, PEOPLE, COUNTRIES = 66, 20_000, 20
KNOWN: Final = (38, 43, 49, 54)
FIRST_SEED: Final = 900_001
"""Far from the seeds on which the choices of the method were made."""
PUBLIC: Final = {2009: 32_000, 2012: 57_000, 2015: 63_000, 2019: 115_000, 2022: 130_000, 2023: 141_000, 2024: 148_500}
"""Jobs as the press prints them (law dossier, part 5.3); 2019 is the middle of « 110,000 to 120,000 »."""


def tried(countries: int) -> pl.DataFrame:
    """The back-test of every country."""
    parts = []
    for seed in range(FIRST_SEED, FIRST_SEED + countries):
        rows = lived(people=PEOPLE, months=MONTHS, seed=seed, start_month=START)
        parts.append(back_test(cells_of(rows.lazy()), [START + one - 1 for one in KNOWN], method()))
    return pl.concat(parts)


def on_public_series() -> tuple[float, float, float]:
    """Mean error of jobs, one point ahead, from the third on: growth as it was, nothing changes, change as it was."""
    years, jobs = np.array(list(PUBLIC), float), np.array(list(PUBLIC.values()), float)
    errors = []
    for rank in range(2, len(years)):
        span, before = years[rank] - years[rank - 1], years[rank - 1] - years[rank - 2]
        grown = jobs[rank - 1] * (jobs[rank - 1] / jobs[rank - 2]) ** (span / before)
        drifted = jobs[rank - 1] + (jobs[rank - 1] - jobs[rank - 2]) * span / before
        errors.append([abs(said - jobs[rank]) for said in (grown, jobs[rank - 1], drifted)])
    growth, still, drift = np.mean(errors, axis=0)
    return float(growth), float(still), float(drift)


def main() -> None:
    """Print the scores by level, then what is required of them."""
    countries = int(sys.argv[1]) if len(sys.argv) > 1 else COUNTRIES
    began = time.perf_counter()
    found = tried(countries)
    print(f"{NOTICE} ; {countries} pays de {PEOPLE} salariés, {time.perf_counter() - began:.1f} s")
    table = scores(found)
    with pl.Config(tbl_rows=-1, tbl_cols=-1, tbl_width_chars=160, float_precision=3):
        print(table)
    cells = table.filter(pl.col("level") == "cell")
    weights = cells["rows"] / cells["rows"].sum()
    shares = {name: float((cells[name] * weights).sum()) for name in ("covered_80", "covered_95", "direction")}
    nation = table.filter(pl.col("level") == "nation", pl.col("months") == YEAR).row(0, named=True)
    cell_years = int((cells["rows"] * cells["months"] / YEAR).sum())
    growth, still, drift = on_public_series()
    print(f"  séries publiques, erreur : croissance {growth:.0f}, inchangé {still:.0f}, tendance {drift:.0f} emplois")
    Goal("cases-années du retour sur le passé", cell_years, 500, "", least=True).say()
    Goal("écart à 80 % de couverture", abs(shares["covered_80"] - 0.80), 0.03, "").say()
    Goal("écart à 95 % de couverture", abs(shares["covered_95"] - 0.95), 0.03, "").say()
    Goal("bon sens de variation, cases", shares["direction"], 0.75, "", least=True).say()
    naive = min(nation["error_unchanged"], nation["error_drifting"])
    Goal("erreur sur celle de la meilleure naïve, pays, 12 mois", nation["error"] / naive, 1.0, "").say()


if __name__ == "__main__":
    main()
