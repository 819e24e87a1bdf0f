"""What every page is about: the demonstration, with claims, money, conventions and sessions of its firms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.conf import settings
from django.utils import timezone

from minassa.claims.models import Claim, Draw, Restitution
from minassa.claims.public import pass_on
from minassa.exports.public import prepare, quarters, sign
from minassa.governance.demonstration import seat_holders
from minassa.governance.models import Session
from minassa.intake.models import Upload
from minassa.journal.public import publish_heads
from minassa.onestop.demonstration import make_cases
from minassa.onestop.models import Case, CaseState, OutboxMessage, Task, TaskState
from minassa.onestop.public import propose
from minassa.reforms.models import Reform
from minassa.reforms.public import Draft, comment, keep, revise
from minassa.reforms.public import propose as propose_reform
from minassa.registry.accounts import Power
from minassa.registry.demonstration import DOMAIN, SINCE, accounts
from minassa.registry.models import Account, Body, Enterprise
from minassa.registry.public import Actor, Asked, Offered, actor_of, ask, invite
from minassa.skills.models import Proposal
from minassa.skills.public import decide, publish, remark
from minassa.skills.public import propose as propose_entry
from minassa.steering.commitments.reviewing import make_review, years_to_review
from minassa.steering.evaluations.making import evaluate
from minassa.steering.gaps.making import keep_next_gaps
from minassa.steering.models import PremiumPlan, YearlyReview
from minassa.steering.plans.asking import Wish
from minassa.steering.plans.asking import ask as ask_plan
from minassa.steering.plans.making import make_next
from minassa.surveys.models import Questionnaire
from minassa.surveys.public import keep as keep_questionnaire
from minassa.surveys.public import submit, tabulate_next
from minassa.talent.seats.catalogue import Wanted
from minassa.talent.survey.sheets import workbook
from minassa.titles.public import Origin
from minassa.titles.public import ask as ask_titles
from minassa.training.demonstration import give_training
from minassa.training.models import Roll, SeatPlan
from minassa.training.public import answer_next
from minassa.training.public import ask_plan as ask_seat_plan
from minassa.vocabulary.identifiers import ice_with_key
from tests.declarations.deposit.building import ebds
from tests.intake.firms import NOW, checked, deposited, firm
from tests.web.claims_world import YEAR, claims_of, contested, drawn, settle, signed, to_give_back
from tests.web.cohorts_world import told
from tests.web.commissions_world import AtWork, make_commission
from tests.web.consultations_world import Consulted, make_consultations
from tests.web.conventions_world import Conventions, make_conventions
from tests.web.deposits.test_pages import broken
from tests.web.exports_world import Stated, make_exports, sheet
from tests.web.markets_world import Marketed, make_markets
from tests.web.money_world import Money, make_money, payers
from tests.web.platforms_world import Followed, make_platforms
from tests.web.questionnaires_world import SHEETS
from tests.web.session_world import Sessions, Sitting, derogation, held, make_sessions
from tests.web.surveys_world import SOUND, Surveyed, make_survey
from tests.web.ventures_world import Told, make_ventures
from tests.web.visas_world import make_visa

WANTED = (*(state for state in CaseState if state not in {CaseState.WITHDRAWN, CaseState.APPEALED}),)
"""States in which the demonstration must show a case."""
MANY, STEP = 240, 40
STAFFED = ("cnss", "dgi", "commune", "immigration", "gisre", "anapec", "cri")
ICE = ice_with_key(9_999_000_990_000)


@dataclass(frozen=True, slots=True)
class Made:
    """What pages are about."""

    case: dict[str, Case]
    task: dict[str, Task]
    upload: dict[str, Upload]
    enterprise: Enterprise
    account: Account
    invitation: str
    money: Money
    claim: dict[str, Claim]
    draw: Draw
    restitution: Restitution
    conventions: Conventions
    surveyed: Surveyed
    questionnaire: Questionnaire
    followed: Followed
    marketed: Marketed
    consulted: Consulted
    stated: Stated
    commission: AtWork
    ventures: Told
    review: YearlyReview
    sessions: Sessions
    reforms: tuple[Reform, Reform]
    plans: tuple[PremiumPlan, PremiumPlan]
    reference_proposal: Proposal
    training: tuple[Roll, SeatPlan, SeatPlan]
    """A sheet of cohorts, a plan of seats changed by hand, and one that cannot be."""
    files: Session
    """A session that has a claim, a case, a derogation and a restitution before it."""

    def who(self, name: str) -> str:
        """The account of this name; `officer` and `supervisor` are those of the task that is shown."""
        if name in self.task:
            body = self.task[name].body.code
            return f"{body}-chef" if name == "supervisor" else body
        return name


def _platform(now: datetime) -> tuple[str, Account]:
    """Accounts, cases, an invitation (its token), a message given up; and an account that signs for every firm."""
    evaluate(Path(settings.MINASSA_HOME), settle(), synthetic=True)
    keep_next_gaps(now)
    accounts()
    number = 0
    while number < MANY and set(WANTED) - set(Case.objects.values_list("state", flat=True)):
        number += STEP
        make_cases(now, number)
    publish_heads(timezone.localdate() - timedelta(days=1))
    admin = actor_of(Account.objects.get(email=f"admin@{DOMAIN}"))
    ask(Asked(ICE, "ENTREPRISE FICTIVE", 101, f"demande@{DOMAIN}", "Personne FICTIVE"), "192.0.2.1", now)
    _made, token = invite(admin, f"nouvelle@{DOMAIN}", Offered(body=Body.objects.get(code="cnss"), role="officer"), now)
    given_up = OutboxMessage.objects.order_by("pk")[:1].values("pk")
    OutboxMessage.objects.filter(pk__in=given_up).update(dead_at=now, delivered_at=None, last_error="HTTP 503")
    signer = Account.objects.get(email=f"sign@{DOMAIN}")
    RecoveryCodes.activate(signer)
    firm()
    # One account acts for every firm: whatever case is shown, it may open it.
    for enterprise in Enterprise.objects.all():
        signer.mandates.get_or_create(enterprise=enterprise, power=Power.SIGN, since=SINCE)
    of_atlas = Case.objects.filter(enterprise__name="EXEMPLE ATLAS CONTACT").order_by("pk")[0]
    make_visa(actor_of(account_of("secretariat")), of_atlas, now)
    return token, signer


def make() -> Made:
    """The demonstration, with a firm's deposits, an invitation, a request and a message given up."""
    now = timezone.now()
    token, signer = _platform(now)
    atlas = Enterprise.objects.get(name="EXEMPLE ATLAS CONTACT")
    claims, draw = _claims(now)
    _typed(now)
    restitution = to_give_back(claims["signed"], now)
    sitting = _sitting(now)
    return Made(
        case={state: Case.objects.filter(state=state).order_by("pk")[0] for state in WANTED},
        task=_tasks(now),
        upload=_uploads(actor_of(signer)),
        enterprise=atlas,
        account=signer,
        invitation=token,
        money=make_money([atlas, Enterprise.objects.get(name="EXEMPLE JASMIN SERVICES")], now),
        claim=claims,
        draw=draw,
        restitution=restitution,
        conventions=_conventions(atlas, now),
        surveyed=_surveyed(actor_of(signer), now),
        questionnaire=keep_questionnaire(actor_of(account_of("analyste")), workbook(SHEETS), now),
        followed=_followed(now),
        marketed=_marketed(atlas, now),
        consulted=_consulted(actor_of(signer), atlas, now),
        stated=_stated(actor_of(signer), atlas, now),
        ventures=_told_ventures(atlas, signer, now),
        review=_reviewed(now),
        commission=make_commission(actor_of(account_of("apebi")), atlas, Body.objects.get(code="mtnra"), now),
        sessions=make_sessions(sitting, atlas, now),
        reforms=_reforms(now),
        plans=_plans(now),
        reference_proposal=_on_reference(now),
        training=_training(now),
        files=sitting.opened(now, *_brought(claims["to_decide"], atlas, restitution, now)),
    )


def _brought(claim: Claim, firm: Enterprise, restitution: Restitution, now: datetime) -> list[Any]:
    """What a session has before it: a claim, a case, a derogation, a restitution."""
    return [
        ("claim", str(claim.uuid), "accept", {}),
        ("case", str(_to_decide().uuid), "favourable", {}),
        derogation(firm, now),
        ("restitution", str(restitution.uuid), "ask_back", {"ground": "Déclaration corrigée (exemple)."}),
    ]


def _sitting(now: datetime) -> Sitting:
    seat_holders(now)
    return held(actor_of(account_of("secretariat")))


def _reviewed(now: datetime) -> YearlyReview:
    return make_review(actor_of(account_of("analyste")), years_to_review()[0], now, synthetic=True)


def _told_ventures(atlas: Enterprise, signer: Account, now: datetime) -> Told:
    teller, checker = actor_of(account_of("apebi")), actor_of(account_of("secretariat"))
    return make_ventures(teller, checker, atlas, actor_of(signer), now)


def _typed(now: datetime) -> None:
    """Cohorts that a training body told, titles that someone typed."""
    told(actor_of(account_of("formation")), now)
    ask_titles(actor_of(account_of("analyste")), ["Titre EXEMPLE", "Chef de bord"], Origin.TYPED, now)


def _marketed(firm: Enterprise, now: datetime) -> Marketed:
    return make_markets(actor_of(account_of("apebi")), actor_of(account_of("p2i")), firm, now)


def _followed(now: datetime) -> Followed:
    manager, chief = actor_of(account_of("p2i")), actor_of(account_of("p2i-chef"))
    return make_platforms(manager, chief, actor_of(account_of("secretariat")), now)


def _consulted(speaker: Actor, firm: Enterprise, now: datetime) -> Consulted:
    secretary, federation = actor_of(account_of("secretariat")), actor_of(account_of("apebi"))
    return make_consultations(speaker, firm, secretary, federation, now)


def _stated(speaker: Actor, firm: Enterprise, now: datetime) -> Stated:
    """Statements of every firm, so that sums may be told; those of one firm are looked at."""
    for one in Enterprise.objects.filter(name__startswith="EXEMPLE").exclude(pk=firm.pk):
        sign(speaker, prepare(speaker, one, quarters(now.date())[1], sheet(), None, now, synthetic=True), now)
    return make_exports(speaker, firm, actor_of(account_of("secretariat")), now)


def _to_decide() -> Case:
    return Case.objects.filter(state=CaseState.TO_DECIDE, procedure_code="membership").order_by("pk")[0]


def _claims(now: datetime) -> tuple[dict[str, Claim], Draw]:
    """A draw, and claims of a firm of the demonstration: to sign, contested, in control, signed since."""
    firm = Enterprise.objects.get(name="EXEMPLE ATLAS CONTACT")
    claims_of(firm, at=now)
    claims = Claim.objects.filter(enterprise=firm)
    preparer, signer = actor_of(account_of("prepare")), actor_of(account_of("sign"))
    first, second, third, fourth, *_others = claims.filter(measure="air").order_by("last_month")
    signed(preparer, signer, first, now)
    draw = drawn(actor_of(account_of("secretariat")), now)
    contested(preparer, third, now)
    signed(preparer, signer, second, now)
    return {
        "open": claims.get(measure="paf", period=YEAR),
        "signed": second,
        "to_decide": pass_on(actor_of(account_of("secretariat")), signed(preparer, signer, fourth, now), now),
        "control": first,
        "contested": third,
    }, draw


def _surveyed(signer: Actor, now: datetime) -> Surveyed:
    """A survey of every firm of the demonstration: one has answered, tables are made."""
    firms = list(Enterprise.objects.filter(name__startswith="EXEMPLE").order_by("name"))
    found = make_survey(actor_of(account_of("analyste")), firms, signer, now)
    for one in found.asked[1:9]:
        submit(signer, one, SOUND, now)
    tabulate_next(now)
    return found


def _conventions(enterprise: Enterprise, now: datetime) -> Conventions:
    """Conventions of a firm of the demonstration that is one of the nation."""
    enterprise.refresh_from_db()
    secretary, signer = actor_of(account_of("secretariat")), actor_of(account_of("sign"))
    return make_conventions(enterprise, secretary, signer, payers()[0], now)


def _on_reference(now: datetime) -> Proposal:
    """A proposal on the reference, argued, with a voice, and a version that came before it."""
    analyst, member, secretary = (actor_of(account_of(who)) for who in ("analyste", "apebi", "secretariat"))
    publish(secretary, now.date(), now)
    made = propose_entry(analyst, "MO-2512-01", {"cnc": 5}, "Motif EXEMPLE.", now)
    remark(member, made, "Remarque EXEMPLE.", now)
    return decide(member, made, "Motif EXEMPLE.", now, favour=True)


def _reforms(now: datetime) -> tuple[Reform, Reform]:
    """A reform that was revised and argued, and another one."""
    analyst, secretary = actor_of(account_of("analyste")), actor_of(account_of("secretariat"))
    first = keep(analyst, Draft("PAE à 20 % (exemple)", "Raison EXEMPLE.", {"pae_rate": 2000}), now)
    revise(analyst, first, Draft("PAE à 20 % et 12 mois (exemple)", "", {"pae_rate": 2000, "pae_stay_months": 12}), now)
    comment(secretary, first, "Commentaire EXEMPLE.", now)
    propose_reform(analyst, first, now.date().replace(day=1), "Motif EXEMPLE.", now)
    return first, keep(secretary, Draft("Casablanca à 15 % (exemple)", "", {"air_cap.casanearshore": 1500}), now)


def _plans(now: datetime) -> tuple[PremiumPlan, PremiumPlan]:
    """A plan that was found, and one that waits."""
    analyst, wish = actor_of(account_of("analyste")), Wish(10**9, 900, 150, 5_000, 0)
    found = ask_plan(analyst, wish, now)
    make_next(now)
    found.refresh_from_db()
    return found, ask_plan(analyst, wish, now)


def _training(now: datetime) -> tuple[Roll, SeatPlan, SeatPlan]:
    """Invented cohorts, a plan of seats changed by hand, one that cannot be, all answered; and agreements."""
    give_training(now)
    analyst, wanted = actor_of(account_of("analyste")), Wanted(100_000, 2, 3_000, 7_000)
    poor = ask_seat_plan(analyst, "Plan impossible (exemple)", wanted, now)
    while answer_next(now):
        pass
    return Roll.objects.order_by("pk")[0], SeatPlan.objects.filter(follows__isnull=False)[0], poor


def _tasks(now: datetime) -> dict[str, Task]:
    """A task to answer and a task to validate, of bodies whose officers have accounts."""
    staffed = Task.objects.filter(body__code__in=STAFFED).select_related("case", "body").order_by("pk")
    to_check, to_answer = staffed.filter(state=TaskState.OPEN)[:2]
    propose(actor_of(account_of(to_check.body.code)), to_check, favourable=True, ground="", data={}, at=now)
    return {"officer": to_answer, "supervisor": staffed.get(pk=to_check.pk)}


def account_of(name: str) -> Account:
    return Account.objects.get(email=f"{name}@{DOMAIN}")


def _uploads(signer: Actor) -> dict[str, Upload]:
    enterprise = Enterprise.objects.get(name="SOCIETE FICTIVE")
    return {
        "deposited": deposited(signer, enterprise, ebds(period=202_509)),
        "broken": checked(signer, enterprise, broken(), NOW + timedelta(hours=1)),
    }
