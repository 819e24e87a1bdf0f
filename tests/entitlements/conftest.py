"""A small synthetic country, deposited and run once for all tests that only look at it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from minassa.declarations.deposit import deposit
from minassa.declarations.lake import Lake
from minassa.entitlements.runs import Run, run
from minassa.nation import make_nation
from minassa.offer.loading import load_offer
from minassa.vocabulary.periods import month_index

KEY = b"a key for tests, known to all ....."
RECEIVED = "2027-01-05T09:00:00+00:00"
UNTIL = month_index(2027, 6)


@dataclass(frozen=True)
class Country:
    """A country's files, the lake they were deposited in, and a run on it."""

    files: Path
    lake: Lake
    run: Run


@pytest.fixture(scope="session")
def country(tmp_path_factory: pytest.TempPathFactory) -> Country:
    """120 people at the start, 30 months from January 2025."""
    folder = tmp_path_factory.mktemp("country")
    make_nation(folder / "nation", people=120, months=30, seed=11)
    lake = Lake(folder / "lake", KEY)
    deposit([folder / "nation"], lake, RECEIVED)
    done = run(lake, lake.versions(), load_offer(), folder / "runs" / "run-1", UNTIL)
    return Country(folder / "nation", lake, done)
