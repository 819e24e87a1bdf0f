"""Who sits in each committee and by which rules, each with how sure it is; the interests that members declare."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from minassa.governance.models import Interest, Membership
from minassa.governance.public import (
    Committee,
    declare_interest,
    end_interest,
    end_membership,
    members_on,
    rules_shown,
    seat_member,
    seats,
)
from minassa.registry.models import Account
from minassa.registry.public import Actor, allowed
from minassa.vocabulary.errors import MinassaError
from minassa.vocabulary.texts import text
from minassa.web.access import PageRequest, page
from minassa.web.cases.showing import language
from minassa.web.committees.forms import InterestForm, SeatForm
from minassa.web.committees.subjects import the_account, the_committee, the_interest, the_membership
from minassa.web.committees.wording import RuleShown, committee_names, rules_in_words
from minassa.web.doing import UNPROCESSABLE, done_in, done_or_told


@dataclass(frozen=True, slots=True)
class SeatShown:
    """A seat of a committee, on which text it rests, and who holds it today."""

    label: str
    chair: bool
    votes: bool
    status: str
    source: str
    note: str
    held: Sequence[Membership]


@require_GET
@page("committee.view", subject=the_committee)
def committee_page(request: PageRequest, committee: Committee) -> HttpResponse:
    """The composition and the rules of a committee."""
    return show_committee(request, committee)


def show_committee(request: PageRequest, committee: Committee, *, status: int = 200, **given: Any) -> HttpResponse:  # noqa: ANN401
    """The page of a committee; `given`: a form that was refused."""
    actor, today = request.actor, timezone.localdate()
    listed = seats(committee, today)
    labels = [(seat.code, getattr(seat.label, language())) for seat in listed]
    member = actor.account_id is not None and allowed(actor, "interest.declare", Account(pk=actor.account_id))
    context = {
        "committee": committee.value,
        "name": committee_names()[committee],
        "committees": committee_names().items(),
        "seats": _seats(committee, today),
        "rules": _rules(committee, today),
        "interests": _interests(actor) if member else (),
        "interest_form": InterestForm() if member else None,
        "seat_form": SeatForm(labels) if allowed(actor, "committee.compose", committee) else None,
        **given,
    }
    return render(request, "web/committees/committee.html", context, status=status)


def _seats(committee: Committee, day: date) -> list[SeatShown]:
    held = members_on(committee, day)
    return [
        SeatShown(
            getattr(seat.label, language()),
            seat.chair,
            seat.votes,
            str(seat.status),
            text(seat.text).title,
            seat.note or "",
            [each for each in held if each.seat == seat.code],
        )
        for seat in seats(committee, day)
    ]


def _rules(committee: Committee, day: date) -> list[RuleShown]:
    return rules_in_words(
        {
            name: {"value": rule.value, "source": rule.citation, "status": rule.status, "note": rule.note}
            for name, rule in rules_shown(committee, day).items()
        }
    )


def _interests(actor: Actor) -> QuerySet[Interest]:
    """The interests that the reader has declared and that hold."""
    own = Interest.objects.filter(account_id=actor.account_id or 0, until__isnull=True)
    return own.select_related("enterprise", "group").order_by("-since", "-pk")


@require_POST
@page("interest.declare", subject=the_account)
def declare(request: PageRequest, account: Account) -> HttpResponse:
    """Declare an interest of one's own in a firm."""
    form = InterestForm(request.POST)
    committee = Committee.COPIL if request.POST.get("committee") == Committee.COPIL else Committee.CTO

    def declared() -> None:
        said = form.cleaned_data
        declare_interest(
            request.actor, account, said["nature"], timezone.now(), enterprise=said["ice"], detail=said["detail"]
        )

    if done_in(form, declared):
        messages.success(request, _("Intérêt déclaré : vous serez récusé sur ce qui touche cette entreprise."))
        return HttpResponseRedirect(reverse("committee", args=[committee]))
    return show_committee(request, committee, status=UNPROCESSABLE, interest_form=form)


@require_POST
@page("interest.declare", subject=the_interest, on=lambda interest: interest.account)
def end(request: PageRequest, interest: Interest) -> HttpResponse:
    """Say that an interest is over."""
    done_or_told(
        request, lambda: end_interest(request.actor, interest, timezone.now()), _("L'intérêt prend fin aujourd'hui.")
    )
    return HttpResponseRedirect(reverse("committee", args=[Committee.CTO]))


@require_POST
@page("committee.compose", subject=the_committee)
def seat(request: PageRequest, committee: Committee) -> HttpResponse:
    """Give a seat to someone."""
    labels = [(each.code, getattr(each.label, language())) for each in seats(committee, timezone.localdate())]
    form = SeatForm(labels, request.POST)
    if done_in(form, lambda: _seat(request.actor, committee, form.cleaned_data)):
        messages.success(request, _("Le siège est tenu."))
        return HttpResponseRedirect(reverse("committee", args=[committee]))
    return show_committee(request, committee, status=UNPROCESSABLE, seat_form=form)


def _seat(actor: Actor, committee: Committee, said: Mapping[str, Any]) -> None:
    account = Account.objects.filter(email=said["email"].lower()).first()
    if account is None:
        raise MinassaError(_("Aucun compte n'a cette adresse."))
    titular = said["titular"] == "yes"
    seat_member(actor, account, committee, said["seat"], said["since"], timezone.now(), titular=titular)


@require_POST
@page("committee.compose", subject=the_membership, on=lambda membership: membership.committee)
def unseat(request: PageRequest, membership: Membership) -> HttpResponse:
    """Someone leaves a seat: today is the last day."""
    done_or_told(
        request,
        lambda: end_membership(request.actor, membership, timezone.localdate(), timezone.now()),
        _("Le siège est vacant à partir de demain."),
    )
    return HttpResponseRedirect(reverse("committee", args=[membership.committee]))
