"""Targets of specialisation: set by who may with the measure of the day, proposed by who supervises, never changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from minassa.journal.models import Entry
from minassa.platforms.errors import StaleRow, TargetRefused
from minassa.platforms.models import SpecialisationTarget
from minassa.platforms.public import Aim, Measure, propose_target, set_target, targets_of
from minassa.registry.models import Body, Role
from minassa.registry.public import Actor, Forbidden
from tests.onestop.world import World, appointed, make_world

pytestmark = pytest.mark.django_db
MEASURE = Measure(420, "calcul-0001")


@dataclass
class Scene:
    """The secretariat, who manages Casanearshore and who supervises it."""

    world: World
    manager: Actor
    chief: Actor
    now: datetime

    @property
    def aim(self) -> Aim:
        return Aim("ai-data", 1_250, self.now.year + 4, "Motif EXEMPLE.")


@pytest.fixture
def scene() -> Scene:
    world, body = make_world(), Body.objects.get(code="casanearshore-manager")
    manager, chief = appointed("p2i", body, Role.PARK_MANAGER), appointed("p2i-chef", body, Role.SUPERVISOR)
    return Scene(world, manager, chief, timezone.localtime())


def test_a_target_keeps_the_measure_of_its_day_and_is_never_changed(scene: Scene) -> None:
    one = set_target(scene.world.secretary, 101, scene.aim, MEASURE, scene.now)
    assert (one.baseline_share, one.baseline_run, one.proposed) == (420, "calcul-0001", False)
    told = Entry.objects.get(kind="specialisation.targeted")
    assert "Motif" not in str(told.body)
    with pytest.raises(DatabaseError), transaction.atomic():
        SpecialisationTarget.objects.update(share=1)
    with pytest.raises(DatabaseError), transaction.atomic():
        one.delete()
    later = set_target(scene.world.secretary, 101, scene.aim, Measure(None, "calcul-0002"), scene.now)
    assert targets_of(101) == [later, one]
    assert targets_of(102) == []


def test_a_proposal_is_answered_once(scene: Scene) -> None:
    asked = propose_target(scene.chief, 101, scene.aim, MEASURE, scene.now)
    assert asked.proposed
    held = set_target(scene.world.secretary, 101, scene.aim, MEASURE, scene.now, answers=asked)
    assert held.proposal == asked
    with pytest.raises(StaleRow):
        set_target(scene.world.secretary, 101, scene.aim, MEASURE, scene.now, answers=asked)
    with pytest.raises(TargetRefused):
        set_target(scene.world.secretary, 102, scene.aim, MEASURE, scene.now, answers=asked)
    with pytest.raises(TargetRefused):
        set_target(scene.world.secretary, 101, scene.aim, MEASURE, scene.now, answers=held)
    assert SpecialisationTarget.objects.count() == 2


def test_who_proposes_does_not_set_and_strangers_do_neither(scene: Scene) -> None:
    for actor in (scene.chief, scene.manager, scene.world.signer):
        with pytest.raises(Forbidden):
            set_target(actor, 101, scene.aim, MEASURE, scene.now)
    for actor in (scene.manager, scene.world.secretary, scene.world.signer):
        with pytest.raises(Forbidden):
            propose_target(actor, 101, scene.aim, MEASURE, scene.now)
    with pytest.raises(Forbidden):
        propose_target(scene.chief, 102, scene.aim, MEASURE, scene.now)
    assert not SpecialisationTarget.objects.exists()


@pytest.mark.parametrize(
    ("field", "share", "ahead", "said", "run"),
    [
        ("nothing", 1_000, 4, "Motif", "calcul"),
        ("ai-data", 0, 4, "Motif", "calcul"),
        ("ai-data", 9_001, 4, "Motif", "calcul"),
        ("ai-data", 1_000, 0, "Motif", "calcul"),
        ("ai-data", 1_000, 16, "Motif", "calcul"),
        ("ai-data", 1_000, 4, "  ", "calcul"),
        ("ai-data", 1_000, 4, "Motif", ""),
    ],
)
def test_what_cannot_be_is_refused_with_a_reason(
    scene: Scene, field: str, share: int, ahead: int, said: str, run: str
) -> None:
    aim = Aim(field, share, scene.now.year + ahead, said)
    with pytest.raises(TargetRefused) as refusal:
        set_target(scene.world.secretary, 101, aim, Measure(None, run), scene.now)
    assert refusal.value.message
    assert not SpecialisationTarget.objects.exists()
