from __future__ import annotations

import json
from importlib import resources

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from minassa.journal.public import publish_heads
from minassa.onestop.models import CaseDocument
from minassa.proof import check_receipt
from tests.onestop.world import World
from tests.web.cases.people import client_of, now_drafted, now_submitted, of

pytestmark = pytest.mark.django_db
CHECK = "proof-check"


def receipt(world: World) -> str:
    case = now_submitted(world)
    publish_heads(timezone.localdate())
    return client_of("prepare").get(of("case-receipt", case)).content.decode()


def test_heads_and_tool_are_handed_to_everyone(world: World, client: Client) -> None:
    assert "Aucune tête" in client.get(reverse("proof")).text
    told = receipt(world)
    page = client.get(reverse("proof"))
    assert len(page.context["heads"]) >= 1
    heads = json.loads(client.get(reverse("proof-heads")).content)
    assert check_receipt(json.loads(told), heads)["what"] == "case.submitted"
    own = resources.files("minassa.proof").joinpath("verify_receipt.py").read_bytes()
    assert client.get(reverse("proof-tool")).content == own


def test_a_receipt_is_genuine_until_one_letter_of_it_changes(world: World, client: Client) -> None:
    told = receipt(world)
    assert client.post(reverse(CHECK), {"receipt": told}).context["outcome"].genuine
    as_file = SimpleUploadedFile("recu.json", told.encode())
    assert client.post(reverse(CHECK), {"file": as_file}).context["outcome"].genuine
    changed = told.replace("case.submitted", "case.accepted")
    assert not client.post(reverse(CHECK), {"receipt": changed}).context["outcome"].genuine


@pytest.mark.parametrize("text", ["{}", "[]", "pas du JSON", '{"format": 1.5}', "[" * 5_000, "\x00"])
def test_what_is_no_receipt_is_said_to_be_unreadable(db: None, client: Client, text: str) -> None:
    assert db is None
    page = client.post(reverse(CHECK), {"receipt": text})
    assert page.status_code == 200
    assert not page.context["outcome"].genuine
    assert client.post(reverse(CHECK), {}).context["empty"]


def test_a_sealed_document_is_told_from_one_that_was_changed(world: World, client: Client) -> None:
    case = now_submitted(world)
    sealed = client_of("prepare").get(of("case-receipt-pdf", case)).content
    good = client.post(reverse(CHECK), {"file": SimpleUploadedFile("r.pdf", sealed)})
    assert good.context["seal"].holds
    longer = client.post(reverse(CHECK), {"file": SimpleUploadedFile("r.pdf", sealed + b"\n% EXEMPLE\n")})
    assert not (longer.context["seal"] and longer.context["seal"].holds)
    bare = client.post(reverse(CHECK), {"file": SimpleUploadedFile("r.pdf", b"%PDF-1.4 EXEMPLE")})
    assert bare.context["seal"] is None


def test_checking_is_slowed_down_for_who_checks_without_end(db: None, client: Client) -> None:
    assert db is None
    pages = [client.post(reverse(CHECK), {"receipt": "{}"}) for _ in range(32)]
    assert "trouble" in pages[-1].context


def test_an_identifier_says_what_it_proves_and_of_nobody(world: World, client: Client) -> None:
    case = now_submitted(world)
    early = client.get(reverse("verify", args=[case.uuid]))
    assert early.context["state"] is None
    publish_heads(timezone.localdate())
    document = CaseDocument.objects.get(case=case).document
    for number in (case.uuid, document.uuid):
        page = client.get(reverse("verify", args=[number]))
        assert page.context["state"].genuine
        for told in (world.enterprise.name, world.enterprise.ice, "suivi@exemple.example", "bail"):
            assert told not in page.text
    assert client.get(reverse("verify", args=[now_drafted(world).uuid])).status_code == 404
    assert client.get(reverse("verify", args=["00000000-0000-4000-8000-000000000000"])).status_code == 404
