"""The page of trials: levers in a form, results beside, both from the address; nothing is written."""

from __future__ import annotations

from itertools import groupby
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from minassa.engine import Offer
from minassa.engine.errors import InvalidReform
from minassa.offer.loading import load_offer
from minassa.outlook.levers import Lever, levers, reform_of, written
from minassa.outlook.response import elasticities
from minassa.outlook.trial import Trial
from minassa.web.access import page
from minassa.web.public.pages import shown
from minassa.web.trials.asked import Asked, asked
from minassa.web.trials.showing import shown as outcome_shown
from minassa.web.trials.warm import WARM
from minassa.web.trials.wording import description_words, measure_words, value_words, where_words

PAGE: Final = "web/trials/page.html"
PART: Final = "web/trials/results.html"
KEPT: Final = "minassa-reforme.yaml"


@require_safe
@page("reform.try")
@vary_on_headers("HX-Request")
def trial_page(request: HttpRequest) -> HttpResponse:
    """Levers and what they change: the whole page, its results alone for htmx, or the reform as a file (YAML)."""
    trial = WARM.trial(settings.MINASSA_HOME)
    offer = trial.offer if trial is not None else load_offer()
    wanted = asked(request.GET, offer)
    if request.GET.get("format") == "yaml":
        return _as_file(offer, wanted)
    context = {"asked": wanted, "trial": trial, **results(trial, wanted)}
    if getattr(request, "htmx", False):
        response = shown(request, PART, context)
        response["HX-Replace-Url"] = f"{request.path}?{wanted.address()}"
        return response
    return shown(request, PAGE, {**context, "groups": _groups(offer, wanted)})


def _as_file(offer: Offer, wanted: Asked) -> HttpResponse:
    """The reform as the command `minassa try` reads it."""
    text = written(offer, wanted.changes, wanted.name or _("réforme"))
    response = HttpResponse(text, content_type="application/yaml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{KEPT}"'
    return response


def results(trial: Trial | None, wanted: Asked) -> dict[str, Any]:
    """The outcome of the reform, and of those beside it; nothing while the run loads.

    A reform that the offer refuses as a whole (brackets out of order) is `refused`, in words.
    """
    if trial is None:
        return {}
    named = [(wanted.name or _("cette réforme"), wanted.changes), *wanted.beside]
    outcomes, refused = [], []
    for name, changes in named:
        if not changes:
            continue
        try:
            patch = reform_of(trial.offer, changes, name or _("réforme"))
            outcomes.append(outcome_shown(trial.outcome(patch), trial))
        except InvalidReform as error:
            refused.append(error.message)
    return {
        "result": outcomes[0] if wanted.changes and outcomes else None,
        "compared": outcomes if len(outcomes) > 1 else [],
        "refused": refused,
        "response": elasticities(),
        "until": trial.run.until,
    }


def _groups(offer: Offer, wanted: Asked) -> list[dict[str, Any]]:
    """The levers of the form, measure by measure, with where each of them stands."""
    return [
        {
            "label": measure_words(code),
            "moved": sum(lever.code in wanted.changes for lever in found),
            "levers": [_lever(lever, wanted) for lever in found],
        }
        for code, rows in groupby(levers(offer), key=lambda lever: lever.measure)
        for found in [list(rows)]
    ]


def _lever(lever: Lever, wanted: Asked) -> dict[str, Any]:
    now = wanted.changes.get(lever.code, lever.value)
    return {
        "lever": lever,
        "now": now,
        "typed": lever.told(now),
        "lowest": lever.told(lever.lowest),
        "highest": lever.told(lever.highest),
        "description": description_words(lever),
        "where": where_words(lever),
        "moved": now != lever.value,
        "today": value_words(lever, lever.value),
        "words": (value_words(lever, 1), value_words(lever, 0)) if lever.unit == "boolean" else (),
    }
