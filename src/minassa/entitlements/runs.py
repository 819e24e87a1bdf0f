"""A run: the offer evaluated on the lake as it stood, written once, never edited, ready to be asked why."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl

from minassa import __version__
from minassa.engine import Offer, snapshot
from minassa.entitlements.amounts import amounts, condition_names
from minassa.entitlements.computation import computed, regime_cuts
from minassa.entitlements.confrontation import discrepancies
from minassa.entitlements.doubts import undoubted
from minassa.entitlements.frames import Frames, frames
from minassa.entitlements.irregularities import irregularities
from minassa.entitlements.sources import Sources, Tables
from minassa.vocabulary.errors import MinassaError
from minassa.vocabulary.periods import MONTHS_A_YEAR, format_month, month_index, year_of

GRAINS = ("firm_year", "employee_period", "hire", "firm_month")
MANIFEST = "manifest.json"
UNDOUBTED = "undoubted"
RECORD = "frames.json"
"""Written once the frames of a run are, so that a run that was stopped takes them up again."""
Progress = Callable[[str, int, int], None]
STEPS = 6
YEARS_BACK = 50
"""How far before the last month known changes of the law are looked for."""


class UnknownRun(MinassaError):
    """No complete run in the folder."""

    code = "RUN-UNKNOWN"


class UnreadableRun(MinassaError):
    """A run whose record was damaged: nothing of it can be trusted."""

    code = "RUN-UNREADABLE"


@dataclass(frozen=True)
class Run:
    """A complete run in its folder."""

    path: Path

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """What the run was made of: versions of lake, code and offer, last month known, counts, totals.

        UnknownRun when the folder holds no complete run, UnreadableRun when its record is damaged.
        """
        try:
            document: dict[str, Any] = json.loads((self.path / MANIFEST).read_text(encoding="utf-8"))
        except FileNotFoundError as error:
            message = f"aucun calcul complet dans « {self.path.name} » ; lancez : minassa run"
            raise UnknownRun(message) from error
        except (OSError, ValueError) as error:
            message = f"le calcul « {self.path.name} » est abîmé ; écartez son dossier, puis lancez : minassa run"
            raise UnreadableRun(message) from error
        return document

    def table(self, name: str) -> pl.LazyFrame:
        """A table of the run: a grain, `amounts`, `discrepancies`, `irregularities`, `undoubted` or `spells`."""
        return pl.scan_parquet(self.path / f"{name}.parquet")

    @cached_property
    def undoubted(self) -> pl.LazyFrame | None:
        """The amounts that doubts about pay make lower (see `doubts`); None for a run made before they were told."""
        return self.table(UNDOUBTED) if (self.path / f"{UNDOUBTED}.parquet").exists() else None

    @property
    def until(self) -> int:
        """Last month known to the run."""
        return int(self.manifest["until"])


def runs_in(folder: Path) -> list[Run]:
    """The complete runs of a folder, oldest first; those being written are left out."""
    found = sorted(folder.glob(f"*/{MANIFEST}"), key=lambda path: (path.stat().st_mtime_ns, path.parent))
    return [Run(path.parent) for path in found if path.parent.suffix != ".partial"]


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
    cuts = regime_cuts(offer, until - YEARS_BACK * MONTHS_A_YEAR, month_index(year_of(until), MONTHS_A_YEAR))
    key = {"versions": dict(versions), "until": until, "cuts": cuts}
    sources = Sources.of(tables, dict(versions))
    progress("Mois, contrats et périodes", 0, STEPS)
    built = _frames(work, key, sources)
    progress("Évaluation de l'offre", 2, STEPS)
    results = computed(offer, built)
    progress("Confrontation des sources", 3, STEPS)
    differing = discrepancies(offer, built, results, sources.until(until))
    _write(work / "discrepancies.parquet", differing)
    irregular = irregularities(built, sources.until(until))
    _write(work / "irregularities.parquet", irregular)
    progress("Montants", 4, STEPS)
    table = amounts(offer, results)
    _write(work / "amounts.parquet", table)
    _write(work / f"{UNDOUBTED}.parquet", undoubted(offer, built, table, differing, irregular))
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
    recorded = work / RECORD
    if recorded.exists() and recorded.read_text(encoding="utf-8") == json.dumps(key):
        read = {name: pl.read_parquet(work / f"{name}.frame") for name in names}
        return Frames(**read, until=int(key["until"]))
    recorded.unlink(missing_ok=True)
    built = frames(sources, key["cuts"], int(key["until"]))
    for name, table in {**built.by_grain(), "spells": built.spells}.items():
        _write(work / f"{name}.parquet", table)
        (work / f"{name}.parquet").replace(work / f"{name}.frame")
    waiting = recorded.with_suffix(".writing")
    waiting.write_text(json.dumps(key), encoding="utf-8")
    waiting.replace(recorded)
    return built


def _manifest(key: Mapping[str, Any], offer: Offer, table: pl.DataFrame, built: Frames) -> dict[str, Any]:
    entitled = table.filter("entitled").group_by("measure").agg(pl.col("amount_cents").sum(), pl.len())
    totals = dict.fromkeys(offer.measures, (0, 0)) | {m: (cents, lines) for m, cents, lines in entitled.rows()}
    return {
        **key,
        "until_month": format_month(int(key["until"])),
        "code": __version__,
        "offer": snapshot(offer),
        "conditions": {m: condition_names(offer, m) for m in offer.measures},
        "rows": {**{g: f.height for g, f in built.by_grain().items()}, "amounts": table.height},
        "totals": {m: {"amount_cents": cents, "lines": lines} for m, (cents, lines) in sorted(totals.items())},
    }


def _finish(work: Path, target: Path, manifest: Mapping[str, Any]) -> None:
    (work / RECORD).unlink()
    (work / "spells.frame").replace(work / "spells.parquet")
    for left_over in work.glob("*.frame"):
        left_over.unlink()
    (work / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1), encoding="utf-8")
    if target.exists():
        shutil.rmtree(target)
    work.replace(target)
