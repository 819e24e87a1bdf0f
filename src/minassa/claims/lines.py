"""Lines of claims between frames and the database: written and read in bulk, and their digest."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from io import BytesIO
from typing import Any, Final

import polars as pl
from django.db import connection

COLUMNS: Final = {
    "person": pl.Int64,
    "hired_month": pl.Int32,
    "period_start": pl.Int32,
    "period_end": pl.Int32,
    "cumulative_cents": pl.Int64,
    "earlier_cents": pl.Int64,
    "amount_cents": pl.Int64,
    "entitled": pl.Boolean,
    "unmet": pl.Int32,
    "status": pl.Int8,
    "provisional": pl.Boolean,
}
"""What is frozen of a line, in the order in which it is digested."""
STORED: Final = {**COLUMNS, "flags": pl.Int64, "doubtful_cents": pl.Int64}
_ORDER: Final = ("person", "hired_month", "period_start")


def digest_of(lines: pl.DataFrame) -> str:
    """SHA-256 in hexadecimal of the lines as comma separated values, in order: any centime changed shows."""
    return hashlib.sha256(_csv(lines.select(*COLUMNS).sort(_ORDER))).hexdigest()


def flags_digest_of(lines: pl.DataFrame) -> str:
    """SHA-256 in hexadecimal of the flags of the lines, and of what is in doubt, in the same order.

    Where no line says what is in doubt, that of the flags alone: so were claims digested before lines said it.
    """
    told = ["flags", "doubtful_cents"] if lines["doubtful_cents"].is_not_null().any() else ["flags"]
    return hashlib.sha256(_csv(lines.sort(_ORDER).select(told))).hexdigest()


def _csv(lines: pl.DataFrame) -> bytes:
    written = BytesIO()
    lines.write_csv(written, include_header=False)
    return written.getvalue()


def write(claim_id: int, lines: pl.DataFrame) -> None:
    """Write the lines of a claim, all in one statement, in the transaction of the caller."""
    rows = lines.select(pl.lit(claim_id).alias("claim_id"), *STORED)
    names = ", ".join(rows.columns)
    with connection.cursor() as cursor, cursor.copy(f"COPY claims_line ({names}) FROM STDIN (FORMAT csv)") as copy:
        copy.write(_csv(rows))


def read(claim_ids: Sequence[int]) -> pl.DataFrame:
    """The lines of claims, as frozen, with `claim_id` and `id`; sorted by claim and key."""
    schema: dict[str, Any] = {"claim_id": pl.Int64, "id": pl.Int64, **STORED}
    given = copied(
        f"SELECT {', '.join(schema)} FROM claims_line WHERE claim_id = ANY(%s)",  # noqa: S608 (names written here)
        [list(claim_ids)],
        schema,
    )
    return given.sort("claim_id", *_ORDER)


def copied(query: str, values: Sequence[Any], schema: dict[str, Any]) -> pl.DataFrame:
    """The rows of a query as a frame, through one COPY."""
    # COPY says true and false as `t` and `f`.
    read_as = {name: pl.String if kind == pl.Boolean else kind for name, kind in schema.items()}
    written = BytesIO()
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY ({query}) TO STDOUT (FORMAT csv)", list(values)) as copy,
    ):
        for block in copy:
            written.write(block)
    if not written.tell():
        return pl.DataFrame(schema=schema)
    written.seek(0)
    frame = pl.read_csv(written, has_header=False, schema=read_as)
    return frame.with_columns((pl.col(name) == "t") for name, kind in schema.items() if kind == pl.Boolean)
