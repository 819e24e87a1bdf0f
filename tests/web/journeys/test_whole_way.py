"""The whole way of a firm, in a browser, in French and in Arabic."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.request
import uuid
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import FilePayload, Page
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from minassa.intake.models import Upload
from minassa.journal.public import publish_heads
from minassa.onestop.clients import SCOPES, create_client
from minassa.onestop.models import Case, CaseState, Task
from minassa.registry.models import Account, Appointment, Body, Enterprise, Role
from minassa.registry.public import Actor, Offered, actor_of, invite
from tests.declarations.deposit.building import FIRM, ebds
from tests.intake.firms import worked
from tests.onestop.world import PDF, SINCE, World, make_world
from tests.web.journeys.languages import walked_in
from tests.web.journeys.walk import Walk

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
FIRST = "premiere@minassa.example"
REASONS = {
    "fr": "Le bail n'est pas lisible, merci d'en joindre un autre.",
    "ar": "عقد الكراء غير مقروء، المرجو إرفاق نسخة أخرى.",
}


@pytest.fixture
def world(request: pytest.FixtureRequest, settings: Settings, tmp_path: Path) -> World:
    request.getfixturevalue("transactional_db")
    settings.MINASSA_HOME = tmp_path
    settings.MINASSA_FILES = tmp_path / "files"
    world = make_world()
    Enterprise.objects.filter(pk=world.enterprise.pk).update(affiliation=FIRM)
    return world


def administrator() -> Actor:
    account = Account.objects.create(email="admin@minassa.example", password="!")
    Appointment.objects.create(
        account=account, body=Body.objects.get(code="minassa"), role=Role.ADMINISTRATOR, since=SINCE
    )
    return actor_of(account)


@walked_in("fr")
def test_a_firm_goes_from_its_invitation_to_its_receipt(
    browser_page: Page, live_server: LiveServer, world: World, tmp_path: Path, language: str
) -> None:
    walk = Walk(browser_page, language)
    admin = administrator()
    case = applies(walk, world, admin)
    declares(walk, tmp_path)
    for body in ("cnss", "dgi"):
        answers_by_api(live_server.url, admin, body)
    asks_by_hand(walk, case)
    for body in ("immigration", "gisre"):
        answers_by_hand(walk, case, body)
    case.refresh_from_db()
    assert case.state == CaseState.COMPLEMENT
    completes(walk, case)
    answers_by_hand(walk, case, "commune")
    case.refresh_from_db()
    assert case.state == CaseState.TO_DECIDE
    decides(walk)
    case.refresh_from_db()
    assert case.state == CaseState.ACCEPTED
    takes_its_receipt(walk, case, tmp_path)
    assert walk.wrong == []


def applies(walk: Walk, world: World, admin: Actor) -> Case:
    """The firm enters by its invitation, opens a case, fills it, signs it and files it."""
    page = walk.page
    offered = Offered(enterprise=Enterprise.objects.get(pk=world.enterprise.pk), power="sign")
    _made, token = invite(admin, FIRST, offered, timezone.now(), language=walk.language)
    walk.enter_by_invitation(f"/fr/compte/invitation/{token}/", "Signataire EXEMPLE")
    walk.visit("/fr/accueil/", "home")
    walk.visit("/fr/dossiers/", "cases-empty")
    walk.visit("/fr/dossiers/nouveau/", "choose")
    is_told_whether_it_is_eligible(walk)
    walk.visit("/fr/dossiers/nouveau/?demarche=membership", "procedure")
    walk.press("main form button[type=submit]")
    case = Case.objects.get()
    walk.look("draft-empty")
    page.fill("#id_activity", "centre-appels")
    page.select_option("#id_filiere", "2")
    page.select_option("#id_place", "101")
    page.select_option("#id_premises", "leased")
    page.fill("#id_started_on", "2026-01-05")
    page.fill("#id_jobs_planned", "120")
    page.fill("#id_export_share", "80")
    page.check("input[name=foreign_staff][value=no]")
    page.fill("#id_contact_email", "pas une adresse")
    walk.press("button[name=suite][value=signer]")
    assert page.locator(".field-wrong #id_contact_email").count() == 1
    assert page.input_value("#id_jobs_planned") == "120"
    walk.look("draft-wrong")
    page.fill("#id_contact_email", "suivi@exemple.example")
    lease = FilePayload(name="bail.pdf", mimeType="application/pdf", buffer=PDF)
    page.set_input_files("input[name=piece-premises_contract]", lease)
    walk.press("button[name=suite][value=signer]")
    walk.look("sign")
    digest = page.inner_text("main p code.digest")
    walk.press("button[name=suite][value=deposer]")
    case.refresh_from_db()
    assert case.state == CaseState.IN_REVIEW
    assert case.signatures.get().digest == digest
    walk.look("case-filed")
    return case


def declares(walk: Walk, folder: Path) -> None:
    """The firm sends its CNSS declaration, reads that nothing is wrong with it, and deposits it."""
    page = walk.page
    name, content = ebds()
    (folder / name).write_bytes(content)
    walk.go("/fr/depots/")
    page.set_input_files("#files", folder / name)
    page.click("#depot button[type=submit]")
    page.wait_for_selector(".file-name")
    upload = Upload.objects.get()
    worked(timezone.now())
    walk.visit(f"/fr/depots/{upload.uuid}/", "declaration")
    walk.press("form[action$='deposer/'] button")
    worked(timezone.now() + timedelta(minutes=1))
    upload.refresh_from_db()
    assert upload.state == "deposited", upload.problem
    walk.visit("/fr/depots/", "declarations")


def is_told_whether_it_is_eligible(walk: Walk) -> None:
    """Nothing is known, then a condition fails, then all hold."""
    page = walk.page
    walk.visit("/fr/dossiers/eligibilite/", "eligibility")
    walk.press("main form button[type=submit]")
    assert page.locator("[data-held=unknown]").count() > 0
    page.check("input[name=listed_activity][value=yes]")
    page.check("input[name=accounts_known][value=yes]")
    for key, value in (("turnover_year", "1000000"), ("export_turnover_year", "10"), ("activity_year", "9")):
        page.fill(f"#id_{key}", value)
    page.fill("#id_tax_certificate_age_months", "2")
    page.fill("#id_social_certificate_age_months", "2")
    walk.press("main form button[type=submit]")
    assert page.locator("[data-held=no]").count() == 1
    walk.look("not-eligible")
    page.fill("#id_export_turnover_year", "900000")
    walk.press("main form button[type=submit]")
    assert page.locator("[data-held=no]").count() == 0
    walk.look("eligible")


def answers_by_api(address: str, admin: Actor, body: str) -> None:
    """The system of a body asks for a token, reads its queue and answers its task."""
    made = create_client(admin, Body.objects.get(code=body), SCOPES, timezone.now())
    token = called(
        address,
        "/api/v1/token",
        body={"grant_type": "client_credentials", "client_id": made.client_id, "client_secret": made.secret},
    )[0]
    bearer = {"Authorization": f"Bearer {token['access_token']}"}
    queue, _tag = called(address, "/api/v1/tasks", bearer)
    (task,) = queue["items"]
    number = task["id"]
    shown, tag = called(address, f"/api/v1/tasks/{number}", bearer)
    act = {**bearer, "If-Match": tag, "Idempotency-Key": str(uuid.uuid4())}
    answer = {"favourable": True, "ground": "", "round": shown["round"]}
    called(address, f"/api/v1/tasks/{number}/answer", act, answer)
    assert Task.objects.get(pk=number).state == "answered"


def called(address: str, path: str, headers: dict[str, str] | None = None, body: object = None) -> tuple[Any, str]:
    content = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(  # noqa: S310 (our own server)
        address + path, content, {"Content-Type": "application/json", **(headers or {})}
    )
    with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
        return json.loads(answer.read()), answer.headers.get("ETag", "")


def asks_by_hand(walk: Walk, case: Case) -> None:
    """The officer of the commune asks for another lease."""
    walk.become("commune@minassa.example")
    walk.visit("/fr/bannette/", "inbox")
    walk.press("table a.open")
    walk.look("task")
    walk.page.click("summary[data-key=r]")
    walk.page.check("#item-premises_contract")
    walk.page.fill("#note-premises_contract", REASONS[walk.language])
    walk.press("main details button[type=submit]")
    walk.look("task-asked")
    assert Task.objects.get(case=case, step="commune").state == "sent_back"


def answers_by_hand(walk: Walk, case: Case, body: str) -> None:
    """An officer proposes, the supervisor of the service validates."""
    walk.become(f"{body}@minassa.example")
    walk.go(f"/fr/bannette/{case.uuid}/{body}/")
    walk.press("#answer-form button[type=submit]")
    assert walk.page.locator(".notice-error").count() == 1
    walk.page.check("input[name=answer][value=favorable]")
    walk.press("#answer-form button[type=submit]")
    assert walk.page.locator("form[action$='valider/']").count() == 0
    walk.become(f"{body}-chef@minassa.example")
    walk.go("/fr/bannette/?etat=proposed")
    if body == "gisre":
        walk.look("to-validate")
        walk.visit("/fr/bannette/charge/", "workload")
        walk.go("/fr/bannette/?etat=proposed")
    walk.press("table a.open")
    if body == "gisre":
        walk.look("task-to-validate")
    walk.press("form[action$='valider/'] button")
    assert Task.objects.get(case=case, step=body).state == "answered"


def completes(walk: Walk, case: Case) -> None:
    """The firm gives what was asked."""
    walk.become(FIRST)
    walk.visit(f"/fr/dossiers/{case.uuid}/", "case-complement")
    walk.visit(f"/fr/dossiers/{case.uuid}/complement/", "complement")
    assert REASONS[walk.language] in walk.page.inner_text("main")
    lease = FilePayload(name="bail-lisible.pdf", mimeType="application/pdf", buffer=PDF + b" 2")
    walk.page.set_input_files("input[name=piece-premises_contract]", lease)
    walk.press("main form button[type=submit]")
    walk.page.fill("#text", "Voici le bail, merci.")
    walk.press("form[action$='message/'] button")
    assert walk.page.locator(".talk li").count() == 1


def decides(walk: Walk) -> None:
    """A member of the committee accepts."""
    walk.become("cto@minassa.example")
    walk.visit("/fr/bannette/a-decider/", "to-decide")
    walk.press("table th a")
    walk.look("case-to-decide")
    walk.page.check("input[name=decision][value=oui]")
    walk.press("form[action$='decision/'] button")
    assert walk.page.locator("#decided ~ .notice-success").count() == 1


def takes_its_receipt(walk: Walk, case: Case, folder: Path) -> None:
    """The day is published; the firm downloads its receipt, the heads and the tool, and verifies offline."""
    publish_heads(timezone.localdate())
    walk.become(FIRST)
    walk.visit(f"/fr/dossiers/{case.uuid}/", "case-closed")
    page = walk.page
    for link, name in (
        ("a[href$='recepisse.json']", "recu.json"),
        ("a[href$='tetes.json']", "heads.json"),
        ("a[href$='verify_receipt.py']", "verify_receipt.py"),
        ("a[href$='recepisse.pdf']", "recepisse.pdf"),
    ):
        with page.expect_download() as found:
            page.click(link)
        found.value.save_as(folder / name)
    command = [sys.executable, "-I", "verify_receipt.py", "recu.json", "heads.json", "--lang", walk.language]
    said = subprocess.run(command, cwd=folder, capture_output=True, check=False, timeout=60)
    assert said.returncode == 0, said.stdout.decode()
    page.context.clear_cookies()
    walk.visit("/fr/preuve/", "proof")
    walk.go("/fr/preuve/verifier/")
    page.set_input_files("#file", folder / "recu.json")
    walk.press("main form button[type=submit]")
    assert page.locator(".notice-success").count() == 1
    walk.look("checked")
    page.fill("#receipt", (folder / "recu.json").read_text("utf-8").replace("case.submitted", "case.accepted"))
    walk.press("main form button[type=submit]")
    assert page.locator(".notice-error").count() == 1
    page.set_input_files("#file", folder / "recepisse.pdf")
    walk.press("main form button[type=submit]")
    assert page.locator(".notice-success").count() == 1
    walk.visit(f"/fr/preuve/verifier/{case.uuid}/", "verified")
    assert "SOCIETE" not in page.inner_text("main")
