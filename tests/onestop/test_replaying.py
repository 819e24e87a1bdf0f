from __future__ import annotations

import uuid
from datetime import datetime, timedelta

import pytest

from minassa.journal.public import Entry
from minassa.onestop.case_models import Case
from minassa.onestop.errors import CaseError
from minassa.onestop.exchange_models import OutboxMessage
from minassa.onestop.outbox import delivered, take
from minassa.onestop.public import replay
from minassa.onestop.receiving import receive
from minassa.registry.models import Body
from minassa.registry.public import Actor, Forbidden, body_actor
from tests.onestop.test_exchanges import answer
from tests.onestop.world import DAY, NOW, World, appointed, submitted, task_of

pytestmark = pytest.mark.django_db
SYSTEM = body_actor("cnss", ["tasks:read"])


def owed(case: Case, kind: str, destination: str = "cnss") -> OutboxMessage:
    return OutboxMessage.objects.create(
        case=case, destination=destination, kind=kind, body={}, created_at=NOW, due_at=NOW
    )


def deliver_all(at: datetime) -> list[uuid.UUID]:
    found = []
    while batch := take("cnss", at):
        found += [one.message_id for one in batch]
        delivered(batch, at)
    return found


def test_what_was_delivered_since_an_instant_leaves_again_in_order_under_the_same_numbers(world: World) -> None:
    case = submitted(world)
    first = deliver_all(NOW)
    kept = OutboxMessage.objects.filter(destination="dgi").count()
    owed(case, "later.1")
    owed(case, "later.2")
    then = deliver_all(NOW + DAY)
    assert replay(SYSTEM, "cnss", NOW + 2 * DAY, since=NOW + timedelta(hours=1)) == 2
    assert deliver_all(NOW + 3 * DAY) == then
    assert replay(SYSTEM, "cnss", NOW + 4 * DAY, since=NOW) == 3
    assert deliver_all(NOW + 5 * DAY) == first + then
    assert OutboxMessage.objects.filter(destination="dgi", attempts=0).count() == kept
    told = Entry.objects.filter(kind="messages.replayed").order_by("number")
    assert [(one.actor, one.body["count"]) for one in told] == [("body:cnss", 2), ("body:cnss", 3)]


def test_a_message_that_was_kept_says_after_which_one_the_others_are_sent_again(world: World) -> None:
    case = submitted(world)
    [first] = deliver_all(NOW)
    owed(case, "later")
    [second] = deliver_all(NOW + DAY)
    assert replay(SYSTEM, "cnss", NOW + 2 * DAY, after=first) == 1
    assert deliver_all(NOW + 3 * DAY) == [second]
    with pytest.raises(CaseError):
        replay(SYSTEM, "cnss", NOW, after=owed(case, "other", "dgi").message_id)
    with pytest.raises(CaseError):
        replay(SYSTEM, "cnss", NOW)
    with pytest.raises(CaseError):
        replay(SYSTEM, "cnss", NOW, since=NOW, after=first)


def test_what_is_on_its_way_meanwhile_is_sent_again_behind_what_comes_before_it(world: World) -> None:
    case = submitted(world)
    [first] = deliver_all(NOW)
    owed(case, "later")
    [going] = take("cnss", NOW + DAY)
    replay(SYSTEM, "cnss", NOW + DAY, since=NOW)
    assert delivered([going], NOW + DAY) == 0
    assert deliver_all(NOW + 2 * DAY) == [first, going.message_id]


def test_an_agency_that_answers_again_what_it_was_told_again_has_one_effect(world: World) -> None:
    case = submitted(world)
    deliver_all(NOW)
    assert receive("cnss", "m1", "d1", answer(case), NOW + DAY).accepted
    replay(SYSTEM, "cnss", NOW + 2 * DAY, since=NOW)
    deliver_all(NOW + 2 * DAY)
    assert receive("cnss", "m1", "d1", answer(case), NOW + 3 * DAY).again
    assert not receive("cnss", "m2", "d2", answer(case), NOW + 3 * DAY).accepted
    assert Entry.objects.filter(kind="task.answered").count() == 1
    assert task_of(case, "cnss").answered_at == NOW + DAY


def test_only_the_body_itself_or_an_administrator_asks_for_its_messages_again(world: World) -> None:
    submitted(world)
    deliver_all(NOW)
    refused: list[Actor] = [world.officers["cnss"], world.supervisors["dgi"], body_actor("cri", ["tasks:read"])]
    for actor in refused:
        with pytest.raises(Forbidden):
            replay(actor, "cnss", NOW, since=NOW)
    administrator = appointed("admin", Body.objects.get(code="minassa"), "administrator")
    assert replay(administrator, "cnss", NOW, since=NOW) == 1
    assert replay(world.supervisors["cnss"], "cnss", NOW, since=NOW) == 0
