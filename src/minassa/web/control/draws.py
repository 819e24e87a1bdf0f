"""Draws of controls as everyone may read them, with the script that does them again."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from importlib import resources
from typing import Final
from uuid import UUID

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from minassa.claims.models import Draw
from minassa.claims.public import published
from minassa.claims.verify_draw import verify
from minassa.registry.public import allowed
from minassa.web.access import PageRequest, public_page
from minassa.web.claims.showing import STRATA

MOST: Final = 100
SCRIPT: Final = "verify_draw.py"


@dataclass(frozen=True, slots=True)
class Stratum:
    """A stratum of a draw: how many claims, which share of them, how many drawn."""

    label: str
    rate: int
    listed: int
    drawn: int


@dataclass(frozen=True, slots=True)
class Summary:
    """A draw with its strata and its counts."""

    draw: Draw
    listed: int
    drawn: int
    strata: list[Stratum]


@require_safe
@public_page
def draws(request: PageRequest) -> HttpResponse:
    """Every draw, the latest first."""
    found = [summary_of(one) for one in Draw.objects.order_by("-committed_at")[:MOST]]
    return render(request, "web/control/draws.html", {"draws": found})


@require_safe
@public_page
def draw_page(request: PageRequest, draw: UUID) -> HttpResponse:
    """What is published of a draw, and how anyone does it again."""
    found = _draw(draw)
    context = {
        "summary": summary_of(found),
        "draw": found,
        "same": bool(found.drawn_at) and _again(found),
        "due": _due(found, timezone.now()),
        "may_draw": allowed(request.actor, "claim.draw"),
    }
    return render(request, "web/control/draw.html", context)


@require_safe
@public_page
def draw_json(_request: PageRequest, draw: UUID) -> HttpResponse:
    """What is published of a draw, as the script reads it."""
    response = JsonResponse(published(_draw(draw)), json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = f'attachment; filename="tirage-{draw}.json"'
    return response


@require_safe
@public_page
def draw_script(_request: PageRequest) -> HttpResponse:
    """The script that does a draw again, with nothing but Python."""
    text = resources.files("minassa.claims").joinpath(SCRIPT).read_text("utf-8")
    response = HttpResponse(text, content_type="text/x-python; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{SCRIPT}"'
    return response


def summary_of(draw: Draw) -> Summary:
    """A draw in counts."""
    listed = Counter(one["stratum"] for one in draw.candidates)
    chosen = set(draw.selected)
    drawn = Counter(one["stratum"] for one in draw.candidates if one["claim"] in chosen)
    strata = [Stratum(str(label), draw.rates[name], listed[name], drawn[name]) for name, label in STRATA.items()]
    return Summary(draw, len(draw.candidates), len(draw.selected), strata)


def _draw(number: UUID) -> Draw:
    found = Draw.objects.filter(uuid=number).first()
    if found is None:
        raise Http404
    return found


def _again(draw: Draw) -> bool:
    """Whether the script that everyone downloads gives the same draw: it reads what is published, nothing else."""
    return bool(verify(json.loads(json.dumps(published(draw)))))


def _due(draw: Draw, now: datetime) -> bool:
    return draw.drawn_at is None and now >= draw.seed_not_before
