"""The page of the evaluation: the card of the latest one made, and the method tried where the truth is known."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from minassa.outlook.evaluation.trial import trial
from minassa.steering.evaluations.kept import latest_evaluation, looks
from minassa.web.access import PageRequest, page, public_page
from minassa.web.evaluation.wording import card_of, deviation_words, world_rows
from minassa.web.public.home import month_words
from minassa.web.public.pages import keep, language, shown


@require_safe
@public_page
def evaluation_page(request: HttpRequest) -> HttpResponse:
    """The answer in plain words; it says so while nothing was evaluated yet."""
    return keep(request, shown(request, "web/evaluation/page.html", _context()))


@require_safe
@page("evaluation.view")
def detail_page(request: PageRequest) -> HttpResponse:
    """Every figure behind the answer: months, assumptions, sensitivity, firms, plan."""
    told = {"demonstration": settings.MINASSA_DEMONSTRATION, **_context()}
    return render(request, "web/evaluation/detail.html", told)


def _context() -> dict[str, Any]:
    document = latest_evaluation(settings.MINASSA_HOME)
    context: dict[str, Any] = {"document": document, "trial": trial(), "worlds": world_rows(trial())}
    if document is None:
        return context
    side = "rtl" if language() == "ar" else "ltr"
    found = document["found"]
    return context | {
        "until": month_words(document["until"]),
        "looks": looks(settings.MINASSA_HOME),
        "plan": found["plan"],
        "digest": found["digest"],
        "registered_on": found["registered_on"],
        "deviations": [deviation_words(one) for one in found["jobs"]["deviations"]],
        "card": card_of(found, document["drawings"], side),
        "examples": [
            {"effect": one["effect"], "card": card_of(one["found"], one["drawings"], side, true=one["effect"])}
            for one in document["examples"]
        ],
    }
