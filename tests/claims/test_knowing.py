from __future__ import annotations

import logging
from dataclasses import asdict

import numpy as np
import pytest
from django.db import connection

from minassa.claims.knowing import Shown
from minassa.claims.models import Claim, Contest, Line, WorkerCode
from minassa.claims.public import (
    AlreadyContested,
    Claimed,
    NotPayable,
    WrongCode,
    accept,
    answer,
    claimed_for,
    contest_own,
    issue_code,
    open_claims,
    payable,
    record_payment,
)
from minassa.declarations.pseudonyms import Pseudonyms
from minassa.journal.models import Entry
from minassa.registry.public import Forbidden, TooOften, system_actor
from minassa.vocabulary.identifiers import immatriculation_with_key
from tests.claims.world import DAY, NOW, Declared, World, a_line, opened, to_decide

pytestmark = pytest.mark.django_db
LEDGER = system_actor("ledger")


class Known(Pseudonyms):
    """Pseudonyms of a nation whose people were given numbers by hand."""

    def __init__(self, people: dict[int, int]) -> None:
        super().__init__(b"k" * 32)
        self.people = people

    def of_numbers(self, numbers: np.typing.NDArray[np.int64]) -> np.typing.NDArray[np.int64]:
        return np.array([self.people.get(int(number), 7) for number in numbers], dtype=np.int64)


def numbered(*people: int) -> tuple[dict[int, str], Known]:
    """A valid invented number for each person, and the pseudonyms that give the person back."""
    numbers = {person: f"{immatriculation_with_key(19_000_000 + rank):09d}" for rank, person in enumerate(people)}
    return numbers, Known({int(number): person for person, number in numbers.items()})


def test_an_employee_finds_what_is_claimed_in_his_or_her_name_and_nothing_of_others(
    world: World, nation: Declared
) -> None:
    open_claims(nation.late, nation.tables, NOW)
    claim = Claim.objects.get(enterprise=world.firm, measure="paf", period="2026")
    mine, other = a_line(claim).person, a_line(claim, 1).person
    numbers, pseudonyms = numbered(mine, other)
    code = issue_code(world.preparer, world.firm, numbers[mine], pseudonyms, NOW)
    found = claimed_for(Shown(numbers[mine], code), pseudonyms, NOW)
    assert {one.line for one in found} == set(
        Line.objects.filter(person=mine).exclude(cumulative_cents=0).values_list("pk", flat=True)
    )
    assert found
    with pytest.raises(WrongCode):
        claimed_for(Shown(numbers[other], code), pseudonyms, NOW)
    theirs = a_line(claim, 1)
    with pytest.raises(WrongCode):
        contest_own(Shown(numbers[mine], code), claim.uuid, theirs.pk, "motif", pseudonyms, NOW)
    assert not theirs.contests.exists()


def test_a_line_contested_by_its_employee_is_not_paid_until_answered(world: World, nation: Declared) -> None:
    claim = accept(world.committee, to_decide(world, nation), NOW)
    line = a_line(claim)
    numbers, pseudonyms = numbered(line.person)
    shown = Shown(numbers[line.person], issue_code(world.signer, world.firm, numbers[line.person], pseudonyms, NOW))
    contested = contest_own(shown, claim.uuid, line.pk, "je n'y travaille pas", pseudonyms, NOW)
    with pytest.raises(AlreadyContested):
        contest_own(shown, claim.uuid, line.pk, "encore", pseudonyms, NOW)
    money = payable(claim)
    assert money.blocked == line.amount_cents
    assert money.now == claim.total_cents - line.amount_cents
    with pytest.raises(NotPayable):
        record_payment(LEDGER, claim, claim.total_cents, NOW)
    record_payment(LEDGER, claim, money.now, NOW)
    assert claim.state == "accepted"
    answer(world.secretary, contested, "vérifié", NOW + DAY, upheld=False)
    claim.refresh_from_db()
    record_payment(LEDGER, claim, payable(claim).now, NOW + DAY)
    assert (claim.state, claim.paid_cents) == ("paid", claim.total_cents)
    told: Claimed = next(one for one in claimed_for(shown, pseudonyms, NOW) if one.line == line.pk)
    assert (told.contested, told.answer) == (False, "vérifié")


def test_a_contest_that_is_upheld_takes_the_line_out_of_what_is_paid(world: World, nation: Declared) -> None:
    claim = accept(world.committee, to_decide(world, nation), NOW)
    line = a_line(claim)
    numbers, pseudonyms = numbered(line.person)
    shown = Shown(numbers[line.person], issue_code(world.signer, world.firm, numbers[line.person], pseudonyms, NOW))
    contested = contest_own(shown, claim.uuid, line.pk, "je n'y travaille pas", pseudonyms, NOW)
    answer(world.secretary, contested, "exact", NOW + DAY, upheld=True)
    claim.refresh_from_db()
    assert payable(claim).now == payable(claim).left == claim.total_cents - line.amount_cents
    record_payment(LEDGER, claim, payable(claim).now, NOW + DAY)
    assert claim.state == "paid"


def test_what_an_employee_contests_goes_on_in_the_claim_that_replaces(world: World, nation: Declared) -> None:
    claim = opened(world, nation)
    line = a_line(claim)
    numbers, pseudonyms = numbered(line.person)
    shown = Shown(numbers[line.person], issue_code(world.preparer, world.firm, numbers[line.person], pseudonyms, NOW))
    contest_own(shown, claim.uuid, line.pk, "je n'y travaille pas", pseudonyms, NOW)
    open_claims(nation.corrected, nation.corrected_tables, NOW, ("paf",), "2026")
    claim.refresh_from_db()
    assert claim.state == "superseded"
    (told,) = [one for one in claimed_for(shown, pseudonyms, NOW) if one.period == "2026" and one.measure == "paf"]
    assert told.claim == claim.superseded_by.uuid
    assert told.contested
    going = Contest.objects.get(answered_at__isnull=True)
    assert (going.line.person, going.reason) == (line.person, "je n'y travaille pas")


def test_codes_are_guessed_a_few_times_only_and_one_firm_gives_none_for_another(world: World, nation: Declared) -> None:
    claim = opened(world, nation)
    person = a_line(claim).person
    numbers, pseudonyms = numbered(person)
    with pytest.raises(Forbidden):
        issue_code(world.stranger, world.firm, numbers[person], pseudonyms, NOW)
    with pytest.raises(Forbidden):
        issue_code(world.stranger, world.other, numbers[person], pseudonyms, NOW)
    code = issue_code(world.preparer, world.firm, numbers[person], pseudonyms, NOW)
    for _attempt in range(5):
        with pytest.raises(WrongCode):
            claimed_for(Shown(numbers[person], "AAAAAAAAAAAA"), pseudonyms, NOW)
    with pytest.raises(TooOften):
        claimed_for(Shown(numbers[person], code), pseudonyms, NOW)


def test_a_code_is_over_in_time_and_replaced_by_the_next(world: World, nation: Declared) -> None:
    claim = opened(world, nation)
    person = a_line(claim).person
    numbers, pseudonyms = numbered(person)
    first = issue_code(world.preparer, world.firm, numbers[person], pseudonyms, NOW)
    second = issue_code(world.preparer, world.firm, numbers[person], pseudonyms, NOW)
    with pytest.raises(WrongCode):
        claimed_for(Shown(numbers[person], first), pseudonyms, NOW)
    assert claimed_for(Shown(numbers[person], second.lower()), pseudonyms, NOW)
    with pytest.raises(WrongCode):
        claimed_for(Shown(numbers[person], second), pseudonyms, NOW + 500 * DAY)


def test_no_number_and_no_code_is_written_anywhere(
    world: World, nation: Declared, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    claim = opened(world, nation)
    line = a_line(claim)
    numbers, pseudonyms = numbered(line.person)
    number = numbers[line.person]
    code = issue_code(world.preparer, world.firm, number, pseudonyms, NOW)
    shown = Shown(number, code, "192.0.2.7")
    contest_own(shown, claim.uuid, line.pk, "motif", pseudonyms, NOW)
    said = repr(shown) + caplog.text.replace("sql=", "") + str(list(Entry.objects.values_list("body", flat=True)))
    said += str(WorkerCode.objects.values().get()) + str([asdict(one) for one in claimed_for(shown, pseudonyms, NOW)])
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(claims_contest::text, ' ') FROM claims_contest")
        said += cursor.fetchone()[0]
    assert number not in said
    assert code not in said
    with pytest.raises(WrongCode):
        claimed_for(Shown("pas un numéro", code), pseudonyms, NOW)
