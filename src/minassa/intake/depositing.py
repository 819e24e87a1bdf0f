"""A checked file put into the lake: asked for by a person, done by the worker, one file at a time, once.

The lake is committed before the row says so. A process killed in between is found out at the next attempt: the
instant at which the deposit was asked stands in the lake beside the digest of the file, and tells that it was done.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, NamedTuple

import polars as pl
from django.db import transaction

from minassa.declarations.deposit import deposit as deposit_files
from minassa.declarations.findings import Finding, Severity
from minassa.declarations.lake import IN_EFFECT, Lake
from minassa.intake.checking import keep_findings, replaced_at
from minassa.intake.errors import UploadRefused
from minassa.intake.lake import lake, only_writer
from minassa.intake.models import Upload, UploadState
from minassa.intake.receiving import stream_of
from minassa.intake.storage import forget, in_clear
from minassa.journal.public import append
from minassa.registry.public import Actor, require


class Settled(NamedTuple):
    """What the lake says of a file: its row there, what it replaced, and its findings when the lake refused it."""

    row: dict[str, Any]
    replaced: str
    findings: list[Finding]


def deposit(actor: Actor, upload: Upload, at: datetime) -> Upload:
    """Ask for the deposit of a checked file: from now on it will be done, whatever stops meanwhile.

    `Forbidden`; `UploadRefused` (`not-ready`) for a file that is not checked, or was refused.
    """
    with transaction.atomic():
        row = Upload.objects.select_for_update(of=("self",)).select_related("enterprise").get(pk=upload.pk)
        require(actor, "upload.deposit", row)
        if row.state in {UploadState.DEPOSITING, UploadState.DEPOSITED}:
            return row
        if row.state != UploadState.CHECKED:
            raise UploadRefused("not-ready", row.name)
        row.state, row.problem = UploadState.DEPOSITING, ""
        row.deposit_asked_at, row.deposit_asked_by_id = at, actor.account_id
        row.due_at, row.leased_until, row.attempts = at, None, 0
        row.save()
        append(stream_of(row), "upload.deposit-asked", str(actor), {"sha256": row.sha256}, at)
        return row


def withdraw(actor: Actor, upload: Upload, at: datetime) -> Upload:
    """Take back a file that was not deposited: its bytes are erased, its row and its journal stay.

    `Forbidden`; `UploadRefused` (`not-withdrawable`) once its deposit was asked for.
    """
    with transaction.atomic():
        row = Upload.objects.select_for_update(of=("self",)).select_related("enterprise").get(pk=upload.pk)
        require(actor, "upload.send", row)
        if row.state in {UploadState.DEPOSITING, UploadState.DEPOSITED}:
            raise UploadRefused("not-withdrawable", row.name)
        if row.state != UploadState.WITHDRAWN:
            row.state, row.due_at, row.leased_until = UploadState.WITHDRAWN, None, None
            row.save()
            row.findings.all().delete()
            append(stream_of(row), "upload.withdrawn", str(actor), {"sha256": row.sha256}, at)
            transaction.on_commit(lambda: forget(row.storage_name))
        return row


def put_in_lake(upload: Upload) -> Settled:
    """Commit a file into the lake unless this very deposit was committed before; what the lake says of it."""
    kept = lake()
    with only_writer():
        done = _row(kept, upload)
        if done is None:
            with in_clear(upload.storage_name, upload.name) as path:
                deposit_files([path], kept, stamp(upload))
            done = _row(kept, upload)
    if done is None:
        raise UploadRefused("deposit-failed", upload.name)
    findings = [] if done["state"] == IN_EFFECT else _findings(kept, done["file_id"])
    return Settled(done, replaced_at(kept, done["supersession_key"], but=done["file_id"]), findings)


def stamp(upload: Upload) -> str:
    """The instant written in the lake: to the microsecond, it tells one deposit of the same bytes from another."""
    asked = upload.deposit_asked_at or upload.received_at
    return asked.astimezone(UTC).isoformat(timespec="microseconds")


def _row(kept: Lake, upload: Upload) -> dict[str, Any] | None:
    """The file as this deposit left it; or, when the lake had it in effect already and did nothing, as it stands."""
    same = (pl.col("digest") == upload.sha256) & (pl.col("name") == upload.name)
    this = (pl.col("received_at") == stamp(upload)) | pl.col("current")
    rows = kept.files().filter(same & this).sort("file_id").collect()
    return rows.row(-1, named=True) if rows.height else None


def _findings(kept: Lake, file: int) -> list[Finding]:
    rows = kept.findings([file]).select("rule", "severity", "line", "column", "message").collect().rows()
    return [Finding(rule, Severity(severity), *rest) for rule, severity, *rest in rows]


def write_down(upload: Upload, settled: Settled, at: datetime) -> None:
    """Write on a locked row what the lake says, inside the caller's transaction."""
    row = settled.row
    upload.lake_file, upload.deposit_id = row["file_id"], str(row["deposit_id"])
    upload.supersession_key, upload.complement = row["supersession_key"], row["complement"]
    upload.lines, upload.accepted, upload.rejected = row["lines"], row["accepted"], row["rejected"]
    upload.due_at, upload.leased_until = None, None
    upload.counts = {**upload.counts, "replaces": settled.replaced}
    if row["state"] == IN_EFFECT:
        upload.state, upload.deposited_at = UploadState.DEPOSITED, at
        upload.supersedes = _former(upload)
    else:
        # What CNSS announced came in since the check, and contradicts the file.
        upload.state, upload.problem = UploadState.REFUSED, "file-refused"
        keep_findings(upload, settled.findings, {})
    upload.save()
    asked_by = f"account:{upload.deposit_asked_by_id}" if upload.deposit_asked_by_id else "system:intake"
    append(stream_of(upload), f"upload.{upload.state}", asked_by, _told(upload), at)


def _former(upload: Upload) -> Upload | None:
    """The deposit that this one replaces, when it came by the web too."""
    rows = Upload.objects.filter(supersession_key=upload.supersession_key, state=UploadState.DEPOSITED)
    return rows.exclude(pk=upload.pk).order_by("-lake_file").first()


def _told(upload: Upload) -> dict[str, Any]:
    """What the journal keeps of a deposit: nothing that names a person, not even the name of the file."""
    return {
        "upload": str(upload.uuid),
        "enterprise": upload.enterprise_id,
        "sha256": upload.sha256,
        "kind": upload.kind,
        "affiliation": upload.affiliation or 0,
        "period": upload.period,
        "lines": upload.lines,
        "accepted": upload.accepted,
        "rejected": upload.rejected,
        "lake_file": upload.lake_file or 0,
        "replaces": str(upload.supersedes.uuid) if upload.supersedes else "",
    }
