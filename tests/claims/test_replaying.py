from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from pytest_django import Settings

from minassa.claims import nightly
from minassa.claims.models import Claim, Incident, Line, Round
from minassa.claims.public import (
    TamperedClaim,
    accept,
    check,
    is_intact,
    open_claims,
    recheck,
    replay_all,
    replay_claim,
    sign,
)
from minassa.journal.models import Entry
from minassa.offer.loading import load_offer
from tests.claims.world import DAY, NOW, Declared, World, a_line, opened, to_decide

pytestmark = pytest.mark.django_db


def tampered(claim: Claim) -> None:
    """What only someone who owns the database can do: put the guards to sleep and write a centime more."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(
            "UPDATE claims_line SET amount_cents = amount_cents + 1, cumulative_cents = cumulative_cents + 1"
            " WHERE id = %s",
            [a_line(claim).pk],
        )
        cursor.execute("SET session_replication_role = origin")


@pytest.mark.usefixtures("world")
def test_every_claim_is_recomputed_to_the_centime(nation: Declared) -> None:
    open_claims(nation.late, nation.tables, NOW)
    report = replay_all({nation.late.path.name: nation.late}, load_offer(), nation.tables, NOW)
    assert report["claims"] == report["identical"] == Claim.objects.count()
    assert report["lines"] == Line.objects.count()
    assert not report["incidents"]
    assert not report["unreadable"]
    assert replay_all({}, load_offer(), nation.tables, NOW)["unreadable"] == report["claims"]


def test_a_decided_claim_replays_from_what_it_froze(world: World, nation: Declared) -> None:
    claim = accept(world.committee, to_decide(world, nation), NOW)
    outcome = replay_claim(claim, nation.late, load_offer(), nation.tables)
    assert outcome.identical
    assert outcome.compared == claim.line_count


def test_other_declarations_show_as_an_incident_told_once(world: World, nation: Declared) -> None:
    claim = opened(world, nation)
    held = {nation.late.path.name: nation.late}
    for _night in range(2):
        report = replay_all(held, load_offer(), nation.corrected_tables, NOW)
        assert report["incidents"] >= 1
    incident = Incident.objects.get(claim=claim)
    assert (incident.kind, incident.detail["differences"] > 0) == ("amounts", True)
    assert Entry.objects.filter(stream=f"claim:{claim.pk}", kind="claim.incident").count() == 1


def test_a_centime_changed_in_the_database_is_seen(world: World, nation: Declared) -> None:
    claim = opened(world, nation)
    check(world.preparer, claim, NOW)
    assert is_intact(claim)
    tampered(claim)
    assert not is_intact(claim)
    with pytest.raises(TamperedClaim):
        sign(world.signer, claim, NOW)
    replay_all({nation.late.path.name: nation.late}, load_offer(), nation.tables, NOW)
    assert Incident.objects.get(claim=claim).kind == "tampered"


def test_a_later_run_says_what_would_change(world: World, nation: Declared) -> None:
    open_claims(nation.late, nation.tables, NOW)
    assert not [one for one in recheck(nation.late, nation.tables, NOW) if one.changed]
    changed = {one.claim: one for one in recheck(nation.corrected, nation.corrected_tables, NOW) if one.changed}
    claim = Claim.objects.get(enterprise=world.firm, measure="paf", period="2026")
    rows = nation.corrected.table("amounts").collect().filter(measure="paf", affiliation=claim.affiliation)
    rows = rows.filter(rows["period_start"].is_between(claim.first_month, claim.last_month), "entitled")
    assert changed[claim.reference].difference_cents == rows["amount_cents"].sum() - claim.total_cents
    assert Claim.objects.get(pk=claim.pk).version == claim.version


@pytest.mark.usefixtures("world")
def test_the_worker_opens_once_a_day_looks_at_each_run_once_and_replays_at_night(
    nation: Declared, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nightly, "all_runs", lambda: [nation.early, nation.late])
    monkeypatch.setattr(nightly, "lake", lambda: nation.tables)
    assert nightly.rounds(NOW)
    assert Claim.objects.exists()
    assert nightly.rounds(NOW)
    assert not nightly.rounds(NOW)
    night = (NOW + DAY).replace(hour=2)
    assert nightly.rounds(night)
    assert nightly.rounds(night)
    assert not nightly.rounds(night)
    assert sorted(Round.objects.values_list("kind", flat=True)) == ["giveback", "open", "open", "replay"]
    assert Round.objects.get(kind="replay").report["identical"] == Claim.objects.count()
    del settings


def test_without_a_run_there_is_nothing_to_do(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    del world
    assert not nightly.rounds(NOW)
    for act in ("open", "recheck"):
        with pytest.raises(CommandError):
            call_command("claims", act)
    with pytest.raises(CommandError):
        call_command("claims", "draw", "rien")
    call_command("claims", "list")
    assert not capsys.readouterr().out


def test_the_command_lists_and_replays(
    world: World, nation: Declared, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    claim = opened(world, nation)
    monkeypatch.setattr(nightly, "all_runs", lambda: [nation.late])
    monkeypatch.setattr(nightly, "lake", lambda: nation.tables)
    call_command("claims", "list")
    call_command("claims", "replay")
    said = capsys.readouterr().out
    assert claim.reference in said
    assert '"incidents": 0' in said
    tampered(claim)
    with pytest.raises(CommandError):
        call_command("claims", "replay")
