"""A reform before the Steering Committee: adopted, it is a dated version of the offer; earlier runs keep theirs."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest
from django.db import DatabaseError, transaction

from minassa.engine.errors import InvalidReform
from minassa.entitlements.replays import replay
from minassa.entitlements.runs import run
from minassa.governance.errors import GovernanceError, UnknownSubject
from minassa.governance.kinds import Kinds, Proposed
from minassa.governance.models import ItemState
from minassa.governance.public import waiting_reforms
from minassa.journal.models import Entry
from minassa.offer.loading import load_offer
from minassa.reforms.models import Proposal, ProposalState, Version
from minassa.reforms.public import (
    Draft,
    ReformError,
    adopt,
    changed_since,
    keep,
    offer_in_force,
    offer_with,
    propose,
    revise,
    stream_of,
    withdraw,
)
from minassa.registry.public import Forbidden
from minassa.vocabulary.periods import month_index
from minassa.vocabulary.statuses import Status
from tests.claims.world import Declared
from tests.governance.world import PREPARED, SITTING, Members, items_of, make_members

BEFORE = datetime(2025, 9, 1, 9, tzinfo=UTC)
STARTS = date(2025, 10, 1)
MOVED = Draft("PAE à 20 % (exemple)", "", {"pae_rate": 2000, "pae_reference_complete": 0, "air_cap.fes-shore": 900})


@pytest.fixture
def copil(db: None) -> Members:  # noqa: ARG001
    return make_members("copil")


@pytest.fixture
def put(copil: Members) -> Proposal:
    return propose(copil.secretary, keep(copil.secretary, MOVED, BEFORE), STARTS, "Motif EXEMPLE.", BEFORE)


def adopted(copil: Members, put: Proposal) -> Version:
    session = copil.opened(("reform", str(put.uuid), "adopt", {}))
    (item,) = items_of(session)
    assert copil.decided(item, **dict.fromkeys(copil.rows, "for")).state == ItemState.ADOPTED
    return Version.objects.get()


def test_what_is_adopted_is_a_dated_version_of_the_offer(copil: Members, put: Proposal) -> None:
    assert waiting_reforms().get() == put
    assert offer_in_force() is load_offer()
    made = adopted(copil, put)
    put.refresh_from_db()
    assert (put.state, put.decided_by, made.sitting) == (ProposalState.ADOPTED, f"sitting:{made.sitting}", made.sitting)
    assert not waiting_reforms().exists()
    assert changed_since(PREPARED)
    assert not changed_since(SITTING)

    offer, base = offer_in_force(), load_offer()
    assert offer.digest == made.digest != base.digest
    assert offer is offer_in_force() is offer_with(made.digest)
    assert offer_with(base.digest) is base
    assert offer_with("0" * 64) is None
    rate = offer.figures["pae_rate"]
    kept = base.figures["pae_rate"].require(month_index(2025, 9))
    assert rate.require(month_index(2025, 9)) == replace(kept, ends=month_index(2025, 9))
    decided = rate.require(month_index(2025, 10))
    assert (decided.value, decided.status, decided.source.text) == (2000, Status.OFFICIAL, "decision-comite")
    assert decided.source.article == made.sitting
    caps = offer.figures["air_cap"].require(month_index(2026, 1)).value
    assert dict(caps.entries)[103] == 900  # type: ignore[union-attr]
    laws = [offer.at("hire", month_index(2025, month)).rules["pae_reference_complete"] for month in (9, 10)]
    assert [law.inputs == () for law in laws] == [False, True]
    kinds = list(Entry.objects.filter(stream=stream_of(put.revision.reform_id)).values_list("kind", flat=True))
    assert kinds.count("reform.adopted") == 1


def test_later_computations_follow_it_and_earlier_ones_stay_to_the_centime(
    copil: Members, put: Proposal, nation: Declared, tmp_path: Path
) -> None:
    adopted(copil, put)
    versions = nation.late.manifest["versions"]
    after = run(nation.tables, versions, offer_in_force(), tmp_path / "calcul-0009", nation.late.until)
    assert after.manifest["offer"]["reforms"] == [MOVED.name]
    keys = ["measure", "affiliation", "person", "period_start", "hired_month"]
    both = (
        nation.late.table("amounts")
        .join(after.table("amounts"), on=keys, how="full", coalesce=True, suffix="_after", nulls_equal=True)
        .filter(pl.col("measure") == "pae")
        .with_columns(late=pl.col("hired_month") >= month_index(2025, 10))
        .collect()
    )
    differs = pl.col("amount_cents").ne_missing(pl.col("amount_cents_after"))
    assert both.filter(~pl.col("late") & differs).height == 0
    assert both.filter(pl.col("late") & differs).height > 0
    for made in (nation.late, nation.early, after):
        told = replay(made, load_offer(), nation.tables)
        assert (told.identical, told.compared > 0) == (True, True)


def test_a_second_version_is_laid_over_the_first(copil: Members, put: Proposal) -> None:
    adopted(copil, put)
    reform = keep(copil.secretary, Draft("Suite (exemple)", "", {"pae_rate": 2100, "air_cap.*": 1900}), BEFORE)
    second = propose(copil.secretary, reform, date(2026, 1, 1), "Motif.", BEFORE)
    session = copil.opened(("reform", str(second.uuid), "adopt", {}))
    copil.decided(items_of(session)[0], **dict.fromkeys(copil.rows, "for"))
    rate = offer_in_force().figures["pae_rate"]
    assert [rate.require(month_index(*when)).value for when in ((2025, 9), (2025, 12), (2026, 1))] == [1700, 2000, 2100]
    caps = offer_in_force().figures["air_cap"].require(month_index(2026, 1)).value
    assert (caps.default, dict(caps.entries)[103]) == (1900, 900)  # type: ignore[union-attr]


def test_nobody_changes_the_offer_alone_and_nothing_is_decided_twice(copil: Members, put: Proposal) -> None:
    with pytest.raises(Forbidden):
        adopt(copil.secretary, put, "", SITTING)
    with pytest.raises(ReformError):
        propose(copil.secretary, put.revision.reform, STARTS, "Encore.", BEFORE)
    withdraw(copil.secretary, put, PREPARED)
    with pytest.raises(ReformError):
        withdraw(copil.secretary, put, PREPARED)
    with pytest.raises(UnknownSubject):
        copil.drafted(("reform", str(put.uuid), "adopt", {}))
    assert offer_in_force() is load_offer()


def test_a_rejection_says_why(copil: Members, put: Proposal) -> None:
    with pytest.raises(GovernanceError):
        copil.drafted(("reform", str(put.uuid), "reject", {"ground": " "}))
    session = copil.opened(("reform", str(put.uuid), "reject", {"ground": "trop cher"}))
    copil.decided(items_of(session)[0], **dict.fromkeys(copil.rows, "for"))
    put.refresh_from_db()
    assert (put.state, put.decision, Version.objects.exists()) == (ProposalState.REJECTED, "trop cher", False)


@pytest.mark.parametrize(
    ("starts", "ground"), [(date(2025, 8, 1), "Motif"), (date(2025, 10, 2), "Motif"), (STARTS, "  ")]
)
def test_what_is_past_or_says_nothing_is_not_proposed(copil: Members, starts: date, ground: str) -> None:
    reform = keep(copil.secretary, MOVED, BEFORE)
    with pytest.raises(ReformError):
        propose(copil.secretary, reform, starts, ground, BEFORE)
    with pytest.raises(InvalidReform):
        propose(copil.secretary, reform, date(2031, 1, 1), "Motif", BEFORE)


def test_what_is_put_stays_as_it_is_when_the_reform_is_revised(copil: Members, put: Proposal) -> None:
    session = copil.convened(("reform", str(put.uuid), "adopt", {}))
    revise(copil.secretary, put.revision.reform, Draft("Autre", "", {"pae_rate": 1800}), PREPARED)
    shown = Kinds.all()["reform"].examine(copil.secretary, Proposed(str(put.uuid), "adopt", {}))
    assert any("pae_rate = 2000" in str(value) for value in shown.values())
    assert items_of(session)[0].digest
    Proposal.objects.filter(pk=put.pk).update(state="withdrawn")
    for change in ({"ground": "autre"}, {"state": "adopted"}):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            Proposal.objects.filter(pk=put.pk).update(**change)


@pytest.mark.parametrize("subject", ["", "00000000-0000-0000-0000-000000000001"])
def test_what_is_not_there_is_not_put_to_a_committee(copil: Members, subject: str) -> None:
    with pytest.raises(UnknownSubject):
        copil.drafted(("reform", subject, "adopt", {}))
