"""Graduates of a synthetic country: who was trained before being hired, who never was, and what really became of them.

Cohorts are drawn over the stays already lived (`verite/spells.csv`): nothing in the declarations knows of them. The
truth is told from the stays themselves, day by day, never from a declared line.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from minassa.nation.invented_numbers import MOST_PEOPLE, person_numbers
from minassa.nation.streams import BASIS, stream

TRAINED: Final = 4_000
"""Of people hired from outside, those who came out of a cohort, in basis points."""
OTHER_TRADE: Final = 2_500
"""Of those, trained for another filière than the one that hired them."""
WITHOUT_GROUND: Final = 800
"""Graduates for whom neither consent nor legal ground was recorded."""
NEVER_HIRED: Final = 0.35
"""Graduates who are never hired, for one who is."""
LONGEST_SEARCH: Final = 14
FILIERES: Final = (1, 2, 3, 4, 5)
_HALF: Final = 6


def graduates_of(stays: pl.DataFrame, filiere_of: pl.DataFrame, seed: int) -> pl.DataFrame:
    """Graduates of a country, one row each: programme, provider, cohort, number, graduated_month, filiere, grounded.

    `stays`: rows of `spells.csv` with month indexes `from_month` and `to_month` (null while it lasts). `filiere_of`:
    affiliation, person (CNSS number), filiere. A cohort is a half-year of one programme.
    """
    rng = stream(seed, "graduates")
    hired = _first_hires(stays, filiere_of)
    trained = hired.filter(pl.Series(rng.random(hired.height) * BASIS < TRAINED))
    search = rng.integers(1, LONGEST_SEARCH, trained.height)
    other = rng.random(trained.height) * BASIS < OTHER_TRADE
    filiere = np.where(other, rng.choice(FILIERES, trained.height), trained["filiere"].to_numpy())
    never = int(trained.height * NEVER_HIRED)
    months = np.concatenate([trained["from_month"].to_numpy() - search, rng.choice(trained["from_month"], never)])
    number = np.concatenate([trained["person"].to_numpy(), person_numbers(MOST_PEOPLE - 1 - np.arange(never))])
    taught = np.concatenate([filiere, rng.choice(FILIERES, never)])
    return _cohorts(number, months, taught, rng.random(len(number)) * BASIS >= WITHOUT_GROUND)


def _first_hires(stays: pl.DataFrame, filiere_of: pl.DataFrame) -> pl.DataFrame:
    first = stays.sort("from_month").group_by("person", maintain_order=True).first()
    return (
        first.filter(pl.col("origin") == "outside", ~pl.col("entry").is_in(["initial", "ghost"]))
        .join(filiere_of, on=["affiliation", "person"])
        .filter(pl.col("filiere") > 0)
        .sort("person")
    )


def _cohorts(
    number: NDArray[np.int64], months: NDArray[np.int64], filiere: NDArray[np.int64], grounded: NDArray[np.bool_]
) -> pl.DataFrame:
    year, month = pl.col("graduated_month") // 12, pl.col("graduated_month") % 12
    return pl.DataFrame({"number": number, "graduated_month": months, "filiere": filiere, "grounded": grounded}).select(
        programme=pl.format("programme-{}", "filiere"),
        provider=pl.format("etablissement-{}", pl.col("filiere") % 3 + 1),
        cohort=pl.format("{}-S{}", year, 1 + month // _HALF),
        number=pl.col("number"),
        graduated_month=pl.col("graduated_month").cast(pl.Int32),
        filiere=pl.col("filiere").cast(pl.Int8),
        grounded=pl.col("grounded"),
    )


def true_insertion(
    graduates: pl.DataFrame, stays: pl.DataFrame, filiere_of: pl.DataFrame, last_month: int, horizons: tuple[int, ...]
) -> pl.DataFrame:
    """What really became of each cohort: horizon, observed, employed, in_trade, from the stays alone.

    Only graduates with a ground count. Employed in a month: in post on one of its days.
    """
    lasting = stays.join(filiere_of, on=["affiliation", "person"], how="left").with_columns(
        pl.col("to_month").fill_null(last_month)
    )
    told = []
    for horizon in horizons:
        month = pl.col("graduated_month") + horizon
        reached = graduates.filter(pl.col("grounded")).with_columns(month=month, observed=month <= last_month)
        there = (
            reached.join(lasting, left_on="number", right_on="person", how="left", suffix="_post")
            .with_columns(there=pl.col("month").is_between("from_month", "to_month") & pl.col("observed"))
            .with_columns(trade=pl.col("there") & (pl.col("filiere_post") == pl.col("filiere")))
            .group_by("programme", "provider", "cohort", "number")
            .agg(pl.col("observed").first(), pl.col("there").any(), pl.col("trade").any())
        )
        told.append(
            there.group_by("programme", "provider", "cohort")
            .agg(observed=pl.col("observed").sum(), employed=pl.col("there").sum(), in_trade=pl.col("trade").sum())
            .with_columns(horizon=pl.lit(horizon, pl.Int32))
        )
    return pl.concat(told).sort("programme", "provider", "cohort", "horizon")
