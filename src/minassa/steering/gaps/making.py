"""A vintage of gaps: made by the worker once after a run, written once, computed again from what it records."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import polars as pl
from django.conf import settings

from minassa.delays import instant_of, local_day
from minassa.entitlements.months import aliases, by_number
from minassa.entitlements.runs import Run, runs_in
from minassa.entitlements.sources import Sources, Tables
from minassa.hosting.locks import take
from minassa.intake.public import lake
from minassa.outlook.disclosure.parameters import control
from minassa.outlook.gaps.joined import Graduated, Joined, Known, joined
from minassa.outlook.gaps.stays import UNKNOWN, stays_of
from minassa.outlook.gaps.wages import wages
from minassa.outlook.projection.cells import cells_of
from minassa.outlook.projection.growth import HistoryTooShort
from minassa.outlook.targets import WHOLE, Scale
from minassa.steering.gaps.cohorts import Trained, trained_now, trained_of, training_state
from minassa.steering.gaps.kept import Document, gaps_kept, paths_of
from minassa.steering.gaps.stages import rested, stages
from minassa.steering.public import synthetic_of
from minassa.talent.balance.gaps import DRAWS, gaps
from minassa.talent.balance.parameters import Parameters, parameters
from minassa.talent.balance.tables import BalanceTables, balance_tables
from minassa.vocabulary.periods import format_month

SEED: Final = 2_030
_WITNESSES: Final = ("affiliation", "person", "person_by_cin", "as_of_month", "hired_on", "left_on")
_MILLION: Final = 1_000_000


def keep_next_gaps(at: datetime) -> bool:
    """Make the gaps of the last run where they were not, or training has told more since; whether there was work.

    A loop of the worker. What was made of fewer cohorts stays, and can be made again.
    """
    home = settings.MINASSA_HOME
    runs, state = runs_in(home / "runs"), training_state()
    kept = gaps_kept(home, runs[-1]) if runs else None
    if not runs or (kept is not None and kept.document["training"] == state):
        return False
    trained = trained_now(parameters(), balance_tables(), local_day(instant_of(at)))
    return keep_gaps(home, runs[-1], lake(), synthetic_of(home), trained, state) is not None


def keep_gaps(
    home: Path, run: Run, tables: Tables, synthetic: Mapping[str, Any] | None, trained: Trained, state: str
) -> Document | None:
    """Make and keep the gaps of a run; None while another process does. A history too short is kept as a refusal."""
    record, cube_path = paths_of(home, run, state)
    record.parent.mkdir(parents=True, exist_ok=True)
    lock = take(record.with_suffix(".lock"))
    if lock is None:
        return None
    try:
        document, cube = vintage_of(run, tables, synthetic, Rests(parameters(), balance_tables(), trained))
        document["training"] = state
        if cube is not None:
            waiting = cube_path.with_suffix(".writing")
            cube.write_parquet(waiting, compression="zstd")
            waiting.replace(cube_path)
        written = record.with_suffix(".writing")
        written.write_text(json.dumps(document, ensure_ascii=False), "utf-8")
        written.replace(record)
    finally:
        os.close(lock)
    return document


@dataclass(frozen=True)
class Rests:
    """What a vintage rests on besides declarations: parameters, tables, and what training tells."""

    known: Parameters
    rules: BalanceTables
    trained: Trained


def vintage_of(
    run: Run, tables: Tables, synthetic: Mapping[str, Any] | None, rests: Rests
) -> tuple[Document, pl.DataFrame | None]:
    """The record of a vintage and its cube, with a column `scenario`; no cube where the history is too short."""
    head: Document = {
        "run": run.path.name,
        "until": format_month(run.until),
        "versions": run.manifest["versions"],
        "offer_digest": run.manifest["offer"]["digest"],
        "code": run.manifest["code"],
        "synthetic": synthetic is not None,
        "scale_millionths": int((synthetic or {}).get("scale_millionths") or 0),
        "seed": SEED,
        "draws": DRAWS,
        **rested(rests.known, rests.rules),
        **rests.trained.document(),
    }
    try:
        found, paid = _joined(run, tables, head["scale_millionths"], rests)
    except HistoryTooShort as error:
        return {**head, "refused": error.message}, None
    cubes = {
        name: gaps(market, rests.known, rests.rules, draws=DRAWS, seed=SEED) for name, market in found.markets.items()
    }
    cube = pl.concat(one.with_columns(pl.lit(name).alias("scenario")) for name, one in cubes.items())
    lines = next(iter(found.markets.values())).lines
    unknown = float(lines.filter(pl.col("occupation") == UNKNOWN)["people"].sum())
    told = {"people": float(lines["people"].sum()), "unrecognised": unknown, "digest": digest_of(cube)}
    told["wages"] = [list(row) for row in paid.iter_rows()]
    return {**head, "refused": None, "stages": stages(found, cubes), **told}, cube


def _joined(run: Run, tables: Tables, millionths: int, rests: Rests) -> tuple[Joined, pl.DataFrame]:
    """The markets of a run, and wages by occupation in its last month."""
    scale = Scale(millionths, _MILLION) if millionths else WHOLE
    firm_months = run.table("firm_month")
    sources = Sources.of(tables, dict(run.manifest["versions"])).until(run.until)
    stays = stays_of(sources.staff, firm_months)
    trained = Graduated(rests.trained.scaled(scale), rests.trained.insertion)
    found = joined(stays, cells_of(firm_months), scale, Known(rests.known, rests.rules), trained)
    numbers = aliases(sources.staff.select(_WITNESSES).collect())
    return found, wages(stays, by_number(sources.cnss, numbers), run.until, control())


def digest_of(cube: pl.DataFrame) -> str:
    """The digest of a cube, of its numbers to a thousandth: what a replay compares."""
    written = cube.with_columns(pl.selectors.float().round(3) + 0.0).write_csv()
    return hashlib.sha256(written.encode()).hexdigest()


def replay(home: Path, run: Run, tables: Tables) -> bool | None:
    """Whether a vintage computed again from what it records gives the same cube; None where none was kept."""
    kept = gaps_kept(home, run)
    if kept is None or kept.cube is None:
        return None
    rests = Rests(
        Parameters.model_validate(kept.document["parameters"]),
        BalanceTables.model_validate(kept.document["tables"]),
        trained_of(kept.document),
    )
    synthetic = {"scale_millionths": kept.document["scale_millionths"]} if kept.document["synthetic"] else None
    again, _cube = vintage_of(run, tables, synthetic, rests)
    return bool(again.get("digest") == kept.document["digest"])
