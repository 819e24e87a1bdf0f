"""The commissions, for everyone: what each is asked to do, how many members it has, how many sessions it held."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from minassa.commissions.models import Sitting, SittingState
from minassa.commissions.public import Commission, commissions, mandate_on, members_on
from minassa.registry.public import Actor, allowed
from minassa.web.access import public_page
from minassa.web.commissions.wording import mandate_words, name_of
from minassa.web.navigation import actor_on

HELD: Final = (SittingState.HELD, SittingState.MINUTED, SittingState.APPROVED)


@require_safe
@public_page
def commissions_page(request: HttpRequest) -> HttpResponse:
    """The public sheet of every commission."""
    actor, today = actor_on(request), timezone.localdate()
    rows = [_row(one, actor, today) for one in commissions().values()]
    return render(request, "web/commissions/list.html", {"rows": rows})


def _row(one: Commission, actor: Actor, today: date) -> dict[str, Any]:
    told, held = mandate_on(one, today), Sitting.objects.filter(commission=one.code, state__in=HELD)
    last = held.order_by("-on").first()
    return {
        "code": one.code,
        "name": name_of(one),
        "mandate": mandate_words(one, told),
        "written": bool(told.text),
        "told": told,
        "members": members_on(one.code, today).count(),
        "held": held.count(),
        "last": last.on if last else None,
        "opens": actor.signed_in and allowed(actor, "commission.view", one),
    }
