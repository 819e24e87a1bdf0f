"""A first version and a proposal under discussion, so that the pages of a demonstration have something to show."""

from __future__ import annotations

from datetime import datetime

from minassa.delays import instant_of, local_day
from minassa.registry.models import Account
from minassa.registry.public import Actor, actor_of
from minassa.skills.models import Version
from minassa.skills.proposing import decide, propose, remark
from minassa.skills.versions import publish, reference_in_force
from minassa.talent.reference.entries import LOWEST

CODE = "MO-4222-01"
"""The occupation that the example bears on: its level is put one lower, or one higher at the lowest."""


def propose_examples(at: datetime) -> str:
    """Publish what is shipped as version 1, and argue an example; once. A step of `demonstrate`, after the accounts."""
    if not Version.objects.exists():
        publish(_holder("secretariat"), local_day(instant_of(at)), at)
        level = reference_in_force().occupations[CODE].cnc
        values = {"cnc": level - 1 if level > LOWEST else level + 1}
        made = propose(_holder("analyste"), CODE, values, "Exemple inventé pour la démonstration.", at)
        remark(_holder("formation"), made, "Exemple : sur quelle enquête cela repose-t-il ?", at)
        decide(_holder("apebi"), made, "Exemple : voix inventée.", at, favour=True)
    return "Référentiel : version 1, une proposition inventée en discussion"  # not shown


def _holder(name: str) -> Actor:
    return actor_of(Account.objects.get(email=f"{name}@minassa.example"))
