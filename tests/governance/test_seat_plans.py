"""A plan of seats before the Steering Committee: decided with its session, and its figures are those of that day."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from minassa.governance.errors import GovernanceError
from minassa.governance.kinds import Kinds, Proposed
from minassa.governance.models import ItemState
from minassa.governance.public import waiting_seat_plans
from minassa.registry.public import Forbidden
from minassa.talent.seats.catalogue import Wanted
from minassa.training.models import PlanRuling, RulingState, SeatAnswer, SeatPlan
from minassa.training.public import (
    SOLVED,
    TrainingError,
    ask_plan,
    decide_plan,
    digest_of,
    propose_plan,
    withdraw_plan,
)
from tests.governance.world import PREPARED, Members, items_of, make_members

pytestmark = pytest.mark.django_db
CONTENT = {"first_year": 2027, "seats": [{"seats": [30, 40]}], "spent": [900, 1_000], "needs": [[5_000]]}


def _plan(copil: Members, name: str) -> SeatPlan:
    plan = ask_plan(copil.secretary, name, Wanted(9_000, 2, 3_000, 7_000), PREPARED)
    content = {**CONTENT, "unmet": [[1_000]], "envelopes": [["organisme", [30, 40], [800, 900], [70, 80]]]}
    SeatAnswer.objects.create(plan=plan, outcome=SOLVED, content=content, answered_at=PREPARED)
    return SeatPlan.objects.get(pk=plan.pk)


def test_a_plan_is_decided_by_a_committee_in_a_session_and_read_again_with_its_figures() -> None:
    copil = make_members("copil")
    plan, other, third = (_plan(copil, f"Plan EXEMPLE {rank}") for rank in range(3))
    made, refused, back = (
        propose_plan(copil.secretary, one, "Motif EXEMPLE.", PREPARED) for one in (plan, other, third)
    )
    with pytest.raises(TrainingError):
        propose_plan(copil.secretary, plan, "Encore.", PREPARED)
    with pytest.raises(Forbidden):
        decide_plan(copil.chair, made, "", PREPARED, adopted=True)
    with pytest.raises(GovernanceError):
        Kinds.all()["seat_plan"].check(Proposed(str(made.uuid), "reject", {}))
    withdraw_plan(copil.secretary, back, PREPARED)
    assert list(waiting_seat_plans()) == [made, refused]
    shown = Kinds.all()["seat_plan"].examine(copil.chair, Proposed(str(made.uuid), "adopt", {}))
    assert "2027 : 30 · 2028 : 40" in shown.values()
    session = copil.opened(
        ("seat_plan", str(made.uuid), "adopt", {}), ("seat_plan", str(refused.uuid), "reject", {"ground": "Trop cher."})
    )
    for item in items_of(session):
        assert copil.decided(item, **dict.fromkeys(copil.rows, "for")).state == ItemState.ADOPTED
    first, second = PlanRuling.objects.exclude(proposal=back).order_by("pk")
    assert (first.state, second.state) == (RulingState.ADOPTED, RulingState.REJECTED)
    assert first.sitting == f"{session.reference}/1"
    assert made.digest == digest_of(plan)
    again = Kinds.all()["seat_plan"].examine(copil.chair, Proposed(str(made.uuid), "adopt", {}))
    assert again == shown
    assert not waiting_seat_plans().exists()
    with pytest.raises(DatabaseError), transaction.atomic():
        first.delete()
