"""Net-job truth: which hires are new, and which were transfers, re-hires or replacements."""

from __future__ import annotations

from collections import deque

import numpy as np
import polars as pl

TRANSFER_WINDOW_MONTHS = 12
"""A move from a related firm counts as a transfer when it comes at most so long after the person left it."""
REHIRE_WINDOW_MONTHS = 24
"""A person who had worked for the same firm at most so long before is re-hired, not new."""
VACANCY_WINDOW_MONTHS = 6
"""A post left vacant is filled, not created, when somebody is hired for it at most so long after."""


def classified(spells: pl.DataFrame, groups: pl.DataFrame) -> pl.DataFrame:
    """Spells with `transferred`, `from_affiliation`, `rehired`, `replaces_leaver` (booleans, and the firm left)."""
    with_group = spells.join(groups, on="affiliation", how="left", maintain_order="left").with_columns(
        pl.coalesce("group_head", "affiliation").alias("group_head")
    )
    moves = _moves(with_group)
    keys = ["affiliation", "person", "first_month"]
    return (
        with_group.join(moves, on=keys, how="left", maintain_order="left")
        .with_columns(
            pl.col("from_affiliation").is_not_null().alias("transferred"),
            pl.col("rehired").fill_null(value=False),
            pl.col("from_affiliation").fill_null(0),
        )
        .with_columns(pl.Series("replaces_leaver", _replacements(with_group)))
    )


def _moves(spells: pl.DataFrame) -> pl.DataFrame:
    """For the hires that follow an earlier spell of the same person in the same group: from where, or re-hired."""
    several = spells.filter(pl.len().over("person") > 1).select(
        "affiliation", "person", "first_month", "last_month", "group_head", "is_hire", "hired_month"
    )
    earlier = several.select(
        "person",
        "group_head",
        pl.col("affiliation").alias("left_affiliation"),
        pl.col("first_month").alias("left_first_month"),
        pl.col("last_month").alias("left_last_month"),
    )
    pairs = several.filter("is_hire").join(earlier, on=["person", "group_head"]).filter(
        pl.col("left_first_month") < pl.col("first_month")
    )
    since = pl.col("first_month") - pl.col("left_last_month")
    elsewhere = pl.col("left_affiliation") != pl.col("affiliation")
    return (
        pairs.with_columns(since.alias("since"), elsewhere.alias("elsewhere"))
        .sort("person", "first_month", "left_last_month")
        .group_by("affiliation", "person", "first_month", maintain_order=True)
        .agg(
            pl.col("left_affiliation")
            .filter(pl.col("elsewhere") & (pl.col("since") <= TRANSFER_WINDOW_MONTHS))
            .last()
            .alias("from_affiliation"),
            (~pl.col("elsewhere") & (pl.col("since") <= REHIRE_WINDOW_MONTHS)).any().alias("rehired"),
        )
    )


def _replacements(spells: pl.DataFrame) -> np.ndarray:
    """For each spell, whether its hire fills a post vacated in the same establishment and job.

    Vacancies are filled oldest first, within `VACANCY_WINDOW_MONTHS`; days come from the register, else from the
    months declared. A person nobody knows in the register fills no post and leaves none.
    """
    known = pl.col("in_register") & (pl.col("job_title") != "")
    day_in = pl.coalesce(pl.col("hired_on"), month_start("first_month"))
    day_out = pl.coalesce(pl.col("left_on"), month_start("last_month").dt.month_end())
    numbered = spells.with_row_index("row")
    posts = ["affiliation", "establishment", "job_title"]
    entering = numbered.filter(known & pl.col("is_hire")).select(
        *posts, day_in.alias("day"), pl.lit(1, pl.Int8).alias("enters"), "row"
    )
    leaving = numbered.filter(known & pl.col("left_post")).select(
        *posts, day_out.alias("day"), pl.lit(0, pl.Int8).alias("enters"), "row"
    )
    events = pl.concat([entering, leaving]).sort(*posts, "day", "enters", "row")
    changes = events.select(pl.struct(posts).rle_id()).to_series()
    return _fill(
        changes.to_numpy(),
        events["day"].cast(pl.Int32).to_numpy(),
        events["enters"].to_numpy(),
        events["row"].to_numpy(),
        spells.height,
    )


def month_start(column: str) -> pl.Expr:
    """First day of the month whose index a column holds."""
    return pl.date(pl.col(column) // 12, pl.col(column) % 12 + 1, 1)


def _fill(post: np.ndarray, day: np.ndarray, enters: np.ndarray, row: np.ndarray, height: int) -> np.ndarray:
    """Walk through the events of each post in order of day: who leaves opens a vacancy, who enters takes the oldest."""
    filled = np.zeros(height, dtype=bool)
    window = VACANCY_WINDOW_MONTHS * 31
    open_since: deque[int] = deque()
    current = -1
    for where, when, entering, who in zip(post.tolist(), day.tolist(), enters.tolist(), row.tolist(), strict=True):
        if where != current:
            current = where
            open_since.clear()
        if not entering:
            open_since.append(when)
            continue
        while open_since and when - open_since[0] > window:
            open_since.popleft()
        if open_since:
            open_since.popleft()
            filled[who] = True
    return filled
