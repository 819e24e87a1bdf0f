"""The committed description and the platform agree: requests drawn from it, true and false, find no fault in answers.

Half of the addresses bear what is really there. The whole measure, 20,000 requests and its figure, is
`pytest tests/web/api/test_contract.py -m slow -s`.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis.specs.openapi import checks as openapi_checks

from minassa.onestop.models import Case, Document, Task
from minassa.web.api import calling
from minassa.web.api.describe import FILE
from minassa.web.api.describing import text
from minassa.web.wsgi import application
from tests.onestop.world import World, drafted, submitted
from tests.web.api.conftest import Caller, person, system

pytestmark = pytest.mark.django_db
CHECKS = [
    schemathesis.checks.not_a_server_error,
    openapi_checks.status_code_conformance,
    openapi_checks.content_type_conformance,
    openapi_checks.response_schema_conformance,
    openapi_checks.response_headers_conformance,
    openapi_checks.negative_data_rejection,  # the last one: what was mended by us may be accepted
]
MODES = (schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE)
CSRF = "c" * 32
Known = dict[str, list[Any]]


def test_the_description_committed_is_that_of_the_code() -> None:
    assert FILE.read_text("utf-8") == text(), "run: python -m minassa.web.api.describe"


def test_every_operation_says_who_may_call_and_what_it_refuses() -> None:
    for path, operations in json.loads(FILE.read_text("utf-8"))["paths"].items():
        for method, operation in operations.items():
            assert {"400", "401", "403", "404", "422", "429", "500"} <= operation["responses"].keys(), (path, method)
            names = {one["name"] for one in operation["parameters"]}
            if method != "get" and operation["operationId"] not in {"issueToken", "receiveMessage", "estimate"}:
                assert "Idempotency-Key" in names, (path, method)


def known(world: World) -> Known:
    """What is really there, for half of the addresses."""
    cases = [drafted(world, timezone.now()) for _ in range(3)] + [submitted(world, timezone.now()) for _ in range(3)]
    return {
        "reference": [case.reference for case in cases],
        "ice": [world.enterprise.ice],
        "number": [
            *Task.objects.values_list("pk", flat=True),
            *map(str, Document.objects.values_list("uuid", flat=True)),
        ],
        "code": ["membership", "regularity"],
    }


def with_real(case: schemathesis.Case[Any], data: st.DataObject, there: Known) -> bool:
    """Put what is there in the address, half of the time, and the right tag beside it; whether it was done."""
    given_ = case.path_parameters or {}
    if not given_ or not data.draw(st.booleans(), label="real"):
        return False
    for name in given_:
        case.path_parameters[name] = data.draw(st.sampled_from(there[name]))
    version = Case.objects.filter(reference=given_.get("reference")).values_list("version", flat=True).first()
    if version is not None and "If-Match" in (case.headers or {}):
        case.headers["If-Match"] = f'"{version}"'
    return True


def entry_of(caller: Caller) -> dict[str, Any]:
    """What lets a caller in, on the wire."""
    cookie = caller.http.cookies.get("sessionid")
    if cookie is None:
        return {"headers": caller.headers}
    return {"headers": {"X-CSRFToken": CSRF}, "cookies": {"sessionid": cookie.value, "csrftoken": CSRF}}


def requests_of(
    strategy: st.SearchStrategy[Any], share: int, entry: dict[str, Any], there: Known
) -> Callable[[], None]:
    """A function that draws so many requests, sends each and checks its answer."""

    @seed(20260101)
    @settings(
        max_examples=share,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=strategy, data=st.data())
    def run(case: schemathesis.Case[Any], data: st.DataObject) -> None:
        mended = with_real(case, data, there)
        response = case.call(**entry)
        counted.update(["requests", str(response.status_code)])
        case.validate_response(response, checks=CHECKS[:-1] if mended else CHECKS)

    return run


def drawn_requests(callers: dict[str, Caller], there: Known, number: int) -> Iterator[Callable[[], None]]:
    """For each caller, operation and mode: a function that draws its share of `number` requests and checks them."""
    told = json.loads(FILE.read_text("utf-8"))
    # Callers let themselves in: a false entry drawn beside theirs would be written over, and taken for accepted.
    del told["components"]["securitySchemes"]
    for operation in (one for path in told["paths"].values() for one in path.values()):
        operation.pop("security", None)
    schema = schemathesis.openapi.from_dict(told)
    schema.app = application
    operations = [found.ok() for found in schema.get_all_operations()]  # type: ignore[union-attr]
    share = max(1, -(-number // (len(operations) * len(MODES) * len(callers))))
    for caller in callers.values():
        for operation in operations:
            for mode in MODES:
                yield requests_of(operation.as_strategy(generation_mode=mode), share, entry_of(caller), there)


counted: Counter[str] = Counter()


@contextmanager
def one_transaction() -> Iterator[None]:
    """As Django's own client does at each call: the transaction of the test outlives the requests."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


def fuzz(world: World, number: int) -> None:
    """Draw so many requests, as a person and as a system; every answer keeps to the description."""
    counted.clear()
    callers = {"person": person(world.signer), "system": system("cnss"), "committee": person(world.member)}
    there = known(world)
    with one_transaction():
        for run in drawn_requests(callers, there, number):
            # An operation without argument has nothing to be wrong in.
            with suppress(Unsatisfiable):
                run()
    print(f"{counted['requests']} requests: {dict(sorted(counted.items()))}")  # noqa: T201 (the figure)
    assert counted["requests"] >= number * 0.9
    assert not any(status.startswith("5") for status in counted)
    assert counted["200"] + counted["201"] > counted["requests"] // 20


@pytest.fixture
def _unlimited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calling, "BLOCKS", 10**6)
    monkeypatch.setattr("minassa.web.api.exchange.require_token", lambda *_given, **_named: None)


@pytest.mark.usefixtures("_unlimited")
def test_drawn_requests_keep_to_the_description(world: World) -> None:
    fuzz(world, 300)


@pytest.mark.slow
@pytest.mark.skipif("MINASSA_TEST_WHOLE" not in os.environ, reason="ten minutes: asked for by MINASSA_TEST_WHOLE=1")
@pytest.mark.usefixtures("_unlimited")
def test_twenty_thousand_drawn_requests_keep_to_the_description(world: World) -> None:
    fuzz(world, 20_000)
