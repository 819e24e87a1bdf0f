"""Markets ranked under weights that the address keeps: table, bars, how much the first place hangs on the weights."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from minassa.markets.models import Figure, Segment
from minassa.markets.public import criteria, figures_in_effect
from minassa.outlook.markets.attractiveness import Criterion, Ranking, WrongWeights, ranking, require_weights
from minassa.outlook.markets.sensitivity import RADIUS, Around, Holding, around, holdings
from minassa.registry.public import allowed
from minassa.vocabulary.rounding import Direction, divide
from minassa.web import writing
from minassa.web.access import PageRequest, page
from minassa.web.doing import UNPROCESSABLE
from minassa.web.indicators.exports import FORMATS, taken_away
from minassa.web.markets.wording import (
    bare_number,
    criterion_name,
    figure_words,
    name_of,
    percent_read,
    percent_typed,
    unit_name,
)
from minassa.web.public.pages import language

WIDTH: Final = 600
ROUNDING: Final = "minassa-default#echelle"


@dataclass(frozen=True, slots=True)
class Weighed:
    """Criteria under the weights of the address, what was typed, and what is wrong with it."""

    criteria: tuple[Criterion, ...]
    typed: Mapping[str, str]
    wrong: str


@require_safe
@page("market.view")
def markets_page(request: PageRequest) -> HttpResponse:
    """Markets of a segment in order, or the same as a file."""
    segment = request.GET.get("segment", "")
    segment = segment if segment in Segment else Segment.OFFSHORING
    figures = list(figures_in_effect(segment=segment))
    asked = weighed(request)
    values: dict[str, dict[str, int]] = {}
    for one in figures:
        values.setdefault(one.market, {})[one.criterion] = one.value
    found = ranking(values, asked.criteria)
    near = around(found, asked.criteria)
    held = {(one.market, one.criterion): one for one in figures}
    if request.GET.get("format") in FORMATS:
        return taken_away("marches", request.GET["format"], _headings(asked), list(_cells(found, near, asked, held)))
    context = {
        "segments": Segment.choices,
        "segment": segment,
        "segment_name": Segment(segment).label,
        "weights": [_weight(one, asked) for one in asked.criteria],
        "wrong": asked.wrong,
        "rows": _rows(found, near, asked, held),
        "missing": [
            (name_of(code), code, [criterion_name(one) for one in lacking]) for code, lacking in found.missing.items()
        ],
        "holdings": [_holding(one) for one in holdings(found, asked.criteria)],
        "tied": sum(row.rank == 1 for row in found.ranked) > 1,
        "around": near,
        "radius": writing.percent(RADIUS, language()),
        "criteria": criteria(),
        "width": WIDTH,
        "writes": allowed(request.actor, "market.write"),
        "synthetic": settings.MINASSA_DEMONSTRATION or any(one.file.synthetic for one in figures),
    }
    return render(request, "web/markets/list.html", context, status=UNPROCESSABLE if asked.wrong else 200)


def weighed(request: HttpRequest) -> Weighed:
    """The weights of the address; those proposed where it names none, or where they cannot be."""
    proposed = tuple(Criterion(one.code, one.way, one.weight) for one in criteria().criteria)
    if not any(f"p-{one.code}" in request.GET for one in proposed):
        return Weighed(proposed, {one.code: percent_typed(one.weight) for one in proposed}, "")
    typed = {one.code: request.GET.get(f"p-{one.code}", "0")[:8] for one in proposed}
    read = [percent_read(typed[one.code]) for one in proposed]
    weights = [one for one in read if one is not None]
    if len(weights) < len(read):
        return Weighed(proposed, typed, _("Un poids est un nombre de 0 à 100, avec deux décimales au plus."))
    try:
        require_weights(weights)
    except WrongWeights:
        told = {"sum": writing.percent(sum(weights), language())}
        return Weighed(proposed, typed, _("Les poids font %(sum)s : ils doivent faire 100 %%.") % told)
    chosen = tuple(Criterion(one.code, one.way, weight) for one, weight in zip(proposed, weights, strict=True))
    return Weighed(chosen, typed, "")


def _weight(one: Criterion, asked: Weighed) -> dict[str, Any]:
    return {
        "code": one.code,
        "name": criterion_name(one.code),
        "unit": unit_name(one.code),
        "way": one.way.value,
        "typed": asked.typed[one.code],
    }


def _rows(found: Ranking, near: Around, asked: Weighed, held: Mapping[tuple[str, str], Figure]) -> list[dict[str, Any]]:
    return [
        {
            "code": row.market,
            "name": name_of(row.market),
            "rank": row.rank,
            "score": writing.percent(row.points, language()),
            "bar": _length(row.points),
            "x": WIDTH - _length(row.points) if language() == "ar" else 0,
            "first": writing.percent(near.shares.get(row.market, 0), language()),
            "cells": [
                (
                    criterion_name(one.code),
                    figure_words(figure) if (figure := held.get((row.market, one.code))) else "",
                    writing.percent(row.normalised.get(one.code, 0), language()),
                )
                for one in asked.criteria
            ],
        }
        for row in found.ranked
    ]


def _length(points: int) -> int:
    return divide(points * WIDTH, 10_000, Direction.HALF_UP, ROUNDING)


def _holding(one: Holding) -> dict[str, Any]:
    return {
        "name": criterion_name(one.code),
        "weight": writing.percent(one.weight, language()),
        "lowest": writing.percent(one.lowest, language()),
        "highest": writing.percent(one.highest, language()),
        "below": name_of(one.below) if one.below else "",
        "above": name_of(one.above) if one.above else "",
    }


def _headings(asked: Weighed) -> list[str]:
    columns = [
        _("%(name)s (%(unit)s)") % {"name": criterion_name(one.code), "unit": unit_name(one.code)}
        for one in asked.criteria
    ]
    return [
        *(_("Code ISO"), _("Marché"), _("Rang"), _("Attractivité (points de base)")),
        *(_("Premier autour de ces poids (points de base)"), *columns),
    ]


def _cells(
    found: Ranking, near: Around, asked: Weighed, held: Mapping[tuple[str, str], Figure]
) -> Iterator[Sequence[str | int]]:
    for row in found.ranked:
        figures = [held.get((row.market, one.code)) for one in asked.criteria]
        known = [bare_number(one.value) if one else "" for one in figures]
        yield (row.market, name_of(row.market), row.rank, row.points, near.shares.get(row.market, 0), *known)
