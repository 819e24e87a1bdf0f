"""From a decision to the money and back: paid once, held back while contested, given back when it was not due."""

from __future__ import annotations

from random import Random

import pytest

from minassa.claims import settling
from minassa.claims.models import Claim, Contest
from minassa.claims.public import accept, clear, cut, payable, refuse
from minassa.claims.settling import CLAIMS, LEDGER
from minassa.journal.models import Entry
from minassa.ledger import parameters as figures
from minassa.ledger.models import Entitlement, Envelope, PaymentOrder, Recovery, Transaction
from minassa.ledger.parameters import Parameter
from minassa.ledger.public import (
    Grant,
    ask_back,
    check_ledger,
    propose_due,
    refuse_batch,
    send_batch,
    validate_batch,
)
from tests.claims.money import Money, accepted, agrees, answered, contested, make_money, right
from tests.claims.test_holding import flag
from tests.claims.world import DAY, NOW, Declared, World, a_line, heard, to_decide

pytestmark = pytest.mark.django_db


@pytest.fixture
def money(world: World) -> Money:
    return make_money(world)


def test_what_is_accepted_is_recognised_committed_ordered_paid_and_told_back(
    world: World, nation: Declared, money: Money
) -> None:
    money.opened()
    claim = accepted(world, nation)
    held = agrees(claim)
    assert (held.amount, held.committed, held.measure, held.budget_year) == (
        claim.total_cents,
        claim.total_cents,
        "paf",
        2027,
    )
    assert money.told(money.ordered().orders.get()) == "paid"
    assert agrees(claim).settled == claim.total_cents
    assert claim.state == "paid"
    assert propose_due(money.maker, NOW, "again").batches == []


def test_without_credits_the_decision_is_kept_and_waits(world: World, nation: Declared, money: Money) -> None:
    claim = accepted(world, nation)
    assert (claim.state, agrees(claim).awaits_credits) == ("accepted", True)
    assert [one.code for one in propose_due(money.maker, NOW, "run").left_out] == ["no-credits"]
    told = Entry.objects.get(stream=f"claim:{claim.pk}", kind="claim.recognised")
    assert told.body == {"cents": claim.total_cents, "awaits_credits": True}
    money.opened()
    assert agrees(claim).committed == claim.total_cents
    money.paid()
    assert agrees(claim).settled == claim.total_cents


def test_the_budget_year_is_that_of_a_dated_rule(
    world: World, nation: Declared, money: Money, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = dict(figures.parameters())
    values = [known["budget_year_rule"].values[0].model_copy(update={"value": "period"})]
    known["budget_year_rule"] = Parameter(description="EXEMPLE", unit=known["budget_year_rule"].unit, values=values)
    monkeypatch.setattr(figures, "parameters", lambda: known)
    money.opened(year=2026)
    assert agrees(accepted(world, nation)).budget_year == 2026


def test_a_claim_cut_gives_the_rest_and_a_refused_one_nothing(world: World, nation: Declared, money: Money) -> None:
    money.opened()
    claim = heard(world, nation)
    line = a_line(claim)
    cut(world.committee, claim, [line.pk], "jamais présent", NOW)
    assert agrees(claim).amount == claim.total_cents - line.amount_cents
    money.paid()
    agrees(claim)
    assert claim.state == "paid"


def test_a_refused_claim_has_no_right(world: World, nation: Declared, money: Money) -> None:
    money.opened()
    claim = refuse(world.committee, heard(world, nation), "motif", NOW)
    assert not Entitlement.objects.exists()
    assert claim.accepted_cents == 0


def test_a_decision_undone_leaves_no_right(world: World, nation: Declared, monkeypatch: pytest.MonkeyPatch) -> None:
    claim = to_decide(world, nation)

    def fails(*_given: object) -> None:
        message = "EXEMPLE"
        raise RuntimeError(message)

    for step in ("grant", "commit_or_wait", "align"):
        with monkeypatch.context() as patched:
            patched.setattr(settling, step, fails)
            with pytest.raises(RuntimeError):
                accept(world.committee, Claim.objects.get(pk=claim.pk), NOW)
        claim.refresh_from_db()
        assert (claim.state, claim.accepted_cents) == ("to_decide", None)
        assert not Transaction.objects.exists()
    agrees(accept(world.committee, claim, NOW))


def test_what_an_employee_contests_is_suspended_and_released(world: World, nation: Declared, money: Money) -> None:
    money.opened()
    claim = accepted(world, nation)
    contest, cents = contested(claim), a_line(claim).amount_cents
    assert agrees(claim).suspended == cents
    assert [(one.code, one.amount) for one in propose_due(money.maker, NOW, "run").left_out] == [("suspended", cents)]
    assert agrees(claim).payable == 0
    answered(world, contest, upheld=False)
    assert (agrees(claim).suspended, right(claim).payable) == (0, cents)


def test_a_contest_made_before_the_decision_holds_its_line(world: World, nation: Declared, money: Money) -> None:
    money.opened()
    claim = to_decide(world, nation)
    contest = contested(claim)
    accept(world.committee, claim, NOW)
    assert agrees(claim).suspended == a_line(claim).amount_cents
    answered(world, contest, upheld=True)
    held = agrees(claim)
    assert (held.suspended, held.cancelled) == (0, a_line(claim).amount_cents)
    money.paid()
    agrees(claim)
    assert (claim.state, claim.paid_cents) == ("paid", claim.total_cents - a_line(claim).amount_cents)


def test_a_contest_upheld_after_the_payment_is_asked_back_once(world: World, nation: Declared, money: Money) -> None:
    money.opened()
    claim = accepted(world, nation)
    money.paid()
    contest = contested(claim)
    assert agrees(claim).suspended == 0
    answered(world, contest, upheld=True)
    assert agrees(claim).recovered == a_line(claim).amount_cents
    (made,) = Recovery.objects.all()
    assert (made.amount, made.reference) == (a_line(claim).amount_cents, claim.reference)


def test_a_contest_upheld_while_the_order_is_at_the_bank_is_asked_back_once_paid(
    world: World, nation: Declared, money: Money
) -> None:
    money.opened()
    claim = accepted(world, nation)
    order = money.ordered().orders.get()
    answered(world, contested(claim), upheld=True)
    assert (agrees(claim).cancelled, right(claim).recovered) == (0, 0)
    money.told(order)
    assert agrees(claim).recovered == a_line(claim).amount_cents
    assert claim.paid_cents == claim.total_cents
    assert claim.state == "paid"


def test_a_contest_upheld_while_the_order_is_rejected_is_cancelled(
    world: World, nation: Declared, money: Money
) -> None:
    money.opened()
    claim = accepted(world, nation)
    order = money.ordered().orders.get()
    answered(world, contested(claim), upheld=True)
    assert money.rejected(order) == "rejected"
    held = agrees(claim)
    assert (held.cancelled, held.payable) == (
        a_line(claim).amount_cents,
        claim.total_cents - a_line(claim).amount_cents,
    )
    assert payable(claim).now == held.payable


def test_money_that_comes_back_is_owed_again_and_paid_again(world: World, nation: Declared, money: Money) -> None:
    money.opened()
    claim = accepted(world, nation)
    order = money.paid()
    assert agrees(claim).settled == claim.total_cents
    assert money.told(order, back=True) == "returned"
    assert (agrees(claim).settled, claim.state) == (0, "accepted")
    money.paid(NOW + DAY)
    assert (agrees(claim).settled, claim.state) == (claim.total_cents, "paid")


def test_what_is_retained_counts_as_settled_for_the_claim(world: World, nation: Declared, money: Money) -> None:
    money.opened()
    ask_back(CLAIMS, Grant("AIR-2026-T1", world.firm.pk, "air", 2027, 100), "Trimestre négatif", "r", NOW)
    claim = accepted(world, nation)
    order = money.ordered().orders.get()
    assert (agrees(claim).settled, claim.state) == (100, "accepted")
    money.told(order)
    assert (agrees(claim).settled, claim.state) == (claim.total_cents, "paid")
    assert Recovery.objects.get().due == 0


def test_a_claim_retained_whole_is_paid_without_the_bank(world: World, nation: Declared, money: Money) -> None:
    money.opened()
    claim = accepted(world, nation)
    ask_back(CLAIMS, Grant("AIR-2026-T1", world.firm.pk, "air", 2027, claim.total_cents + 5), "Négatif", "r", NOW)
    money.ordered()
    assert (agrees(claim).settled, claim.state) == (claim.total_cents, "paid")
    assert Recovery.objects.get().due == 5


def test_each_settlement_is_told_once_to_the_claim(world: World, nation: Declared, money: Money) -> None:
    money.opened()
    claim = accepted(world, nation)
    order = money.paid()
    assert money.told(order) == "double"
    agrees(claim)
    kinds = list(Entry.objects.filter(stream=f"claim:{claim.pk}", kind="claim.paid"))
    assert len(kinds) == 1
    assert kinds[0].actor == str(LEDGER)


ACTS = ("decide", "open", "contest", "answer", "order", "tell", "back", "reject")


class Drawn:
    """Acts drawn from a seed on one claim; each does nothing when it cannot be done."""

    def __init__(self, world: World, nation: Declared, money: Money, seed: int) -> None:
        self.world, self.money = world, money
        self.claim = to_decide(world, nation)
        self.chance = Random(seed)
        self.at = NOW
        self.runs = 0

    def decide(self) -> None:
        if self.claim.state == "to_decide":
            self.claim = accept(self.world.committee, self.claim, self.at)

    def open(self) -> None:
        if not Envelope.objects.exists():
            self.money.opened()

    def contest(self) -> None:
        rank = self.chance.randrange(4)
        if not Contest.objects.filter(line=a_line(self.claim, rank)).exists():
            contested(self.claim, rank, self.at)

    def answer(self) -> None:
        waiting = list(Contest.objects.filter(answered_at__isnull=True))
        if waiting:
            answered(self.world, self.chance.choice(waiting), upheld=self.chance.random() < 0.5, at=self.at)

    def order(self) -> None:
        self.runs += 1
        for batch in propose_due(self.money.maker, self.at, f"run-{self.runs}").batches:
            if self.chance.random() < 0.2:
                refuse_batch(self.money.checker, batch.number, "EXEMPLE", self.at)
            elif validate_batch(self.money.checker, batch.number, self.at).file:
                send_batch(self.money.checker, batch.number, self.at)

    def tell(self, *, back: bool = False) -> None:
        for order in self.some():
            self.money.told(order, back=back, at=self.at)

    def back(self) -> None:
        self.tell(back=True)

    def reject(self) -> None:
        for order in self.some():
            self.money.rejected(order, self.at)

    def some(self) -> list[PaymentOrder]:
        rows = list(PaymentOrder.objects.filter(batch__state="sent").select_related("batch"))
        return [self.chance.choice(rows)] if rows else []


@pytest.mark.parametrize("seed", range(8))
def test_claim_and_ledger_say_the_same_whatever_happens(
    world: World, nation: Declared, money: Money, seed: int
) -> None:
    drawn = Drawn(world, nation, money, seed)
    for _step in range(30):
        drawn.at += DAY
        getattr(drawn, drawn.chance.choice(ACTS))()
        drawn.claim.refresh_from_db()
        if drawn.claim.accepted_cents is not None:
            held, said = agrees(drawn.claim), payable(drawn.claim)
            assert held.suspended <= said.blocked
            assert held.cancelled + held.recovered <= said.withdrawn
    assert drawn.claim.accepted_cents is not None
    assert check_ledger() == []


def test_a_line_that_the_checks_hold_waits_in_the_ledger_until_it_is_cleared(
    world: World, nation: Declared, money: Money, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("minassa.claims.deciding.require_intact", lambda _claim: None)
    money.opened()
    claim = to_decide(world, nation)
    line = a_line(claim)
    flag(line, "ghost")
    accept(world.committee, claim, NOW)
    held = agrees(claim)
    assert held.suspended == payable(claim).blocked >= line.amount_cents
    clear(world.officer, claim, [line.pk], "Paie vérifiée", NOW)
    assert agrees(claim).suspended == held.suspended - line.amount_cents
