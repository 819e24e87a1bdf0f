"""What becomes of a signed claim: controlled or not, then decided. Nothing is cut or refused by a score.

A committee decides, in a session that its ruling names. A cut or a refusal needs a ground, and the firm heard before:
it replies, or lets its delay pass.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db.models import Sum
from django.utils.translation import gettext as _

from minassa.claims.acting import Act, acting, grounded
from minassa.claims.claim_models import Claim, CutLine, Line, Ruling
from minassa.claims.errors import NotHeard, SameHand, UnknownLine
from minassa.claims.settling import settle
from minassa.claims.states import ClaimEvent
from minassa.claims.verifying import require_intact
from minassa.delays.moments import due_at
from minassa.registry.public import Actor


def pass_on(actor: Actor, claim: Claim, at: datetime, *, expected: int | None = None) -> Claim:
    """Send a signed claim that no draw took to those who decide."""
    with acting(actor, "claim.pass", claim, at, expected) as act:
        act.move(ClaimEvent.PASS)
        act.tell("claim.passed")
    return claim


def conclude(actor: Actor, claim: Claim, findings: str, at: datetime, *, expected: int | None = None) -> Claim:
    """End the control of a claim with what was found."""
    with acting(actor, "claim.control", claim, at, expected) as act:
        act.move(ClaimEvent.CONCLUDE)
        act.set(controlled_by=str(actor))
        _rule(act, ClaimEvent.CONCLUDE, grounded(findings), act.claim.total_cents)
    return claim


def propose(actor: Actor, claim: Claim, ground: str, at: datetime, *, expected: int | None = None) -> Claim:
    """Propose to cut or refuse a claim: its firm has a delay to be heard before anything is decided."""
    with acting(actor, "claim.propose", claim, at, expected) as act:
        act.move(ClaimEvent.PROPOSE)
        act.set(proposed_by=str(actor), hearing_until=due_at("claim_hearing", act.at), heard=False)
        _rule(act, ClaimEvent.PROPOSE, grounded(ground), act.claim.total_cents)
    return claim


def reply(actor: Actor, claim: Claim, text: str, at: datetime, *, expected: int | None = None) -> Claim:
    """Answer, in the name of the firm, the ground on which a cut or a refusal is proposed."""
    with acting(actor, "claim.reply", claim, at, expected) as act:
        act.move(ClaimEvent.REPLY)
        act.set(heard=True)
        _rule(act, ClaimEvent.REPLY, grounded(text), act.claim.total_cents)
    return claim


def accept(actor: Actor, claim: Claim, at: datetime, *, expected: int | None = None) -> Claim:
    """Accept a claim whole: `accepted_cents` is its total, below zero when it gives back."""
    with _deciding(actor, claim, at, expected) as act:
        act.move(ClaimEvent.ACCEPT)
        _decided(act, ClaimEvent.ACCEPT, "", granted(ClaimEvent.ACCEPT, act.claim.total_cents))
    return claim


def cut(
    actor: Actor, claim: Claim, lines: Collection[int], ground: str, at: datetime, *, expected: int | None = None
) -> Claim:
    """Accept a claim without some of its lines (their numbers), on a ground. NotHeard, UnknownLine."""
    with _deciding(actor, claim, at, expected) as act:
        act.move(ClaimEvent.CUT)
        _require_heard(act)
        left_out = Line.objects.filter(claim=act.claim, pk__in=lines)
        numbers = list(left_out.values_list("pk", flat=True))
        if not numbers or len(numbers) != len(set(lines)):
            raise UnknownLine(_("Cette ligne n'est pas dans la demande."), claim=act.claim.reference)
        removed = int(left_out.aggregate(sum=Sum("amount_cents"))["sum"] or 0)
        given = granted(ClaimEvent.CUT, act.claim.total_cents, removed)
        ruling = _decided(act, ClaimEvent.CUT, grounded(ground), given)
        CutLine.objects.bulk_create(CutLine(ruling=ruling, line_id=number) for number in numbers)
    return claim


def refuse(actor: Actor, claim: Claim, ground: str, at: datetime, *, expected: int | None = None) -> Claim:
    """Refuse a claim, on a ground. NotHeard."""
    with _deciding(actor, claim, at, expected) as act:
        act.move(ClaimEvent.REFUSE)
        _require_heard(act)
        _decided(act, ClaimEvent.REFUSE, grounded(ground), granted(ClaimEvent.REFUSE, act.claim.total_cents))
    return claim


def granted(event: str, total: int, removed: int = 0) -> int:
    """What a decision grants of a claim's total, in centimes, when the lines that it leaves out ask for `removed`."""
    if event == ClaimEvent.REFUSE:
        return min(0, total)
    return total - max(0, removed) if event == ClaimEvent.CUT else total


def suspend(actor: Actor, claim: Claim, ground: str, at: datetime, *, expected: int | None = None) -> Claim:
    """Put off the decision of a claim, on a ground."""
    with acting(actor, "claim.decide", claim, at, expected) as act:
        act.move(ClaimEvent.SUSPEND)
        _rule(act, ClaimEvent.SUSPEND, grounded(ground), act.claim.total_cents)
    return claim


def resume(actor: Actor, claim: Claim, ground: str, at: datetime, *, expected: int | None = None) -> Claim:
    """Take up the decision of a suspended claim again, on a ground."""
    with acting(actor, "claim.decide", claim, at, expected) as act:
        act.move(ClaimEvent.RESUME)
        _rule(act, ClaimEvent.RESUME, grounded(ground), act.claim.total_cents)
    return claim


def lapse(act: Act) -> None:
    """The firm let its delay to reply pass: it counts as heard."""
    act.move(ClaimEvent.LAPSE)
    act.set(heard=True)
    act.tell("claim.reply_lapsed")


@contextmanager
def _deciding(actor: Actor, claim: Claim, at: datetime, expected: int | None) -> Iterator[Act]:
    """An act of deciding: by other hands than those that controlled or proposed, on content as it was frozen."""
    with acting(actor, "claim.decide", claim, at, expected) as act:
        if actor.hands & {act.claim.controlled_by, act.claim.proposed_by}:
            raise SameHand(_("Celui qui a contrôlé ou proposé ne décide pas."), claim=act.claim.reference)
        require_intact(act.claim)
        yield act
        settle(act)


def _require_heard(act: Act) -> None:
    if not act.claim.heard:
        raise NotHeard(
            _("L'entreprise doit d'abord être entendue, ou avoir laissé passer son délai."), claim=act.claim.reference
        )


def _decided(act: Act, event: ClaimEvent, ground: str, cents: int) -> Ruling:
    act.set(decided_at=act.at, accepted_cents=cents)
    return _rule(act, event, ground, cents)


def _rule(act: Act, event: ClaimEvent, ground: str, cents: int) -> Ruling:
    """Write what was said or decided; the ground stands in its row, the journal has the rest."""
    act.tell(f"claim.{event}", cents=cents)
    return Ruling.objects.create(claim=act.claim, event=event, by=str(act.actor), ground=ground, cents=cents, at=act.at)
