"""The page of exports: the path to 40 billion read in each scope, each beside what that scope alone measured."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from minassa.exports.public import exchange_office_known
from minassa.outlook.export.official import TargetRead, official, official_series
from minassa.outlook.export.scopes import MixedScopes, Scope, one_scope
from minassa.outlook.export.target_path import path_of, paths
from minassa.registry.public import allowed
from minassa.web.access import PageRequest, page
from minassa.web.cases.tables import FORMATS, exported
from minassa.web.doing import UNPROCESSABLE
from minassa.web.exports.drawing import curves_of
from minassa.web.exports.told import cells_of, headings, told_statements
from minassa.web.exports.wording import COUNTS, SCOPES
from minassa.web.public.pages import language


@require_safe
@page("export.view")
def export_page(request: PageRequest) -> HttpResponse:
    """Exports of the country; two scopes asked for together are refused, in words."""
    wanted, refused = asked_scope(request)
    shown = [reading(one) for one in paths() if wanted in (None, one.scope)]
    quarter = request.GET.get("trimestre", "")
    if request.GET.get("format") in FORMATS:
        return exported("etats-d-export", request.GET["format"], headings(), cells_of(quarter))
    context = {
        "refused": refused,
        "wanted": wanted,
        "readings": shown,
        "scopes": [(scope.value, SCOPES[scope]) for scope in (Scope.MINISTRY, Scope.EXCHANGE_OFFICE)],
        "unit": _("millions de dirhams"),
        "break_year": official().break_year,
        "break_note": official().break_note,
        "demonstration": settings.MINASSA_DEMONSTRATION,
        "brings": allowed(request.actor, "export.official"),
        "statements_scope": (SCOPES[Scope.STATEMENTS], COUNTS[Scope.STATEMENTS]),
        **({"stated": None} if wanted else told_statements(quarter)),
    }
    return render(request, "web/exports/page.html", context, status=UNPROCESSABLE if refused else 200)


def asked_scope(request: HttpRequest) -> tuple[Scope | None, bool]:
    """The scope that the address names (None: each on its own), and whether several were asked for together."""
    named = [Scope(one) for one in request.GET.getlist("perimetre") if one in set(Scope)]
    try:
        return (one_scope(named) if named else None), False
    except MixedScopes:
        return None, True


def reading(one: TargetRead) -> dict[str, Any]:
    """A target read in a scope, its path and its own measures, drawn together."""
    series = exchange_office_known() if one.scope == Scope.EXCHANGE_OFFICE else official_series(one.scope)
    measured = series.yearly()
    path = path_of(one, measured)
    return {
        "read": one,
        "name": SCOPES[one.scope],
        "counts": COUNTS[one.scope],
        "path": path,
        "points": list(reversed(series.points)),
        "last": measured[-1],
        "curves": curves_of(measured, [path], right_to_left=language() == "ar"),
    }
