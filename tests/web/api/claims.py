"""A claim of a firm as it would be frozen, without a nation behind: for who may do what, and how it is told."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import polars as pl

from minassa.claims.lines import STORED, digest_of, flags_digest_of, write
from minassa.claims.models import Claim, ClaimState
from minassa.claims.preparing import content_digest
from minassa.registry.models import Enterprise
from minassa.vocabulary.periods import month_index

FIRST, LAST = month_index(2025, 1), month_index(2025, 12)
CENTS = 150_000


def _rows(lines: int, flags: int, doubtful: int | None) -> pl.DataFrame:
    """Lines that all ask for the same, the first one with these flags and so many centimes in doubt."""
    return pl.DataFrame(
        {
            "person": range(1, lines + 1),
            "hired_month": [month_index(2025, 9)] * lines,
            "period_start": [month_index(2025, 9)] * lines,
            "period_end": [LAST] * lines,
            "cumulative_cents": [CENTS] * lines,
            "earlier_cents": [0] * lines,
            "amount_cents": [CENTS] * lines,
            "entitled": [True] * lines,
            "unmet": [0] * lines,
            "status": [4] * lines,
            "provisional": [False] * lines,
            "flags": [flags] + [0] * (lines - 1),
            "doubtful_cents": [doubtful] + [None] * (lines - 1),
        },
        schema=dict(STORED),
    )


def made_claim(enterprise: Enterprise, at: datetime, *, lines: int = 5, flags: int = 0, **more: Any) -> Claim:  # noqa: ANN401 (columns of a claim)
    """A claim of the premium for training of 2025, open and checked; `flags`, `doubtful`: those of its first line."""
    rows = _rows(lines, flags, more.pop("doubtful", None))
    number = Claim.objects.count() + 1
    claim = Claim(
        reference=f"PAF-2025-{number:07}",
        enterprise=enterprise,
        affiliation=9_100_000 + number,
        measure="paf",
        period="2025",
        first_month=FIRST,
        last_month=LAST,
        run="calcul-0001",
        known_until=LAST + 2,
        lake_versions={"cnss_lines": 1},
        offer_digest="0" * 64,
        conditions=["paf_firm_eligible"],
        line_count=lines,
        entitled_count=lines,
        total_cents=CENTS * lines,
        provisional_cents=0,
        status=4,
        reasons=[],
        score=0,
        lines_digest=digest_of(rows),
        opened_at=at - timedelta(days=1),
        touched_at=at - timedelta(days=1),
        contest_by=at + timedelta(days=29),
        sign_by=at + timedelta(days=89),
        prescribed_on=(at + timedelta(days=900)).date(),
        checked_by="account:0",
    )
    for name, value in more.items():
        setattr(claim, name, value)
    claim.content_digest = content_digest(claim, flags_digest_of(rows))
    claim.save(force_insert=True)
    write(claim.pk, rows)
    return claim


def signed_claim(enterprise: Enterprise, at: datetime, **more: Any) -> Claim:  # noqa: ANN401 (columns of a claim)
    """The same, signed: those who control and decide may read it."""
    return made_claim(enterprise, at, state=ClaimState.SIGNED, signed_at=at, **more)
