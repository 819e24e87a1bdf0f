"""The small table of a run, made once and kept beside the runs of a workspace."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from typing import Final

import polars as pl

from minassa.entitlements.runs import MANIFEST, Run, runs_in
from minassa.hosting.locks import take
from minassa.steering.indicators.cube import SHAPE, cube_of

FOLDER: Final = "indicators"


def latest_cube(home: Path) -> tuple[Run, pl.DataFrame] | None:
    """The latest run of a workspace that has its table, and the table; None while there is none.

    The first to ask after a new run makes it; meanwhile others are given that of the run before, when there is any.
    """
    runs = runs_in(home / "runs")
    if not runs:
        return None
    kept = cube_kept(home, runs[-1])
    if kept is not None:
        return runs[-1], kept
    made = keep_cube(home, runs[-1])
    if made is not None:
        return runs[-1], made
    return next(((run, old) for run in reversed(runs[:-1]) if (old := cube_kept(home, run)) is not None), None)


def cube_kept(home: Path, run: Run) -> pl.DataFrame | None:
    """The table of a run as it was kept; None when there is none of this shape, made since the run."""
    path = _path(home, run)
    try:
        stamp = path.stat().st_mtime_ns
    except FileNotFoundError:
        return None
    return _read(path, stamp) if stamp >= (run.path / MANIFEST).stat().st_mtime_ns else None


def keep_cube(home: Path, run: Run) -> pl.DataFrame | None:
    """Make and keep the table of a run; None while another process makes it."""
    path = _path(home, run)
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = take(path.with_suffix(".lock"))
    if lock is None:
        return None
    try:
        waiting = path.with_suffix(".writing")
        cube_of(run).write_parquet(waiting, compression="zstd")
        waiting.replace(path)
    finally:
        os.close(lock)
    return cube_kept(home, run)


def _path(home: Path, run: Run) -> Path:
    return home / FOLDER / f"{run.path.name}-{SHAPE}.parquet"


@lru_cache(maxsize=2)
def _read(path: Path, stamp: int) -> pl.DataFrame:
    """The table of a file as it was at an instant."""
    del stamp
    return pl.read_parquet(path)
