"""A run: the offer evaluated on the lake as it stood, written once, never edited, ready to be asked why."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl

from minassa.engine import Offer
from minassa.engine.snapshots import snapshot
from minassa.entitlements.amounts import amounts, condition_names
from minassa.entitlements.computation import computed, regime_cuts
from minassa.entitlements.confrontation import discrepancies
from minassa.entitlements.frames import Frames, frames
from minassa.entitlements.irregularities import irregularities
from minassa.entitlements.sources import Sources, Tables
from minassa.vocabulary.errors import MinassaError
from minassa.vocabulary.periods import format_month

GRAINS = ("firm_year", "employee_period", "hire", "firm_month")
MANIFEST = "manifest.json"
Progress = Callable[[str, int, int], None]
STEPS = 6


class UnknownRun(MinassaError):
    """No complete run in the folder."""

    code = "RUN-UNKNOWN"


@dataclass(frozen=True)
class Run:
    """A complete run in its folder."""

    path: Path

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """What the run was made of: versions of the lake and of the offer, last month known, counts, totals."""
        try:
            document: dict[str, Any] = json.loads((self.path / MANIFEST).read_text(encoding="utf-8"))
        except FileNotFoundError as error:
            message = f"aucun calcul complet dans « {self.path.name} » ; lancez : minassa run"
            raise UnknownRun(message) from error
        return document

    def table(self, name: str) -> pl.LazyFrame:
        """A table of the run: a grain, `amounts`, `discrepancies`, `irregularities` or `spells`."""
        return pl.scan_parquet(self.path / f"{name}.parquet")

    @property
    def until(self) -> int:
        """Last month known to the run."""
        return int(self.manifest["until"])


def nothing(step: str, done: int, total: int) -> None:
    """A progress callback for those who do not watch."""
    del step, done, total


def run(
    tables: Tables, versions: Mapping[str, int], offer: Offer, target: Path, until: int, progress: Progress = nothing
) -> Run:
    """Evaluate the offer on the rows in effect at the recorded versions, and write everything to `target`.

    A run that was stopped resumes: frames already written for the same versions and month are read back.
    `target` appears whole or not at all.
    """
    work = target.with_name(target.name + ".partial")
    work.mkdir(parents=True, exist_ok=True)
    key = {"versions": dict(versions), "until": until, "cuts": regime_cuts(offer, until - 600, until)}
    sources = Sources.of(tables, dict(versions))
    progress("Mois, contrats et périodes", 0, STEPS)
    built = _frames(work, key, sources)
    progress("Évaluation de l'offre", 2, STEPS)
    results = computed(offer, built)
    progress("Confrontation des sources", 3, STEPS)
    _write(work / "discrepancies.parquet", discrepancies(offer, built, results, sources.until(until)))
    _write(work / "irregularities.parquet", irregularities(built, sources.until(until)))
    progress("Montants", 4, STEPS)
    table = amounts(offer, results)
    _write(work / "amounts.parquet", table)
    for grain in GRAINS:
        _write(work / f"{grain}.parquet", results[grain])
    progress("Scellement du calcul", 5, STEPS)
    manifest = _manifest(key, offer, table, built)
    _finish(work, target, manifest)
    progress("Calcul terminé", STEPS, STEPS)
    return Run(target)


def _write(path: Path, table: pl.DataFrame) -> None:
    """Write a table whole: under another name first, so that a stop leaves no half file behind."""
    waiting = path.with_suffix(".writing")
    table.write_parquet(waiting, compression="zstd", compression_level=1, statistics=True, row_group_size=100_000)
    waiting.replace(path)


def _frames(work: Path, key: Mapping[str, Any], sources: Sources) -> Frames:
    """The frames, read back when a former, stopped run had written them for the same key."""
    names = (*GRAINS, "spells")
    recorded = work / "frames.json"
    if recorded.exists() and json.loads(recorded.read_text(encoding="utf-8")) == key:
        read = {name: pl.read_parquet(work / f"{name}.frame") for name in names}
        return Frames(**read, until=int(key["until"]))
    built = frames(sources, key["cuts"], int(key["until"]))
    for name, table in {**built.by_grain(), "spells": built.spells}.items():
        _write(work / f"{name}.parquet", table)
        (work / f"{name}.parquet").replace(work / f"{name}.frame")
    recorded.write_text(json.dumps(key), encoding="utf-8")
    return built


def _manifest(key: Mapping[str, Any], offer: Offer, table: pl.DataFrame, built: Frames) -> dict[str, Any]:
    entitled = table.filter("entitled").group_by("measure").agg(pl.col("amount_cents").sum(), pl.len())
    return {
        **key,
        "until_month": format_month(int(key["until"])),
        "offer": snapshot(offer),
        "conditions": {m: condition_names(offer, m) for m in offer.measures},
        "rows": {**{g: f.height for g, f in built.by_grain().items()}, "amounts": table.height},
        "totals": {m: {"amount_cents": a, "lines": n} for m, a, n in sorted(entitled.iter_rows())},
    }


def _finish(work: Path, target: Path, manifest: Mapping[str, Any]) -> None:
    (work / "spells.frame").replace(work / "spells.parquet")
    for left_over in (*work.glob("*.frame"), work / "frames.json"):
        left_over.unlink()
    (work / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1), encoding="utf-8")
    if target.exists():
        shutil.rmtree(target)
    os.replace(work, target)
