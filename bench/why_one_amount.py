"""Why one amount (synthetic rows), warm: from the rows of the run to the lines of the files, median and worst."""

from __future__ import annotations

import statistics
import time

import polars as pl

from bench._goals import Goal
from bench._nation import NOTICE, Rows, asked, folder, ran
from minassa.entitlements.amounts import AmountId
from minassa.entitlements.replays import offer_of
from minassa.entitlements.why import why
from minassa.offer.loading import load_offer

SAMPLE = 25
SECONDS = 0.1


def main() -> None:
    """Ask why of a sample of amounts of each measure, one after the other, in one process."""
    run = ran(asked())
    law, lake = offer_of(run, load_offer()), Rows(folder(asked()))
    paid = run.table("amounts").filter(pl.col("amount_cents") > 0).collect()
    every: list[float] = []
    medians: dict[str, float] = {}
    for measure in law.measures:
        rows = paid.filter(pl.col("measure") == measure).sample(SAMPLE + 1, seed=7, with_replacement=True)
        seconds: list[float] = []
        for row in rows.iter_rows(named=True):
            name = str(AmountId(measure, row["affiliation"], row["person"], row["period_start"]))
            before = time.perf_counter()
            answer = why(name, run, law, lake)
            seconds.append(time.perf_counter() - before)
            if answer.tree.value != row["amount_cents"]:
                raise SystemExit(f"{name} : l'explication ne donne pas le montant")
        print(f"  {measure.upper():4} première {seconds[0]:.3f} s, puis médiane {statistics.median(seconds[1:]):.3f} s")
        every += seconds[1:]
        medians[measure] = statistics.median(seconds[1:])
    print(f"{NOTICE} ; ensemble : médiane {statistics.median(every):.3f} s, pire {max(every):.3f} s")
    slowest = max(medians, key=medians.__getitem__)
    Goal(f"why, median of the slowest measure ({slowest.upper()})", medians[slowest], SECONDS, "s").say()


if __name__ == "__main__":
    main()
