"""The lists of the reference: occupations by filière, ISCO group and level, skills by domain, both searched."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from minassa.talent.reference.entries import HIGHEST, LOWEST, Kind, Occupation, Skill
from minassa.talent.reference.publishing import occupation_rows, skill_rows
from minassa.vocabulary.filieres import FILIERE_CODES
from minassa.web.access import public_page
from minassa.web.listing import PAGE_ROWS, asked, paged, start_of
from minassa.web.public.exports import exported
from minassa.web.public.pages import keep, language, shown
from minassa.web.reference.held import RIGHTS, finder, held

FORMATS: Final = ("csv", "xlsx")
OCCUPATION_FILTERS: Final = ("q", "filiere", "citp", "cnc")
SKILL_FILTERS: Final = ("q", "domaine", "genre")
NOTICE: Final = " ".join(RIGHTS)


@require_safe
@public_page
def occupations_page(request: HttpRequest) -> HttpResponse:
    """Occupations that answer the search and the filters of the address, or the same as a file."""
    found = _occupations(request.GET)
    if request.GET.get("format") in FORMATS:
        kept = {one.code for one in found}
        rows = [{**row, "rights": NOTICE} for row in occupation_rows(held()) if row["code"] in kept]
        return keep(request, exported(request.GET["format"], "metiers", rows))
    context = {
        "filieres": [(code, one.label(language())) for code, one in FILIERE_CODES.items()],
        "groups": held().groups,
        "levels": range(LOWEST, HIGHEST + 1),
        **asked(request.GET, OCCUPATION_FILTERS),
        **_page(request.GET, found),
    }
    return keep(request, shown(request, "web/reference/occupations.html", context))


@require_safe
@public_page
def skills_page(request: HttpRequest) -> HttpResponse:
    """Skills that answer the search and the filters of the address, or the same as a file."""
    found = _skills(request.GET)
    if request.GET.get("format") in FORMATS:
        kept = {one.code for one in found}
        rows = [{**row, "rights": NOTICE} for row in skill_rows(held()) if row["code"] in kept]
        return keep(request, exported(request.GET["format"], "competences", rows))
    context = {"domains": held().domains, **asked(request.GET, SKILL_FILTERS), **_page(request.GET, found)}
    return keep(request, shown(request, "web/reference/skills.html", context))


def _occupations(given: Mapping[str, str]) -> list[Occupation]:
    filiere, group, level = (given.get(name, "") for name in ("filiere", "citp", "cnc"))
    return [
        one
        for one in finder().occupations(given.get("q", ""))
        if filiere in ("", *one.filieres) and group in ("", one.isco08) and level in ("", str(one.cnc))
    ]


def _skills(given: Mapping[str, str]) -> list[Skill]:
    domain, kind = given.get("domaine", ""), given.get("genre", "")
    return [
        one
        for one in finder().skills(given.get("q", ""))
        if domain in ("", one.domain) and kind in ("", one.kind.value)
    ]


def _page(given: Mapping[str, str], found: list[Any]) -> dict[str, Any]:
    start = start_of(given)
    on_page = found[start : start + PAGE_ROWS + 1]
    reference = held()
    return {
        "rows": on_page[:PAGE_ROWS],
        "total": len(found),
        "counts": {"occupations": len(reference.occupations), "skills": len(reference.skills)},
        "kinds": list(Kind),
        "rights": RIGHTS,
        "digest": reference.digest[:12],
        **paged(start, on_page),
    }
