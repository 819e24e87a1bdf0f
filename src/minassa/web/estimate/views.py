"""The page of the estimate: a form read from its address, the results, and the short address to share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from minassa.offer.catalogue import measure as measure_of
from minassa.reforms.public import offer_in_force
from minassa.vocabulary.filieres import Filiere
from minassa.vocabulary.money import format_dirhams
from minassa.vocabulary.places import Place, places
from minassa.vocabulary.texts import text
from minassa.web.access import public_page
from minassa.web.estimate import wording
from minassa.web.estimate.drawing import HEIGHT, WIDTH, bars, highest_of
from minassa.web.estimate.plans import CELLS, MOST_PLACES, MOST_ROWS, SHORT, Hires, Plan, read_plan
from minassa.web.estimate.results import (
    MEASURES,
    YEARS,
    AtPlace,
    Condition,
    FigureBehind,
    figures_behind,
    results_of,
)
from minassa.web.estimate.statement import statement
from minassa.web.public.pages import keep, language, shown

NEW_ROW: Final = {"n": "1", "q": "5", "s": "8000", "m": "2026-06", "k": "1", "t": "1"}
PAGE, PART = "web/estimate/page.html", "web/estimate/results.html"


@require_safe
@public_page
@vary_on_headers("HX-Request")
def estimate_page(request: HttpRequest) -> HttpResponse:
    """The estimate: the whole page, its results alone for htmx, or its numbers as JSON (`format=json`)."""
    plan = _grown(request, read_plan(request.GET))
    if request.GET.get("format") == "json":
        return JsonResponse(_as_data(plan), status=200 if plan.valid else 400)
    if request.GET.get("format") == "pdf" and plan.valid:
        return _on_paper(request, plan)
    if getattr(request, "htmx", False):
        response = shown(request, PART, _results(plan))
        response["HX-Replace-Url"] = f"{request.path}?{plan.address()}"
        return response
    if plan.valid and CELLS[0] in request.GET:
        target = "#lignes" if "add" in request.GET or "remove" in request.GET else "#resultats"
        return HttpResponseRedirect(f"{request.path}?{plan.address()}{target}")
    return keep(request, shown(request, PAGE, {**_form(plan), **_results(plan)}))


def _on_paper(request: HttpRequest, plan: Plan) -> HttpResponse:
    """The estimate as a PDF to keep."""
    address = request.build_absolute_uri(f"{request.path}?{plan.address()}")
    made = statement(plan, results_of(plan, offer_in_force()), language(), timezone.now(), address)
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="minassa-estimation.pdf"'
    return response


def _grown(request: HttpRequest, plan: Plan) -> Plan:
    """The plan with a line more, or one less, as the buttons of the grid ask."""
    rows = list(plan.rows)
    gone = request.GET.get("remove", "")
    if gone.isdecimal() and int(gone) < len(rows) and len(rows) > 1:
        del rows[int(gone)]
    if "add" in request.GET and len(rows) < MOST_ROWS:
        rows.append(Hires(rows[-1].cells if rows and not rows[-1].errors else NEW_ROW))
    return plan.with_rows(rows)


def _form(plan: Plan) -> dict[str, Any]:
    """What the form needs: choices in the language of the page."""
    chosen = [*plan.places, *([""] * MOST_PLACES)][:MOST_PLACES]
    return {
        "chosen_places": chosen,
        "place_choices": [(place.slug, place_name(place)) for place in sorted(places(), key=lambda one: one.kind)],
        "filieres": [(one.name, one.label(language())) for one in Filiere if one],
        "levels": wording.LEVELS,
        "contracts": wording.CONTRACTS,
        "nationalities": wording.NATIONALITIES,
        "most_rows": MOST_ROWS,
    }


def _results(plan: Plan) -> dict[str, Any]:
    """The plan, and what it gives when it is valid."""
    found = results_of(plan, offer_in_force()) if plan.valid else ()
    highest = highest_of(found)
    share = f"{reverse('estimate')}?{plan.address()}"
    return {
        "plan": plan,
        "years": YEARS,
        "sides": [_side(at, highest) for at in found],
        **_best(found),
        "share": share,
        "json_address": f"{share}&format=json",
        "pdf_address": f"{share}&format=pdf",
        "chart": {"width": WIDTH, "height": HEIGHT},
        "measures": [
            {"code": code, "short": wording.MEASURES[code], "label": getattr(measure_of(code).label, language())}
            for code in MEASURES
        ],
        "figures": _figures() if found else [],
    }


def _best(found: Sequence[AtPlace]) -> dict[str, Any]:
    """The places that give most, when several are compared and they do not all give the same."""
    totals = {at.total for at in found}
    if len(totals) < 2:  # noqa: PLR2004 (nothing to compare)
        return {"best": None}
    most = max(totals)
    return {"best": most, "best_name": " · ".join(place_name(at.place) for at in found if at.total == most)}


def _side(at: AtPlace, highest: int) -> dict[str, Any]:
    """One place, with its name, its bars and its conditions in words."""
    return {
        "at": at,
        "name": place_name(at.place),
        "bars": bars(at, highest, right_to_left=language() == "ar"),
        "costliest": _condition(at.costliest) if at.costliest else None,
        "conditions": [_condition(one) for one in at.conditions if one.missed],
        "held": [_condition(one) for one in at.conditions if not one.missed],
    }


def _condition(one: Condition) -> dict[str, Any]:
    word, icon, tone = wording.STATES[one.state]
    short = wording.MEASURES.get(one.measure, wording.ELIGIBILITY)
    label = wording.CONDITIONS[one.name]
    return {"told": one, "label": label, "measure": short, "state": word, "icon": icon, "tone": tone}


def _figures() -> list[dict[str, Any]]:
    """The figures behind each measure that were not read in an official text, with their sources."""
    listed = []
    for measure in MEASURES:
        unsure = [f for f in figures_behind(measure, offer_in_force()) if f.value.status.value != "official"]
        listed.append({"measure": wording.MEASURES[measure], "figures": [_figure(one) for one in unsure]})
    return listed


def _figure(one: FigureBehind) -> dict[str, Any]:
    source = one.value.source
    return {
        "description": one.description,
        "status": one.value.status,
        "title": text(source.text).title,
        "url": source.url or text(source.text).url,
        "reviewed_on": one.value.reviewed_on,
    }


def place_name(place: Place) -> str:
    """The name of a place in the language of the page."""
    return str(getattr(place, f"name_{language()}"))


def _as_data(plan: Plan) -> dict[str, Any]:
    """The results as data: amounts in centimes and in dirhams as text."""
    wrong = {name: str(message) for name, message in plan.errors.items()}
    wrong |= {f"{SHORT}{n}": " ".join(map(str, row.errors)) for n, row in enumerate(plan.rows) if row.errors}
    if not plan.valid:
        return {"errors": wrong}
    return {
        "years": YEARS,
        "language": get_language(),
        "places": [_place_data(at) for at in results_of(plan, offer_in_force())],
    }


def _place_data(at: AtPlace) -> dict[str, Any]:
    return {
        "place": at.place.slug,
        "total_cents": at.total,
        "total": format_dirhams(at.total),
        "per_job_cents": at.per_job,
        "status": at.status,
        "measures": {
            one.measure: {"by_year_cents": one.by_year, "to_come_cents": one.to_come, "status": one.status}
            for one in at.measures
        },
        "conditions": {one.name: {"state": one.state, "cost_cents": one.cost} for one in at.conditions},
    }
