"""A list of occupations in shortage that holds, and a visa granted under it with an open alert. All invented."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from minassa.onestop.models import Case
from minassa.onestop.tracks import ACCEPTED
from minassa.registry.public import Actor
from minassa.visas.listing import adopt_list, propose_list
from minassa.visas.models import Alert, Visa
from minassa.visas.track import OCCUPATION, enter, leave, region_of
from tests.visas.world import COMMITTEE, LISTED, computed


def make_visa(secretary: Actor, case: Case, now: datetime) -> Visa:
    """The case taken by the fast track and granted; its answers are left as they are."""
    region = region_of(case.place)
    adopt_list(
        COMMITTEE, propose_list(secretary, computed((LISTED, region)), now.date(), "Motif EXEMPLE.", now), "", now
    )
    propose_list(secretary, computed((LISTED, region), ("2511", region)), now.date(), "Motif EXEMPLE.", now)
    told = Case(pk=case.pk, place=case.place, enterprise_id=case.enterprise_id, answers={OCCUPATION: LISTED})
    with transaction.atomic():
        assert enter(told, secretary, now).taken
        leave(told, ACCEPTED, secretary, now)
    made = Visa.objects.get(case=case)
    Alert.objects.create(visa=made, kind="untold", opened_at=now)
    return made
