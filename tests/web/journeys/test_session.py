"""A session of the technical committee, in a browser: prepared, convened, held, its minutes sealed."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from minassa.claims.models import Claim, Ruling
from minassa.governance.models import Ballot, Item, Recusal, Session
from minassa.governance.public import minutes_hold, vote
from minassa.registry.models import Account
from minassa.registry.public import actor_of
from minassa.web.committees.minutes import minutes_document
from tests.claims.conftest import nation  # noqa: F401
from tests.claims.world import Declared, make_world, to_decide
from tests.web.journeys.languages import walked_in
from tests.web.journeys.walk import Walk
from tests.web.session_world import Sitting, seated

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
NOTICE = timedelta(days=8)
REASON = "Parts dans l'entreprise (exemple synthétique)."


@pytest.fixture
def claim(request: pytest.FixtureRequest, settings: Settings, tmp_path: Path, nation: Declared) -> Claim:  # noqa: F811
    request.getfixturevalue("transactional_db")
    settings.MINASSA_HOME = tmp_path
    settings.MINASSA_FILES = tmp_path / "files"
    return to_decide(make_world(), nation)


@pytest.fixture
def sitting(claim: Claim, live_server: LiveServer) -> Sitting:  # noqa: ARG001 (the people are there, and the pages)
    account = {name: Account.objects.get(email=f"{name}@minassa.example") for name in ("secretariat", "cto")}
    return seated(actor_of(account["secretariat"]), timezone.now(), mtnra=account["cto"])


@walked_in("fr")
def test_a_session_is_prepared_convened_held_and_its_minutes_sealed(
    browser_page: Page,
    claim: Claim,
    sitting: Sitting,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    language: str,
) -> None:
    walk = Walk(browser_page, language)
    declares_an_interest(walk, claim)
    session = prepares(walk)
    now = timezone.now() + NOTICE
    monkeypatch.setattr(timezone, "now", lambda: now)
    opens(walk, session)
    decides_the_claim(walk, session, sitting)
    claim.refresh_from_db()
    assert claim.state == "accepted"
    assert Ruling.objects.filter(claim=claim, event="accept").get().by == f"sitting:{session.reference}/1"
    votes_in_secret(walk, session, sitting)
    seals(walk, session, tmp_path)
    assert walk.wrong == []


def declares_an_interest(walk: Walk, claim: Claim) -> None:
    """A member says that he or she has shares in the firm: what touches it is not theirs to vote."""
    walk.become("siege-amdie@minassa.example")
    walk.visit("/fr/comites/cto/", "committee")
    walk.page.click("details.fold summary >> nth=0")
    walk.page.fill("#id_ice", claim.enterprise.ice)
    walk.page.fill("#id_detail", REASON)
    walk.press("form[action$='interets/declarer/'] button[type=submit]")
    assert walk.page.locator(".notice-success").count() == 1


def prepares(walk: Walk) -> Session:
    """The secretariat prepares a session, puts the claim and a motion on its agenda, and convenes."""
    page = walk.page
    walk.become("secretariat@minassa.example")
    walk.visit("/fr/seances/preparer/", "new-session")
    page.fill("#id_day", (timezone.localdate() + NOTICE).isoformat())
    page.fill("#id_place", "Rabat, salle EXEMPLE")
    walk.press("main form button[type=submit]")
    page.check("input[name=chosen] >> nth=0")
    walk.press("form:has(input[name=chosen]) button[type=submit]")
    page.click("details.fold summary >> nth=-1")
    page.fill("#id_motion-title", "Motion EXEMPLE")
    page.fill("#id_motion-text", "Un exemple de motion.")
    walk.press("form:has(#id_motion-title) button[type=submit]")
    assert page.locator(".agenda > li").count() == 2
    walk.look("agenda")
    walk.press("form[action$='convoquer/'] button")
    session = Session.objects.get()
    assert session.state == "convened"
    assert session.agenda_digest in page.inner_text("main")
    return session


def opens(walk: Walk, session: Session) -> None:
    """The secretariat notes who is there; who presides opens the session."""
    walk.become("secretariat@minassa.example")
    walk.go(f"/fr/seances/{session.uuid}/")
    while walk.page.locator("button[value=come]").count():
        walk.press("button[value=come] >> nth=0")
    walk.become("cto@minassa.example")
    walk.visit(f"/fr/seances/{session.uuid}/", "session-convened")
    walk.press("button[value=open]")
    walk.look("session-open")
    session.refresh_from_db()
    assert session.state == "open"


def decides_the_claim(walk: Walk, session: Session, sitting: Sitting) -> None:
    """An open vote, in which the member who has an interest does not take part."""
    item = Item.objects.get(session=session, rank=1)
    recused = Recusal.objects.get(item=item)
    assert recused.membership.seat == "amdie"
    address = f"/fr/seances/{session.uuid}/points/1/"
    walk.visit(address, "item-claim")
    walk.press("#presider form:has(input[value=open]) button[type=submit]")
    walk.look("item-voting")
    walk.press("button[name=choice][value=for]")
    walk.become("siege-amdie@minassa.example")
    walk.go(address)
    assert walk.page.locator("button[name=choice]").count() == 0
    walk.become("siege-finances@minassa.example")
    walk.go(address)
    walk.press("button[name=choice][value=against]")
    for seat in ("cnss", "industrie", "emploi"):
        vote(sitting.actor(seat), item, "for", timezone.now())
    closes(walk, address)
    assert walk.page.locator(".tally").count() == 1
    walk.look("item-decided")


def votes_in_secret(walk: Walk, session: Session, sitting: Sitting) -> None:
    """A member asks for secrecy: nobody is ever told who voted what."""
    item = Item.objects.get(session=session, rank=2)
    address = f"/fr/seances/{session.uuid}/points/2/"
    walk.become("siege-cnss@minassa.example")
    walk.go(address)
    walk.press("button[value=secret]")
    walk.become("cto@minassa.example")
    walk.go(address)
    walk.press("#presider form:has(input[value=open]) button[type=submit]")
    walk.press("button[name=choice][value=against]")
    for seat in ("cnss", "finances", "emploi"):
        vote(sitting.actor(seat), item, "for", timezone.now())
    walk.become("cto@minassa.example")
    closes(walk, address)
    assert set(Ballot.objects.filter(item=item).values_list("choice", flat=True)) == {""}
    item.refresh_from_db()
    assert (item.state, item.outcome["in_favour"], item.outcome["against"]) == ("adopted", 3, 1)
    walk.look("item-secret")


def closes(walk: Walk, address: str) -> None:
    walk.become("cto@minassa.example")
    walk.go(address)
    walk.press("#presider form:has(input[value=close]) button[type=submit]")


def seals(walk: Walk, session: Session, folder: Path) -> None:
    """The session is closed, its minutes are sealed; made again, they are the same."""
    address = f"/fr/seances/{session.uuid}/"
    walk.go(address)
    walk.press("form[action$='presider/'] button[value=close]")
    walk.become("secretariat@minassa.example")
    walk.go(address)
    walk.press("form[action$='sceller/'] button")
    session.refresh_from_db()
    assert session.minutes_digest in walk.page.inner_text("aside")
    walk.look("session-sealed")
    with walk.page.expect_download() as found:
        walk.page.click("a[href$='proces-verbal.pdf'] >> nth=0")
    found.value.save_as(folder / "proces-verbal.pdf")
    assert minutes_hold(session)
    assert minutes_document(session, walk.language) == minutes_document(session, walk.language)
    walk.go("/fr/preuve/verifier/")
    walk.page.set_input_files("#file", folder / "proces-verbal.pdf")
    walk.press("main form button[type=submit]")
    assert walk.page.locator(".notice-success").count() == 1
