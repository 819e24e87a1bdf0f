"""The platform and an agency speak over HTTP, each by its own means: what is asked is answered, once."""

from __future__ import annotations

import time

import pytest
from django.utils import timezone
from pytest_django.live_server_helper import LiveServer

from minassa.onestop.clients import SCOPES
from minassa.onestop.delivery import deliver, line_to
from minassa.onestop.exchange_models import ApiClient, InboxMessage
from minassa.onestop.models import TaskState
from minassa.registry.models import Body
from tests.onestop.world import make_world, submitted, task_of
from tests.simulators.conftest import Open
from tests.simulators.platform import SECRET

DIGEST_OF_S = "043a718774c572bd8a25adbeb1bfcd5c0256ae11cecf9f9c3f925d0e52beaf89"


@pytest.mark.django_db(transaction=True)
def test_an_agency_is_told_of_a_task_and_answers_it(live_server: LiveServer, open_agency: Open) -> None:
    world = make_world()
    agency = open_agency("cnss", live_server.url)
    body = Body.objects.get(code="cnss")
    Body.objects.filter(pk=body.pk).update(endpoint=f"{agency.address}/events")
    ApiClient.objects.create(
        client_id="cnss", secret_digest=DIGEST_OF_S, signing_secret=SECRET, body=body, scopes=list(SCOPES)
    )
    case = submitted(world, timezone.now())
    line = line_to("cnss")
    assert line is not None
    assert deliver("cnss", line) == (1, 0)
    line.close()
    limit = time.monotonic() + 20
    while agency.state()["answered"] < 1 and time.monotonic() < limit:
        time.sleep(0.05)
    task = task_of(case, "cnss")
    assert (task.state, task.maker) == (TaskState.ANSWERED, "body:cnss")
    assert task.data["synthetic"] is True
    assert InboxMessage.objects.get(source="cnss").outcome["accepted"] is True
