"""Lines that the automatic checks hold: not paid before a person looked at them; the rest of their claim goes on.

Nothing is refused by it: a held line is cleared with words, or cut by those who decide. A claim that was controlled
as a whole holds nothing any more: those who decide have read what was found.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from minassa.claims.acting import acting, grounded
from minassa.claims.checks import holding
from minassa.claims.claim_models import Claim, Clearance, Line
from minassa.claims.errors import UnknownLine
from minassa.delays import instant_of, local_day
from minassa.registry.public import Actor


def held_lines(claim: Claim) -> QuerySet[Line]:
    """The lines of a claim that ask for money and that their reasons hold back, neither cleared nor cut yet."""
    lines = Line.objects.filter(claim=claim, amount_cents__gt=0, clearance=None, cut=None)
    if claim.controlled_by:
        return lines.none()
    day = local_day(instant_of(claim.opened_at))
    return lines.annotate(holding=F("flags").bitand(holding(day))).filter(holding__gt=0).order_by("pk")


def clear(
    actor: Actor, claim: Claim, lines: Collection[int], ground: str, at: datetime, *, expected: int | None = None
) -> Claim:
    """Let held lines (their numbers) be paid, on a ground. UnknownLine when one of them is not held."""
    with acting(actor, "claim.clear", claim, at, expected) as act:
        held = set(held_lines(act.claim).filter(pk__in=lines).values_list("pk", flat=True))
        if not held or held != set(lines):
            raise UnknownLine(_("Cette ligne n'est pas retenue dans la demande."), claim=act.claim.reference)
        reason = grounded(ground)
        Clearance.objects.bulk_create(
            Clearance(line_id=line, claim=act.claim, by=str(actor), ground=reason, at=act.at) for line in sorted(held)
        )
        act.tell("claim.cleared", lines=len(held))
    return claim
