"""A derogation is granted by consensus, kept in a register, used within its bounds, and ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from minassa.governance.models import Derogation, DerogationUse, Session
from minassa.governance.public import (
    DerogationRefused,
    GovernanceError,
    Proposed,
    UnknownSubject,
    Use,
    add_item,
    close_derogation,
    derogations_for,
    expire_next,
    use_derogation,
)
from minassa.journal.models import Entry
from minassa.registry.models import Enterprise
from minassa.registry.public import Forbidden, system_actor
from tests.governance.world import PREPARED, SITTING, Members, firm, items_of

pytestmark = pytest.mark.django_db
CLAIMS = system_actor("claims")
PROPOSAL: dict[str, Any] = {
    "measure": "paf",
    "condition": "paf_export_share",
    "place": 101,
    "reason": "Marché perdu pour cause de force majeure.",
    "from": "2027-10-01",
    "to": "2028-09-30",
}


def proposed(enterprise: Enterprise, **more: Any) -> tuple[str, str, str, dict[str, Any]]:  # noqa: ANN401
    return ("derogation", str(enterprise.uuid), "grant", PROPOSAL | more)


def granted(cto: Members, enterprise: Enterprise, **more: Any) -> Derogation:  # noqa: ANN401
    (item,) = items_of(cto.opened(proposed(enterprise, **more)))
    cto.decided(item, mtnra="for", cnss="for", emploi="abstain")
    assert item.state == "adopted"
    return Derogation.objects.get(item=item)


def use(granted_to: Enterprise, /, **more: Any) -> Use:  # noqa: ANN401
    made = Use("PAF-2027-0000001", granted_to, "paf", "paf_export_share", 101, date(2027, 12, 31))
    return replace(made, **more)


def test_a_derogation_names_its_session_and_one_voice_against_is_enough_to_refuse_it(cto: Members) -> None:
    enterprise = firm(1)
    (item,) = items_of(cto.opened(proposed(enterprise)))
    cto.decided(item, mtnra="for", cnss="for", finances="for", industrie="for", amdie="for", emploi="against")
    assert (item.state, Derogation.objects.count()) == ("rejected", 0)
    made = granted(cto, enterprise)
    assert made.reference == f"DER-{Session.objects.order_by('-pk')[0].reference}-1"
    assert (made.starts, made.ends, made.measure, made.place) == (date(2027, 10, 1), date(2028, 9, 30), "paf", 101)


@pytest.mark.parametrize(
    "wrong",
    [
        {"to": "2027-09-30"},
        {"to": ""},
        {"from": "hier"},
        {"reason": " "},
        {"condition": ""},
        {"measure": "prime"},
        {"place": 999},
        {"place": "x"},
        {"case": "rien"},
    ],
    ids=str,
)
def test_a_derogation_without_reason_term_or_object_is_not_listed(cto: Members, wrong: dict[str, Any]) -> None:
    session = cto.drafted()
    with pytest.raises(GovernanceError):
        add_item(
            cto.secretary,
            session,
            "derogation",
            Proposed(str(firm(1).uuid), "grant", PROPOSAL | wrong),
            PREPARED,
        )
    with pytest.raises(UnknownSubject):
        add_item(cto.secretary, session, "derogation", Proposed("x", "grant", PROPOSAL), PREPARED)


def test_a_use_within_bounds_is_recorded_once(cto: Members) -> None:
    enterprise = firm(1)
    made = granted(cto, enterprise)
    first = use_derogation(CLAIMS, made, use(enterprise), SITTING)
    assert use_derogation(CLAIMS, made, use(enterprise), SITTING).pk == first.pk
    use_derogation(cto.secretary, made, use(enterprise, reference="AUTRE"), SITTING)
    assert DerogationUse.objects.count() == 2
    assert Entry.objects.filter(kind="derogation.used").count() == 2
    with pytest.raises(Forbidden):
        use_derogation(cto.chair, made, use(enterprise), SITTING)


def test_a_use_beyond_what_was_granted_is_refused(cto: Members) -> None:
    enterprise, other = firm(1), firm(2)
    made = granted(cto, enterprise)
    beyond: list[dict[str, Any]] = [
        {"enterprise": other},
        {"measure": "pae"},
        {"condition": "paf_activity"},
        {"place": 102},
        {"day": date(2027, 9, 30)},
        {"day": date(2028, 10, 1)},
    ]
    for each in beyond:
        with pytest.raises(DerogationRefused):
            use_derogation(CLAIMS, made, use(enterprise, **each), SITTING)
    assert not DerogationUse.objects.exists()
    wide = granted(cto, other, measure="", place=0)
    use_derogation(CLAIMS, wide, use(other, measure="air", place=7), SITTING)


def test_a_derogation_ends_by_itself_or_by_a_decision_that_says_why(cto: Members) -> None:
    made, other = granted(cto, firm(1)), granted(cto, firm(2))
    last = datetime(2028, 9, 30, 12, tzinfo=UTC)
    assert not expire_next(last)
    close_derogation(cto.secretary, made, "Entreprise radiée", last)
    with pytest.raises(DerogationRefused):
        close_derogation(cto.secretary, made, "Encore", last)
    assert expire_next(last + timedelta(days=1))
    assert not expire_next(last + timedelta(days=1))
    with pytest.raises(DerogationRefused):
        use_derogation(CLAIMS, other, use(other.enterprise), last)
    because = dict(Derogation.objects.values_list("pk", "closed_because"))
    assert because[made.pk] == "Entreprise radiée"
    assert "terme" in because[other.pk]
    assert derogations_for(cto.secretary).count() == 2
