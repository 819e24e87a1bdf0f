"""A line that the checks held is looked at by a person, who says why it may be paid."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext as _

from minassa.claims.acting import acting, grounded
from minassa.claims.claim_models import Claim, Clearance
from minassa.claims.errors import UnknownLine
from minassa.claims.holding import held_lines
from minassa.claims.settling import align, money_held
from minassa.registry.public import Actor


def clear(
    actor: Actor, claim: Claim, lines: Collection[int], ground: str, at: datetime, *, expected: int | None = None
) -> Claim:
    """Let held lines (their numbers) be paid, on a ground. UnknownLine when one of them is not held."""
    with money_held(claim.reference), acting(actor, "claim.clear", claim, at, expected) as act:
        held = set(held_lines(act.claim).filter(pk__in=lines).values_list("pk", flat=True))
        if not held or held != set(lines):
            raise UnknownLine(_("Cette ligne n'est pas retenue dans la demande."), claim=act.claim.reference)
        reason = grounded(ground)
        Clearance.objects.bulk_create(
            Clearance(line_id=line, claim=act.claim, by=str(actor), ground=reason, at=act.at) for line in sorted(held)
        )
        act.tell("claim.cleared", lines=len(held))
        align(act)
    return claim
