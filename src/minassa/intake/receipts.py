"""The receipt of a deposit: what was deposited, when, for whom, and the entry of the journal that proves it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from minassa.intake.errors import UploadRefused
from minassa.intake.models import Upload, UploadState
from minassa.intake.receiving import stream_of
from minassa.journal.models import Entry


@dataclass(frozen=True, slots=True)
class Receipt:
    """The deposit, and its entry: stream, number in it, hash in hexadecimal."""

    upload: Upload
    deposited_at: datetime
    stream: str
    number: int
    entry_hash: str
    entry: Entry


def receipt(upload: Upload) -> Receipt:
    """The receipt of a deposited file; `UploadRefused` (`not-ready`) for one that is not deposited."""
    entry = Entry.objects.filter(stream=stream_of(upload), kind="upload.deposited").order_by("-number").first()
    if upload.state != UploadState.DEPOSITED or upload.deposited_at is None or entry is None:
        raise UploadRefused("not-ready", upload.name)
    return Receipt(upload, upload.deposited_at, entry.stream, entry.number, bytes(entry.hash).hex(), entry)
