"""What anyone may read or ask: procedures, real delays, an estimate, published heads."""

from __future__ import annotations

from dataclasses import asdict
from http import HTTPStatus
from typing import Annotated, Any

import polars as pl
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Path, Router

from minassa.journal.public import public_heads
from minassa.onestop.public import in_force
from minassa.reforms.public import offer_in_force
from minassa.steering.opendata.dcat import document
from minassa.steering.opendata.describing import catalogue
from minassa.steering.opendata.versions import Version
from minassa.web.api.calling import anyone
from minassa.web.api.problems import PROBLEMS, ApiError
from minassa.web.api.shapes import Code, DatasetShown, DelaysShown, Estimation, HeadShown, PlanAsked, ProcedureShown
from minassa.web.estimate.plans import CONTRACTS, Plan, read_plan
from minassa.web.estimate.results import YEARS, AtPlace, results_of
from minassa.web.opendata.held import PUBLISHER, address, held
from minassa.web.public.delays import told_delays

router = Router(tags=["open"], auth=anyone)


@router.get(
    "/procedures", response={200: list[ProcedureShown], **PROBLEMS}, operation_id="listProcedures", summary="In force"
)
def procedures(request: HttpRequest) -> Any:  # noqa: ANN401, D103
    return [
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
            return one.model_dump(mode="json")
    raise ApiError(HTTPStatus.NOT_FOUND, "procedure-unknown", _("Aucune démarche en vigueur ne porte ce code."))


@router.get(
    "/proof/heads", response={200: HeadShown, **PROBLEMS}, operation_id="listHeads", summary="Published daily heads"
)
def heads(request: HttpRequest) -> Any:  # noqa: ANN401, D103
    return public_heads()


@router.get(
    "/delays",
    response={200: list[DelaysShown], **PROBLEMS},
    operation_id="listDelays",
    summary="Real delays of the last twelve months",
)
def delays(request: HttpRequest) -> Any:  # noqa: ANN401, D103
    return [asdict(one.seen) for one in told_delays()]


@router.get(
    "/open/datasets",
    response={200: list[DatasetShown], **PROBLEMS},
    operation_id="listDatasets",
    summary="Open data sets, with the files of their last version",
)
def datasets(request: HttpRequest) -> Any:  # noqa: ANN401, D103
    every = held()
    return [_dataset(request, name, every) for name in catalogue().datasets]


@router.get(
    "/open/catalogue",
    response={200: dict[str, Any], **PROBLEMS},
    operation_id="readCatalogue",
    summary="The catalogue of open data in DCAT-AP (JSON-LD)",
)
def open_catalogue(request: HttpRequest) -> Any:  # noqa: ANN401, D103
    return document(address(request), held(), PUBLISHER)


@router.get(
    "/open/datasets/{name}",
    response={200: list[dict[str, Any]], **PROBLEMS},
    operation_id="readDataset",
    summary="The rows of a data set, in its last version",
)
def dataset(request: HttpRequest, name: Annotated[Code, Path()]) -> Any:  # noqa: ANN401, D103
    last = next((one for one in held() if one.of(name)), None)
    if last is None:
        raise ApiError(HTTPStatus.NOT_FOUND, "dataset-unknown", _("Aucune donnée ouverte ne porte ce nom."))
    return pl.read_parquet(last.folder / f"{name}.parquet").to_dicts()


def _dataset(request: HttpRequest, name: str, every: list[Version]) -> dict[str, Any]:
    last = next((one for one in every if one.of(name)), None)
    title = catalogue().datasets[name].title
    place = f"{address(request)}versions/{last.name}/" if last else ""
    files = [{**one, "address": place + one["file"]} for one in last.of(name)] if last else []
    return {
        "name": name,
        "title": title.model_dump(),
        "version": last.name if last else None,
        "synthetic": bool(last and last.manifest.get("synthetic")),
        "licence": catalogue().licence.url,
        "files": files,
    }


@router.post(
    "/estimate", response={200: Estimation, **PROBLEMS}, operation_id="estimate", summary="Estimate a plan of hires"
)
def estimate(request: HttpRequest, given: PlanAsked) -> Any:  # noqa: ANN401, D103
    plan = plan_of(given)
    if not plan.valid:
        wrong = [*map(str, plan.errors.values()), *(str(one) for row in plan.rows for one in row.errors)]
        raise ApiError(HTTPStatus.UNPROCESSABLE_ENTITY, "plan-invalid", " ".join(wrong))
    return {"years": YEARS, "places": [place_estimated(at) for at in results_of(plan, offer_in_force())]}


def plan_of(given: PlanAsked) -> Plan:
    """The plan of the page that says the same."""
    contracts = {name: key for key, name in CONTRACTS.items()}
    query = QueryDict(mutable=True)
    query.setlist("p", given.places)
    query["f"], query["d"] = given.filiere, given.started
    query["ca"], query["x"] = str(given.turnover), str(given.exported_percent)
    query["b"], query["is"] = str(given.profit), str(given.tax_rate_percent)
    query.setlist(
        "h",
        [
            ".".join(map(str, (h.people, h.level, h.salary, h.month, contracts[h.contract], int(h.moroccan))))
            for h in given.hires
        ],
    )
    return read_plan(query)


def place_estimated(at: AtPlace) -> dict[str, Any]:
    """A plan at one place, in centimes."""
    return {
        "place": at.place.slug,
        "total": at.total,
        "measures": [
            {
                "measure": one.measure,
                "by_year": list(one.by_year),
                "to_come": one.to_come,
                "status": one.status.value if one.status else None,
            }
            for one in at.measures
        ],
    }
