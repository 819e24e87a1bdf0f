"""Net-job truth: which hires are new, and which were transfers, re-hires or replacements."""

from __future__ import annotations

from collections import deque

import numpy as np
import polars as pl

TRANSFER_WINDOW_MONTHS = 12
"""A move from a related firm counts as a transfer when it comes at most so long after the person left it."""
REHIRE_WINDOW_MONTHS = 24
"""A person who had worked for the same firm at most so long before is re-hired, not new."""
KEYS = ["affiliation", "person", "first_month"]
VACANCY_WINDOW_MONTHS = 6
"""A post left vacant is filled, not created, when somebody is hired for it at most so long after."""
KNOWN_AT_HIRING = [
    "transferred",
    "rehired",
    "first_month",
    "contract",
    "qualification",
    "moroccan",
    "birth_year",
    "sex",
    "filiere",
    "other_aid_until_month",
]
KNOWN_LATER = ["last_month", "left_post", "declared_months", "days_spell", "salary_spell"]
"""What tells apart those hired for the same post on the same day; what came later settles nothing unless all else is
even, so that a new month of declarations does not choose another replacement."""


def classified(spells: pl.DataFrame, groups: pl.DataFrame) -> pl.DataFrame:
    """Spells with `transferred`, `from_affiliation`, `rehired`, `replaces_leaver` (booleans, and the firm left)."""
    with_group = spells.join(groups, on="affiliation", how="left", maintain_order="left").with_columns(
        pl.coalesce("group_head", "affiliation").alias("group_head")
    )
    pairs = _linked_spells(with_group)
    marked = (
        with_group.join(_moves(pairs), on=KEYS, how="left", maintain_order="left")
        .join(_origins(pairs), on=KEYS, how="left", maintain_order="left")
        .with_columns(
            pl.col("from_affiliation").is_not_null().alias("transferred"),
            pl.col("rehired").fill_null(value=False),
            pl.col("from_affiliation").fill_null(0),
            pl.col("goes_on").fill_null(value=False),
        )
    )
    return marked.with_columns(pl.Series("replaces_leaver", _replacements(marked))).drop("goes_on")


def _linked_spells(spells: pl.DataFrame) -> pl.DataFrame:
    """Hires with an earlier spell of the same person in the same firm or group, not too long before: both spells."""
    several = spells.filter(pl.len().over("person") > 1).select(
        "affiliation", "person", "first_month", "last_month", "group_head", "is_hire"
    )
    earlier = several.select(
        "person",
        "group_head",
        pl.col("affiliation").alias("left_affiliation"),
        pl.col("first_month").alias("left_first_month"),
        pl.col("last_month").alias("left_last_month"),
    )
    since = pl.col("first_month") - pl.col("left_last_month")
    elsewhere = pl.col("left_affiliation") != pl.col("affiliation")
    within = pl.when(elsewhere).then(since <= TRANSFER_WINDOW_MONTHS).otherwise(since <= REHIRE_WINDOW_MONTHS)
    return (
        several.filter("is_hire")
        .join(earlier, on=["person", "group_head"])
        .filter((pl.col("left_first_month") < pl.col("first_month")) & within)
        .with_columns(elsewhere.alias("elsewhere"))
        .sort("person", "first_month", "left_last_month", "left_first_month", "left_affiliation")
    )


def _moves(pairs: pl.DataFrame) -> pl.DataFrame:
    """For each hire that follows an earlier spell: from which related firm, or that it is a return."""
    return pairs.group_by(KEYS, maintain_order=True).agg(
        pl.col("left_affiliation").filter("elsewhere").last().alias("from_affiliation"),
        (~pl.col("elsewhere")).any().alias("rehired"),
    )


def _origins(pairs: pl.DataFrame) -> pl.DataFrame:
    """The earlier spells: the post went with the person, or waited for them; leaving it opened no vacancy."""
    return pairs.select(
        pl.col("left_affiliation").alias("affiliation"),
        "person",
        pl.col("left_first_month").alias("first_month"),
        pl.lit(value=True).alias("goes_on"),
    ).unique(KEYS, maintain_order=True)


def _replacements(spells: pl.DataFrame) -> np.ndarray:
    """For each spell, whether its hire fills a post vacated in the same establishment and job.

    Vacancies are filled oldest first, within `VACANCY_WINDOW_MONTHS`; days come from the register, else from the
    months declared. A person nobody knows in the register fills no post and leaves none. Of people hired on the same
    day, whoever is neither transferred nor re-hired goes first, then what is known of them decides: pseudonyms, which
    another key would put in another order, tell apart only those who are alike in everything.
    """
    known = pl.col("in_register") & (pl.col("job_title") != "")
    day_in = pl.coalesce(pl.col("hired_on"), month_start("first_month"))
    day_out = pl.coalesce(pl.col("left_on"), month_start("last_month").dt.month_end())
    numbered = spells.with_row_index("row").with_columns(folded("job_title").alias("job_title"))
    posts = ["affiliation", "establishment", "job_title"]
    hired = numbered.filter(known & pl.col("is_hire")).sort(*KNOWN_AT_HIRING, *KNOWN_LATER, "person")
    entering = hired.with_row_index("rank").select(
        *posts, day_in.alias("day"), pl.lit(1, pl.Int8).alias("enters"), "rank", "row"
    )
    leaving = numbered.filter(known & pl.col("left_post") & ~pl.col("goes_on")).select(
        *posts, day_out.alias("day"), pl.lit(0, pl.Int8).alias("enters"), pl.lit(0, pl.UInt32).alias("rank"), "row"
    )
    events = pl.concat([entering, leaving]).sort(*posts, "day", "enters", "rank")
    changes = events.select(pl.struct(posts).rle_id()).to_series()
    return _fill(
        changes.to_numpy(),
        events["day"].cast(pl.Int32).to_numpy(),
        events["enters"].to_numpy(),
        events["row"].to_numpy(),
        spells.height,
    )


def folded(title: str) -> pl.Expr:
    """A job title without case, accents, signs nor doubled spaces: registers write the same post in several ways."""
    plain = pl.col(title).str.normalize("NFKD").str.replace_all(r"\p{M}", "").str.to_uppercase()
    return plain.str.replace_all(r"[^\p{L}\p{N}]+", " ").str.strip_chars()


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
