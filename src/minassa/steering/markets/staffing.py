"""What each P2I has for a lead, made once after a run: people declared, in post by filière, by language of their title.

Few people or firms are told of nothing: a null number.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Final

import polars as pl
import yaml
from django.conf import settings

from minassa.entitlements.runs import Run, runs_in
from minassa.entitlements.sources import Sources, Tables
from minassa.hosting.locks import take
from minassa.intake.public import lake
from minassa.outlook.disclosure.parameters import control
from minassa.platforms.public import units
from minassa.steering.markets.counting import FOLDER, SHAPE, Document, read, write
from minassa.talent.matching import fold
from minassa.vocabulary.periods import format_month, last_day

LANGUAGES_FILE: Final = "languages.yaml"


def staff_next(_at: datetime) -> bool:
    """Read what each P2I has in the last run where it was not; whether there was work. A loop of the worker."""
    home = settings.MINASSA_HOME
    runs = runs_in(home / "runs")
    if not runs:
        return False
    record = path_of(home, runs[-1])
    if read(record, runs[-1]) is not None or (lock := take(record.with_suffix(".lock"))) is None:
        return False
    try:
        write(record, document_of(runs[-1], lake()))
    finally:
        os.close(lock)
    return True


def path_of(home: Path, run: Run) -> Path:
    """Where the record of a run stands."""
    return home / FOLDER / f"{run.path.name}-staff-{SHAPE}.json"


def latest_staff(home: Path) -> Document | None:
    """What was kept of the latest run that has it; None while none has."""
    found = (read(path_of(home, run), run) for run in reversed(runs_in(home / "runs")))
    return next((one for one in found if one is not None), None)


def document_of(run: Run, tables: Tables) -> Document:
    """People of each P2I at the end of a run: `declared`, by `filieres` (number as text), by `languages`."""
    firms = run.table("firm_month").filter(pl.col("month") == run.until, pl.col("headcount_month") > 0)
    counts = (
        firms.group_by("place", "filiere")
        .agg(people=pl.col("headcount_month").sum(), firms=pl.col("affiliation").n_unique())
        .collect()
    )
    spoken = _spoken(run, tables)
    places = [one.code for one in units() if not one.national]
    return {
        "run": run.path.name,
        "until": format_month(run.until),
        "versions": dict(run.manifest["versions"]),
        "places": {str(code): _of_place(code, counts, spoken) for code in places},
    }


def _of_place(code: int, counts: pl.DataFrame, spoken: pl.DataFrame) -> Mapping[str, Any]:
    here, speak = counts.filter(pl.col("place") == code), spoken.filter(pl.col("place") == code)
    return {
        "declared": _told(int(here["people"].sum()), int(here["firms"].sum())),
        "filieres": _all_told(here.select(pl.col("filiere").cast(pl.String), "people", "firms").iter_rows()),
        "languages": _all_told(speak.select("language", "people", "firms").iter_rows()),
    }


def _all_told(rows: Iterable[tuple[str, int, int]]) -> dict[str, int | None]:
    return {name: _told(int(people), int(firms)) for name, people, firms in sorted(rows)}


def _told(people: int, firms: int) -> int | None:
    """A number of people; None when too few people or firms stand behind."""
    limits = control()
    few = people < limits.fewest_persons.value or firms < limits.fewest_firms.value
    return None if people and few else people


def _spoken(run: Run, tables: Tables) -> pl.DataFrame:
    """People in post and firms by the place of the firm and the language that a title names."""
    end = last_day(run.until)
    staff = Sources.of(tables, dict(run.manifest["versions"])).until(run.until).staff
    held = (pl.col("hired_on") <= end) & (pl.col("left_on").is_null() | (pl.col("left_on") > end))
    firms = run.table("firm_month").filter(pl.col("month") == run.until).select("affiliation", "place")
    rows = staff.filter(held).select("affiliation", "job_title").join(firms, on="affiliation").collect()
    named = [(title, one) for title in rows["job_title"].unique().to_list() for one in languages_of(title)]
    known = pl.DataFrame(named, schema={"job_title": pl.String, "language": pl.String}, orient="row")
    return (
        rows.join(known, on="job_title")
        .group_by("place", "language")
        .agg(people=pl.len(), firms=pl.col("affiliation").n_unique())
    )


def languages_of(title: str) -> list[str]:
    """The languages that a job title names, by their ISO 639-1 code."""
    held = set(fold(title).split())
    return [code for code, words in _words().items() if held & words]


@cache
def _words() -> dict[str, frozenset[str]]:
    told = yaml.safe_load(resources.files(__package__).joinpath(LANGUAGES_FILE).read_text(encoding="utf-8"))
    return {code: frozenset(fold(word) for word in words) for code, words in told["words"].items()}
