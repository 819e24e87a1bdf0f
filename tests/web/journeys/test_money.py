"""The way of a payment in a browser: proposed, validated by another hand, answered by a bank, seen by the firm."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from minassa.ledger.models import BankAccount, Entitlement, PaymentBatch
from minassa.ledger.public import Grant, Place, check_ledger, commit, grant, open_envelope
from minassa.simulators.bank import Bank
from tests.onestop.world import World, make_world
from tests.web.journeys.languages import walked_in
from tests.web.journeys.walk import Walk
from tests.web.money_world import CLAIMS, payers

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
CENTS = 1_234_567_89
REFERENCE = "PAE-2026-EXEMPLE"
RIB = "011 780 0000000000000001 "
GROUNDS = {"fr": "Attestation EXEMPLE du 3 mars", "ar": "شهادة مثال بتاريخ 3 مارس"}


@pytest.fixture
def world(transactional_db: None) -> World:  # noqa: ARG001
    """A firm to which something is due, on credits that are open."""
    world, now = make_world(), timezone.now()
    _officer, chief = payers()
    open_envelope(chief, Place("pae", now.year, "mtnra"), 10 * CENTS, "Loi de finances EXEMPLE", "open", now)
    grant(CLAIMS, Grant(REFERENCE, world.enterprise.pk, "pae", now.year, CENTS), "grant", now)
    commit(CLAIMS, REFERENCE, CENTS, "commit", now)
    return world


@walked_in("ar")
def test_what_is_due_is_paid_and_the_firm_sees_it(
    browser_page: Page, world: World, tmp_path: Path, language: str
) -> None:
    walk = Walk(browser_page, language)
    gives_its_account(walk, world)
    is_confirmed_by_another_hand(walk)
    batch = is_proposed(walk)
    file = is_validated_and_taken(walk, batch, tmp_path)
    answered = Bank(1)
    answered.receive(file.read_bytes(), timezone.now())
    is_reconciled(walk, answered.answers(final=True), tmp_path)
    is_seen_by_the_firm(walk)
    assert Entitlement.objects.get(reference=REFERENCE).settled == CENTS
    assert check_ledger() == []
    assert walk.wrong == []


def gives_its_account(walk: Walk, world: World) -> None:
    """Who signs for the firm gives a wrong account, then the right one."""
    walk.become("sign@minassa.example")
    walk.visit("/fr/comptes/entreprise/", "account-before")
    walk.go(f"/fr/comptes/entreprise/{world.enterprise.uuid}/rib/")
    walk.page.fill("#id_rib", "123")
    walk.press("form[action$='rib/proposer/'] button")
    assert walk.page.locator(".notice-error").count() == 1
    walk.look("rib-wrong")
    walk.page.fill("#id_rib", f"{RIB}{key_of(RIB)}")
    walk.press("form[action$='rib/proposer/'] button")
    account = BankAccount.objects.get()
    assert account.masked in walk.page.inner_text("main")
    assert account.rib not in walk.page.content()
    walk.look("rib-proposed")


def key_of(rib: str) -> str:
    """The key of a RIB whose first 22 digits are given."""
    return f"{97 - int(rib.replace(' ', '')) * 100 % 97:02d}"


def is_confirmed_by_another_hand(walk: Walk) -> None:
    """The supervisor says from which account the State pays, and confirms that of the firm."""
    walk.become("mtnra-chef@minassa.example")
    walk.visit("/fr/comptes/rib/", "accounts")
    walk.page.fill("#id_name", "TRESORERIE EXEMPLE")
    walk.page.fill("#id_rib", f"{RIB}{key_of(RIB)}")
    walk.press("form[action$='rib/payeur/'] button")
    walk.page.click("table details:first-of-type summary")
    walk.page.fill("[name=certificate]", GROUNDS[walk.language])
    walk.press("form[action$='confirmer/'] button")
    assert BankAccount.objects.get().state == "confirmed"


def is_proposed(walk: Walk) -> PaymentBatch:
    """The officer proposes all that is due, and may not validate it."""
    walk.become("mtnra@minassa.example")
    walk.visit("/fr/comptes/lots/nouveau/", "propose")
    walk.press("form[action$='lots/proposer/'] button")
    assert walk.page.locator("form[action$='valider/']").count() == 0
    walk.look("proposed")
    return PaymentBatch.objects.get()


def is_validated_and_taken(walk: Walk, batch: PaymentBatch, folder: Path) -> Path:
    """Another hand validates; the file for the bank is taken."""
    walk.become("mtnra-chef@minassa.example")
    walk.go("/fr/comptes/lots/?etat=proposed")
    walk.press("table th a")
    walk.look("to-validate")
    walk.press("form[action$='valider/'] button")
    walk.look("validated")
    with walk.page.expect_download() as taken:
        walk.page.click("form[action$='fichier/'] button")
    assert taken.value.suggested_filename == f"{batch.number}-pain.001.xml"
    kept = folder / "pain.001.xml"
    taken.value.save_as(kept)
    return kept


def is_reconciled(walk: Walk, answers: list[bytes], folder: Path) -> None:
    """The officer gives a file that is none, then what the bank answered: all is matched, nothing is left to settle."""
    walk.become("mtnra@minassa.example")
    walk.visit("/fr/comptes/banque/?vue=attente", "waiting")
    assert walk.page.locator("table tbody tr").count() == 1
    wrong = folder / "photo.xml"
    wrong.write_bytes(b"\x89PNG EXEMPLE")
    gives(walk, [wrong])
    assert walk.page.locator(".notice-error").count() == 1
    walk.look("bank-wrong")
    files = []
    for rank, content in enumerate(answers):
        files.append(folder / f"reponse-{rank}.xml")
        files[-1].write_bytes(content)
    gives(walk, files)
    assert walk.page.locator(".notice-success").count() == len(answers)
    walk.visit("/fr/comptes/banque/?vue=rapproches", "matched")
    assert walk.page.locator("table tbody tr").count() == 1
    walk.visit("/fr/comptes/", "accounts-of-the-offer")
    walk.visit("/fr/comptes/balance/", "trial-balance")


def gives(walk: Walk, files: list[Path]) -> None:
    """Give files of the bank."""
    walk.page.set_input_files("#files", files)
    walk.press("form[action$='recevoir/'] button")


def is_seen_by_the_firm(walk: Walk) -> None:
    """The firm sees what it received on its first page and on its account, and keeps its statement."""
    walk.become("sign@minassa.example")
    walk.visit("/fr/accueil/", "firm-home")
    said = walk.page.inner_text("[aria-labelledby=home-money]")
    assert "1\u202f234\u202f567,89" in said
    walk.visit("/fr/comptes/entreprise/", "account-paid")
    assert "1\u202f234\u202f567,89" in walk.page.inner_text(".figure-card:first-child .value")
    with walk.page.expect_download() as kept:
        walk.page.click(".exports a:first-of-type")
    assert kept.value.suggested_filename == "releve-synthetique.csv"
