"""Requests drawn from the description, true and false, sent within this process; each answer is held against it.

Half of the addresses bear what is really there. Nothing stops at the first fault: all are counted, and told in the end.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.specs.openapi import checks as openapi_checks

from minassa.claims.models import Claim
from minassa.governance.models import Session, SessionState
from minassa.governance.public import Committee, prepare
from minassa.onestop.models import Case, Document, Task
from minassa.steering.opendata.describing import catalogue
from minassa.talent.reference.reading import reference
from minassa.web.api.describe import FILE
from minassa.web.wsgi import application
from tests.onestop.world import World, drafted, submitted
from tests.web.api.claims import made_claim, signed_claim
from tests.web.api.conftest import Caller, person, system

CHECKS: Final = [
    schemathesis.checks.not_a_server_error,
    openapi_checks.status_code_conformance,
    openapi_checks.content_type_conformance,
    openapi_checks.response_schema_conformance,
    openapi_checks.response_headers_conformance,
    openapi_checks.negative_data_rejection,  # the last one: what was mended by us may be accepted
]
MODES: Final = {"true": schemathesis.GenerationMode.POSITIVE, "false": schemathesis.GenerationMode.NEGATIVE}
"""Requests that keep to the description, and those that depart from it."""
SEED: Final = 20_260_101
CSRF: Final = "c" * 32
SERVER_ERROR: Final = 500
Known = dict[str, list[Any]]


@dataclass
class Tally:
    """What was sent and what was found."""

    statuses: Counter[int] = field(default_factory=Counter)
    violations: list[str] = field(default_factory=list)

    @property
    def requests(self) -> int:
        """How many requests were answered."""
        return self.statuses.total()

    @property
    def server_errors(self) -> int:
        """How many answers say that the platform broke."""
        return sum(number for status, number in self.statuses.items() if status >= SERVER_ERROR)

    @property
    def accepted(self) -> int:
        """How many requests did what they asked."""
        return self.statuses[200] + self.statuses[201]

    def __add__(self, other: Tally) -> Tally:
        """Both together."""
        return Tally(self.statuses + other.statuses, self.violations + other.violations)

    def __str__(self) -> str:
        """The figures, on one line."""
        told = f"{self.requests} requests, {self.server_errors} x 5xx, {len(self.violations)} violations"
        return f"{told}; {dict(sorted(self.statuses.items()))}"


def known(world: World) -> Known:
    """What is really there, for half of the addresses."""
    cases = [drafted(world, timezone.now()) for _ in range(3)] + [submitted(world, timezone.now()) for _ in range(3)]
    if not Session.objects.exists():
        _claimed(world)
    return {
        "claim": list(Claim.objects.values_list("reference", flat=True)),
        "session": list(Session.objects.values_list("reference", flat=True)),
        "reference": [case.reference for case in cases],
        "ice": [world.enterprise.ice],
        "number": [
            *Task.objects.values_list("pk", flat=True),
            *map(str, Document.objects.values_list("uuid", flat=True)),
        ],
        "code": ["membership", "regularity", "net_jobs", *list(reference().occupations)[:2]],
        "name": list(catalogue().datasets),
    }


def _claimed(world: World) -> None:
    """Claims of the firm, open and signed, and a session of the committee."""
    now = timezone.now()
    for year in (2025, 2026, 2027):
        made_claim(world.enterprise, now, period=str(year))
    signed_claim(world.enterprise, now, measure="ais", period="2026-12")
    session = prepare(world.secretary, Committee.CTO, now + timedelta(days=30), "Rabat", now)
    Session.objects.filter(pk=session.pk).update(state=SessionState.CONVENED, agenda_digest="0" * 64)


CALLERS: Final[dict[str, Callable[[World], Caller]]] = {
    "person": lambda world: person(world.signer),
    "system": lambda _world: system("cnss"),
    "committee": lambda world: person(world.member),
}
"""Who sends them."""


def draw(world: World, who: str, mode: str, number: int, say: Callable[[str], None]) -> Tally:
    """Draw so many requests of one of `MODES`, sent by one of `CALLERS`; `say` is told how far it is."""
    tally, caller, there, operations = Tally(), CALLERS[who](world), known(world), _operations()
    share = max(1, -(-number // len(operations)))
    with _one_transaction():
        for rank, operation in enumerate(operations, 1):
            run = _requests_of(operation.as_strategy(generation_mode=MODES[mode]), share, caller, there, tally)
            # An operation without argument has nothing to be wrong in.
            with suppress(Unsatisfiable):
                run()
            say(f"{who}, {mode} requests, operation {rank} of {len(operations)}: {tally}")
    return tally


def _operations() -> list[Any]:
    """The operations of the committed description, answered by the platform in this process."""
    told = json.loads(FILE.read_text("utf-8"))
    # Callers let themselves in: a false entry drawn beside theirs would be written over, and taken for accepted.
    del told["components"]["securitySchemes"]
    for operation in (one for path in told["paths"].values() for one in path.values()):
        operation.pop("security", None)
    schema = schemathesis.openapi.from_dict(told)
    schema.app = application
    return [found.ok() for found in schema.get_all_operations()]  # type: ignore[union-attr]


def _requests_of(
    strategy: st.SearchStrategy[Any], share: int, caller: Caller, there: Known, tally: Tally
) -> Callable[[], None]:
    """A function that draws so many requests, sends each and holds its answer against the description."""
    entry = _entry_of(caller)

    @seed(SEED)
    @settings(
        max_examples=share,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=strategy, data=st.data())
    def run(case: schemathesis.Case[Any], data: st.DataObject) -> None:
        mended = _with_real(case, data, there)
        response = case.call(**entry)
        tally.statuses[response.status_code] += 1
        try:
            case.validate_response(response, checks=CHECKS[:-1] if mended else CHECKS)
        except (Failure, FailureGroup) as fault:
            tally.violations.append(f"{case.method} {case.path}: {fault}")

    return run


def _with_real(case: schemathesis.Case[Any], data: st.DataObject, there: Known) -> bool:
    """Put what is there in the address, half of the time, and the right tag beside it; whether it was done."""
    given_ = case.path_parameters or {}
    if not given_ or not data.draw(st.booleans(), label="real"):
        return False
    for name in given_:
        case.path_parameters[name] = data.draw(st.sampled_from(there[name]))
    named = case.path_parameters.get("claim") or case.path_parameters.get("reference")
    kind = Claim if "claim" in given_ else Case
    version = kind.objects.filter(reference=named).values_list("version", flat=True).first()
    if version is not None and "If-Match" in (case.headers or {}):
        case.headers["If-Match"] = f'"{version}"'
    return True


def _entry_of(caller: Caller) -> dict[str, Any]:
    """What lets a caller in, on the wire."""
    cookie = caller.http.cookies.get("sessionid")
    if cookie is None:
        return {"headers": caller.headers}
    return {"headers": {"X-CSRFToken": CSRF}, "cookies": {"sessionid": cookie.value, "csrftoken": CSRF}}


@contextmanager
def _one_transaction() -> Iterator[None]:
    """As Django's own client does at each call: the transaction of the test outlives the requests."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in signals:
            signal.connect(close_old_connections)
