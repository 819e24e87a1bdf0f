"""A claim on paper: the same bytes until something happens, sealed, and what it says in each language."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pyhanko.pdf_utils.reader import PdfFileReader

from minassa.claims.models import Claim, Contest, Line
from minassa.claims.public import TamperedClaim, contest, explained, reasons
from minassa.entitlements.amounts import person_text
from minassa.registry.models import Account
from minassa.registry.public import Forbidden
from minassa.web.claims import law, paper
from minassa.web.claims.law import conditions_of
from minassa.web.claims.paper import claim_document
from minassa.web.documents import check_seal
from minassa.web.writing import digits, money
from tests.claims.world import NOW, Declared, World, a_line, heard, opened, signed
from tests.web.cases.people import client_of

pytestmark = pytest.mark.django_db
LANGUAGES = ("fr", "ar", "en")


def said(monkeypatch: pytest.MonkeyPatch, world: World, claim: Claim, language: str = "fr") -> dict[str, Any]:
    """What the document says, before it is typeset."""
    kept: dict[str, Any] = {}

    def keep(_template: str, data: dict[str, Any], *_rest: object) -> bytes:
        kept.update(data)
        return b""

    monkeypatch.setattr(paper, "pdf", keep)
    with translation.override(language):
        claim_document(world.signer, claim, language)
    return kept


def table(data: dict[str, Any], heading: str) -> list[list[str]]:
    rows: list[list[str]] = next(each["table"]["rows"] for each in data["sections"] if each["heading"] == heading)
    return rows


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_claim_gives_the_same_bytes_for_keeping_and_for_everyone(
    world: World, nation: Declared, language: str
) -> None:
    claim = signed(world, nation)
    with translation.override(language):
        made = claim_document(world.signer, claim, language)
        assert made == claim_document(world.signer, Claim.objects.get(pk=claim.pk), language)
    root = PdfFileReader(BytesIO(made)).root
    assert root["/Lang"] == language
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]["/K"]
    metadata = root["/Metadata"].data.decode()
    assert "<pdfaid:part>2</pdfaid:part>" in metadata
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in metadata
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata


def test_an_act_on_the_claim_gives_another_document(world: World, nation: Declared) -> None:
    claim = opened(world, nation)
    before = claim_document(world.signer, claim, "fr")
    contest(world.preparer, claim, a_line(claim).pk, "le mois est faux", NOW + timedelta(minutes=1))
    assert claim_document(world.signer, claim, "fr") != before


def test_every_line_stands_there_with_its_amount_by_its_pseudonym(
    world: World, nation: Declared, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = signed(world, nation)
    data = said(monkeypatch, world, claim, "ar")
    rows = table(data, "الأسطر")
    lines = list(Line.objects.filter(claim=claim).order_by("person", "hired_month", "period_start"))
    assert len(rows) == len(lines) == claim.line_count
    for row, line in zip(rows, lines, strict=True):
        assert person_text(line.person) in row[0]
        assert row[3] == f"\N{LEFT-TO-RIGHT ISOLATE}{digits(line.amount_cents, 'ar')}\N{POP DIRECTIONAL ISOLATE}"
    assert money(claim.total_cents, "ar") in dict(data["facts"]).values()


def test_conditions_and_reasons_are_said_in_words_and_counted(
    world: World, nation: Declared, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = signed(world, nation)
    data = said(monkeypatch, world, claim)
    conditions = conditions_of(claim)
    assert [each.name for each in conditions] == claim.conditions
    assert all(each.status is not None and each.texts and each.words != each.name for each in conditions)
    lines = list(explained(world.signer, claim))
    for row, condition in zip(table(data, "Conditions"), conditions, strict=True):
        missing = sum(not line.conditions[condition.name] for line in lines)
        assert row[0].strip("\u2066\u2069") == condition.code
        assert row[4].strip("\u2066\u2069") == str(missing)
    told = {row[1] for row in table(data, "Points à regarder")}
    assert told == {reasons()[kind].fr for line in lines for kind in line.reasons}


def test_a_claim_made_under_another_offer_is_printed_without_what_this_one_says(
    world: World, nation: Declared, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = signed(world, nation)
    claim.offer_digest = "0" * 64
    assert all(each.status is None and not each.texts for each in conditions_of(claim))
    assert law.amount_texts(claim) == ()
    monkeypatch.setattr(paper, "is_intact", lambda _claim: True)
    data = said(monkeypatch, world, claim)
    assert {row[2] for row in table(data, "Conditions")} == {"—"}
    assert "Textes cités" not in [each["heading"] for each in data["sections"]]


def test_signature_contests_and_rulings_stand_there_but_never_the_words_of_a_contest(
    world: World, nation: Declared, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = Account.objects.get(pk=world.signer.account_id or 0)
    account.full_name = "Signataire EXEMPLE"
    account.save()
    claim = heard(world, nation)
    Contest.objects.create(
        line=a_line(claim), claim=claim, by_worker=True, by="worker", reason="secret", at=NOW, answer_by=NOW
    )
    data = said(monkeypatch, world, claim)
    text = str(data)
    assert "Signataire EXEMPLE" in text
    assert "secret" not in text
    assert [row[1] for row in table(data, "Contestations")] == ["le salarié"]
    assert [row[1:3] for row in table(data, "Contrôle et décision")] == [
        ["Réduction ou refus proposé", "motif"],
        ["Réponse de l'entreprise", "réponse"],
    ]
    assert claim.content_digest[:8] in text


def test_the_address_gives_the_sealed_document_to_who_may_open_the_claim(world: World, nation: Declared) -> None:
    claim = signed(world, nation)
    address = reverse("claim-pdf", args=[claim.uuid])
    answer = client_of("sign").get(address)
    assert answer["Content-Type"] == "application/pdf"
    report = check_seal(answer.content)
    assert report is not None
    assert report.holds
    assert report.sealed_at == claim.touched_at
    assert client_of("cto").get(address).status_code == 200
    assert client_of("stranger").get(address).status_code == 404
    assert Client().get(address).status_code == 302
    with pytest.raises(Forbidden):
        claim_document(world.stranger, claim, "fr")


def test_a_claim_whose_lines_changed_is_not_printed(world: World, nation: Declared) -> None:
    claim = signed(world, nation)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(
            "UPDATE claims_line SET amount_cents = amount_cents + 1, cumulative_cents = cumulative_cents + 1"
        )
        cursor.execute("SET session_replication_role = origin")
    with pytest.raises(TamperedClaim):
        claim_document(world.signer, claim, "fr")
    answer = client_of("sign").get(reverse("claim-pdf", args=[claim.uuid]))
    assert answer.status_code == 302
