"""A convention with an invented firm, and the people who act on it: on the nation of the tests of claims."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from minassa.conventions.models import AmendmentKind, CommitmentKind, Convention, Scope, Side
from minassa.conventions.public import (
    Change,
    CommitmentTerms,
    MilestoneTerms,
    Signatory,
    Terms,
    draft,
    enter,
    propose,
    sign,
)
from minassa.registry.models import Body, Enterprise, Role
from minassa.registry.public import Actor, committee_actor
from tests.claims.world import World as Claimants
from tests.claims.world import appointed, make_world

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)
STARTS, ENDS = date(2025, 7, 1), date(2029, 12, 31)
TITLE, DIGEST = "Facture EXEMPLE", "ab" * 32


@dataclass
class World:
    firm: Enterprise
    other: Enterprise
    preparer: Actor
    signer: Actor
    stranger: Actor
    outsider: Actor
    secretary: Actor
    member: Actor
    maker: Actor
    checker: Actor
    park: Actor
    steering: Actor
    committee: Actor


def make() -> World:
    claimants: Claimants = make_world()
    ministry = Body.objects.create(code="mtnra", kind="ministry", name="MINISTERE EXEMPLE")
    manager = Body.objects.create(code="casanearshore-manager", kind="park_manager", name="GESTIONNAIRE EXEMPLE")
    manager.parks.create(place=101, since=date(2020, 1, 1))
    copil = Body.objects.create(code="copil", kind="committee", name="PILOTAGE EXEMPLE")
    Enterprise.objects.filter(pk=claimants.firm.pk).update(place=101)
    claimants.firm.refresh_from_db()
    return World(
        firm=claimants.firm,
        other=claimants.other,
        preparer=claimants.preparer,
        signer=claimants.signer,
        stranger=claimants.stranger,
        outsider=claimants.outsider,
        secretary=claimants.secretary,
        member=claimants.member,
        maker=appointed("maker", ministry, Role.OFFICER),
        checker=appointed("checker", ministry, Role.SUPERVISOR),
        park=appointed("park", manager, Role.PARK_MANAGER),
        steering=appointed("copil", copil, Role.STEERING_MEMBER),
        committee=committee_actor("CTO-2026-0001/1", [str(claimants.member)]),
    )


def commitment(
    number: int, kind: CommitmentKind, target: int, due: date = date(2027, 6, 30), **more: object
) -> CommitmentTerms:
    given = {"scope": Scope.FIRM, "baseline": 0, "baseline_on": date(2025, 6, 30)} | more
    return CommitmentTerms(number=number, kind=kind, target=target, due_on=due, **given)  # type: ignore[arg-type]


def terms(**changes: object) -> Terms:
    made = Terms(
        firm_name="EXEMPLE 00 SARL FICTIF",
        text_reference="Circulaire de 2025, convention EXEMPLE",
        starts_on=STARTS,
        ends_on=ENDS,
        signatories=(
            Signatory(side=Side.STATE, name="Représentante FICTIVE", quality="ministre EXEMPLE"),
            Signatory(side=Side.FIRM, name="Gérant FICTIF", quality="gérant"),
        ),
        commitments=(
            commitment(1, CommitmentKind.NET_JOBS, 12),
            commitment(2, CommitmentKind.HEADCOUNT, 40, baseline=24),
            commitment(3, CommitmentKind.EXPORT_TURNOVER, 500_000_00, date(2026, 12, 31)),
            commitment(4, CommitmentKind.INVESTMENT, 10_000_000_00),
            commitment(5, CommitmentKind.EVENT, 1, label="Ouverture du second plateau"),
        ),
        milestones=(
            MilestoneTerms(number=1, month=6, share_basis_points=3_000),
            MilestoneTerms(number=2, month=12, share_basis_points=2_000),
        ),
    )
    return made.model_copy(update=changes)


def drafted(world: World, at: datetime = NOW, **changes: object) -> Convention:
    return draft(world.secretary, world.firm, terms(**changes), at)


def proposed(world: World, at: datetime = NOW, **changes: object) -> Convention:
    return propose(world.secretary, drafted(world, at, **changes), at)


def in_force(world: World, at: datetime = NOW, **changes: object) -> Convention:
    return enter(world.committee, sign(world.signer, proposed(world, at, **changes), at), at)


def target(value: int, on: date = date(2026, 4, 1), number: int = 1) -> Change:
    return Change(AmendmentKind.CHANGE_TARGET, on, number, {"target": value})
