"""Keeps a reform: its first revision, those that follow, and what is said of it. Each act is one transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import connection, transaction
from django.utils.translation import gettext as _

from minassa.delays import instant_of, local_day
from minassa.journal.public import append
from minassa.offer.loading import load_offer
from minassa.outlook.levers import settled
from minassa.proof import canonical_bytes
from minassa.reforms.errors import NothingMoved, ReformError, StaleReform
from minassa.reforms.reform_models import Comment, Reform, Revision
from minassa.registry.public import Actor, require

LONGEST_NAME: Final = 60
LONGEST_TEXT: Final = 4_000


@dataclass(frozen=True, slots=True)
class Draft:
    """What a reform is to say: its name, why, and the levers it moves, by code."""

    name: str
    reasons: str
    changes: Mapping[str, int]


def stream_of(reform_id: int) -> str:
    """The stream of a reform in the journal."""
    return f"reform:{reform_id}"


def keep(actor: Actor, draft: Draft, at: datetime, *, copied_from: Revision | None = None) -> Reform:
    """Keep a new reform. NothingMoved, ReformError without a name, InvalidLever for what a lever cannot take."""
    require(actor, "reform.keep")
    said = _checked(draft)
    with transaction.atomic():
        number = _next_number()
        made = Reform.objects.create(
            pk=number,
            reference=f"RF-{local_day(instant_of(at)).year}-{number:04d}",
            drafted_by=str(actor),
            drafted_at=at,
            copied_from=copied_from,
        )
        _write(actor, made, 1, said, at)
    return made


def revise(actor: Actor, reform: Reform, draft: Draft, at: datetime, *, expected: int | None = None) -> Revision:
    """Write the next revision. StaleReform when it was revised since `expected`, NothingMoved when it says the same."""
    require(actor, "reform.revise", reform)
    said = _checked(draft)
    with transaction.atomic():
        # The row is locked though it never changes: two revisions at one instant follow each other.
        Reform.objects.select_for_update().get(pk=reform.pk)
        last = latest(reform)
        if expected is not None and expected != last.number:
            raise StaleReform(_("Cette réforme a été changée entre-temps : relisez-la, puis recommencez."))
        if _digest(said) == last.digest:
            raise NothingMoved(_("Cette version dirait la même chose que la précédente."))
        return _write(actor, reform, last.number + 1, said, at)


def comment(actor: Actor, reform: Reform, text: str, at: datetime) -> Comment:
    """Say something of a reform as it now stands. ReformError for an empty text, or one too long to be kept whole."""
    require(actor, "reform.comment", reform)
    said = _told(text)
    if not said:
        raise ReformError(_("Écrivez d'abord votre commentaire."))
    with transaction.atomic():
        revision = latest(reform).number
        made = Comment.objects.create(reform=reform, revision=revision, text=said, by=str(actor), at=at)
        body = {"revision": revision, "digest": hashlib.sha256(said.encode()).hexdigest()}
        append(stream_of(reform.pk), "reform.commented", str(actor), body, at)
    return made


def latest(reform: Reform) -> Revision:
    """The last revision of a reform."""
    return reform.revisions.order_by("-number")[0]


def content_of(revision: Revision) -> dict[str, Any]:
    """A revision as plain data: what its digest covers."""
    return {"name": revision.name, "reasons": revision.reasons, "changes": dict(revision.changes)}


def _checked(draft: Draft) -> Draft:
    name = " ".join(draft.name.replace("\x00", "").split())
    if not name or len(name) > LONGEST_NAME:
        raise ReformError(_("Donnez un nom à la réforme, en %(most)d caractères au plus.") % {"most": LONGEST_NAME})
    if not draft.changes:
        raise NothingMoved(_("Aucun levier n'est déplacé : il n'y a rien à enregistrer."))
    return Draft(name, _told(draft.reasons), settled(load_offer(), draft.changes))


def _told(text: str) -> str:
    said = text.replace("\x00", "").replace("\r\n", "\n").strip()
    if len(said) > LONGEST_TEXT:
        raise ReformError(_("Ce texte est trop long : %(most)d caractères au plus.") % {"most": LONGEST_TEXT})
    return said


def _digest(draft: Draft) -> str:
    content = {"name": draft.name, "reasons": draft.reasons, "changes": dict(draft.changes)}
    return hashlib.sha256(canonical_bytes(content)).hexdigest()


def _write(actor: Actor, reform: Reform, number: int, said: Draft, at: datetime) -> Revision:
    made = Revision.objects.create(
        reform=reform,
        number=number,
        name=said.name,
        reasons=said.reasons,
        changes=dict(said.changes),
        digest=_digest(said),
        written_by=str(actor),
        written_at=at,
    )
    kind = "reform.kept" if number == 1 else "reform.revised"
    body = {"reform": reform.reference, "revision": number, "digest": made.digest}
    append(stream_of(reform.pk), kind, str(actor), body, at)
    return made


def _next_number() -> int:
    """The number that the next reform will bear, taken now so that its reference can hold it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('reforms_reform', 'id'))")
        return int(cursor.fetchone()[0])
