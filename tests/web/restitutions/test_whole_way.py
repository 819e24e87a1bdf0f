"""From a payment to what a later deposit asks back: found, answered by the firm, decided in a session, owed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import polars as pl
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from minassa.claims import nightly
from minassa.claims.models import Claim, Restitution
from minassa.claims.public import accept, lines_of, pass_on
from minassa.entitlements.amounts import person_text
from minassa.entitlements.runs import run
from minassa.governance.models import Item
from minassa.governance.public import attend, convene, open_session
from minassa.intake.models import Upload
from minassa.intake.public import lake
from minassa.ledger.models import Entitlement, PaymentBatch
from minassa.ledger.public import (
    AccountGiven,
    Place,
    check_ledger,
    commit_waiting,
    confirm_account,
    open_envelope,
    propose_account,
    propose_due,
    receive_bank_file,
    send_batch,
    set_payer,
    validate_batch,
)
from minassa.offer.loading import load_offer
from minassa.registry.public import committee_actor
from minassa.simulators.bank_messages import STATEMENT, Movement, Ordered, account_message
from tests.intake.firms import worked
from tests.ledger.world import PAYER, rib
from tests.web.claims_world import UNTIL, Scene
from tests.web.money_world import payers
from tests.web.session_world import BEFORE, seated

pytestmark = pytest.mark.django_db
LANGUAGES = ("fr", "ar")
ENOUGH = 10**12
GONE = 2
"""Recruits whose post turns out to be in no filière."""


def in_both(browser: Client, name: str, *arguments: object) -> Iterator[str]:
    """A page as it is shown in French, then in Arabic."""
    for language in LANGUAGES:
        with translation.override(language):
            address = reverse(name, args=arguments)
        answer = browser.get(address)
        assert answer.status_code == 200, address
        shown = answer.content.decode()
        assert f'lang="{language}"' in shown
        yield shown


def accepted(scene: Scene) -> Claim:
    claim = pass_on(scene.actor("secretariat"), scene.signed(), timezone.now())
    return accept(committee_actor("CTO-EXEMPLE/1", [str(scene.actor("cto"))]), claim, timezone.now())


def paid(scene: Scene, claim: Claim) -> Claim:
    """The claim after its orders were proposed, validated by another hand, and executed by the bank."""
    now, (officer, chief) = timezone.now(), payers()
    year = Entitlement.objects.get(reference=claim.reference).budget_year
    open_envelope(chief, Place(claim.measure, year, "mtnra"), ENOUGH, "Loi de finances EXEMPLE", "walk", now)
    commit_waiting(now)
    set_payer(chief, PAYER, now)
    account = propose_account(scene.actor("sign"), claim.enterprise, AccountGiven("EXEMPLE", rib(1)), now)
    confirm_account(officer, account, "Attestation EXEMPLE", now)
    propose_due(officer, now, "walk")
    for batch in PaymentBatch.objects.order_by("pk"):
        validate_batch(chief, batch.number, now)
        send_batch(chief, batch.number, now)
        said = [
            Movement(Ordered(batch.number, order.number, order.net), f"B-{order.number}", order.net)
            for order in batch.orders.order_by("pk")
        ]
        receive_bank_file(officer, account_message(STATEMENT, f"S-{batch.number}", said, now), now)
    claim.refresh_from_db()
    assert claim.paid_cents > 0
    return claim


def corrected_register(claim: Claim) -> tuple[str, bytes, set[int]]:
    """The last register of the firm, the post of two recruits claimed for in no filière; who they are."""
    kept = lake()
    of_firm = pl.col("affiliation") == claim.affiliation
    staff = kept.current("staff_lines").filter(of_firm).collect()
    latest = staff.filter(pl.col("as_of_month") == staff["as_of_month"].max())
    wanted = claim.lines.filter(amount_cents__gt=0, flags=0).order_by("pk").values_list("person", flat=True)
    rows = latest.filter(pl.col("person").is_in(list(wanted))).sort("line").head(GONE)
    assert rows.height == GONE
    (file_id,) = rows["file_id"].unique()
    name = kept.current("deposits").filter(pl.col("file_id") == file_id).collect()["name"][0]
    lines = kept.original_file(file_id).decode("utf-8-sig").splitlines()
    place = lines[0].split(";").index("filiere")
    for number in rows["line"]:
        cells = lines[number - 1].split(";")
        cells[place] = "AUCUNE"
        lines[number - 1] = ";".join(cells)
    return Path(name).name, "\r\n".join(lines).encode(), set(rows["person"])


def deposits(scene: Scene, claim: Claim) -> set[int]:
    """The firm sends its register again by the page of deposits, and deposits it; whom it concerns."""
    name, content, persons = corrected_register(claim)
    browser = scene.browser("prepare")
    sent = browser.post(
        reverse("upload-send", args=[claim.enterprise.uuid]), {"files": [SimpleUploadedFile(name, content)]}
    )
    assert sent.status_code == 302
    worked(timezone.now())
    upload = Upload.objects.get()
    assert browser.post(reverse("upload-deposit", args=[upload.uuid])).status_code == 302
    worked(timezone.now() + timedelta(seconds=1))
    upload.refresh_from_db()
    assert upload.state == "deposited", upload.problem
    return persons


def found(claim: Claim) -> Restitution:
    """What the worker finds once the declarations are computed again."""
    kept, folder = lake(), Path(settings.MINASSA_HOME) / "runs"
    run(kept, kept.versions(), load_offer(), folder / "calcul-0002", UNTIL)
    while nightly.rounds(timezone.now().replace(hour=12)):
        pass
    return Restitution.objects.get(claim=claim)


def decided(scene: Scene, restitution: Restitution) -> Item:
    """Put on an agenda by its page, then adopted by a session that everyone attends."""
    now = timezone.now()
    sitting = seated(scene.actor("secretariat"), now, mtnra=scene.accounts["cto"])
    planned = now + BEFORE
    session = sitting.drafted(planned + BEFORE)
    browser = scene.browser("secretariat")
    propose = reverse("session-propose", args=[session.uuid, "restitution", restitution.uuid])
    shown = browser.get(propose).content.decode()
    assert all(person_text(line.line.person) in shown for line in lines_of(restitution))
    answer = browser.post(propose, {"decision": "ask_back", "ground": "Le registre corrigé le dit."})
    assert answer.status_code == 302
    convene(sitting.secretary, session, planned)
    sits = planned + BEFORE
    for row in sitting.rows.values():
        attend(sitting.secretary, session, row, sits)
    open_session(sitting.chair, session, sits)
    return sitting.decided(Item.objects.get(session=session), sits)


def test_what_a_later_deposit_no_longer_justifies_is_heard_decided_and_owed(scene: Scene) -> None:
    claim = paid(scene, accepted(scene))
    persons = deposits(scene, claim)
    restitution = found(claim)
    lines = list(lines_of(restitution))
    assert {line.line.person for line in lines} == persons
    assert restitution.cents == sum(line.line.amount_cents for line in lines) > 0
    firm = scene.browser("sign")
    for shown in in_both(firm, "home"):
        assert str(restitution.uuid) in shown
    for shown in in_both(firm, "restitution", restitution.uuid):
        assert all(person_text(person) in shown for person in persons)
    with translation.override("ar"):
        address = reverse("restitution-reply", args=[restitution.uuid])
    assert firm.post(address, {"text": "خطأ في السجل، مثال اصطناعي."}).status_code == 302
    for shown in in_both(scene.browser("cto"), "restitution", restitution.uuid):
        assert "خطأ في السجل" in shown
    item = decided(scene, restitution)
    restitution.refresh_from_db()
    assert (item.state, restitution.state) == ("adopted", "decided")
    assert restitution.recovery is not None
    assert restitution.recovery.amount == restitution.cents
    assert Entitlement.objects.get(reference=claim.reference).recovered == restitution.cents
    for shown in in_both(firm, "restitution", restitution.uuid):
        assert restitution.recovery.number in shown
        assert "Le registre corrigé le dit." in shown
    for shown in in_both(firm, "money-firm", claim.enterprise.uuid):
        assert restitution.recovery.number in shown
    for shown in in_both(firm, "claim", claim.uuid):
        assert str(restitution.uuid) in shown
    assert check_ledger() == []
