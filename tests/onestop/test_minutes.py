"""The minute ledger: every second has its holder; deadlines, lapses, silence."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models import F
from hypothesis import given, settings
from hypothesis import strategies as st

from minassa.onestop.case_models import Custody
from minassa.onestop.errors import CaseError, ComplementAlreadyAsked, ImpossibleAct, SameHand
from minassa.onestop.life import events_of
from minassa.onestop.models import Case, CaseState, Complement, TaskState
from minassa.onestop.public import (
    answer_complement,
    appeal,
    decide,
    give_back,
    propose,
    real_delays,
    send_back,
    timeline,
    validate,
)
from minassa.onestop.timers import fire_due
from tests.onestop.world import AGENCIES, DAY, NOW, World, submitted, task_of

pytestmark = pytest.mark.django_db
ASKED = [{"key": "jobs_planned", "note": "Détailler"}]


def answered(world: World, case: Case, *steps: str, day: int = 1) -> None:
    for step in steps:
        propose(world.officers[step], task_of(case, step), True, "", {}, NOW + day * DAY)
        validate(world.supervisors[step], task_of(case, step), NOW + day * DAY)
    case.refresh_from_db()


def test_asked_at_once_the_others_go_on_and_the_firm_is_awaited_beside_them(world: World) -> None:
    case = submitted(world)
    due = case.due_at
    send_back(world.officers["cnss"], task_of(case, "cnss"), ASKED, NOW + DAY, at_once=True)
    case.refresh_from_db()
    assert (case.state, case.holder) == (CaseState.COMPLEMENT, "agencies")
    with pytest.raises(ComplementAlreadyAsked):
        send_back(world.officers["dgi"], task_of(case, "dgi"), ASKED, NOW + 2 * DAY)
    answered(world, case, *AGENCIES[1:], day=3)
    assert (case.state, case.holder) == (CaseState.COMPLEMENT, "firm")
    answer_complement(world.preparer, case, {"jobs_planned": 9}, [], NOW + 8 * DAY)
    assert (case.state, case.holder) == (CaseState.IN_REVIEW, "agencies")
    [life] = timeline(case, NOW + 9 * DAY).lives
    assert life.totals.by_main["firm"].elapsed == 5 * 86400
    assert life.totals.life.elapsed == 9 * 86400
    assert due is not None
    assert case.due_at is not None
    assert case.due_at - due >= timedelta(days=4)


def test_only_what_was_asked_may_change_and_all_of_it(world: World) -> None:
    case = submitted(world)
    send_back(world.officers["cnss"], task_of(case, "cnss"), ASKED, NOW + DAY, at_once=True)
    with pytest.raises(CaseError):
        answer_complement(world.preparer, case, {"jobs_planned": 1, "export_share": 1}, [], NOW + 2 * DAY)
    with pytest.raises(CaseError):
        answer_complement(world.preparer, case, {"jobs_planned": ""}, [], NOW + 2 * DAY)
    assert Case.objects.get(pk=case.pk).state == CaseState.COMPLEMENT


def test_a_complement_left_unanswered_lapses_and_the_agency_answers_on_what_it_has(world: World) -> None:
    case = submitted(world)
    send_back(world.officers["cnss"], task_of(case, "cnss"), ASKED, NOW + DAY, at_once=True)
    answered(world, case, *AGENCIES[1:])
    answer_by = Complement.objects.get().answer_by
    assert answer_by is not None
    assert fire_due(case, answer_by - timedelta(seconds=1)) == 0
    fire_due(case, answer_by)
    case.refresh_from_db()
    assert (case.state, task_of(case, "cnss").round) == (CaseState.IN_REVIEW, 2)
    with pytest.raises(ComplementAlreadyAsked):
        send_back(world.officers["cnss"], task_of(case, "cnss"), ASKED, answer_by + DAY)


def test_silence_accepts_only_where_the_procedure_says_so(world: World) -> None:
    silent, heard = submitted(world), submitted(world)
    version = silent.procedure
    content = {**version.content, "version": 9, "decision": {**version.content["decision"], "silence": "acceptance"}}
    version.pk, version.version, version.content = None, 9, content
    version.save()
    Case.objects.filter(pk=silent.pk).update(procedure=version)
    late = NOW + 60 * DAY
    for case in (silent, heard):
        fire_due(case, late)
        case.refresh_from_db()
    assert (silent.state, silent.decisions.get().by) == (CaseState.ACCEPTED, "system:silence")
    assert silent.decided_at == silent.due_at
    assert set(silent.tasks.values_list("state", flat=True)) == {TaskState.CANCELLED}
    assert heard.state == CaseState.IN_REVIEW
    assert timeline(silent, late).lives[0].segments[-1].end <= int(late.timestamp())


def test_maker_and_checker_are_two_hands(world: World) -> None:
    case = submitted(world)
    task = task_of(case, "cnss")
    propose(world.supervisors["cnss"], task, True, "", {}, NOW + DAY)
    with pytest.raises(SameHand):
        validate(world.supervisors["cnss"], task, NOW + DAY)
    with pytest.raises(SameHand):
        give_back(world.supervisors["cnss"], task, "non", NOW + DAY)
    other = task_of(case, "dgi")
    propose(world.officers["dgi"], other, False, "Dette", {}, NOW + DAY)
    give_back(world.supervisors["dgi"], other, "Vérifier", NOW + DAY)
    assert (other.state, other.maker) == (TaskState.OPEN, "")
    with pytest.raises(CaseError):
        propose(world.officers["dgi"], other, False, " ", {}, NOW + DAY)


def test_one_appeal_within_its_delay(world: World) -> None:
    case = submitted(world)
    answered(world, case, *AGENCIES)
    with pytest.raises(CaseError):
        decide(world.member, case, False, "", NOW + 2 * DAY)
    decide(world.member, case, False, "Motif", NOW + 2 * DAY)
    with pytest.raises(ImpossibleAct):
        appeal(world.signer, case, "Trop tard", NOW + 80 * DAY)
    appeal(world.signer, case, "Raisons", NOW + 3 * DAY)
    decide(world.member, case, False, "Motif", NOW + 4 * DAY)
    with pytest.raises(ImpossibleAct):
        appeal(world.signer, case, "Encore", NOW + 5 * DAY)


def test_real_delays_leave_out_the_time_of_the_firm(world: World) -> None:
    case = submitted(world)
    send_back(world.officers["cnss"], task_of(case, "cnss"), ASKED, NOW + DAY, at_once=True)
    answered(world, case, *AGENCIES[1:], day=2)
    answer_complement(world.preparer, case, {"jobs_planned": 9}, [], NOW + 12 * DAY)
    answered(world, case, "cnss", day=15)
    decide(world.member, case, True, "", NOW + 16 * DAY)
    found = {one.body: one for one in real_delays(NOW - DAY, NOW + 20 * DAY)}
    assert (found["cnss"].median, found["dgi"].median) == (4 * 86400, 2 * 86400)
    assert found[""].median == 6 * 86400
    assert [month.count for month in found["cnss"].trend] == [1]
    waiting = submitted(world, NOW + 17 * DAY)
    found = {one.body: one for one in real_delays(NOW - DAY, NOW + 60 * DAY)}
    assert (found["commune"].open, found["commune"].late, found["commune"].oldest_open) == (1, 1, waiting.submitted_at)


@settings(max_examples=12)
@given(
    st.lists(
        st.tuples(st.sampled_from(AGENCIES), st.sampled_from(["api", "send", "at_once"]), st.integers(0, 100_000)),
        max_size=8,
    ),
    st.integers(0, 100_000),
)
def test_whatever_happens_each_second_has_its_holder(acts: list[tuple[str, str, int]], last: int) -> None:
    """The segments of any history that the doors let happen follow each other without gap, from first to last."""
    world = WORLD[0]
    case, at = submitted(world), NOW
    for step, what, later in acts:
        at += timedelta(seconds=later)
        try:
            if what == "api":
                propose(world.officers[step], task_of(case, step), True, "", {}, at)
                validate(world.supervisors[step], task_of(case, step), at)
            else:
                send_back(world.officers[step], task_of(case, step), ASKED, at, at_once=what == "at_once")
        except CaseError:
            continue
    case.refresh_from_db()
    if case.state == CaseState.COMPLEMENT:
        answer_complement(world.preparer, case, {"jobs_planned": 3}, [], at)
    end = at + timedelta(seconds=last)
    [life] = timeline(case, end).lives
    edges = [segment.start for segment in life.segments] + [int(end.timestamp())]
    assert edges[0] == int(NOW.timestamp()) or edges == [int(end.timestamp())]
    assert all(segment.end == after for segment, after in zip(life.segments, edges[1:], strict=True))
    assert len(events_of(Custody.objects.filter(case=case).order_by("number"))) == 1
    assert not Case.objects.filter(pk=case.pk, touched_at__lt=F("submitted_at")).exists()


WORLD: list[World] = []


@pytest.fixture(autouse=True)
def _keep_world(world: World) -> None:
    WORLD[:] = [world]
