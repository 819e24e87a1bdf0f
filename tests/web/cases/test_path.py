from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from minassa.onestop.models import Case, CaseState, Task
from tests.onestop.world import AGENCIES, ANSWERS, PDF, World
from tests.web.cases.people import client_of

pytestmark = pytest.mark.django_db


def typed() -> dict[str, Any]:
    return {
        key: {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value
        for key, value in ANSWERS.items()
    }


def test_a_case_goes_from_its_draft_to_its_decision_through_the_pages(world: World) -> None:
    preparer, signer = client_of("prepare"), client_of("sign")
    case = draft(preparer, world)
    sign_and_file(preparer, signer, case)
    complete(preparer, case)
    decide(case)
    for client in (preparer, signer, client_of("cto"), client_of("commune-chef"), client_of("secretariat")):
        for language in ("fr", "ar", "en"):
            assert client.get(reverse("case", args=[case.uuid]).replace("/fr/", f"/{language}/")).status_code == 200


def draft(preparer: Client, world: World) -> Case:
    assert preparer.get(reverse("case-new")).status_code == 200
    assert preparer.get(reverse("case-new"), {"demarche": "membership"}).status_code == 200
    opened = preparer.post(reverse("case-new"), {"demarche": "membership", "entreprise": str(world.enterprise.uuid)})
    case = Case.objects.get()
    assert opened["Location"] == reverse("case-draft", args=[case.uuid])
    assert preparer.get(opened["Location"]).status_code == 200
    piece = {"piece-premises_contract": SimpleUploadedFile("bail.pdf", PDF)}
    saved = preparer.post(opened["Location"], {**typed(), "version": case.version, "suite": "signer", **piece})
    assert saved["Location"] == reverse("case-sign", args=[case.uuid])
    assert preparer.get(saved["Location"]).status_code == 200
    return case


def sign_and_file(preparer: Client, signer: Client, case: Case) -> None:
    case.refresh_from_db()
    handed = preparer.post(reverse("case-submit", args=[case.uuid]), {"version": case.version})
    assert handed.status_code == 302
    case.refresh_from_db()
    assert case.state == CaseState.TO_SIGN
    assert signer.get(reverse("case-sign", args=[case.uuid])).status_code == 200
    signed = signer.post(reverse("case-signed", args=[case.uuid]), {"version": case.version, "suite": "deposer"})
    assert signed.status_code == 302
    case.refresh_from_db()
    assert case.state == CaseState.IN_REVIEW


def complete(preparer: Client, case: Case) -> None:
    asked = client_of("commune").post(
        reverse("task-complement", args=[case.uuid, "commune"]),
        {"item": "premises_contract", "note-premises_contract": "illisible", "round": 1},
    )
    assert asked.status_code == 302
    for step in AGENCIES:
        if step != "commune":
            answer(case, step)
    case.refresh_from_db()
    assert case.state == CaseState.COMPLEMENT
    complement = reverse("case-complement", args=[case.uuid])
    assert "illisible" in preparer.get(complement).content.decode()
    piece = {"piece-premises_contract": SimpleUploadedFile("bail2.pdf", PDF + b"2")}
    assert preparer.post(complement, {"version": case.version, **piece}).status_code == 302
    answer(case, "commune", rounds=2)
    case.refresh_from_db()
    assert case.state == CaseState.TO_DECIDE


def decide(case: Case) -> None:
    member = client_of("cto")
    assert case.reference in member.get(reverse("inbox-decide")).content.decode()
    assert member.get(reverse("case", args=[case.uuid])).status_code == 200
    decision = {"decision": "oui", "ground": "", "version": case.version}
    assert member.post(reverse("case-decide", args=[case.uuid]), decision).status_code == 302
    case.refresh_from_db()
    assert case.state == CaseState.ACCEPTED


def answer(case: Case, step: str, rounds: int = 1) -> None:
    officer, chief = client_of(step), client_of(f"{step}-chef")
    assert officer.get(reverse("inbox")).status_code == 200
    assert officer.get(reverse("task", args=[case.uuid, step])).status_code == 200
    proposed = officer.post(reverse("task-propose", args=[case.uuid, step]), {"answer": "favorable", "round": rounds})
    assert proposed.status_code == 302
    assert officer.post(reverse("task-validate", args=[case.uuid, step])).status_code == 403
    assert chief.get(reverse("task", args=[case.uuid, step])).status_code == 200
    case.refresh_from_db()
    validated = chief.post(reverse("task-validate", args=[case.uuid, step]), {"version": case.version})
    assert validated.status_code == 302
    assert Task.objects.get(case=case, step=step).state == "answered"
