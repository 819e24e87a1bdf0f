"""What replays found wrong is before the eyes of those who look after the platform and the committees."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from minassa.claims.incidents import tell_incident
from minassa.claims.models import Incident, Round
from minassa.claims.public import INCIDENTS
from tests.web.claims_world import YEAR, Scene

pytestmark = pytest.mark.django_db


def test_an_incident_is_told_once_on_the_home_page_and_on_its_own(scene: Scene) -> None:
    claim, now = scene.claim("paf", YEAR), timezone.now()
    Round.objects.create(kind="replay", key="nuit", at=now, report={"claims": 9, "identical": 8})
    for _night in range(2):
        tell_incident(claim, "amounts", {"compared": 7, "differences": 2}, now)
    assert Incident.objects.count() == 1
    browser = scene.browser("secretariat")
    home = browser.get(reverse("home")).content.decode()
    assert reverse("claims-incidents") in home
    shown = re.sub(r"<bdi[^>]*>|</bdi>", "", browser.get(reverse("claims-incidents")).content.decode())
    assert claim.reference in shown
    assert str(INCIDENTS["amounts"]) in shown
    assert "2 sur 7" in shown
    assert "8 demandes sur 9" in shown
    assert reverse("claim", args=[claim.uuid]) not in shown


def test_others_do_not_see_incidents(scene: Scene) -> None:
    for name in ("sign", "cnss", "cto"):
        assert scene.browser(name).get(reverse("claims-incidents")).status_code == 403


def test_without_incident_the_page_says_so(scene: Scene) -> None:
    shown = scene.browser("secretariat").get(reverse("claims-incidents")).content.decode()
    assert "Aucun incident" in shown
