"""Enterprises by the API, and what one box finds: what the caller may see of them."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Path, Query, Router

from minassa.registry.models import Enterprise
from minassa.registry.public import Actor, require, visible_enterprises
from minassa.web.api.calling import actor_in
from minassa.web.api.problems import PROBLEMS, ApiError
from minassa.web.api.shapes import EnterprisePage, EnterpriseShown, FoundShown, Ice
from minassa.web.api.showing import case_shown
from minassa.web.search.finding import find

router = Router(tags=["enterprises"])


def visible_enterprise(actor: Actor, ice: str) -> Enterprise:
    """An enterprise that the caller may know of; ApiError 404 otherwise."""
    found = Enterprise.objects.filter(visible_enterprises(actor), ice=ice).first()
    if found is None:
        raise ApiError(HTTPStatus.NOT_FOUND, "enterprise-unknown", _("Aucune entreprise ne porte cet ICE pour vous."))
    return found


def enterprise_shown(enterprise: Enterprise) -> dict[str, Any]:
    """An enterprise: who it is, nothing of its files."""
    return {
        name: getattr(enterprise, name)
        for name in ("ice", "name", "name_arabic", "activity", "filiere", "place", "fiscal_id", "rc", "affiliation")
    }


@router.get(
    "/enterprises",
    response={200: EnterprisePage, **PROBLEMS},
    operation_id="listEnterprises",
    summary="Enterprises the caller may see, by ICE",
)
def list_enterprises(  # noqa: D103
    request: HttpRequest,
    cursor: Annotated[str, Query(pattern=r"^([0-9]{15})?$")] = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Any:  # noqa: ANN401
    actor = actor_in(request)
    require(actor, "enterprise.list")
    rows = Enterprise.objects.filter(visible_enterprises(actor), ice__gt=cursor).order_by("ice")[: limit + 1]
    shown = [enterprise_shown(one) for one in rows]
    more = len(shown) > limit
    return {"items": shown[:limit], "next": shown[limit - 1]["ice"] if more else None}


@router.get(
    "/enterprises/{ice}",
    response={200: EnterpriseShown, **PROBLEMS},
    operation_id="readEnterprise",
    summary="One enterprise",
)
def read_enterprise(request: HttpRequest, ice: Annotated[Ice, Path()]) -> Any:  # noqa: ANN401, D103
    actor = actor_in(request)
    found = visible_enterprise(actor, ice)
    require(actor, "enterprise.view", found)
    return enterprise_shown(found)


@router.get(
    "/search", response={200: FoundShown, **PROBLEMS}, operation_id="search", summary="Enterprises and cases by text"
)
def search(  # noqa: D103
    request: HttpRequest, q: Annotated[str, Query(min_length=2, max_length=100, pattern=r"^[^\x00]*$")]
) -> Any:  # noqa: ANN401
    actor = actor_in(request)
    require(actor, "search")
    found = find(actor, q)
    return {
        "enterprises": [enterprise_shown(one) for one in found.enterprises],
        "cases": [case_shown(one) for one in found.cases],
    }
