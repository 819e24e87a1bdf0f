"""The page of an indicator: its value, its curve and table, what it means, where it comes from, where it breaks."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, Final

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from minassa.steering.indicators.board import board
from minassa.steering.indicators.catalogue import Catalogue, Frequency, Indicator, Source
from minassa.steering.indicators.descent import leads_to_firms
from minassa.steering.indicators.reading import Point
from minassa.steering.indicators.vintages import points_kept, vintages_of
from minassa.vocabulary.periods import format_month
from minassa.vocabulary.statuses import label
from minassa.web.access import PageRequest, page
from minassa.web.indicators import wording
from minassa.web.indicators.drawing import NARROW, WIDE, curve
from minassa.web.indicators.exports import FORMATS, taken_away
from minassa.web.indicators.filters import filters_of, told
from minassa.web.indicators.listing import cell, told_run
from minassa.web.public.delays import told_delays
from minassa.web.public.pages import language
from minassa.web.public.sheets import Bodies

PAGE: Final = "web/indicators/one.html"
MOST_VINTAGES: Final = 12
PART: Final = "web/indicators/values.html"


def indicator_named(code: str) -> Indicator:
    """An indicator by its code; 404 for one that nobody wrote."""
    found = Catalogue.all().get(code)
    if found is None:
        raise Http404
    return found


@require_safe
@page("indicator.view")
@vary_on_headers("HX-Request")
def indicator_page(request: PageRequest, code: str) -> HttpResponse:
    """An indicator under the filters of the address; its values alone for htmx, or as a file."""
    one = indicator_named(code)
    found = board(request.actor, filters_of(request.GET))
    wanted = "".join(filter(str.isprintable, request.GET.get("calcul", "")))
    points = points_kept(wanted, one) if wanted else [] if found is None else found.points(one)
    if request.GET.get("format") in FORMATS:
        return taken_away(f"indicateur-{one.code}", request.GET["format"], _headings(one), _cells(one, points))
    context = {**told(request.GET), **told_run(found), **_shown(one, points), "formats": FORMATS}
    context |= {"permanent": request.build_absolute_uri(), "vintage": wanted, "vintages": _vintages(one)}
    if getattr(request, "htmx", False):
        response = render(request, PART, context)
        response["HX-Replace-Url"] = request.get_full_path()
        return response
    return render(request, PAGE, context)


def _shown(one: Indicator, points: Sequence[Point]) -> dict[str, Any]:
    last, before = (points[-1] if points else None), _a_year_before(one, points)
    written = partial(wording.short, one.unit)
    sizes = {"wide": WIDE, "narrow": NARROW}
    curves = [(name, curve(points, written, size, right_to_left=language() == "ar")) for name, size in sizes.items()]
    return {
        "one": one,
        "last": last,
        "value": wording.shown(one.unit, last.value if last else None),
        "period": wording.period_words(one.frequency, last.period) if last else "",
        "before": wording.shown(one.unit, before.value) if before else "",
        "before_period": wording.period_words(one.frequency, before.period) if before else "",
        "curves": [pair for pair in curves if pair[1] is not None],
        "curve_title": one.label,
        "rows": [
            (wording.period_words(one.frequency, point.period), wording.shown(one.unit, point.value), point.status)
            for point in reversed(points)
        ],
        "unit": wording.axis_words(one.unit),
        "rhythm": wording.RHYTHMS[one.frequency],
        "owner": Bodies.registered()[one.owner],
        "way_down": leads_to_firms(one),
        "delays": told_delays() if one.source == Source.DELAYS else [],
    }


def _vintages(one: Indicator) -> list[dict[str, Any]]:
    """What the last runs said of the indicator, in words: the last value that each of them knew."""
    return [
        {
            "run": kept.vintage.run,
            "kept_at": kept.vintage.kept_at,
            "offer": kept.vintage.offer_digest[:12],
            "period": wording.period_words(one.frequency, kept.points[-1][0]),
            "value": wording.shown(one.unit, kept.points[-1][1]),
        }
        for kept in vintages_of(one, MOST_VINTAGES)
        if kept.points
    ]


def _a_year_before(one: Indicator, points: Sequence[Point]) -> Point | None:
    """The value of the same period a year before the last one."""
    if not points or one.frequency == Frequency.YEAR:
        return points[-2] if len(points) > 1 else None
    return next((point for point in points if point.period == points[-1].period - 12), None)


def _headings(one: Indicator) -> list[str]:
    return [_("Période"), str(one.label), _("Unité"), _("Statut")]


def _cells(one: Indicator, points: Sequence[Point]) -> list[tuple[Any, ...]]:
    unit = str(wording.UNITS[one.unit])
    return [
        (format_month(point.period), cell(one.unit, point.value), unit, label(point.status, language()))
        for point in points
    ]
