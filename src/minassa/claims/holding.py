"""What the automatic checks hold: not paid before a person looked at it; the rest of its claim goes on.

Where the checks know how much of a line is in doubt, that part alone waits.
Nothing is refused by it: a held line is cleared with words, or cut by those who decide. A claim that was controlled
as a whole holds nothing any more: those who decide have read what was found.
"""

from __future__ import annotations

from typing import Final

from django.db.models import F, QuerySet

from minassa.claims.checks import bit_of, holding
from minassa.claims.claim_models import Claim, Line
from minassa.claims.weights import thresholds
from minassa.delays import instant_of, local_day

_PART: Final = ("pk", "doubtful_cents", "amount_cents")


def holding_reasons(line: Line) -> tuple[str, ...]:
    """The kinds of the reasons that hold a line, or its excess, until someone looks at it."""
    held = thresholds(local_day(instant_of(line.claim.opened_at))).holds
    return tuple(kind for kind in held if line.flags & bit_of(kind))


def held_lines(claim: Claim) -> QuerySet[Line]:
    """The lines of a claim of which something is held back, neither cleared nor cut yet."""
    lines = Line.objects.filter(claim=claim, amount_cents__gt=0, clearance=None, cut=None)
    if claim.controlled_by:
        return lines.none()
    day = local_day(instant_of(claim.opened_at))
    waits = lines.exclude(doubtful_cents=0).annotate(holding=F("flags").bitand(holding(day)))
    return waits.filter(holding__gt=0).order_by("pk")


def held_parts(claim: Claim) -> dict[int, int]:
    """What is held back of each of these lines, by its number: the part in doubt where it is known, in centimes."""
    return {pk: amount if part is None else part for pk, part, amount in held_lines(claim).values_list(*_PART)}
