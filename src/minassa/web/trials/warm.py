"""The latest run kept warm in this process: loaded behind when first asked for, once, then shared by all threads."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from minassa.entitlements.replays import offer_of
from minassa.entitlements.runs import Run, runs_in
from minassa.offer.loading import load_offer
from minassa.outlook.trial import Trial

WAIT: Final = 2.0
"""Seconds that a page waits for a run to be loaded before it says that it is on its way."""
RUNS: Final = "runs"


@dataclass
class _Kept:
    """The run that is loaded, or being loaded."""

    path: Path | None = None
    trial: Trial | None = None
    loaded: threading.Event = field(default_factory=threading.Event)


class WarmRun:
    """One run at a time: a newer one takes the place of the one before once it is loaded."""

    def __init__(self) -> None:
        """Nothing is loaded before somebody asks."""
        self._lock = threading.Lock()
        self._kept = _Kept()

    def trial(self, home: Path, wait: float = WAIT) -> Trial | None:
        """The trial of the latest run of a workspace; None when there is no run, or while it loads."""
        runs = runs_in(home / RUNS)
        if not runs:
            return None
        with self._lock:
            if self._kept.path != runs[-1].path:
                self._kept = _Kept(runs[-1].path)
                threading.Thread(target=_load, args=(self._kept, runs[-1]), daemon=True).start()
            kept = self._kept
        kept.loaded.wait(wait)
        return kept.trial


def _load(kept: _Kept, run: Run) -> None:
    """Load a run; should it fail, the next one to ask tries again."""
    try:
        kept.trial = Trial(offer_of(run, load_offer()), run)
    finally:
        if kept.trial is None:
            kept.path = None
        kept.loaded.set()


WARM: Final = WarmRun()
