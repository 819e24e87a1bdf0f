"""What a firm may have to give back is put to the committee once the firm was heard, and takes effect in the ledger."""

from __future__ import annotations

from datetime import timedelta

import pytest

from minassa.claims.models import Claim, Line, Restitution, RestitutionLine
from minassa.governance.errors import GovernanceError, UnknownSubject
from minassa.governance.models import ItemState
from minassa.governance.public import waiting_restitutions
from minassa.ledger.models import Entitlement, Recovery
from minassa.ledger.public import Grant, grant
from minassa.registry.public import system_actor
from tests.governance.world import PREPARED, Members, firm, items_of, waiting_claim


@pytest.fixture
def proposed(cto: Members) -> Restitution:  # noqa: ARG001
    """A claim that was paid, one line of which is no longer due; the firm has let its delay pass."""
    enterprise = firm(1, affiliation=9_100_001)
    claim = waiting_claim(enterprise)
    Claim.objects.filter(pk=claim.pk).update(state="paid", accepted_cents=1_000_00, paid_cents=1_000_00)
    given = Grant(claim.reference, enterprise.pk, "paf", 2027, 1_000_00)
    held = grant(system_actor("claims"), given, "g", PREPARED)
    # As if the bank had paid: the way there is that of the tests of claims.
    Entitlement.objects.filter(pk=held.pk).update(committed=1_000_00, ordered=1_000_00, settled=1_000_00)
    line = Line.objects.create(
        claim=claim,
        person=1,
        hired_month=24_300,
        period_start=24_312,
        period_end=24_323,
        cumulative_cents=1_000_00,
        earlier_cents=0,
        amount_cents=1_000_00,
        entitled=True,
        unmet=0,
        status=0,
        provisional=False,
        flags=0,
    )
    made = Restitution.objects.create(
        claim=claim, run="calcul-0002", cents=400_00, opened_at=PREPARED, reply_by=PREPARED + timedelta(days=1)
    )
    RestitutionLine.objects.create(
        restitution=made, line=line, cause="corrected", claimed_cents=1_000_00, now_cents=600_00, cents=400_00
    )
    return made


def test_a_committee_asks_back_what_is_no_longer_due(cto: Members, proposed: Restitution) -> None:
    assert waiting_restitutions().get() == proposed
    with pytest.raises(GovernanceError):
        cto.drafted(("restitution", str(proposed.uuid), "ask_back", {"ground": " "}))
    session = cto.opened(("restitution", str(proposed.uuid), "ask_back", {"ground": "déclaration corrigée"}))
    assert not waiting_restitutions().exists()
    done = cto.decided(items_of(session)[0], **dict.fromkeys(cto.rows, "for"))
    assert done.state == ItemState.ADOPTED
    proposed.refresh_from_db()
    assert (proposed.state, proposed.recovery) == ("decided", Recovery.objects.get())
    assert Recovery.objects.get().amount == 400_00
    assert proposed.decided_by.startswith("sitting:")


def test_a_committee_drops_it(cto: Members, proposed: Restitution) -> None:
    session = cto.opened(("restitution", str(proposed.uuid), "drop", {"ground": "pièces probantes"}))
    cto.decided(items_of(session)[0], **dict.fromkeys(cto.rows, "for"))
    proposed.refresh_from_db()
    assert proposed.state == "dropped"
    assert not Recovery.objects.exists()
    with pytest.raises(UnknownSubject):
        cto.drafted(("restitution", str(proposed.uuid), "drop", {"ground": "encore"}))


@pytest.mark.parametrize("subject", ["", "00000000-0000-0000-0000-000000000001"])
def test_what_is_not_there_is_not_put_to_a_committee(cto: Members, subject: str) -> None:
    with pytest.raises(UnknownSubject):
        cto.drafted(("restitution", subject, "drop", {"ground": "motif"}))
