"""A small invented nation that was deposited and computed, as `./run` does it. Everybody in it is invented."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from minassa.claims.computing import known_month
from minassa.cli.demonstration import declared_by, earlier_months
from minassa.declarations.deposit import deposit
from minassa.declarations.lake import Lake
from minassa.entitlements.runs import run
from minassa.governance.demonstration import seat_holders
from minassa.hosting.keys import drawn_once
from minassa.nation import Manifest, make_nation
from minassa.nation.stages import filed_by
from minassa.offer.loading import load_offer
from minassa.registry.demonstration import accounts

PEOPLE, MONTHS, SEED = 1_200, 42, 2025


def living_nation(home: Path, now: datetime) -> Manifest:
    """The nation in a data folder, known as it would be at a moment, with one run."""
    known = declared_by(now.date(), MONTHS)
    made = make_nation(
        home / "nation",
        people=PEOPLE,
        months=MONTHS,
        seed=SEED,
        written=known.written,
        silent_from=known.silent_from,
    )
    (home / "synthetic.json").write_text(json.dumps(asdict(made)), "utf-8")
    lake = Lake(home / "lake", drawn_once(home / "key", lambda: bytes(range(32))))
    lake.prepare()
    stages = [*(filed_by(home / "nation", month) for month in earlier_months(known)), [home / "nation"]]
    (home / "runs").mkdir()
    for number, paths in enumerate(stages, start=1):
        deposit(paths, lake, f"2026-01-0{number}T00:00:00+00:00")
        until = known_month(lake.current("cnss_lines"), now)
        assert until is not None
        run(lake, lake.versions(), load_offer(), home / "runs" / f"calcul-{number:04}", until)
    return made


def people(now: datetime) -> None:
    """The accounts of the demonstration, and who sits in its committees."""
    accounts("une phrase assez longue")
    seat_holders(now)
