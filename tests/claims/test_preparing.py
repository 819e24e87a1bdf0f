from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Sum

from minassa.claims.models import Claim, ClaimState, Line
from minassa.claims.public import complete_periods, is_intact, open_claims
from minassa.entitlements.runs import Run
from minassa.journal.models import Entry
from tests.claims.world import NOW, Declared, World, opened

pytestmark = pytest.mark.django_db


def test_a_claim_holds_what_the_run_gives_its_firm(world: World, nation: Declared, made: Run) -> None:
    claim = opened(world, nation)
    rows = made.table("amounts").collect().filter(measure="paf", affiliation=world.firm.affiliation)
    rows = rows.filter(rows["period_start"].is_between(claim.first_month, claim.last_month))
    assert claim.line_count == rows.height == claim.lines.count()
    assert claim.total_cents == rows.filter("entitled")["amount_cents"].sum() > 0
    assert claim.total_cents == claim.lines.aggregate(sum=Sum("amount_cents"))["sum"]
    assert claim.state == ClaimState.OPEN
    assert is_intact(claim)


@pytest.mark.usefixtures("world")
def test_all_claims_open_once(nation: Declared) -> None:
    first = open_claims(nation.late, nation.tables, NOW)
    assert first.counts["opened"] == Claim.objects.count() > 20
    assert not first.counts["unregistered"]
    entries = Entry.objects.count()
    again = open_claims(nation.late, nation.tables, NOW)
    assert not again.claims
    assert again.counts["unchanged"] == first.counts["opened"]
    assert Entry.objects.count() == entries


@pytest.mark.usefixtures("world")
def test_the_quarters_of_a_year_add_up_to_the_year(nation: Declared, made: Run) -> None:
    open_claims(nation.late, nation.tables, NOW, ("air",))
    rows = made.table("amounts").collect().filter(measure="air")
    for year in (2025, 2026):
        periods = [p for p in complete_periods("air", made.until, NOW) if p.name.startswith(str(year))]
        asked = Line.objects.filter(claim__measure="air", claim__period__in=[p.name for p in periods])
        due = rows.filter(rows["period_start"].is_between(periods[0].year_start, periods[-1].last_month), "entitled")
        assert asked.aggregate(sum=Sum("amount_cents"))["sum"] == due["amount_cents"].sum()
        assert len(periods) == (2 if year == 2025 else 4)


def test_what_is_frozen_is_refused_any_change(world: World, nation: Declared) -> None:
    claim = opened(world, nation)
    for column, value in (("total_cents", 1), ("run", "autre"), ("content_digest", "0" * 64), ("score", 3)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Claim.objects.filter(pk=claim.pk).update(**{column: value})
    with pytest.raises(IntegrityError), transaction.atomic():
        Line.objects.filter(claim=claim).update(entitled=False)
    with pytest.raises(IntegrityError), transaction.atomic():
        Line.objects.filter(claim=claim).delete()
