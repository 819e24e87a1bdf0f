"""Pages of open data: the list, a file of a version, the catalogue, the disclosure grid."""

from __future__ import annotations

import json
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from minassa.outlook.disclosure.parameters import control
from minassa.steering.opendata.dcat import document
from minassa.steering.opendata.describing import catalogue
from minassa.steering.opendata.grid import grid
from minassa.steering.opendata.versions import TYPES, Version
from minassa.vocabulary.rates import BASIS_POINTS
from minassa.web.access import public_page
from minassa.web.opendata.held import PUBLISHER, address, held, version_named
from minassa.web.public.pages import keep, language, shown

LABELS: Final = {"csv": "CSV", "parquet": "Parquet", "schema.json": "JSON Schema", "360giving.json": "360Giving"}
SHOWN: Final = 24
"""Versions listed on the page; the catalogue has them all."""


@require_safe
@public_page
def open_data_page(request: HttpRequest) -> HttpResponse:
    """Every data set with the files of its last version, how firms are protected, the versions."""
    every = held()
    context = {
        "datasets": [_dataset(name, every) for name in catalogue().datasets],
        "licence": catalogue().licence,
        "thresholds": [_threshold(name, one) for name, one in control()],
        "versions": every[:SHOWN],
        "withheld": next((one.manifest["withheld"] for one in every if "withheld" in one.manifest), 0),
    }
    return keep(request, shown(request, "web/opendata/list.html", context))


@require_safe
@public_page
def file_of_version(request: HttpRequest, version: str, file: str) -> HttpResponse:
    """A file as it was written; 404 for what no manifest names."""
    found = version_named(version)
    told = next((one for one in found.files if one["file"] == file), None) if found else None
    if found is None or told is None:
        raise Http404
    response = HttpResponse((found.folder / told["file"]).read_bytes(), content_type=TYPES[told["kind"]])
    mark = "synthetique-" if found.manifest.get("synthetic") else ""
    response["Content-Disposition"] = f'attachment; filename="minassa-{mark}{found.name}-{told["file"]}"'
    return keep(request, response)


@require_safe
@public_page
def catalogue_file(request: HttpRequest) -> HttpResponse:
    """The catalogue in DCAT-AP, as JSON-LD."""
    told = json.dumps(document(address(request), held(), PUBLISHER), ensure_ascii=False, indent=1)
    return keep(request, HttpResponse(told.encode(), content_type="application/ld+json"))


@require_safe
@public_page
def grid_page(request: HttpRequest) -> HttpResponse:
    """The criteria of Good Jobs First, with our answers and where they show."""
    names = {"full": _("oui"), "partly": _("en partie"), "none": _("non")}
    held_grid = grid()
    rows = [
        {
            "title": getattr(one.title, language()),
            "answer": one.answer,
            "word": names[one.answer],
            "note": getattr(one.note, language()),
            "dataset": one.dataset,
            "label": getattr(catalogue().datasets[one.dataset].title, language()) if one.dataset else "",
        }
        for one in held_grid.criteria
    ]
    counts = [(answer, word, sum(one.answer == answer for one in held_grid.criteria)) for answer, word in names.items()]
    context = {"rows": rows, "source": held_grid.source, "counts": counts, "whole": len(rows)}
    return keep(request, shown(request, "web/opendata/grid.html", context))


def _dataset(name: str, every: list[Version]) -> dict[str, Any]:
    described = catalogue().datasets[name]
    last = next((one for one in every if one.of(name)), None)
    return {
        "name": name,
        "title": getattr(described.title, language()),
        "description": getattr(described.description, language()),
        "columns": described.columns.items(),
        "version": last,
        "files": [{**one, "label": LABELS[one["kind"]]} for one in last.of(name)] if last else [],
    }


def _threshold(name: str, one: Any) -> dict[str, Any]:  # noqa: ANN401 (a threshold, as pydantic iterates)
    labels = {
        "fewest_firms": _("Entreprises derrière un nombre, au moins"),
        "fewest_persons": _("Personnes derrière un nombre, au moins"),
        "dominant_firms": _("Dominance : autant d'entreprises…"),
        "dominant_share": _("… ne font pas plus que cette part"),
        "near_enough": _("Personne n'approche une entreprise à moins de"),
    }
    share = one.unit == "basis_points"
    value = f"{one.value * 100 // BASIS_POINTS} %" if share else str(one.value)
    return {"label": labels[name], "value": value, "threshold": one}
