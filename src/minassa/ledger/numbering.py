"""Numbers of batches, orders and recoveries: given once, never again."""

from __future__ import annotations

from datetime import datetime

from django.db import connection
from django.utils import timezone


def numbers(prefix: str, at: datetime, count: int) -> list[str]:
    """Numbers never given before: a prefix, the year in Morocco, eight digits; `OP-2026-00000012`."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('ledger_number') FROM generate_series(1, %s)", [count])
        return [f"{prefix}-{timezone.localdate(at).year}-{row[0]:08}" for row in cursor.fetchall()]
