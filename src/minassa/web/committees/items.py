"""The page of an item: its file on one screen, what is proposed, the vote, and what became of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from minassa.governance.models import Ballot, Item
from minassa.governance.public import (
    GovernanceError,
    ItemState,
    ask_secret,
    close_vote,
    dissent,
    item_view,
    open_vote,
    pull_out,
    put_off,
    recuse,
    vote,
)
from minassa.vocabulary.errors import MinassaError
from minassa.web.access import PageRequest, page
from minassa.web.cases.drafting import version_of
from minassa.web.committees.examining import file_of
from minassa.web.committees.showing import Seat, counted, point_of, sittings_of
from minassa.web.committees.subjects import session_of, the_item
from minassa.web.committees.wording import committee_names, rule_value
from minassa.web.doing import status_of

LONGEST: Final = 2_000
"""Characters of a statement."""


@require_GET
@page("session.view", subject=the_item, on=session_of)
def item_page(request: PageRequest, item: Item) -> HttpResponse:
    """The page of an item."""
    return show_item(request, item)


def show_item(
    request: PageRequest, item: Item, *, failed: str = "", problem: str = "", status: int = 200
) -> HttpResponse:
    """The page of an item; `failed`: the act that was refused, and the problem said beside it."""
    actor, session = request.actor, item.session
    seated = sittings_of(session, actor)
    view, point = item_view(actor, item), point_of(item, seated, actor)
    aside = {one.recusal.membership_id for each in (point, *point.together) for one in each.recused}
    context = {
        "session": session,
        "committee": committee_names()[session.committee],
        "point": point,
        "item": item,
        "view": view,
        "may": view.may,
        "majority": rule_value("majority", view.majority, {}),
        "file": file_of(actor, item),
        "counted": counted(seated, aside),
        "quorum": view.quorum,
        "ballots": _ballots(item, view.voted, seated),
        "failed": failed,
        "problem": problem,
    }
    return render(request, "web/committees/item.html", context, status=status)


def _ballots(item: Item, voted: Sequence[Ballot], seated: Sequence[Seat]) -> list[tuple[str, str]]:
    """Each seat that has voted; what, once the vote is closed and was not secret."""
    labels = {seat.code: seat.label for seat in seated}
    shown = item.state != ItemState.VOTING
    return [(labels.get(each.seat, each.seat), str(each.get_choice_display()) if shown else "") for each in voted]


_MEMBER_DONE: Final[Mapping[str, str | Promise]] = {
    "vote": gettext_lazy("Votre voix est comptée."),
    "recuse": gettext_lazy("Vous êtes récusé sur ce point."),
    "secret": gettext_lazy("Votre demande de vote secret est notée."),
    "pull": gettext_lazy("Le point sera voté à part."),
    "dissent": gettext_lazy("Votre désaccord sera écrit au procès-verbal."),
}
_CHAIR_DONE: Final[Mapping[str, str | Promise]] = {
    "open": gettext_lazy("Le vote est ouvert."),
    "close": gettext_lazy("Le vote est fermé : ce qui est adopté a pris effet."),
    "put_off": gettext_lazy("Le point est renvoyé."),
}


@require_POST
@page("session.vote", subject=the_item, on=session_of)
def member_acts(request: PageRequest, item: Item) -> HttpResponse:
    """What a member does on an item: vote, stand aside, ask for secrecy, take it out of the list, disagree."""
    actor, posted, now = request.actor, request.POST, timezone.now()
    said = posted.get("said", "")[:LONGEST]
    acts: Mapping[str, Callable[[], object]] = {
        "vote": lambda: vote(actor, item, posted.get("choice", ""), now),
        "recuse": lambda: recuse(actor, item, said, now),
        "secret": lambda: ask_secret(actor, item, now),
        "pull": lambda: pull_out(actor, item, now),
        "dissent": lambda: dissent(actor, item, said, now),
    }
    return _done_or_said(request, item, acts, _MEMBER_DONE)


@require_POST
@page("session.preside", subject=the_item, on=session_of)
def chair_acts(request: PageRequest, item: Item) -> HttpResponse:
    """What who presides does on an item: open its vote, close it, put the item off."""
    actor, posted, now = request.actor, request.POST, timezone.now()
    expected, secret = version_of(posted), posted.get("secret") == "yes"
    acts: Mapping[str, Callable[[], object]] = {
        "open": lambda: open_vote(actor, item, now, secret=secret, expected=expected),
        "close": lambda: close_vote(actor, item, now, expected=expected),
        "put_off": lambda: put_off(actor, item, posted.get("said", "")[:LONGEST], now),
    }
    return _done_or_said(request, item, acts, _CHAIR_DONE)


def _done_or_said(
    request: PageRequest, item: Item, acts: Mapping[str, Callable[[], object]], done: Mapping[str, str | Promise]
) -> HttpResponse:
    """Do what was asked and come back to the item; when it is refused, its page with the sentence beside the form."""
    asked = request.POST.get("act", "")
    try:
        if asked not in acts:
            raise GovernanceError(_("Choisissez ce que vous voulez faire."))
        acts[asked]()
    except MinassaError as refusal:
        item.refresh_from_db()
        item.session.refresh_from_db()
        return show_item(request, item, failed=asked, problem=refusal.message, status=status_of(refusal))
    item.refresh_from_db()
    if item.state == ItemState.PUT_OFF:
        messages.warning(request, _("Le point est renvoyé : %(reason)s") % {"reason": _(item.put_off_reason)})
    else:
        messages.success(request, str(done[asked]))
    return HttpResponseRedirect(reverse("session-item", args=[item.session.uuid, item.rank]))
