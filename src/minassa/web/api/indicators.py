"""Indicators by the API, to be read: the same values as the pages, under the same filters."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Path, Query, Router, Schema
from pydantic import StringConstraints

from minassa.registry.public import require
from minassa.steering.indicators.board import Board, board
from minassa.steering.indicators.catalogue import Catalogue, Indicator
from minassa.steering.indicators.reading import Point
from minassa.vocabulary.periods import format_month
from minassa.web.api.calling import actor_in
from minassa.web.api.indicator_shapes import IndicatorShown, IndicatorWhole
from minassa.web.api.problems import PROBLEMS, ApiError
from minassa.web.indicators.filters import filters_of

router = Router(tags=["steering"])
Choice = Annotated[str, StringConstraints(pattern=r"^[0-9]{0,4}$")]
Month = Annotated[str, StringConstraints(pattern=r"^([0-9]{4}-(0[1-9]|1[0-2]))?$")]


class Cut(Schema):
    """A part of the nation and a span of months, by the numbers that pages have in their address."""

    filiere: Choice = ""
    region: Choice = ""
    p2i: Choice = ""
    taille: Choice = ""
    de: Month = ""
    a: Month = ""


@router.get("", response={200: list[IndicatorShown], **PROBLEMS}, operation_id="listIndicators", summary="Last values")
def list_indicators(request: HttpRequest, cut: Query[Cut]) -> Any:  # noqa: ANN401, D103
    found = _board(request, cut)
    return [] if found is None else [shown(found, one, found.points(one)) for one in Catalogue.all().values()]


@router.get(
    "/{code}",
    response={200: IndicatorWhole, **PROBLEMS},
    operation_id="readIndicator",
    summary="One indicator, with its values",
)
def read_indicator(  # noqa: D103
    request: HttpRequest, code: Annotated[str, Path(pattern=r"^[a-z0-9_]{1,60}$")], cut: Query[Cut]
) -> Any:  # noqa: ANN401
    found, one = _board(request, cut), Catalogue.all().get(code)
    if one is None or found is None:
        raise ApiError(HTTPStatus.NOT_FOUND, "indicator-unknown", _("Aucun indicateur ne porte ce code."))
    points = found.points(one)
    return {**shown(found, one, points), "points": [point_shown(point) for point in points]}


def shown(found: Board, one: Indicator, points: list[Point]) -> dict[str, Any]:
    """An indicator as shown, with the last of its values."""
    return {
        "code": one.code,
        "label": str(one.label),
        "definition": str(one.definition),
        "unit": one.unit.value,
        "frequency": one.frequency.value,
        "owner": one.owner,
        "run": found.run.path.name,
        "last": point_shown(points[-1]) if points else None,
    }


def point_shown(point: Point) -> dict[str, Any]:
    """A value as shown."""
    return {"month": format_month(point.period), "value": point.value, "status": point.status.value}


def _board(request: HttpRequest, cut: Cut) -> Board | None:
    actor = actor_in(request)
    require(actor, "indicator.view")
    return board(actor, filters_of(cut.dict()))
