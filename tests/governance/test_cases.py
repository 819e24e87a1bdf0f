"""Cases of the one-stop shop: delegated to a member by the data, decided in session whenever, derogations by all."""

from __future__ import annotations

from typing import Any

import pytest

from minassa.governance.models import Derogation
from minassa.governance.public import GovernanceError, Proposed, UnknownSubject, add_item, delegated, waiting_cases
from minassa.onestop.models import Case, CaseState, Decision
from minassa.onestop.public import (
    SameHand,
    decide,
    give_document,
    open_case,
    propose,
    save_draft,
    sign,
    submit,
    use_document,
    validate,
)
from minassa.registry.public import Forbidden, allowed, committee_actor
from tests.governance.test_derogations import PROPOSAL
from tests.governance.world import PREPARED, SITTING, Members, items_of, make_members
from tests.onestop.world import AGENCIES, NOW, World, make_world, submitted, task_of

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n" + b"x" * 60
ASKED = {"criterion": "export_share", "request": "Exemple.", "until": "2028-12-31", "jobs_at_stake": 45}


@pytest.fixture
def world(db: None) -> World:  # noqa: ARG001
    return make_world()


@pytest.fixture
def members(world: World) -> Members:  # noqa: ARG001
    return make_members()


def to_decide(world: World) -> Case:
    case = submitted(world)
    for step in AGENCIES:
        propose(world.officers[step], task_of(case, step), True, "", {}, NOW)
        validate(world.supervisors[step], task_of(case, step), NOW)
    case.refresh_from_db()
    return case


def derogation_asked(world: World) -> Case:
    """A request of derogation that its two agencies have answered."""
    case = open_case(world.signer, world.enterprise, "derogation", NOW)
    save_draft(world.signer, case, ASKED, NOW)
    document = give_document(world.signer, world.enterprise, "derogation_reasons", "note.pdf", PDF, NOW)
    use_document(world.signer, case, "reasons", document, NOW)
    submit(world.signer, case, NOW)
    sign(world.signer, case, NOW)
    submit(world.signer, case, NOW)
    for step in ("cnss", "dgi"):
        propose(world.officers[step], task_of(case, step), True, "", {}, NOW)
        validate(world.supervisors[step], task_of(case, step), NOW)
    case.refresh_from_db()
    assert case.state == CaseState.TO_DECIDE
    return case


def about(case: Case, decision: str = "favourable", ground: str = "") -> tuple[str, str, str, dict[str, Any]]:
    return ("case", str(case.uuid), decision, {"ground": ground})


def test_a_case_is_decided_in_session_and_its_decision_names_it(world: World, members: Members) -> None:
    case = to_decide(world)
    assert list(waiting_cases()) == [case]
    session = members.opened(about(case))
    assert not waiting_cases().exists()
    (item,) = items_of(session)
    members.decided(item, mtnra="for", cnss="for")
    case.refresh_from_db()
    assert (item.state, case.state) == ("adopted", CaseState.ACCEPTED)
    assert Decision.objects.get(case=case).by == f"sitting:{session.reference}/1"


def test_a_refusal_in_session_needs_its_ground(world: World, members: Members) -> None:
    case = to_decide(world)
    session = members.drafted()
    with pytest.raises(GovernanceError):
        add_item(members.secretary, session, "case", Proposed(str(case.uuid), "unfavourable", {}), PREPARED)
    (item,) = items_of(members.opened(about(case, "unfavourable", "Hors de l'offre")))
    members.decided(item, mtnra="for", cnss="for")
    assert Decision.objects.get(case=case).ground == "Hors de l'offre"


def test_what_is_delegated_to_one_member_is_said_by_the_data(world: World, members: Members) -> None:
    day = SITTING.date()
    said = {code: delegated(code, day) for code in ("membership", "membership_outside", "regularity", "derogation")}
    assert said == {"membership": True, "membership_outside": True, "regularity": True, "derogation": False}
    membership, derogation = to_decide(world), derogation_asked(world)
    assert allowed(world.member, "case.decide", membership)
    assert not allowed(world.member, "case.decide", derogation)
    with pytest.raises(Forbidden):
        decide(world.member, derogation, favourable=False, ground="Seul", at=NOW)
    decide(world.member, membership, favourable=True, ground="", at=NOW)
    with pytest.raises(UnknownSubject):
        members.drafted(about(membership))


def test_who_instructed_a_case_does_not_vote_on_it(world: World) -> None:
    case = to_decide(world)
    with pytest.raises(SameHand):
        decide(committee_actor("X/1", [str(world.officers["cnss"])]), case, favourable=True, ground="", at=NOW)


def test_a_request_of_derogation_is_granted_by_consensus_into_the_register(world: World, members: Members) -> None:
    case = derogation_asked(world)
    session = members.drafted()
    with pytest.raises(GovernanceError):
        add_item(members.secretary, session, "case", Proposed(str(case.uuid), "favourable", {}), PREPARED)
    proposal = PROPOSAL | {"case": str(case.uuid)}
    (item,) = items_of(members.opened(("derogation", str(world.enterprise.uuid), "grant", proposal)))
    members.decided(item, mtnra="for", cnss="for")
    case.refresh_from_db()
    assert case.state == CaseState.ACCEPTED
    assert Derogation.objects.get().enterprise == world.enterprise
