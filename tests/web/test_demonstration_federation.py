"""What a demonstration tells of commissions and ventures is made once, through the doors people use."""

from __future__ import annotations

import pytest
from django.utils import timezone

from minassa.commissions.demonstration import give_commissions
from minassa.commissions.models import Action, Sitting
from minassa.registry.demonstration import accounts
from minassa.ventures.demonstration import give_ventures
from minassa.ventures.models import Venture
from minassa.ventures.public import counted, public_ventures


@pytest.mark.django_db
def test_the_demonstration_shows_a_commission_at_work_and_a_few_ventures() -> None:
    accounts()
    for _again in range(2):
        give_commissions(timezone.now())
        give_ventures(timezone.now())
    assert sorted(Sitting.objects.values_list("state", flat=True)) == ["approved", "planned"]
    assert sorted(Action.objects.values_list("state", flat=True)) == ["doing", "todo"]
    assert Venture.objects.filter(synthetic=True).count() == Venture.objects.count() == 4
    assert (counted().count(), public_ventures().count()) == (2, 2)
