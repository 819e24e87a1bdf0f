from __future__ import annotations

from datetime import timedelta

import pytest

from minassa.claims.checks import bit_of
from minassa.claims.models import Claim, Contest, CutLine, Line, Ruling
from minassa.claims.public import (
    ClaimError,
    NotChecked,
    NotHeard,
    NotPayable,
    SameHand,
    StaleClaim,
    TooLate,
    UnknownLine,
    accept,
    answer,
    check,
    contest,
    cut,
    payable,
    propose,
    record_payment,
    refuse,
    sign,
)
from minassa.claims.timing import fire_next
from minassa.journal.models import Entry
from minassa.journal.public import verify
from minassa.registry.models import Mandate
from minassa.registry.public import Forbidden, committee_actor, system_actor
from tests.claims.world import (
    DAY,
    NOW,
    Declared,
    World,
    a_line,
    heard,
    opened,
    signed,
    to_decide,
)

pytestmark = pytest.mark.django_db
LEDGER = system_actor("ledger")


def test_a_claim_is_signed_once_checked_by_another_hand_within_its_delay(world: World, nation: Declared) -> None:
    claim = opened(world, nation)
    with pytest.raises(NotChecked):
        sign(world.signer, claim, NOW)
    check(world.signer, claim, NOW)
    with pytest.raises(SameHand):
        sign(world.signer, claim, NOW)
    check(world.preparer, claim, NOW)
    with pytest.raises(StaleClaim):
        sign(world.signer, claim, NOW, expected=claim.version - 1)
    with pytest.raises(TooLate):
        sign(world.signer, claim, claim.sign_by)
    sign(world.signer, claim, claim.sign_by - timedelta(seconds=1))
    assert claim.signature.digest == claim.content_digest


def test_a_firm_of_one_hand_checks_and_signs(world: World, nation: Declared) -> None:
    Mandate.objects.filter(account__email="prepare@minassa.example").delete()
    claim = opened(world, nation)
    check(world.signer, claim, NOW)
    sign(world.signer, claim, NOW)
    assert claim.state == "signed"


def test_a_contest_asks_for_a_new_check_and_holds_the_signature(world: World, nation: Declared) -> None:
    claim = opened(world, nation)
    check(world.preparer, claim, NOW)
    first = contest(world.preparer, claim, a_line(claim).pk, "le mois est faux", NOW)
    second = contest(world.signer, claim, a_line(claim, 1).pk, "elle est partie", NOW)
    assert claim.checked_by == ""
    with pytest.raises(ClaimError):
        sign(world.signer, claim, NOW)
    answer(world.secretary, first, "exact : redéposez", NOW, upheld=True)
    claim.refresh_from_db()
    assert claim.state == "contested"
    before = claim.sign_by
    answer(world.secretary, second, "présente à la CNSS", NOW + 10 * DAY, upheld=False)
    claim.refresh_from_db()
    assert claim.state == "open"
    assert claim.sign_by >= before + 9 * DAY
    with pytest.raises(ClaimError):
        answer(world.secretary, second, "encore", NOW, upheld=True)
    check(world.preparer, claim, before)
    sign(world.signer, claim, before)


@pytest.mark.parametrize("reason", ["", "   ", "x" * 2_001])
def test_a_contest_says_why_in_a_page(world: World, nation: Declared, reason: str) -> None:
    claim = opened(world, nation)
    with pytest.raises(ClaimError):
        contest(world.preparer, claim, a_line(claim).pk, reason, NOW)
    assert not Contest.objects.exists()


def test_a_contest_names_a_line_of_its_claim_in_time(world: World, nation: Declared) -> None:
    claim = opened(world, nation)
    foreign = Line.objects.exclude(claim=claim)[0]
    with pytest.raises(UnknownLine):
        contest(world.preparer, claim, foreign.pk, "motif", NOW)
    with pytest.raises(TooLate):
        contest(world.preparer, claim, a_line(claim).pk, "motif", claim.contest_by)


def test_nothing_is_cut_or_refused_before_the_firm_was_heard(world: World, nation: Declared) -> None:
    claim = to_decide(world, nation)
    assert claim.score >= 0
    with pytest.raises(NotHeard):
        refuse(world.committee, claim, "score élevé", NOW)
    with pytest.raises(NotHeard):
        cut(world.committee, claim, [a_line(claim).pk], "motif", NOW)
    propose(world.secretary, claim, "pièces manquantes", NOW)
    assert claim.hearing_until is not None
    assert not fire_next(claim.hearing_until - timedelta(seconds=1))
    assert fire_next(claim.hearing_until)
    assert not fire_next(claim.hearing_until)
    claim.refresh_from_db()
    assert (claim.state, claim.heard) == ("to_decide", True)
    with pytest.raises(ClaimError):
        refuse(world.committee, claim, " ", claim.touched_at)
    refuse(world.committee, claim, "pièces jamais venues", claim.touched_at)
    assert (claim.state, claim.accepted_cents) == ("refused", 0)
    with pytest.raises(NotPayable):
        record_payment(LEDGER, claim, 1, claim.touched_at)


def test_who_proposed_or_controlled_does_not_vote(world: World, nation: Declared) -> None:
    claim = heard(world, nation)
    voters = [str(world.member), claim.proposed_by]
    with pytest.raises(SameHand):
        accept(committee_actor("CTO-EXEMPLE/1", voters), claim, NOW)
    with pytest.raises(SameHand):
        refuse(committee_actor("CTO-EXEMPLE/1", voters), claim, "motif", NOW)
    for alone in (world.member, world.secretary, system_actor("claims"), system_actor("governance")):
        with pytest.raises(Forbidden):
            accept(alone, claim, NOW)
    accept(world.committee, claim, NOW)
    assert Ruling.objects.get(claim=claim, event="accept").by == "sitting:CTO-EXEMPLE/1"


def test_a_claim_accepted_in_part_pays_the_rest(world: World, nation: Declared) -> None:
    claim = heard(world, nation)
    line = a_line(claim)
    foreign = Line.objects.exclude(claim=claim)[0]
    for lines in ([], [foreign.pk], [line.pk, foreign.pk]):
        with pytest.raises(UnknownLine):
            cut(world.committee, claim, lines, "motif", NOW)
    cut(world.committee, claim, [line.pk], "jamais présent", NOW)
    assert claim.accepted_cents == claim.total_cents - line.amount_cents
    assert CutLine.objects.get().line == line
    money = payable(claim)
    for cents in (0, -1, money.now + 1):
        with pytest.raises(NotPayable):
            record_payment(LEDGER, claim, cents, NOW)
    record_payment(LEDGER, claim, 1, NOW)
    assert claim.state == "cut"
    record_payment(LEDGER, claim, money.now - 1, NOW)
    assert (claim.state, claim.paid_cents) == ("paid", claim.accepted_cents)


def test_each_act_is_told_to_the_journal_without_grounds_nor_persons(world: World, nation: Declared) -> None:
    claim = accept(world.committee, heard(world, nation), NOW)
    kinds = list(Entry.objects.filter(stream=f"claim:{claim.pk}").order_by("number").values_list("kind", flat=True))
    assert kinds == [
        "claim.prepared",
        "claim.checked",
        "claim.signed",
        "claim.passed",
        "claim.propose",
        "claim.reply",
        "claim.accept",
        "claim.recognised",
    ]
    assert not list(verify())
    said = str(list(Entry.objects.values_list("body", flat=True)))
    assert "motif" not in said
    assert str(a_line(claim).person) not in said.replace(str(claim.total_cents), "")
    assert Ruling.objects.filter(claim=claim).count() == 3


def test_an_unsigned_claim_expires(world: World, nation: Declared) -> None:
    claim = opened(world, nation)
    for _claim in range(Claim.objects.count()):
        assert fire_next(claim.sign_by + DAY)
    assert not fire_next(claim.sign_by + DAY)
    claim.refresh_from_db()
    assert claim.state == "expired"


def test_a_score_is_made_of_its_reasons_and_moves_nothing(world: World, nation: Declared) -> None:
    claim = signed(world, nation)
    assert claim.score == min(100, sum(reason["points"] for reason in claim.reasons))
    for reason in claim.reasons:
        lines = [one for one in claim.lines.all() if one.flags & bit_of(reason["kind"]) and one.amount_cents]
        assert (len(lines), sum(abs(one.amount_cents) for one in lines)) == (reason["lines"], reason["cents"])
    assert claim.state == "signed"
