"""Missions and events: the list, where one is recorded; one, with its leads, where a lead is opened."""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings
from django.db.models import Count
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from minassa.markets.models import Commission, Event, EventKind, Segment
from minassa.markets.public import (
    LANGUAGES,
    EventTold,
    LeadTold,
    MarketError,
    language_name,
    markets,
    open_lead,
    record_event,
    visible_leads,
)
from minassa.registry.public import allowed, require
from minassa.steering.markets.counting import latest_declared
from minassa.steering.markets.funnel import funnel
from minassa.vocabulary.filieres import FILIERE_CODES
from minassa.web.access import PageRequest, page
from minassa.web.doing import status_of
from minassa.web.indicators.exports import FORMATS, taken_away
from minassa.web.listing import asked
from minassa.web.markets.subjects import the_event
from minassa.web.markets.wording import LONGEST, day_of, filiere_name, month_of_text, name_of, text_of, whole_of
from minassa.web.public.pages import language

FILTERS: Final = ("marche", "genre", "commission")
SORTS: Final = {"day": "starts_on", "name": "name", "market": "market"}


@require_http_methods(["GET", "HEAD", "POST"])
@page("market.view")
def events_page(request: PageRequest) -> HttpResponse:
    """Events under the filters of the address, or as a file; record one."""
    error: MarketError | None = None
    if request.method == "POST":
        require(request.actor, "market.write")
        try:
            made = record_event(request.actor, _event_told(request), timezone.now())
        except MarketError as refusal:
            error = refusal
        else:
            return HttpResponseRedirect(reverse("market-event", args=[made.uuid]))
    rows = _filtered(request)
    if request.GET.get("format") in FORMATS:
        return _file(request.GET["format"], rows)
    context = {
        "events": [(one, name_of(one.market)) for one in rows],
        "error": error,
        "typed": request.POST if error else {},
        "writes": allowed(request.actor, "market.write"),
        "synthetic": settings.MINASSA_DEMONSTRATION,
        **choices(),
        **asked(request.GET, FILTERS),
    }
    return render(request, "web/markets/events.html", context, status=status_of(error) if error else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@page("market.view", subject=the_event)
def event_page(request: PageRequest, event: Event) -> HttpResponse:
    """Read an event and what came of it; open a lead."""
    error: MarketError | None = None
    if request.method == "POST":
        require(request.actor, "market.write")
        try:
            made = open_lead(request.actor, event, _lead_told(request), timezone.now())
        except MarketError as refusal:
            error = refusal
        else:
            return HttpResponseRedirect(reverse("market-lead", args=[made.uuid]))
    leads = visible_leads(request.actor).filter(event=event)
    declared = latest_declared(settings.MINASSA_HOME)
    context = {
        "event": event,
        "market": name_of(event.market),
        "leads": leads,
        "funnel": funnel([event], leads, declared["declared"] if declared else None),
        "error": error,
        "typed": request.POST if error else {"market": event.market, "segment": event.segment},
        "typed_languages": request.POST.getlist("languages"),
        "writes": allowed(request.actor, "market.write"),
        "filieres": [(int(one), filiere_name(int(one))) for one in FILIERE_CODES.values()],
        "languages_known": [(code, language_name(code, language())) for code in LANGUAGES],
        **choices(),
    }
    return render(request, "web/markets/event.html", context, status=status_of(error) if error else 200)


def choices() -> dict[str, Any]:
    """The lists of the forms and of the filters."""
    return {
        "markets": sorted(markets(language()).items(), key=lambda one: one[1]),
        "segments": Segment.choices,
        "kinds": EventKind.choices,
        "commissions": Commission.choices,
    }


def _filtered(request: PageRequest) -> list[Event]:
    given = request.GET
    named = {"market": given.get("marche"), "kind": given.get("genre"), "commission": given.get("commission")}
    rows = Event.objects.filter(**{name: value for name, value in named.items() if value and value.isprintable()})
    sort = given.get("sort", "-day")
    column = SORTS.get(sort.removeprefix("-"), "starts_on")
    ordered = f"-{column}" if sort.startswith("-") else column
    return list(rows.annotate(leads_count=Count("leads")).order_by(ordered, "-pk"))


def _file(wanted: str, rows: list[Event]) -> HttpResponse:
    headings = [
        *(_("Événement"), _("Genre"), _("Code ISO"), _("Segment"), _("Premier jour"), _("Dernier jour")),
        *(_("Lieu"), _("Commission"), _("Organisateur"), _("Pistes")),
    ]
    cells = [
        (
            *(one.name, str(one.get_kind_display()), one.market, str(one.get_segment_display())),
            *(one.starts_on.isoformat(), one.ends_on.isoformat(), one.place, str(one.get_commission_display())),
            *(one.organiser, one.leads.count()),
        )
        for one in rows
    ]
    return taken_away("evenements", wanted, headings, cells)


def _event_told(request: PageRequest) -> EventTold:
    post = request.POST
    words = {name: post.get(name, "").strip() for name in ("kind", "market", "segment", "commission")}
    texts = {name: text_of(post, name) for name in ("name", "place", "organiser")}
    first = day_of(post.get("starts_on", ""))
    return EventTold(**words, **texts, starts_on=first, ends_on=day_of(post.get("ends_on", "")))


def _lead_told(request: PageRequest) -> LeadTold:
    post = request.POST
    return LeadTold(
        company=text_of(post, "company"),
        market=post.get("market", ""),
        segment=post.get("segment", ""),
        filiere=whole_of(post.get("filiere", ""), _("Choisissez la filière et les langues dans les listes.")),
        skills=text_of(post, "skills", LONGEST),
        languages=tuple(post.getlist("languages")),
        places_wanted=whole_of(post.get("places_wanted", ""), _("Dites combien de places sont voulues.")),
        by_month=month_of_text(post.get("by_month", "")),
        confidential=bool(post.get("confidential")),
    )
