"""The P2I side by side, for everyone: what each has, offers and asks; and, by right, how each is followed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from minassa.platforms.models import Report, ReportState
from minassa.platforms.public import Unit, sees_unit, sheet_on, units
from minassa.registry.public import allowed
from minassa.steering.public import latest_figures
from minassa.web.access import public_page
from minassa.web.navigation import actor_on
from minassa.web.platforms.showing import lines_by_kind
from minassa.web.platforms.wording import unit_name
from minassa.web.public.pages import keep, shown

FILED = (ReportState.SEALED, ReportState.RECEIVED)


@require_safe
@public_page
def platforms_page(request: HttpRequest) -> HttpResponse:
    """The comparison of the P2I, from their sheets of the day and published figures."""
    actor = actor_on(request)
    figures = latest_figures(settings.MINASSA_HOME)
    follows = actor.signed_in and allowed(actor, "platform.list")
    context: dict[str, Any] = {
        "rows": [_row(one, figures) for one in units() if not one.national],
        "figures": figures,
        "followed": [_followed(one) for one in units() if sees_unit(actor, one.code)] if follows else [],
        "specialises": actor.signed_in and allowed(actor, "specialisation.view"),
    }
    return keep(request, shown(request, "web/platforms/list.html", context))


def _row(one: Unit, figures: Mapping[str, Any] | None) -> dict[str, Any]:
    """A P2I in the comparison; jobs as they are published, which may be withheld."""
    sheet = sheet_on(one, timezone.localdate())
    told = (figures or {}).get("territories", {}).get(f"p{one.code}", {})
    months = told.get("months") or [[None, None]]
    return {"unit": one, "name": unit_name(one), "sheet": sheet, "jobs": months[-1][1], **lines_by_kind(sheet)}


def _followed(one: Unit) -> dict[str, Any]:
    reports = Report.objects.filter(place=one.code)
    due = reports.exclude(state__in=FILED)
    return {
        "unit": one,
        "name": unit_name(one),
        "due": due.count(),
        "late": due.filter(due_on__lt=timezone.localdate()).count(),
        "filed": reports.filter(state__in=FILED).count(),
    }
