"""The work on files sent: checks and deposits, taken one by one under lease by any number of workers."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from minassa.intake import checking, depositing
from minassa.intake.models import Upload, UploadState
from minassa.intake.receiving import stream_of
from minassa.intake.storage import forget, kept, sweep_drafts
from minassa.journal.public import append

LEASE: Final = timedelta(minutes=10)
"""How long a worker has a file for itself; one that is killed gives it back after that."""
MOST_ATTEMPTS: Final = 5
ORPHAN_AGE: Final = timedelta(hours=1)
"""Age from which a file without row, or a draft, is known to be left by a process that died."""
SWEEP_EVERY: Final = timedelta(minutes=10)
_RETRY: Final = timedelta(seconds=20)

_log = logging.getLogger(__name__)


def work_once(now: datetime) -> int:
    """Do the oldest thing due on a file sent: its check or its deposit. How many were taken: 1, or 0 when none is due.

    Several workers may call it at once; what fails is tried again later, `MOST_ATTEMPTS` times.
    """
    upload = _taken(now)
    if upload is None:
        return 0
    try:
        if upload.state == UploadState.CHECKING:
            _check(upload, now)
        else:
            _deposit(upload, now)
    except Exception as cause:  # noqa: BLE001 (whatever stops one file must not stop the others)
        # Its type alone: the text of an error may quote what stands in the file.
        _log.error("upload %s: attempt %s failed (%s)", upload.pk, upload.attempts, type(cause).__name__)
        _put_off(upload, now)
    return 1


def _taken(now: datetime) -> Upload | None:
    """The oldest file due, for this worker until its lease ends; deposits of one enterprise come in order."""
    asked = Upload.objects.filter(enterprise=OuterRef("enterprise"), state=UploadState.DEPOSITING)
    before = asked.filter(deposit_asked_at__lt=OuterRef("deposit_asked_at"))
    free = Q(leased_until__isnull=True) | Q(leased_until__lte=now)
    due = Upload.objects.filter(free, due_at__lte=now).exclude(Exists(before), state=UploadState.DEPOSITING)
    with transaction.atomic():
        upload = due.select_for_update(skip_locked=True, of=("self",)).order_by("due_at", "pk").first()
        if upload is None:
            return None
        upload.attempts += 1
        upload.leased_until = now + LEASE
        if upload.attempts > MOST_ATTEMPTS:
            _give_up(upload, now)
            return None
        if upload.state == UploadState.RECEIVED:
            upload.state = UploadState.CHECKING
        upload.save(update_fields=["attempts", "leased_until", "state"])
        return upload


def _give_up(upload: Upload, now: datetime) -> None:
    """A file that stopped every worker that took it: refused, or given back to the person who asked its deposit."""
    depositing_it = upload.state == UploadState.DEPOSITING
    upload.state = UploadState.CHECKED if depositing_it else UploadState.REFUSED
    upload.problem = "deposit-failed" if depositing_it else "check-failed"
    upload.due_at = upload.leased_until = None
    upload.save()
    append(stream_of(upload), "upload.given-up", "system:intake", {"problem": upload.problem}, now)


def _still_ours(upload: Upload) -> Upload | None:
    """The row, locked, if this worker's lease is still the last one given and nobody withdrew the file."""
    rows = Upload.objects.select_for_update(of=("self",)).select_related("enterprise")
    return rows.filter(pk=upload.pk, attempts=upload.attempts, state=upload.state, due_at__isnull=False).first()


def _check(upload: Upload, now: datetime) -> None:
    verdict = checking.judge(upload)
    with transaction.atomic():
        row = _still_ours(upload)
        if row is not None:
            row.attempts = 0
            checking.write_down(row, verdict, now)


def _deposit(upload: Upload, now: datetime) -> None:
    settled = depositing.put_in_lake(upload)
    with transaction.atomic():
        row = _still_ours(upload)
        if row is not None:
            row.attempts = 0
            depositing.write_down(row, settled, now)


def _put_off(upload: Upload, now: datetime) -> None:
    """Try again later, longer after each failure."""
    mine = Upload.objects.filter(pk=upload.pk, attempts=upload.attempts, due_at__isnull=False)
    mine.update(due_at=now + _RETRY * 2**upload.attempts, leased_until=None)


def sweep(now: datetime) -> int:
    """Erase what processes that died left on the disk: drafts, clear copies, files that no row speaks of. How many."""
    before = (now - ORPHAN_AGE).timestamp()
    old = {name for name, touched in kept().items() if touched < before}
    orphans = old - set(Upload.objects.filter(storage_name__in=old).values_list("storage_name", flat=True))
    for name in orphans:
        forget(name)
    return len(orphans) + sweep_drafts(before)


class _Tidying:
    """The loop of the sweep: now and then, in each worker."""

    def __init__(self) -> None:
        self._next: datetime | None = None

    def __call__(self, at: datetime) -> bool:
        """Sweep when it is time again; never asks to be called again at once."""
        if self._next is None or at >= self._next:
            self._next = at + SWEEP_EVERY
            sweep(at)
        return False


tidy = _Tidying()
"""What the worker calls to keep the folder of files clean."""
