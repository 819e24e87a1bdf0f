"""What is worth a look in the lines of claims before anyone decides: each reason is a bit of `flags`.

All from the run that the claims are prepared from, and from what was claimed before. Nothing here refuses anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import polars as pl

from minassa.claims.weights import Held, reasons, thresholds
from minassa.entitlements.doubts import overstated
from minassa.entitlements.runs import Run
from minassa.entitlements.sources import Sources, Tables
from minassa.vocabulary.periods import MONTHS_A_YEAR

PERSON_YEAR: Final = ["affiliation", "person", "year"]
YEARLY_IRREGULARITIES: Final = ("disagreement", "underdeclared_days")
OVERSTATED: Final = "overstated_income"
"""The disagreement of incomes that makes a premium larger: the statement, on which it rests, says more than CNSS."""
HIGHEST: Final = 100
NOBODY: Final = 0


def bit_of(kind: str) -> int:
    """The bit of a reason in `flags`."""
    return 1 << list(reasons()).index(kind)


def holding(day: date, part: Held | None = None) -> int:
    """The bits of the reasons for which a line prepared on a day is not paid before someone looked at it.

    `part`: those that hold the whole of it, or its excess, alone.
    """
    return sum(bit_of(kind) for kind, held in thresholds(day).holds.items() if part in {None, held})


def held_cents(day: date) -> pl.Expr:
    """What of the lines prepared on a day waits for someone to look at it, in centimes."""
    waits = ((pl.col("flags") & holding(day)) != 0) & (pl.col("amount_cents") > 0)
    return pl.when(waits).then(pl.coalesce("doubtful_cents", "amount_cents")).otherwise(0)


def doubtful_cents(day: date) -> pl.Expr:
    """What the reasons that hold an excess put in doubt of each line, above what former claims of the year say of it.

    Null where a reason holds the whole line, where none holds it, and where the run does not know.
    """
    whole, excess = (pl.col("flags") & holding(day, part) for part in (Held.WHOLE, Held.EXCESS))
    doubt = pl.col("cumulative_cents") - pl.col("undoubted_cents") - pl.col("earlier_doubtful_cents")
    known = (whole == 0) & (excess != 0) & (pl.col("amount_cents") > 0)
    return pl.when(known).then(doubt.clip(0, pl.col("amount_cents")))


def flagged(
    lines: pl.DataFrame, run: Run, tables: Tables, measure: str, day: date, before: pl.DataFrame
) -> pl.DataFrame:
    """The lines with `flags` and `doubtful_cents`.

    `before`: firms and persons (`affiliation`, `person`) claimed once for all earlier.
    """
    found = _with_findings(lines, run)
    found = found.with_columns(pl.lit(0, pl.Int64).alias("flags") | pl.col("found"))
    aid = _aid_bit(run, measure)
    marks = [
        (pl.col("entitled") & ((pl.col("unmet") & aid) != 0), "cumulated"),
        (pl.col("provisional") & pl.col("entitled"), "provisional"),
        (_outlier(day), "outlier"),
    ]
    found = found.join(_elsewhere(lines, run, tables, measure), on=["affiliation", "person"], how="left")
    found = found.join(before.unique().with_columns(pl.lit(value=True).alias("known")), on=before.columns, how="left")
    marks += [
        (pl.col("sister").fill_null(value=False), "sister_firm"),
        (pl.col("other").fill_null(value=False), "elsewhere"),
        (pl.col("known").fill_null(value=False), "already_claimed"),
    ]
    flags = pl.col("flags")
    for held, kind in marks:
        flags |= pl.when(held).then(bit_of(kind)).otherwise(0)
    found = found.with_columns(flags.alias("flags"))
    return (
        found.with_columns(doubtful_cents(day).alias("doubtful_cents"))
        .select(*lines.columns, "flags", "doubtful_cents")
        .sort(lines.columns[:4])
    )


def _with_findings(lines: pl.DataFrame, run: Run) -> pl.DataFrame:
    """The lines with `found`: the discrepancies and irregularities of the run that concern the person.

    A hire's reference income runs over two years, so those of the year after count too.
    """
    yearly, ever = _findings(run)
    kept = lines.with_columns((pl.col("period_start") // MONTHS_A_YEAR).cast(pl.Int32).alias("year"))
    later = yearly.with_columns((pl.col("year") - 1).cast(pl.Int32).alias("year")).rename({"bits": "later"})
    hire = (pl.col("period_start") == pl.col("hired_month")) & (pl.col("period_end") == pl.col("hired_month"))
    joined = kept.join(yearly, on=PERSON_YEAR, how="left").join(later, on=PERSON_YEAR, how="left")
    joined = joined.join(ever.rename({"bits": "ever"}), on=["affiliation", "person"], how="left")
    after = pl.when(hire).then(pl.col("later").fill_null(0)).otherwise(0)
    found = pl.col("bits").fill_null(0) | after | pl.col("ever").fill_null(0)
    return joined.with_columns(pl.when(pl.col("person") == NOBODY).then(0).otherwise(found).alias("found"))


def _findings(run: Run) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Bits of what the run found: by firm, person and year; by firm and person whatever the year."""
    bits = pl.col("kind").replace_strict({kind: bit_of(kind) for kind in reasons()}, return_dtype=pl.Int64)
    told = run.table("discrepancies")
    over = overstated(told).with_columns(kind=pl.lit(OVERSTATED))
    disagreeing = pl.concat([told, over]).select("kind", *PERSON_YEAR)
    irregular = run.table("irregularities").select(
        "kind", "affiliation", "person", (pl.col("month") // MONTHS_A_YEAR).cast(pl.Int32).alias("year")
    )
    known = pl.col("kind").is_in(list(reasons()))
    dated = pl.col("kind").is_in(YEARLY_IRREGULARITIES)
    yearly = pl.concat([disagreeing.filter(known), irregular.filter(known, dated)])
    ever = irregular.filter(known, ~dated).drop("year")
    return _summed(yearly.with_columns(bits.alias("bits")), PERSON_YEAR), _summed(
        ever.with_columns(bits.alias("bits")), PERSON_YEAR[:2]
    )


def _summed(found: pl.LazyFrame, keys: Sequence[str]) -> pl.DataFrame:
    """Bits added up, each kind once."""
    return found.select(*keys, "bits").unique().group_by(keys).agg(pl.col("bits").sum()).collect()


def _aid_bit(run: Run, measure: str) -> int:
    """The bit in `unmet` of the condition that no other aid is given on the same months; 0 without such a condition."""
    names: list[str] = run.manifest["conditions"].get(measure, [])
    name = f"{measure}_no_other_aid"
    return 1 << names.index(name) if name in names else 0


def _outlier(day: date) -> pl.Expr:
    held = thresholds(day)
    asked = pl.when(pl.col("amount_cents") > 0).then(pl.col("amount_cents"))
    median = asked.median().over("affiliation")
    enough = asked.count().over("affiliation") >= held.outlier_fewest_lines
    return (enough & (pl.col("amount_cents") > median * held.outlier_times_median)).fill_null(value=False)


def _elsewhere(lines: pl.DataFrame, run: Run, tables: Tables, measure: str) -> pl.DataFrame:
    """Firms and persons whom another firm claims for the same months: `sister` of the same group, `other` not."""
    empty = pl.DataFrame(
        schema={"affiliation": pl.Int32, "person": pl.Int64, "sister": pl.Boolean, "other": pl.Boolean}
    )
    asked = lines.filter("entitled", pl.col("person") != NOBODY)
    several = asked.filter(pl.col("affiliation").n_unique().over("person") > 1)
    if not several.height:
        return empty
    spans = _spans(several, run, measure)
    pairs = spans.join(spans, on="person", suffix="_other").filter(
        pl.col("affiliation") != pl.col("affiliation_other"),
        pl.col("begins") <= pl.col("ends_other"),
        pl.col("begins_other") <= pl.col("ends"),
    )
    heads = _heads(tables, run.manifest["versions"])
    grouped = pairs.join(heads, on="affiliation", how="left").join(
        heads.rename({"affiliation": "affiliation_other", "head": "head_other"}), on="affiliation_other", how="left"
    )
    same = (pl.col("head") == pl.col("head_other")).fill_null(value=False)
    return grouped.group_by("affiliation", "person").agg(same.any().alias("sister"), (~same).any().alias("other"))


def _spans(rows: pl.DataFrame, run: Run, measure: str) -> pl.DataFrame:
    """The months during which each line says that the person worked there; for a hire, all months from then on."""
    keys = ["affiliation", "person", "period_start"]
    if measure == "pae":
        return rows.select(*keys[:2], pl.col("period_start").alias("begins"), pl.lit(2**31 - 1).alias("ends"))
    worked = run.table("employee_period").select(
        *keys[:2], pl.col("from_month").alias("period_start"), pl.col("last_month_declared").alias("ends")
    )
    joined = rows.select(keys).join(worked.collect(), on=keys, how="inner")
    return joined.rename({"period_start": "begins"})


def _heads(tables: Tables, versions: dict[str, int]) -> pl.DataFrame:
    """The head of the group of each firm, by its sheet."""
    firms = Sources.of(tables, versions).firms
    return firms.select("affiliation", pl.col("group_head").alias("head")).unique("affiliation", keep="any").collect()


def told(lines: pl.DataFrame, day: date) -> tuple[list[dict[str, Any]], int]:
    """The reasons that concern the lines of one claim, the heaviest first, and the score that they make (0 to 100).

    Each has its `kind`, `weight`, how many `lines` and `cents` it concerns, and the `points` that follow: the weight in
    proportion to the money concerned, at least 1.
    """
    moving = lines.filter(pl.col("amount_cents") != 0)
    total = moving.select(pl.col("amount_cents").abs().sum()).item()
    found = []
    for kind, weight in thresholds(day).weights.items():
        hit = moving.filter((pl.col("flags") & bit_of(kind)) != 0)
        if hit.height:
            cents = int(hit.select(pl.col("amount_cents").abs().sum()).item())
            points = max(1, weight * cents // total)
            found.append({"kind": kind, "weight": weight, "lines": hit.height, "cents": cents, "points": points})
    found.sort(key=lambda one: (-int(str(one["points"])), str(one["kind"])))
    return found, min(HIGHEST, sum(int(str(one["points"])) for one in found))
