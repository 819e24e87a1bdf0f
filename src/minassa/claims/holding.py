"""Lines that the automatic checks hold: not paid before a person looked at them; the rest of their claim goes on.

Nothing is refused by it: a held line is cleared with words, or cut by those who decide. A claim that was controlled
as a whole holds nothing any more: those who decide have read what was found.
"""

from __future__ import annotations

from django.db.models import F, QuerySet

from minassa.claims.checks import holding
from minassa.claims.claim_models import Claim, Line
from minassa.delays import instant_of, local_day


def held_lines(claim: Claim) -> QuerySet[Line]:
    """The lines of a claim that ask for money and that their reasons hold back, neither cleared nor cut yet."""
    lines = Line.objects.filter(claim=claim, amount_cents__gt=0, clearance=None, cut=None)
    if claim.controlled_by:
        return lines.none()
    day = local_day(instant_of(claim.opened_at))
    return lines.annotate(holding=F("flags").bitand(holding(day))).filter(holding__gt=0).order_by("pk")
