from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from minassa.journal.public import Entry, verify
from minassa.onestop.delivery import deliver, line_to
from minassa.onestop.errors import MessageConflict, SignatureRefused
from minassa.onestop.exchange_models import ApiClient, OutboxMessage, Timer
from minassa.onestop.models import Case, CaseState, TaskState
from minassa.onestop.outbox import (
    BATCH,
    LEASE,
    LONGEST_OUTAGE,
    MOST_ATTEMPTS,
    OUTAGE_WAIT,
    dead_letters,
    delivered,
    destinations,
    failed,
    resend,
    take,
)
from minassa.onestop.receiving import receive, receive_signed
from minassa.onestop.timers import cancel_moot, escalate_due, fire_next
from minassa.onestop.webhooks import check, headers
from minassa.registry.models import Body
from tests.onestop.world import AGENCIES, DAY, NOW, World, appointed, submitted, task_of

pytestmark = pytest.mark.django_db
SECRET = "secret-of-the-test"


class Agency(ThreadingHTTPServer):
    """An agency that remembers what it got and answers what it is told to."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.status = 204

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/events"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Agency

    def do_POST(self) -> None:
        content = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append((dict(self.headers), content))
        self.send_response(self.server.status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_given: object) -> None:
        pass


@pytest.fixture
def agency(world: World) -> Iterator[Agency]:  # noqa: ARG001
    server = Agency()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    body = Body.objects.get(code="cnss")
    body.endpoint = server.address
    body.save()
    ApiClient.objects.create(client_id="cnss", secret_digest="x", signing_secret=SECRET, body=body)
    yield server
    server.shutdown()
    server.server_close()


def answer(case: Case, step: str = "cnss", **more: object) -> dict[str, object]:
    return {"type": "task.answered", "case": str(case.uuid), "step": step, "round": 1, "favourable": True, **more}


def test_a_message_is_signed_enveloped_and_recorded(world: World, agency: Agency) -> None:
    submitted(world)
    line = line_to("cnss")
    assert line is not None
    assert deliver("cnss", line) == (1, 0)
    line.close()
    given, content = agency.got[0]
    event = json.loads(content)
    number = check([SECRET], given, content, OutboxMessage.objects.get(destination="cnss").delivered_at)  # type: ignore[arg-type]
    assert event["id"] == number
    assert (event["specversion"], event["type"]) == ("1.0", "ma.minassa.task.opened.v1")
    assert "export_share" not in event["data"]["answers"]
    assert deliver("cnss", line) == (0, 0)


def test_a_refused_message_is_tried_later_under_the_same_number_then_dies_and_is_sent_again(
    world: World, agency: Agency
) -> None:
    submitted(world)
    agency.status = 500
    at = NOW
    numbers = set()
    for _attempt in range(MOST_ATTEMPTS):
        at += timedelta(hours=1)
        [message] = take("cnss", at)
        numbers.add(message.message_id)
        assert failed(message, "HTTP 500", at)
    assert take("cnss", at + DAY) == []
    assert [dead.message_id for dead in dead_letters("cnss")] == list(numbers)
    resend(world.supervisors["cnss"], numbers.pop(), at + DAY)
    assert len(take("cnss", at + DAY)) == 1


def test_messages_of_a_case_leave_in_order_and_a_failed_one_holds_back_the_next(world: World) -> None:
    case = submitted(world)
    for rank in range(2):
        OutboxMessage.objects.create(
            case=case, destination="cnss", kind=f"later.{rank}", body={}, created_at=NOW, due_at=NOW
        )
    [first] = take("cnss", NOW)
    assert first.kind == "task.opened"
    assert take("cnss", NOW) == []
    failed(first, "HTTP 500", NOW)
    assert take("cnss", NOW) == []
    [again] = take("cnss", NOW + DAY)
    assert again.message_id == first.message_id
    assert delivered([first], NOW) == 0
    assert delivered([again], NOW + DAY) == 1
    assert [one.kind for one in take("cnss", NOW + DAY)] == ["later.0"]


def test_what_a_dead_worker_held_is_taken_again_and_its_word_counts_no_more(world: World) -> None:
    submitted(world)
    [lost] = take("cnss", NOW)
    assert take("cnss", NOW) == []
    [again] = take("cnss", NOW + timedelta(minutes=2))
    assert again.pk == lost.pk
    assert not failed(lost, "late", NOW + timedelta(minutes=2))
    assert delivered([again], NOW + timedelta(minutes=2)) == 1


@pytest.mark.usefixtures("agency")
def test_what_a_slow_system_leaves_no_time_for_is_given_back_untried(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    submitted(world)
    monkeypatch.setattr("minassa.onestop.delivery.LONGEST_SENDING", LEASE)
    line = line_to("cnss")
    assert line is not None
    assert deliver("cnss", line) == (0, 0)
    message = OutboxMessage.objects.get(destination="cnss")
    assert (message.attempts, message.lease, message.delivered_at) == (0, None, None)


def test_a_message_to_a_system_that_is_away_is_tried_soon_and_given_up_after_days_only(world: World) -> None:
    submitted(world)
    for rank in range(2 * MOST_ATTEMPTS):
        at = NOW + rank * OUTAGE_WAIT
        [message] = take("cnss", at)
        assert failed(message, "ConnectionRefusedError", at, reachable=False)
        assert dead_letters("cnss") == []
    [message] = take("cnss", NOW + LONGEST_OUTAGE)
    failed(message, "ConnectionRefusedError", NOW + LONGEST_OUTAGE, reachable=False)
    assert [dead.message_id for dead in dead_letters("cnss")] == [message.message_id]


def test_destinations_are_those_that_are_owed_something_and_say_when_it_is_much(world: World) -> None:
    assert destinations() == {}
    case = submitted(world)
    assert set(destinations().values()) == {False}
    OutboxMessage.objects.bulk_create(
        OutboxMessage(case=case, destination="dgi", kind="k", body={}, created_at=NOW, due_at=NOW) for _ in range(BATCH)
    )
    OutboxMessage.objects.filter(destination="cnss").update(delivered_at=NOW)
    assert {name: much for name, much in destinations().items() if name in {"cnss", "dgi"}} == {"dgi": True}
    assert list(destinations()) == sorted(destinations())


def test_an_answer_received_twice_has_one_effect(world: World) -> None:
    case = submitted(world)
    first = receive("cnss", "m1", "d1", answer(case), NOW + DAY)
    again = receive("cnss", "m1", "d1", answer(case), NOW + 2 * DAY)
    assert first.accepted
    assert (again.outcome, again.again) == (first.outcome, True)
    task = task_of(case, "cnss")
    assert (task.state, task.maker, task.checker) == (TaskState.ANSWERED, "body:cnss", "")
    with pytest.raises(MessageConflict):
        receive("cnss", "m1", "other", answer(case, favourable=False, ground="x"), NOW + DAY)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"round": 2}, "answer-stale"),
        ({"round": None}, "case-act-refused"),
        ({"step": "dgi"}, "case-act-refused"),
        ({"case": "nothing"}, "case-act-refused"),
        ({"favourable": "yes"}, "case-act-refused"),
        ({"favourable": False}, "case-act-refused"),
        ({"type": "case.decided"}, "case-act-refused"),
    ],
)
def test_an_answer_that_cannot_be_is_refused_and_the_refusal_kept(
    world: World, change: dict[str, Any], code: str
) -> None:
    case = submitted(world)
    received = receive("cnss", "m1", "d1", {**answer(case), **change}, NOW + DAY)
    assert (received.accepted, received.outcome["code"]) == (False, code)
    assert receive("cnss", "m1", "d1", answer(case), NOW + DAY).outcome == received.outcome
    assert task_of(case, "cnss").state == TaskState.OPEN


@pytest.mark.usefixtures("agency")
def test_a_lie_about_the_signature_is_refused_and_told(world: World) -> None:
    case = submitted(world)
    content = json.dumps(answer(case)).encode()
    good = headers(SECRET, "m7", content, NOW)
    with pytest.raises(SignatureRefused):
        receive_signed("cnss", good, content.replace(b"true", b"false"), NOW)
    with pytest.raises(SignatureRefused):
        receive_signed("cnss", good, content, NOW + timedelta(minutes=6))
    with pytest.raises(SignatureRefused):
        receive_signed("dgi", good, content, NOW)
    assert receive_signed("cnss", good, content, NOW).accepted


def test_a_late_agency_is_escalated_once_and_an_answered_task_is_not(world: World) -> None:
    case = submitted(world)
    receive("cnss", "m1", "d1", answer(case), NOW + DAY)
    late = NOW + 40 * DAY
    assert cancel_moot(late) == 1
    while fire_next(late):
        pass
    assert task_of(case, "dgi").escalated_at == late
    assert task_of(case, "cnss").escalated_at is None
    assert not Timer.objects.filter(fired_at__isnull=True, cancelled_at__isnull=True, due_at__lte=late).exists()
    case.refresh_from_db()
    assert case.state == CaseState.IN_REVIEW
    assert AGENCIES


def test_only_who_oversees_a_destination_sends_again(world: World) -> None:
    other = appointed("other", Body.objects.get(code="dgi"), "supervisor")
    case = submitted(world)
    message = OutboxMessage.objects.get(case=case, destination="cnss")
    OutboxMessage.objects.filter(pk=message.pk).update(dead_at=NOW)
    with pytest.raises(Exception, match="rôle"):
        resend(other, message.message_id, NOW)


def test_late_tasks_of_many_cases_are_escalated_together_each_once_in_its_own_chain(world: World) -> None:
    cases = [submitted(world) for _ in range(3)]
    receive("cnss", "m1", "d1", answer(cases[0]), NOW + DAY)
    late = NOW + 40 * DAY
    due = Timer.objects.filter(kind="task_due", due_at__lte=late).count()
    assert escalate_due(late) == due
    assert escalate_due(late) == 0
    assert Timer.objects.filter(kind="task_due", fired_at=late).count() == due - 1
    told = Entry.objects.filter(kind="task.overdue")
    assert len(set(told.values_list("stream", "body__step"))) == told.count() == due - 1
    assert task_of(cases[0], "cnss").escalated_at is None
    assert {task_of(case, "dgi").escalated_at for case in cases} == {late}
    assert verify() == []
    assert {case.version + 1 for case in cases[1:]} == {Case.objects.get(pk=case.pk).version for case in cases[1:]}
