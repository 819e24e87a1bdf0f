from __future__ import annotations

import pytest

from minassa.governance.demonstration import seat_holders
from minassa.governance.models import Interest, Membership
from minassa.governance.public import seats
from minassa.registry.demonstration import accounts
from tests.governance.world import SITTING

pytestmark = pytest.mark.django_db


def test_each_seat_has_its_invented_holder_and_nothing_is_made_twice() -> None:
    accounts("un mot de passe de démonstration")
    for _again in range(2):
        seat_holders(SITTING)
        for committee in ("cto", "copil"):
            held = set(Membership.objects.filter(committee=committee, titular=True).values_list("seat", flat=True))
            assert held == {seat.code for seat in seats(committee, SITTING.date())}
    assert (Membership.objects.count(), Interest.objects.count()) == (15, 1)
    assert all("FICTI" in member.name for member in Membership.objects.all())
