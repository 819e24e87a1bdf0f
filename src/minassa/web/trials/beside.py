"""Two to four kept reforms side by side, on the same declarations, each along every axis."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from minassa.engine import Offer
from minassa.offer.loading import load_offer
from minassa.outlook.levers import Lever, levers, reform_of
from minassa.outlook.response import elasticities
from minassa.outlook.trial import Trial
from minassa.reforms.models import Reform
from minassa.reforms.public import reforms_for
from minassa.registry.public import Actor
from minassa.web.access import PageRequest, page
from minassa.web.trials.showing import shown
from minassa.web.trials.warm import WARM
from minassa.web.trials.wording import description_words, value_words, where_words

CHOSEN: Final = "r"
LEAST_TOGETHER: Final = 2
MOST_TOGETHER: Final = 4


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a table of several reforms: what it is, today, and under each reform."""

    label: str | SafeString
    where: str
    today: str | SafeString | int
    each: list[Any]


@require_safe
@page("reform.read")
def beside(request: PageRequest) -> HttpResponse:
    """The reforms of the address, side by side."""
    chosen = _chosen(request.actor, request.GET.getlist(CHOSEN))
    trial = WARM.trial(settings.MINASSA_HOME)
    offer = trial.offer if trial is not None else load_offer()
    enough = len(chosen) >= LEAST_TOGETHER
    context = {
        "chosen": chosen,
        "trial": trial,
        "enough": enough,
        "demonstration": settings.MINASSA_DEMONSTRATION,
        "levers": _levers(offer, chosen) if enough else [],
        "response": elasticities(),
        **(_compared(trial, chosen) if enough and trial is not None else {}),
    }
    return render(request, "web/trials/beside.html", context)


def _chosen(actor: Actor, asked: list[str]) -> list[Reform]:
    """The reforms named, in their order, once each; four at the most."""
    numbers = [found for found in (_number(text) for text in dict.fromkeys(asked)) if found is not None]
    known = {each.uuid: each for each in reforms_for(actor).filter(uuid__in=numbers[:MOST_TOGETHER])}
    return [known[number] for number in numbers[:MOST_TOGETHER] if number in known]


def _number(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _levers(offer: Offer, chosen: list[Reform]) -> list[Line]:
    """Every lever that one of the reforms moves, with where each puts it."""
    return [
        Line(
            description_words(lever),
            where_words(lever),
            value_words(lever, lever.value),
            [(one.name, _moved_to(lever, one)) for one in chosen],
        )
        for lever in levers(offer)
        if any(lever.code in one.changes for one in chosen)
    ]


def _moved_to(lever: Lever, one: Reform) -> str | SafeString | None:
    """Where a reform puts a lever, in words; None where it leaves it."""
    return value_words(lever, one.changes[lever.code]) if lever.code in one.changes else None


def _compared(trial: Trial, chosen: list[Reform]) -> dict[str, Any]:
    """Along each axis what is given today and the difference that each reform makes; then costs by year, then jobs."""
    known = {lever.code for lever in levers(trial.offer)}
    outcomes = []
    for one in chosen:
        changes = {code: value for code, value in one.changes.items() if code in known}
        outcomes.append(shown(trial.outcome(reform_of(trial.offer, changes, one.name)), trial))
    found = [("", [[each["total"]] for each in outcomes])]
    found += [
        (title, [each["tables"][rank][1] for each in outcomes])
        for rank, (title, _rows, _note) in enumerate(outcomes[0]["tables"])
    ]
    tables = [
        (title, [Line(rows[0].label, "", rows[0].base, list(rows)) for rows in zip(*columns, strict=True)])
        for title, columns in found
    ]
    return {
        "tables": tables,
        "costs": list(zip(*(each["costs"] for each in outcomes), strict=True)),
        "jobs": list(zip(*(each["jobs"] for each in outcomes), strict=True)),
    }
