"""Quarters against declarations written by hand: what each asks for, what a later statement gives back."""

from __future__ import annotations

import pytest
from django.db.models import Sum

from minassa.claims.models import Claim, ClaimState, Line
from minassa.claims.public import check, complete_periods, open_claims, sign
from minassa.entitlements.paid_months import paid_through
from minassa.registry.models import Enterprise
from tests.claims.world import NOW, TAXED, Declared, mandated
from tests.steering.country import FIRST_FIRM, START

JANUARY, MARCH = START + 12, START + 14


@pytest.mark.usefixtures("world")
def test_what_was_paid_up_to_a_month_is_what_the_lines_of_cnss_say(nation: Declared) -> None:
    rows = paid_through(nation.late, nation.tables, JANUARY, MARCH)
    told = {(r["affiliation"], r["person"], r["period_start"]): r for r in rows.iter_rows(named=True)}
    for firm, person, start in list(told)[::17]:
        pay = {
            row["month"]: row["salary_real"]
            for row in nation.tables.rows["cnss_lines"]
            if (row["affiliation"], row["person"]) == (firm, person) and start <= row["month"] < JANUARY + 12
        }
        one = told[firm, person, start]
        assert one["paid_period"] == sum(pay.values())
        assert one["paid_through"] == sum(cents for month, cents in pay.items() if month <= MARCH)
    assert len(told) > 100


@pytest.mark.django_db
@pytest.mark.usefixtures("world")
def test_signed_quarters_stay_and_the_next_one_takes_up_what_a_later_statement_changes(nation: Declared) -> None:
    open_claims(nation.late, nation.tables, NOW, ("air",))
    firm = Enterprise.objects.get(affiliation=FIRST_FIRM + TAXED)
    preparer, signatory = mandated("p8", firm, "prepare"), mandated("s8", firm, "sign")
    of_year = Claim.objects.filter(enterprise=firm, measure="air", period__startswith="2026")
    for claim in of_year.exclude(period="2026-T4"):
        check(preparer, claim, NOW)
        sign(signatory, claim, NOW)
    before = {claim.period: claim.content_digest for claim in of_year}
    again = open_claims(nation.corrected, nation.corrected_tables, NOW, ("air",))
    assert again.counts["kept"] >= 3
    held = of_year.exclude(state=ClaimState.SUPERSEDED)
    assert {c.period for c in held if c.content_digest == before[c.period]} == {"2026-T1", "2026-T2", "2026-T3"}
    due = nation.corrected.table("amounts").collect().filter(measure="air", affiliation=firm.affiliation, entitled=True)
    due = due.filter(due["period_start"].is_between(JANUARY, JANUARY + 11))
    assert held.aggregate(sum=Sum("total_cents"))["sum"] == due["amount_cents"].sum()
    last = held.get(period="2026-T4")
    assert last.supersedes is not None
    assert Line.objects.filter(claim=last, earlier_cents__gt=0).exists()


def test_periods_are_complete_when_their_months_are_known_and_their_declarations_are_due(nation: Declared) -> None:
    late = {measure: [p.name for p in complete_periods(measure, nation.late.until, NOW)] for measure in ("air", "paf")}
    former = [f"{year}-T{quarter}" for year in (2024, 2025) for quarter in (1, 2, 3, 4)][:6]
    assert late["air"][:6] == former
    assert late["air"][6:] == ["2025-T3", "2025-T4", "2026-T1", "2026-T2", "2026-T3", "2026-T4", "2027-T1", "2027-T2"]
    assert late["paf"] == ["2025", "2026"]
    assert [p.name for p in complete_periods("air", nation.early.until, NOW)][-1] == "2026-T3"
    stays = complete_periods("pae", nation.late.until, NOW)
    assert (stays[-1].name, stays[-1].hired_month) == ("2027-06", nation.late.until - 17)
    before = complete_periods("air", nation.late.until, NOW.replace(year=2025, month=10, day=15))
    assert [p.name for p in before] == former
