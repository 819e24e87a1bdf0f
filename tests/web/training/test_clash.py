"""A plan that cannot be is mended on its own page: what is fixed by hand is there, to be changed or let free."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from minassa.nation.cohorts import SHEET, make_cohorts, written
from minassa.registry.models import Body, Role
from minassa.talent.seats.catalogue import Wanted
from minassa.training.models import Content, SeatPlan
from minassa.training.public import CLASH, answer_next, ask_plan, edit_plan, take
from minassa.vocabulary.periods import month_index
from tests.onestop.world import appointed, make_world
from tests.web.cases.people import client_of

pytestmark = pytest.mark.django_db
AT = datetime(2026, 12, 1, 12, tzinfo=UTC)
WANTED = Wanted(budget_year=9_000_000_000, years=2, stability=3_000, floor=7_000)
TOO_MANY = 90_000


def test_what_clashes_is_changed_where_it_is_told() -> None:
    make_world()
    analyst = appointed("analyste", Body.objects.get(code="minassa"), Role.ANALYST)
    trainer = appointed("formation", Body.objects.get(code="minassa"), Role.TRAINING)
    take(trainer, Content.COHORTS, SHEET, written(make_cohorts(1, 2026, 1, month_index(2026, 12))), AT)
    plan = edit_plan(analyst, ask_plan(analyst, "Plan EXEMPLE", WANTED, AT), ("donnees", 6, 2027, TOO_MANY), AT)
    while answer_next(AT):
        pass
    assert SeatPlan.objects.get(pk=plan.pk).answer.outcome == CLASH
    client = client_of("analyste")
    page = client.get(reverse("seat-plan", args=[plan.uuid])).content.decode()
    assert f'value="{TOO_MANY}"' in page
    assert 'value="donnees|6|2027"' in page
    sent = client.post(reverse("seat-plan-edit", args=[plan.uuid]), {"place": "donnees|6|2027", "seats": "30"})
    after = SeatPlan.objects.get(follows=plan)
    assert sent.headers["Location"] == reverse("seat-plan", args=[after.uuid])
    assert [one[3] for one in after.settings["edits"]] == [30]
