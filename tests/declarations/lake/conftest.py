from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from minassa.declarations.lake import (
    CNSS_LINES,
    DEPOSITS,
    FINDINGS,
    IN_EFFECT,
    STAFF_LINES,
    TABLES,
    Lake,
    file_number,
    supersession_key,
)

KEY = b"cle d'exemple, connue de tous..."

Put = Callable[..., int]


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    opened = Lake(tmp_path / "lake", KEY)
    opened.prepare()
    return opened


def frame(table: str, rows: list[dict[str, object]]) -> pl.DataFrame:
    """Rows of a table, with a neutral value where a row says nothing."""
    columns = TABLES[table].columns
    neutral = {pl.String: "", pl.Boolean: False, pl.Date: None}
    return pl.DataFrame(
        {name: [row.get(name, neutral.get(kind, 0)) for row in rows] for name, kind in columns.items()},
        schema=dict(columns),
    )


def put(
    lake: Lake,
    kind: str = "ebds_principal",
    *,
    affiliation: int = 9_900_003,
    period: str = "202510",
    complement: int = 0,
    salary: int = 100,
    count: int = 1,
    state: str = IN_EFFECT,
    content: bytes = b"",
) -> int:
    """Commit one file of `count` lines that all have the same salary (or, of a register, the same birth year)."""
    claimed = lake.claim()
    number = file_number(claimed, 0)
    table = STAFF_LINES if kind == "staff_register" else CNSS_LINES
    month = int(period[:4]) * 12 + int(period[4:]) - 1
    rows: list[dict[str, object]] = [
        {
            "file_id": number,
            "line": line + 1,
            "month": month,
            "as_of_month": month,
            "affiliation": affiliation,
            "person": line + 1,
            "salary_real": salary,
            "birth_year": salary,
        }
        for line in range(count if state == IN_EFFECT else 0)
    ]
    pack, offsets = lake.packs.seal([content], [hashlib.sha256(content).digest()])
    deposit: dict[str, object] = {
        "file_id": number,
        "deposit_id": claimed,
        "kind": kind,
        "name": f"{kind}_{salary}.txt",
        "digest": hashlib.sha256(content).hexdigest(),
        "affiliation": affiliation,
        "period": period,
        "complement": complement,
        "supersession_key": supersession_key(
            kind, affiliation=affiliation, fiscal_id=0, period=period, complement=complement
        ),
        "lines": count,
        "accepted": len(rows),
        "rejected": count - len(rows),
        "rows": len(rows),
        "state": state,
        "pack": pack,
        "offset": offsets[0],
        "length": len(content),
    }
    finding: dict[str, object] = {"file_id": number, "rule": "EXEMPLE", "severity": "warn", "line": 1, "column": 1}
    lines = {table: frame(table, rows), FINDINGS: frame(FINDINGS, [finding])}
    lake.commit(claimed, frame(DEPOSITS, [deposit]), lines)
    return number


@pytest.fixture
def deposited(lake: Lake) -> Put:
    """Commit a file into the fixture `lake`."""

    def deposit(*args: object, **options: object) -> int:
        return put(lake, *args, **options)  # type: ignore[arg-type]

    return deposit


@pytest.fixture
def put_into() -> Put:
    """Commit a file into any lake."""
    return put
