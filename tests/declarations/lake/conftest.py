from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from minassa.declarations.durable import settle
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
    number, table = file_number(claimed, 0), STAFF_LINES if kind == "staff_register" else CNSS_LINES
    said: dict[str, object] = {"file_id": number, "affiliation": affiliation}
    rows = lines(said, period, salary, count if state == IN_EFFECT else 0)
    key = supersession_key(kind, affiliation=affiliation, fiscal_id=0, period=period, complement=complement)
    counts = {"lines": count, "accepted": len(rows), "rejected": count - len(rows), "rows": len(rows)}
    deposit = said | {"kind": kind, "name": f"{kind}_{salary}.txt", "period": period, "complement": complement}
    deposit |= counts | {"deposit_id": claimed, "supersession_key": key, "state": state}
    finding = said | {"rule": "EXEMPLE", "severity": "warn", "line": 1, "column": 1}
    lake.commit(
        claimed,
        frame(DEPOSITS, [deposit | sealed(lake, content)]),
        {table: frame(table, rows), FINDINGS: frame(FINDINGS, [finding])},
    )
    return number


def lines(said: dict[str, object], period: str, salary: int, count: int) -> list[dict[str, object]]:
    month = int(period[:4]) * 12 + int(period[4:]) - 1
    same = said | {"month": month, "as_of_month": month, "salary_real": salary, "birth_year": salary}
    return [same | {"line": line, "person": line} for line in range(1, count + 1)]


def sealed(lake: Lake, content: bytes) -> dict[str, object]:
    """Where the original stands, once sealed."""
    pack, offsets, unsettled = lake.packs.seal([content], [hashlib.sha256(content).digest()])
    settle(unsettled)
    digest = hashlib.sha256(content).hexdigest()
    return {"pack": pack, "offset": offsets[0], "length": len(content), "digest": digest}


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
