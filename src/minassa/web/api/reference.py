"""What anyone may read of the National Reference of Skills."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Path, Query, Router, Schema

from minassa.skills.public import versions
from minassa.talent.reference.levels import levels
from minassa.talent.reference.publishing import NOTICES
from minassa.web.api.calling import anyone
from minassa.web.api.problems import PROBLEMS, ApiError
from minassa.web.api.shapes import Text
from minassa.web.reference.held import finder, held

Searched = Annotated[str, Query(max_length=200, pattern=r"^[^\x00]*$")]

router = Router(tags=["reference"], auth=anyone)


class ReferenceEntryShown(Schema):
    """An entry in a list; labels by language."""

    code: str
    label: dict[str, str]
    status: str


class ReferenceEntriesShown(Schema):
    """Entries that answer a search, the best first, with what must be said of their sources."""

    rights: list[str]
    digest: str
    items: list[ReferenceEntryShown]


class VersionShown(Schema):
    """A dated version of the reference."""

    number: int
    effective_on: str
    digest: str


@router.get(
    "/occupations",
    response={200: ReferenceEntriesShown, **PROBLEMS},
    operation_id="listOccupations",
    summary="Occupations of the reference, searched in three languages",
)
def occupations(request: HttpRequest, q: Searched = "") -> Any:  # noqa: ANN401, D103
    return _entries(finder().occupations(q))


@router.get(
    "/occupations/{code}",
    response={200: dict[str, Any], **PROBLEMS},
    operation_id="readOccupation",
    summary="An occupation of the reference",
)
def occupation(request: HttpRequest, code: Annotated[Text, Path()]) -> Any:  # noqa: ANN401, D103
    return _one(held().occupations.get(code))


@router.get(
    "/skills",
    response={200: ReferenceEntriesShown, **PROBLEMS},
    operation_id="listSkills",
    summary="Skills of the reference, searched in three languages",
)
def skills(request: HttpRequest, q: Searched = "") -> Any:  # noqa: ANN401, D103
    return _entries(finder().skills(q))


@router.get(
    "/skills/{code}",
    response={200: dict[str, Any], **PROBLEMS},
    operation_id="readSkill",
    summary="A skill of the reference",
)
def skill(request: HttpRequest, code: Annotated[Text, Path()]) -> Any:  # noqa: ANN401, D103
    return _one(held().skills.get(code))


@router.get(
    "/levels",
    response={200: dict[str, Any], **PROBLEMS},
    operation_id="readLevels",
    summary="The levels of the CNC under their six descriptors",
)
def scale(request: HttpRequest) -> Any:  # noqa: ANN401, D103
    return levels().model_dump(mode="json")


@router.get(
    "/versions",
    response={200: list[VersionShown], **PROBLEMS},
    operation_id="listReferenceVersions",
    summary="Dated versions of the reference, the last first",
)
def dated_versions(request: HttpRequest) -> Any:  # noqa: ANN401, D103
    return [
        {"number": one.number, "effective_on": one.effective_on.isoformat(), "digest": one.digest} for one in versions()
    ]


def _entries(found: Any) -> dict[str, Any]:  # noqa: ANN401 (occupations or skills)
    items = [{"code": one.code, "label": one.label.model_dump(), "status": one.status.value} for one in found]
    return {"rights": list(NOTICES), "digest": held().digest, "items": items}


def _one(found: Any) -> dict[str, Any]:  # noqa: ANN401 (an occupation or a skill)
    if found is None:
        told = _("Aucune entrée du référentiel ne porte ce code.")
        raise ApiError(HTTPStatus.NOT_FOUND, "reference-entry-unknown", told)
    return {"rights": list(NOTICES), **found.model_dump(mode="json")}
