from __future__ import annotations

import threading
from datetime import UTC, datetime

import polars as pl
import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from minassa.claims.models import Claim
from minassa.claims.public import accept, check, open_claims, pass_on, sign
from minassa.conventions.models import (
    Advance,
    AdvanceLine,
    AdvanceState,
    AmendmentKind,
    Convention,
    Hearing,
    HearingReason,
    HearingState,
    Imputation,
)
from minassa.conventions.public import (
    Change,
    ConventionError,
    ImpossibleAct,
    MilestoneTerms,
    NotHeard,
    PaymentUnderWay,
    SameHand,
    UnknownCommitment,
    adopt_amendment,
    amend,
    drop,
    grant_advance,
    impute_next,
    open_hearings,
    propose_advance,
    recover_advance,
    refuse_advance,
    reply,
)
from minassa.entitlements.runs import Run
from minassa.entitlements.spells import STABILITY_MONTHS
from minassa.journal.public import verify
from minassa.ledger.models import Entitlement, Recovery
from minassa.ledger.public import Stay, advance_left, amount_to_recover, check_ledger
from minassa.offer.loading import load_offer
from minassa.registry.public import Actor, Forbidden, committee_actor
from minassa.vocabulary.rates import BASIS_POINTS
from tests.conventions.money import credits_opened, executed, ordered, paid
from tests.conventions.recruits import STABLE, Recruits
from tests.conventions.world import NOW, World, in_force, make

OFFER = load_offer()
SPRING = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
SUMMER = datetime(2027, 8, 2, 9, 0, tzinfo=UTC)
MILESTONES = (
    MilestoneTerms(number=1, month=3, share_basis_points=3_000),
    MilestoneTerms(number=2, month=6, share_basis_points=2_000),
)


def agreed(world: World) -> Convention:
    return in_force(world, milestones=MILESTONES)


def proposed(world: World, recruits: Recruits, made: Convention | None = None, milestone: int = 1) -> Advance:
    found = propose_advance(world.secretary, made or agreed(world), milestone, recruits.early, OFFER, SPRING)
    assert found is not None
    return found


def granted(world: World, recruits: Recruits, made: Convention | None = None, milestone: int = 1) -> Advance:
    return grant_advance(world.maker, proposed(world, recruits, made, milestone), SPRING)


def line_of(given: Advance, hire: tuple[int, int]) -> AdvanceLine:
    return given.lines.get(person=hire[0], hired_month=hire[1])


def heard(world: World, recruits: Recruits, *, pay: bool = True) -> Hearing:
    given = granted(world, recruits)
    if pay:
        paid(world, given.reference, given.amount, SPRING)
    return open_hearings(world.secretary, given.convention, recruits.late, SUMMER)[0]


@pytest.fixture
def funded(world: World) -> World:
    credits_opened(world, NOW)
    return world


def test_an_advance_bears_on_the_hires_that_reached_the_milestone_and_is_the_share_of_their_premium(
    world: World, recruits: Recruits
) -> None:
    found = proposed(world, recruits)
    hires = {(line.person, line.hired_month): line for line in found.lines.all()}
    assert {recruits.stays, recruits.leaves} <= set(hires)
    for (_person, hired), line in hires.items():
        assert recruits.early.until - hired + 1 >= MILESTONES[0].month
        assert line.amount == line.expected * 3_000 // BASIS_POINTS > 0
    assert found.amount == sum(line.amount for line in hires.values())
    assert found.reference.startswith("AV-2026-")
    assert not Entitlement.objects.exists()


def test_nobody_is_advanced_twice_for_one_milestone_and_a_refusal_frees_its_hires(
    world: World, recruits: Recruits
) -> None:
    made = agreed(world)
    first = proposed(world, recruits, made)
    assert propose_advance(world.secretary, made, 1, recruits.early, OFFER, SPRING) is None
    with pytest.raises(ConventionError):
        refuse_advance(world.maker, first, " ", SPRING)
    refuse_advance(world.maker, first, "calcul à revoir", SPRING)
    again = proposed(world, recruits, made)
    assert again.amount == first.amount
    second = proposed(world, recruits, made, milestone=2)
    assert {(line.person, line.hired_month) for line in second.lines.all()} <= {
        (line.person, line.hired_month) for line in again.lines.all()
    }
    with pytest.raises(UnknownCommitment):
        propose_advance(world.secretary, made, 3, recruits.early, OFFER, SPRING)


def test_another_hand_grants_and_the_ledger_commits_it_under_its_reference(funded: World, recruits: Recruits) -> None:
    found = proposed(funded, recruits)
    for actor in (funded.secretary, funded.signer, funded.member, funded.park):
        with pytest.raises(Forbidden):
            grant_advance(actor, found, SPRING)
    assert grant_advance(funded.maker, found, SPRING).state == AdvanceState.GRANTED
    with pytest.raises(ImpossibleAct):
        grant_advance(funded.checker, found, SPRING)
    entitled = Entitlement.objects.get(reference=found.reference)
    assert (entitled.nature, entitled.amount, entitled.committed) == ("advance", found.amount, found.amount)
    assert (check_ledger(), verify()) == ([], [])


def test_without_credits_an_advance_is_granted_and_waits_for_them(world: World, recruits: Recruits) -> None:
    found = granted(world, recruits)
    entitled = Entitlement.objects.get(reference=found.reference)
    assert (entitled.committed, entitled.awaits_credits) == (0, True)
    assert check_ledger() == []


def test_nothing_is_advanced_while_a_convention_is_suspended(world: World, recruits: Recruits) -> None:
    made = agreed(world)
    found = proposed(world, recruits, made)
    one = amend(world.secretary, made, Change(AmendmentKind.SUSPEND, SPRING.date()), "motif", SPRING)
    adopt_amendment(world.committee, one, "", SPRING)
    with pytest.raises(ImpossibleAct):
        grant_advance(world.maker, found, SPRING)
    with pytest.raises(ImpossibleAct):
        propose_advance(world.secretary, made, 2, recruits.early, OFFER, SPRING)


def test_a_hire_that_left_too_early_is_heard_about_then_its_part_is_asked_back(
    funded: World, recruits: Recruits
) -> None:
    hearing = heard(funded, recruits)
    line, kept = hearing.line, recruits.kept
    assert (line.person, line.hired_month) == recruits.leaves
    due, _source = amount_to_recover(line.amount, Stay(kept, STABILITY_MONTHS), SUMMER.date())
    assert (hearing.months_kept, hearing.amount) == (kept, due)
    assert open_hearings(funded.secretary, hearing.convention, recruits.late, SUMMER) == []
    with pytest.raises(NotHeard):
        recover_advance(funded.maker, hearing, SUMMER)
    with pytest.raises(Forbidden):
        reply(funded.stranger, hearing, "réponse", SUMMER)
    reply(funded.preparer, hearing, "Le départ était volontaire.", SUMMER)
    with pytest.raises(ImpossibleAct):
        reply(funded.preparer, hearing, "encore", SUMMER)
    recover_advance(funded.maker, hearing, SUMMER)
    recovery = Recovery.objects.get(number=hearing.recovery)
    assert (recovery.amount, recovery.months_kept, recovery.months_required) == (due, kept, STABILITY_MONTHS)
    entitled = Entitlement.objects.get(reference=line.advance.reference)
    assert 0 < entitled.recovered <= entitled.settled
    assert advance_left(entitled.reference) == entitled.amount - due
    with pytest.raises(ImpossibleAct):
        drop(funded.maker, hearing, "motif", SUMMER)
    assert (check_ledger(), verify()) == ([], [])


def test_a_job_kept_without_a_right_to_the_premium_gives_the_whole_advance_back(
    funded: World, recruits: Recruits, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = granted(funded, recruits)
    hires = recruits.late.table("hire").with_columns(pl.lit(value=False).alias("pae_entitled"))
    monkeypatch.setattr(Run, "table", lambda _run, _name: hires)
    found = {(one.line.person, one.line.hired_month): one for one in open_hearings(*_asked(funded, given, recruits))}
    stayed = found[recruits.stays]
    assert (stayed.reason, stayed.months_kept) == (HearingReason.NOT_DUE, 0)
    assert stayed.amount == stayed.base == line_of(given, recruits.stays).amount
    assert found[recruits.leaves].reason == HearingReason.LEFT


def _asked(world: World, given: Advance, recruits: Recruits) -> tuple[Actor, Convention, Run, datetime]:
    return world.secretary, given.convention, recruits.late, SUMMER


def test_when_the_firm_lets_its_delay_pass_another_hand_still_decides(funded: World, recruits: Recruits) -> None:
    hearing = heard(funded, recruits)
    with pytest.raises(ImpossibleAct):
        reply(funded.signer, hearing, "trop tard", hearing.reply_until)
    with pytest.raises(Forbidden):
        drop(funded.secretary, hearing, "motif", hearing.reply_until)
    assert drop(funded.maker, hearing, "motif", hearing.reply_until).state == HearingState.DROPPED
    assert not Recovery.objects.exists()


def test_what_was_not_paid_yet_is_withheld_and_what_is_at_the_bank_waits(funded: World, recruits: Recruits) -> None:
    hearing = heard(funded, recruits, pay=False)
    after = hearing.reply_until
    given = hearing.line.advance
    batch = ordered(funded, given.reference, given.amount, SUMMER)
    with pytest.raises(PaymentUnderWay):
        recover_advance(funded.maker, hearing, after)
    executed(funded, batch, after)
    assert recover_advance(funded.maker, hearing, after).state == HearingState.RECOVERED


def test_an_advance_never_paid_is_cancelled_in_its_part(funded: World, recruits: Recruits) -> None:
    hearing = heard(funded, recruits, pay=False)
    assert recover_advance(funded.maker, hearing, hearing.reply_until).state == HearingState.WITHHELD
    entitled = Entitlement.objects.get(reference=hearing.line.advance.reference)
    assert (entitled.cancelled, entitled.recovered) == (hearing.amount, 0)
    assert check_ledger() == []


def premium(world: World, recruits: Recruits) -> Claim:
    """The claim of the premium of the recruit who stayed, accepted by a committee."""
    open_claims(recruits.late, recruits.tables, SUMMER, ("pae",), STABLE)
    claim = Claim.objects.get(enterprise=world.firm, measure="pae", period=STABLE)
    check(world.preparer, claim, SUMMER)
    pass_on(world.secretary, sign(world.signer, claim, SUMMER), SUMMER)
    return accept(committee_actor("CTO-2027-0001/1", [str(world.member)]), claim, SUMMER)


def test_the_premium_of_a_job_is_paid_less_its_advances_so_that_it_is_never_paid_twice(
    funded: World, recruits: Recruits
) -> None:
    made = agreed(funded)
    advances = [granted(funded, recruits, made, milestone) for milestone in (1, 2)]
    before = sum(paid(funded, one.reference, one.amount, SPRING) for one in advances)
    claim = premium(funded, recruits)
    assert impute_next(SUMMER)
    assert not impute_next(SUMMER)
    mine = sum(line_of(one, recruits.stays).amount for one in advances)
    assert sum(Imputation.objects.values_list("amount", flat=True)) == mine
    later = paid(funded, claim.reference, claim.accepted_cents or 0, SUMMER)
    assert later == (claim.accepted_cents or 0) - mine
    others = before - mine
    assert before + later == (claim.accepted_cents or 0) + others
    assert (check_ledger(), verify()) == ([], [])


def test_an_advance_still_at_the_bank_is_imputed_as_soon_as_it_is_paid(funded: World, recruits: Recruits) -> None:
    given = granted(funded, recruits)
    batch = ordered(funded, given.reference, given.amount, SPRING)
    premium(funded, recruits)
    assert impute_next(SUMMER)
    entitled = Entitlement.objects.get(reference=given.reference)
    assert (entitled.recovered, entitled.cancelled) == (0, 0)
    executed(funded, batch, SUMMER)
    entitled.refresh_from_db()
    assert entitled.recovered == line_of(given, recruits.stays).amount
    assert check_ledger() == []


def test_an_advance_never_paid_is_not_paid_any_more_once_the_premium_is_granted(
    funded: World, recruits: Recruits
) -> None:
    given = granted(funded, recruits)
    premium(funded, recruits)
    assert impute_next(SUMMER)
    entitled = Entitlement.objects.get(reference=given.reference)
    assert (entitled.recovered, entitled.cancelled) == (0, line_of(given, recruits.stays).amount)
    assert check_ledger() == []


def test_lines_and_imputations_are_never_changed(funded: World, recruits: Recruits) -> None:
    given = granted(funded, recruits)
    for change in (
        lambda: AdvanceLine.objects.update(amount=1),
        lambda: Advance.objects.filter(pk=given.pk).update(amount=1),
        lambda: Advance.objects.filter(pk=given.pk).update(state=AdvanceState.PROPOSED),
        lambda: AdvanceLine.objects.all().delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_who_proposed_an_advance_does_not_decide_it_even_with_the_right_to(world: World, recruits: Recruits) -> None:
    found = proposed(world, recruits)
    with pytest.raises(IntegrityError), transaction.atomic():
        Advance.objects.filter(pk=found.pk).update(state=AdvanceState.GRANTED, decided_by=found.proposed_by)
    assert issubclass(SameHand, ConventionError)


@given(st.integers(0, 10**9), st.lists(st.integers(1, 5_000), min_size=1, max_size=4), st.integers(0, 17))
def test_advances_and_premium_never_pass_the_premium_and_no_more_comes_back_than_was_paid(
    expected: int, shares: list[int], kept: int
) -> None:
    total = sum(shares)
    parts = [expected * (share * 5_000 // total) // BASIS_POINTS for share in shares]
    assert sum(parts) <= expected
    left = expected
    for part in parts:
        imputed = min(part, left)
        left -= imputed
    assert sum(parts) + left <= max(expected, sum(parts))
    for part in parts:
        due, _source = amount_to_recover(part, Stay(kept, STABILITY_MONTHS), SPRING.date())
        assert 0 <= due <= part


@pytest.mark.django_db(transaction=True)
def test_two_milestones_proposed_at_once_follow_each_other_and_nobody_is_advanced_twice(recruits: Recruits) -> None:
    world = make()
    made = agreed(world)
    found: list[Advance | None] = []
    gate = threading.Barrier(4)

    def propose(milestone: int) -> None:
        try:
            gate.wait()
            found.append(propose_advance(world.secretary, made, milestone, recruits.early, OFFER, SPRING))
        finally:
            connection.close()

    threads = [threading.Thread(target=propose, args=(milestone,)) for milestone in (1, 1, 2, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept = [one for one in found if one is not None]
    assert sorted(one.milestone.number for one in kept) == [1, 2]
    for one in kept:
        hires = list(one.lines.values_list("person", "hired_month"))
        assert len(hires) == len(set(hires))
    assert not verify()
