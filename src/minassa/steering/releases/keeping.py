"""What a release rests on, kept beside the published figures for the next one; nobody is ever given it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Final

import polars as pl

from minassa.steering.releases.controlled import Kept

_HIDDEN: Final = "hidden.json"


def keep(folder: Path, kept: Kept) -> None:
    """Write what a release rests on; the folder appears whole or not at all."""
    waiting = folder.with_name(folder.name + ".writing")
    shutil.rmtree(waiting, ignore_errors=True)
    waiting.mkdir(parents=True, mode=0o700)
    kept.jobs.write_parquet(waiting / "jobs.parquet")
    kept.money.write_parquet(waiting / "money.parquet")
    hidden = {name: sorted(keys) for name, keys in kept.hidden.items()}
    (waiting / _HIDDEN).write_text(json.dumps(hidden), "utf-8")
    shutil.rmtree(folder, ignore_errors=True)
    waiting.replace(folder)


def kept_in(folder: Path) -> Kept | None:
    """What a release rests on; None when there is none there."""
    if not (folder / _HIDDEN).exists():
        return None
    hidden = json.loads((folder / _HIDDEN).read_text("utf-8"))
    return Kept(
        pl.read_parquet(folder / "jobs.parquet"),
        pl.read_parquet(folder / "money.parquet"),
        {name: frozenset((row, column) for row, column in keys) for name, keys in hidden.items()},
    )
