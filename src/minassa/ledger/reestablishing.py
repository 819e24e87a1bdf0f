"""Credits of a sum that a firm gives back: opened again for the year in which it comes, or lost to the offer.

What comes back is a receipt of the budget. That it opens credits again is no matter of course: a dated rule says so.
What was paid without being ordered had taken no credits: it gives none back.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.utils import timezone

from minassa.ledger.budget_models import EnvelopeChange, Recovery
from minassa.ledger.envelopes import Place, hold_every, opened_again
from minassa.ledger.errors import UnknownParameter
from minassa.ledger.parameters import parameter
from minassa.registry.public import Actor

RULE: Final = "credit_reestablishment"
NEVER, YEAR_OF_RECEIPT = "none", "year_of_receipt"
TOOK_CREDITS: Final = (Recovery.Nature.RECOVERY, Recovery.Nature.IMPUTATION)


def reestablish(actor: Actor, came_back: Mapping[int, int], at: datetime) -> list[EnvelopeChange]:
    """Open credits again for what has come back of recoveries (centimes by key), as the rule of the day says.

    In the transaction in which it comes back, the rows of the recoveries held. UnknownParameter for another rule.
    """
    day = timezone.localdate(at)
    rule = str(parameter(RULE, day).value)
    if rule not in {NEVER, YEAR_OF_RECEIPT}:
        raise UnknownParameter(f"« {rule} » n'est pas une règle de rétablissement des crédits.", code=RULE)
    if rule == NEVER or not came_back:
        return []
    hold_every()
    rows = Recovery.objects.filter(pk__in=came_back, nature__in=TOOK_CREDITS).select_related("entitlement")
    payer = str(parameter("paying_body", day).value)
    made = []
    for one in rows.order_by("pk"):
        place = Place(one.measure, day.year, one.entitlement.body if one.entitlement else payer)
        key = f"reestablished:{one.number}:{one.settled}"
        made.append(opened_again(actor, place, came_back[one.pk], one.number, key, at))
    return made
