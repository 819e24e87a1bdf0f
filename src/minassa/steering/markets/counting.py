"""Jobs declared since the contract of each lead that was won, read once after a run from what its firm declares.

The record keeps the contracts that it was made of beside the run: the same run and contracts give the same record.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any, Final

import polars as pl
from django.conf import settings

from minassa.entitlements.runs import MANIFEST, Run, runs_in
from minassa.hosting.locks import take
from minassa.markets.models import Lead, LeadState
from minassa.outlook.markets.declared import Contract, declared
from minassa.steering.public import synthetic_of
from minassa.vocabulary.periods import format_month

FOLDER: Final = "markets"
SHAPE: Final = 1
Document = dict[str, Any]


def count_next(_at: datetime) -> bool:
    """Read the jobs of the contracts of now in the last run where they were not; whether there was work. A loop."""
    home = settings.MINASSA_HOME
    runs, contracts = runs_in(home / "runs"), contracts_won()
    if not runs or not contracts or kept(home, runs[-1], contracts) is not None:
        return False
    record = path_of(home, runs[-1], contracts)
    lock = take(record.with_suffix(".lock"))
    if lock is None:
        return False
    try:
        told = document_of(runs[-1], contracts, synthetic=synthetic_of(home) is not None)
        write(record, told)
    finally:
        os.close(lock)
    return True


def contracts_won() -> list[dict[str, Any]]:
    """The contracts of leads won, by firm: reference, affiliation (0 unknown), month of signature, jobs promised."""
    rows = Lead.objects.filter(state=LeadState.WON).order_by("enterprise__affiliation", "uuid")
    return [
        {"lead": str(uuid), "affiliation": affiliation or 0, "month": month, "promised": promised}
        for uuid, affiliation, month, promised in rows.values_list(
            "uuid", "enterprise__affiliation", "signed_month", "jobs_promised"
        )
    ]


def document_of(run: Run, contracts: list[dict[str, Any]], *, synthetic: bool) -> Document:
    """What a run says of contracts. A firm that declares nothing, or not in the month of a contract, is unknown."""
    firms = sorted({one["affiliation"] for one in contracts} - {0})
    rows = (
        run.table("firm_month")
        .filter(pl.col("affiliation").is_in(firms))
        .group_by("affiliation", "month")
        .agg(pl.col("headcount_month").sum())
        .collect()
    )
    counts: dict[int, dict[int, int]] = {}
    for affiliation, month, people in rows.iter_rows():
        counts.setdefault(int(affiliation), {})[int(month)] = int(people)
    told: dict[str, Any] = {}
    for affiliation, some in groupby(contracts, key=lambda one: one["affiliation"]):
        signed = [Contract(one["lead"], one["month"], one["promised"]) for one in some]
        for row in declared(signed, counts.get(affiliation, {}), run.until):
            told[row.code] = asdict(row)
    return {
        "run": run.path.name,
        "until": format_month(run.until),
        "versions": dict(run.manifest["versions"]),
        "synthetic": synthetic,
        "contracts": contracts,
        "declared": told,
    }


def path_of(home: Path, run: Run, contracts: list[dict[str, Any]]) -> Path:
    """Where the record of a run and these contracts stands."""
    digest = hashlib.sha256(json.dumps(contracts, sort_keys=True).encode()).hexdigest()
    return home / FOLDER / f"{run.path.name}-{digest[:16]}-{SHAPE}.json"


def kept(home: Path, run: Run, contracts: list[dict[str, Any]]) -> Document | None:
    """What was kept of a run and these contracts; None where nothing was."""
    return read(path_of(home, run, contracts), run)


def latest_declared(home: Path) -> Document | None:
    """What was kept last, of the latest run that has a record; None while none has. A later contract is not in it."""
    for run in reversed(runs_in(home / "runs")):
        records = (home / FOLDER).glob(f"{run.path.name}-{'[0-9a-f]' * 16}-{SHAPE}.json")
        for record in sorted(records, key=lambda one: one.stat().st_mtime_ns, reverse=True):
            if (told := read(record, run)) is not None:
                return told
    return None


def write(record: Path, told: Document) -> None:
    """Write a record whole, or not at all."""
    written = record.with_suffix(".writing")
    written.write_text(json.dumps(told, ensure_ascii=False), "utf-8")
    written.replace(record)


def read(record: Path, run: Run) -> Document | None:
    """A record; None when it is absent, or older than its run."""
    if not record.exists() or record.stat().st_mtime_ns < (run.path / MANIFEST).stat().st_mtime_ns:
        return None
    told: Document = json.loads(record.read_text("utf-8"))
    return told
