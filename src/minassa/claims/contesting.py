"""A line is contested with a reason, never edited; while the contest waits, what the line asks for is not paid."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from minassa.claims.acting import Act, acting, grounded
from minassa.claims.calendar import period_named
from minassa.claims.claim_models import Claim, Contest, Line
from minassa.claims.errors import AlreadyContested, ClaimError, ImpossibleAct, TooLate, UnknownLine
from minassa.claims.settling import align, money_held
from minassa.claims.states import NOT_ASKED, ClaimEvent
from minassa.delays import Pause, instant_of
from minassa.delays.moments import due_at
from minassa.registry.public import Actor, require

LONGEST_REASON: Final = 2_000
PAUSED: Final = "claim_contest"
REPLACED: Final = "system:claims"
"""Who answers a contest whose claim was replaced: nobody, it goes on in the other claim."""


def contest(
    actor: Actor, claim: Claim, line: int, reason: str, at: datetime, *, expected: int | None = None
) -> Contest:
    """Contest a line (its number) in the name of the firm, before it signs. UnknownLine, AlreadyContested, TooLate."""
    with acting(actor, "claim.contest", claim, at, expected) as act:
        act.move(ClaimEvent.CONTEST)
        if act.at >= act.claim.contest_by:
            raise TooLate(_("Le délai pour contester cette demande est passé."), claim=act.claim.reference)
        act.set(checked_by="")
        return put(act, line, reason, by=str(actor), by_worker=False)


def put(act: Act, line: int, reason: str, *, by: str, by_worker: bool) -> Contest:
    """Write a contest of a line in an act on its claim. UnknownLine, AlreadyContested, ClaimError without reason."""
    if act.claim.state in NOT_ASKED:
        raise ImpossibleAct(_("Cette demande n'est plus en cours."), claim=act.claim.reference)
    if len(reason) > LONGEST_REASON:
        raise ClaimError(_("Le motif est trop long : 2 000 signes au plus."))
    found = Line.objects.filter(pk=line, claim=act.claim).first()
    if found is None:
        raise UnknownLine(_("Cette ligne n'est pas dans la demande."), claim=act.claim.reference)
    written = Contest(
        line=found,
        claim=act.claim,
        by_worker=by_worker,
        by=by,
        reason=grounded(reason),
        at=act.at,
        answer_by=due_at("claim_contest_answer", act.at),
    )
    try:
        with transaction.atomic():
            written.save(force_insert=True)
    except IntegrityError as error:
        raise AlreadyContested(_("Cette ligne est déjà contestée et attend sa réponse."), line=line) from error
    act.tell("claim.contested", contest=str(written.uuid), line=line, by_worker=by_worker)
    return written


def answer(actor: Actor, contested: Contest, text: str, at: datetime, *, upheld: bool) -> Contest:
    """Answer a contest, with words. A line whose contest is upheld is not paid: a new deposit corrects it.

    ImpossibleAct when it was answered already.
    """
    require(actor, "claim.answer", contested)
    with money_held(contested.claim.reference), acting(actor, "", contested.claim, at) as act:
        held = Contest.objects.select_for_update().get(pk=contested.pk)
        if held.answered_at is not None:
            raise ImpossibleAct(_("Cette contestation a déjà sa réponse."), claim=act.claim.reference)
        held.answered_at, held.answered_by, held.upheld = act.at, str(actor), upheld
        held.answer = grounded(text)
        held.save(update_fields=["answered_at", "answered_by", "upheld", "answer"])
        if not held.by_worker:
            _settle(act)
        act.tell("claim.contest_answered", contest=str(held.uuid), upheld=upheld)
        align(act)
    return held


def _settle(act: Act) -> None:
    """The firm's contests of a claim: another one waits, or it is open again, its delay to sign put off meanwhile."""
    contests = list(Contest.objects.filter(claim=act.claim, by_worker=False))
    if any(one.answered_at is None for one in contests):
        act.move(ClaimEvent.ANSWER)
        return
    act.move(ClaimEvent.SETTLE)
    pauses = [Pause(instant_of(one.at), instant_of(one.answered_at), PAUSED) for one in contests if one.answered_at]
    entry = period_named(act.claim.measure, act.claim.period).entry
    act.set(sign_by=due_at(entry.sign_within, act.claim.opened_at, pauses))


def carry(former: Claim, claim: Claim, at: datetime) -> None:
    """Put what employees contest in a claim that is replaced on the lines of the same persons in the one that replaces.

    In the transaction of the caller. What the firm contested is corrected by its new deposit.
    """
    waiting = Contest.objects.filter(claim=former, by_worker=True, answered_at__isnull=True).select_related("line")
    for one in waiting:
        line = Line.objects.filter(
            claim=claim,
            person=one.line.person,
            hired_month=one.line.hired_month,
            period_start=one.line.period_start,
        ).first()
        if line is not None:
            again = Contest(line=line, claim=claim, by_worker=True, by=one.by, reason=one.reason, at=one.at)
            again.answer_by = one.answer_by
            again.save(force_insert=True)
        one.answered_at, one.answered_by, one.answer = at, REPLACED, claim.reference
        one.save(update_fields=["answered_at", "answered_by", "answer"])
