"""From the convocation to the decision: what a committee adopts takes effect, on what was frozen, and once."""

from __future__ import annotations

import pytest

from minassa.claims.models import Claim, Ruling
from minassa.governance.models import Item, Session
from minassa.governance.public import close_session, close_vote, open_vote
from tests.governance.world import SITTING, Members, about, firm, items_of, motion, waiting_claim

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _intact(monkeypatch: pytest.MonkeyPatch) -> None:
    """Claims of these tests have no line: whether lines have their digest is tested where claims are."""
    monkeypatch.setattr("minassa.claims.deciding.require_intact", lambda _claim: None)


def test_an_adopted_claim_is_accepted_by_the_session_and_its_ruling_names_it(cto: Members) -> None:
    claim = waiting_claim(firm(1), score=40, reasons=[{"kind": "outlier"}])
    session = cto.opened(about(claim))
    (item,) = items_of(session)
    cto.decided(item, mtnra="for", cnss="for", finances="against")
    claim.refresh_from_db()
    assert (item.state, claim.state, claim.accepted_cents) == ("adopted", "accepted", 1_000_00)
    ruling = Ruling.objects.get(claim=claim)
    assert ruling.by == f"sitting:{session.reference}/1"
    close_session(cto.chair, session, SITTING)
    assert session.state == "closed"


def test_a_quiet_claim_is_decided_with_the_consent_list(cto: Members) -> None:
    claims = [waiting_claim(firm(rank), rank) for rank in range(1, 4)]
    session = cto.opened(*map(about, claims), motion())
    listed = Item.objects.get(session=session, kind="consent")
    assert [item.rank for item in items_of(session) if item.consent_list_id == listed.pk] == [1, 2, 3]
    cto.decided(listed, mtnra="for", cnss="for")
    assert set(Claim.objects.values_list("state", flat=True)) == {"accepted"}
    assert [item.state for item in items_of(session)] == ["adopted"] * 3 + ["listed"]
    assert Session.objects.get().state == "open"


def test_a_file_that_changed_after_the_convocation_is_put_off(cto: Members) -> None:
    claim = waiting_claim(firm(1), score=40)
    session = cto.opened(about(claim))
    (item,) = items_of(session)
    open_vote(cto.chair, item, SITTING)
    cto.vote(item, mtnra="for", cnss="for")
    Claim.objects.update(version=7)
    close_vote(cto.chair, item, SITTING)
    claim.refresh_from_db()
    assert (item.state, claim.state) == ("put_off", "to_decide")
    assert "changé" in item.put_off_reason
