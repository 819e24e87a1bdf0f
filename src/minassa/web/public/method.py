"""The page « how we know »: statuses, and every figure of the offer with its source."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from minassa.offer.catalogue import catalogue
from minassa.reforms.public import offer_in_force, versions
from minassa.vocabulary.periods import month_index
from minassa.vocabulary.statuses import Status, label
from minassa.web.access import public_page
from minassa.web.public.exports import TYPES, exported
from minassa.web.public.figures import Listed, coming_text, listed_figures, ordered, value_text
from minassa.web.public.pages import keep, language, shown


@require_safe
@public_page
def method_page(request: HttpRequest) -> HttpResponse:
    """What is official, reported, inferred, proposed, assumed; filters and order are kept in the address."""
    today = timezone.localdate()
    figures = listed_figures(offer_in_force(), month_index(today.year, today.month))
    kept = ordered(_filtered(request, figures), request.GET.get("sort", ""))
    kind = request.GET.get("format", "")
    if kind in TYPES:
        return keep(request, exported(kind, "chiffres-de-l-offre", [_line(one) for one in kept]))
    counts = {status: sum(one.status is status for one in figures) for status in Status}
    context = {
        "rows": [_row(one) for one in kept],
        "versions": versions(),
        "counts": counts.items(),
        "whole": len(figures),
        "statuses": [(one.value, label(one, language())) for one in Status],
        "measures": [(one.measure, getattr(one.label, language())) for one in catalogue()],
        "chosen": {name: request.GET.get(name, "") for name in ("statut", "mesure", "q", "sort")},
    }
    return keep(request, shown(request, "web/public/method.html", context))


def _filtered(request: HttpRequest, figures: tuple[Listed, ...]) -> tuple[Listed, ...]:
    status, measure = request.GET.get("statut", ""), request.GET.get("mesure", "")
    words = request.GET.get("q", "").casefold().split()
    return tuple(
        one
        for one in figures
        if status in {"", one.status.value}
        and measure in {"", one.measure.measure}
        and all(word in f"{one.figure.description} {one.title} {one.figure.name}".casefold() for word in words)
    )


def _row(one: Listed) -> dict[str, object]:
    told = {"value": value_text(one, language()), "coming": coming_text(one, language())}
    return {"one": one, "label": _label(one), **told}


def _label(one: Listed) -> str:
    return str(getattr(one.measure.label, language()))


def _line(one: Listed) -> dict[str, str]:
    """A figure as a line of an export, in French as the offer is written."""
    return {
        "chiffre": one.figure.name,
        "mesure": one.measure.measure,
        "description": one.figure.description,
        "valeur": value_text(one, language()),
        "depuis": one.since,
        "statut": one.status.value,
        "texte": one.title,
        "article": one.value.source.article or "",
        "adresse": one.url or "",
        "remarque": one.value.source.note or "",
        "relu_le": one.reviewed_on.isoformat(),
    }
