"""Conventions of a firm in every state that pages show, measured on the nation of the tests of claims. All invented."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count

from minassa.claims.public import all_runs
from minassa.conventions.models import (
    Advance,
    Amendment,
    Convention,
    Hearing,
    HearingReason,
)
from minassa.conventions.public import (
    Change,
    Deed,
    MilestoneTerms,
    adopt_amendment,
    amend,
    declare,
    draft,
    enter,
    grant_advance,
    measure,
    propose,
    propose_advance,
    sign,
)
from minassa.offer.loading import load_offer
from minassa.registry.models import Enterprise
from minassa.registry.public import Actor, committee_actor
from tests.conventions.world import target, terms

STARTS = date(2025, 7, 1)
DUE = date(2027, 6, 30)
MILESTONES = (
    MilestoneTerms(number=1, month=3, share_basis_points=3_000),
    MilestoneTerms(number=2, month=9, share_basis_points=2_000),
)
_KEY = count(1)


@dataclass(frozen=True)
class Conventions:
    """A convention of a firm in each state, an amendment to agree to, an advance to decide, a recovery to answer."""

    draft: Convention
    proposed: Convention
    signed: Convention
    in_force: Convention
    amendment: Amendment
    advance: Advance
    granted: Advance
    hearing: Hearing


def make_conventions(
    enterprise: Enterprise, secretary: Actor, signer: Actor, payer: Actor, at: datetime
) -> Conventions:
    """Everything; the firm must be one of the nation, settled already."""
    written = terms(firm_name=enterprise.name, milestones=MILESTONES)
    drafted = draft(secretary, enterprise, written, at)
    proposed = propose(secretary, draft(secretary, enterprise, written, at), at)
    signed = sign(signer, propose(secretary, draft(secretary, enterprise, written, at), at), at)
    held = sign(signer, propose(secretary, draft(secretary, enterprise, written, at), at), at)
    enter(committee_actor("CTO-2026-0001/1", []), held, at)
    _followed(held, signer, at)
    adopted = amend(signer, held, target(15, at.date(), number=1), "Recrutement plus rapide que prévu (exemple).", at)
    adopt_amendment(committee_actor("CTO-2026-0002/1", []), adopted, "", at)
    later = Change("change_due", at.date() + timedelta(30), 2, {"due_on": "2028-06-30"})  # type: ignore[arg-type]
    waits = amend(secretary, held, later, "Livraison des locaux retardée (exemple).", at)
    granted, advance = _advances(held, secretary, payer, at)
    return Conventions(drafted, proposed, signed, held, waits, advance, granted, _heard(granted, secretary, at))


def _followed(held: Convention, signer: Actor, at: datetime) -> None:
    day, digest = date(2026, 3, 31), f"{next(_KEY):064x}"
    declare(signer, held, Deed(4, 4_000_000_00, day, "Procès-verbal EXEMPLE", digest), at)
    measure(held, all_runs()[-1], load_offer(), at)


def _advances(held: Convention, secretary: Actor, payer: Actor, at: datetime) -> tuple[Advance, Advance]:
    made = [propose_advance(secretary, held, number, all_runs()[-1], load_offer(), at) for number in (1, 2)]
    assert made[0] is not None
    assert made[1] is not None
    return grant_advance(payer, made[0], at), made[1]


def _heard(granted: Advance, secretary: Actor, at: datetime) -> Hearing:
    """A recovery proposed on a line, as if its recruit had left in the fourteenth month."""
    line = granted.lines.order_by("pk")[0]
    return Hearing.objects.create(
        line=line,
        convention=granted.convention,
        reason=HearingReason.LEFT,
        months_kept=14,
        months_required=18,
        base=line.amount,
        amount=line.amount * 4 // 18,
        run=granted.run,
        opened_by=str(secretary),
        opened_at=at,
        reply_until=at + timedelta(15),
    )
