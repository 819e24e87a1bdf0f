"""Income tax and AIR of 20 million made-up employee-months: Minassa's engine, OpenFisca-Core, a fused Numba kernel.

    python -m bench.bench_income_tax [--rows 2000000] [--rounds 3] [--rival-rounds 1]

Minassa evaluates the rules of `minassa.offer` through `minassa.engine.evaluate`, on a Polars LazyFrame collected by its
streaming engine: whole centimes from one end to the other. OpenFisca holds the same rules as Variables over 32-bit
floats, as it does by default; `set_input` and `calculate` are timed, on populations built beforehand, in two sizes of
simulation, as the size tells a lot. The kernels are one compiled loop over the rows on all cores, constants and all:
the first is written as the law reads, the second tuned by hand (a scale without branches, rows without AIR left early).
Each contender makes new columns of results. All take turns in each round, so that whatever else the machine does falls
on all; best and median of the warm rounds, and the least processor time, which others on the machine weigh on less.
Rows, sums and a sample told by `explain` must agree to the centime.
"""

from __future__ import annotations

import argparse
import platform
import resource
import statistics
import sys
from collections.abc import Callable, Mapping
from importlib.metadata import version
from itertools import pairwise
from typing import Any

import minassa  # first: it says to Polars' allocator, before Polars is loaded, what it says in the product

# isort: split

import numba
import numpy as np
import polars as pl
from numpy.typing import NDArray

from bench._employee_months import AIR, GRAIN, MONTH, TAX, WANTED, Columns, Law, Spent, law_of, made_up
from bench._goals import Goal
from bench._openfisca import OpenFisca
from minassa.engine import evaluate, explain
from minassa.offer.loading import load_offer
from minassa.vocabulary.periods import format_month

PIECES = (1_000_000, 20_000_000)
SAMPLE = 200
TIMES_OPENFISCA, TIMES_KERNEL = 10, 1.2


def engine(columns: Columns) -> Callable[[], pl.DataFrame]:
    """Minassa: the offer's own rules, from the plan to the last row."""
    offer, frame = load_offer(), pl.DataFrame(dict(columns)).lazy()

    def run() -> pl.DataFrame:
        results = evaluate(offer, {GRAIN: frame}, {GRAIN: (MONTH, MONTH)}, {GRAIN: WANTED})
        done: pl.DataFrame = results[GRAIN].select(WANTED).collect(engine="streaming")
        return done

    return run


def kernel(columns: Columns, law: Law, *, tuned: bool) -> Callable[[], dict[str, NDArray[np.int64]]]:
    """One compiled loop over the rows, on all cores."""
    loop = compiled(law, straight(law) if tuned else branching(law), early=tuned)
    given = [column for name, column in columns.items() if name != "period_start"]

    def run() -> dict[str, NDArray[np.int64]]:
        out = {name: np.empty(len(given[0]), dtype=np.int64) for name in WANTED}
        loop(*given, law.caps, out[TAX], out[AIR])
        return out

    loop(*(column[:9] for column in given), law.caps, *(np.empty(9, dtype=np.int64) for _ in WANTED))
    return run


def lines(law: Law) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]:
    """The scale as straight lines: upper bound, slope and constant of each bracket above the first."""
    sums, total = [], 0
    for threshold, (lower, higher) in zip(law.thresholds[1:], pairwise(law.rates), strict=True):
        total += threshold * (higher - lower)
        sums.append(total)
    return law.thresholds[1:], law.rates[1:], tuple(sums)


def branching(law: Law) -> Any:  # noqa: ANN401 (a compiled function)
    """The scale as the law reads: find the bracket, apply its line."""
    (b1, b2, b3, b4, b5), (s1, s2, s3, s4, s5), (d1, d2, d3, d4, d5) = lines(law)

    @numba.njit
    def scale(net, months):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202
        if net <= b1 * months:
            return 0
        if net <= b2 * months:
            return s1 * net - d1 * months
        if net <= b3 * months:
            return s2 * net - d2 * months
        if net <= b4 * months:
            return s3 * net - d3 * months
        if net <= b5 * months:
            return s4 * net - d4 * months
        return s5 * net - d5 * months

    return scale


def straight(law: Law) -> Any:  # noqa: ANN401 (a compiled function)
    """The scale without a branch: rates ascend, so the tax is the highest of its lines."""
    _, (s1, s2, s3, s4, s5), (d1, d2, d3, d4, d5) = lines(law)

    @numba.njit
    def scale(net, months):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202
        lower = max(0, s1 * net - d1 * months, s2 * net - d2 * months)
        return max(lower, s3 * net - d3 * months, s4 * net - d4 * months, s5 * net - d5 * months)

    return scale


def compiled(law: Law, scale: Any, *, early: bool) -> Any:  # noqa: ANN401 (compiled functions)
    """The loop, with the figures of the law as constants; each step rounded to the centime as the rules do."""
    low, high, ceiling, threshold = law.low_rate, law.high_rate, law.ceiling, law.threshold
    capped, rest, child, children = law.capped_rate, law.whole_rate, law.child, law.children

    @numba.njit(parallel=True)
    def loop(gross, base, worked, other, kids, withheld, filed, place, aided, caps, tax, air):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202, PLR0917
        for i in numba.prange(gross.shape[0]):
            income, months = gross[i], max(worked[i], 1)
            social = (capped * base[i] + rest * income + 5_000) // 10_000
            rate = low if 12 * income <= threshold * months else high
            expenses = (min(12 * rate * income, 10_000 * ceiling * months) + 60_000) // 120_000
            net = max(income - expenses - social - other[i], 0)
            family = (child * min(kids[i], children) * months + 6) // 12
            due = max((scale(12 * net, months) + 60_000) // 120_000 - family, 0)
            tax[i] = due
            cap = (caps[place[i]] * income + 5_000) // 10_000
            above = (min(due, withheld[i]) if filed[i] else due) - cap
            if early and above <= 0:
                air[i] = 0
            else:
                air[i] = (max(above, 0) * max(months - aided[i], 0) + months // 2) // months

    return loop


def refuse_differences(found: Mapping[str, NDArray[Any]], expected: pl.DataFrame, who: str) -> None:
    """Stop when a contender does not give the same centimes on every row."""
    for name in WANTED:
        differ = int((found[name] != expected[name].to_numpy()).sum())
        if differ:
            sys.exit(f"WRONG: {who} differs on {differ:,} rows of {name}")


def refuse_untold(columns: Columns, found: pl.DataFrame) -> None:
    """Stop when `explain`, on plain Python numbers, tells other amounts for a sample of the rows."""
    offer, rows = load_offer(), len(columns["place"])
    for row in range(0, rows, max(1, rows // SAMPLE)):
        values = {GRAIN: {name: column[row].item() for name, column in columns.items()}}
        for name in WANTED:
            if explain(offer, name, GRAIN, values).value != found[name][row]:
                sys.exit(f"WRONG: explain tells another {name} for row {row}")


def compare(rows: int, rounds: int, rival_rounds: int) -> None:
    """Check every contender, then time them in turns, and print what a reader needs to judge."""
    columns = made_up(rows)
    law = law_of(load_offer().at(GRAIN, MONTH))
    ours = engine(columns)
    kernels = {
        "kernel as the law reads": kernel(columns, law, tuned=False),
        "kernel tuned by hand": kernel(columns, law, tuned=True),
    }
    exact = ours()
    for who, run in kernels.items():
        refuse_differences(run(), exact, who)
    refuse_untold(columns, exact)
    rivals = {f"OpenFisca-Core, by {piece:,}": OpenFisca(columns, law, piece) for piece in PIECES}
    floats, _ = next(iter(rivals.values())).run()
    contenders: dict[str, Callable[[], Any]] = {"Minassa (Polars, streaming)": ours, **kernels}
    turns: dict[str, list[Spent]] = {who: [] for who in (*contenders, *rivals)}
    for number in range(rounds):
        for who, turn in contenders.items():
            began = Spent.now()
            turn()
            turns[who].append(began.since())
        for who, rival in rivals.items() if number < rival_rounds else ():
            turns[who].append(rival.run()[1])
    report(rows, turns)
    errors(floats, exact)
    bests = [min(spent.wall for spent in all_spent) for all_spent in turns.values()]
    ours_best, law_best, tuned_best, *rival_bests = bests
    Goal("times as fast as OpenFisca's best", min(rival_bests) / ours_best, TIMES_OPENFISCA, "x", least=True).say()
    Goal("time beside the kernel as the law reads", ours_best / law_best, TIMES_KERNEL, "x").say()
    Goal("time beside the kernel tuned by hand", ours_best / tuned_best, TIMES_KERNEL, "x").say()


def report(rows: int, turns: Mapping[str, list[Spent]]) -> None:
    """Best and median seconds of each contender, least processor time, and how many times the engine's best."""
    ours = min(spent.wall for spent in next(iter(turns.values())))
    print(f"{rows:,} employee-months of {format_month(MONTH)}, {' and '.join(WANTED)}; {numba.get_num_threads()} cores")
    for who, spent in turns.items():
        walls, processor = [one.wall for one in spent], min(one.processor for one in spent)
        best, median = min(walls), statistics.median(walls)
        print(
            f"{who:<29} best {best:7.3f} s   median {median:7.3f} s of {len(spent)}   processor {processor:7.3f} s   "
            f"{best / ours:6.2f} x ours"
        )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    known = ", ".join(f"{name} {version(name)}" for name in ("polars", "numba", "openfisca-core"))
    print(f"peak of memory {peak:.1f} GiB; minassa {minassa.__version__}, Python {platform.python_version()}, {known}")


def errors(floats: Mapping[str, NDArray[Any]], exact: pl.DataFrame) -> None:
    """By how much 32-bit floats miss the exact amounts, in dirhams."""
    print("rows and sums identical to the centime: Minassa, both kernels, and explain on a sample")
    for name in WANTED:
        truth = exact[name].to_numpy()
        sums = f"sum {int(truth.sum()):,} centimes"
        missed = np.abs(floats[name].astype(np.float64) - truth / 100)
        wrong = (np.rint(floats[name].astype(np.float64) * 100) != truth).mean()
        print(
            f"{name}: {sums}; OpenFisca misses by at most {missed.max():.4f} MAD, {missed.sum():,.0f} MAD in all, "
            f"{wrong:.1%} of rows by a centime or more"
        )


def main() -> None:
    """Read the command line and compare."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rows", type=int, default=20_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--rival-rounds", type=int, default=3)
    chosen = parser.parse_args()
    compare(chosen.rows, chosen.rounds, chosen.rival_rounds)


if __name__ == "__main__":
    main()
