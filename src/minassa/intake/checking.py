"""A kept file checked by the reader of declarations, and its findings written down."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, Final

import polars as pl

from minassa.declarations.durable import StorageFailed
from minassa.declarations.findings import Finding
from minassa.declarations.kinds import EBDS_PRINCIPAL, UNKNOWN
from minassa.declarations.lake import Lake
from minassa.intake.changes import compare
from minassa.intake.examining import Examined, examine
from minassa.intake.lake import lake
from minassa.intake.models import Upload, UploadFinding, UploadState
from minassa.intake.receiving import stream_of
from minassa.intake.spans import LONGEST, lengths
from minassa.intake.storage import in_clear
from minassa.journal.public import append
from minassa.registry.models import Enterprise
from minassa.registry.public import actor_of
from minassa.vocabulary.periods import month_index

_BATCH: Final = 2_000


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check came to, before anything of it is written."""

    examined: Examined
    enterprise: Enterprise
    problem: str
    counts: dict[str, Any]
    lengths: dict[tuple[int, int], int]


def judge(upload: Upload) -> Verdict:
    """Check a kept file. Nothing is written. `StorageFailed`, `SealBroken`."""
    kept = lake()
    with in_clear(upload.storage_name, upload.name) as path:
        examined = examine(path, kept)
    enterprise, problem = _whose(upload, examined)
    report = examined.report
    places = ((finding.line, finding.column) for finding in report.findings)
    return Verdict(
        examined,
        enterprise,
        problem,
        _counts(examined, kept),
        lengths(report.kind, examined.content, places),
    )


def write_down(upload: Upload, verdict: Verdict, at: datetime) -> None:
    """Write a verdict on a locked row, inside the caller's transaction: what was found before is replaced."""
    report = verdict.examined.report
    upload.enterprise = verdict.enterprise
    upload.kind, upload.period = report.kind, report.period
    upload.affiliation = int(report.affiliation or 0) or None
    upload.complement = verdict.examined.complement
    upload.supersession_key = verdict.examined.supersession_key if report.kind != UNKNOWN else ""
    upload.lines, upload.accepted, upload.rejected = report.lines, report.accepted, report.rejected
    upload.counts, upload.problem = verdict.counts, verdict.problem
    upload.state = UploadState.REFUSED if verdict.problem else UploadState.CHECKED
    upload.due_at, upload.leased_until = None, None
    upload.save()
    keep_findings(upload, report.findings, verdict.lengths)
    body = {
        "kind": report.kind,
        "period": report.period,
        "enterprise": verdict.enterprise.pk,
        "lines": report.lines,
        "accepted": report.accepted,
        "rejected": report.rejected,
        "problem": verdict.problem,
    }
    append(stream_of(upload), "upload.checked", "system:intake", body, at)


def keep_findings(upload: Upload, findings: list[Finding], spans: dict[tuple[int, int], int]) -> None:
    """The findings of a file, in place of those it had."""
    upload.findings.all().delete()
    rows = _rows(upload, findings, spans)
    while batch := list(islice(rows, _BATCH)):
        UploadFinding.objects.bulk_create(batch)


def _rows(upload: Upload, findings: list[Finding], spans: dict[tuple[int, int], int]) -> Iterator[UploadFinding]:
    for finding in findings:
        yield UploadFinding(
            upload=upload,
            rule=finding.rule,
            severity=str(finding.severity),
            line=finding.line,
            column=finding.column,
            length=min(spans.get((finding.line, finding.column), 0), LONGEST),
            message=finding.message,
        )


def _whose(upload: Upload, examined: Examined) -> tuple[Enterprise, str]:
    """The enterprise that the file speaks of, and the code of the problem when it may not be its sender's."""
    own, report = upload.enterprise, examined.report
    if report.kind == UNKNOWN:
        return own, "kind-unknown"
    if not examined.affiliations:
        mine = bool(examined.fiscal_id) and examined.fiscal_id == own.fiscal_id
        return own, _structural(examined) if mine or report.refused else "no-affiliation"
    if examined.affiliations == {own.affiliation}:
        return own, _structural(examined)
    other = _other(upload, examined.affiliations)
    return (own, "foreign-affiliation") if other is None else (other, _structural(examined))


def _structural(examined: Examined) -> str:
    """Why nothing of the file may take effect: deposited, it would only wipe out the one it replaces."""
    report = examined.report
    if report.refused:
        return "file-refused"
    return "nothing-accepted" if report.rejected and not report.accepted else ""


def _other(upload: Upload, affiliations: frozenset[int]) -> Enterprise | None:
    """Another enterprise that the sender represented when the file came: an accountant sends the files of several."""
    if len(affiliations) != 1:
        return None
    mandated = actor_of(upload.sent_by, upload.received_at.date()).enterprises()
    return Enterprise.objects.filter(affiliation=min(affiliations), pk__in=mandated).first()


def _counts(examined: Examined, kept: Lake) -> dict[str, Any]:
    """Findings by severity and by rule, what changes against the month before, and what would be replaced."""
    report = examined.report
    counts: dict[str, Any] = {
        "severities": dict(Counter(str(finding.severity) for finding in report.findings)),
        "rules": dict(Counter(finding.rule for finding in report.findings).most_common(100)),
    }
    if report.kind == EBDS_PRINCIPAL and examined.persons is not None and not report.refused:
        month = month_index(int(report.period[:4]), int(report.period[4:]))
        found = compare(kept, int(report.affiliation), month, examined.persons)
        counts["changes"] = found.as_json() if found else None
    if not report.refused and report.kind != UNKNOWN:
        counts["replaces"] = replaced_at(kept, examined.supersession_key)
    return counts


def replaced_at(kept: Lake, key: str, but: int = 0) -> str:
    """When the file in effect under a key was deposited (as the lake wrote it), "" when there is none."""
    files = kept.files().filter((pl.col("supersession_key") == key) & (pl.col("state") == "in_effect"))
    rows = files.filter(pl.col("file_id") != but).sort("file_id").select("received_at").collect()
    return str(rows["received_at"][-1]) if rows.height else ""


__all__ = ["StorageFailed", "Verdict", "judge", "keep_findings", "replaced_at", "write_down"]
