from __future__ import annotations

import pytest

from minassa.onestop.models import CaseState, TaskState
from minassa.onestop.public import (
    Filters,
    answer_complement,
    appeal,
    cases_for,
    decide,
    propose,
    send_back,
    tasks_for,
    timeline,
    validate,
    view_for,
)
from tests.onestop.world import AGENCIES, DAY, NOW, World, submitted, task_of

pytestmark = pytest.mark.django_db


def test_five_agencies_answer_and_the_committee_decides(world: World) -> None:
    case = submitted(world)
    assert case.state == CaseState.IN_REVIEW
    for step in AGENCIES:
        propose(world.officers[step], task_of(case, step), True, "", {}, NOW + DAY)
        validate(world.supervisors[step], task_of(case, step), NOW + 2 * DAY)
    case.refresh_from_db()
    assert case.state == CaseState.TO_DECIDE
    decide(world.member, case, False, "Part export insuffisante", NOW + 3 * DAY)
    assert case.state == CaseState.REFUSED
    appeal(world.signer, case, "Nouveaux contrats", NOW + 4 * DAY)
    decide(world.member, case, True, "", NOW + 5 * DAY)
    assert case.state == CaseState.ACCEPTED
    told = timeline(case, NOW + 6 * DAY)
    assert [life.totals.life.elapsed for life in told.lives] == [3 * 86400, 86400]


def test_a_complement_is_asked_once_every_agency_has_spoken(world: World) -> None:
    case = submitted(world)
    send_back(world.officers["cnss"], task_of(case, "cnss"), [{"key": "jobs_planned", "note": "Détailler"}], NOW + DAY)
    for step in AGENCIES[1:]:
        propose(world.officers[step], task_of(case, step), True, "", {}, NOW + DAY)
        validate(world.supervisors[step], task_of(case, step), NOW + 2 * DAY)
    case.refresh_from_db()
    assert case.state == CaseState.COMPLEMENT
    answer_complement(world.signer, case, {"jobs_planned": 130}, [], NOW + 5 * DAY)
    assert case.state == CaseState.IN_REVIEW
    task = task_of(case, "cnss")
    assert (task.state, task.round) == (TaskState.OPEN, 2)
    told = timeline(case, NOW + 6 * DAY)
    assert told.lives[0].totals.by_main["firm"].elapsed == 3 * 86400


def test_lists_and_view(world: World) -> None:
    case = submitted(world)
    assert [row.pk for row in cases_for(world.preparer, Filters()).rows] == [case.pk]
    assert [row.pk for row in cases_for(world.officers["dgi"], Filters()).rows] == [case.pk]
    assert cases_for(world.stranger, Filters()).rows == []
    assert [row.step for row in tasks_for(world.officers["dgi"], Filters()).rows] == ["dgi"]
    seen = {shown.field.key for shown in view_for(world.officers["immigration"], case).fields}
    assert "export_share" not in seen
    assert "foreign_staff" in seen
