from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from minassa.conventions.changes import applied, replaced, wanted
from minassa.conventions.errors import NothingToChange, StaleAmendment, UnknownCommitment
from minassa.conventions.models import Amendment, AmendmentKind, AmendmentState, CommitmentKind, ConventionState
from minassa.conventions.public import (
    Change,
    ImpossibleAct,
    NotSigned,
    SameHand,
    Snapshot,
    TermsRefused,
    adopt_amendment,
    agree,
    amend,
    amendment_of,
    amendments_to_decide,
    as_of,
    compared,
    current,
    frozen_amendment,
    hands_of_amendment,
    reject_amendment,
    replayed,
    require_intact,
    terms_on,
    withdraw,
)
from minassa.registry.public import Forbidden, committee_actor
from tests.conventions.world import DAY, ENDS, NOW, World, commitment, in_force, proposed, target, terms

APRIL = date(2026, 4, 1)
ADDED = commitment(1, CommitmentKind.TRAINING_SPEND, 90_000_00).model_dump(mode="json", exclude={"number"})
CHANGES = (
    Change(AmendmentKind.ADD_COMMITMENT, APRIL, values=ADDED),
    target(15),
    Change(AmendmentKind.CHANGE_DUE, APRIL, 2, {"due_on": "2028-06-30"}),
    Change(AmendmentKind.CHANGE_END, APRIL, values={"ends_on": "2030-12-31"}),
    Change(AmendmentKind.CHANGE_PARTY, APRIL, values={"firm_name": "NOUVEAU NOM FICTIF"}),
    Change(AmendmentKind.SUSPEND, APRIL),
)


@pytest.mark.parametrize("change", CHANGES, ids=[str(one.kind) for one in CHANGES])
def test_an_amendment_changes_what_its_kind_bears_on_and_leaves_the_past_as_it_was(
    world: World, change: Change
) -> None:
    made = in_force(world)
    before = current(made)
    one = agree(world.signer, amend(world.secretary, made, change, "motif", NOW), NOW)
    assert adopt_amendment(world.committee, one, "", NOW).state == AmendmentState.ADOPTED
    after = current(made)
    assert after.revision == 1
    assert (after.terms, after.state) != (before.terms, before.state)
    assert terms_on(made, date(2026, 3, 1)) == before.terms
    assert replayed(made) == after
    require_intact(made)


def test_both_days_are_compared_field_by_field(world: World) -> None:
    made = in_force(world)
    adopt_amendment(world.committee, amend(world.signer, made, target(15), "motif", NOW), "", NOW)
    assert [(one.commitment, one.field, one.before, one.after) for one in compared(made, date(2026, 3, 1), APRIL)] == [
        (1, "target", 12, 15)
    ]
    assert compared(made, date(2026, 3, 1), date(2026, 3, 31)) == []


def test_what_binds_the_firm_is_adopted_only_once_it_has_agreed(world: World) -> None:
    made = in_force(world)
    one = amend(world.secretary, made, target(15), "motif", NOW)
    assert not amendments_to_decide().exists()
    with pytest.raises(NotSigned):
        adopt_amendment(world.committee, one, "", NOW)
    with pytest.raises(Forbidden):
        agree(world.stranger, one, NOW)
    agree(world.signer, one, NOW)
    with pytest.raises(ImpossibleAct):
        agree(world.signer, one, NOW)
    assert amendments_to_decide().get() == one
    adopt_amendment(world.committee, one, "", NOW)
    assert not amendments_to_decide().exists()


def test_the_state_suspends_and_terminates_alone_and_nothing_follows_a_termination(world: World) -> None:
    made = in_force(world)
    for kind, state in (
        (AmendmentKind.SUSPEND, ConventionState.SUSPENDED),
        (AmendmentKind.RESUME, ConventionState.IN_FORCE),
        (AmendmentKind.TERMINATE, ConventionState.TERMINATED),
    ):
        adopt_amendment(world.committee, amend(world.secretary, made, Change(kind, APRIL), "motif", NOW), "", NOW)
        made.refresh_from_db()
        assert made.state == state == as_of(made, NOW.date()).state
    with pytest.raises(ImpossibleAct):
        amend(world.secretary, made, target(15), "motif", NOW)


def test_nobody_decides_alone_nor_on_what_they_proposed(world: World) -> None:
    one = amend(world.signer, in_force(world), target(15), "motif", NOW)
    assert hands_of_amendment(one) == {str(world.signer)}
    for actor in (world.member, world.secretary, world.signer):
        with pytest.raises(Forbidden):
            adopt_amendment(actor, one, "", NOW)
    with pytest.raises(SameHand):
        reject_amendment(committee_actor("CTO-2026-0001/2", [str(world.signer)]), one, "motif", NOW)
    assert reject_amendment(world.committee, one, "motif", NOW).decision == "motif"
    with pytest.raises(ImpossibleAct):
        adopt_amendment(world.committee, one, "", NOW)


def test_the_side_that_proposed_withdraws_and_the_other_does_not(world: World) -> None:
    made = in_force(world)
    one = amend(world.secretary, made, target(15), "motif", NOW)
    with pytest.raises(Forbidden):
        withdraw(world.signer, one, NOW)
    assert withdraw(world.secretary, one, NOW).state == AmendmentState.WITHDRAWN
    two = amend(world.signer, made, target(15), "motif", NOW)
    with pytest.raises(Forbidden):
        withdraw(world.secretary, two, NOW)
    assert withdraw(world.signer, two, NOW).state == AmendmentState.WITHDRAWN


def test_of_two_amendments_of_one_target_the_second_is_stale(world: World) -> None:
    made = in_force(world)
    one, two = (amend(world.signer, made, target(value), "motif", NOW) for value in (15, 18))
    adopt_amendment(world.committee, one, "", NOW)
    with pytest.raises(StaleAmendment):
        adopt_amendment(world.committee, two, "", NOW)
    assert terms_on(made, APRIL).commitment(1).target == 15


def test_an_amendment_never_holds_before_the_one_adopted_before_it(world: World) -> None:
    made = in_force(world)
    later = amend(world.signer, made, target(15, date(2026, 6, 1)), "motif", NOW)
    sooner = amend(world.signer, made, target(50, APRIL, number=2), "motif", NOW)
    adopt_amendment(world.committee, later, "", NOW)
    with pytest.raises(TermsRefused):
        adopt_amendment(world.committee, sooner, "", NOW)


REFUSED = (
    (target(12), NothingToChange),
    (target(15, number=9), UnknownCommitment),
    (Change(AmendmentKind.CHANGE_TARGET, APRIL, 1, {"due_on": "2028-06-30"}), TermsRefused),
    (Change(AmendmentKind.CHANGE_TARGET, APRIL, 1, {}), TermsRefused),
    (Change(AmendmentKind.CHANGE_TARGET, APRIL, 1, {"target": "beaucoup"}), TermsRefused),
    (Change(AmendmentKind.CHANGE_END, APRIL, values={"ends_on": "2025-01-01"}), TermsRefused),
    (Change(AmendmentKind.ADD_COMMITMENT, APRIL, values={"kind": "net_jobs"}), TermsRefused),
    (Change(AmendmentKind.RESUME, APRIL), ImpossibleAct),
)


@pytest.mark.parametrize(("change", "error"), REFUSED, ids=[f"{n}-{e.__name__}" for n, (_c, e) in enumerate(REFUSED)])
def test_a_change_that_cannot_be_is_refused_and_nothing_is_kept(
    world: World, change: Change, error: type[Exception]
) -> None:
    made = in_force(world)
    with pytest.raises(error):
        amend(world.secretary, made, change, "motif", NOW)
    assert not Amendment.objects.exists()


def test_a_convention_that_does_not_bind_is_not_amended(world: World) -> None:
    with pytest.raises(ImpossibleAct):
        amend(world.secretary, proposed(world), target(15), "motif", NOW)


def test_what_an_amendment_says_is_frozen_with_it(world: World) -> None:
    one = amend(world.signer, in_force(world), target(15), "motif", NOW)
    put = frozen_amendment(amendment_of(str(one.uuid)))
    assert put.enterprises == {world.firm.pk}
    assert (put.content["before"], put.content["after"]) == ({"target": 12}, {"target": 15})
    with pytest.raises(IntegrityError), transaction.atomic():
        Amendment.objects.filter(pk=one.pk).update(after={"target": 1})
    adopt_amendment(world.committee, one, "", NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Amendment.objects.filter(pk=one.pk).update(state=AmendmentState.REJECTED)


@st.composite
def drawn(draw: st.DrawFn) -> list[Change]:
    """Amendments of any kind, in any order, good or not."""
    number = st.integers(1, 7)
    kinds = st.one_of(
        st.builds(lambda n, v: target(v, number=n), number, st.integers(0, 60)),
        st.builds(
            lambda n, days: Change(
                AmendmentKind.CHANGE_DUE, APRIL, n, {"due_on": (date(2027, 1, 1) + timedelta(days)).isoformat()}
            ),
            number,
            st.integers(0, 1_500),
        ),
        st.builds(
            lambda days: Change(
                AmendmentKind.CHANGE_END, APRIL, values={"ends_on": (ENDS + timedelta(days)).isoformat()}
            ),
            st.integers(-1_500, 800),
        ),
        st.just(Change(AmendmentKind.ADD_COMMITMENT, APRIL, values=ADDED)),
        st.sampled_from([Change(kind, APRIL) for kind in ("suspend", "resume")]),  # type: ignore[arg-type]
    )
    return draw(st.lists(kinds, max_size=8))


@given(drawn())
@settings(max_examples=150)
def test_amendments_replayed_in_order_give_the_terms_in_effect(changes: list[Change]) -> None:
    signed = Snapshot(0, terms(), ConventionState.IN_FORCE)
    now, adopted = signed, []
    for change in changes:
        kind = AmendmentKind(change.kind)
        try:
            before = replaced(now, kind, change.commitment)
            after = wanted(now, kind, change.values)
            now = applied(now, kind, change.commitment, before, after)
        except (TermsRefused, UnknownCommitment, ImpossibleAct):
            continue
        adopted.append((kind, change.commitment, before, after))
    again = signed
    for kind, number, before, after in adopted:
        again = applied(again, kind, number, before, after)
    assert again == now
    assert again.revision == len(adopted)
    assert all(one.due_on <= again.terms.ends_on for one in again.terms.commitments)
    assert [one.number for one in again.terms.commitments] == list(range(1, len(again.terms.commitments) + 1))


@given(drawn())
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])  # each is rolled back
def test_what_the_database_holds_is_what_amendments_replay_to(world: World, changes: list[Change]) -> None:
    with transaction.atomic():
        made = in_force(world)
        for change in changes:
            try:
                one = amend(world.signer, made, change, "motif", NOW + DAY)
            except (TermsRefused, NothingToChange, UnknownCommitment, ImpossibleAct):
                continue
            adopt_amendment(world.committee, one, "", NOW + DAY)
        assert replayed(made) == current(made)
        require_intact(made)
        transaction.set_rollback(True)
