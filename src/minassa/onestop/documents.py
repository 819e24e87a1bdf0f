"""Documents given once by an enterprise and used in as many cases as ask for them."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from pathlib import PurePath
from typing import Final

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from minassa.journal.public import append
from minassa.onestop import storage
from minassa.onestop.acting import Act, acting
from minassa.onestop.case_models import Case
from minassa.onestop.errors import RefusedDocument
from minassa.onestop.file_models import CaseDocument, Document
from minassa.onestop.media import EXTENSIONS, media_type_of
from minassa.onestop.states import CaseEvent
from minassa.registry.models import Enterprise
from minassa.registry.public import Actor, require
from minassa.statements import Compiled, Given

LARGEST = 10 * 1024 * 1024
LONGEST_NAME = 200
_USED: Final = Compiled(
    lambda: CaseDocument.objects.filter(
        case_id=Given("case"), requirement=Given("requirement"), document_id=Given("document")
    ).values_list("pk")
)


def give_document(
    actor: Actor,
    enterprise: Enterprise,
    kind: str,
    name: str,
    content: bytes,
    at: datetime,
    *,
    valid_until: date | None = None,
) -> Document:
    """Keep a document of an enterprise, encrypted; the same bytes of the same kind are kept once.

    RefusedDocument when it is empty, above 10 MB, or not a PDF, PNG, JPEG, XLSX or CSV by its content.
    """
    require(actor, "document.give", enterprise)
    media_type = _accepted(content)
    digest = hashlib.sha256(content).hexdigest()
    known = Document.objects.filter(enterprise=enterprise, kind=kind, sha256=digest).first()
    if known is not None:
        return known
    document = Document(
        enterprise=enterprise,
        kind=kind,
        name=_plain_name(name, media_type),
        media_type=media_type,
        size=len(content),
        sha256=digest,
        storage_name=storage.keep(content),
        given_by=str(actor),
        given_at=at,
        valid_until=valid_until,
    )
    _record(document)
    return document


def _record(document: Document) -> None:
    """The row of a document and its entry in the journal, both or neither; neither: its bytes are forgotten too."""
    told = {"document": str(document.uuid), "kind": document.kind, "sha256": document.sha256}
    try:
        with transaction.atomic():
            document.save(force_insert=True)
            stream = f"enterprise:{document.enterprise_id}"
            append(stream, "document.given", document.given_by, told, document.given_at)
    except BaseException:
        storage.forget(document.storage_name)
        raise


def use_document(
    actor: Actor, case: Case, requirement: str, document: Document, at: datetime, *, expected: int | None = None
) -> Case:
    """Use a document of the firm for a requirement of a draft; one that waited for its signature is a draft again."""
    with acting(actor, "case.edit", case, at, expected) as act:
        act.move(CaseEvent.SAVE)
        attach(act, requirement, document)
    return case


def drop_document(
    actor: Actor, case: Case, requirement: str, document: Document, at: datetime, *, expected: int | None = None
) -> Case:
    """Stop using a document in a draft; the enterprise keeps it for other cases."""
    with acting(actor, "case.edit", case, at, expected) as act:
        act.move(CaseEvent.SAVE)
        CaseDocument.objects.filter(case=act.case, requirement=requirement, document=document).delete()
        act.tell("document.dropped", requirement=requirement, document=str(document.uuid))
    return case


def attach(act: Act, requirement: str, document: Document) -> None:
    """Use a document for a requirement, in an act; RefusedDocument for another firm's or an unknown requirement."""
    if document.enterprise_id != act.case.enterprise_id:
        raise RefusedDocument(_("Cette pièce appartient à une autre entreprise."))
    if requirement not in {one.key for one in act.procedure.requirements}:
        raise RefusedDocument(_("Cette démarche ne demande pas cette pièce."), requirement=requirement)
    if not _USED.values(case=act.case.pk, requirement=requirement, document=document.pk):
        act.add(CaseDocument(case=act.case, requirement=requirement, document=document, at=act.at))
    act.tell("document.used", requirement=requirement, document=str(document.uuid), sha256=document.sha256)


def reusable(enterprise: Enterprise, kind: str, on: date) -> QuerySet[Document]:
    """Documents of this kind that the enterprise has given and that are still valid on a day, the latest first."""
    valid = Q(valid_until__isnull=True) | Q(valid_until__gte=on)
    return Document.objects.filter(valid, enterprise=enterprise, kind=kind).order_by("-pk")


def read_document(actor: Actor, document: Document, at: datetime) -> bytes:
    """The bytes of a document for who may read it; that it was read by someone of a body is told to the journal."""
    require(actor, "document.read", document)
    content = storage.read(document.storage_name)
    if not actor.may_act_for(document.enterprise_id):
        with transaction.atomic():
            told = {"document": str(document.uuid)}
            append(f"enterprise:{document.enterprise_id}", "document.read", str(actor), told, at)
    return content


def _accepted(content: bytes) -> str:
    if not content or len(content) > LARGEST:
        raise RefusedDocument(_("Une pièce pèse de 1 octet à 10 Mo."), size=len(content))
    media_type = media_type_of(content)
    if media_type is None:
        raise RefusedDocument(_("Formats acceptés : PDF, PNG, JPEG, XLSX sans macros, CSV."))
    return media_type


def _plain_name(name: str, media_type: str) -> str:
    """The name of the file without folders or control signs, with the ending of what it is."""
    stem = PurePath(name.replace("\\", "/")).stem
    shown = "".join(sign for sign in stem if sign.isprintable())[:LONGEST_NAME].strip(" .")
    return (shown or "document") + EXTENSIONS[media_type]
