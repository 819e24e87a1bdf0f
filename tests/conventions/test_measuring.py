from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from minassa.conventions.measuring import measure_next
from minassa.conventions.models import CommitmentKind, Measure, MeasureStatus, Scope
from minassa.conventions.models import Declared as DeclaredRow
from minassa.conventions.paths import months_measured, path_at, status_at
from minassa.conventions.public import (
    ConventionError,
    Deed,
    ImpossibleAct,
    TermsRefused,
    UnknownCommitment,
    adopt_amendment,
    amend,
    declare,
    measure,
    measures_of,
    verified,
)
from minassa.entitlements.replays import offer_of
from minassa.entitlements.runs import Run
from minassa.journal.public import Entry
from minassa.offer.loading import load_offer
from minassa.registry.models import Group
from minassa.registry.public import Forbidden
from minassa.vocabulary.periods import month_index, month_of
from tests.claims.world import Declared
from tests.conventions.world import DAY, DIGEST, NOW, TITLE, World, commitment, in_force, proposed, target
from tests.steering.country import FIRST_FIRM

OFFER = load_offer()
DUE = month_index(2027, 6)


def held(convention: object) -> dict[tuple[int, int], Measure]:
    return {(one.number, one.month): one for one in measures_of(convention)}  # type: ignore[arg-type]


def test_each_commitment_is_measured_at_its_rhythm_from_what_the_firm_declared(world: World, nation: Declared) -> None:
    made = in_force(world)
    rows = measure(made, nation.late, OFFER, NOW)
    known = held(made)
    assert len(rows) == len(known)
    months = {month for number, month in known if number == 1}
    assert months == {month for month in range(month_index(2025, 7), DUE + 1) if (month + 1) % 3 == 0}
    month = nation.late.table("firm_month").filter(affiliation=FIRST_FIRM, month=DUE).collect()
    headcount = int(month["headcount_month"][0])
    assert known[2, DUE].value == headcount
    assert known[1, DUE].value == headcount - int(month["headcount_base"][0])
    assert known[1, DUE].law_status == "assumed"
    assert known[2, DUE].law_status == ""
    assert known[2, DUE].status == (MeasureStatus.MET if headcount >= 40 else MeasureStatus.MISSED)
    assert known[2, DUE].gap == headcount - 40
    assert known[2, DUE].versions == dict(nation.late.manifest["versions"])


def test_the_turnover_is_that_of_the_last_accounts_and_unknown_without_any(world: World, nation: Declared) -> None:
    made = in_force(world)
    measure(made, nation.late, OFFER, NOW)
    known = held(made)
    year = nation.late.table("firm_year").filter(affiliation=FIRST_FIRM, year=2026).collect()
    december = known[3, month_index(2026, 12)]
    assert december.value == int(year["export_turnover_year"][0])
    assert december.as_of_month == int(year["closing_month"][0])
    assert {one.status for one in known.values() if one.value is None} <= {MeasureStatus.UNMEASURED}


def test_measured_again_nothing_is_written_unless_something_has_changed(world: World, nation: Declared) -> None:
    made = in_force(world)
    first = measure(made, nation.early, OFFER, NOW)
    assert first
    assert measure(made, nation.early, OFFER, NOW + DAY) == []
    later = measure(made, nation.late, OFFER, NOW + DAY)
    assert {one.month for one in later if one.rank == 1} > {month_index(2026, 12)}
    one = amend(world.signer, made, target(15), "motif", NOW + DAY)
    adopt_amendment(world.committee, one, "", NOW + DAY)
    again = measure(made, nation.late, OFFER, NOW + DAY)
    assert {row.number for row in again} == {1}
    assert all(row.rank == 2 and row.month >= month_of(date(2026, 4, 1)) for row in again)
    assert {row.commitment.revision for row in again} == {1}


def test_every_measure_can_be_made_again_and_one_that_was_bent_shows(world: World, nation: Declared) -> None:
    made = in_force(world)
    declare(world.preparer, made, Deed(4, 1_000_000_00, date(2026, 2, 1), TITLE, DIGEST), NOW)
    measure(made, nation.late, OFFER, NOW)
    declare(world.preparer, made, Deed(4, 2_000_000_00, date(2026, 2, 2), TITLE, "cd" * 32), NOW + DAY)
    rows = measures_of(made)
    sample = [*rows[:3], *[one for one in rows if one.number in {3, 4}][-3:]]
    assert all(verified(one, nation.late, OFFER) for one in sample)
    sample[0].value = (sample[0].value or 0) + 1
    assert not verified(sample[0], nation.late, OFFER)
    with pytest.raises(IntegrityError), transaction.atomic():
        Measure.objects.filter(pk=sample[1].pk).update(value=0)


def test_a_group_is_counted_as_a_whole(world: World, nation: Declared) -> None:
    group = Group.objects.create(name="Groupe EXEMPLE")
    for one in (world.firm, world.other):
        one.group = group
        one.save(update_fields=["group"])
    alone = commitment(1, CommitmentKind.HEADCOUNT, 40)
    whole = commitment(2, CommitmentKind.HEADCOUNT, 40, scope=Scope.GROUP)
    made = in_force(world, commitments=(alone, whole))
    measure(made, nation.late, OFFER, NOW)
    known = held(made)
    month = nation.late.table("firm_month").filter(month=DUE).collect()
    both = month.filter(month["affiliation"].is_in([FIRST_FIRM, FIRST_FIRM + 1]))["headcount_month"].sum()
    assert known[2, DUE].value == both
    assert known[2, DUE].affiliations == [FIRST_FIRM, FIRST_FIRM + 1]
    assert (known[1, DUE].value or 0) < both


def test_the_worker_measures_each_convention_once_for_each_run(world: World, nation: Declared) -> None:
    made = in_force(world)
    proposed(world)
    runs: list[Run] = []
    assert not measure_next(NOW, lambda: runs)
    runs.append(nation.early)
    assert measure_next(NOW, lambda: runs)
    assert not measure_next(NOW, lambda: runs)
    runs.append(nation.late)
    assert measure_next(NOW, lambda: runs)
    assert not measure_next(NOW, lambda: runs)
    made.refresh_from_db()
    assert made.measured_run == nation.late.path.name
    told = Entry.objects.filter(stream=f"convention:{made.pk}", kind="convention.measured")
    assert told.count() == 2
    adopt_amendment(world.committee, amend(world.signer, made, target(15), "motif", NOW), "", NOW)
    assert measure_next(NOW, lambda: runs)
    assert measures_of(made)[-1].convention_id == made.pk
    assert {row.commitment.revision for row in measures_of(made) if row.month == DUE and row.number == 1} == {1}


def test_nothing_is_measured_before_signature(world: World, nation: Declared) -> None:
    with pytest.raises(ImpossibleAct):
        measure(proposed(world), nation.late, OFFER, NOW)


def test_an_investment_is_what_the_firm_declares_and_is_met_as_soon_as_it_is_reached(
    world: World, nation: Declared
) -> None:
    made = in_force(world)
    declare(world.signer, made, Deed(4, 10_000_000_00, date(2026, 2, 1), TITLE, DIGEST), NOW)
    declare(world.signer, made, Deed(5, 1, date(2026, 2, 1), TITLE, DIGEST), NOW)
    measure(made, nation.late, OFFER, NOW)
    known = held(made)
    assert known[4, month_index(2025, 12)].status == MeasureStatus.LATE
    assert known[4, month_index(2026, 3)].status == MeasureStatus.MET
    assert known[5, month_index(2026, 3)].status == MeasureStatus.MET
    assert {one.basis for one in known.values() if one.number in {4, 5}} == {"declared"}


WRONG: dict[str, tuple[Deed, type[Exception]]] = {
    "of what declarations measure": (Deed(1, 5, date(2026, 2, 1), TITLE, DIGEST), TermsRefused),
    "of no commitment": (Deed(9, 5, date(2026, 2, 1), TITLE, DIGEST), UnknownCommitment),
    "of nothing": (Deed(4, 0, date(2026, 2, 1), TITLE, DIGEST), TermsRefused),
    "of an event twice": (Deed(5, 2, date(2026, 2, 1), TITLE, DIGEST), TermsRefused),
    "to come": (Deed(4, 5, NOW.date() + timedelta(1), TITLE, DIGEST), TermsRefused),
    "without a name": (Deed(4, 5, date(2026, 2, 1), " ", DIGEST), TermsRefused),
    "without a document": (Deed(4, 5, date(2026, 2, 1), TITLE, ""), TermsRefused),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_declaration_that_cannot_be_is_refused(world: World, name: str) -> None:
    deed, error = WRONG[name]
    with pytest.raises(error):
        declare(world.preparer, in_force(world), deed, NOW)
    assert not DeclaredRow.objects.exists()


def test_only_the_firm_declares_and_each_document_once(world: World) -> None:
    made = in_force(world)
    for actor in (world.stranger, world.secretary, world.maker):
        with pytest.raises(Forbidden):
            declare(actor, made, Deed(4, 5, date(2026, 2, 1), TITLE, DIGEST), NOW)
    declare(world.preparer, made, Deed(4, 5, date(2026, 2, 1), TITLE, DIGEST), NOW)
    with pytest.raises(ConventionError):
        declare(world.preparer, made, Deed(4, 6, date(2026, 2, 1), TITLE, DIGEST), NOW)
    with pytest.raises(ImpossibleAct):
        declare(world.preparer, proposed(world), Deed(4, 5, date(2026, 2, 1), TITLE, DIGEST), NOW)


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.integers(1, 60), st.integers(-5, 80))
def test_a_path_goes_from_the_baseline_to_the_target_and_never_back(base: int, more: int, months: int, at: int) -> None:
    due = date(2025 + (months + 5) // 12, (months + 5) % 12 + 1, 28)
    one = commitment(1, CommitmentKind.NET_JOBS, base + more, due, baseline=base, baseline_on=date(2025, 6, 1))
    month = month_index(2025, 6) + at
    path = path_at(one, month)
    assert base <= path_at(one, month - 1) <= path <= base + more
    assert path_at(one, month_of(due)) == base + more
    assert path_at(one, month_index(2025, 6)) == base
    assert status_at(one, None, path, month) is MeasureStatus.UNMEASURED
    late = status_at(one, path - 1, path, month)
    assert late is (MeasureStatus.MISSED if month >= month_of(due) else MeasureStatus.LATE)


@given(st.integers(0, 40), st.integers(1, 12))
def test_measured_months_end_with_the_last_one_known_and_never_pass_the_due_month(known: int, every: int) -> None:
    one = commitment(1, CommitmentKind.NET_JOBS, 5)
    until = month_index(2025, 7) + known
    months = months_measured(one, until, every)
    assert months[-1] == min(until, month_of(one.due_on))
    assert all(month_of(one.baseline_on) < month <= month_of(one.due_on) for month in months)
    assert all((month + 1) % every == 0 for month in months[:-1])


def test_the_offer_of_the_run_is_the_one_that_measures(world: World, nation: Declared) -> None:
    made = in_force(world)
    other = replace(OFFER, reforms=("essai",))
    measure(made, nation.late, other, NOW)
    assert {one.offer_digest for one in measures_of(made)} == {offer_of(nation.late, OFFER).digest}
