"""The small world of the one-stop shop, with money in it."""

from __future__ import annotations

import pytest
from django.utils import timezone

from minassa.registry.models import Enterprise
from tests.onestop.conftest import world  # noqa: F401
from tests.onestop.world import World
from tests.web.money_world import Money, make_money


@pytest.fixture
def money(world: World) -> Money:  # noqa: F811
    """Money of both firms of the world; the first is the one whose people sign."""
    assert world.enterprise.pk
    return make_money(list(Enterprise.objects.order_by("pk")), timezone.now())
