"""What later declarations change of a year whose last quarter is signed is claimed again, up or down, once."""

from __future__ import annotations

import polars as pl
import pytest

from minassa.claims import preparing
from minassa.claims.calendar import closes, period_named
from minassa.claims.content import asked
from minassa.claims.errors import InvalidClaimData
from minassa.claims.models import Claim, ClaimState
from minassa.claims.public import accept, check, open_claims, pass_on, recheck, replay_claim, sign
from minassa.claims.states import BEFORE_SIGNING
from minassa.ledger.models import Recovery
from minassa.offer.loading import load_offer
from minassa.registry.models import Enterprise
from minassa.registry.public import Actor
from minassa.vocabulary.periods import month_index
from tests.claims.world import NOW, TAXED, Declared, World, mandated
from tests.steering.country import FIRST_FIRM

pytestmark = pytest.mark.django_db
AGAIN = "2026-T4-R1"


def signed_year(nation: Declared, affiliation: int) -> tuple[Enterprise, Actor, Actor]:
    """A firm that has signed every quarter of 2026."""
    open_claims(nation.late, nation.tables, NOW, ("air",))
    firm = Enterprise.objects.get(affiliation=affiliation)
    hands = mandated("p8", firm, "prepare"), mandated("s8", firm, "sign")
    signs(firm, *hands)
    return firm, *hands


def signs(firm: Enterprise, preparer: Actor, signatory: Actor) -> None:
    for claim in Claim.objects.filter(
        enterprise=firm, measure="air", period__startswith="2026", state__in=BEFORE_SIGNING
    ):
        check(preparer, claim, NOW)
        sign(signatory, claim, NOW)


def held(firm: Enterprise) -> dict[str, int]:
    rows = Claim.objects.filter(enterprise=firm, measure="air", period__startswith="2026")
    return dict(rows.exclude(state=ClaimState.SUPERSEDED).values_list("period", "total_cents"))


def due(nation: Declared, firm: Enterprise) -> int:
    rows = nation.corrected.table("amounts").filter(
        pl.col("measure") == "air",
        pl.col("affiliation") == firm.affiliation,
        pl.col("entitled"),
        pl.col("period_start").is_between(month_index(2026, 1), month_index(2026, 12)),
    )
    return int(rows.collect()["amount_cents"].sum())


@pytest.mark.usefixtures("world")
def test_a_closed_year_is_claimed_again_for_what_a_later_statement_changes(nation: Declared) -> None:
    firm, *hands = signed_year(nation, FIRST_FIRM + TAXED)
    before = held(firm)
    assert AGAIN not in before
    open_claims(nation.corrected, nation.corrected_tables, NOW, ("air",))
    after = held(firm)
    assert set(after) == {*before, AGAIN}
    assert sum(after.values()) == due(nation, firm) != sum(before.values())
    assert {name: after[name] for name in before} == before
    again = open_claims(nation.corrected, nation.corrected_tables, NOW, ("air",))
    assert (again.counts["opened"], again.counts["superseded"]) == (0, 0)
    claim = Claim.objects.get(enterprise=firm, period=AGAIN)
    assert (claim.first_month, claim.last_month) == (month_index(2026, 1), month_index(2026, 12))
    assert replay_claim(claim, nation.corrected, load_offer(), nation.corrected_tables).identical
    told = {one.claim: one for one in recheck(nation.corrected, nation.corrected_tables, NOW)}
    assert told[claim.reference].changed == 0
    signs(firm, *hands)
    open_claims(nation.late, nation.tables, NOW, ("air",))
    assert held(firm)["2026-T4-R2"] == -claim.total_cents


@pytest.mark.usefixtures("world")
def test_an_unsigned_one_gives_way_to_what_is_declared_next(nation: Declared) -> None:
    firm, *_hands = signed_year(nation, FIRST_FIRM + TAXED)
    open_claims(nation.corrected, nation.corrected_tables, NOW, ("air",), AGAIN)
    assert AGAIN in held(firm)
    open_claims(nation.late, nation.tables, NOW, ("air",))
    assert held(firm)[AGAIN] == 0
    assert Claim.objects.filter(enterprise=firm, period=AGAIN).count() == 2


def test_what_it_takes_back_is_owed_by_the_firm(world: World, nation: Declared) -> None:
    firm, *hands = signed_year(nation, FIRST_FIRM + TAXED)
    for claim in Claim.objects.filter(enterprise=firm, state="signed").order_by("pk"):
        accept(world.committee, pass_on(world.secretary, claim, NOW), NOW)
    open_claims(nation.corrected, nation.corrected_tables, NOW, ("air",))
    signs(firm, *hands)
    claim = Claim.objects.get(enterprise=firm, period=AGAIN)
    assert claim.total_cents < 0
    accept(world.committee, pass_on(world.secretary, claim, NOW), NOW)
    assert Recovery.objects.get(reference=claim.reference).amount == -claim.total_cents


def test_a_year_claimed_again_has_its_name() -> None:
    named = period_named("air", "2026-T4-R2")
    assert (named.first_month, named.last_month) == (month_index(2026, 1), month_index(2026, 12))
    half = period_named("air", "2025-T4-R1")
    assert half.first_month == month_index(2025, 7)
    assert closes(period_named("air", "2026-T4"))
    assert not closes(period_named("air", "2026-T3"))
    assert not closes(named)
    for name in ("2026-T3-R1", "2026-T4-R0", "2026-T4-R10", "2026-T4-R", "2026-R1"):
        with pytest.raises(InvalidClaimData):
            period_named("air", name)


def test_a_firm_that_a_run_knows_no_more_keeps_no_claim_to_sign(
    world: World, nation: Declared, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_claims(nation.late, nation.tables, NOW, ("paf",), "2026")
    claim = Claim.objects.get(enterprise=world.firm, period="2026")
    whole = asked
    monkeypatch.setattr(
        preparing,
        "asked",
        lambda *given: whole(*given).filter(pl.col("affiliation") != world.firm.affiliation),
    )
    counts = open_claims(nation.late, nation.tables, NOW, ("paf",), "2026").counts
    assert counts["superseded"] == 1
    claim.refresh_from_db()
    assert claim.state == "superseded"
    assert (claim.superseded_by.line_count, claim.superseded_by.total_cents) == (0, 0)
    assert open_claims(nation.late, nation.tables, NOW, ("paf",), "2026").counts["superseded"] == 0
