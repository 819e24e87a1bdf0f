"""Prepares claims: when a period is complete each firm finds its claim, made from the run of its declarations.

Called again it changes nothing, unless new declarations give other lines: then another claim takes the place of one
that nobody signed yet. A signed claim stays as it is.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NamedTuple

import polars as pl
from django.db import connection, transaction

from minassa.claims.acting import acting, stream_of
from minassa.claims.calendar import (
    MEASURES,
    REGULARISATIONS,
    ClaimPeriod,
    Rhythm,
    closes,
    complete_periods,
    regularisation,
)
from minassa.claims.checks import flagged, told
from minassa.claims.claim_models import Claim, ClaimState
from minassa.claims.content import EARLIER, asked, due
from minassa.claims.contesting import carry
from minassa.claims.declared import declared, late_firms
from minassa.claims.lines import copied, digest_of, flags_digest_of, write
from minassa.claims.states import BEFORE_SIGNING, ClaimEvent
from minassa.delays.moments import due_at
from minassa.entitlements.runs import Run
from minassa.entitlements.sources import Tables
from minassa.journal.public import Entry, chained
from minassa.proof import canonical_bytes
from minassa.registry.models import Enterprise
from minassa.registry.public import system_actor
from minassa.vocabulary.statuses import Status, rank

CLAIMS: Final = system_actor("claims")
_EARLIER_QUERY: Final = """
SELECT claim.affiliation, line.person, line.hired_month, line.period_start,
  sum(line.amount_cents - coalesce(back.cents, 0))::bigint, sum(coalesce(line.doubtful_cents, 0))::bigint
FROM claims_line AS line JOIN claims_claim AS claim ON claim.id = line.claim_id
  LEFT JOIN (
    SELECT told.line_id, sum(told.cents) AS cents
    FROM claims_restitutionline AS told JOIN claims_restitution AS asked ON asked.id = told.restitution_id
    WHERE asked.state = 'decided' GROUP BY 1
  ) AS back ON back.line_id = line.id
WHERE claim.measure = %s AND claim.state <> 'superseded' AND claim.first_month >= %s AND claim.last_month <= %s
  AND claim.period < %s COLLATE "C"
GROUP BY 1, 2, 3, 4
"""
_BEFORE_QUERY: Final = """
SELECT DISTINCT claim.affiliation, line.person
FROM claims_line AS line JOIN claims_claim AS claim ON claim.id = line.claim_id
WHERE claim.measure = %s AND claim.last_month <> %s AND claim.state NOT IN ('superseded', 'refused', 'expired')
  AND line.person = ANY(%s) AND line.amount_cents > 0
"""


@dataclass(frozen=True, slots=True)
class Opened:
    """What opening claims has done, counted, and the numbers of the claims made.

    Claims were `opened`, `superseded`, found `unchanged`, or `kept` though declarations have changed since they were
    signed; `late`: firms that have not declared the end of the period; `unregistered`: firms owed something whom the
    registry does not know.
    """

    counts: Counter[str]
    claims: tuple[int, ...]

    def as_json(self) -> dict[str, Any]:
        """The counts as plain data."""
        names = ("opened", "superseded", "unchanged", "kept", "late", "unregistered")
        return {name: self.counts[name] for name in names}


def open_claims(
    run: Run,
    tables: Tables,
    at: datetime,
    measures: tuple[str, ...] = MEASURES,
    period: str = "",
    only: frozenset[int] | None = None,
) -> Opened:
    """Open every claim whose period is complete at a moment, from a run; `period`: that one alone.

    `only`: the affiliations of the firms whose claims are opened; all by default. One transaction per claim, in the
    order of periods: stopped, it goes on when called again.
    """
    known = Enterprise.objects.values_list("affiliation", "pk")
    firms = {affiliation: pk for affiliation, pk in known if affiliation is not None}
    counts: Counter[str] = Counter()
    made: list[int] = []
    known_months = declared(run, tables)
    for measure in measures:
        for complete in complete_periods(measure, run.until, at):
            if period in {"", complete.name}:
                asking = _Asking(firms, late_firms(known_months, complete), counts, only)
                made += _open_period(run, tables, complete, at, asking)
            if closes(complete):
                asking = _Asking(firms, late_firms(known_months, complete), counts, only)
                made += _open_again(run, tables, complete, at, asking, named=period)
    return Opened(counts, tuple(made))


def prepared(run: Run, tables: Tables, period: ClaimPeriod, at: datetime) -> pl.DataFrame:
    """The lines of the claims of all firms for a period as a run gives them, checked (`flags`)."""
    return _checked(asked(due(run, tables, period), _earlier(period), period), run, tables, period, at)


def _checked(lines: pl.DataFrame, run: Run, tables: Tables, period: ClaimPeriod, at: datetime) -> pl.DataFrame:
    return flagged(lines, run, tables, period.measure, at.date(), _before(period, lines))


class _Asking(NamedTuple):
    """Who may ask for a period: firms by affiliation, those that have not declared its end, what was done so far.

    `only`: these firms alone, when it is a year claimed again, or when others are not asked about.
    """

    firms: dict[int, int]
    late: frozenset[int]
    counts: Counter[str]
    only: frozenset[int] | None = None

    def among(self) -> pl.Expr:
        """Whether a row is of one of the firms that are looked at."""
        return pl.lit(value=True) if self.only is None else pl.col("affiliation").is_in(sorted(self.only))


def _open_again(
    run: Run, tables: Tables, closing: ClaimPeriod, at: datetime, asking: _Asking, *, named: str
) -> list[int]:
    """Open the claims by which a period that closes is claimed again, of firms whose last claim of it is signed."""
    made, before = [], _signed(closing)
    for number in range(1, REGULARISATIONS + 1):
        again = regularisation(closing, number)
        signed = _signed(again)
        if not before:
            break
        missing = before - signed if asking.only is None else (before - signed) & asking.only
        if missing and named in {"", again.name}:
            made += _open_period(run, tables, again, at, asking._replace(only=missing))
        before = signed
    return made


def _signed(period: ClaimPeriod) -> frozenset[int]:
    """The firms whose claim of a period no new deposit replaces any more."""
    rows = Claim.objects.filter(measure=period.measure, period=period.name)
    gone = (*BEFORE_SIGNING, ClaimState.SUPERSEDED)
    return frozenset(rows.exclude(state__in=gone).values_list("affiliation", flat=True))


def _open_period(run: Run, tables: Tables, period: ClaimPeriod, at: datetime, asking: _Asking) -> list[int]:
    """Open the claims of a period: of firms owed something, and of those whose claim no longer asks for anything."""
    made: list[int] = []
    there = Claim.objects.filter(measure=period.measure, period=period.name)
    held = set(there.values_list("affiliation", flat=True))
    lines = asked(due(run, tables, period), _earlier(period), period)
    if not held and lines.filter(asking.among(), pl.col("amount_cents") != 0).is_empty():
        return made
    whole = _checked(lines, run, tables, period, at).filter(asking.among())
    parts = {int(part["affiliation"][0]): part for part in whole.partition_by("affiliation", maintain_order=True)}
    # A firm that a run knows no more keeps no claim to sign: one of nothing takes its place.
    waiting = there.filter(state__in=BEFORE_SIGNING, line_count__gt=0).values_list("affiliation", flat=True)
    gone = {one for one in waiting if one not in parts}
    parts |= {one: whole.clear() for one in sorted(gone if asking.only is None else gone & asking.only)}
    for affiliation, lines in parts.items():
        if affiliation not in held and not lines.select((pl.col("amount_cents") != 0).any()).item():
            continue
        if affiliation not in asking.firms or (affiliation in asking.late and affiliation not in held):
            asking.counts["late" if affiliation in asking.firms else "unregistered"] += 1
            continue
        opened = _open_one(run, period, (affiliation, asking.firms[affiliation]), lines, at)
        asking.counts[opened[0]] += 1
        made += [opened[1]] if opened[1] else []
    return made


def _open_one(
    run: Run, period: ClaimPeriod, whose: tuple[int, int], lines: pl.DataFrame, at: datetime
) -> tuple[str, int]:
    """Open the claim of a firm for a period unless it is there: what was done, and the number of a new claim.

    `whose`: the affiliation of the firm and its key.
    """
    firm = whose[1]
    digest = digest_of(lines)
    with transaction.atomic():
        with connection.cursor() as cursor:
            key = f"claim:{firm}:{period.measure}:{period.name}"
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
        held = Claim.objects.filter(enterprise_id=firm, measure=period.measure, period=period.name)
        former = held.exclude(state=ClaimState.SUPERSEDED).first()
        if former is not None and former.lines_digest == digest:
            return "unchanged", 0
        if former is not None and former.state not in BEFORE_SIGNING:
            return "kept", 0
        if former is not None:
            with acting(CLAIMS, "", former, at) as act:
                act.move(ClaimEvent.SUPERSEDE)
                act.tell("claim.superseded", run=run.path.name)
        claim = _frozen(run, period, whose, lines, at, digest)
        claim.rank, claim.supersedes = (former.rank + 1, former) if former is not None else (1, None)
        _record(claim, lines)
        if former is not None:
            carry(former, claim, at)
    return ("superseded" if former is not None else "opened"), claim.pk


def _record(claim: Claim, lines: pl.DataFrame) -> None:
    claim.pk = _next_number()
    claim.reference = f"{claim.measure.upper()}-{claim.period}-{claim.pk:07}"
    claim.content_digest = content_digest(claim, flags_digest_of(lines))
    claim.save(force_insert=True)
    write(claim.pk, lines)
    body = {
        "measure": claim.measure,
        "period": claim.period,
        "run": claim.run,
        "lines": claim.line_count,
        "total_cents": claim.total_cents,
        "digest": claim.content_digest,
    }
    happened = [("claim.prepared", body)]
    Entry.objects.bulk_create(chained(stream_of(claim.pk), happened, str(CLAIMS), claim.opened_at, new=True))


def _frozen(
    run: Run, period: ClaimPeriod, whose: tuple[int, int], lines: pl.DataFrame, at: datetime, digest: str
) -> Claim:
    """The claim with all that is frozen of it, not written yet."""
    reasons, score = told(lines, at.date())
    sums = _sums(lines)
    return Claim(
        enterprise_id=whose[1],
        affiliation=whose[0],
        measure=period.measure,
        period=period.name,
        first_month=period.first_month,
        last_month=period.last_month,
        run=run.path.name,
        known_until=run.until,
        lake_versions=dict(run.manifest["versions"]),
        offer_digest=run.manifest["offer"]["digest"],
        conditions=list(run.manifest["conditions"][period.measure]),
        reasons=reasons,
        score=score,
        lines_digest=digest,
        opened_at=at,
        touched_at=at,
        contest_by=due_at(period.entry.contest_within, at),
        sign_by=due_at(period.entry.sign_within, at),
        prescribed_on=period.prescribed_on,
        **sums,
    )


def _sums(lines: pl.DataFrame) -> dict[str, int]:
    """Counts and totals of lines; the weakest status is that of lines that ask for something."""
    moving = pl.col("amount_cents") != 0
    row = lines.select(
        pl.len().alias("line_count"),
        pl.col("entitled").sum().alias("entitled_count"),
        pl.col("amount_cents").sum().alias("total_cents"),
        pl.col("amount_cents").filter("provisional").sum().alias("provisional_cents"),
        pl.col("status").filter(moving).max().fill_null(rank(Status.OFFICIAL)).alias("status"),
    ).row(0, named=True)
    return {name: int(value) for name, value in row.items()}


def content_digest(claim: Claim, flags_digest: str) -> str:
    """SHA-256 in hexadecimal of all that is frozen of a claim: what its firm signs."""
    content = {
        "reference": claim.reference,
        "enterprise": claim.enterprise_id,
        "affiliation": claim.affiliation,
        "measure": claim.measure,
        "period": claim.period,
        "months": [claim.first_month, claim.last_month],
        "rank": claim.rank,
        "run": claim.run,
        "known_until": claim.known_until,
        "lake": dict(claim.lake_versions),
        "offer": claim.offer_digest,
        "conditions": list(claim.conditions),
        "lines": claim.lines_digest,
        "flags": flags_digest,
        "count": [claim.line_count, claim.entitled_count],
        "total_cents": claim.total_cents,
        "provisional_cents": claim.provisional_cents,
        "status": claim.status,
        "reasons": list(claim.reasons),
        "score": claim.score,
    }
    return hashlib.sha256(canonical_bytes(content)).hexdigest()


def _earlier(period: ClaimPeriod) -> pl.DataFrame:
    """What former claims of the year, or of the same period, asked for and was not asked back since, line by line."""
    if period.entry.rhythm is not Rhythm.QUARTER and not period.claims_again:
        return pl.DataFrame(schema=EARLIER)
    return copied(_EARLIER_QUERY, [period.measure, period.year_start, period.last_month, period.name], dict(EARLIER))


def _before(period: ClaimPeriod, lines: pl.DataFrame) -> pl.DataFrame:
    """Firms and persons of the lines whom a measure that is paid once has claimed in another period."""
    schema = {"affiliation": pl.Int32, "person": pl.Int64}
    if period.entry.rhythm is not Rhythm.STAY or not lines.height:
        return pl.DataFrame(schema=schema)
    return copied(_BEFORE_QUERY, [period.measure, period.last_month, lines["person"].unique().to_list()], dict(schema))


def _next_number() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('claims_claim', 'id'))")
        return int(cursor.fetchone()[0])
