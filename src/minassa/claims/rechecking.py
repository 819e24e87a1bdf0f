"""Claims looked at again each month, as later declarations tell the same months: what would change, told in numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

import polars as pl

from minassa.claims.calendar import period_named
from minassa.claims.checks import told
from minassa.claims.claim_models import Claim
from minassa.claims.content import KEYS
from minassa.claims.lines import read
from minassa.claims.preparing import prepared
from minassa.claims.states import NOT_ASKED
from minassa.entitlements.runs import Run
from minassa.entitlements.sources import Tables

_KEYS: Final = [*KEYS]


@dataclass(frozen=True, slots=True)
class Rechecked:
    """One claim seen from a later run.

    Its lines, how many differ, the difference of its total in centimes, the score that it would have.
    """

    claim: str
    lines: int
    changed: int
    difference_cents: int
    score: int


def recheck(run: Run, tables: Tables, at: datetime) -> list[Rechecked]:
    """Every claim that asks for something, against what a run would give now; changes nothing."""
    claims = Claim.objects.filter(last_month__lte=run.until).exclude(state__in=NOT_ASKED)
    found: list[Rechecked] = []
    for measure, period in claims.order_by("measure", "period").values_list("measure", "period").distinct():
        now = prepared(run, tables, period_named(measure, period), at)
        held = list(claims.filter(measure=measure, period=period).order_by("affiliation"))
        found += _against(now, held, at.date())
    return found


def _against(now: pl.DataFrame, claims: list[Claim], day: date) -> list[Rechecked]:
    firms = pl.DataFrame(
        {"claim_id": [one.pk for one in claims], "affiliation": [one.affiliation for one in claims]},
        schema={"claim_id": pl.Int64, "affiliation": pl.Int32},
    )
    frozen = read([one.pk for one in claims]).join(firms, on="claim_id")
    both = frozen.select(*_KEYS, "amount_cents").join(
        now.select(*_KEYS, pl.col("amount_cents").alias("now_cents")), on=_KEYS, how="full", coalesce=True
    )
    gap = pl.col("now_cents").fill_null(0) - pl.col("amount_cents").fill_null(0)
    sums = both.group_by("affiliation").agg(
        pl.len().alias("lines"), (gap != 0).sum().alias("changed"), gap.sum().alias("difference")
    )
    by_firm = {row["affiliation"]: row for row in sums.iter_rows(named=True)}
    scores = {
        int(part["affiliation"][0]): told(part, day)[1]
        for part in now.join(firms, on="affiliation", how="semi").partition_by("affiliation")
    }
    return [
        Rechecked(
            one.reference,
            int(by_firm[one.affiliation]["lines"]),
            int(by_firm[one.affiliation]["changed"]),
            int(by_firm[one.affiliation]["difference"]),
            scores.get(one.affiliation, 0),
        )
        for one in claims
    ]
