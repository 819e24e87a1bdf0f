"""The door to published figures: those of the latest run of a workspace, computed once and kept beside it."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from minassa.entitlements.runs import MANIFEST, Run, runs_in
from minassa.hosting.locks import take
from minassa.steering.opendata.describing import RUN_DATA
from minassa.steering.opendata.rows import rows_of
from minassa.steering.opendata.versions import write_version
from minassa.steering.published import SHAPE, figures_of
from minassa.steering.releases.controlled import Kept, Release, release
from minassa.steering.releases.keeping import keep, kept_in
from minassa.vocabulary.periods import format_month

__all__ = ["latest_figures", "publish", "synthetic_of"]

FOLDER: Final = "published"
SYNTHETIC: Final = "synthetic.json"
Figures = dict[str, Any]


def latest_figures(home: Path) -> Figures | None:
    """The published figures of the latest complete run of a workspace; None while there is no run.

    They are read from what `publish` kept. The first to ask after a new run computes them; meanwhile others are given
    those of the run before, when there are any.
    """
    runs = _runs(home)
    if not runs:
        return None
    kept = _kept(home, runs[-1])
    if kept is not None:
        return kept
    made = publish(home)
    return made or next((old for run in reversed(runs[:-1]) if (old := _kept(home, run)) is not None), None)


def publish(home: Path) -> Figures | None:
    """Compute and keep the figures of the latest run; None without a run, or while another process computes them."""
    runs = _runs(home)
    if not runs:
        return None
    run = runs[-1]
    folder = home / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    lock = take(folder / f"{run.path.name}.lock")
    if lock is None:
        return None
    try:
        made = release(run, _former(home, run))
        keep(_rests(home, run), made.kept)
        synthetic = synthetic_of(home)
        _open(home, run, made, synthetic is not None)
        # A nation of which every month would tell a firm has no figure to show.
        if made.months:
            waiting = folder / f"{run.path.name}.writing"
            waiting.write_text(json.dumps(figures_of(run, made, synthetic), ensure_ascii=False), "utf-8")
            waiting.replace(_path(home, run))
    finally:
        os.close(lock)
    return _kept(home, run)


def _runs(home: Path) -> list[Run]:
    return runs_in(home / "runs")


def synthetic_of(home: Path) -> dict[str, Any] | None:
    """What is known of the invented country of a workspace; None for real declarations."""
    path = home / SYNTHETIC
    if not path.exists():
        return None
    document: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return document


def _open(home: Path, run: Run, made: Release, synthetic: bool) -> None:  # noqa: FBT001 (a fact of the workspace)
    """Write the version of the open data that a run makes."""
    sealed = datetime.fromtimestamp((run.path / MANIFEST).stat().st_mtime, UTC)
    more = {"synthetic": synthetic, "run": run.path.name, "until": format_month(run.until), "withheld": made.withheld}
    rows = {name: rows_of(name, made) for name in RUN_DATA}
    name = f"{run.path.name}-{sealed:%Y%m%d-%H%M%S}"
    write_version(home, name, sealed.isoformat(timespec="seconds"), rows, more, {})


def _former(home: Path, run: Run) -> Kept | None:
    """What the last release before this run rests on; None for the first one."""
    others = [one for one in _runs(home) if one.path.name != run.path.name]
    return next((kept for one in reversed(others) if (kept := kept_in(_rests(home, one))) is not None), None)


def _rests(home: Path, run: Run) -> Path:
    """Where what a release rests on is kept: in nobody's reach by the web."""
    return home / FOLDER / run.path.name


def _path(home: Path, run: Run) -> Path:
    return home / FOLDER / f"{run.path.name}.json"


def _kept(home: Path, run: Run) -> Figures | None:
    path = _path(home, run)
    try:
        stamp = path.stat().st_mtime_ns
    except FileNotFoundError:
        return None
    figures = _read(path, stamp)
    sealed = (run.path / MANIFEST).stat().st_mtime_ns
    return figures if figures["shape"] == SHAPE and stamp >= sealed else None


@lru_cache(maxsize=4)
def _read(path: Path, stamp: int) -> Figures:
    """The kept figures of a file as it was at an instant."""
    del stamp
    document: Figures = json.loads(path.read_text("utf-8"))
    return document
