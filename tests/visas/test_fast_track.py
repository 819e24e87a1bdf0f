"""A case whose occupation is listed on the day of its deposit goes fast, and holds a place of the quota."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import DatabaseError, connections, transaction

from minassa.delays.moments import due_at
from minassa.journal.public import Entry
from minassa.onestop.models import Case
from minassa.onestop.public import appeal, decide, submit, withdraw
from minassa.visas.errors import ListOver, NoShortage
from minassa.visas.models import QuotaCount, ShortageList, VisaMove, VisaState
from minassa.visas.parameters import visa_parameters
from minassa.visas.public import adopt_list, list_in_force, propose_list, quota_used
from tests.onestop.world import World, make_world, task_of
from tests.visas.world import (
    ABSENT,
    AT,
    CASABLANCA,
    COMMITTEE,
    LISTED,
    a_list,
    computed,
    decided,
    filed,
    prepared,
    visa_of,
)

pytestmark = pytest.mark.django_db
Monkey = pytest.MonkeyPatch


def quotas(monkeypatch: Monkey, **values: int) -> None:
    """Quotas of so many places in place of those shipped."""
    known = visa_parameters()
    for name, value in values.items():
        monkeypatch.setitem(known, f"quota_{name}", [known[f"quota_{name}"][0].model_copy(update={"value": value})])


def said(case: Case) -> dict[str, object]:
    return dict(Entry.objects.get(stream=f"case:{case.pk}", kind="case.track").body)


def test_a_listed_occupation_goes_fast_and_says_which_list_applied(world: World) -> None:
    made = a_list(world, (LISTED, CASABLANCA))
    case = filed(world)
    assert case.track == "talent_visa"
    assert case.due_at == due_at("talent_visa_decision", AT) < due_at("general_act", AT)
    assert task_of(case, "visa").due_at == due_at("talent_visa_answer", AT) < due_at("agency_answer", AT)
    assert said(case)["list"] == made.number == 1
    later = a_list(world, (ABSENT, CASABLANCA))
    assert list_in_force(AT.date()) == later
    assert visa_of(case).listed == made  # the one of the day of its deposit


@pytest.mark.parametrize(
    ("occupation", "answers", "reason"),
    [("", {}, "no_occupation"), (ABSENT, {}, "not_listed"), (LISTED, {"place": 103}, "not_listed")],
    ids=["nothing", "unlisted", "another-region"],
)
def test_any_other_case_goes_the_ordinary_way_and_says_why(
    world: World, occupation: str, answers: dict[str, object], reason: str
) -> None:
    a_list(world, (LISTED, CASABLANCA))
    case = filed(world, occupation, **answers)
    assert (case.track, case.due_at, said(case)["reason"]) == ("", due_at("general_act", AT), reason)
    assert task_of(case, "visa").due_at == due_at("agency_answer", AT)
    assert not QuotaCount.objects.exists()


def test_a_place_is_kept_by_a_grant_and_given_back_by_a_refusal_or_a_withdrawal(
    world: World, monkeypatch: Monkey
) -> None:
    a_list(world, (LISTED, CASABLANCA))
    quotas(monkeypatch, firm=2)
    granted, refused = filed(world), filed(world)
    over = filed(world)
    assert (over.track, said(over)["reason"], said(over)["scope"]) == ("", "quota", "firm")
    decided(world, granted)
    decided(world, refused, favourable=False)
    assert (visa_of(granted).state, visa_of(refused).state) == (VisaState.GRANTED, VisaState.REFUSED)
    assert quota_used(AT.date())[0].used == 1
    last = filed(world)
    assert last.track == "talent_visa"
    # Accepted on appeal when no place is left: an ordinary authorisation, nothing over the quota.
    at = AT + timedelta(days=5)
    appeal(world.signer, refused, "Pièces nouvelles (exemple).", at)
    decide(world.supervisors["immigration"], refused, True, "", at)
    assert visa_of(refused).state == VisaState.REFUSED
    assert quota_used(AT.date())[0].used == 2
    withdraw(world.signer, last, at)
    assert (visa_of(last).state, quota_used(AT.date())[0].used) == (VisaState.FREED, 1)
    moves = list(VisaMove.objects.order_by("pk").values_list("move", flat=True))
    assert moves == ["reserved", "reserved", "granted", "refused", "reserved", "outside", "withdrawn"]


def test_the_database_refuses_more_than_the_quota_and_any_change_of_what_was_decided(world: World) -> None:
    made = a_list(world, (LISTED, CASABLANCA))
    filed(world)
    for act in (
        lambda: QuotaCount.objects.update(used=10_000),
        lambda: VisaMove.objects.all().delete(),
        lambda: ShortageList.objects.update(entries=[]),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
    with pytest.raises(ListOver):
        adopt_list(COMMITTEE, made, "", AT)
    with pytest.raises(NoShortage):
        propose_list(world.secretary, computed(), AT.date(), "Motif EXEMPLE.", AT)


@pytest.mark.django_db(transaction=True)
def test_cases_submitted_at_one_instant_never_take_more_places_than_there_are(monkeypatch: Monkey) -> None:
    world = make_world()
    a_list(world, (LISTED, CASABLANCA))
    quotas(monkeypatch, nation=3)
    cases = [prepared(world) for _rank in range(6)]
    gate = threading.Barrier(len(cases))

    def go(case: Case) -> None:
        try:
            gate.wait()
            submit(world.signer, case, AT)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=go, args=(case,)) for case in cases]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for case in cases:
        case.refresh_from_db()
    assert sorted(case.track for case in cases) == ["", "", "", *["talent_visa"] * 3]
    assert {row.used for row in QuotaCount.objects.all()} == {3}
