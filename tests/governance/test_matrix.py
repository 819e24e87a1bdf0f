"""Every door, in every state of a session, by everyone: what goes through is what the table and the policy say."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

import pytest
from django.db import transaction

from minassa.governance.models import Item, Session
from minassa.governance.public import (
    GovernanceError,
    Proposed,
    add_item,
    ask_secret,
    attend,
    cancel,
    close_session,
    close_vote,
    convene,
    dissent,
    leave,
    open_session,
    open_vote,
    prepare,
    pull_out,
    put_off,
    recuse,
    remove_item,
    seal,
    session_view,
    vote,
)
from minassa.registry.models import Power, Role
from minassa.registry.public import Actor, Forbidden, actor_of, body_actor, committee_actor, system_actor
from tests.governance.world import (
    PREPARED,
    SITTING,
    Members,
    about,
    appointed,
    firm,
    make_members,
    motion,
    substitute,
    waiting_claim,
)

pytestmark = pytest.mark.django_db


class Stage(StrEnum):
    """A state of a session, and for an open one that of its vote."""

    DRAFT = "draft"
    CONVENED = "convened"
    OPEN = "open"
    VOTING = "voting"
    DECIDED = "decided"
    CLOSED = "closed"
    SEALED = "sealed"
    CANCELLED = "cancelled"


def at_stage(cto: Members, stage: Stage) -> Session:
    """A session with a motion (rank 1) and a quiet claim (rank 2, on the consent list), brought to a stage."""
    agenda = (motion(), about(waiting_claim(firm(1))))
    if stage is Stage.DRAFT:
        return cto.drafted(*agenda)
    session = cto.convened(*agenda)
    if stage is Stage.CANCELLED:
        return cancel(cto.secretary, session, "Reportée", PREPARED)
    cto.come(session, "mtnra", "cnss", "finances", "industrie")
    if stage is Stage.CONVENED:
        return session
    open_session(cto.chair, session, SITTING)
    if stage in {Stage.VOTING, Stage.DECIDED}:
        open_vote(cto.chair, subject(session), SITTING)
    if stage is Stage.DECIDED:
        close_vote(cto.chair, cto.vote(subject(session), mtnra="for"), SITTING)
    if stage in {Stage.CLOSED, Stage.SEALED}:
        close_session(cto.chair, session, SITTING)
    return seal(cto.secretary, session, SITTING) if stage is Stage.SEALED else session


def subject(session: Session) -> Item:
    return Item.objects.get(session=session, rank=1)


def quiet(session: Session) -> Item:
    return Item.objects.get(session=session, rank=2)


Door = Callable[[Actor, Session, Members], object]
DOORS: dict[str, Door] = {
    "add": lambda who, session, _cto: add_item(
        who, session, "motion", Proposed("", "adopt", {"title": "Autre", "text": "Texte"}), SITTING
    ),
    "remove": lambda who, session, _cto: remove_item(who, quiet(session), SITTING),
    "convene": lambda who, session, _cto: convene(who, session, PREPARED),
    "cancel": lambda who, session, _cto: cancel(who, session, "Motif", SITTING),
    "attend": lambda who, session, cto: attend(who, session, cto.rows["amdie"], SITTING),
    "leave": lambda who, session, cto: leave(who, session, cto.rows["cnss"], SITTING),
    "open": lambda who, session, _cto: open_session(who, session, SITTING),
    "recuse": lambda who, session, _cto: recuse(who, subject(session), "Motif", SITTING),
    "ask_secret": lambda who, session, _cto: ask_secret(who, subject(session), SITTING),
    "pull_out": lambda who, session, _cto: pull_out(who, quiet(session), SITTING),
    "open_vote": lambda who, session, _cto: open_vote(who, subject(session), SITTING),
    "vote": lambda who, session, _cto: vote(who, subject(session), "for", SITTING),
    "close_vote": lambda who, session, _cto: close_vote(who, subject(session), SITTING),
    "dissent": lambda who, session, _cto: dissent(who, subject(session), "Non", SITTING),
    "put_off": lambda who, session, _cto: put_off(who, subject(session), "Motif", SITTING),
    "close": lambda who, session, _cto: close_session(who, session, SITTING),
    "seal": lambda who, session, _cto: seal(who, session, SITTING),
    "read": lambda who, session, _cto: session_view(who, session),
}
SEATED = {"chair", "member", "absent", "deputy"}
THERE = {"chair", "member"}
CHAIR = {"chair"}
DESK = {"secretary", "second-secretary"}
NOTERS = DESK | {"chair"}
OPENED = {Stage.OPEN, Stage.VOTING, Stage.DECIDED}
AFTER_DRAFT = set(Stage) - {Stage.DRAFT}
ALLOWED: dict[str, dict[Stage, set[str]]] = {
    "add": {Stage.DRAFT: DESK},
    "remove": {Stage.DRAFT: DESK},
    "convene": {Stage.DRAFT: DESK},
    "cancel": {Stage.DRAFT: DESK, Stage.CONVENED: DESK},
    "attend": dict.fromkeys(OPENED | {Stage.CONVENED}, NOTERS | {"absent"}),
    "leave": dict.fromkeys(OPENED | {Stage.CONVENED}, NOTERS | {"member"}),
    "open": {Stage.CONVENED: {"chair"}},
    "recuse": dict.fromkeys({Stage.CONVENED, Stage.OPEN, Stage.VOTING}, SEATED),
    "ask_secret": dict.fromkeys({Stage.CONVENED, Stage.OPEN}, SEATED),
    "pull_out": dict.fromkeys(OPENED | {Stage.CONVENED}, SEATED),
    "open_vote": {Stage.OPEN: {"chair"}},
    "vote": {Stage.VOTING: THERE},
    "close_vote": {Stage.VOTING: CHAIR},
    "dissent": dict.fromkeys({Stage.VOTING, Stage.DECIDED}, THERE),
    "put_off": dict.fromkeys({Stage.OPEN, Stage.VOTING}, CHAIR),
    "close": dict.fromkeys({Stage.OPEN, Stage.DECIDED}, CHAIR),
    "seal": {Stage.CLOSED: DESK},
    "read": dict.fromkeys(AFTER_DRAFT, SEATED | DESK | {"unseated"}) | {Stage.DRAFT: DESK},
}


def everyone(cto: Members) -> dict[str, Actor]:
    copil = make_members("copil")
    signer = appointed("signataire", "apebi", Role.FEDERATION)
    signer.mandates.create(enterprise=firm(7), power=Power.SIGN, since=PREPARED.date())
    return {
        "secretary": cto.secretary,
        "second-secretary": copil.secretary,
        "chair": cto.chair,
        "deputy": substitute(cto, "mtnra")[0],
        "member": cto.actors["cnss"],
        "absent": cto.actors["amdie"],
        "unseated": actor_of(appointed("sans-siege", "cto", Role.CTO_MEMBER), SITTING.date()),
        "copil": copil.chair,
        "officer": actor_of(appointed("agent", "cnss", Role.OFFICER), SITTING.date()),
        "firm": actor_of(signer, SITTING.date()),
        "administrator": actor_of(appointed("admin", "minassa", Role.ADMINISTRATOR), SITTING.date()),
        "cto-api": body_actor("cto"),
        "committee": committee_actor("CTO-EXEMPLE/1", [str(cto.chair)]),
        "system": system_actor("governance"),
        "visitor": Actor(),
    }


@pytest.mark.parametrize("stage", Stage)
def test_a_door_opens_to_those_and_only_those_whom_the_table_names(cto: Members, stage: Stage) -> None:
    people = everyone(cto)
    session = at_stage(cto, stage)
    before = Session.objects.get(pk=session.pk).version
    for door, act in DOORS.items():
        expected = ALLOWED[door].get(stage, set())
        for name, actor in people.items():
            mark = transaction.savepoint()
            try:
                act(actor, Session.objects.get(pk=session.pk), cto)
                through = True
            except (Forbidden, GovernanceError):
                through = False
            transaction.savepoint_rollback(mark)
            assert through is (name in expected), (door, stage, name)
    assert Session.objects.get(pk=session.pk).version == before


def test_only_the_secretariat_prepares_a_session(cto: Members) -> None:
    for name, actor in everyone(cto).items():
        if name in DESK:
            assert prepare(actor, "cto", SITTING, "Rabat", PREPARED).state == "draft"
            continue
        with pytest.raises(Forbidden):
            prepare(actor, "cto", SITTING, "Rabat", PREPARED)
    with pytest.raises(GovernanceError):
        prepare(cto.secretary, "autre", SITTING, "Rabat", PREPARED)
    with pytest.raises(GovernanceError):
        prepare(cto.secretary, "cto", PREPARED, "Rabat", SITTING)
