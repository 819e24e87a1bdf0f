"""Undue money found before payment, due money held, on made-up nations whose irregularities are known (invented).

    python -m bench.undue [--people 6000] [--months 42] [--seeds N] [--seed N ...]

Each nation is drawn from a seed never used (at random, printed, unless given) and made twice: as firms declare it, and
straight, as they would had they bent neither pay, nor days, nor statements. Files are deposited month after month, and
claims prepared as they open, each from the run of what is filed by then. The truth is read here only, never by the
checks. For each employee, hire, period of pay and measure (AIR, PAF, PAE), over all claims:

- word: what the declarations bring when hires are taken for new and invented employees stand in the register;
- due: what the law gives on the straight declarations, nothing for the invented, no PAE nor PAF for hires who in truth
  came from a related firm or had left the same one. AIR and PAF of pay that was raised for the reference of the PAE
  but really paid, declared and taxed are due; they stand apart (`pay raised, really paid`, and the last share printed).
  Posts refilled are paid by the law in force (switch off), so that a replacement makes nothing undue;
- undue: word less due, where it is above. Found: what of it is not paid without somebody looking, either because the
  claim does not ask for it (`refused`) or because a check holds its line, or its excess (`held`). `missed`: paid beyond
  due;
- wrongly: due money that is refused or held.
"""

from __future__ import annotations

import argparse
import secrets
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import polars as pl

from bench._goals import Goal
from bench._nation import NOTICE
from bench._undue import FOLLOWS, NATURAL, NOTHING, confronted, made, seasons

FOUND, HELD = 0.95, 0.02
CENTS = 100


def measured(people: int, months: int, seed: int) -> pl.DataFrame:
    """The rows of one nation, as `confronted` gives them."""
    with tempfile.TemporaryDirectory(prefix="minassa-undue-") as folder:
        began = time.perf_counter()
        nation = made(Path(folder), people, months, seed)
        rows = confronted(nation, seasons(nation, Path(folder)))
        print(f"\nseed {seed}: {people} people, {months} months, {time.perf_counter() - began:.0f} s", flush=True)
    return rows


def counted(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with `undue`, `refused`, `held`, `missed` and `wrongly` (held or refused though due), in centimes."""

    def above(one: str, other: str) -> pl.Expr:
        return (pl.col(one) - pl.col(other)).clip(lower_bound=0)

    asked = above("prepared", "due")
    return rows.with_columns(
        above("word", "due").alias("undue"),
        above("paid", "due").alias("missed"),
        (above("word", "due") - asked).clip(lower_bound=0).alias("refused"),
        (asked - above("paid", "due")).alias("held"),
        (pl.min_horizontal("due", "word") - pl.col("paid")).clip(lower_bound=0).alias("wrongly"),
    )


def told(rows: pl.DataFrame) -> None:
    """Print a line per kind, in dirhams."""
    columns = ("undue", "refused", "held", "missed", "due", "wrongly")
    sums = rows.group_by("kind").agg(pl.col(columns).sum()).sort("undue", descending=True)
    print(f"  {'MAD':26}" + "".join(f"{name:>16}" for name in columns))
    for row in sums.iter_rows(named=True):
        print(f"  {row['kind']:26}" + "".join(f"{row[name] / CENTS:16,.2f}" for name in columns))


def shares(rows: pl.DataFrame) -> tuple[float, float, float, float]:
    """Shares: found of what was planted; of it, among what claims still asked for; wrongly held; found, strictly.

    Strictly: as if AIR and PAF of pay raised, really paid, were undue too.
    """
    planted = rows.filter(~pl.col("kind").is_in((NATURAL, NOTHING, FOLLOWS)))
    undue, held_back, missed = (int(planted[name].sum()) for name in ("undue", "held", "missed"))
    strict = rows.filter(~pl.col("kind").is_in((NATURAL, NOTHING))).with_columns(pl.col("straight").alias("due"))
    strict = counted(strict)
    due = int(rows["due"].sum())
    return (
        1 - missed / undue if undue else 1.0,
        held_back / (held_back + missed) if held_back + missed else 1.0,
        int(rows["wrongly"].sum()) / due if due else 0.0,
        1 - int(strict["missed"].sum()) / max(1, int(strict["undue"].sum())),
    )


def main(arguments: Sequence[str]) -> int:
    """Measure each nation, then all together."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--people", type=int, default=6_000)
    parser.add_argument("--months", type=int, default=42)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--seed", type=int, nargs="*")
    options = parser.parse_args(arguments)
    seeds = options.seed or [secrets.randbelow(2**31) for _ in range(options.seeds)]
    print(NOTICE)
    every = []
    for seed in seeds:
        rows = counted(measured(options.people, options.months, seed))
        told(rows)
        say(rows)
        every.append(rows)
    whole = pl.concat(every)
    print(f"\nall {len(seeds)} nations")
    told(whole)
    found, wrongly = say(whole)
    Goal("undue money found before payment", found, FOUND, "of the money planted", least=True).say()
    Goal("due money wrongly held", wrongly, HELD, "of the money due").say()
    return 0


def say(rows: pl.DataFrame) -> tuple[float, float]:
    """Print the shares; those of the goals."""
    found, of_asked, wrongly, strict = shares(rows)
    print(
        f"  found before payment {found:.4f} (of what claims still asked for: {of_asked:.4f}); "
        f"due money wrongly held {wrongly:.4f}; found when raised pay makes AIR and PAF undue too {strict:.4f}"
    )
    return found, wrongly


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
