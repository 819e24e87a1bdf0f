"""Amendments: typed changes, proposed by one side, agreed to by the firm, decided by a committee. Nothing is edited."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Max, Q, QuerySet
from django.utils.translation import gettext as _

from minassa.conventions.acting import Act, acting, grounded
from minassa.conventions.changes import FIELDS, ON_COMMITMENT, ONE_SIDED, Values, applied, replaced, wanted
from minassa.conventions.convention_models import (
    Amendment,
    AmendmentKind,
    AmendmentState,
    Convention,
    ConventionState,
    Side,
)
from minassa.conventions.errors import ImpossibleAct, NothingToChange, NotSigned, SameHand, TermsRefused
from minassa.conventions.reading import Snapshot, current, require_intact
from minassa.conventions.states import convention_after, event_of
from minassa.conventions.terms import terms_of
from minassa.conventions.writing import write_next
from minassa.delays import instant_of, local_day
from minassa.proof import canonical_bytes
from minassa.registry.models import Power
from minassa.registry.public import Actor

LONGEST_GROUND = 2_000


@dataclass(frozen=True, slots=True)
class Change:
    """An amendment to be: its kind, the day it holds from, the commitment it bears on (0: none), the new values."""

    kind: AmendmentKind
    effective_on: date
    commitment: int = 0
    values: Values = field(default_factory=dict)


def amend(
    actor: Actor, convention: Convention, change: Change, ground: str, at: datetime, *, expected: int | None = None
) -> Amendment:
    """Propose an amendment. ImpossibleAct, TermsRefused, NothingToChange, UnknownCommitment.

    A signatory of the firm who proposes it has agreed to it. What it would replace is frozen with it.
    """
    with acting(actor, "amendment.propose", convention, at, expected) as act:
        convention_after(act.convention.state, event_of(change.kind))
        now = current(act.convention)
        before, after = _sides(now, change)
        made = _frozen(act, change, before, after, grounded(ground, LONGEST_GROUND))
        body = {"amendment": made.number, "amendment_kind": str(made.kind), "digest": made.digest}
        act.tell("amendment.proposed", **body, side=str(made.side))
    return made


def _sides(now: Snapshot, change: Change) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the change replaces and what it puts there, tried on the terms as they are."""
    commitment = change.commitment if change.kind in ON_COMMITMENT else 0
    before, after = replaced(now, change.kind, commitment), wanted(now, change.kind, change.values)
    if change.kind is AmendmentKind.CHANGE_PARTY:
        after = {**before, **after}
    following = applied(now, change.kind, commitment, before, after)
    if (following.terms, following.state) == (now.terms, now.state):
        raise NothingToChange(_("Cet avenant ne changerait rien."))
    return before, after


def _frozen(act: Act, change: Change, before: Values, after: Values, ground: str) -> Amendment:
    convention, actor = act.convention, act.actor
    firm = actor.may_act_for(convention.enterprise_id, Power.SIGN)
    today = local_day(instant_of(act.at))
    last = convention.amendments.aggregate(last=Max("number"))["last"] or 0
    made = Amendment(
        convention=convention,
        number=last + 1,
        kind=change.kind,
        commitment=change.commitment if change.kind in ON_COMMITMENT else 0,
        before=before,
        after=after,
        effective_on=today if change.kind in ONE_SIDED else change.effective_on,
        ground=ground,
        proposed_by=str(actor),
        proposed_at=act.at,
        side=Side.FIRM if firm else Side.STATE,
        agreed_by=str(actor) if firm else "",
        agreed_at=act.at if firm else None,
    )
    made.digest = amendment_digest(made)
    made.save(force_insert=True)
    return made


def content_of(amendment: Amendment) -> dict[str, Any]:
    """An amendment as it is put to those who decide, as plain data; what its digest covers."""
    return {
        "convention": amendment.convention.reference,
        "number": amendment.number,
        "kind": str(amendment.kind),
        "commitment": amendment.commitment,
        "before": dict(amendment.before),
        "after": dict(amendment.after),
        "effective_on": amendment.effective_on.isoformat(),
        "ground": amendment.ground,
        "side": str(amendment.side),
        "proposed_by": amendment.proposed_by,
    }


def amendment_digest(amendment: Amendment) -> str:
    """SHA-256 in hexadecimal of an amendment."""
    return hashlib.sha256(canonical_bytes(content_of(amendment))).hexdigest()


def agree(actor: Actor, amendment: Amendment, at: datetime) -> Amendment:
    """Agree to an amendment in the name of the firm."""
    with _on(actor, "amendment.agree", amendment, at) as (act, held):
        if held.agreed_by:
            raise ImpossibleAct(_("L'entreprise a déjà accepté cet avenant."))
        held.agreed_by, held.agreed_at = str(actor), act.at
        held.save(update_fields=["agreed_by", "agreed_at"])
        act.tell("amendment.agreed", amendment=held.number, digest=held.digest)
    amendment.refresh_from_db()
    return amendment


def withdraw(actor: Actor, amendment: Amendment, at: datetime) -> Amendment:
    """Withdraw an amendment that nobody decided yet: the side that proposed it may."""
    with _on(actor, "amendment.withdraw", amendment, at) as (act, held):
        _decided(act, held, AmendmentState.WITHDRAWN, "")
    amendment.refresh_from_db()
    return amendment


def reject_amendment(actor: Actor, amendment: Amendment, ground: str, at: datetime) -> Amendment:
    """Reject an amendment, on a ground. SameHand for who proposed it."""
    with _deciding(actor, amendment, at) as (act, held):
        _decided(act, held, AmendmentState.REJECTED, grounded(ground))
    amendment.refresh_from_db()
    return amendment


def adopt_amendment(actor: Actor, amendment: Amendment, ground: str, at: datetime) -> Amendment:
    """Adopt an amendment: a revision of the terms is written, from its day on.

    SameHand for who proposed it, NotSigned when it binds the firm and the firm has not agreed, StaleAmendment when what
    it replaces is no longer what holds, Tampered, TermsRefused.
    """
    with _deciding(actor, amendment, at) as (act, held):
        if held.kind not in ONE_SIDED and not held.agreed_by:
            raise NotSigned(_("L'entreprise n'a pas accepté cet avenant."))
        require_intact(act.convention)
        before, kind = current(act.convention), AmendmentKind(held.kind)
        after = applied(before, kind, held.commitment, held.before, held.after)
        act.move(event_of(kind))
        write_next(act, after, before.terms, _holds_from(act, held))
        held.revision = after.revision
        # What was measured against the former terms is measured again, from the run already known.
        act.set(measured_run="")
        _decided(act, held, AmendmentState.ADOPTED, ground.strip()[:300])
    amendment.refresh_from_db()
    return amendment


def _holds_from(act: Act, held: Amendment) -> date:
    """The day that the revision holds from: that of the amendment; of the decision for what moves the convention."""
    last = act.convention.revisions.order_by("-number").values_list("effective_on", flat=True)[0]
    if held.kind in ONE_SIDED:
        return max(last, local_day(instant_of(act.at)))
    if held.effective_on < last:
        raise TermsRefused(_("Cet avenant vaudrait avant le précédent : proposez-en un autre, à une date qui le suit."))
    return held.effective_on


@contextmanager
def _on(actor: Actor, name: str, amendment: Amendment, at: datetime) -> Iterator[tuple[Act, Amendment]]:
    """An act on an amendment that nobody decided yet, under the lock of its convention."""
    with acting(actor, "", amendment.convention, at) as act:
        held = Amendment.objects.select_related("convention").get(pk=amendment.pk)
        act.allow(name, held if name == "amendment.withdraw" else act.convention)
        if held.state != AmendmentState.PROPOSED:
            raise ImpossibleAct(
                _("Cet avenant est « %(state)s » : il n'attend plus rien.") % {"state": held.get_state_display()}
            )
        yield act, held


@contextmanager
def _deciding(actor: Actor, amendment: Amendment, at: datetime) -> Iterator[tuple[Act, Amendment]]:
    with _on(actor, "amendment.decide", amendment, at) as (act, held):
        if held.proposed_by in actor.hands:
            raise SameHand(_("Celui qui a proposé l'avenant n'en décide pas."))
        yield act, held


def _decided(act: Act, held: Amendment, state: AmendmentState, ground: str) -> None:
    held.state, held.decided_by, held.decided_at, held.decision = state, str(act.actor), act.at, ground
    held.save(update_fields=["state", "decided_by", "decided_at", "decision", "revision"])
    act.tell(f"amendment.{state}", amendment=held.number, digest=held.digest)


def replayed(convention: Convention) -> Snapshot:
    """The convention made again from what was signed and each amendment adopted, in order: what must be in effect."""
    first = convention.revisions.get(number=0)
    now = Snapshot(0, terms_of(convention.draft), ConventionState(first.state))
    for one in convention.amendments.filter(state=AmendmentState.ADOPTED).order_by("revision"):
        now = applied(now, AmendmentKind(one.kind), one.commitment, one.before, one.after)
    return now


def amendments_to_decide() -> QuerySet[Amendment]:
    """Amendments that wait for a committee: the firm has agreed, or need not."""
    ready = Q(kind__in=ONE_SIDED) | ~Q(agreed_by="")
    rows = Amendment.objects.filter(ready, state=AmendmentState.PROPOSED)
    return rows.select_related("convention__enterprise").order_by("proposed_at", "pk")


def changed_fields(amendment: Amendment) -> tuple[str, ...]:
    """The fields that an amendment bears on, in the order in which they are shown."""
    return FIELDS[AmendmentKind(amendment.kind)] or ("state",)
