"""The road to 130,000: what the firm-months of a run show, month by month, beside the path of the programme.

Jobs are persons declared at CNSS with pay or a covered absence, all firms of the lake together. The programme counts
« direct stable jobs » and no source says how: the two are compared, never called the same.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from minassa.outlook.targets import WHOLE, Scale, path, targets
from minassa.vocabulary.places import places

COUNTS = {
    "headcount_month": "headcount",
    "headcount_base": "headcount_base",
    "hires_month": "hires",
    "transfers_in_month": "transfers",
    "rehires_month": "rehires",
    "replacements_month": "replacements",
    "leavers_month": "leavers",
    "kept_hires_month": "kept_jobs",
}
"""Columns of `firm_month`, and the series they become when firms are added up."""

DIMENSIONS = ("filiere", "place", "region", "size", "affiliation")
"""What a series may be cut by; `size`, a class of firms, is a column that the caller joined."""
NO_REGION = 0
"""Region of the firms whose place no file tells."""


def region_of_place() -> pl.Expr:
    """HCP number of the region of the column `place`; 0 where the place is not known."""
    known = {place.code: place.region for place in places()}
    return pl.col("place").cast(pl.Int16).replace_strict(known, default=NO_REGION, return_dtype=pl.Int16)


def series(firm_months: pl.LazyFrame, by: Sequence[str] = ()) -> pl.DataFrame:
    """The monthly series, national or `by` filiere, place or region (those of most of each firm's staff).

    Columns: `month`, those of `by`, then whole numbers: `headcount`; `headcount_base`, of June 2025; `hires` of the
    month and among them `transfers`, `rehires`, `replacements`; `new_jobs`, the hires that are none of the three;
    `leavers`; `kept_jobs`, recruits since July 2025 past their 18th month and still in post; `net_jobs`, the headcount
    less that of June 2025. `net_jobs` is null when the data say nothing of June 2025. ValueError for an unknown `by`.
    """
    unknown = sorted(set(by) - set(DIMENSIONS))
    if unknown:
        message = f"Une série se découpe par {', '.join(DIMENSIONS)}, pas par {', '.join(unknown)}."
        raise ValueError(message)
    rows = firm_months.with_columns(region_of_place().alias("region")) if "region" in by else firm_months
    added = rows.group_by("month", *by).agg(pl.col(old).cast(pl.Int64).sum().alias(new) for old, new in COUNTS.items())
    based = firm_months.select((pl.col("headcount_base") > 0).any()).collect().item()
    return (
        added.with_columns(
            (pl.col("hires") - pl.col("transfers") - pl.col("rehires") - pl.col("replacements")).alias("new_jobs"),
            pl.when(pl.lit(bool(based))).then(pl.col("headcount") - pl.col("headcount_base")).alias("net_jobs"),
        )
        .sort(*by, "month")
        .collect(engine="streaming")
    )


def against_path(national: pl.DataFrame, scale: Scale = WHOLE) -> pl.DataFrame:
    """The national series with, for the months of the programme, its path and the gap to it.

    Added columns: `additional_<baseline>` for each baseline of the targets (headcount less that baseline, at the size
    of the data); `level_jobs`, `additional_jobs`, `milestone`, `status` of the path; `gap_jobs`, the headcount less
    the path's level: below zero, late. Path columns are null before the programme starts and after it ends.
    """
    baselines = {f"additional_{one.name}": scale.of(one.jobs) for one in targets().baselines}
    return (
        national.with_columns((pl.col("headcount") - jobs).alias(name) for name, jobs in baselines.items())
        .join(path(scale), on="month", how="left", maintain_order="left")
        .with_columns((pl.col("headcount") - pl.col("level_jobs")).alias("gap_jobs"))
    )
