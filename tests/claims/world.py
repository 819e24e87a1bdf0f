"""Invented firms with their claims: the nation of the tests of steering, known in March and at the end of June 2027."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from minassa.claims.models import Claim, Line
from minassa.claims.public import check, open_claims, pass_on, propose, reply, sign
from minassa.entitlements.runs import Run, run
from minassa.offer.loading import load_offer
from minassa.registry.models import Account, Appointment, Body, Enterprise, Mandate, Role
from minassa.registry.public import Actor, actor_of, committee_actor
from minassa.vocabulary.periods import month_index
from tests.steering.country import FIRST_FIRM, SCHEMAS, UNTIL, Country, country

NOW = datetime(2027, 9, 1, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)
SINCE = date(2020, 1, 1)
EARLY = month_index(2026, 9)
TAXED = 8
"""Rank of the firm whose people pay more tax than the cap of their place."""
BODIES = ("cnss", "dgi", "commune", "cto", "minassa")


@dataclass(frozen=True)
class Declared:
    """What firms declared, and the runs on it."""

    tables: Country
    early: Run
    late: Run
    corrected_tables: Country
    corrected: Run


@dataclass
class World:
    firm: Enterprise
    other: Enterprise
    preparer: Actor
    signer: Actor
    stranger: Actor
    officer: Actor
    outsider: Actor
    secretary: Actor
    member: Actor
    committee: Actor


def declared(folder: Path) -> Declared:
    made = country()
    versions = dict.fromkeys(SCHEMAS, 1)
    early = run(made, versions, load_offer(), folder / "runs" / "calcul-0001", EARLY)
    late = run(made, versions, load_offer(), folder / "runs" / "calcul-0002", UNTIL)
    again = corrected()
    versions = dict.fromkeys(SCHEMAS, 2)
    new = run(again, versions, load_offer(), folder / "runs" / "calcul-0003", UNTIL)
    return Declared(made, early, late, again, new)


def corrected() -> Country:
    """The same nation after two firms have filed their statements again: higher incomes, lower ones."""
    made = country()
    for row in made.rows["dgi_lines"]:
        if row["affiliation"] == FIRST_FIRM:
            row["gross_taxable_income_year"] = row["gross_taxable_income_year"] * 11 // 10
        if row["affiliation"] == FIRST_FIRM + TAXED:
            row["gross_taxable_income_year"] = row["gross_taxable_income_year"] * 19 // 20
    return made


def account(name: str) -> Account:
    return Account.objects.create(email=f"{name}@minassa.example", password="!")


def mandated(name: str, enterprise: Enterprise, power: str) -> Actor:
    holder = account(name)
    Mandate.objects.create(account=holder, enterprise=enterprise, power=power, since=SINCE)
    return actor_of(holder, NOW.date())


def appointed(name: str, body: Body, role: str) -> Actor:
    holder = account(name)
    Appointment.objects.create(account=holder, body=body, role=role, since=SINCE)
    return actor_of(holder, NOW.date())


def registered(rank: int) -> Enterprise:
    affiliation = FIRST_FIRM + rank
    return Enterprise.objects.create(
        ice=f"{affiliation:015d}", affiliation=affiliation, name=f"EXEMPLE {rank:02d} SARL FICTIF"
    )


def make_world(firms: int = 12) -> World:
    enterprises = [registered(rank) for rank in range(firms)]
    bodies = {code: Body.objects.create(code=code, kind="agency", name=f"{code} EXEMPLE") for code in BODIES}
    member = appointed("cto", bodies["cto"], Role.CTO_MEMBER)
    return World(
        firm=enterprises[0],
        other=enterprises[1],
        preparer=mandated("prepare", enterprises[0], "prepare"),
        signer=mandated("sign", enterprises[0], "sign"),
        stranger=mandated("stranger", enterprises[1], "sign"),
        officer=appointed("cnss", bodies["cnss"], Role.OFFICER),
        outsider=appointed("commune", bodies["commune"], Role.OFFICER),
        secretary=appointed("secretariat", bodies["cto"], Role.SECRETARIAT),
        member=member,
        committee=committee_actor("CTO-EXEMPLE/1", [str(member)]),
    )


def opened(world: World, nation: Declared, measure: str = "paf", period: str = "2026", at: datetime = NOW) -> Claim:
    """The claim of the firm, prepared with those of all firms."""
    open_claims(nation.late, nation.tables, at, (measure,), period)
    return Claim.objects.get(enterprise=world.firm, measure=measure, period=period, superseded_by=None)


def signed(world: World, nation: Declared) -> Claim:
    claim = opened(world, nation)
    check(world.preparer, claim, NOW)
    return sign(world.signer, claim, NOW)


def to_decide(world: World, nation: Declared) -> Claim:
    return pass_on(world.secretary, signed(world, nation), NOW)


def heard(world: World, nation: Declared) -> Claim:
    claim = propose(world.secretary, to_decide(world, nation), "motif", NOW)
    return reply(world.signer, claim, "réponse", NOW)


def a_line(claim: Claim, rank: int = 0) -> Line:
    return Line.objects.filter(claim=claim, amount_cents__gt=0).order_by("pk")[rank]
