"""The evaluation of a run as it was kept: pages read it, none waits for it to be made."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from minassa.entitlements.runs import MANIFEST, Run, runs_in

FOLDER: Final = "evaluations"
SHAPE: Final = 2
"""Version of the document: one of another shape is not read."""
Document = dict[str, Any]


def latest_evaluation(home: Path) -> Document | None:
    """The evaluation of the latest run of a workspace that was evaluated; None while none was."""
    found = (kept(home, run) for run in reversed(runs_in(home / "runs")))
    return next((document for document in found if document is not None), None)


def kept(home: Path, run: Run) -> Document | None:
    """The evaluation of a run, made since the run itself."""
    path = path_of(home, run)
    try:
        stamp = path.stat().st_mtime_ns
    except FileNotFoundError:
        return None
    return _read(path, stamp) if stamp >= (run.path / MANIFEST).stat().st_mtime_ns else None


def path_of(home: Path, run: Run) -> Path:
    """Where the evaluation of a run stands."""
    return home / FOLDER / f"{run.path.name}-{SHAPE}.json"


def looks(home: Path) -> int:
    """How many runs of a workspace were evaluated: each is another look at the same question."""
    return len(list((home / FOLDER).glob(f"calcul-*-{SHAPE}.json")))


@lru_cache(maxsize=2)
def _read(path: Path, stamp: int) -> Document:
    """The document of a file as it was at an instant."""
    del stamp
    document: Document = json.loads(path.read_text("utf-8"))
    return document
