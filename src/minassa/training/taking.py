"""Takes a sheet from a training body: its good rows kept, the others told, people turned into pseudonyms at once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, Final

import polars as pl
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from minassa.declarations.findings import Finding
from minassa.declarations.tabular import TabularFile
from minassa.intake.public import lake
from minassa.journal.public import append
from minassa.registry.public import Actor, require
from minassa.talent.flows.sheets import read_cohorts, read_graduates
from minassa.training.models import Cohort, Content, Graduate, Roll
from minassa.vocabulary.errors import MinassaError

LARGEST: Final = 20 * 1024 * 1024
_READERS: Final[dict[str, Callable[[str, bytes], TabularFile]]] = {
    Content.COHORTS: read_cohorts,
    Content.GRADUATES: read_graduates,
}
_BATCH: Final = 5_000


class SheetRefused(MinassaError):
    """A sheet of which nothing can be kept; `findings` says why."""

    code = "TRAINING-SHEET"

    def __init__(self, message: str, findings: Iterable[Finding] = ()) -> None:
        super().__init__(message)
        self.findings = list(findings)


def take(actor: Actor, content: str, name: str, sheet: bytes, at: datetime) -> Roll:
    """Keep a sheet of `Content`. SheetRefused when it is too large, taken before as it is, or without any good row."""
    require(actor, "training.tell")
    if len(sheet) > LARGEST:
        raise SheetRefused(_("Ce fichier est trop grand : vingt mégaoctets au plus."))
    read = _READERS[content](name, sheet)
    if read.rows.is_empty():
        raise SheetRefused(_("Aucune ligne n'a pu être gardée."), read.report.findings)
    with transaction.atomic():
        made = _roll(actor, content, hashlib.sha256(sheet).hexdigest(), read, at)
        if content == Content.COHORTS:
            _keep_cohorts(made, read.rows)
        else:
            _keep_graduates(made, read.rows)
        body = {"content": content, "digest": made.digest, "lines": made.lines, "accepted": made.accepted}
        append(f"training:{made.pk}", "training.told", str(actor), body, at)
    return made


def _roll(actor: Actor, content: str, digest: str, read: TabularFile, at: datetime) -> Roll:
    if Roll.objects.filter(content=content, digest=digest).exists():
        raise SheetRefused(_("Ce fichier a déjà été déposé, tel quel."))
    return Roll.objects.create(
        content=content,
        digest=digest,
        taken_by=str(actor),
        taken_at=at,
        lines=read.report.lines,
        accepted=read.report.accepted,
        findings=[_told(one) for one in read.report.findings],
        synthetic=settings.MINASSA_DEMONSTRATION,
    )


def _told(one: Finding) -> dict[str, Any]:
    return {
        "rule": one.rule,
        "severity": str(one.severity),
        "line": one.line,
        "column": one.column,
        "message": one.message,
    }


def _keep_cohorts(roll: Roll, rows: pl.DataFrame) -> None:
    Cohort.objects.bulk_create((Cohort(roll=roll, **row) for row in rows.iter_rows(named=True)), batch_size=_BATCH)


def _keep_graduates(roll: Roll, rows: pl.DataFrame) -> None:
    pseudonyms = lake().pseudonyms()
    by_number = pl.Series(pseudonyms.of_numbers(rows["number"].to_numpy()))
    by_card = pl.Series(pseudonyms.of_cins(rows["cin"].to_list()))
    # Whoever has a number is under it in the lake, as declarations are; a card alone is that of the register.
    people = rows.with_columns(person=pl.when(pl.col("number") != 0).then(by_number).otherwise(by_card))
    kept = people.drop("number", "cin")
    Graduate.objects.bulk_create((Graduate(roll=roll, **row) for row in kept.iter_rows(named=True)), batch_size=_BATCH)
