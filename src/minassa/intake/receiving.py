"""Files received: sealed as they come, looked at, then kept in one step and written down; or refused, nothing kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import connection, transaction

from minassa.intake.errors import UploadRefused
from minassa.intake.limits import limits
from minassa.intake.models import Upload, UploadState
from minassa.intake.names import problem_of_name, shown
from minassa.intake.screening import problem_of
from minassa.intake.storage import Draft
from minassa.journal.public import append
from minassa.registry.models import Account, Enterprise
from minassa.registry.public import Actor, require

_GONE: Final = (UploadState.REFUSED, UploadState.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Received:
    """What became of one file: its row, or the code of what it was refused for; `again` when it was there already."""

    name: str
    upload: Upload | None = None
    problem: str = ""
    again: bool = False


class Incoming:
    """A file while it comes, piece by piece: what it may not be is told as soon as it is known."""

    def __init__(self, name: str) -> None:
        """Begin a file; with a name that is not admitted nothing is written at all."""
        self.name = name
        self.problem = problem_of_name(name)
        self._limits = limits()
        self.draft = None if self.problem else Draft(name)

    def write(self, chunk: bytes) -> bool:
        """Take a piece; False when no more is wanted, because the file is refused."""
        if self.draft is None:
            return False
        if self.draft.size + len(chunk) > self._limits.file_bytes:
            self.refuse("too-large")
            return False
        self.draft.write(chunk)
        return True

    def finish(self) -> None:
        """The file is whole: look at it."""
        if self.draft is not None:
            self.draft.finish()
            problem = problem_of(self.draft, self._limits)
            if problem:
                self.refuse(problem)

    def refuse(self, problem: str) -> None:
        """Refuse it, and keep nothing."""
        self.problem = self.problem or problem
        if self.draft is not None:
            self.draft.drop()
            self.draft = None


def incoming(name: str, pieces: Iterable[bytes]) -> Incoming:
    """A file read from its pieces to its end, in bounded memory."""
    file = Incoming(name)
    try:
        for piece in pieces:
            if not file.write(piece):
                break
        file.finish()
    except BaseException:
        file.refuse("cut")
        raise
    return file


def receive(actor: Actor, enterprise: Enterprise, files: Iterable[Incoming], at: datetime) -> list[Received]:
    """Keep files for an enterprise; one answer for each, in order. A file already there is recognised by its bytes.

    `Forbidden` when the actor may not send for the enterprise, `UploadRefused` when there are too many; nothing is
    then kept of any.
    """
    waiting = list(files)
    try:
        require(actor, "upload.send", enterprise)
        if len(waiting) > limits().files:
            raise UploadRefused("too-many")
        if not waiting:
            raise UploadRefused("none")
        return [_receive_one(actor, enterprise, file, at) for file in waiting]
    finally:
        for file in waiting:
            file.refuse("cut")


def _receive_one(actor: Actor, enterprise: Enterprise, file: Incoming, at: datetime) -> Received:
    if file.draft is None:
        return Received(shown(file.name), problem=file.problem)
    # Kept before its row is written: a process killed in between leaves a file without row, which `sweep` erases, never
    # a row without file. If the end of the transaction fails its row may be there all the same: the file stays too.
    with transaction.atomic():
        _alone(enterprise)
        same = _already(enterprise, file.draft)
        if same is not None:
            return Received(file.name, same, again=True)
        return Received(file.name, _written(actor, enterprise, file.draft, file.draft.keep(), at))


def _alone(enterprise: Enterprise) -> None:
    """The same file sent twice at the same moment is received by one after the other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [0x4D4E_4652, enterprise.pk])


def _already(enterprise: Enterprise, draft: Draft) -> Upload | None:
    """The same bytes under the same name, sent before and not replaced since."""
    rows = Upload.objects.filter(enterprise=enterprise, sha256=draft.sha256, name=draft.name, superseded_by=None)
    return rows.exclude(state__in=_GONE).order_by("-received_at").first()


def _written(actor: Actor, enterprise: Enterprise, draft: Draft, stored: str, at: datetime) -> Upload:
    upload = Upload.objects.create(
        enterprise=enterprise,
        sent_by=Account.objects.get(pk=actor.account_id or 0),
        received_at=at,
        name=draft.name,
        size=draft.size,
        sha256=draft.sha256,
        storage_name=stored,
        due_at=at,
    )
    body = {"upload": str(upload.uuid), "enterprise": enterprise.pk, "sha256": draft.sha256, "size": draft.size}
    append(stream_of(upload), "upload.received", str(actor), body, at)
    return upload


def stream_of(upload: Upload) -> str:
    """The stream of the journal where what happens to a file is told."""
    return f"upload:{upload.pk}"
