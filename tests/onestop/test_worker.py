from __future__ import annotations

import io
import threading
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from minassa.journal.public import verify
from minassa.onestop.exchange_models import ApiClient, OutboxMessage, Timer, WorkerBeat
from minassa.onestop.models import Case, CaseState
from minassa.onestop.public import Filters, cases_counted, cases_for, real_delays, tasks_for, timeline, together
from minassa.onestop.worker import Worker, worker_loops, workers_alive
from minassa.registry.models import Body
from tests.onestop.test_exchanges import SECRET, Agency
from tests.onestop.world import DAY, NOW, World, make_world, submitted


@pytest.fixture
def lasting_world(transactional_db: None, settings: Settings, tmp_path: Path) -> World:  # noqa: ARG001
    settings.MINASSA_FILES = tmp_path
    return make_world()


def until(condition: Callable[[], bool], seconds: float = 20) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end and not condition():
        time.sleep(0.05)
    return condition()


def run(worker: Worker) -> None:
    worker.run()
    connection.close()


def test_two_workers_send_everything_once_in_order_while_the_agency_comes_and_goes(lasting_world: World) -> None:
    server = Agency()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    body = Body.objects.get(code="cnss")
    body.endpoint = server.address
    body.save()
    ApiClient.objects.create(client_id="cnss", secret_digest="x", signing_secret=SECRET, body=body)
    cases = [submitted(lasting_world, NOW) for _ in range(6)]
    for case in cases:
        OutboxMessage.objects.bulk_create(
            OutboxMessage(case=case, destination="cnss", kind=f"k{rank}", body={"n": rank}, created_at=NOW, due_at=NOW)
            for rank in range(5)
        )
    server.status = 503
    workers = [Worker(f"w{rank}", {}) for rank in range(2)]
    threads = [threading.Thread(target=run, args=(worker,)) for worker in workers]
    for thread in threads:
        thread.start()
    try:
        assert until(lambda: OutboxMessage.objects.filter(destination="cnss", attempts__gt=0).exists())
        server.status = 204
        assert until(lambda: not OutboxMessage.objects.filter(destination="cnss", delivered_at=None).exists())
        assert {beat.name for beat in workers_alive(timezone.now())} == {"w0", "w1"}
    finally:
        for worker in workers:
            worker.stop.set()
        for thread in threads:
            thread.join()
        server.shutdown()
        server.server_close()
    assert not WorkerBeat.objects.filter(stopped_at=None).exists()
    assert len({given["webhook-id"] for given, _content in server.got}) == len(cases) * 6
    sent = OutboxMessage.objects.filter(destination="cnss").order_by("case", "pk")
    for case in cases:
        instants = [one.delivered_at for one in sent if one.case_id == case.pk]
        assert instants == sorted(instants, key=lambda one: one or NOW)


@pytest.mark.django_db
def test_a_worker_told_once_does_what_is_due_and_stops(world: World) -> None:
    submitted(world)
    said = io.StringIO()
    call_command("work", "--once", stdout=said)
    assert "timers : " in said.getvalue()
    assert not Timer.objects.filter(fired_at=None, cancelled_at=None, due_at__lte=timezone.now()).exists()


def test_a_loop_that_fails_is_logged_without_its_data_and_goes_on(caplog: pytest.LogCaptureFixture) -> None:
    calls = []

    def piece(at: datetime) -> bool:
        calls.append(at)
        if len(calls) == 1:
            raise ValueError("QZ123 secret")
        worker.stop.set()
        return True

    worker = Worker("w", {"piece": piece})
    # In a thread of its own, as always: links to the database that other tests left open are not the loop's to close.
    thread = threading.Thread(target=worker._loop, args=("piece", piece), daemon=True)  # noqa: SLF001
    thread.start()
    thread.join(60)
    assert not thread.is_alive()
    assert (worker.done["piece"], worker.done["piece:errors"]) == (1, 1)
    assert "ValueError" in caplog.text
    assert "QZ123" not in caplog.text
    assert "timers" in worker_loops()


@pytest.mark.django_db
def test_the_demonstration_is_made_once_and_holds_together(settings: Settings, tmp_path: Path) -> None:
    settings.MINASSA_FILES = tmp_path
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    said = io.StringIO()
    call_command("demonstrate", "--cases", "25", stdout=said)
    assert "SYNTHÉTIQUES" in said.getvalue()
    assert Case.objects.count() == 25
    assert len(set(Case.objects.values_list("state", flat=True)) - {CaseState.DRAFT}) > 2
    call_command("demonstrate", "--cases", "25", stdout=said)
    assert Case.objects.count() == 25
    assert verify() == []
    now = timezone.now()
    for case in Case.objects.all():
        assert timeline(case, now).lives
    assert real_delays(now - 365 * DAY, now)


@pytest.mark.django_db
def test_pages_follow_each_other_without_gap_or_repeat_while_rows_arrive(world: World) -> None:
    cases = [submitted(world).pk for _ in range(7)]
    seen, cursor = [], ""
    while True:
        page = cases_for(world.officers["dgi"], Filters(), cursor, size=2)
        seen += [row.pk for row in page.rows]
        submitted(world)
        if not page.next:
            break
        cursor = page.next
    assert seen == cases[::-1]
    tasks, cursor = [], ""
    while True:
        listed = tasks_for(world.officers["dgi"], Filters(), cursor, size=3)
        tasks += [row.pk for row in listed.rows]
        if not listed.next:
            break
        cursor = listed.next
    assert len(tasks) == len(set(tasks)) == Case.objects.count()
    one = cases_counted(world.preparer, Filters(reference=Case.objects.all()[0].reference.lower()))
    assert together(world.preparer, one=one) == {"one": 1}
