"""Conformity of a P2I: what is found of a point, and a finding from open to closed, or to the CTO."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from minassa.platforms.errors import EvidenceRefused, ImpossibleStep, PlatformError, SameHand
from minassa.platforms.models import Assessment, Evidence, Finding, FindingState
from minassa.platforms.public import (
    Found,
    Given,
    answer_remedy,
    assess,
    checklist,
    escalate,
    propose_remedy,
    read_evidence,
    remedy_done,
    standings,
    verify_remedy,
    visit,
)
from minassa.registry.models import Body, Role
from minassa.registry.public import Actor, Forbidden
from tests.onestop.world import PDF, World, appointed, make_world

pytestmark = pytest.mark.django_db


@dataclass
class Scene:
    """Who manages Casanearshore, the secretariat, and a finding of a visit."""

    world: World
    manager: Actor
    finding: Finding
    now: datetime

    @property
    def soon(self) -> date:
        return timezone.localdate() + timedelta(days=30)


@pytest.fixture
def scene() -> Scene:
    world, now = make_world(), timezone.now()
    manager = appointed("p2i", Body.objects.get(code="casanearshore-manager"), Role.PARK_MANAGER)
    seen = visit(world.secretary, 101, timezone.localdate(), "Visite EXEMPLE.", now)
    assess(world.secretary, 101, Found("safety", "not", "Issue bloquée (exemple).", visit=seen, severity="major"), now)
    return Scene(world, manager, Finding.objects.get(), now)


def test_a_finding_goes_from_open_to_closed_by_two_hands(scene: Scene) -> None:
    finding, secretary = scene.finding, scene.world.secretary
    assert (finding.state, finding.point, finding.severity) == (FindingState.OPEN, "safety", "major")
    propose_remedy(scene.manager, finding, "Dégager l'issue (exemple).", scene.soon, scene.now)
    answer_remedy(secretary, finding, "", scene.now, agreed=True)
    with pytest.raises(PlatformError):
        remedy_done(scene.manager, finding, None, scene.now)
    remedy_done(scene.manager, finding, Given("photo.pdf", PDF), scene.now)
    assert finding.evidence is not None
    assert read_evidence(secretary, finding.evidence) == PDF
    verify_remedy(secretary, finding, "", scene.now, holds=True)
    assert finding.state == FindingState.CLOSED
    with pytest.raises(ImpossibleStep):
        escalate(secretary, finding, "Motif EXEMPLE.", scene.now)


def test_who_repairs_does_not_verify_and_strangers_do_neither(scene: Scene) -> None:
    finding = scene.finding
    with pytest.raises(Forbidden):
        answer_remedy(scene.manager, finding, "", scene.now, agreed=True)
    with pytest.raises(Forbidden):
        propose_remedy(scene.world.secretary, finding, "x", scene.soon, scene.now)
    propose_remedy(scene.manager, finding, "Dégager l'issue (exemple).", scene.soon, scene.now)
    Finding.objects.filter(pk=finding.pk).update(remedy_by=str(scene.world.secretary))
    with pytest.raises(SameHand):
        answer_remedy(scene.world.secretary, finding, "", scene.now, agreed=True)
    with pytest.raises(Forbidden):
        assess(scene.manager, 101, Found("safety", "conform"), scene.now)


def test_a_refusal_says_why_and_a_remedy_has_a_day_to_come(scene: Scene) -> None:
    with pytest.raises(PlatformError):
        propose_remedy(scene.manager, scene.finding, "x", timezone.localdate(), scene.now)
    propose_remedy(scene.manager, scene.finding, "Dégager l'issue (exemple).", scene.soon, scene.now)
    with pytest.raises(PlatformError):
        answer_remedy(scene.world.secretary, scene.finding, " ", scene.now, agreed=False)
    answer_remedy(scene.world.secretary, scene.finding, "Trop tard (exemple).", scene.now, agreed=False)
    assert scene.finding.state == FindingState.OPEN


def test_a_point_that_asks_for_a_proof_does_not_conform_without_one(scene: Scene) -> None:
    secretary = scene.world.secretary
    with pytest.raises(PlatformError):
        assess(secretary, 101, Found("prices", "conform"), scene.now)
    with pytest.raises(EvidenceRefused):
        assess(secretary, 101, Found("prices", "conform", given=Given("x.exe", b"MZ\x90")), scene.now)
    with pytest.raises(PlatformError):
        assess(secretary, 101, Found("prices", "not"), scene.now)
    assess(secretary, 101, Found("prices", "conform", given=Given("prix.pdf", PDF)), scene.now)
    found = {one.point.code: one.last for one in standings(101, timezone.localdate())}
    assert set(found) == set(checklist())
    prices, connected = found["prices"], found["connected"]
    assert prices is not None
    assert (prices.result, connected) == ("conform", None)
    for rows in (Evidence.objects.all(), Assessment.objects.all()):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(by="x")


def test_the_same_point_has_one_open_finding(scene: Scene) -> None:
    assess(scene.world.secretary, 101, Found("safety", "partly", "Encore (exemple)."), scene.now)
    assert Finding.objects.filter(point="safety").count() == 1
