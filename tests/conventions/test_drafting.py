from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from minassa.conventions.drafting import end_next
from minassa.conventions.models import Commitment, CommitmentKind, Convention, ConventionState, Revision, Side
from minassa.conventions.public import (
    ConventionError,
    ImpossibleAct,
    NotSigned,
    SameHand,
    StaleConvention,
    TermsRefused,
    as_of,
    conventions_for,
    draft,
    enter,
    propose,
    redraft,
    require_intact,
    send_back,
    sign,
    terms_on,
)
from minassa.journal.public import Entry, verify
from minassa.registry.public import Actor, Forbidden, committee_actor
from tests.conventions.world import DAY, ENDS, NOW, STARTS, World, commitment, drafted, in_force, proposed, terms


def test_a_convention_binds_once_drafted_proposed_signed_and_decided_by_a_committee(world: World) -> None:
    made = in_force(world)
    assert made.state == ConventionState.IN_FORCE
    assert terms_on(made, STARTS) == terms()
    assert [row.side for row in made.signatures.order_by("at", "pk")] == [Side.FIRM, Side.STATE]
    require_intact(made)
    kinds = list(Entry.objects.filter(stream=f"convention:{made.pk}").order_by("number").values_list("kind", flat=True))
    assert kinds == ["convention.drafted", "convention.proposed", *["convention.signed"] * 2]
    assert not verify()


def test_nobody_binds_the_state_alone_nor_who_prepared_the_terms(world: World) -> None:
    made = sign(world.signer, proposed(world), NOW)
    for actor in (world.member, world.secretary, world.signer):
        with pytest.raises(Forbidden):
            enter(actor, made, NOW)
    with pytest.raises(SameHand):
        enter(committee_actor("CTO-2026-0001/2", [str(world.secretary)]), made, NOW)


def test_the_state_signs_only_what_the_firm_has_signed(world: World) -> None:
    made = proposed(world)
    with pytest.raises(NotSigned):
        enter(world.committee, made, NOW)
    sign(world.signer, made, NOW)
    with pytest.raises(ImpossibleAct):
        sign(world.signer, made, NOW)
    send_back(world.secretary, made, "montant à revoir", NOW)
    redraft(world.secretary, made, terms(firm_name="AUTRE NOM FICTIF"), NOW)
    propose(world.secretary, made, NOW)
    with pytest.raises(NotSigned):
        enter(world.committee, made, NOW)
    sign(world.signer, made, NOW)
    assert enter(world.committee, made, NOW).state == ConventionState.IN_FORCE


def test_only_a_signatory_of_this_very_firm_signs(world: World) -> None:
    made = proposed(world)
    for actor in (world.preparer, world.stranger, world.maker, world.park, world.steering):
        with pytest.raises(Forbidden):
            sign(actor, made, NOW)


def test_an_act_on_a_convention_that_has_changed_since_it_was_read_is_refused(world: World) -> None:
    made = proposed(world)
    version = made.version
    sign(world.signer, made, NOW)
    with pytest.raises(StaleConvention):
        send_back(world.secretary, made, "motif", NOW, expected=version)
    with pytest.raises(ConventionError):
        send_back(world.secretary, made, " ", NOW)


BROKEN: dict[str, dict[str, object]] = {
    "ends before it starts": {"ends_on": date(2025, 6, 30)},
    "no firm": {"firm_name": " "},
    "no commitment": {"commitments": ()},
    "numbers with a hole": {"commitments": (commitment(2, CommitmentKind.NET_JOBS, 5),)},
    "target below its baseline": {"commitments": (commitment(1, CommitmentKind.HEADCOUNT, 5, baseline=6),)},
    "target of nothing": {"commitments": (commitment(1, CommitmentKind.NET_JOBS, 0),)},
    "due after the end": {"commitments": (commitment(1, CommitmentKind.NET_JOBS, 5, date(2030, 1, 1)),)},
    "an event without a name": {"commitments": (commitment(1, CommitmentKind.EVENT, 1),)},
    "an event that counts": {"commitments": (commitment(1, CommitmentKind.EVENT, 2, label="étape"),)},
    "one side signs": {"signatories": terms().signatories[:1]},
    "two milestones in a month": {"milestones": (terms().milestones[0], terms().milestones[0])},
    "a milestone in the month of the premium": {
        "milestones": (terms().milestones[0].model_copy(update={"month": 18}),)
    },
    "more than what may be advanced": {
        "milestones": (terms().milestones[0].model_copy(update={"share_basis_points": 5_001}),)
    },
}


@pytest.mark.parametrize("name", BROKEN)
def test_terms_that_do_not_hold_together_are_refused_with_a_sentence(world: World, name: str) -> None:
    with pytest.raises(TermsRefused) as refused:
        draft(world.secretary, world.firm, terms(**BROKEN[name]), NOW)
    assert refused.value.details["problems"]
    assert not Convention.objects.exists()


def test_a_convention_ends_by_itself_after_its_last_day_and_not_before(world: World) -> None:
    made = in_force(world)
    last = datetime(ENDS.year, ENDS.month, ENDS.day, 12, tzinfo=UTC)
    assert not end_next(last)
    assert end_next(last + DAY)
    assert not end_next(last + DAY)
    made.refresh_from_db()
    assert made.state == ConventionState.ENDED
    assert as_of(made, ENDS).state == ConventionState.IN_FORCE
    assert as_of(made, date(2030, 1, 1)).state == ConventionState.ENDED
    with pytest.raises(ImpossibleAct):
        as_of(made, date(2025, 6, 30))


def test_what_is_signed_cannot_be_changed_even_by_sql(world: World) -> None:
    made = in_force(world)
    changes = (
        lambda: Revision.objects.update(firm_name="X"),
        lambda: Commitment.objects.update(target=1),
        lambda: Commitment.objects.all().delete(),
        lambda: Convention.objects.filter(pk=made.pk).update(draft={}),
        lambda: Convention.objects.filter(pk=made.pk).update(enterprise=world.other),
        lambda: made.signatures.update(by="account:0"),
    )
    for change in changes:
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def _seen(actor: Actor) -> int:
    try:
        return conventions_for(actor).count()
    except Forbidden:
        return -1


def test_each_one_knows_of_the_conventions_that_concern_them(world: World) -> None:
    names = ("secretary", "signer", "preparer", "member", "steering", "maker", "park", "stranger", "outsider")

    def seen() -> dict[str, int]:
        return {name: _seen(getattr(world, name)) for name in names}

    made = drafted(world)
    assert seen() == dict.fromkeys(names, 0) | {"secretary": 1, "outsider": -1}
    propose(world.secretary, made, NOW)
    assert seen() == dict.fromkeys(names, 1) | {"park": 0, "stranger": 0, "outsider": -1}
    enter(world.committee, sign(world.signer, made, NOW), NOW)
    assert seen() == dict.fromkeys(names, 1) | {"stranger": 0, "outsider": -1}
