"""From the field to a decision, from both ends: every chain for who follows them, a firm's own for its people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from minassa.commitments.models import Recommendation, RecommendationState
from minassa.commitments.public import Origin
from minassa.consultations.models import Attendance, FirmRequest, HearingPoint, Presence, Vote
from minassa.consultations.public import FIRM
from minassa.registry.public import Actor
from minassa.surveys.public import themes_of_enterprises
from minassa.web.access import PageRequest, page
from minassa.web.cases.tables import FORMATS, MOST, Cell, exported
from minassa.web.chain.following import Chain, chains_from, chains_of
from minassa.web.chain.kinds import HEARING, MEETING, POLL, REQUEST, THEME
from minassa.web.chain.origins import Origins, Told, told_origin, told_origins
from minassa.web.listing import PAGE_ROWS, asked, paged, start_of

FILTERS: Final = ("etat", "origine")


@dataclass(frozen=True, slots=True)
class Spoken:
    """Something that a firm said, and what became of it so far."""

    told: Told
    chains: list[Chain]


@require_safe
@page("commitment.view")
def chain_page(request: PageRequest) -> HttpResponse:
    """Every recommendation that the field is at the origin of, with what it became; or the same as a file."""
    rows = [row for row in _rows(request.GET.get("etat", "")) if _comes_from(row, request.GET.get("origine", ""))]
    if request.GET.get("format") in FORMATS:
        return exported("du-terrain", request.GET["format"], _headings(), _cells(request.actor, rows[:MOST]))
    start = start_of(request.GET)
    shown = rows[start : start + PAGE_ROWS + 1]
    context = {
        "chains": with_origins(request.actor, shown[:PAGE_ROWS]),
        "total": len(rows),
        "kinds": [(one.code, one.label) for one in Origins.all().values()],
        "states": RecommendationState.choices,
        **asked(request.GET, FILTERS),
        **paged(start, shown),
    }
    return render(request, "web/chain/all.html", context)


@require_safe
@page("consultation.list")
def chain_mine_page(request: PageRequest) -> HttpResponse:
    """What became of everything that the firms of this person said. 404 for who speaks for no firm."""
    firms = request.actor.enterprises(*FIRM)
    if not firms:
        raise Http404
    context: dict[str, Any] = {"spoken": spoken_by(request.actor, firms)}
    return render(request, "web/chain/mine.html", context)


def spoken_by(actor: Actor, firms: frozenset[int]) -> list[Spoken]:
    """What these firms said, the latest first, each with what became of it."""
    requests = FirmRequest.objects.filter(enterprise__in=firms).order_by("-pk").values_list("uuid", flat=True)
    polls = Vote.objects.filter(enterprise__in=firms).values_list("poll__uuid", flat=True)
    came = Attendance.objects.filter(enterprise__in=firms, state=Presence.CAME).values_list("meeting__uuid", flat=True)
    points = HearingPoint.objects.filter(hearing__enterprise__in=firms).exclude(hearing__approved_by="")
    themes = themes_of_enterprises(firms).values_list("uuid", flat=True)
    said = [
        *((THEME, str(one)) for one in themes),
        *((REQUEST, str(one)) for one in requests),
        *((POLL, str(one)) for one in dict.fromkeys(polls)),
        *((MEETING, str(one)) for one in dict.fromkeys(came)),
        *((HEARING, str(one)) for one in points.values_list("uuid", flat=True)),
    ]
    told = [(told_origin(actor, Origin(kind, number)), kind, number) for kind, number in said]
    seen = [Spoken(one, chains_from(actor, kind, [number])) for one, kind, number in told if one is not None]
    return sorted(seen, key=lambda one: str(one.told.day), reverse=True)


def with_origins(actor: Actor, rows: list[Recommendation]) -> list[Chain]:
    """Chains with the origins that this reader may know of."""
    told = {row.pk: told_origins(actor, row.origins) for row in rows}
    return [
        replace(one, origins=told[one.recommendation.pk][0], others=told[one.recommendation.pk][1])
        for one in chains_of(actor, rows)
    ]


def _rows(state: str) -> QuerySet[Recommendation]:
    rows = Recommendation.objects.exclude(origins=[]).order_by("-pk")
    return rows.filter(state=state) if state in RecommendationState.values else rows


def _comes_from(row: Recommendation, kind: str) -> bool:
    return not kind or kind in {one["kind"] for one in row.origins}


def _headings() -> list[str]:
    return [
        *(_("Origines"), _("Recommandation"), _("Action"), _("État"), _("Séance"), _("Engagement"), _("Mesuré")),
        _("Période"),
    ]


def _cells(actor: Actor, rows: list[Recommendation]) -> Iterator[tuple[Cell, ...]]:
    for one in with_origins(actor, rows):
        row = one.recommendation
        yield (
            " ; ".join(f"{told.label} : {told.title}" for told in one.origins),
            *(row.reference, row.action, str(row.get_state_display())),
            " ; ".join(f"{told.item.session.reference}/{told.item.rank}" for told in one.agendas),
            one.followed.code if one.followed else "",
            str(one.followed.value) if one.followed else "",
            one.followed.period if one.followed else "",
        )
