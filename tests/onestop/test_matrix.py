"""Every door, in every state, by everyone: what goes through is what the table and the policy say, nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from minassa.onestop.case_models import Case
from minassa.onestop.errors import CaseError
from minassa.onestop.models import CaseState
from minassa.onestop.public import (
    answer_complement,
    appeal,
    decide,
    open_case,
    propose,
    save_draft,
    send_back,
    sign,
    submit,
    validate,
    withdraw,
)
from minassa.registry.public import Actor, Forbidden, body_actor
from tests.onestop.world import AGENCIES, DAY, NOW, World, drafted, submitted, task_of

pytestmark = pytest.mark.django_db


def in_state(world: World, state: CaseState) -> Case:
    """A case brought to a state by the doors."""
    if state == CaseState.DRAFT:
        return drafted(world)
    if state == CaseState.TO_SIGN:
        return submit(world.preparer, drafted(world), NOW)
    case = submitted(world)
    if state == CaseState.COMPLEMENT:
        send_back(world.officers["cnss"], task_of(case, "cnss"), [{"key": "jobs_planned"}], NOW, at_once=True)
    elif state == CaseState.WITHDRAWN:
        withdraw(world.signer, case, NOW)
    elif state != CaseState.IN_REVIEW:
        for step in AGENCIES:
            propose(world.officers[step], task_of(case, step), True, "", {}, NOW)
            validate(world.supervisors[step], task_of(case, step), NOW)
        case.refresh_from_db()
        if state != CaseState.TO_DECIDE:
            decide(world.member, case, state == CaseState.ACCEPTED, "motif", NOW)
        if state == CaseState.APPEALED:
            appeal(world.signer, case, "raisons", NOW)
    case.refresh_from_db()
    assert case.state == state
    return case


def task_act(act: Callable[[Actor, Any], object]) -> Callable[[Actor, Case], object]:
    def on_case(actor: Actor, case: Case) -> object:
        return act(actor, task_of(case, "dgi")) if case.submitted_at else act_on_nothing()

    return on_case


def act_on_nothing() -> object:
    raise CaseError("aucune tâche")


DOORS: dict[str, Callable[[Actor, Case], object]] = {
    "save": lambda actor, case: save_draft(actor, case, {"jobs_planned": 7}, NOW + DAY),
    "sign": lambda actor, case: sign(actor, case, NOW + DAY),
    "submit": lambda actor, case: submit(actor, case, NOW + DAY),
    "complete": lambda actor, case: answer_complement(actor, case, {"jobs_planned": 7}, [], NOW + DAY),
    "propose": task_act(lambda actor, task: propose(actor, task, True, "", {}, NOW + DAY)),
    "send_back": task_act(lambda actor, task: send_back(actor, task, [{"key": "jobs_planned"}], NOW + DAY)),
    "decide": lambda actor, case: decide(actor, case, True, "", NOW + DAY),
    "appeal": lambda actor, case: appeal(actor, case, "raisons", NOW + DAY),
    "withdraw": lambda actor, case: withdraw(actor, case, NOW + DAY),
}
S = CaseState
FIRM = {"preparer", "signer"}
OPEN: dict[str, dict[CaseState, set[str]]] = {
    "save": {S.DRAFT: FIRM, S.TO_SIGN: FIRM},
    "sign": {S.DRAFT: {"signer"}, S.TO_SIGN: {"signer"}},
    "submit": {S.DRAFT: FIRM},
    "complete": {S.COMPLEMENT: FIRM},
    "propose": {S.IN_REVIEW: {"dgi", "dgi-chef", "dgi-api"}, S.COMPLEMENT: {"dgi", "dgi-chef", "dgi-api"}},
    "send_back": {S.IN_REVIEW: {"dgi", "dgi-chef", "dgi-api"}},
    "decide": {S.TO_DECIDE: {"member"}, S.APPEALED: {"member"}},
    "appeal": {S.REFUSED: {"signer"}},
    "withdraw": {S.DRAFT: FIRM, S.TO_SIGN: FIRM, S.IN_REVIEW: {"signer"}, S.COMPLEMENT: {"signer"}},
}


def actors(world: World) -> dict[str, Actor]:
    return {
        "preparer": world.preparer,
        "signer": world.signer,
        "stranger": world.stranger,
        "dgi": world.officers["dgi"],
        "dgi-chef": world.supervisors["dgi"],
        "dgi-api": body_actor("dgi"),
        "cnss": world.officers["cnss"],
        "anapec": world.officers["anapec"],
        "member": world.member,
        "secretary": world.secretary,
        "visitor": Actor(),
    }


@pytest.mark.parametrize("state", CaseState)
def test_a_door_opens_to_those_and_only_those_whom_the_table_names(world: World, state: CaseState) -> None:
    case = in_state(world, state)
    before = (case.state, case.version)
    for door, act in DOORS.items():
        expected = OPEN[door].get(state, set())
        for name, actor in actors(world).items():
            mark = transaction.savepoint()
            try:
                act(actor, Case.objects.get(pk=case.pk))
                through = True
            except (Forbidden, CaseError):
                through = False
            transaction.savepoint_rollback(mark)
            assert through is (name in expected), (door, state, name)
    case.refresh_from_db()
    assert (case.state, case.version) == before


def test_only_who_has_a_mandate_opens_a_case(world: World) -> None:
    for name, actor in actors(world).items():
        if name in FIRM:
            open_case(actor, world.enterprise, "membership", NOW)
        else:
            with pytest.raises(Forbidden):
                open_case(actor, world.enterprise, "membership", NOW)
