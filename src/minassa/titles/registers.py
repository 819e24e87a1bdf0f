"""The titles of staff registers recognised once after a run: counts, and nothing of few people or few firms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import polars as pl

from minassa.declarations.lake import Lake
from minassa.outlook.disclosure.parameters import control
from minassa.titles.asking import PLATFORM, put
from minassa.titles.lexicon import in_effect
from minassa.titles.models import Origin

FOLDER: Final = "titles"
SCHEMA: Final = {
    "title": pl.String,
    "filiere": pl.Int8,
    "people": pl.Int64,
    "firms": pl.Int64,
    "concept": pl.String,
    "isco": pl.String,
    "confidence": pl.Float64,
    "abstained": pl.Boolean,
}


@dataclass(frozen=True)
class OccupationHeld:
    """An occupation of the registers: its concept, unit group and people; None where so few would be told."""

    concept: str
    isco: str
    people: int | None


@dataclass(frozen=True)
class Registers:
    """What registers hold: people in post, those whose title is recognised, occupations, most held first."""

    titles: int
    people: int
    recognised: int
    occupations: list[OccupationHeld]


def keep_titles(home: Path, run: str, lake: Lake, at: datetime) -> None:
    """Recognise the titles of people in post and keep them beside the runs; those in doubt are put before a person.

    A title goes to the queue only where enough people of enough firms hold it: a title of few may name someone.
    """
    held = _held(lake)
    effect = in_effect()
    found = effect.recognise(held["title"].to_list(), 1, why=False)
    bests = [one.best for one in found]
    kept = held.with_columns(
        pl.Series("concept", [best.concept.key if best else "" for best in bests], dtype=pl.String),
        pl.Series("isco", [best.concept.isco if best else "" for best in bests], dtype=pl.String),
        pl.Series("confidence", [one.confidence for one in found], dtype=pl.Float64),
        pl.Series("abstained", [one.abstained for one in found], dtype=pl.Boolean),
    )
    path = _path(home, run)
    path.parent.mkdir(parents=True, exist_ok=True)
    waiting = path.with_suffix(".writing")
    kept.select(*SCHEMA).write_parquet(waiting, compression="zstd")
    waiting.replace(path)
    doubted = _enough(kept.filter("abstained").group_by("title").agg(pl.col("people").sum(), pl.col("firms").max()))
    put(doubted.select("title", "people").sort("title").iter_rows(), Origin.REGISTER, PLATFORM, at)


def registers_of(home: Path, run: str) -> Registers | None:
    """What the registers held when a run was recognised; None where it was not."""
    path = _path(home, run)
    if not path.is_file():
        return None
    kept = pl.read_parquet(path)
    by = (
        kept.filter(~pl.col("abstained")).group_by("concept", "isco").agg(pl.col("people").sum(), pl.col("firms").max())
    )
    enough = set(_enough(by)["concept"])
    rows = by.sort(["people", "concept"], descending=[True, False]).iter_rows(named=True)
    return Registers(
        kept["title"].n_unique(),
        int(kept["people"].sum()),
        int(by["people"].sum()),
        [OccupationHeld(r["concept"], r["isco"], r["people"] if r["concept"] in enough else None) for r in rows],
    )


def _held(lake: Lake) -> pl.DataFrame:
    """People in post of the latest register of each firm, by title and filière."""
    staff = lake.current("staff_lines").filter(pl.col("left_on").is_null())
    last = staff.group_by("affiliation").agg(pl.col("as_of_month").max())
    return (
        staff.join(last, on=["affiliation", "as_of_month"])
        .group_by(pl.col("job_title").alias("title"), pl.col("filiere").cast(pl.Int8))
        .agg(pl.len().cast(pl.Int64).alias("people"), pl.col("affiliation").n_unique().cast(pl.Int64).alias("firms"))
        .sort("title", "filiere")
        .collect()
    )


def _enough(rows: pl.DataFrame) -> pl.DataFrame:
    least = control()
    return rows.filter(pl.col("people") >= least.fewest_persons.value, pl.col("firms") >= least.fewest_firms.value)


def _path(home: Path, run: str) -> Path:
    return home / FOLDER / f"{run}.parquet"
