"""The report of a P2I, from what is known to the seal: what stops it, whose hand it takes, who is chased."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from minassa.platforms.contradictions import Ground, contradictions
from minassa.platforms.errors import ImpossibleStep, ReportRefused, SameHand, SheetRefused, StaleRow, TamperedReport
from minassa.platforms.models import Report, ReportState, SealedReport
from minassa.platforms.public import (
    Wording,
    check,
    complete,
    prepare_report,
    receive,
    remind_next,
    report_holds,
    seal,
    sealed_content,
    send_back,
    sheet_on,
    unit,
    write_line,
)
from minassa.registry.models import Body, Role
from minassa.registry.public import Actor, Forbidden
from tests.onestop.world import World, appointed, make_world
from tests.web.platforms_world import KNOWN, QUARTER, SOUND

pytestmark = pytest.mark.django_db


@dataclass
class Scene:
    """The manager of Casanearshore, who supervises that body, and a report that nobody has touched."""

    world: World
    manager: Actor
    chief: Actor
    report: Report
    now: datetime


@pytest.fixture
def scene() -> Scene:
    world, now = make_world(), timezone.now()
    body = Body.objects.get(code="casanearshore-manager")
    manager, chief = appointed("p2i", body, Role.PARK_MANAGER), appointed("p2i-chef", body, Role.SUPERVISOR)
    report = prepare_report(101, QUARTER, KNOWN, now, synthetic=True)
    assert report is not None
    return Scene(world, manager, chief, report, now)


def sealed(scene: Scene) -> SealedReport:
    complete(scene.manager, scene.report, SOUND, scene.now)
    assert check(scene.manager, scene.report, scene.now)
    return seal(scene.chief, scene.report, scene.now)


def test_a_report_goes_from_prepared_to_received_and_is_prepared_once(scene: Scene) -> None:
    assert prepare_report(101, QUARTER, KNOWN, scene.now, synthetic=True) is None
    assert (scene.report.due_on.isoformat(), scene.report.state) == ("2026-10-30", ReportState.PREPARED)
    made = sealed(scene)
    assert report_holds(made)
    assert sealed_content(made)["told"]["firms_installed"] == 10
    receive(scene.world.secretary, scene.report, scene.now)
    assert scene.report.state == ReportState.RECEIVED
    with pytest.raises(ImpossibleStep):
        complete(scene.manager, scene.report, SOUND, scene.now)


def test_what_contradicts_stops_the_report_and_an_explanation_lets_it_go(scene: Scene) -> None:
    complete(scene.manager, scene.report, {**SOUND, "firms_installed": 12, "firms_arrived": 3}, scene.now)
    assert not check(scene.manager, scene.report, scene.now)
    assert [one["code"] for one in scene.report.findings] == ["firms-differ", "explain"]
    with pytest.raises(ImpossibleStep):
        seal(scene.chief, scene.report, scene.now)
    told = {**SOUND, "firms_installed": 12, "firms_arrived": 3, "said": "Deux arrivent en octobre (exemple)."}
    complete(scene.manager, scene.report, told, scene.now)
    assert check(scene.manager, scene.report, scene.now)


def test_another_hand_seals_and_strangers_are_refused(scene: Scene) -> None:
    complete(scene.chief, scene.report, SOUND, scene.now)
    check(scene.chief, scene.report, scene.now)
    with pytest.raises(SameHand):
        seal(scene.chief, scene.report, scene.now)
    for actor in (scene.manager, scene.world.secretary, scene.world.signer):
        with pytest.raises(Forbidden):
            seal(actor, scene.report, scene.now)
    with pytest.raises(Forbidden):
        complete(scene.world.secretary, scene.report, SOUND, scene.now)
    with pytest.raises(StaleRow):
        complete(scene.manager, scene.report, SOUND, scene.now, expected=scene.report.version - 1)
    with pytest.raises(ReportRefused):
        complete(scene.manager, scene.report, {**SOUND, "incidents": -1}, scene.now)


def test_a_report_sent_back_is_sealed_again_and_what_was_sealed_stays(scene: Scene) -> None:
    first = sealed(scene)
    with pytest.raises(ReportRefused):
        send_back(scene.world.secretary, scene.report, " ", scene.now)
    send_back(scene.world.secretary, scene.report, "Dites les incidents (exemple).", scene.now)
    again = sealed(scene)
    assert (first.number, again.number) == (1, 2)
    with pytest.raises(DatabaseError), transaction.atomic():
        SealedReport.objects.filter(pk=first.pk).update(digest="0" * 64)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("UPDATE platforms_sealedreport SET content = '{\"told\": {}}' WHERE id = %s", [first.pk])
        cursor.execute("SET session_replication_role = origin")
    first.refresh_from_db()
    with pytest.raises(TamperedReport):
        sealed_content(first)


def test_a_late_report_is_chased_once_and_a_filed_one_never(scene: Scene) -> None:
    day = datetime.combine(scene.report.due_on, datetime.min.time(), tzinfo=scene.now.tzinfo)
    assert not remind_next(day + timedelta(days=4))
    late = day + timedelta(days=6)
    other = prepare_report(102, QUARTER, KNOWN, scene.now, synthetic=True)
    assert other is not None
    Report.objects.filter(pk=other.pk).update(state=ReportState.SEALED)
    assert [remind_next(late), remind_next(late), remind_next(late)] == [True, True, False]
    assert sorted(letter.to[0] for letter in mail.outbox) == ["p2i-chef@minassa.example", "p2i@minassa.example"]


def test_the_sheet_of_a_day_is_what_was_read_then_what_its_manager_wrote(scene: Scene) -> None:
    today, place = timezone.localdate(), unit(101)
    assert sheet_on(place, today).rentable_area_m2 == 300_000
    wing = {"name": "Aile EXEMPLE", "rentable_area_m2": 5_000}
    write_line(scene.manager, 101, Wording("building", "aile", today, wing), scene.now)
    assert sheet_on(place, today).rentable_area_m2 == 305_000
    assert sheet_on(place, today - timedelta(days=1)).rentable_area_m2 == 300_000
    write_line(scene.manager, 101, Wording("building", "aile", today, {}), scene.now)
    assert sheet_on(place, today).rentable_area_m2 == 300_000
    with pytest.raises(SheetRefused):
        write_line(scene.manager, 101, Wording("service", "piscine", today, {"cents_post_month": 0}), scene.now)
    with pytest.raises(SheetRefused):
        write_line(scene.manager, 101, Wording("building", "x", today, {"name": "x", "rentable_area_m2": 0}), scene.now)
    with pytest.raises(Forbidden):
        write_line(scene.manager, 102, Wording("building", "aile", today, wing), scene.now)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"incidents": None}, "absent"),
        ({"occupied_area_m2": 60_000}, "occupied-above-area"),
        ({"occupied_area_m2": 0}, "empty-with-jobs"),
        ({"occupied_area_m2": 100}, "area-per-job"),
        ({"firms_installed": 9, "firms_arrived": 0}, "firms-differ"),
        ({"firms_arrived": 4}, "firms-do-not-add-up"),
        ({"incident_hours": 3}, "hours-without-incident"),
        ({"services": {"power": "interrupted"}}, "cut-without-incident"),
        ({"services": {}}, "service-silent"),
    ],
)
def test_each_contradiction_is_found_where_it_is_planted(changed: dict[str, Any], code: str) -> None:
    ground = Ground(101, 50_000, ("power",), firms=10, jobs=2_000, before=9, tight=3, wide=40)
    sound = {**SOUND, "services": {"power": "rendered"}}
    assert contradictions(sound, ground) == ()
    assert code in [one.code for one in contradictions({**sound, **changed}, ground)]
