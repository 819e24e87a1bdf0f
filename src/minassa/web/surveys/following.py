"""Who has not answered, by name and never by answer: rates by stratum, reasons, letters sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.db.models import QuerySet, Sum
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from minassa.registry.public import allowed
from minassa.surveys.models import Asked, AskedState, Reason, Survey
from minassa.surveys.public import rates, survey_parameters, tell_reason
from minassa.talent.survey.design import TAKE_ALL
from minassa.talent.survey.forms import said
from minassa.vocabulary.filieres import Filiere
from minassa.web.access import PageRequest, page
from minassa.web.cases.showing import language
from minassa.web.cases.tables import FORMATS, MOST, Cell, exported
from minassa.web.doing import done_or_told
from minassa.web.listing import PAGE_ROWS, asked, in_order, paged, start_of
from minassa.web.surveys.subjects import the_firm_followed, the_survey

FILTERS: Final = ("etat",)
SORTS: Final = {"enterprise": "enterprise__name", "state": "state", "headcount": "headcount", "filiere": "filiere"}
GROUPS: Final = {
    "casablanca": gettext_lazy("Casablanca-Settat"),
    "rabat": gettext_lazy("Rabat-Salé-Kénitra"),
    "tanger": gettext_lazy("Tanger-Tétouan-Al Hoceïma"),
    "autres": gettext_lazy("autres régions"),
}


def words_of(axis: str, key: str) -> str:
    """A category of the strata in words."""
    if axis == "filiere":
        return Filiere(int(key)).name if int(key) else str(_("aucune filière"))
    if axis == "size_class":
        above = survey_parameters()["take_all_above"].value
        return _("plus de %(above)d, toutes interrogées") % {"above": above} if key == TAKE_ALL else key
    return str(GROUPS.get(key, key))


@require_GET
@page("survey.follow", subject=the_survey)
def following_page(request: PageRequest, survey: Survey) -> HttpResponse:
    """Rates by stratum, then the firms asked."""
    found = _found(survey, request.GET)
    if request.GET.get("format") in FORMATS:
        heads = [_("Entreprise"), _("Filière"), _("Effectif"), _("État"), _("Motif"), _("Rappels envoyés")]
        return exported("suivi", request.GET["format"], heads, _cells(found))
    start = start_of(request.GET)
    shown = list(found[start : start + PAGE_ROWS + 1])
    context: dict[str, Any] = {
        "survey": survey,
        "title": said(survey.titles, language()),
        "rates": [(name, _rates(survey, axis)) for axis, name in _axes()],
        "rows": shown[:PAGE_ROWS],
        "may_import": allowed(request.actor, "survey.import", survey),
        "states": AskedState.choices,
        "reasons": Reason.choices,
        "export_most": MOST if len(shown) > PAGE_ROWS else 0,
        **paged(start, shown),
        **asked(request.GET, FILTERS),
    }
    return render(request, "web/surveys/following.html", context)


def _axes() -> list[tuple[str, str]]:
    return [("filiere", _("Filière")), ("size_class", _("Taille")), ("region_group", _("Régions"))]


def _rates(survey: Survey, axis: str) -> list[dict[str, Any]]:
    return [{"rate": one, "name": words_of(axis, one.name)} for one in rates(survey, axis)]


def _found(survey: Survey, given: Mapping[str, str]) -> QuerySet[Asked]:
    rows = survey.asked.select_related("enterprise").annotate(letters=Sum("reminders__letters"))
    if given.get("etat", "") in AskedState.values:
        rows = rows.filter(state=given["etat"])
    ordered = in_order(rows, given.get("sort", ""), SORTS)
    return rows.order_by("enterprise__name", "pk") if ordered is None else ordered


def _cells(rows: QuerySet[Asked]) -> Iterator[tuple[Cell, ...]]:
    for one in rows[:MOST]:
        state, reason = str(one.get_state_display()), str(one.get_reason_display()) if one.reason else ""
        letters = getattr(one, "letters", 0) or 0
        yield (one.enterprise.name, words_of("filiere", str(one.filiere)), one.headcount, state, reason, letters)


@require_POST
@page("survey.follow", subject=the_firm_followed, on=lambda asked: asked.survey)
def tell_reason_of(request: PageRequest, asked: Asked) -> HttpResponse:
    """Write why a firm does not answer."""
    reason = request.POST.get("reason", "")
    done = _("Le motif est noté.")
    done_or_told(request, lambda: tell_reason(request.actor, asked, reason, timezone.now()), done)
    return HttpResponseRedirect(reverse("survey-following", args=[asked.survey.uuid]))
