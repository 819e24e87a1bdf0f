from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest
from django.utils import translation

from minassa.claims.models import Claim
from minassa.claims.public import (
    calendar_of,
    claims_for,
    explained,
    open_claims,
    payable,
    reasons,
    stratum_of,
    unmet_conditions,
    why_line,
    workbook,
)
from minassa.offer.loading import load_offer
from minassa.registry.public import VISITOR, Forbidden
from tests.claims.world import NOW, Declared, World, a_line, opened, signed

pytestmark = pytest.mark.django_db


def test_a_firm_sees_its_claims_and_the_committee_those_that_were_signed(world: World, nation: Declared) -> None:
    claim = signed(world, nation)
    open_claims(nation.late, nation.tables, NOW)
    for actor in (world.preparer, world.signer):
        assert set(claims_for(actor)) == set(Claim.objects.filter(enterprise=world.firm))
    assert set(claims_for(world.stranger)) == set(Claim.objects.filter(enterprise=world.other))
    for actor in (world.officer, world.secretary, world.member):
        assert list(claims_for(actor)) == [claim]
    assert not claims_for(world.outsider)
    with pytest.raises(Forbidden):
        claims_for(VISITOR)


def test_each_line_says_which_conditions_hold(world: World, nation: Declared) -> None:
    claim = opened(world, nation)
    rows = nation.late.table("employee_period").collect().filter(affiliation=claim.affiliation)
    told = list(explained(world.preparer, claim))
    assert len(told) == claim.line_count
    for one in told:
        row = rows.filter(person=one.line.person, from_month=one.line.period_start).row(0, named=True)
        assert one.conditions == {name: row[name] is not False for name in claim.conditions}
        assert set(one.reasons) <= set(reasons())
    with pytest.raises(Forbidden):
        list(explained(world.secretary, claim))


def test_a_line_leads_to_the_tree_of_its_amount(world: World, nation: Declared) -> None:
    claim = opened(world, nation)
    line = a_line(claim)
    answer = why_line(world.preparer, line, nation.late, load_offer(), nation.tables)
    assert answer.tree.value == line.cumulative_cents
    assert [name for name, held in answer.conditions.items() if not held] == [
        name for name in unmet_conditions(claim, line.unmet) if name in answer.conditions
    ]


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_the_workbook_holds_the_claim(world: World, nation: Declared, language: str) -> None:
    claim = opened(world, nation)
    with translation.override(language):
        book = openpyxl.load_workbook(BytesIO(workbook(world.preparer, claim, NOW)))
    summary, lines = book.worksheets
    values = {row[1].value for row in summary.iter_rows()}
    assert {claim.reference, claim.content_digest, claim.total_cents / 100} <= values
    assert lines.max_row == claim.line_count + 1
    amounts = [row[3].value for row in lines.iter_rows(min_row=2)]
    assert sum(round(amount * 100) for amount in amounts) == claim.total_cents


def test_dates_and_money_of_a_claim_before_any_decision(world: World, nation: Declared) -> None:
    claim = opened(world, nation)
    dates = calendar_of(claim)
    assert dates["opened_at"] < dates["contest_by"] < dates["sign_by"]
    assert dates["status"] == "assumed"
    assert stratum_of(claim, NOW) in {"high", "medium", "low"}
    money = payable(claim)
    assert (money.accepted, money.now, money.left) == (0, 0, 0)
