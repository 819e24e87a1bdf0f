"""Every decision is computed again to the centime, whatever was deposited, adopted or rewritten since."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import polars as pl
import pytest
from django.core.management import call_command
from django.db import connection

from minassa.claims import nightly
from minassa.claims.models import Claim, Incident
from minassa.claims.public import (
    ClaimReplay,
    UnknownDecision,
    accept,
    check,
    cut,
    incidents,
    open_claims,
    pass_on,
    propose,
    refuse,
    replay_all,
    replay_decision,
    reply,
    sign,
)
from minassa.engine import Offer, read_reform, reform
from minassa.engine.errors import LostRule
from minassa.entitlements import runs
from minassa.entitlements.runs import UnknownRun
from minassa.journal.models import Entry
from minassa.offer.loading import codes, load_offer
from minassa.registry.models import Enterprise
from minassa.registry.public import Actor, Forbidden, committee_actor
from minassa.vocabulary.periods import month_index
from tests.claims.world import NOW, TAXED, Declared, World, a_line, mandated
from tests.steering.country import FIRST_FIRM

pytestmark = pytest.mark.django_db
SESSION = "CTO-2026-0007"
REFORM = """
name: taux révisés
starts: 2026-01-01
figures: {pae_rate: 2500, paf_rate: 100, air_cap: {casanearshore: 900}}
conditions: {pae_net_creation: true, paf_moroccan: false}
"""


@dataclass(frozen=True)
class Grown:
    """The declarations after firms have filed theirs again: version 1 as before, version 2 as corrected."""

    nation: Declared

    def current(self, table: str, versions: dict[str, int] | None = None) -> pl.LazyFrame:
        first = versions is not None and versions[table] == 1
        held = self.nation.tables if first else self.nation.corrected_tables
        return held.current(table, versions)


@pytest.fixture
def decided(world: World, nation: Declared) -> list[Claim]:
    """The claims of two firms that ask for something, decided: in turn accepted, cut, refused."""
    open_claims(nation.late, nation.tables, NOW)
    taxed = Enterprise.objects.get(affiliation=FIRST_FIRM + TAXED)
    hands = {
        world.firm.pk: (world.preparer, world.signer),
        taxed.pk: (mandated("taxed-prepare", taxed, "prepare"), mandated("taxed-sign", taxed, "sign")),
    }
    claims = list(Claim.objects.filter(enterprise__in=hands, total_cents__gt=0).order_by("pk"))
    assert {claim.measure for claim in claims} == {"air", "ais", "paf", "pae"}
    for rank, claim in enumerate(claims, start=1):
        decide(claim, rank, hands[claim.enterprise_id], world)
    return claims


def decide(claim: Claim, rank: int, hands: tuple[Actor, Actor], world: World) -> None:
    preparer, signer = hands
    check(preparer, claim, NOW)
    sign(signer, claim, NOW)
    pass_on(world.secretary, claim, NOW)
    committee = committee_actor(f"{SESSION}/{rank}", ["account:1"])
    if rank % 3 == 1:
        accept(committee, claim, NOW)
        return
    propose(world.secretary, claim, "motif", NOW)
    reply(signer, claim, "réponse", NOW)
    if rank % 3 == 2:
        cut(committee, claim, [a_line(claim).pk], "motif", NOW)
    else:
        refuse(committee, claim, "motif", NOW)


def replayed(reference: str, nation: Declared, code: Offer) -> list[ClaimReplay]:
    """What comes out after corrective deposits: the runs of both are there."""
    held = {made.path.name: made for made in (nation.early, nation.late, nation.corrected)}
    return replay_decision(reference, held, code, Grown(nation))


def all_identical(claims: Iterable[Claim], outcomes: list[ClaimReplay]) -> bool:
    expected = {claim.reference: (claim.line_count, claim.accepted_cents) for claim in claims}
    told = {one.claim: (one.compared, one.again_cents) for one in outcomes}
    return told == expected and all(one.identical for one in outcomes)


def adopted() -> Offer:
    """The offer after a reform: other figures, dated, and other conditions."""
    return reform(load_offer(), read_reform(REFORM, codes()))


def paf_amount_halved(
    paf_entitled: int,
    gross_taxable_income_period: int,
    paf_months_period: int,
    taxed_months_period: int,
    paf_rate: int,
) -> int:
    """Another law."""
    del paf_months_period, taxed_months_period, paf_entitled
    return paf_rate * gross_taxable_income_period // 20_000


def rewritten(*, dated: bool) -> Offer:
    """The code of a later version: the PAF is another function, from July 2027 on, or as if it always had been."""
    offer = load_offer()
    old = next(rule for rule in offer.rules if rule.name == "paf_amount")
    new = replace(old, body=paf_amount_halved)
    if not dated:
        return replace(offer, rules=tuple(new if rule is old else rule for rule in offer.rules))
    first = month_index(2027, 7)
    versions = (replace(old, ends=first - 1), replace(new, starts=first))
    others = tuple(rule for rule in offer.rules if rule is not old)
    return replace(offer, rules=(*others, *versions))


def test_every_decision_replays_after_deposits_reforms_and_later_versions(
    decided: list[Claim], nation: Declared, monkeypatch: pytest.MonkeyPatch
) -> None:
    made_with = nation.late.manifest["code"]
    law = adopted()
    assert law.digest != load_offer().digest
    monkeypatch.setattr(runs, "__version__", "0.1.999")
    assert made_with != "0.1.999"
    for code in (load_offer(), law, rewritten(dated=True)):
        outcomes = replayed(SESSION, nation, code)
        assert all_identical(decided, outcomes)
        assert {one.made_with for one in outcomes} == {made_with}


def test_a_rule_rewritten_in_place_is_told_as_an_incident_and_never_passed_over(
    world: World, decided: list[Claim], nation: Declared
) -> None:
    code = rewritten(dated=False)
    with pytest.raises(LostRule, match="paf_amount"):
        replayed(SESSION, nation, code)
    report = replay_all({nation.late.path.name: nation.late}, code, Grown(nation), NOW)
    assert report["unreadable"] == report["incidents"] == report["claims"] == Claim.objects.count()
    told = incidents(world.secretary).filter(claim__in=decided)
    assert {(one.kind, one.detail["code"]) for one in told} == {("unreadable", LostRule.code)}
    streams = {f"claim:{claim.pk}" for claim in decided}
    assert set(Entry.objects.filter(kind="claim.incident", stream__in=streams).values_list("stream", flat=True)) == (
        streams
    )


def test_a_decision_is_named_by_its_claim_its_item_or_its_session(decided: list[Claim], nation: Declared) -> None:
    second = decided[1]
    for reference in (second.reference, f"{SESSION}/2"):
        assert [one.claim for one in replayed(reference, nation, load_offer())] == [second.reference]
    assert len(replayed(SESSION, nation, load_offer())) == len(decided)
    for unknown in ("CTO-2026-0001/99", f"{SESSION}/", "CTO-2026-000", "", "AIR"):
        with pytest.raises(UnknownDecision):
            replayed(unknown, nation, load_offer())


def test_an_amount_granted_that_no_longer_follows_from_the_lines_is_an_incident(
    world: World, decided: list[Claim], nation: Declared
) -> None:
    claim = decided[0]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE claims_claim SET accepted_cents = accepted_cents - 1 WHERE id = %s", [claim.pk])
    (outcome,) = replayed(claim.reference, nation, load_offer())
    assert (outcome.kind, outcome.again_cents) == ("decision", claim.accepted_cents)
    report = replay_all({nation.late.path.name: nation.late}, load_offer(), Grown(nation), NOW)
    assert report["incidents"] == 1
    assert [(one.claim_id, one.kind) for one in incidents(world.secretary)] == [(claim.pk, "decision")]


def test_a_run_that_is_gone_is_told(world: World, decided: list[Claim], nation: Declared) -> None:
    with pytest.raises(UnknownRun):
        replay_decision(decided[0].reference, {}, load_offer(), nation.tables)
    report = replay_all({}, load_offer(), nation.tables, NOW)
    assert report["unreadable"] == report["incidents"] == Claim.objects.count()
    assert incidents(world.secretary).count() == Incident.objects.count() == Claim.objects.count()


def test_incidents_are_for_the_secretariat_and_administrators(world: World) -> None:
    for actor in (world.signer, world.stranger, world.officer, world.member):
        with pytest.raises(Forbidden):
            incidents(actor)
    assert not incidents(world.secretary)


def test_the_command_replays_one_decision(
    decided: list[Claim], nation: Declared, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(nightly, "all_runs", lambda: [nation.late, nation.corrected])
    monkeypatch.setattr(nightly, "lake", lambda: Grown(nation))
    call_command("claims", "replay", f"{SESSION}/1")
    said = capsys.readouterr().out
    assert decided[0].reference in said
    assert "à l'identique" in said
