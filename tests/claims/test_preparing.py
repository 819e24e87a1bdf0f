from __future__ import annotations

import shutil
from pathlib import Path

import polars as pl
import pytest
from django.db import IntegrityError, transaction
from django.db.models import Sum

from minassa.claims.models import Claim, ClaimState, Line
from minassa.claims.public import complete_periods, is_intact, open_claims
from minassa.entitlements.runs import Run
from minassa.journal.models import Entry
from minassa.vocabulary.periods import month_index
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
    complete = complete_periods("air", made.until, NOW)
    for begins, quarters in ((month_index(2025, 7), 2), (month_index(2026, 1), 4)):
        periods = [p for p in complete if p.year_start == begins]
        asked = Line.objects.filter(claim__measure="air", claim__period__in=[p.name for p in periods])
        due = rows.filter(rows["period_start"].is_between(periods[0].year_start, periods[-1].last_month), "entitled")
        assert asked.aggregate(sum=Sum("amount_cents"))["sum"] == due["amount_cents"].sum()
        assert len(periods) == quarters


def test_a_claim_that_nothing_is_due_to_any_more_is_replaced_by_one_of_nothing(
    world: World, nation: Declared, tmp_path: Path
) -> None:
    claim = opened(world, nation)
    folder = tmp_path / "calcul-0009"
    shutil.copytree(nation.late.path, folder)
    ours = pl.col("affiliation") == claim.affiliation
    rows = pl.read_parquet(folder / "amounts.parquet").with_columns(
        pl.when(ours).then(0).otherwise("amount_cents").alias("amount_cents"), pl.col("entitled") & ~ours
    )
    rows.write_parquet(folder / "amounts.parquet")
    assert open_claims(Run(folder), nation.tables, NOW, ("paf",), "2026").counts["superseded"] == 1
    again = Claim.objects.get(supersedes=claim)
    assert (again.total_cents, again.entitled_count, again.line_count) == (0, 0, claim.line_count)
    assert open_claims(Run(folder), nation.tables, NOW, ("paf",), "2026").counts["superseded"] == 0


def test_what_is_frozen_is_refused_any_change(world: World, nation: Declared) -> None:
    claim = opened(world, nation)
    for column, value in (("total_cents", 1), ("run", "autre"), ("content_digest", "0" * 64), ("score", 3)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Claim.objects.filter(pk=claim.pk).update(**{column: value})
    with pytest.raises(IntegrityError), transaction.atomic():
        Line.objects.filter(claim=claim).update(entitled=False)
    with pytest.raises(IntegrityError), transaction.atomic():
        Line.objects.filter(claim=claim).delete()
