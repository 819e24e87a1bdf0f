"""The page of one claim: what it asks, how it was computed, its lines, what is asked of the reader, what was said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from minassa.claims.models import Claim, ClaimState, Contest, Ruling
from minassa.claims.public import ClaimError, calendar_of, payable, stratum_of
from minassa.governance.models import Session
from minassa.registry.public import Actor, allowed
from minassa.vocabulary.periods import first_day
from minassa.web.access import PageRequest, page
from minassa.web.cases.showing import body_names, deadline
from minassa.web.claims.lines import Shown, held_of, lines_of, shown_line
from minassa.web.claims.log import log_of
from minassa.web.claims.names import names_of
from minassa.web.claims.showing import (
    DECISIONS,
    STRATA,
    measure_name,
    month_words,
    months_words,
    period_words,
    reason_words,
    status_of,
)
from minassa.web.claims.subjects import the_claim
from minassa.web.journaled import hands_of

SITTING: Final = "sitting:"
"""How the hand of a committee begins: the session and the item follow."""


@dataclass(frozen=True, slots=True)
class Ruled:
    """What was said or decided on a claim: by whom, with which ground, for how much."""

    ruling: Ruling
    what: str | Promise
    who: str
    decides: bool
    session: str


@dataclass(frozen=True, slots=True)
class Contested:
    """A contest of a line, as the reader may see it."""

    contest: Contest
    line: Shown
    who: str


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason to look at the claim: in words, its weight, how many lines and centimes it concerns, its points."""

    kind: str
    label: str
    weight: int
    points: int
    lines: int
    cents: int


@require_GET
@page("claim.open", subject=the_claim)
def claim_page(request: PageRequest, claim: Claim) -> HttpResponse:
    """The page of a claim."""
    return show_claim(request, claim)


def show_claim(
    request: PageRequest, claim: Claim, *, failed: str = "", error: ClaimError | None = None, status: int = 200
) -> HttpResponse:
    """The page of a claim; `failed`: the form whose act was refused, shown beside it with what was typed."""
    actor, now, names = request.actor, timezone.now(), body_names()
    context = {
        **told(claim),
        "held": held_of(actor, claim),
        "overseer": not actor.may_act_for(claim.enterprise_id),
        "money": payable(claim),
        "calendar": calendar_of(claim),
        "deadline": deadline(_due(claim), now),
        "firm": actor.may_act_for(claim.enterprise_id),
        "reasons": [reason_of(one) for one in claim.reasons],
        "stratum_words": STRATA[stratum_of(claim, now)],
        "restitutions": claim.restitutions.order_by("-pk"),
        "same_period": _same_period(claim),
        "contests": _contests(actor, claim, names),
        "rulings": [_ruled(one, actor, names) for one in claim.rulings.order_by("pk")],
        "log": log_of(actor, claim, names),
        **lines_of(actor, claim, request.GET),
        **may(actor, claim, now),
        "failed": failed,
        "error": error,
        "typed": request.POST,
    }
    return render(request, "web/claims/claim.html", context, status=status)


def told(claim: Claim) -> dict[str, Any]:
    """A claim in words: what every page about it says at its head."""
    return {
        "claim": claim,
        "measure": measure_name(claim.measure),
        "period": period_words(claim.measure, claim.period),
        "months": months_words(claim.first_month, claim.last_month),
        "known_until": first_day(claim.known_until),
        "known_words": month_words(claim.known_until),
        "legal": status_of(claim.status),
        "replaced": claim.state == ClaimState.SUPERSEDED and getattr(claim, "superseded_by", None),
    }


def _same_period(claim: Claim) -> list[tuple[Claim, str]]:
    """The other claims of the firm for the same months, in words: of what, and what is asked again of it since."""
    rows = Claim.objects.filter(enterprise=claim.enterprise_id, measure=claim.measure, last_month=claim.last_month)
    rows = rows.exclude(state=ClaimState.SUPERSEDED).exclude(period=claim.period).order_by("period")
    return [(one, period_words(one.measure, one.period)) for one in rows]


def _due(claim: Claim) -> datetime | None:
    """Until when the firm has something to do."""
    return {ClaimState.OPEN: claim.sign_by, ClaimState.HEARING: claim.hearing_until}.get(ClaimState(claim.state))


def may(actor: Actor, claim: Claim, now: datetime) -> dict[str, bool]:
    """What the reader may do with the claim in its present state."""
    state = claim.state
    before = state in {ClaimState.OPEN, ClaimState.CONTESTED}
    return {
        "may_check": state == ClaimState.OPEN and allowed(actor, "claim.check", claim),
        "may_contest": before and now < claim.contest_by and allowed(actor, "claim.contest", claim),
        "may_sign": state == ClaimState.OPEN and allowed(actor, "claim.sign", claim),
        "may_reply": state == ClaimState.HEARING and allowed(actor, "claim.reply", claim),
        "may_answer": allowed(actor, "claim.answer", claim),
        "may_conclude": state == ClaimState.IN_CONTROL and allowed(actor, "claim.control", claim),
        "may_pass": state == ClaimState.SIGNED and allowed(actor, "claim.pass", claim),
        "may_clear": allowed(actor, "claim.clear", claim),
        "may_propose": state == ClaimState.TO_DECIDE and allowed(actor, "claim.propose", claim),
    }


def reason_of(told_: Mapping[str, Any]) -> Reason:
    """A reason that a claim keeps, in words."""
    kind = str(told_["kind"])
    return Reason(kind, reason_words(kind), told_["weight"], told_["points"], told_["lines"], told_["cents"])


def _contests(actor: Actor, claim: Claim, names: dict[str, str]) -> list[Contested]:
    """The contests of a claim, those that wait first; who contested is never named."""
    found = list(Contest.objects.filter(claim=claim).select_related("line").order_by("answered_at", "pk"))
    found.sort(key=lambda one: one.answered_at is not None)
    hands = hands_of(actor, {one.by for one in found}, names)
    persons = names_of(actor, claim, {one.line.person for one in found})
    return [Contested(one, shown_line(claim, one.line, persons), hands[one.by]) for one in found]


def _ruled(ruling: Ruling, actor: Actor, names: dict[str, str]) -> Ruled:
    decides = ruling.event in {"accept", "cut", "refuse"}
    what = DECISIONS.get(ruling.event, ruling.event)
    return Ruled(ruling, what, hand(ruling.by, actor, names), decides, session_address(ruling.by, actor))


def session_address(by: str, actor: Actor) -> str:
    """The address of the session that decided, for who may read it; empty for anyone else, and for other hands."""
    if not by.startswith(SITTING):
        return ""
    reference = by.removeprefix(SITTING).partition("/")[0]
    found = Session.objects.filter(reference=reference).first()
    return reverse("session", args=[found.uuid]) if found and allowed(actor, "session.view", found) else ""


def hand(by: str, actor: Actor, names: dict[str, str]) -> str:
    """Who said or decided it: a committee by its session and item, anyone else as logs name them."""
    if by.startswith(SITTING):
        session, _slash, item = by.removeprefix(SITTING).partition("/")
        return _("séance %(session)s, point %(item)s") % {"session": session, "item": item}
    return hands_of(actor, {by}, names)[by]
