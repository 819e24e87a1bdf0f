"""Consultations on one page: polls, events, requests and hearings that a person may know of; each also as a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from minassa.consultations.meeting import TAKEN
from minassa.consultations.models import FirmRequest, Hearing, Meeting, Poll, Presence
from minassa.consultations.public import choice_of, counted, hearings_for, is_open, requests_for
from minassa.registry.models import Body
from minassa.registry.public import Actor, allowed
from minassa.web.access import PageRequest, page
from minassa.web.cases.tables import FORMATS, MOST, Cell, exported
from minassa.web.consultations.subjects import own_firms
from minassa.web.listing import instant
from minassa.web.public.pages import language

SHOWN: Final = 50


@require_safe
@page("consultation.list")
def consultations_page(request: PageRequest) -> HttpResponse:
    """What is asked of firms and what they said, or one of the lists as a file (`objet=`)."""
    actor, wanted = request.actor, request.GET.get("format")
    if wanted in FORMATS:
        name = request.GET.get("objet", "demandes")
        if name not in LISTS:
            raise Http404
        headings, rows = LISTS[name]
        return exported(name, str(wanted), headings(), rows(actor))
    context: dict[str, Any] = {
        "polls": polls_of(actor),
        "meetings": [meeting_row(one) for one in Meeting.objects.order_by("-on", "-pk")[:SHOWN]],
        "requests": requests_for(actor)[:SHOWN],
        "hearings": [(one, heard_name(one)) for one in hearings_for(actor)[:SHOWN]],
        "firms": own_firms(actor),
        "holds": allowed(actor, "consultation.hold"),
        "export_most": MOST,
    }
    return render(request, "web/consultations/list.html", context)


def polls_of(actor: Actor) -> list[dict[str, Any]]:
    """Polls with what the actor's firms chose."""
    now, firms = timezone.now(), own_firms(actor)
    return [
        {
            "row": one,
            "title": one.titles[language()],
            "open": is_open(one, now),
            "coming": timezone.localdate(now) < one.opens_on,
            "mine": any(choice_of(one, firm) for firm in firms),
        }
        for one in Poll.objects.order_by("-closes_on", "-pk")[:SHOWN]
    ]


def meeting_row(one: Meeting) -> dict[str, Any]:
    """An event with how many firms come, and came."""
    states = list(one.attendances.values_list("state", flat=True))
    return {
        "row": one,
        "taken": sum(state in TAKEN for state in states),
        "came": states.count(Presence.CAME),
        "past": one.on < timezone.localdate(),
    }


def heard_name(one: Hearing) -> str:
    """Who was heard, in words."""
    if one.enterprise is not None:
        return str(one.enterprise.name)
    return str(Body.objects.filter(code=one.body).values_list("name", flat=True).first() or one.body)


def _polls(_actor: Actor) -> Iterator[tuple[Cell, ...]]:
    for one in Poll.objects.order_by("-closes_on", "-pk")[:MOST]:
        found = counted(one, timezone.now())
        for choice, firms in found.counts if found else [(choice, None) for choice in one.choices]:
            title = one.titles[language()]
            shown: Cell = "" if firms is None else firms
            yield (title, one.opens_on.isoformat(), one.closes_on.isoformat(), choice[language()], shown)


def _meetings(_actor: Actor) -> Iterator[tuple[Cell, ...]]:
    for one in Meeting.objects.order_by("-on", "-pk")[:MOST]:
        row = meeting_row(one)
        yield (one.title, one.on.isoformat(), one.place, one.capacity, row["taken"], row["came"])


def _requests(actor: Actor) -> Iterator[tuple[Cell, ...]]:
    one: FirmRequest
    for one in requests_for(actor)[:MOST]:
        state, topic = str(one.get_state_display()), str(one.get_topic_display())
        yield (one.enterprise.name, topic, one.subject, instant(one.at), state, instant(one.answered_at))


def _hearings(actor: Actor) -> Iterator[tuple[Cell, ...]]:
    for one in hearings_for(actor)[:MOST]:
        yield (one.title, one.on.isoformat(), heard_name(one), instant(one.approved_at))


LISTS: Final[Mapping[str, tuple[Callable[[], list[str]], Callable[[Actor], Iterator[tuple[Cell, ...]]]]]] = {
    "sondages": (lambda: [_("Sondage"), _("Premier jour"), _("Dernier jour"), _("Choix"), _("Entreprises")], _polls),
    "evenements": (
        lambda: [_("Événement"), _("Jour"), _("Lieu"), _("Places"), _("Inscrites"), _("Venues")],
        _meetings,
    ),
    "demandes": (
        lambda: [_("Entreprise"), _("Sujet"), _("Objet"), _("Reçue le"), _("État"), _("Répondue le")],
        _requests,
    ),
    "auditions": (lambda: [_("Objet"), _("Jour"), _("Entendu"), _("Approuvée le")], _hearings),
}
"""Lists that may be taken away, with their headings and their rows as the actor may read them."""
