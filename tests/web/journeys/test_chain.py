"""From a firm's words to a decision and its indicator, in a browser; the firm follows it from end to end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from minassa.commitments.models import Recommendation
from minassa.consultations.models import FirmRequest, Hearing, HearingPoint, Poll
from minassa.governance.models import Item, Session
from minassa.governance.public import close_vote, open_vote, vote
from minassa.registry.models import Account, Body, Enterprise, Role
from minassa.registry.public import actor_of
from tests.onestop.world import World, appointed, make_world
from tests.web.journeys.languages import walked_in
from tests.web.journeys.walk import Walk
from tests.web.public.conftest import published, workspace  # noqa: F401 (fixtures)
from tests.web.session_world import Sitting, seated

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
NOTICE = timedelta(days=8)
SUBJECT = "Former à la relation client en arabe (EXEMPLE)"
SAID = "Nos équipes manquent de téléconseillers formés (EXEMPLE)."
ACTION = "Ouvrir 200 places (EXEMPLE)"
APEBI, SECRETARIAT = "apebi@minassa.example", "secretariat@minassa.example"


@pytest.fixture
def world(
    request: pytest.FixtureRequest,
    settings: Settings,
    tmp_path: Path,
    live_server: LiveServer,  # noqa: ARG001
) -> World:
    for needed in ("transactional_db", "published"):
        request.getfixturevalue(needed)
    settings.MINASSA_FILES = tmp_path / "files"
    made = make_world()
    appointed("apebi", Body.objects.get(code="minassa"), Role.FEDERATION)
    return made


@pytest.fixture
def sitting(world: World) -> Sitting:
    assert world.secretary.signed_in
    found = {name: Account.objects.get(email=f"{name}@minassa.example") for name in ("secretariat", "cto")}
    return seated(actor_of(found["secretariat"]), timezone.now(), mtnra=found["cto"])


@walked_in("ar")
def test_what_a_firm_says_is_followed_to_a_decision_and_its_indicator(
    browser_page: Page, world: World, sitting: Sitting, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    walk = Walk(browser_page, language)
    asked = asks(walk, world)
    answers_a_poll(walk, world)
    point = is_heard(walk, world)
    made = is_recommended(walk, asked, point)
    now = is_decided(walk, made, sitting, monkeypatch)
    made.refresh_from_db()
    assert (made.state, made.sitting) == ("adopted", f"{Session.objects.get().reference}/1")
    is_measured(walk, made)
    is_seen_by_the_firm(walk, world, made)
    assert walk.wrong == []
    assert timezone.now() >= now


def asks(walk: Walk, world: World) -> FirmRequest:
    """The firm makes a request; the secretariat answers it."""
    walk.become(world.preparer.email)
    walk.visit("/fr/consultations/", "consultations-of-a-firm")
    walk.go("/fr/consultations/demandes/nouvelle/")
    walk.page.select_option("#id_topic", "training")
    walk.page.fill("#id_subject", SUBJECT)
    walk.page.fill("#id_said", SAID)
    walk.look("request")
    walk.press("main form.reform-form button[type=submit]")
    asked = FirmRequest.objects.get()
    walk.become(SECRETARIAT)
    walk.go(f"/fr/consultations/demandes/{asked.uuid}/")
    walk.page.fill("#answer", "Nous en parlons à l'audition (EXEMPLE).")
    walk.press("form:has(#answer) button[type=submit]")
    walk.look("request-answered")
    return asked


def answers_a_poll(walk: Walk, world: World) -> None:
    """The federation opens a poll: a choice without its Arabic is refused where it is; the firm chooses."""
    page, today = walk.page, timezone.localdate()
    walk.become(APEBI)
    walk.go("/fr/consultations/sondages/nouveau/")
    page.fill("#id_fr", "Que manque-t-il le plus ? (EXEMPLE)")
    page.fill("#id_ar", "ما الذي ينقص أكثر؟ (مثال)")
    page.fill("#id_opens_on", today.isoformat())
    page.fill("#id_closes_on", (today + timedelta(days=5)).isoformat())
    page.fill("#id_choices", "Des téléconseillers | مستشارون هاتفيون\nDes développeurs")
    walk.press("main form.reform-form button[type=submit]")
    walk.look("poll-refused")
    assert page.locator(".field-errors").count() == 1
    page.fill("#id_choices", "Des téléconseillers | مستشارون هاتفيون\nDes développeurs | مطورون")
    walk.press("main form.reform-form button[type=submit]")
    poll = Poll.objects.get()
    walk.become(world.preparer.email)
    walk.go(f"/fr/consultations/sondages/{poll.uuid}/")
    page.check("input[value=c1]")
    walk.press("form:has(input[name=choice]) button[type=submit]")
    walk.look("poll-answered")
    assert poll.votes.get().choice == "c1"


def is_heard(walk: Walk, world: World) -> HearingPoint:
    """The federation hears the firm; the secretariat approves the minutes."""
    page, firm = walk.page, Enterprise.objects.get(pk=world.enterprise.pk)
    walk.become(APEBI)
    walk.go("/fr/consultations/auditions/nouvelle/")
    page.fill("#id_title", "Audition EXEMPLE")
    page.fill("#id_on", timezone.localdate().isoformat())
    page.fill("#id_ice", firm.ice)
    page.fill("#id_points", "Il faut 200 places par an (EXEMPLE).\n\nEn arabe et en français (EXEMPLE).")
    walk.press("main form.reform-form button[type=submit]")
    hearing = Hearing.objects.get()
    assert page.locator("button[type=submit]", has_text="pprou").count() == 0
    walk.become(SECRETARIAT)
    walk.go(f"/fr/consultations/auditions/{hearing.uuid}/")
    walk.press("main form:has(input[name=version]) button[type=submit]")
    walk.look("hearing-approved")
    return hearing.points.get(rank=1)


def is_recommended(walk: Walk, asked: FirmRequest, point: HearingPoint) -> Recommendation:
    """The secretariat drafts a recommendation from the request and the point, and puts it to a committee."""
    page = walk.page
    walk.go(f"/fr/recommandations/rediger/?origin=request:{asked.uuid}&origin=hearing:{point.uuid}")
    page.fill("#id_action", ACTION)
    page.select_option("#id_lead", "ofppt")
    page.fill("#id_target", "200")
    page.fill("#id_due", f"{timezone.localdate() + timedelta(days=400):%Y-%m}")
    walk.press("main form.reform-form button[type=submit]")
    walk.look("recommendation-refused")
    assert page.input_value("#id_action") == ACTION
    page.select_option("#id_indicator", "declared_jobs")
    walk.press("main form.reform-form button[type=submit]")
    made = Recommendation.objects.get()
    assert [one["kind"] for one in made.origins] == ["request", "hearing"]
    walk.press("form[action$='proposer/'] button >> nth=0")
    walk.look("recommendation-proposed")
    return made


def is_decided(walk: Walk, made: Recommendation, sitting: Sitting, monkeypatch: pytest.MonkeyPatch) -> Any:  # noqa: ANN401 (an instant)
    """It is put on an agenda, and the technical committee adopts it."""
    page = walk.page
    walk.go("/fr/seances/preparer/")
    page.fill("#id_day", (timezone.localdate() + NOTICE).isoformat())
    page.fill("#id_place", "Rabat, salle EXEMPLE")
    walk.press("main form button[type=submit]")
    page.check(f"input[name=chosen][value*='{made.uuid}']")
    walk.press("form:has(input[name=chosen]) button[type=submit]")
    walk.press("form[action$='convoquer/'] button")
    session, now = Session.objects.get(), timezone.now() + NOTICE
    later: Callable[[], Any] = lambda: now  # noqa: E731 (what the clock says from here on)
    monkeypatch.setattr(timezone, "now", later)
    walk.become(SECRETARIAT)
    walk.go(f"/fr/seances/{session.uuid}/")
    while page.locator("button[value=come]").count():
        walk.press("button[value=come] >> nth=0")
    walk.become("cto@minassa.example")
    walk.go(f"/fr/seances/{session.uuid}/")
    walk.press("button[value=open]")
    item = Item.objects.get(session=session, rank=1)
    walk.visit(f"/fr/seances/{session.uuid}/points/1/", "item-recommendation")
    open_vote(sitting.chair, item, now)
    for seat in sitting.rows:
        vote(sitting.actor(seat), item, "for", now)
    close_vote(sitting.chair, item, now)
    return now


def is_measured(walk: Walk, made: Recommendation) -> None:
    """It is a commitment, measured by its indicator; the chain is read from both ends."""
    walk.become(SECRETARIAT)
    walk.visit(f"/fr/recommandations/{made.uuid}/", "recommendation-adopted")
    walk.visit("/fr/du-terrain-a-la-decision/", "chain")
    walk.visit(f"/fr/engagements/{made.code}/", "commitment-adopted")
    assert walk.page.locator(f"a[href*='{made.uuid}']").count() == 1
    assert walk.page.locator("p.figure").count() == 1


def is_seen_by_the_firm(walk: Walk, world: World, made: Recommendation) -> None:
    """The firm reads what became of its request and of its hearing, and of nobody else's words."""
    walk.become(world.preparer.email)
    walk.visit("/fr/du-terrain-a-la-decision/mon-entreprise/", "chain-of-a-firm")
    text = walk.page.inner_text("main")
    assert text.count(made.reference) == 2
    assert Session.objects.get().reference in text
    assert walk.page.locator("a[href*='/recommandations/']").count() == 0
    walk.become(world.stranger.email)
    walk.go("/fr/du-terrain-a-la-decision/mon-entreprise/")
    assert made.reference not in walk.page.inner_text("main")
