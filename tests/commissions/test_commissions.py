"""A commission: who writes, who takes part, who may know; what was said and moved stays as it was."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from minassa.commissions.models import Action, ActionMove, ActionState, Member, Presence, Sitting
from minassa.commissions.public import (
    NEXT,
    CommissionError,
    ImpossibleStep,
    SameHand,
    StaleRow,
    approve_minutes,
    commissions,
    digest_of,
    end_member,
    hold,
    mandate_on,
    members_on,
    move_action,
    plan_sitting,
    put_point,
    return_minutes,
    seat_member,
    write_mandate,
    write_minutes,
)
from minassa.journal.public import Entry
from minassa.registry.models import Account, Body, Role
from minassa.registry.public import Actor, Forbidden, actor_of, allowed
from minassa.vocabulary.statuses import Status
from tests.onestop.world import World, appointed, make_world
from tests.web.commissions_world import CODE, AtWork, make_commission

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def keeper(world: World) -> Actor:  # noqa: ARG001 (bodies are there)
    return appointed("federation", Body.objects.get(code="cto"), Role.FEDERATION)


@pytest.fixture
def at_work(world: World, keeper: Actor) -> AtWork:
    return make_commission(keeper, world.enterprise, Body.objects.get(code="anapec"), timezone.now())


def test_every_commission_says_how_sure_its_mandate_is() -> None:
    assert list(commissions()) == ["europe", "africa", "americas", "middle-east", "skills", "offshoring"]
    for one in commissions().values():
        assert one.status == Status.PROPOSED
        assert mandate_on(one, timezone.localdate()).source


def test_a_mandate_is_dated_and_official_only_with_its_text(keeper: Actor) -> None:
    one, today, now = commissions()["skills"], timezone.localdate(), timezone.now()
    write_mandate(keeper, one, "Mandat EXEMPLE", today, "", now)
    write_mandate(keeper, one, "Mandat à venir EXEMPLE", today + timedelta(days=5), "Décision EXEMPLE n° 1", now)
    assert mandate_on(one, today).status == Status.PROPOSED
    later = mandate_on(one, today + timedelta(days=5))
    assert (later.text, later.status) == ("Mandat à venir EXEMPLE", Status.OFFICIAL)


def test_who_speaks_for_a_member_reads_and_takes_part_and_nobody_else_knows(
    world: World, keeper: Actor, at_work: AtWork
) -> None:
    member, one = actor_of(Account.objects.get(pk=world.preparer.account_id or 0)), commissions()[CODE]
    assert allowed(member, "commission.view", one)
    assert not allowed(member, "commission.write", one)
    assert not allowed(member, "commission.view", commissions()["africa"])
    assert not allowed(world.stranger, "commission.view", one)
    assert not allowed(world.secretary, "commission.view", one)
    assert allowed(world.officers["anapec"], "commission.part", one)
    end_member(keeper, at_work.firm, timezone.localdate() - timedelta(days=1), timezone.now())
    assert not allowed(member, "commission.view", one)
    with pytest.raises(Forbidden):
        put_point(member, at_work.planned, "Point EXEMPLE", timezone.now())


def test_who_left_stays_written(keeper: Actor, at_work: AtWork) -> None:
    today, now = timezone.localdate(), timezone.now()
    with pytest.raises(CommissionError):
        seat_member(keeper, commissions()[CODE], Body.objects.get(code="anapec"), today, now)
    end_member(keeper, at_work.body, today, now)
    with pytest.raises(CommissionError):
        end_member(keeper, at_work.body, today, now)
    assert at_work.body in members_on(CODE, today)
    assert at_work.body not in members_on(CODE, today + timedelta(days=1))
    for wrong in ({"until": None}, {"since": today}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Member.objects.filter(pk=at_work.body.pk).update(**wrong)
    with pytest.raises(DatabaseError), transaction.atomic():
        Member.objects.filter(pk=at_work.body.pk).delete()


def test_minutes_are_approved_by_another_hand_then_never_change(world: World, keeper: Actor, at_work: AtWork) -> None:
    sitting, now = at_work.minuted, timezone.now()
    with pytest.raises(SameHand):
        approve_minutes(keeper, sitting, now)
    with pytest.raises(StaleRow):
        approve_minutes(world.preparer, sitting, now, expected=sitting.version + 1)
    return_minutes(world.preparer, sitting, now)
    write_minutes(keeper, sitting, "Corrigé (exemple).", now)
    approve_minutes(world.preparer, sitting, now, expected=sitting.version)
    assert sitting.digest == digest_of(sitting)
    kept = Entry.objects.get(stream=f"commission:{CODE}", kind="commission.minutes-approved")
    assert kept.body["digest"] == sitting.digest
    assert "Corrigé" not in str(kept.body)
    with pytest.raises(ImpossibleStep):
        write_minutes(keeper, sitting, "Autre chose (exemple).", now)
    with pytest.raises(DatabaseError), transaction.atomic():
        Sitting.objects.filter(pk=sitting.pk).update(minutes="Autre chose (exemple).")


def test_a_session_is_held_once_its_day_has_come_with_a_point(keeper: Actor, at_work: AtWork) -> None:
    now, one = timezone.now(), commissions()[CODE]
    with pytest.raises(CommissionError):
        hold(keeper, at_work.planned, [], now)
    bare = plan_sitting(keeper, one, timezone.localdate(), "", [" "], now)
    with pytest.raises(CommissionError):
        hold(keeper, bare, [], now)
    put_point(keeper, bare, "Point EXEMPLE", now)
    hold(keeper, bare, [at_work.firm], now)
    told = dict(Presence.objects.filter(sitting=bare).values_list("member", "came"))
    assert told == {at_work.firm.pk: True, at_work.body.pk: False}


def test_an_action_moves_and_each_move_stays(world: World, at_work: AtWork) -> None:
    now, action = timezone.now(), at_work.action
    with pytest.raises(CommissionError):
        move_action(world.preparer, action, "dropped", " ", now)
    move_action(world.preparer, action, "doing", "Commencée (exemple).", now)
    move_action(world.preparer, action, "done", "", now)
    with pytest.raises(ImpossibleStep):
        move_action(world.preparer, action, "todo", "", now)
    assert list(action.moves.order_by("pk").values_list("before", "after")) == [("todo", "doing"), ("doing", "done")]
    with pytest.raises(DatabaseError), transaction.atomic():
        ActionMove.objects.filter(action=action).delete()
    assert Action.objects.get(pk=action.pk).state == "done"


@given(st.lists(st.sampled_from(list(ActionState)), max_size=12))
def test_no_way_leads_an_action_out_of_its_states(path: list[ActionState]) -> None:
    state = ActionState.TODO
    for wanted in path:
        if wanted in NEXT[state]:
            state = wanted
    assert NEXT[state]
    assert state not in NEXT[state]
