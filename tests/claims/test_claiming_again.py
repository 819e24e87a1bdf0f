"""What later declarations add to a period that is over is claimed again by itself; what they take away is not."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import polars as pl
import pytest

from minassa.claims.calendar import closes, complete_periods, period_named, regularisation
from minassa.claims.checks import bit_of
from minassa.claims.errors import InvalidClaimData
from minassa.claims.models import Claim, ClaimState, Line
from minassa.claims.public import (
    accept,
    check,
    clear,
    decide_restitution,
    find_restitutions,
    held_lines,
    open_claims,
    pass_on,
    recheck,
    replay_claim,
    sign,
)
from minassa.entitlements.runs import Run, run
from minassa.ledger.models import Entitlement
from minassa.offer.loading import load_offer
from minassa.registry.models import Enterprise
from minassa.registry.public import Actor
from minassa.vocabulary.periods import month_index
from tests.claims.money import Money, agrees, make_money
from tests.claims.world import DAY, NOW, Declared, World, mandated
from tests.steering.country import SCHEMAS, UNTIL, Country, country

pytestmark = pytest.mark.django_db
KEYS = ["affiliation", "person", "hired_month", "period_start"]
PERIODS = {"paf": "2026", "pae": "2027-01", "ais": "2026-12"}
Hands = tuple[Actor, Actor]


@pytest.fixture(scope="module")
def raised(nation: Declared, tmp_path_factory: pytest.TempPathFactory) -> tuple[Country, Run]:
    """The nation after statements and accounts of every firm were filed again, all higher."""
    made = country()
    for table, name in (("dgi_lines", "gross_taxable_income_year"), ("account_lines", "corporate_tax_year")):
        for row in made.rows[table]:
            row[name] = row[name] * 11 // 10
    folder: Path = tmp_path_factory.mktemp("raised") / "calcul-0004"
    return made, run(made, dict.fromkeys(SCHEMAS, 3), load_offer(), folder, nation.late.until)


def asking(measure: str) -> Claim:
    """The claim of a period that asks for the most."""
    claim = Claim.objects.filter(measure=measure, period=PERIODS[measure]).order_by("-total_cents").first()
    assert claim is not None
    assert claim.total_cents > 0
    return claim


def hands_of(world: World, firm: Enterprise) -> Hands:
    if firm == world.firm:
        return world.preparer, world.signer
    return mandated("p9", firm, "prepare"), mandated("s9", firm, "sign")


def signs(claim: Claim, hands: Hands) -> Claim:
    return sign(hands[1], check(hands[0], claim, NOW), NOW)


def due(made: Run, claim: Claim) -> pl.DataFrame:
    period = period_named(claim.measure, claim.period)
    rows = made.table("amounts").filter(
        pl.col("measure") == claim.measure, pl.col("affiliation") == claim.affiliation, pl.col("entitled")
    )
    of_period = (
        pl.col("hired_month") == period.hired_month
        if claim.measure == "pae"
        else pl.col("period_start").is_between(claim.first_month, claim.last_month)
    )
    return rows.filter(of_period).select(*KEYS, "amount_cents").collect()


def above(made: Run, former: Run, claim: Claim) -> int:
    """What a run gives above a former one, line by line."""
    both = due(made, claim).join(due(former, claim), on=KEYS, how="left", suffix="_former")
    rest = pl.col("amount_cents") - pl.col("amount_cents_former").fill_null(0)
    return int(both.select(rest.clip(lower_bound=0).sum()).item())


@pytest.mark.parametrize("measure", PERIODS)
def test_what_a_later_deposit_adds_is_claimed_again_once(
    world: World, nation: Declared, raised: tuple[Country, Run], measure: str
) -> None:
    tables, later = raised
    open_claims(nation.late, nation.tables, NOW, (measure,), PERIODS[measure])
    claim = asking(measure)
    hands = hands_of(world, claim.enterprise)
    again = f"{PERIODS[measure]}-R1"
    assert open_claims(later, tables, NOW, (measure,), again).claims == ()
    signs(claim, hands)
    assert open_claims(nation.late, nation.tables, NOW, (measure,), again).claims == ()
    open_claims(later, tables, NOW, (measure,))
    (made,) = Claim.objects.filter(measure=measure, period=again)
    assert (made.enterprise_id, made.total_cents) == (claim.enterprise_id, above(later, nation.late, claim))
    assert made.total_cents > 0
    assert (made.first_month, made.last_month) == (claim.first_month, claim.last_month)
    assert made.prescribed_on == claim.prescribed_on
    assert not [line for line in made.lines.all() if line.flags & bit_of("already_claimed")]
    assert replay_claim(made, later, load_offer(), tables).identical
    told = {one.claim: one.changed for one in recheck(later, tables, NOW)}
    assert told[made.reference] == 0
    assert open_claims(later, tables, NOW, (measure,)).counts["opened"] == 0
    signs(made, hands)
    assert open_claims(later, tables, NOW, (measure,)).claims == ()


@pytest.mark.parametrize("measure", PERIODS)
def test_what_a_later_deposit_takes_away_is_not_claimed(
    world: World, nation: Declared, raised: tuple[Country, Run], measure: str
) -> None:
    tables, later = raised
    open_claims(later, tables, NOW, (measure,), PERIODS[measure])
    claim = asking(measure)
    signs(claim, hands_of(world, claim.enterprise))
    open_claims(nation.late, nation.tables, NOW, (measure,))
    assert not Claim.objects.filter(measure=measure, period=f"{PERIODS[measure]}-R1").exists()


def test_an_unsigned_one_gives_way_to_what_is_declared_next(
    world: World, nation: Declared, raised: tuple[Country, Run]
) -> None:
    tables, later = raised
    open_claims(nation.late, nation.tables, NOW, ("paf",), "2026")
    claim = Claim.objects.get(enterprise=world.firm, period="2026")
    signs(claim, hands_of(world, world.firm))
    open_claims(later, tables, NOW, ("paf",), "2026-R1")
    open_claims(nation.late, nation.tables, NOW, ("paf",), "2026-R1")
    rows = Claim.objects.filter(enterprise=world.firm, period="2026-R1").order_by("rank")
    assert [one.state for one in rows] == [ClaimState.SUPERSEDED, ClaimState.OPEN]
    assert rows[1].total_cents == 0
    assert min(Line.objects.filter(claim__in=rows).values_list("amount_cents", flat=True)) >= 0


@pytest.fixture
def money(world: World) -> Money:
    return make_money(world)


def test_up_and_down_and_up_again_the_firm_keeps_what_the_last_declarations_give(
    world: World, nation: Declared, raised: tuple[Country, Run], money: Money
) -> None:
    money.opened()
    steps = [(nation.tables, nation.late), raised, (nation.tables, nation.late), raised]
    at = NOW
    for tables, made in steps:
        at += 60 * DAY
        for one in find_restitutions(made, tables, at):
            if one.claim.enterprise_id == world.firm.pk:
                decide_restitution(world.committee, one, "motif", at + 45 * DAY, upheld=True)
        open_claims(made, tables, NOW, ("paf",))
        for claim in Claim.objects.filter(enterprise=world.firm, measure="paf", last_month=month_index(2026, 12)):
            if claim.state != ClaimState.OPEN:
                continue
            signs(claim, (world.preparer, world.signer))
            accept(world.committee, pass_on(world.secretary, claim, NOW), NOW)
            if held := [line.pk for line in held_lines(claim)]:
                clear(world.officer, claim, held, "Paie vérifiée", NOW)
            settle_all(money, at)
        claim = Claim.objects.get(enterprise=world.firm, period="2026")
        agrees(claim)
        assert kept(world.firm) == due(made, claim)["amount_cents"].sum()


def settle_all(money: Money, at: datetime) -> None:
    for order in money.ordered(at).orders.all():
        if order.net:
            assert money.told(order, at=at) == "paid"


def kept(firm: Enterprise) -> int:
    """What was paid to a firm and not asked back, in centimes."""
    return sum(one.settled - one.recovered for one in Entitlement.objects.filter(enterprise=firm))


def test_every_period_but_the_first_quarters_of_a_year_may_be_claimed_again() -> None:
    for measure, name in PERIODS.items():
        period = period_named(measure, name)
        again = period_named(measure, f"{name}-R2")
        assert closes(period)
        assert again == regularisation(period, 2)
        assert not closes(again)
        assert (again.first_month, again.last_month) == (period.first_month, period.last_month)
        for wrong in ("-R0", "-R10", "-R", "-R1-R1"):
            with pytest.raises(InvalidClaimData):
                period_named(measure, name + wrong)


def test_a_prescribed_period_is_not_claimed_again() -> None:
    for measure, name in PERIODS.items():
        period = period_named(measure, name)
        before, after = NOW, NOW + 5 * 366 * DAY
        assert period in complete_periods(measure, UNTIL, before)
        assert period not in complete_periods(measure, UNTIL, after)
