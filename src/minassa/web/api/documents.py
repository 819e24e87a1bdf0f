"""Documents by the API: given once by an enterprise, used in its cases, read by who may."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from typing import Annotated, Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import File, Form, Path, Query, Router, UploadedFile

from minassa.onestop.documents import LARGEST
from minassa.onestop.models import Case, Document
from minassa.onestop.public import (
    answer_complement,
    drop_document,
    give_document,
    read_document,
    reusable,
    use_document,
)
from minassa.registry.public import Actor, allowed, require
from minassa.statements import Compiled, Given
from minassa.web.api.calling import actor_in
from minassa.web.api.cases import ACT, READ, act
from minassa.web.api.enterprises import visible_enterprise
from minassa.web.api.idempotency import once
from minassa.web.api.problems import PROBLEMS, ApiError
from minassa.web.api.shapes import Code, ComplementGiven, DocumentGiven, DocumentUsed, Ice, Reference

router = Router(tags=["documents"])
_BY_NUMBER: Final = Compiled(lambda: Document.objects.select_related("enterprise").filter(uuid=Given("number")))
BYTES = {
    "responses": {
        200: {
            "description": "The bytes, as they were given",
            "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
        }
    }
}


def known_document(actor: Actor, number: UUID) -> Document:
    """A document that the caller may read; ApiError 404 otherwise."""
    document = _BY_NUMBER.first(number=number)
    if document is None or not allowed(actor, "document.read", document):
        raise ApiError(HTTPStatus.NOT_FOUND, "document-unknown", _("Aucune pièce ne porte ce numéro pour vous."))
    return document


def document_shown(document: Document) -> dict[str, Any]:
    """A document of an enterprise."""
    names = ("kind", "name", "media_type", "size", "sha256")
    return {
        "uuid": str(document.uuid),
        **{name: getattr(document, name) for name in names},
        "given_at": document.given_at.isoformat(),
        "valid_until": document.valid_until.isoformat() if document.valid_until else None,
    }


@router.get(
    "/enterprises/{ice}/documents",
    response={200: list[DocumentGiven], **PROBLEMS},
    operation_id="listDocuments",
    summary="Documents of an enterprise that may be used again",
)
def list_documents(request: HttpRequest, ice: Annotated[Ice, Path()], kind: Annotated[Code, Query()]) -> Any:  # noqa: ANN401, D103
    actor = actor_in(request, READ)
    enterprise = visible_enterprise(actor, ice)
    require(actor, "document.give", enterprise)
    return [document_shown(one) for one in reusable(enterprise, kind, timezone.localdate())[:200]]


@router.post(
    "/enterprises/{ice}/documents",
    response={201: DocumentGiven, **PROBLEMS},
    operation_id="giveDocument",
    summary="Give a document, to be used in as many cases as ask for it",
)
@once
def give(  # noqa: D103
    request: HttpRequest,
    response: HttpResponse,
    ice: Annotated[Ice, Path()],
    file: Annotated[UploadedFile, File()],
    kind: Annotated[Code, Form()],
    valid_until: Annotated[date | None, Form()] = None,
) -> tuple[int, dict[str, Any]]:
    actor = actor_in(request)
    enterprise = visible_enterprise(actor, ice)
    if (file.size or 0) > LARGEST:
        raise ApiError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too-large", _("Une pièce pèse au plus 10 Mo."))
    at = timezone.now()
    document = give_document(actor, enterprise, kind, file.name or "", file.read(), at, valid_until=valid_until)
    response["Location"] = f"/api/v1/documents/{document.uuid}"
    return 201, document_shown(document)


@router.get(
    "/documents/{number}",
    response={200: None, **PROBLEMS},
    operation_id="readDocument",
    summary="The bytes of a document",
    openapi_extra=BYTES,
)
def read(request: HttpRequest, number: UUID) -> HttpResponse:  # noqa: D103
    actor = actor_in(request, READ)
    document = known_document(actor, number)
    answer = HttpResponse(
        read_document(actor, document, timezone.now()),
        content_type="application/octet-stream",
        headers={"ETag": f'"{document.sha256}"', "X-Media-Type": document.media_type},
    )
    answer["Content-Disposition"] = "attachment"
    return answer


def own_document(actor: Actor, case: Case, number: UUID) -> Document:
    """A document of the enterprise of a case; ApiError 404 otherwise."""
    document = known_document(actor, number)
    if document.enterprise_id != case.enterprise_id:
        raise ApiError(HTTPStatus.NOT_FOUND, "document-unknown", _("Aucune pièce ne porte ce numéro pour vous."))
    return document


@router.post(
    "/cases/{reference}/documents", response=ACT, operation_id="useDocument", summary="Use a document in a draft"
)
@once
def use(  # noqa: D103
    request: HttpRequest, response: HttpResponse, reference: Annotated[Reference, Path()], given: DocumentUsed
) -> tuple[int, dict[str, Any]]:
    def do(actor: Actor, case: Case, version: int) -> Case:
        document, at = own_document(actor, case, given.document), timezone.now()
        return use_document(actor, case, given.requirement, document, at, expected=version)

    return act(request, response, reference, do)


@router.post(
    "/cases/{reference}/documents/drop", response=ACT, operation_id="dropDocument", summary="Stop using a document"
)
@once
def drop(  # noqa: D103
    request: HttpRequest, response: HttpResponse, reference: Annotated[Reference, Path()], given: DocumentUsed
) -> tuple[int, dict[str, Any]]:
    def do(actor: Actor, case: Case, version: int) -> Case:
        document, at = own_document(actor, case, given.document), timezone.now()
        return drop_document(actor, case, given.requirement, document, at, expected=version)

    return act(request, response, reference, do)


@router.post(
    "/cases/{reference}/complement",
    response=ACT,
    operation_id="answerComplement",
    summary="Answer the single request for complements",
)
@once
def complement(  # noqa: D103
    request: HttpRequest, response: HttpResponse, reference: Annotated[Reference, Path()], given: ComplementGiven
) -> tuple[int, dict[str, Any]]:
    def do(actor: Actor, case: Case, version: int) -> Case:
        documents = [(one.requirement, own_document(actor, case, one.document)) for one in given.documents]
        return answer_complement(actor, case, given.answers, documents, timezone.now(), expected=version)

    return act(request, response, reference, do)
