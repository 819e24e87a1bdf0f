"""Visas followed: a firm sees its own, officers all of them; who was hired, a place given back, an alert closed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from minassa.registry.public import Actor, allowed
from minassa.visas.models import Alert, Visa, VisaState
from minassa.visas.policies import oversees
from minassa.visas.public import (
    Followed,
    VisaError,
    close_alert,
    followed,
    give_up,
    ledger_of,
    lists_to_decide,
    parameter_on,
    quota_used,
    tell_hire,
    visas_for,
)
from minassa.vocabulary.periods import PeriodError, format_month, parse_month
from minassa.web.access import PageRequest, page
from minassa.web.doing import done_or_told
from minassa.web.gaps.asked import occupation_name, region_name
from minassa.web.listing import PAGE_ROWS, paged, start_of


@require_safe
@page("visa.list")
def visas_page(request: PageRequest) -> HttpResponse:
    """The visas that the reader may see, those with an open alert first when asked."""
    rows = visas_for(request.actor)
    if request.GET.get("alertes"):
        rows = rows.filter(alerts__closed_at__isnull=True, alerts__isnull=False).distinct()
    start, today = start_of(request.GET), timezone.localdate()
    found = followed(rows[start : start + PAGE_ROWS + 1])
    context = {
        "rows": [_row(request.actor, one) for one in found[:PAGE_ROWS]],
        "overseer": oversees(request.actor),
        "nation": quota_used(today)[0],
        "ledger": [(VisaState(state).label, number) for state, number in ledger_of(today.year).items()],
        "year": today.year,
        "waiting": lists_to_decide() if oversees(request.actor) else [],
        "may_propose": allowed(request.actor, "visa.propose"),
        "within": parameter_on("tell_within", today),
        "this_month": f"{today:%Y-%m}",
        "only_alerts": bool(request.GET.get("alertes")),
        "demonstration": settings.MINASSA_DEMONSTRATION,
        **paged(start, found),
    }
    return render(request, "web/visas/follow.html", context)


def _row(actor: Actor, one: Followed) -> dict[str, Any]:
    visa, hire = one.visa, getattr(one.visa, "hire", None)
    granted = visa.state == VisaState.GRANTED
    return {
        "visa": visa,
        "opens_case": allowed(actor, "case.open", visa.case),
        "occupation": occupation_name(visa.occupation),
        "region": region_name(visa.region),
        "since": format_month(hire.starts_month) if hire else "",
        "met": one.met,
        "alerts": [alert for alert in one.alerts if alert.closed_at is None],
        "closed": [alert for alert in one.alerts if alert.closed_at is not None],
        "may_tell": granted and hire is None and allowed(actor, "visa.tell", visa),
        "may_give_up": granted and allowed(actor, "visa.give-up", visa),
        "may_close": allowed(actor, "visa.follow", visa),
    }


def the_visa(actor: Actor, visa: UUID) -> Visa | None:
    """The visa of an address, among those that the actor may see."""
    return visas_for(actor).filter(uuid=visa).first()


def the_alert(actor: Actor, alert: int) -> Alert | None:
    """The alert of an address, among those of visas that the actor may see."""
    return Alert.objects.select_related("visa").filter(pk=alert, visa__in=visas_for(actor)).first()


@require_POST
@page("visa.tell", subject=the_visa)
def hired(request: PageRequest, visa: Visa) -> HttpResponse:
    """Tell who was hired, by the CNSS number, and since which month."""

    def act() -> None:
        try:
            month = parse_month(request.POST.get("month", ""))
        except PeriodError as error:
            raise VisaError(_("Écrivez le mois sous la forme AAAA-MM.")) from error
        tell_hire(request.actor, visa, request.POST.get("number", ""), month, timezone.now())

    done_or_told(request, act, _("L'embauche est dite ; le numéro n'est gardé que sous un pseudonyme."), VisaError)
    return HttpResponseRedirect(reverse("talent-visas"))


@require_POST
@page("visa.give-up", subject=the_visa)
def given_up(request: PageRequest, visa: Visa) -> HttpResponse:
    """Give the place back."""
    said = _("La place est rendue au quota.")
    done_or_told(request, lambda: give_up(request.actor, visa, timezone.now()), said, VisaError)
    return HttpResponseRedirect(reverse("talent-visas"))


@require_POST
@page("visa.follow", subject=the_alert, on=lambda alert: alert.visa)
def closed(request: PageRequest, alert: Alert) -> HttpResponse:
    """Close an alert with what was found."""
    ground = request.POST.get("ground", "")
    done_or_told(
        request, lambda: close_alert(request.actor, alert, ground, timezone.now()), _("L'alerte est close."), VisaError
    )
    return HttpResponseRedirect(reverse("talent-visas"))
