"""Leads that the actor may know of, under filters, or as a file; for promoters, the way from events to jobs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from minassa.markets.models import Event, Lead, LeadState
from minassa.markets.public import promotes, visible_leads
from minassa.platforms.public import units
from minassa.registry.public import Actor, allowed
from minassa.steering.markets.counting import Document, latest_declared
from minassa.steering.markets.funnel import Funnel, funnel, jobs_of
from minassa.vocabulary.periods import first_day, format_month, parse_month
from minassa.vocabulary.rounding import Direction, divide
from minassa.web import writing
from minassa.web.access import PageRequest, page
from minassa.web.indicators.exports import FORMATS, taken_away
from minassa.web.listing import asked
from minassa.web.markets.wording import company_of, filiere_name, month_words, name_of
from minassa.web.platforms.wording import unit_name
from minassa.web.public.pages import language

FILTERS: Final = ("etat", "marche", "p2i")
SORTS: Final = {"state": "state", "market": "market", "places": "places_wanted", "by": "by_month"}
WIDTH: Final = 600
ROUNDING: Final = "minassa-default#echelle"


@require_safe
@page("market.leads")
def leads_page(request: PageRequest) -> HttpResponse:
    """The list of leads; what a P2I reads holds only what was proposed to it."""
    every, declared = visible_leads(request.actor), latest_declared(settings.MINASSA_HOME)
    rows = _filtered(request, every)
    told = declared["declared"] if declared else None
    if request.GET.get("format") in FORMATS:
        return _file(request.actor, request.GET["format"], rows, told)
    whole = promotes(request.actor)
    context = {
        "leads": [_row(request.actor, one) for one in rows],
        "total": rows.count(),
        "states": LeadState.choices,
        "markets": sorted({one: name_of(one) for one in every.values_list("market", flat=True)}.items()),
        "units": [(str(one.code), unit_name(one)) for one in units() if not one.national] if whole else [],
        "steps": steps(funnel(Event.objects.all(), Lead.objects.all(), told)) if whole else [],
        "until": until_of(declared),
        "width": WIDTH,
        "views": allowed(request.actor, "market.view"),
        "synthetic": settings.MINASSA_DEMONSTRATION,
        **asked(request.GET, FILTERS),
    }
    return render(request, "web/markets/leads.html", context)


def steps(found: Funnel) -> list[dict[str, Any]]:
    """The steps of the way, each with its number and the length of its bar among those of the same kind."""
    things = [
        ("events", _("Événements"), found.events),
        ("leads", _("Pistes"), found.leads),
        ("contracts", _("Contrats signés"), found.contracts),
    ]
    jobs = [
        ("promised", _("Emplois promis"), found.promised),
        ("declared", _("Emplois déclarés depuis, au plus"), found.declared),
    ]
    return [*_bars(things), *_bars(jobs)]


def until_of(declared: Document | None) -> str:
    """The month that the declarations go to, in words; empty while none were read."""
    return writing.month(first_day(parse_month(declared["until"])), language()) if declared else ""


def _bars(rows: Sequence[tuple[str, str, int | None]]) -> list[dict[str, Any]]:
    most = max([number or 0 for _code, _name, number in rows] + [1])
    lengths = [divide((number or 0) * WIDTH, most, Direction.HALF_UP, ROUNDING) for _code, _name, number in rows]
    return [
        {
            "code": code,
            "name": name,
            "number": number,
            "bar": length,
            "x": WIDTH - length if language() == "ar" else 0,
        }
        for (code, name, number), length in zip(rows, lengths, strict=True)
    ]


def _filtered(request: PageRequest, every: QuerySet[Lead]) -> QuerySet[Lead]:
    given = request.GET
    named = {"state": given.get("etat"), "market": given.get("marche")}
    rows = every.filter(**{name: value for name, value in named.items() if value and value.isprintable()})
    if given.get("p2i", "").isdecimal() and promotes(request.actor) and len(given["p2i"]) < 5:  # noqa: PLR2004 (a code)
        rows = rows.filter(proposed__place=int(given["p2i"]))
    sort = given.get("sort", "")
    column = SORTS.get(sort.removeprefix("-"))
    if column is None:
        return rows
    return rows.order_by(f"-{column}" if sort.startswith("-") else column, "-pk")


def _row(actor: Actor, one: Lead) -> dict[str, Any]:
    return {
        "lead": one,
        "company": company_of(actor, one),
        "market": name_of(one.market),
        "filiere": filiere_name(one.filiere),
        "by": month_words(one.by_month),
    }


def _file(actor: Actor, wanted: str, rows: QuerySet[Lead], told: dict[str, Any] | None) -> HttpResponse:
    headings = [
        *(_("Référence"), _("Entreprise"), _("Code ISO"), _("Segment"), _("Filière"), _("Places voulues")),
        *(_("Pour le mois"), _("État"), _("Emplois promis"), _("Emplois déclarés depuis, au plus")),
    ]
    whole = promotes(actor)
    cells = [
        (
            *(str(one.uuid), company_of(actor, one), one.market, str(one.get_segment_display())),
            *(filiere_name(one.filiere), one.places_wanted, format_month(one.by_month)),
            str(one.get_state_display()),
            one.jobs_promised if whole else None,
            jobs_of(one, told) if whole else None,
        )
        for one in rows
    ]
    return taken_away("pistes", wanted, headings, cells)
