from __future__ import annotations

from datetime import date

import pytest
from django.utils import translation

from minassa.conventions.models import AmendmentState, ConventionState
from minassa.conventions.public import agree, amend, draft, propose, sign, terms_on
from minassa.governance.convention_items import waiting_amendments, waiting_conventions
from minassa.governance.errors import GovernanceError, UnknownSubject
from minassa.governance.kinds import Kinds, Proposed
from minassa.governance.models import ItemState
from minassa.registry.models import Enterprise, Power
from minassa.registry.public import Actor
from tests.claims.world import mandated
from tests.conventions.world import NOW, target, terms
from tests.governance.world import PREPARED, SITTING, Members, firm, items_of


@pytest.fixture
def enterprise(cto: Members) -> Enterprise:  # noqa: ARG001
    return firm(1, affiliation=9_100_001)


@pytest.fixture
def signer(enterprise: Enterprise) -> Actor:
    return mandated("sign", enterprise, Power.SIGN)


def _for(members: Members) -> dict[str, str]:
    return dict.fromkeys(members.rows, "for")


def test_a_committee_signs_for_the_state_then_adopts_an_amendment(
    cto: Members, enterprise: Enterprise, signer: Actor
) -> None:
    made = propose(cto.secretary, draft(cto.secretary, enterprise, terms(), NOW), NOW)
    with pytest.raises(UnknownSubject):
        cto.drafted(("convention", str(made.uuid), "enter", {}))
    sign(signer, made, NOW)
    assert waiting_conventions().get() == made
    session = cto.opened(("convention", str(made.uuid), "enter", {}))
    assert not waiting_conventions().exists()
    assert cto.decided(items_of(session)[0], **_for(cto)).state == ItemState.ADOPTED
    made.refresh_from_db()
    assert made.state == ConventionState.IN_FORCE
    one = amend(cto.secretary, made, target(15, date(2028, 1, 1)), "motif", PREPARED)
    agree(signer, one, PREPARED)
    assert waiting_amendments().get() == one
    session = cto.opened(("amendment", str(one.uuid), "adopt", {}))
    cto.decided(items_of(session)[0], **_for(cto))
    one.refresh_from_db()
    assert one.state == AmendmentState.ADOPTED
    assert one.decided_by.startswith("sitting:")
    assert terms_on(made, date(2028, 1, 1)).commitment(1).target == 15
    assert one.decided_at == SITTING


def test_what_is_sent_back_or_rejected_says_why(cto: Members, enterprise: Enterprise, signer: Actor) -> None:
    made = sign(signer, propose(cto.secretary, draft(cto.secretary, enterprise, terms(), NOW), NOW), NOW)
    with pytest.raises(GovernanceError):
        cto.drafted(("convention", str(made.uuid), "send_back", {"ground": " "}))
    session = cto.opened(("convention", str(made.uuid), "send_back", {"ground": "objectif à revoir"}))
    cto.decided(items_of(session)[0], **_for(cto))
    made.refresh_from_db()
    assert (made.state, made.sent_back_ground) == (ConventionState.DRAFT, "objectif à revoir")


@pytest.mark.parametrize("kind", ["convention", "amendment"])
@pytest.mark.parametrize("subject", ["", "00000000-0000-0000-0000-000000000001"])
def test_what_is_not_there_is_not_put_to_a_committee(cto: Members, kind: str, subject: str) -> None:
    with translation.override("fr"), pytest.raises(UnknownSubject):
        cto.drafted((kind, subject, "enter", {}))


def test_what_is_put_is_shown_beside_the_vote(cto: Members, enterprise: Enterprise, signer: Actor) -> None:
    made = sign(signer, propose(cto.secretary, draft(cto.secretary, enterprise, terms(), NOW), NOW), NOW)
    shown = Kinds.all()["convention"].examine(cto.secretary, Proposed(str(made.uuid), "enter", {}))
    assert made.reference in shown.values()
    assert made.terms_digest in shown.values()
