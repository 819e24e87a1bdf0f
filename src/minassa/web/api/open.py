"""What anyone may read: procedures, published heads."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Path, Router

from minassa.journal.public import public_heads
from minassa.onestop.public import in_force
from minassa.web.api.cases import PROBLEMS
from minassa.web.api.problems import ApiError
from minassa.web.api.shapes import Code

router = Router(tags=["open"], auth=None)


@router.get("/procedures", response={200: list[dict[str, Any]]}, operation_id="listProcedures", summary="In force")
def procedures(request: HttpRequest) -> Any:  # noqa: ANN401, D103
    return 200, [
        {"code": one.code, "version": one.version, "in_force_from": one.in_force_from.isoformat(), "status": one.status}
        for one in in_force(timezone.localdate())
    ]


@router.get(
    "/procedures/{code}",
    response={200: dict[str, Any], **PROBLEMS},
    operation_id="readProcedure",
    summary="One procedure",
)
def procedure(request: HttpRequest, code: Annotated[Code, Path()]) -> Any:  # noqa: ANN401, D103
    for one in in_force(timezone.localdate()):
        if one.code == code:
            return 200, one.model_dump(mode="json")
    raise ApiError(HTTPStatus.NOT_FOUND, "procedure-unknown", _("Aucune démarche en vigueur ne porte ce code."))


@router.get("/proof/heads", response={200: dict[str, Any]}, operation_id="listHeads", summary="Published daily heads")
def heads(request: HttpRequest) -> Any:  # noqa: ANN401, D103
    return 200, public_heads()
