"""Two firms that have nothing to do with each other, one of everything for each, and every kind of caller. Invented."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.utils import timezone

from minassa.claims.models import Claim
from minassa.governance.public import declare_interest
from minassa.intake.models import Upload
from minassa.onestop.clients import SCOPES, create_client
from minassa.onestop.models import Case, Document, OutboxMessage, SavedView
from minassa.onestop.public import give_document, open_case, save_draft, sign, submit, use_document
from minassa.reforms.public import Draft, keep, propose
from minassa.registry.models import Account, Appointment, Body, Enterprise, Mandate, Park, Power, Role
from minassa.registry.public import Actor, Asked, Civil, Offered, actor_of, ask, invite, keep_person
from minassa.registry.registering import searchable
from minassa.skills.public import propose as propose_entry
from minassa.steering.commitments.reviewing import make_review, years_to_review
from minassa.steering.plans.asking import Wish
from minassa.steering.plans.asking import ask as ask_plan
from minassa.surveys.public import keep as keep_questionnaire
from minassa.talent.seats.catalogue import Wanted
from minassa.talent.survey.sheets import workbook
from minassa.training.models import Cohort, Content
from minassa.training.public import ask_plan as ask_seat_plan
from minassa.training.public import take
from minassa.vocabulary.identifiers import ice_with_key
from tests.declarations.deposit.building import ebds
from tests.intake.firms import checked, deposited
from tests.onestop.world import PDF, SINCE, World, account, appointed, drafted, make_world, mandated, submitted
from tests.registry.world import PASSWORD
from tests.training.sheets import a_sheet
from tests.web.claims_world import (
    QUARTER,
    YEAR,
    affiliations,
    claims_of,
    committed,
    contested,
    settle,
    signed,
    to_give_back,
)
from tests.web.cohorts_world import told
from tests.web.commissions_world import make_commission
from tests.web.consultations_world import make_consultations
from tests.web.conventions_world import make_conventions
from tests.web.exports_world import make_exports
from tests.web.markets_world import make_markets
from tests.web.money_world import Money, make_money, payers
from tests.web.platforms_world import make_platforms
from tests.web.questionnaires_world import SHEETS
from tests.web.session_world import Sessions, make_sessions, seated
from tests.web.surveys_world import make_survey
from tests.web.ventures_world import make_ventures
from tests.web.visas_world import make_visa

ICE: Final = ice_with_key(9_999_000_990_000)
TALENT: Final = {
    "talent_name": "Talent FICTIF",
    "talent_nationality": "FR",
    "talent_passport": "QZ0000000",
    "job_title": "Architecte de données",
    "skills": "Architecture de données (exemple).",
    "contract_months": 24,
    "monthly_salary": 3_500_000,
    "exemption": "none",
    "place": 102,
}
PAPERS: Final = ("contract", "passport", "diplomas")
PASSED: Final = date(2025, 6, 30)
BACKEND: Final = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass
class Side:
    """What one firm has."""

    enterprise: Enterprise
    case: Case
    draft: Case
    step: str
    document: Document
    checked: Upload
    deposited: Upload
    mandate: Mandate
    claims: dict[str, Claim] = field(default_factory=dict)


@dataclass
class Scene:
    """Both sides, what belongs to bodies and to the platform, and a browser for each caller."""

    alpha: Side
    beta: Side
    letter: OutboxMessage
    money: Money
    sessions: Sessions
    objects: dict[str, Any]
    accounts: dict[str, Account]
    browsers: dict[str, Client] = field(default_factory=dict)


def make_scene() -> Scene:
    """Everything, and every browser signed in with the second factor where the account needs one."""
    settle()
    world, now = make_world(), timezone.now()
    for rank, firm in enumerate(Enterprise.objects.order_by("pk")):
        firm.affiliation, firm.fiscal_id = affiliations()[rank], 1_990_000 + rank
        firm.search = searchable(firm)
        firm.save()
        firm.establishments.create(number=1, place=firm.place, opened_on=SINCE)
    accounts, hashed = _accounts(world), make_password(PASSWORD)
    for each in accounts.values():
        each.password = hashed
    Account.objects.bulk_update(accounts.values(), ["password"])
    alpha, beta = _alpha(world), _beta(world)
    control = _claims(world, alpha, beta)
    letter = OutboxMessage.objects.filter(case=alpha.case, destination="cnss")[0]
    OutboxMessage.objects.filter(pk=letter.pk).update(dead_at=now, attempts=20)
    money = make_money([alpha.enterprise, beta.enterprise], now)
    payer, _chief = payers()
    conventions = make_conventions(alpha.enterprise, world.secretary, world.signer, payer, now)
    objects = {**_objects(world, accounts, beta.enterprise), **control, "conventions": conventions}
    objects |= _asked_of_firms(actor_of(accounts["analyst"]), world, [alpha.enterprise, beta.enterprise])
    objects["visa"] = make_visa(actor_of(accounts["secretariat"]), alpha.case, now)
    objects["platforms"] = make_platforms(
        actor_of(accounts["park"]), actor_of(accounts["park_chief"]), world.secretary, now
    )
    objects["exports"] = make_exports(world.signer, alpha.enterprise, world.secretary, now)
    objects["markets"] = make_markets(
        actor_of(accounts["federation"]), actor_of(accounts["park"]), alpha.enterprise, now
    )
    objects["consultations"] = make_consultations(
        world.signer, alpha.enterprise, world.secretary, actor_of(accounts["federation"]), now
    )
    objects |= _of_the_federation(world, accounts, alpha.enterprise)
    sitting = seated(actor_of(accounts["secretariat"]), now, mtnra=accounts["cto"])
    sessions = make_sessions(sitting, alpha.enterprise, now)
    scene = Scene(alpha, beta, letter, money, sessions, objects, accounts)
    scene.browsers = {"visitor": Client(), **{name: browser(one) for name, one in accounts.items()}}
    return scene


def _asked_of_firms(analyst: Actor, world: World, firms: list[Enterprise]) -> dict[str, Any]:
    """A survey of both firms, and a questionnaire that is kept."""
    now = timezone.now()
    return {
        "survey": make_survey(analyst, firms, world.signer, now),
        "questionnaire": keep_questionnaire(analyst, workbook(SHEETS), now),
    }


def _of_the_federation(world: World, accounts: dict[str, Account], alpha: Enterprise) -> dict[str, Any]:
    """A commission where a third firm and ANAPEC sit; a venture in public, and one of the first firm."""
    now, federation = timezone.now(), actor_of(accounts["federation"])
    third, anapec = Enterprise.objects.get(name="TIERS EXEMPLE"), Body.objects.get(code="anapec")
    return {
        "review": make_review(actor_of(accounts["analyst"]), years_to_review()[0], now, synthetic=True),
        "commission": make_commission(federation, third, anapec, now),
        "ventures": make_ventures(federation, world.secretary, alpha, world.signer, now),
    }


def browser(who: Account, *, factor: bool = True) -> Client:
    """A browser where the account is signed in, its session already met: what the first page writes is written."""
    if factor and actor_of(who).needs_second_factor:
        TOTP.activate(who, generate_totp_secret())
        RecoveryCodes.activate(who)
    opened = Client()
    opened.force_login(who, BACKEND)
    opened.get("/fr/compte/sessions/")
    return opened


def _accounts(world: World) -> dict[str, Account]:
    """Every caller with an account; names are those of the table."""
    bodies = {body.code: body for body in Body.objects.all()}
    bodies["technopolis-manager"] = Body.objects.create(code="technopolis-manager", kind="agency", name="P2I EXEMPLE")
    Park.objects.create(place=102, manager=bodies["technopolis-manager"], since=SINCE)
    third = Enterprise.objects.create(ice="000000000000291", name="TIERS EXEMPLE", place=103)
    actors = {
        "preparer": world.preparer,
        "signer": world.signer,
        "other_signer": world.stranger,
        **{code: world.officers[code] for code in ("cnss", "commune", "anapec")},
        **{f"{code}_chief": world.supervisors[code] for code in ("cnss", "commune", "anapec")},
        "cto": world.member,
        "secretariat": world.secretary,
        "park": appointed("p2i", bodies["casanearshore-manager"], Role.PARK_MANAGER),
        "park_chief": appointed("p2i-chef", bodies["casanearshore-manager"], Role.SUPERVISOR),
        "other_park": appointed("autre-p2i", bodies["technopolis-manager"], Role.PARK_MANAGER),
        "steering": appointed("pilotage", bodies["copil"], Role.STEERING_MEMBER),
        "federation": appointed("federation", bodies["minassa"], Role.FEDERATION),
        "training": appointed("formation", bodies["minassa"], Role.TRAINING),
        "analyst": appointed("analyste", bodies["minassa"], Role.ANALYST),
        "administrator": appointed("admin", bodies["minassa"], Role.ADMINISTRATOR),
        **dict(zip(("payer", "payer_chief"), payers(), strict=True)),
        "accountant": mandated("comptable", world.enterprise, Power.PREPARE),
    }
    found = {name: Account.objects.get(pk=actor.account_id or 0) for name, actor in actors.items()}
    Mandate.objects.create(account=found["accountant"], enterprise=third, power=Power.PREPARE, since=SINCE)
    found["nobody"], found["former"] = account("personne"), account("ancienne")
    Mandate.objects.create(
        account=found["former"], enterprise=world.enterprise, power=Power.PREPARE, since=SINCE, until=PASSED
    )
    Appointment.objects.create(
        account=found["former"], body=bodies["cnss"], role=Role.OFFICER, since=SINCE, until=PASSED
    )
    return found


def _alpha(world: World) -> Side:
    """A membership, with a task for CNSS and one for the commune."""
    now, enterprise = timezone.now(), Enterprise.objects.get(pk=world.enterprise.pk)
    case = submitted(world, now)
    return Side(
        enterprise,
        case,
        drafted(world, now),
        "cnss",
        Document.objects.filter(enterprise=enterprise).order_by("pk")[0],
        *_uploads(world.signer, enterprise),
        Mandate.objects.get(account=world.preparer.account_id or 0),
    )


def _beta(world: World) -> Side:
    """An authorisation to work, with a task for ANAPEC, and a person named."""
    now, actor = timezone.now(), world.stranger
    Mandate.objects.create(
        account_id=actor.account_id or 0, enterprise_id=min(actor.enterprises()), power=Power.PREPARE, since=SINCE
    )
    actor = actor_of(Account.objects.get(pk=actor.account_id or 0))
    enterprise = Enterprise.objects.get(pk__in=actor.enterprises())
    cases = []
    for _ in range(2):
        case = open_case(actor, enterprise, "work_authorisation", now)
        save_draft(actor, case, TALENT, now)
        for paper in PAPERS:
            given = give_document(actor, enterprise, _kind(paper), f"{paper}.pdf", PDF, now)
            use_document(actor, case, paper, given, now)
        cases.append(case)
    sign(actor, cases[0], now)
    keep_person(Civil("Zoé FICTIVE", cin="QZ777777"), enterprise)
    return Side(
        enterprise,
        submit(actor, cases[0], now),
        cases[1],
        "anapec",
        Document.objects.filter(enterprise=enterprise, kind="passport").order_by("pk")[0],
        *_uploads(actor, enterprise),
        Mandate.objects.get(account=actor.account_id or 0, power=Power.SIGN),
    )


def _claims(world: World, alpha: Side, beta: Side) -> dict[str, Any]:
    """A claim that each firm may sign, one of the first firm that is signed; a contest that waits, a list committed.

    What is asked back of the signed one awaits the answer of its firm.
    """
    claims_of(alpha.enterprise, beta.enterprise, at=timezone.now())
    for side in (alpha, beta):
        claims = Claim.objects.filter(enterprise=side.enterprise)
        side.claims = {"": claims.get(measure="paf", period=YEAR), "signed": claims.get(measure="air", period=QUARTER)}
    now = timezone.now()
    signed(world.preparer, world.signer, alpha.claims["signed"], now)
    waiting = Claim.objects.filter(enterprise=alpha.enterprise, measure="air").exclude(period=QUARTER).order_by("pk")[0]
    return {
        "contest": contested(world.preparer, waiting, now),
        "draw": committed(world.secretary, now),
        "restitution": to_give_back(alpha.claims["signed"], now),
    }


def _kind(paper: str) -> str:
    return {"contract": "foreign_contract"}.get(paper, paper)


def _uploads(actor: Actor, enterprise: Enterprise) -> tuple[Upload, Upload]:
    """A file that was checked, and one that was deposited."""
    affiliation = enterprise.affiliation or 0
    at = timezone.now()
    return (
        checked(actor, enterprise, ebds(firm=affiliation, period=202_510), at),
        deposited(actor, enterprise, ebds(firm=affiliation, period=202_509), at),
    )


def _objects(world: World, accounts: dict[str, Account], beta: Enterprise) -> dict[str, Any]:
    """What belongs to bodies and to the platform."""
    now, administrator = timezone.now(), actor_of(accounts["administrator"])
    cnss = Body.objects.get(code="cnss")
    opened, token = invite(administrator, "nouvelle@minassa.example", Offered(body=cnss, role=Role.OFFICER), now)
    to_alpha = Offered(enterprise=world.enterprise, power=Power.PREPARE)
    to_beta = Offered(enterprise=beta, power=Power.PREPARE)
    stranger = actor_of(accounts["other_signer"])
    appointed("siege-libre", Body.objects.get(code="cto"), Role.CTO_MEMBER)
    third = Enterprise.objects.get(name="TIERS EXEMPLE")
    member = accounts["cto"]
    told(actor_of(accounts["training"]), now)
    reform = keep(actor_of(accounts["analyst"]), Draft("Réforme EXEMPLE", "", {"pae_rate": 2000}), now)
    other = keep(actor_of(accounts["analyst"]), Draft("Réforme proposée EXEMPLE", "", {"pae_rate": 1900}), now)
    put = propose(actor_of(accounts["analyst"]), other, now.date().replace(day=1), "Motif EXEMPLE.", now)
    asked = propose_entry(actor_of(accounts["analyst"]), "MO-2512-01", {"cnc": 5}, "Motif EXEMPLE.", now)
    roll = take(actor_of(accounts["training"]), Content.COHORTS, "COHORTES_exemple.csv", a_sheet("exemple"), now)
    return {
        "plan": ask_plan(actor_of(accounts["analyst"]), Wish(100_000, 0, 0, 5_000, 0), now),
        "reference_proposal": asked,
        "roll": roll,
        "cohort": Cohort.objects.get(roll=roll),
        "seat plan": ask_seat_plan(
            actor_of(accounts["analyst"]), "Plan EXEMPLE", Wanted(9_000_000, 3, 3_000, 7_000), now
        ),
        "reform": reform,
        "proposal": put,
        "token": token,
        "invitation": opened,
        "alpha invitation": invite(actor_of(accounts["signer"]), "alpha@minassa.example", to_alpha, now)[0],
        "beta invitation": invite(stranger, "beta@minassa.example", to_beta, now)[0],
        "request": ask(Asked(ICE, "DEMANDE FICTIVE", 101, "demande@minassa.example", "Personne FICTIVE"), "::1", now),
        "client": create_client(administrator, cnss, SCOPES, now).client_id,
        "appointment": Appointment.objects.get(account=accounts["cnss"]),
        "interest": declare_interest(actor_of(member), member, "family", now, enterprise=third),
        "view": SavedView.objects.create(account=accounts["cnss"], page="inbox", name="vue", query=""),
    }
