"""The gaps of a run as they were kept: pages read them, none waits for them to be made."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import polars as pl

from minassa.entitlements.runs import MANIFEST, Run, runs_in

FOLDER: Final = "gaps"
SHAPE: Final = 2
"""Version of the record: one of another shape is not read."""
Document = dict[str, Any]


@dataclass(frozen=True)
class Vintage:
    """A vintage of gaps: what it was made of and its stages, and its cube (None where nothing could be projected)."""

    document: Document
    cube: pl.DataFrame | None


def latest_gaps(home: Path) -> Vintage | None:
    """The gaps of the latest run of a workspace that has them; None while none has."""
    found = (gaps_kept(home, run) for run in reversed(runs_in(home / "runs")))
    return next((one for one in found if one is not None), None)


def gaps_kept(home: Path, run: Run) -> Vintage | None:
    """The gaps of a run made last, since the run itself."""
    stamps = [(one.stat().st_mtime_ns, one) for one in (home / FOLDER).glob(f"{run.path.name}-{SHAPE}-*.json")]
    stamp, record = max(stamps, default=(0, home))
    since = (run.path / MANIFEST).stat().st_mtime_ns
    return _read(record, record.with_suffix(".parquet"), stamp) if stamp >= since else None


def paths_of(home: Path, run: Run, state: str) -> tuple[Path, Path]:
    """Where the record and the cube of a run stand, made of a state of training."""
    record = home / FOLDER / f"{run.path.name}-{SHAPE}-{state.replace('.', '-')}.json"
    return record, record.with_suffix(".parquet")


@lru_cache(maxsize=2)
def _read(record: Path, cube: Path, stamp: int) -> Vintage:
    """The vintage of a file as it was at an instant."""
    del stamp
    document: Document = json.loads(record.read_text("utf-8"))
    return Vintage(document, None if document["refused"] else pl.read_parquet(cube))
