"""From the monthly deposit to the paid claim, in a browser, in French and in Arabic; then who leaves, what follows."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from minassa.claims import computing, nightly
from minassa.claims.models import Claim, ClaimState
from minassa.conventions.models import Convention, Hearing
from minassa.governance.models import Session
from minassa.intake.models import Upload
from minassa.nation import Manifest
from minassa.registry.models import Account, Enterprise
from minassa.simulators.story import paying, sitting
from minassa.simulators.story.cast import cast
from minassa.simulators.story.claiming import controlled
from minassa.simulators.story.rounds import Opening
from minassa.simulators.story.telling import tell_story
from tests.intake.firms import worked
from tests.simulators.living import living_nation, people
from tests.web.journeys.walk import Walk

CLEAN_BANK = 100
"""Rank of an opening whose bank rejects and returns nothing."""
pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def nation(request: pytest.FixtureRequest, settings: Settings, tmp_path: Path) -> Manifest:
    request.getfixturevalue("transactional_db")
    settings.MINASSA_HOME = tmp_path
    settings.MINASSA_FILES = tmp_path / "files"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    now = timezone.now()
    manifest = living_nation(tmp_path, now)
    if not manifest.late_firm:
        pytest.skip("La nation de démonstration est finie : plus rien n'y reste à déposer.")
    people(now)
    tell_story(manifest, now, lambda _line: None)
    return manifest


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_a_claim_opens_from_a_deposit_and_is_paid(
    browser_page: Page, live_server: LiveServer, nation: Manifest, tmp_path: Path, language: str
) -> None:
    walk = Walk(browser_page, language)
    firm = Enterprise.objects.get(affiliation=nation.late_firm)
    before = set(Claim.objects.filter(enterprise=firm).values_list("pk", flat=True))
    deposits(walk, firm, tmp_path)
    at = timezone.now() + 2 * computing.QUIET
    assert computing.runs(at)
    assert nightly.rounds(at)
    claim = Claim.objects.exclude(pk__in=before).get(enterprise=firm, measure="air")
    signs(walk, firm, claim)
    decides(walk, claim)
    pays(walk, claim)
    looks_at_the_former_regime(walk)
    looks_at_who_left(walk)
    assert walk.wrong == []
    assert live_server.url


def deposits(walk: Walk, firm: Enterprise, folder: Path) -> None:
    """The firm downloads what it owes, sends it, reads that nothing is wrong, and deposits it."""
    page = walk.page
    walk.become("prepare@minassa.example")
    walk.visit(f"/fr/depots/entreprise/{firm.uuid}/", "deposits-late")
    with page.expect_download() as found:
        page.click("#synthetic")
    file = folder / found.value.suggested_filename
    found.value.save_as(file)
    page.set_input_files("#files", file)
    page.click("#depot button[type=submit]")
    page.wait_for_selector(".file-name")
    upload = Upload.objects.get()
    worked(timezone.now())
    walk.visit(f"/fr/depots/{upload.uuid}/", "declaration")
    walk.press("form[action$='deposer/'] button")
    worked(timezone.now() + timedelta(seconds=1))
    upload.refresh_from_db()
    assert upload.state == "deposited", upload.problem


def signs(walk: Walk, firm: Enterprise, claim: Claim) -> None:
    """One hand checks the claim that opened, another signs it."""
    page = walk.page
    walk.visit("/fr/demandes/", "claims")
    named = firm.name if walk.language == "fr" else firm.name_arabic
    assert named in page.inner_text("main")
    walk.visit(f"/fr/demandes/{claim.uuid}/", "claim-open")
    walk.press("form[action$='verifier/'] button")
    walk.become("sign@minassa.example")
    walk.visit(f"/fr/demandes/{claim.uuid}/signature/", "claim-sign")
    page.check("#sur")
    walk.press("form[action$='signer/'] button")
    claim.refresh_from_db()
    assert claim.state == ClaimState.SIGNED
    walk.look("claim-signed")


def decides(walk: Walk, claim: Claim) -> None:
    """The secretariat sends it on; the committee decides it in a session a week later."""
    walk.become("secretariat@minassa.example")
    walk.visit("/fr/controles/", "control-queue")
    opening = after(sitting.HELD)
    controlled(cast(), opening, timezone.now() + timedelta(days=60))
    claim.refresh_from_db()
    assert claim.state == ClaimState.TO_DECIDE
    session = sitting.convened(cast(), opening, timezone.now() + timedelta(days=60))
    assert session is not None
    assert sitting.held(cast(), opening, Session.objects.get(pk=session.pk), timezone.now() + timedelta(days=60))
    claim.refresh_from_db()
    assert claim.state == ClaimState.ACCEPTED


def after(days: int) -> Opening:
    """An opening such that its session, so many days later, is held in ten days."""
    at = timezone.now() + timedelta(days=10 - days)
    return Opening(CLEAN_BANK, at, ())


def pays(walk: Walk, claim: Claim) -> None:
    """The body that pays looks at its batches; the firm sees what was paid."""
    opening, later = after(sitting.HELD), timezone.now() + timedelta(days=60)
    assert paying.paid(cast(), opening, later)
    claim.refresh_from_db()
    # Lines that the checks hold wait for somebody to look at them; the rest is paid.
    assert claim.state in {ClaimState.ACCEPTED, ClaimState.PAID}
    assert claim.paid_cents > 0
    walk.become("mtnra@minassa.example")
    walk.visit("/fr/comptes/lots/", "batches")
    walk.visit("/fr/comptes/credits/", "envelopes")
    walk.become("sign@minassa.example")
    walk.visit(f"/fr/demandes/{claim.uuid}/", "claim-paid")
    walk.visit(f"/fr/comptes/entreprise/{claim.enterprise.uuid}/", "account")


def looks_at_the_former_regime(walk: Walk) -> None:
    """The same, for a firm that joined under an earlier circular and a period before July 2025."""
    own = Account.objects.get(email="sign@minassa.example").mandates.values_list("enterprise", flat=True)
    claim = Claim.objects.filter(enterprise__in=list(own), period__in=("2025-T1", "2025-T2")).order_by("pk").first()
    assert claim is not None
    assert claim.state in {ClaimState.PAID, ClaimState.CUT, ClaimState.ACCEPTED, ClaimState.EXPIRED}
    walk.visit(f"/fr/demandes/{claim.uuid}/", "claim-former-regime")


def looks_at_who_left(walk: Walk) -> None:
    """A recruit left before the eighteenth month: the advance is asked back in proportion, and shows on the account."""
    convention = Convention.objects.get()
    assert Hearing.objects.filter(convention=convention).exclude(recovery="").exists()
    walk.visit(f"/fr/comptes/entreprise/{convention.enterprise.uuid}/", "account-recovery")
