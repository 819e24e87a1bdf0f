"""The pages of tensions: the map and the table, as files too, and a cell opened."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import polars as pl
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from minassa.outlook.disclosure.parameters import control
from minassa.steering.gaps.kept import Vintage, latest_gaps
from minassa.talent.balance.gaps import NEEDS, SOURCES
from minassa.vocabulary.periods import format_month
from minassa.vocabulary.regions import regions
from minassa.web.access import PageRequest, page
from minassa.web.cases.tables import FORMATS, Cell
from minassa.web.gaps import wording
from minassa.web.gaps.asked import Asked, asked, occupation_name, region_name, rows_of, scenarios_told, years
from minassa.web.gaps.showing import map_of, opened, reasons, table_of, trained, wage_of
from minassa.web.money.exports import file
from minassa.web.public.atlas import sizes

_BOUNDS: Final = ("low_80", "high_80", "low_95", "high_95")


@require_safe
@page("gaps.view")
def gaps_page(request: PageRequest) -> HttpResponse:
    """The map of an occupation and the table of all, or the rows behind them as a file."""
    vintage = latest_gaps(settings.MINASSA_HOME)
    if vintage is None or vintage.cube is None:
        return render(request, "web/gaps/page.html", _head(vintage))
    question = asked(request.GET, vintage.cube)
    if request.GET.get("format") in FORMATS:
        return file("tensions", request.GET["format"], _headings(), _cells(vintage.cube, question))
    width, height = sizes()
    context = {
        **_head(vintage),
        **_choices(vintage.cube, question),
        "areas": map_of(vintage.cube, question),
        "width": width,
        "height": height,
        "lines": table_of(vintage.cube, question),
        "regions": [(one.number, region_name(one.number)) for one in regions()],
        "fewest": control().fewest_persons,
        "formats": FORMATS,
    }
    return render(request, "web/gaps/page.html", context)


@require_safe
@page("gaps.view")
def cell_page(request: PageRequest) -> HttpResponse:
    """An occupation, in a region or in the country: what is needed and why, what comes and whence, what it rests on."""
    vintage = latest_gaps(settings.MINASSA_HOME)
    if vintage is None or vintage.cube is None:
        return render(request, "web/gaps/cell.html", _head(vintage))
    question = asked(request.GET, vintage.cube)
    context = {
        **_head(vintage),
        **_choices(vintage.cube, question),
        "cell": opened(vintage.cube, question),
        "region": region_name(question.region),
        "parameters": wording.parameter_rows(vintage.document),
        "reasons": reasons(vintage.document, question.occupation),
        "tried": _tried(vintage.document["stages"]["tried"]),
        "graduates_known": vintage.document["stages"]["graduates_known"],
        "cohorts": vintage.document["cohorts"],
        "silent": vintage.document["silent_cohorts"],
        "trained": trained(vintage.document, question, _ends(vintage.cube)),
        "wage": wage_of(vintage.document, question.occupation, question.region),
        "fewest": control().fewest_persons,
    }
    return render(request, "web/gaps/cell.html", context)


def _ends(cube: pl.DataFrame) -> list[int]:
    return [int(month) for month in cube["month"].unique().sort()]


def _head(vintage: Vintage | None) -> dict[str, Any]:
    return {
        "document": None if vintage is None else vintage.document,
        "demonstration": settings.MINASSA_DEMONSTRATION,
        "ready": vintage is not None and vintage.cube is not None,
    }


def _choices(cube: pl.DataFrame, question: Asked) -> dict[str, Any]:
    """What may be asked, and what is."""
    codes = cube.filter(pl.col("grain") == "occupation")["occupation"].unique().to_list()
    return {
        "asked_for": question,
        "year": format_month(question.month),
        "years": years(cube),
        "scenarios": [(name, wording.SCENARIOS[name]) for name in scenarios_told(cube)],
        "short": len(scenarios_told(cube)) < len(wording.SCENARIOS),
        "occupations": sorted(((code, occupation_name(code)) for code in codes), key=lambda one: one[1]),
        "occupation": occupation_name(question.occupation),
        "classes": [(rank, sign, label) for rank, (sign, label) in wording.CLASSES.items()],
    }


def _tried(scores: dict[str, Any] | None) -> dict[str, Any] | None:
    if scores is None:
        return None
    errors = {name: round(scores[name]) for name in ("openings", "repeated", "no_growth")}
    return {**errors, "rows": scores["rows"], "side_right": wording.share(scores["side_right"])}


def _headings() -> list[str]:
    parts = [*wording.NEEDS.values(), *wording.SOURCES.values()]
    words = [_("CITP-08"), _("Métier"), _("Région"), _("Année à fin"), _("En poste avant"), _("Classe"), _("Tension")]
    bounds = [_("80 % : bas"), _("80 % : haut"), _("95 % : bas"), _("95 % : haut")]
    return [*words, *bounds, _("Écart"), *(str(one) for one in parts)]


def _cells(cube: pl.DataFrame, question: Asked) -> Iterator[tuple[Cell, ...]]:
    """The rows behind the page; a cell of too few people says so and nothing more."""
    for row in rows_of(cube, "occupation_region", scenario=question.scenario, month=question.month):
        head = (
            row["occupation"],
            occupation_name(row["occupation"]),
            region_name(row["region"]),
            format_month(row["month"]),
        )
        if row["hidden"]:
            yield (*head, _("trop peu de personnes"), *([""] * (3 + len(_BOUNDS) + len(NEEDS) + len(SOURCES))))
            continue
        numbers = [round(row[name]) for name in (*_BOUNDS, "gap", *NEEDS, *SOURCES)]
        yield (*head, round(row["before"]), row["tension"], str(wording.CLASSES[row["tension"]][1]), *numbers)
