"""A claim computed again from the declarations and the offer that it froze, and compared to the centime."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl
from django.db import transaction

from minassa.claims.acting import stream_of
from minassa.claims.calendar import period_named
from minassa.claims.claim_models import Claim
from minassa.claims.content import KEYS, due
from minassa.claims.lines import read
from minassa.claims.preparing import CLAIMS
from minassa.claims.round_models import Incident
from minassa.claims.states import NOT_ASKED
from minassa.claims.verifying import is_intact
from minassa.engine import Offer
from minassa.entitlements.replays import offer_of
from minassa.entitlements.runs import Run, run
from minassa.entitlements.sources import Tables
from minassa.journal.public import Entry, chained

COMPARED = ("cumulative_cents", "entitled", "unmet", "status", "provisional")


@dataclass(frozen=True, slots=True)
class ClaimReplay:
    """What came out of the replay of a claim: lines compared, those that differ, whether its content is as frozen."""

    claim: str
    compared: int
    differences: pl.DataFrame
    intact: bool

    @property
    def identical(self) -> bool:
        """Whether every line is the same to the centime, and nothing stored has changed."""
        return self.intact and not self.differences.height


def replay_claim(claim: Claim, made: Run, code: Offer, tables: Tables) -> ClaimReplay:
    """Compute the run of a claim again, from the versions it recorded, and compare the lines of the claim.

    `made` is the run that the claim was prepared from, `code` the offer of this program.
    """
    return next(iter(replay_claims([claim], made, code, tables)))


def replay_claims(claims: Iterable[Claim], made: Run, code: Offer, tables: Tables) -> list[ClaimReplay]:
    """The same for several claims of one run, which is computed again once."""
    with TemporaryDirectory() as folder:
        law = offer_of(made, code)
        again = run(tables, made.manifest["versions"], law, Path(folder) / made.path.name, made.until)
        return [_compared(claim, again, tables) for claim in claims]


def _compared(claim: Claim, again: Run, tables: Tables) -> ClaimReplay:
    frozen = read([claim.pk])
    given = due(again, tables, period_named(claim.measure, claim.period))
    given = given.filter(pl.col("affiliation") == claim.affiliation)
    keys = list(KEYS[1:])
    both = frozen.join(given, on=keys, how="full", coalesce=True, suffix="_again")
    # A line that only gives back has nothing due: no row answers it.
    nothing_due = (pl.col("cumulative_cents") == 0) & ~pl.col("entitled") & pl.col("cumulative_cents_again").is_null()
    same = pl.all_horizontal(pl.col(name).eq_missing(pl.col(f"{name}_again")) for name in COMPARED)
    return ClaimReplay(claim.reference, both.height, both.filter(~(same | nothing_due)), is_intact(claim))


def replay_all(runs: Mapping[str, Run], code: Offer, tables: Tables, at: datetime) -> dict[str, Any]:
    """Replay every claim that still asks for something, run by run; each difference becomes an incident.

    Counts: `claims`, `lines`, `identical`, `incidents`, and `unreadable` claims whose run is no longer there.
    """
    report = {"claims": 0, "lines": 0, "identical": 0, "incidents": 0, "unreadable": 0}
    asking = Claim.objects.exclude(state__in=NOT_ASKED)
    for name in asking.order_by("run").values_list("run", flat=True).distinct():
        claims = list(asking.filter(run=name).order_by("pk"))
        report["claims"] += len(claims)
        if name not in runs:
            report["unreadable"] += len(claims)
            continue
        for claim, outcome in zip(claims, replay_claims(claims, runs[name], code, tables), strict=True):
            report["lines"] += outcome.compared
            report["identical" if outcome.identical else "incidents"] += 1
            if not outcome.identical:
                _report(claim, outcome, at)
    return report


def _report(claim: Claim, outcome: ClaimReplay, at: datetime) -> None:
    """An incident, once per claim and kind, told to the journal."""
    kind = "amounts" if outcome.intact else "tampered"
    detail = {"compared": outcome.compared, "differences": outcome.differences.height}
    with transaction.atomic():
        Claim.objects.select_for_update().get(pk=claim.pk)
        found, made = Incident.objects.get_or_create(
            claim=claim, kind=kind, defaults={"detail": detail, "found_at": at}
        )
        if made:
            told = {"incident": found.pk, "incident_kind": kind, **detail}
            Entry.objects.bulk_create(chained(stream_of(claim.pk), [("claim.incident", told)], str(CLAIMS), at))
