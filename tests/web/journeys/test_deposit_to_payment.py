"""From the monthly deposit to the paid claim, then a departure before the 18th month, by clicks alone.

In French and in Arabic: a claim of today, then one under a circular before July 2025, which was signed in its time.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page
from pytest_django import Settings

from minassa.claims import computing, nightly
from minassa.claims.models import Claim, ClaimState, Draw
from minassa.conventions.models import Convention, Hearing
from minassa.governance.models import Item, Session
from minassa.governance.public import minutes_hold
from minassa.intake.models import Upload
from minassa.ledger.models import PaymentBatch, Recovery
from minassa.ledger.public import check_ledger
from minassa.nation import Manifest
from minassa.registry.models import Account, Enterprise
from minassa.simulators.bank import Bank
from minassa.simulators.story import agreeing
from minassa.simulators.story.cast import COMMITTEE
from minassa.simulators.story.telling import tell_story
from tests.intake.firms import worked
from tests.simulators.living import living_nation, people
from tests.web.journeys.languages import walked_in
from tests.web.journeys.walk import Walk

FORMER = "2025-T2"
THEN = datetime(2026, 2, 26, 10, 0, tzinfo=UTC)
"""A day on which claims of the last quarter before July 2025, opened when the platform began, may still be signed."""
NOTICE = timedelta(days=8)
SAID = "Exemple synthétique : les pièces concordent avec les déclarations."
pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@dataclass
class Clock:
    """The time of the platform: it may begin elsewhere than now, and passes when told."""

    real: Callable[[], datetime]
    ahead: timedelta = timedelta()

    def now(self) -> datetime:
        return self.real() + self.ahead

    def passes(self, delay: timedelta) -> datetime:
        self.ahead += delay
        return self.now()


@pytest.fixture
def clock(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock(timezone.now)
    if "earlier" in request.fixturenames:
        made.ahead = THEN - made.now()
    monkeypatch.setattr(timezone, "now", made.now)
    return made


@pytest.fixture
def earlier() -> None:
    """Asks for the platform as it was in its first weeks."""


@pytest.fixture(scope="module")
def nations(tmp_path_factory: pytest.TempPathFactory) -> Callable[[datetime], tuple[Path, Manifest]]:
    """The nation in a data folder as it is known on a day, made once for each day."""
    made: dict[date, tuple[Path, Manifest]] = {}

    def known(now: datetime) -> tuple[Path, Manifest]:
        if now.date() not in made:
            home = tmp_path_factory.mktemp("nation")
            made[now.date()] = home, living_nation(home, now)
        return made[now.date()]

    return known


@pytest.fixture
def nation(
    request: pytest.FixtureRequest,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    nations: Callable[[datetime], tuple[Path, Manifest]],
    clock: Clock,
) -> Manifest:
    request.getfixturevalue("transactional_db")
    home, manifest = nations(clock.now())
    if not manifest.late_firm:
        pytest.skip("La nation de démonstration est finie : plus rien n'y reste à déposer.")
    settings.MINASSA_HOME = shutil.copytree(home, tmp_path / "home")
    settings.MINASSA_FILES = tmp_path / "home" / "files"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    people(clock.now())
    monkeypatch.setattr(agreeing, "left", lambda *_known: 0)  # departures are left to the walk
    tell_story(manifest, clock.now(), lambda _line: None)
    return manifest


@pytest.mark.usefixtures("live_server")
@walked_in("ar")
def test_from_the_deposit_to_the_payment_and_back(
    browser_page: Page, nation: Manifest, clock: Clock, tmp_path: Path, language: str
) -> None:
    walk = Walk(browser_page, language)
    firm = Enterprise.objects.get(affiliation=nation.late_firm)
    before = set(Claim.objects.filter(enterprise=firm).values_list("pk", flat=True))
    deposits(walk, firm, tmp_path)
    computed = clock.passes(2 * computing.QUIET)
    assert computing.runs(computed)
    assert nightly.rounds(computed)
    goes_to_its_payment(walk, Claim.objects.exclude(pk__in=before).get(enterprise=firm, measure="air"), clock, tmp_path)
    asks_back_of_who_left(walk)
    assert check_ledger() == []
    assert walk.wrong == []


@pytest.mark.usefixtures("live_server", "earlier", "nation")
@walked_in("fr")
def test_the_same_under_an_earlier_circular(browser_page: Page, clock: Clock, tmp_path: Path, language: str) -> None:
    walk = Walk(browser_page, language)
    goes_to_its_payment(walk, of_the_former_regime(), clock, tmp_path)
    assert check_ledger() == []
    assert walk.wrong == []


def goes_to_its_payment(walk: Walk, claim: Claim, clock: Clock, folder: Path) -> None:
    """Signed, controlled, decided in a session, paid, seen by its firm, replayed to the centime."""
    signs(walk, claim)
    is_controlled(walk, claim, clock)
    session = is_convened(walk, claim)
    clock.passes(NOTICE)
    is_held(walk, session, claim)
    claim.refresh_from_db()
    assert claim.state == ClaimState.ACCEPTED
    is_paid(walk, claim, folder)
    is_seen_and_replayed(walk, claim)


def of_the_former_regime() -> Claim:
    """The last claim under a circular before 2025 that the story leaves to whoever has an account."""
    own = Account.objects.get(email="sign@minassa.example").mandates.values("enterprise")
    found = Claim.objects.filter(enterprise__in=own, measure="air", period=FORMER, state=ClaimState.OPEN)
    return found.order_by("-total_cents")[0]


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


def signs(walk: Walk, claim: Claim) -> None:
    """One hand checks the claim that opened, another signs it."""
    walk.become("prepare@minassa.example")
    walk.visit(f"/fr/demandes/{claim.uuid}/", "claim-open")
    walk.press("form[action$='verifier/'] button")
    walk.become("sign@minassa.example")
    walk.visit(f"/fr/demandes/{claim.uuid}/signature/", "claim-sign")
    walk.page.check("#sur")
    walk.press("form[action$='signer/'] button")
    claim.refresh_from_db()
    assert claim.state == ClaimState.SIGNED


def is_controlled(walk: Walk, claim: Claim, clock: Clock) -> None:
    """The list is committed, the seed comes a day later, all are drawn; an officer writes what was found."""
    page = walk.page
    walk.become("secretariat@minassa.example")
    walk.visit("/fr/controles/", "control-queue")
    walk.go("/fr/controles/campagnes/")
    page.fill("#id_name", "Campagne EXEMPLE")
    for stratum in ("high", "medium", "low"):
        page.fill(f"#id_{stratum}", "100")
    page.fill("#id_seed_source", "Loterie EXEMPLE (synthétique)")
    page.fill("#id_seed_not_before", f"{timezone.localtime() + timedelta(hours=12):%Y-%m-%dT%H:%M}")
    walk.press("main form button[type=submit]")
    draw = Draw.objects.latest("committed_at")
    clock.passes(timedelta(days=1))
    walk.become("secretariat@minassa.example")
    walk.visit(f"/fr/controles/tirages/{draw.uuid}/", "draw-committed")
    page.fill("#seed", "271828182845")
    walk.press("form[action$='tirer/'] button")
    walk.look("drawn")
    walk.become("dgi@minassa.example")
    walk.visit(f"/fr/demandes/{claim.uuid}/", "claim-in-control")
    page.fill("#findings", SAID)
    walk.press("form[action$='conclure/'] button")
    claim.refresh_from_db()
    assert claim.state == ClaimState.TO_DECIDE


def is_convened(walk: Walk, claim: Claim) -> Session:
    """The secretariat puts the claim on the agenda of a session, and convenes the committee."""
    walk.become("secretariat@minassa.example")
    walk.go("/fr/seances/preparer/")
    walk.page.fill("#id_day", (timezone.localdate() + NOTICE).isoformat())
    walk.page.fill("#id_place", "Rabat, salle EXEMPLE")
    walk.press("main form button[type=submit]")
    walk.page.check(f"input[name=chosen][value*='{claim.uuid}']")
    walk.press("form:has(input[name=chosen]) button[type=submit]")
    walk.look("agenda")
    walk.press("form[action$='convoquer/'] button")
    session = Session.objects.latest("pk")
    assert session.state == "convened"
    return session


def is_held(walk: Walk, session: Session, claim: Claim) -> None:
    """Who presides opens the votes, each member votes on each point, the votes are closed, the minutes sealed."""
    address = f"/fr/seances/{session.uuid}/"
    chair = f"{COMMITTEE[0]}@minassa.example"
    walk.become("secretariat@minassa.example")
    walk.go(address)
    while walk.page.locator("button[value=come]").count():
        walk.press("button[value=come] >> nth=0")
    walk.become(chair)
    walk.visit(address, "session-convened")
    walk.press("form[action$='presider/'] button[value=open]")
    points = [f"{address}points/{rank}/" for rank in _ranks(session)]
    for point in points:
        walk.go(point)
        walk.press("#presider form:has(input[value=open]) button[type=submit]")
    for name in COMMITTEE:
        walk.become(f"{name}@minassa.example")
        for point in points:
            walk.go(point)
            walk.press("button[name=choice][value=for]")
    walk.become(chair)
    for rank, point in enumerate(points, start=1):
        walk.go(point)
        walk.press("#presider form:has(input[value=close]) button[type=submit]")
        walk.look(f"point-decided-{rank}")
    walk.go(address)
    walk.press("form[action$='presider/'] button[value=close]")
    walk.become("secretariat@minassa.example")
    walk.go(address)
    walk.press("form[action$='sceller/'] button")
    walk.look("session-sealed")
    session.refresh_from_db()
    assert minutes_hold(session)
    assert Item.objects.get(session=session, kind="claim", subject=str(claim.uuid)).state == "adopted"


def _ranks(session: Session) -> list[int]:
    return list(Item.objects.filter(session=session, consent_list=None).order_by("rank").values_list("rank", flat=True))


def is_paid(walk: Walk, claim: Claim, folder: Path) -> None:
    """What is due is proposed, validated by another hand, taken to the bank, and what the bank answers is given."""
    known = set(PaymentBatch.objects.values_list("pk", flat=True))
    walk.become("mtnra@minassa.example")
    walk.visit("/fr/comptes/lots/nouveau/", "propose")
    walk.press("form[action$='lots/proposer/'] button")
    bank, files = Bank(1, mark="W"), []
    walk.become("mtnra-chef@minassa.example")
    for batch in PaymentBatch.objects.exclude(pk__in=known):
        walk.visit(f"/fr/comptes/lots/{batch.number}/", "batch")
        walk.press("form[action$='valider/'] button")
        with walk.page.expect_download() as taken:
            walk.page.click("form[action$='fichier/'] button")
        order = folder / taken.value.suggested_filename
        taken.value.save_as(order)
        bank.receive(order.read_bytes(), timezone.now())
    for rank, content in enumerate(bank.answers(final=True)):
        files.append(folder / f"reponse-{rank}.xml")
        files[-1].write_bytes(content)
    walk.become("mtnra@minassa.example")
    walk.go("/fr/comptes/banque/?vue=attente")
    walk.page.set_input_files("#files", files)
    walk.press("form[action$='recevoir/'] button")
    assert walk.page.locator(".notice-success").count() == len(files)
    walk.visit("/fr/comptes/banque/?vue=rapproches", "matched")
    claim.refresh_from_db()
    # Lines that the checks hold wait for somebody to look at them; the rest is paid.
    assert claim.paid_cents > 0


def is_seen_and_replayed(walk: Walk, claim: Claim) -> None:
    """The firm reads what it received, and has the decision computed again, to the centime."""
    walk.become("sign@minassa.example")
    walk.visit(f"/fr/demandes/{claim.uuid}/", "claim-paid")
    walk.visit(f"/fr/comptes/entreprise/{claim.enterprise.uuid}/", "account")
    walk.go(f"/fr/demandes/{claim.uuid}/")
    walk.press("form[action$='rejouer/'] button")
    assert walk.page.locator(".notice-success").count() == 1
    walk.look("claim-replayed")


def asks_back_of_who_left(walk: Walk) -> None:
    """Recruits left before their 18th month: the firm is heard, the advance asked back in proportion."""
    convention = Convention.objects.get()
    address = f"/fr/conventions/{convention.uuid}/"
    walk.become("secretariat@minassa.example")
    walk.visit(address, "convention")
    walk.press(f"form[action$='{convention.uuid}/restitutions/'] button")
    walk.look("hearings")
    hearing = Hearing.objects.filter(convention=convention).order_by("-months_kept")[0]
    assert hearing.months_kept < hearing.months_required
    mine = f"form[action*='{hearing.uuid}']"
    walk.become("sign@minassa.example")
    walk.go(address)
    walk.page.fill(f"{mine} [name=text]", SAID)
    walk.press(f"{mine} button")
    walk.become("mtnra@minassa.example")
    walk.go(address)
    walk.press(f"{mine} button[value=oui]")
    walk.look("asked-back")
    hearing.refresh_from_db()
    recovery = Recovery.objects.get(number=hearing.recovery)
    assert 0 < recovery.amount < hearing.base
    walk.visit(f"/fr/comptes/restitutions/{recovery.number}/", "recovery")
    walk.become("sign@minassa.example")
    walk.visit(f"/fr/comptes/entreprise/{convention.enterprise.uuid}/", "account-recovery")
