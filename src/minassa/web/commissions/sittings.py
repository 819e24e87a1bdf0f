"""A session of a commission on one page: its agenda, who came, its minutes and who approved them, what follows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from minassa.commissions.models import Sitting, SittingState
from minassa.commissions.public import (
    SITTING_MOVES,
    CommissionError,
    approve_minutes,
    cancel,
    commissions,
    digest_of,
    hold,
    members_on,
    put_point,
    return_minutes,
    speaks_in,
    write_minutes,
)
from minassa.commitments.public import recommendations_from
from minassa.registry.models import Body, Role
from minassa.registry.public import Actor, allowed
from minassa.web.access import PageRequest, page
from minassa.web.cases.drafting import version_of
from minassa.web.commissions.wording import address_of, member_name, name_of, plain_name
from minassa.web.doing import done_or_said
from minassa.web.journaled import hands_of

KEEPS: Final = frozenset({"hold", "cancel", "minute"})
"""What is done by who keeps the commission alone."""


def the_sitting(actor: Actor, sitting: UUID) -> Sitting | None:
    """A session, for the federation and those who speak for a member."""
    found = Sitting.objects.get(uuid=sitting)
    return found if actor.has_role(Role.FEDERATION) or speaks_in(actor, found.commission) else None


@require_http_methods(["GET", "HEAD", "POST"])
@page("commission.view", subject=the_sitting)
def sitting_page(request: PageRequest, sitting: Sitting) -> HttpResponse:
    """Read a session; put a point, hold it, write its minutes, approve them or send them back."""
    if request.method != "POST":
        return _shown(request, sitting)
    act = _ACTS.get(request.POST.get("act", ""))
    if act is None:
        raise Http404
    return done_or_said(
        request,
        sitting,
        lambda: act(request, sitting, version_of(request.POST)),
        _("C'est écrit."),
        back=lambda: reverse("commission-sitting", args=[sitting.uuid]),
        said=lambda refusal, status: _shown(request, sitting, refusal, status),
        family=CommissionError,
    )


def _put(request: PageRequest, sitting: Sitting, version: int | None) -> None:
    put_point(request.actor, sitting, request.POST.get("title", ""), timezone.now(), expected=version)


def _hold(request: PageRequest, sitting: Sitting, version: int | None) -> None:
    told = set(request.POST.getlist("came"))
    came = [one for one in members_on(sitting.commission, sitting.on) if str(one.uuid) in told]
    hold(request.actor, sitting, came, timezone.now(), expected=version)


def _minute(request: PageRequest, sitting: Sitting, version: int | None) -> None:
    write_minutes(request.actor, sitting, request.POST.get("minutes", ""), timezone.now(), expected=version)


_ACTS: Final[Mapping[str, Callable[[PageRequest, Sitting, int | None], None]]] = {
    "put": _put,
    "hold": _hold,
    "minute": _minute,
    "approve": lambda request, sitting, version: approve_minutes(
        request.actor, sitting, timezone.now(), expected=version
    ),
    "return": lambda request, sitting, version: return_minutes(
        request.actor, sitting, timezone.now(), expected=version
    ),
    "cancel": lambda request, sitting, version: cancel(request.actor, sitting, timezone.now(), expected=version),
}


def _shown(
    request: PageRequest, sitting: Sitting, refusal: CommissionError | None = None, status: int = 200
) -> HttpResponse:
    actor, one = request.actor, commissions()[sitting.commission]
    can = {str(event) for event in SITTING_MOVES.events(SittingState(sitting.state))}
    acts = can if allowed(actor, "commission.write", sitting) else can - KEEPS
    own = sitting.minutes_by == str(actor)
    points = list(sitting.points.order_by("rank"))
    names = {body.code: plain_name(body) for body in Body.objects.all()}
    hands = hands_of(actor, {sitting.minutes_by, sitting.approved_by} - {""}, names)
    members = [(row, member_name(row)) for row in members_on(sitting.commission, sitting.on)]
    context: dict[str, Any] = {
        "sitting": sitting,
        "one": one,
        "name": name_of(one),
        "points": [(row, list(recommendations_from("commission", [str(row.uuid)]))) for row in points],
        "draft": address_of("recommendation-draft") if allowed(actor, "recommendation.write") else "",
        "recommendations": address_of("recommendations"),
        "presences": [(row, member_name(row.member)) for row in sitting.presences.order_by("pk")],
        "members": members,
        "acts": acts - ({"approve"} if own else set()),
        "own": own,
        "minuted": hands.get(sitting.minutes_by, ""),
        "approved": hands.get(sitting.approved_by, ""),
        "holds": not sitting.digest or digest_of(sitting) == sitting.digest,
        "actions": [(row, member_name(row.owner)) for point in points for row in point.actions.order_by("pk")],
        "error": refusal,
        "typed": request.POST if refusal else {},
    }
    return render(request, "web/commissions/sitting.html", context, status=status)
