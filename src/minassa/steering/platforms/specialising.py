"""What each P2I is observed to be specialised in, made once after a run from the titles of its staff registers."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import numpy as np
import polars as pl
from django.conf import settings

from minassa.entitlements.runs import MANIFEST, Run, runs_in
from minassa.entitlements.sources import Sources, Tables
from minassa.hosting.locks import take
from minassa.intake.public import lake
from minassa.outlook.disclosure.parameters import control
from minassa.outlook.specialisation.fields import ELSEWHERE, UNKNOWN, field_of, fields
from minassa.outlook.specialisation.measures import proximities
from minassa.outlook.specialisation.observed import COUNTS, SPECIALISED, Observed, observed
from minassa.outlook.specialisation.present import present
from minassa.platforms.public import units
from minassa.steering.public import synthetic_of
from minassa.talent.matching import Recogniser, shipped_lexicon
from minassa.talent.matching.entries import Concept
from minassa.talent.reconversion.moves import shipped_passages
from minassa.vocabulary.periods import format_month, last_day

FOLDER: Final = "specialisation"
SHAPE: Final = 3
Document = dict[str, Any]


def specialise_next(_at: datetime) -> bool:
    """Make the specialisations of the last run where they were not; whether there was work. A loop of the worker."""
    home = settings.MINASSA_HOME
    runs = runs_in(home / "runs")
    if not runs or kept(home, runs[-1]) is not None:
        return False
    record = path_of(home, runs[-1])
    record.parent.mkdir(parents=True, exist_ok=True)
    lock = take(record.with_suffix(".lock"))
    if lock is None:
        return False
    try:
        told = document_of(runs[-1], lake(), synthetic=synthetic_of(home) is not None)
        written = record.with_suffix(".writing")
        written.write_text(json.dumps(told, ensure_ascii=False), "utf-8")
        written.replace(record)
    finally:
        os.close(lock)
    return True


def path_of(home: Path, run: Run) -> Path:
    """Where the record of a run stands."""
    return home / FOLDER / f"{run.path.name}-{SHAPE}.json"


def kept(home: Path, run: Run) -> Document | None:
    """What was kept of a run, since the run itself; None where nothing was."""
    record = path_of(home, run)
    if not record.exists() or record.stat().st_mtime_ns < (run.path / MANIFEST).stat().st_mtime_ns:
        return None
    told: Document = json.loads(record.read_text("utf-8"))
    return told


def latest_specialisation(home: Path) -> Document | None:
    """What was kept of the latest run that has it; None while none has."""
    found = (kept(home, run) for run in reversed(runs_in(home / "runs")))
    return next((one for one in found if one is not None), None)


def document_of(run: Run, tables: Tables, *, synthetic: bool) -> Document:
    """The specialisation of every unit at the end of a run, and which fields go together; few are told of nothing."""
    least, between = control(), shipped_passages().nearness.between
    staffed = recognised_staff(run, tables)
    counts, few = _counted(staffed), (least.fewest_persons.value, least.fewest_firms.value)
    found = observed(
        counts,
        [(one.code, one.places) for one in units()],
        between,
        fewest_people=few[0],
        fewest_firms=few[1],
    )
    more = {
        one.code: {
            "occupations": [
                asdict(told) for told in present(counts, one.places, fewest_people=few[0], fewest_firms=few[1])
            ],
            "whole": _whole(staffed.filter(pl.col("place").is_in(one.places)), few),
        }
        for one in units()
    }
    return {
        "run": run.path.name,
        "until": format_month(run.until),
        "versions": dict(run.manifest["versions"]),
        "synthetic": synthetic,
        "fewest_people": few[0],
        "fewest_firms": few[1],
        "units": [{**asdict(one), **more[one.place]} for one in found],
        "together": together(found),
    }


def counts_of(run: Run, tables: Tables) -> pl.DataFrame:
    """People in post at the end of the last month, counted with their firms: columns of `COUNTS`."""
    return _counted(recognised_staff(run, tables))


def recognised_staff(run: Run, tables: Tables) -> pl.DataFrame:
    """People in post at the end of the last month, at the place of most of their firm's staff, with their occupation.

    One row a person: affiliation, person, place, filière, occupation, field.
    """
    month, end = pl.col("month"), last_day(run.until)
    firms = (
        run.table("firm_month")
        .filter(month == month.max().over("affiliation"))
        .select("affiliation", "place", "filiere")
    )
    staff = Sources.of(tables, dict(run.manifest["versions"])).until(run.until).staff
    held = (pl.col("hired_on") <= end) & (pl.col("left_on").is_null() | (pl.col("left_on") > end))
    rows = (
        staff.filter(held)
        .select("affiliation", "person", "job_title")
        .join(firms.select("affiliation", "place", "filiere"), on="affiliation")
        .collect()
    )
    return rows.join(_recognised(rows["job_title"]), on="job_title", how="left")


def _counted(staffed: pl.DataFrame) -> pl.DataFrame:
    return (
        staffed.group_by("place", "filiere", "occupation", "field")
        .agg(people=pl.len().cast(pl.Int64), firms=pl.col("affiliation").n_unique().cast(pl.Int64))
        .cast({"place": pl.Int16, "filiere": pl.Int8})
        .select(*COUNTS)
        .sort(*COUNTS)
    )


def _whole(here: pl.DataFrame, few: tuple[int, int]) -> dict[str, int | None]:
    """People recognised in a unit, and those in no field; None where too few people or firms would be told of.

    What is in no field hides what a field that few hold would be by subtraction: it must not be few itself.
    """
    known = here.filter(pl.col("field") != UNKNOWN)
    told = {"recognised": known, "elsewhere": known.filter(pl.col("field") == ELSEWHERE)}
    return {
        name: rows.height if rows.height >= few[0] and rows["affiliation"].n_unique() >= few[1] else None
        for name, rows in told.items()
    }


def _recognised(titles: pl.Series) -> pl.DataFrame:
    """The occupation and the field of each distinct title; `UNKNOWN` where the recogniser abstains."""
    found = Recogniser(shipped_lexicon()).recognise(titles.unique().sort().to_list(), why=False)
    rows = [(one.title, *_named(one.best.concept if one.best else None)) for one in found]
    return pl.DataFrame(
        rows, schema={"job_title": pl.String, "occupation": pl.String, "field": pl.String}, orient="row"
    )


def _named(concept: Concept | None) -> tuple[str, str]:
    """The code of an occupation, of the reference if it is there, and its field."""
    if concept is None:
        return "", UNKNOWN
    return concept.occupation or concept.isco, field_of(concept.occupation, concept.isco)


def together(found: tuple[Observed, ...]) -> dict[str, dict[str, float]]:
    """The proximity of each pair of fields, from the units specialised in both; what is withheld counts for neither."""
    codes = list(fields())
    table = np.array(
        [[(one.quotient or 0.0) > SPECIALISED for one in unit.fields] for unit in found], dtype=np.bool_
    ).reshape(len(found), len(codes))
    close = proximities(table)
    return {
        code: {other: float(close[row, at]) for at, other in enumerate(codes) if at != row}
        for row, code in enumerate(codes)
    }
