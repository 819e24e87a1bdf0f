"""A firm reads what it has, what is due, when, and why not; the State what may come and what a job has cost."""

from __future__ import annotations

import pytest

from minassa.claims.models import Claim
from minassa.claims.public import (
    ClaimMoney,
    accept,
    followed,
    forecast,
    job_costs,
    money_of,
    propose,
    refuse,
    reply,
    suspend,
)
from minassa.ledger.public import Grant, ask_back
from minassa.offer.loading import load_offer
from minassa.registry.models import Enterprise
from minassa.registry.public import Forbidden
from tests.claims.money import Money, accepted, answered, contested, make_money
from tests.claims.world import DAY, NOW, Declared, World, a_line, heard, opened, signed, to_decide

pytestmark = pytest.mark.django_db


@pytest.fixture
def money(world: World) -> Money:
    return make_money(world)


def told(world: World, claim: Claim) -> ClaimMoney:
    return next(one for one in money_of(world.signer, world.firm, NOW) if one.claim.pk == claim.pk)


def test_before_the_decision_a_claim_says_whose_turn_it_is_and_until_when(world: World, nation: Declared) -> None:
    claim = opened(world, nation)
    one = told(world, claim)
    assert (one.code, one.next_on, one.asked, one.accepted) == (
        "to-sign",
        claim.sign_by.date(),
        claim.total_cents,
        None,
    )
    claim = to_decide(world, nation)
    assert told(world, claim).code == "to-decide"
    propose(world.secretary, claim, "motif", NOW)
    assert told(world, claim).code == "hearing"
    assert told(world, claim).next_on is not None
    reply(world.signer, claim, "réponse", NOW)
    suspend(world.committee, claim, "motif", NOW)
    assert told(world, claim).code == "put-off"


def test_after_it_the_money_is_followed_to_the_end(world: World, nation: Declared, money: Money) -> None:
    claim = accepted(world, nation)
    one = told(world, claim)
    assert (one.code, one.awaiting_credits, one.left) == ("no-credits", claim.total_cents, claim.total_cents)
    money.opened()
    assert told(world, claim).code == "to-order"
    contest = contested(claim)
    one = told(world, claim)
    assert (one.blocked, one.next_on) == (a_line(claim).amount_cents, contest.answer_by.date())
    answered(world, contest, upheld=False)
    order = money.ordered().orders.get()
    one = told(world, claim)
    assert (one.code, one.at_bank, one.paid) == ("ordered", claim.total_cents, 0)
    money.told(order)
    one = told(world, claim)
    assert (one.code, one.at_bank, one.paid, one.left) == ("paid", 0, claim.total_cents, 0)
    ask_back(money.maker, Grant(claim.reference, world.firm.pk, "paf", 2027, 7), "motif", "r", NOW)
    one = told(world, claim)
    assert (one.code, one.to_give_back) == ("to-give-back", 7)
    assert all(row.reason for row in money_of(world.signer, world.firm, NOW))


def test_a_refused_claim_says_so(world: World, nation: Declared) -> None:
    claim = refuse(world.committee, heard(world, nation), "motif", NOW)
    assert told(world, claim).code == "refused"


def test_a_firm_without_account_reads_it(world: World, nation: Declared) -> None:
    claim = accept(world.committee, to_decide(world, nation), NOW)
    assert told(world, claim).code == "no-account"


def test_a_firm_reads_its_own_account_alone(world: World, nation: Declared, money: Money) -> None:
    signed(world, nation)
    for actor in (world.stranger, world.officer):
        with pytest.raises(Forbidden):
            money_of(actor, world.firm, NOW)
    assert money_of(world.secretary, world.firm, NOW)
    assert money_of(money.maker, world.firm, NOW + DAY)


def test_the_forecast_of_all_is_the_sum_of_each(world: World, nation: Declared, money: Money) -> None:
    rows = forecast(money.checker, nation.late, load_offer(), NOW.date())
    assert {one.measure for one in rows} == {"pae", "paf"}
    assert all(0 <= one.probable <= one.expected for one in rows)
    firms = [one for one in Enterprise.objects.values_list("affiliation", flat=True) if one]
    each = [followed(nation.late, load_offer(), firm, NOW.date()) for firm in firms]
    training = sum(int(one.training["expected_cents"].sum()) for one in each)
    assert sum(one.expected for one in rows if one.measure == "paf") == training > 0
    with pytest.raises(Forbidden):
        forecast(world.signer, nation.late, load_offer(), NOW.date())


def test_the_cost_of_a_job_is_what_was_paid_less_what_came_back(world: World, nation: Declared, money: Money) -> None:
    money.opened()
    claim = accepted(world, nation)
    money.paid()
    costs = job_costs(money.checker, nation.late, load_offer())
    assert costs.paid == claim.total_cents
    assert costs.kept_jobs <= costs.net_jobs
    for jobs, each in ((costs.net_jobs, costs.per_net_job), (costs.kept_jobs, costs.per_kept_job)):
        assert (each is None) is (jobs <= 0)
        assert each is None or abs(each * jobs - costs.paid) <= jobs
