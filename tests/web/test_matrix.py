"""Who may do what, cell by cell: every operation of the API, every caller, what is their own and what is not.

The table says the status that each caller gets; an operation without a row, or a row without an operation, fails.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.utils import timezone

from minassa.claims.models import Claim, Line
from minassa.governance.models import Session
from minassa.governance.public import Committee, prepare
from minassa.onestop.models import Case, Document, OutboxMessage
from minassa.registry.models import Account, Body
from minassa.web.api import calling
from minassa.web.api.describe import FILE
from tests.onestop.world import PDF, World, appointed, drafted, make_world, submitted, task_of
from tests.web.api.claims import made_claim, signed_claim
from tests.web.api.conftest import Caller, person, system
from tests.web.matrix import CALLERS, DRAFT, MATRIX, SIGNED

pytestmark = pytest.mark.django_db
METHODS = {
    operation["operationId"]: (method.upper(), path.removeprefix("/api/v1"))
    for path, operations in json.loads(FILE.read_text("utf-8"))["paths"].items()
    for method, operation in operations.items()
}
BODIES: dict[str, Callable[[World], Any]] = {
    "contestClaim": lambda world: {"line": Line.objects.filter(claim=claim_of(world))[0].pk, "reason": "Motif"},
    "replyClaim": lambda _world: {"text": "Réponse"},
    "openCase": lambda world: {"procedure": "membership", "enterprise_ice": world.enterprise.ice},
    "saveAnswers": lambda _world: {"answers": {"jobs_planned": 9}},
    "useDocument": lambda _world: {"requirement": "premises_contract", "document": str(Document.objects.all()[0].uuid)},
    "dropDocument": lambda _world: {
        "requirement": "premises_contract",
        "document": str(Document.objects.all()[0].uuid),
    },
    "answerComplement": lambda _world: {},
    "writeMessage": lambda _world: {"text": "Bonjour"},
    "decideCase": lambda _world: {"favourable": True},
    "appealCase": lambda _world: {"ground": "Motif"},
    "answerTask": lambda _world: {"favourable": True},
    "sendBackTask": lambda _world: {"items": [{"key": "jobs_planned"}]},
    "issueToken": lambda _world: {"grant_type": "client_credentials", "client_id": "x", "client_secret": "x"},
    "estimate": lambda _world: {
        "places": ["casanearshore"],
        "filiere": "ITO",
        "started": "2026-01",
        "turnover": 1,
        "exported_percent": 90,
        "profit": 1,
        "hires": [{"people": 1, "level": 5, "salary": 9000, "month": "2026-03"}],
    },
    "receiveMessage": lambda _world: {},
    "replayMessages": lambda _world: {"destination": "cnss", "since": "2026-01-01T00:00:00Z"},
}
QUERIES = {"search": {"q": "exemple"}, "listDocuments": {"kind": "premises_contract"}}


def claim_of(world: World) -> Claim:
    """The claim of the enterprise of the case, open."""
    return Claim.objects.get(enterprise=world.enterprise, signed_at=None)


@dataclass
class Scene:
    world: World
    case: Case
    letter: OutboxMessage
    callers: dict[str, Callable[[], Caller]]


def claimed(world: World) -> None:
    """A claim of the enterprise to sign, one that it has signed, and a session being prepared."""
    made_claim(world.enterprise, timezone.now())
    signed_claim(world.enterprise, timezone.now(), measure="pae", period="2027-06", reference="PAE-2027-06-0000002")
    prepare(world.secretary, Committee.CTO, timezone.now() + timedelta(days=30), "Rabat", timezone.now())


@pytest.fixture
def scene(db: None, settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> Scene:  # noqa: ANN401, ARG001
    settings.MINASSA_FILES = tmp_path
    monkeypatch.setattr(calling.allowance, "spend", lambda *_given: None)
    world = make_world()
    drafted(world, timezone.now())
    case = submitted(world, timezone.now())
    claimed(world)
    letter = OutboxMessage.objects.filter(case=case, destination="cnss")[0]
    OutboxMessage.objects.filter(pk=letter.pk).update(dead_at=timezone.now(), attempts=20)
    administrator = appointed("admin", Body.objects.get(code="minassa"), "administrator")
    manager = appointed("p2i", Body.objects.get(code="casanearshore-manager"), "park_manager")
    plain = Account.objects.create(email="plain@minassa.example", password="!")

    def nobody_in_particular() -> Caller:
        http = Client()
        http.force_login(plain, "allauth.account.auth_backends.AuthenticationBackend")
        return Caller(http)

    return Scene(
        world,
        case,
        letter,
        {
            "visitor": lambda: Caller(Client()),
            "account": nobody_in_particular,
            "preparer": lambda: person(world.preparer),
            "signer": lambda: person(world.signer),
            "other firm": lambda: person(world.stranger),
            "officer": lambda: person(world.officers["cnss"]),
            "supervisor": lambda: person(world.supervisors["cnss"]),
            "other officer": lambda: person(world.officers["cri"]),
            "committee": lambda: person(world.member),
            "secretariat": lambda: person(world.secretary),
            "park": lambda: person(manager),
            "administrator": lambda: person(administrator),
            "system": lambda: system("cnss"),
            "other system": lambda: system("cri"),
        },
    )


def subject_of(scene: Scene, path: str, given: Case | Claim) -> Case | Claim | Session:
    """What an address speaks of: the claim of the enterprise unless another is given, the session, else the case."""
    if "{claim}" in path:
        return given if isinstance(given, Claim) else claim_of(scene.world)
    return Session.objects.get() if "{session}" in path else given


def called(scene: Scene, operation: str, caller: Caller, case: Case | Claim) -> int:
    """The status that a caller gets."""
    method, path = METHODS[operation]
    number: object = scene.letter.message_id if "dead-letters" in path else uuid4()
    if path.startswith("/tasks/"):
        number = task_of(scene.case, "cnss").pk
    elif path.startswith("/documents/"):
        number = Document.objects.get().uuid
    subject = subject_of(scene, path, case)
    given = dict.fromkeys(("claim", "session", "reference"), subject.reference)
    given |= {"ice": scene.world.enterprise.ice, "number": str(number), "code": "membership", "name": "delais"}
    address = path.format(**given)
    if method == "GET":
        return caller.get(address, **QUERIES.get(operation, {})).status_code
    if operation == "giveDocument":
        file = SimpleUploadedFile("bail.pdf", PDF, "application/pdf")
        sent = {"file": file, "kind": "premises_contract"}
        headers = {**caller.headers, "Idempotency-Key": uuid4().hex}
        return caller.http.post(f"/api/v1{address}", sent, headers=headers).status_code
    body = BODIES[operation](scene.world) if operation in BODIES else None
    return caller.post(address, body, method=method, if_match=f'"{subject.version}"', **{"webhook-id": ""}).status_code


def test_every_operation_has_its_row_and_every_row_its_operation() -> None:
    assert set(MATRIX) == set(METHODS)
    assert all(len(row) == len(CALLERS) for row in MATRIX.values())
    assert DRAFT.keys() <= MATRIX.keys()


@pytest.mark.parametrize("operation", sorted(MATRIX))
def test_each_caller_gets_what_the_table_says(scene: Scene, operation: str) -> None:
    found = {name: undone(scene, operation, name, scene.case) for name in CALLERS}
    assert found == dict(zip(CALLERS, MATRIX[operation], strict=True))


@pytest.mark.parametrize("operation", sorted(DRAFT))
def test_a_draft_is_its_enterprise_s_alone(scene: Scene, operation: str) -> None:
    case = Case.objects.get(state="draft")
    found = {name: undone(scene, operation, name, case) for name in CALLERS}
    assert found == dict(zip(CALLERS, DRAFT[operation], strict=True))


@pytest.mark.parametrize("operation", sorted(SIGNED))
def test_a_signed_claim_is_read_by_those_who_control_and_decide(scene: Scene, operation: str) -> None:
    claim = Claim.objects.get(enterprise=scene.world.enterprise, signed_at__isnull=False)
    found = {name: undone(scene, operation, name, claim) for name in CALLERS}
    assert found == dict(zip(CALLERS, SIGNED[operation], strict=True))


def undone(scene: Scene, operation: str, name: str, case: Case | Claim) -> int:
    """The status, and no trace of the act: each caller finds the same case."""
    caller = scene.callers[name]()
    with transaction.atomic():
        status = called(scene, operation, caller, case)
        transaction.set_rollback(True)
    return status
