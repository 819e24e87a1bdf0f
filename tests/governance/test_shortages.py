"""A list of occupations in shortage before the Steering Committee: adopted, it holds from its day on."""

from __future__ import annotations

import pytest

from minassa.governance.errors import GovernanceError
from minassa.governance.kinds import Kinds, Proposed
from minassa.governance.models import ItemState
from minassa.governance.public import waiting_shortage_lists
from minassa.registry.public import Forbidden
from minassa.visas.models import ListState
from minassa.visas.public import adopt_list, list_in_force, propose_list
from tests.governance.world import PREPARED, SITTING, items_of, make_members
from tests.visas.world import CASABLANCA, LISTED, computed


@pytest.mark.django_db
def test_a_list_is_decided_by_a_committee_in_a_session_and_by_nobody_else() -> None:
    copil = make_members("copil")
    on = SITTING.date()
    made, other = (
        propose_list(copil.secretary, computed((LISTED, CASABLANCA)), on, "Motif EXEMPLE.", PREPARED)
        for _two in range(2)
    )
    with pytest.raises(Forbidden):
        adopt_list(copil.chair, made, "", PREPARED)
    with pytest.raises(GovernanceError):
        Kinds.all()["shortage"].check(Proposed(str(made.uuid), "reject", {}))
    assert list(waiting_shortage_lists()) == [made, other]
    session = copil.opened(
        ("shortage", str(made.uuid), "adopt", {}), ("shortage", str(other.uuid), "reject", {"ground": "Doublon."})
    )
    first, second = items_of(session)
    assert copil.decided(first, **dict.fromkeys(copil.rows, "for")).state == ItemState.ADOPTED
    assert copil.decided(second, **dict.fromkeys(copil.rows, "for")).state == ItemState.ADOPTED
    for one in (made, other):
        one.refresh_from_db()
    assert (made.number, made.state, other.number, other.state) == (1, ListState.ADOPTED, None, ListState.REJECTED)
    assert list_in_force(on) == made
    assert list_in_force(PREPARED.date()) is None
    assert not waiting_shortage_lists().exists()
