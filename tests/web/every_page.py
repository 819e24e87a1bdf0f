"""Every page there is: who may see it, and on what. A new address must be told here, as a page or as something else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from uuid import UUID

from minassa.onestop.models import CaseState
from minassa.registry.models import Enterprise
from tests.web.claims_world import a_declared_month, a_line, affiliations
from tests.web.cohorts_world import COHORT
from tests.web.every_page_world import WANTED, Made
from tests.web.visits import OF_THE_FEDERATION, Subject, Visit


def _convention(state: str) -> Callable[[Made], Subject]:
    return lambda made: {"convention": getattr(made.conventions, state).uuid}


def _survey(made: Made) -> Subject:
    return {"survey": made.surveyed.survey.uuid}


def _case(state: str) -> Callable[[Made], Subject]:
    return lambda made: {"case": made.case[state].uuid}


def _claim(state: str) -> Callable[[Made], Subject]:
    return lambda made: {"claim": made.claim[state].uuid}


def _line(state: str) -> Callable[[Made], Subject]:
    return lambda made: {"claim": made.claim[state].uuid, "line": a_line(made.claim[state]).pk}


def _declared_month(_made: Made) -> Subject:
    return {"code": "net_jobs", **a_declared_month(affiliations()[0])}


def _task(who: str) -> Callable[[Made], Subject]:
    return lambda made: {"case": made.task[who].case.uuid, "step": made.task[who].step}


def _session(name: str) -> Callable[[Made], Subject]:
    return lambda made: {"session": getattr(made.sessions, name).uuid}


def _item(name: str, rank: int) -> Callable[[Made], Subject]:
    return lambda made: {"session": (getattr(made.sessions, name, None) or made.files).uuid, "rank": rank}


def _procedure(code: str) -> Callable[[Made], Subject]:
    return lambda _made: {"code": code}


def _firm(made: Made) -> Subject:
    return {"uuid": made.enterprise.uuid}


def _account_with_state(made: Made) -> Subject:
    return {"enterprise": made.enterprise.uuid}


def _right(name: str) -> Callable[[Made], Subject]:
    return lambda made: {"entitlement": made.money.right(made.enterprise, name).pk}


def _firm_without_money() -> UUID:
    return Enterprise.objects.get(name="EXEMPLE RIF LOGICIEL").uuid


def _envelope(made: Made) -> Subject:
    return {"envelope": made.money.envelope.pk}


BANK_LISTS: Final = ("a-regler", "attente", "rejetes", "rapproches", "fichiers")
EVERYONE: Final = (
    "prepare", "sign", "accountant", "cnss", "commune", "cnss-chef", "mtnra", "mtnra-chef", "p2i", "cto", "secretariat",
    "copil", "apebi", "formation", "analyste", "admin",
)  # fmt: skip
VISITS: Final = (
    Visit("public-home"),
    Visit("open-data"),
    Visit("open-data-grid"),
    Visit("reference"),
    Visit("reference", query="?q=developpeur&filiere=ITO"),
    Visit("reference-skills"),
    Visit("reference-occupation", of=lambda _made: {"code": "MO-2512-04"}),
    Visit("reference-skill", of=lambda _made: {"code": "MS-DEV-01"}),
    Visit("reference-compare", query="?de=MO-4222-01&vers=MO-2512-04"),
    Visit("reference-levels"),
    Visit("reference-versions"),
    Visit("reference-proposals", "apebi"),
    Visit("reference-propose", "analyste", query="?code=MO-2512-04"),
    Visit("reference-propose", "apebi", query="?quoi=metier"),
    Visit("reference-proposal", "apebi", lambda made: {"proposal": made.reference_proposal.uuid}),
    Visit("public-delays"),
    Visit("public-procedures"),
    *(Visit("public-procedure", of=_procedure(code)) for code in ("membership", "regularity")),
    Visit("interface"),
    Visit("public-method"),
    Visit("region", of=lambda _made: {"number": 6}),
    Visit("region", "analyste", of=lambda _made: {"number": 4}),
    Visit("p2i", of=lambda _made: {"slug": "casanearshore"}),
    Visit("p2i", "p2i", of=lambda _made: {"slug": "casanearshore"}),
    Visit("evaluation"),
    Visit("evaluation-detail", "analyste"),
    Visit("estimate"),
    Visit("reconversion"),
    Visit("reconversion-closing"),
    Visit("style"),
    *(Visit("home", who) for who in EVERYONE),
    Visit("uploads", "sign"),
    Visit("uploads-of", "prepare", lambda made: {"enterprise": made.enterprise.uuid}),
    Visit("uploads-of", "sign", lambda made: {"enterprise": made.upload["deposited"].enterprise.uuid}),
    Visit("upload", "sign", lambda made: {"upload": made.upload["deposited"].uuid}),
    Visit("upload", "sign", lambda made: {"upload": made.upload["broken"].uuid}, "?"),
    Visit("cases", "sign"),
    Visit("cases", "cto"),
    Visit("case-new", "sign"),
    Visit("case-new", "sign", query="?demarche=membership"),
    Visit("case-eligibility", "sign"),
    *(Visit("case", "sign", _case(state)) for state in WANTED),
    Visit("case", "cto", _case(CaseState.TO_DECIDE)),
    Visit("case", "secretariat", _case(CaseState.REFUSED)),
    Visit("case-draft", "sign", _case(CaseState.DRAFT)),
    Visit("case-sign", "sign", _case(CaseState.TO_SIGN)),
    Visit("case-complement", "sign", _case(CaseState.COMPLEMENT)),
    Visit("conventions", "sign"),
    Visit("conventions", "secretariat", query="?etat=in_force"),
    Visit("convention", "sign", _convention("in_force")),
    Visit("convention", "secretariat", _convention("in_force"), query="?du=2026-01-01&au=2030-01-01"),
    Visit("convention", "sign", _convention("proposed")),
    Visit("convention-new", "secretariat"),
    Visit("convention-edit", "secretariat", _convention("draft")),
    Visit("convention-amend", "sign", _convention("in_force")),
    Visit("convention-amend", "sign", _convention("in_force"), query="?genre=add_commitment"),
    Visit("surveys", "sign"),
    Visit("surveys", "secretariat"),
    Visit("survey-import", "secretariat", _survey),
    Visit("survey-answer", "sign", lambda made: {"asked": made.surveyed.asked[-1].uuid}),
    Visit("survey-following", "secretariat", _survey),
    Visit("survey-results", "analyste", _survey, query="?question=headcount"),
    Visit("survey-questionnaires", "apebi"),
    Visit("survey-questionnaire", "analyste", lambda made: {"questionnaire": made.questionnaire.uuid}),
    Visit("survey-themes", "analyste", _survey),
    Visit("survey-themes", "apebi", _survey),
    Visit("export-statements", "sign"),
    Visit("export-statement-new", "sign"),
    Visit("export-statement", "sign", lambda made: {"statement": made.stated.prepared.uuid}),
    Visit("export-tables", "secretariat"),
    Visit("export-table", "secretariat", lambda made: {"table": made.stated.table.uuid}),
    Visit("markets", "apebi"),
    Visit("markets", "secretariat", query="?segment=sme"),
    Visit("markets", "apebi", query="?p-time_gap=50", status=422),
    Visit("market", "apebi", lambda _made: {"code": "FR"}),
    Visit("market-figures", "apebi"),
    Visit("market-file", "apebi", lambda made: {"file": made.marketed.file.uuid}),
    Visit("market-events", "apebi"),
    Visit("market-event", "apebi", lambda made: {"event": made.marketed.event.uuid}),
    Visit("market-leads", "apebi"),
    Visit("market-leads", "p2i"),
    Visit("market-lead", "apebi", lambda made: {"lead": made.marketed.fresh.uuid}),
    Visit("market-lead", "apebi", lambda made: {"lead": made.marketed.qualified.uuid}, "?"),
    Visit("market-lead", "p2i", lambda made: {"lead": made.marketed.asked.uuid}),
    Visit("market-lead", "apebi", lambda made: {"lead": made.marketed.won.uuid}, "??"),
    Visit("consultations", "secretariat"),
    Visit("consultations", "sign"),
    Visit("firm-request-new", "sign"),
    Visit("firm-request", "sign", lambda made: {"firm_request": made.consulted.request.uuid}),
    Visit("firm-request", "apebi", lambda made: {"firm_request": made.consulted.request.uuid}),
    Visit("poll-new", "apebi"),
    Visit("poll", "sign", lambda made: {"poll": made.consulted.poll.uuid}),
    Visit("meeting-new", "apebi"),
    Visit("meeting", "secretariat", lambda made: {"meeting": made.consulted.meeting.uuid}),
    Visit("meeting", "sign", lambda made: {"meeting": made.consulted.meeting.uuid}),
    Visit("audition-new", "apebi"),
    Visit("audition", "secretariat", lambda made: {"hearing": made.consulted.heard.uuid}),
    Visit("audition", "apebi", lambda made: {"hearing": made.consulted.approved.uuid}),
    Visit("chain", "secretariat"),
    Visit("public-recommendations"),
    Visit("chain-mine", "sign"),
    Visit("recommendations", "secretariat"),
    Visit("recommendation", "secretariat", lambda made: {"recommendation": made.consulted.recommendation.uuid}),
    Visit("recommendation", "analyste", lambda made: {"recommendation": made.consulted.adopted.uuid}),
    Visit("recommendation-draft", "apebi"),
    Visit("commitments", "apebi"),
    Visit("commitment", "secretariat", lambda _made: {"code": "emplois"}),
    Visit("claims", "sign"),
    Visit("claims", "cto"),
    Visit("claims-calendar", "sign"),
    Visit("claims-following", "prepare", lambda made: {"enterprise": made.enterprise.uuid}),
    Visit("claims-incidents", "secretariat"),
    Visit("claims-incidents", "admin"),
    Visit("claim", "prepare", _claim("open")),
    Visit("claim", "sign", _claim("signed")),
    Visit("claim", "cnss", _claim("signed")),
    Visit("restitutions", "sign"),
    Visit("restitutions", "cto"),
    Visit("restitution", "sign", lambda made: {"restitution": made.restitution.uuid}),
    Visit("restitution", "cnss", lambda made: {"restitution": made.restitution.uuid}),
    Visit("claim-sign", "sign", _claim("open")),
    Visit("claim-line", "prepare", _line("open")),
    Visit("claim", "cnss", _claim("control")),
    Visit("control", "cnss"),
    Visit("control", "secretariat"),
    Visit("control-contests", "secretariat"),
    Visit("control-contest", "secretariat", lambda made: {"contest": made.claim["contested"].contests.get().uuid}),
    Visit("claim", "prepare", _claim("contested")),
    Visit("campaigns", "secretariat"),
    Visit("draws"),
    Visit("draw", of=lambda made: {"draw": made.draw.uuid}),
    Visit("worker"),
    Visit("worker-codes", "prepare", lambda made: {"enterprise": made.enterprise.uuid}),
    *(Visit("sessions", who) for who in ("cto", "secretariat", "copil")),
    Visit("session-new", "secretariat"),
    Visit("session", "secretariat", _session("draft")),
    Visit("session", "cto", _session("open")),
    Visit("session", "secretariat", _session("open"), "?"),
    Visit("session", "cto", _session("sealed"), "??"),
    Visit("session-agenda", "secretariat", _session("draft")),
    Visit(
        "session-propose",
        "secretariat",
        lambda made: {**_session("draft")(made), "kind": "claim", "subject": made.claim["to_decide"].uuid},
    ),
    Visit("session-item", "cto", _item("open", 1)),
    Visit("session-item", "cto", _item("open", 2), "?"),
    Visit("session-item", "secretariat", _item("sealed", 1)),
    *(Visit("session-item", "cto", _item("files", rank), "?" * (rank + 1)) for rank in (1, 2, 3, 4)),
    Visit("derogations", "cto"),
    Visit("derogations", "sign"),
    Visit("committee", "cto", lambda _made: {"committee": "cto"}),
    Visit("committee", "secretariat", lambda _made: {"committee": "copil"}),
    Visit("inbox", "officer"),
    Visit("inbox", "supervisor", query="?etat=proposed"),
    Visit("inbox", "p2i"),
    Visit("inbox-decide", "cto"),
    Visit("inbox-workload", "supervisor"),
    Visit("inbox-outcomes", "officer"),
    Visit("task", "officer", _task("officer")),
    Visit("task", "supervisor", _task("supervisor")),
    Visit("dead-letters", "admin"),
    Visit("proof"),
    Visit("proof-check"),
    Visit("verify", of=lambda made: {"number": made.case[CaseState.ACCEPTED].uuid}),
    Visit("verify", of=lambda _made: {"number": UUID(int=1)}, status=404),
    Visit("account-home", "sign"),
    Visit("account-home", "admin"),
    Visit("account-sessions", "sign"),
    Visit("account-request"),
    Visit("account-requested"),
    Visit("account-invitation", of=lambda made: {"token": made.invitation}),
    Visit("account-invitation", of=lambda _made: {"token": "expiree"}, status=404),
    Visit("account-unknown-identity", status=403),
    Visit("account_login"),
    Visit("account_logout", "sign"),
    Visit("account_inactive"),
    Visit("account_reauthenticate", "sign"),
    Visit("account_change_password", "sign"),
    Visit("account_reset_password"),
    Visit("account_reset_password_done"),
    Visit("account_reset_password_from_key", of=lambda _made: {"uidb36": "1", "key": "expiree"}),
    Visit("account_reset_password_from_key_done"),
    Visit("mfa_index", "sign"),
    Visit("mfa_activate_totp", "prepare"),
    Visit("mfa_deactivate_totp", "sign"),
    Visit("mfa_reauthenticate", "sign"),
    Visit("mfa_view_recovery_codes", "sign"),
    Visit("mfa_generate_recovery_codes", "sign"),
    Visit("socialaccount_login_cancelled"),
    Visit("socialaccount_login_error", status=401),
    Visit("socialaccount_connections", "sign"),
    Visit("enterprises", "sign"),
    Visit("enterprises", "secretariat"),
    Visit("enterprise-new", "secretariat"),
    Visit("enterprise", "sign", _firm),
    Visit("enterprise-figures", "sign", _firm),
    Visit("enterprise-figures", "cto", _firm),
    Visit("enterprise", "secretariat", _firm),
    Visit("enterprise-edit", "sign", _firm),
    Visit("enterprise-people", "sign", _firm),
    *(Visit("money-state", "copil", query=f"?par={name}") for name in ("mesure", "annee", "filiere", "region", "lieu")),
    Visit("money-state", "mtnra"),
    Visit("money-costs", "analyste"),
    Visit("money-trial", "secretariat"),
    Visit("money-firm", "sign", _account_with_state),
    Visit("money-firm", "sign", lambda _made: {"enterprise": _firm_without_money()}),
    Visit("money-firm", "mtnra", _account_with_state),
    Visit("money-envelopes", "mtnra-chef"),
    Visit("money-envelopes", "copil"),
    Visit("money-envelope", "mtnra-chef", _envelope),
    Visit("money-entitlements", "mtnra"),
    Visit("money-entitlements", "cto", query="?etat=suspendu&sort=-left"),
    Visit("money-entitlements", "mtnra", query="?q=zzzz"),
    Visit(
        "money-entitlement", "mtnra", lambda made: {"entitlement": made.money.right(made.enterprise, "suspended").pk}
    ),
    Visit("money-entitlement", "analyste", lambda made: {"entitlement": made.money.right(made.enterprise, "paid").pk}),
    Visit("money-batch-new", "mtnra"),
    *(Visit("money-bank", "mtnra", query=f"?vue={name}") for name in BANK_LISTS),
    Visit("money-bank-file", "mtnra", lambda made: {"file": made.money.finding.file_id}),
    Visit("money-accounts", "mtnra-chef"),
    Visit("money-rib", "sign", _account_with_state),
    Visit("money-rib", "mtnra", _account_with_state),
    Visit("money-recoveries", "mtnra"),
    Visit("money-recovery", "mtnra", lambda made: {"number": made.money.recovery.number}),
    Visit("money-batches", "mtnra"),
    Visit("money-batches", "mtnra", query="?etat=refused"),
    Visit("money-batch", "mtnra", lambda made: {"number": made.money.proposed.number}),
    Visit("money-batch", "mtnra-chef", lambda made: {"number": made.money.proposed.number}),
    Visit("money-batch", "mtnra-chef", lambda made: {"number": made.money.sent.number}),
    Visit("cockpit", "copil"),
    Visit("cockpit", "secretariat", query="?de=2026-01&region=6"),
    Visit("reports", "copil"),
    Visit("gaps", "formation"),
    Visit("gaps", "analyste", query="?scenario=programme&tri=tension&classe=4"),
    Visit("gaps-cell", "apebi"),
    Visit("indicators", "copil"),
    Visit("indicators", "analyste", query="?filiere=5&taille=4&de=2026-01"),
    Visit("indicator", "analyste", of=lambda _made: {"code": "net_jobs"}),
    Visit("pivot", "analyste", query="?mesure=women_share&lignes=region&colonnes=filiere&avec=2026-06"),
    Visit("pivot", "cto", query="?lignes=annee&colonnes=taille"),
    Visit("indicator-versions", "copil"),
    Visit("indicator-firms", "copil", of=lambda _made: {"code": "net_jobs"}),
    Visit("indicator-firm", "cto", of=lambda _made: {"code": "net_jobs", "affiliation": affiliations()[0]}),
    Visit("indicator-line", "cto", of=_declared_month),
    Visit("indicator", "copil", of=lambda _made: {"code": "export_turnover"}, query="?region=6"),
    Visit("trials", "copil"),
    Visit("trials", "analyste", query="?pae_rate=2500&air_cap.casanearshore=99999&avec=Autre~pae_rate:2000"),
    *OF_THE_FEDERATION,
    Visit("platforms"),
    Visit("platforms", "p2i"),
    Visit("platform", "p2i", of=lambda _made: {"slug": "casanearshore"}),
    Visit("platform", "secretariat", of=lambda _made: {"slug": "casanearshore"}),
    Visit("platform", "p2i-chef", of=lambda _made: {"slug": "casanearshore"}),
    Visit("specialisation-trial", "secretariat", of=lambda _made: {"slug": "casanearshore"}),
    Visit(
        "specialisation-trial",
        "apebi",
        of=lambda _made: {"slug": "casanearshore"},
        query="?domaine=cloud-devops&part=35&annee=2031&reconversion=80",
    ),
    Visit("specialisation-trial", "formation", of=lambda _made: {"slug": "fes-shore"}, query="?part=99", status=422),
    Visit("platform-finding", "p2i", of=lambda made: {"finding": made.followed.finding.uuid}),
    Visit("platform-finding", "secretariat", of=lambda made: {"finding": made.followed.proposed.uuid}),
    Visit("platform-report", "p2i", of=lambda made: {"report": made.followed.report.uuid}),
    Visit("platform-report", "secretariat", of=lambda made: {"report": made.followed.sealed.uuid}),
    Visit("cohort", "formation", lambda _made: COHORT),
    Visit("cohort", "copil", lambda _made: {**COHORT, "cohort": "2025-S2"}),
    Visit("graduates-send", "formation"),
    Visit("export", "analyste"),
    Visit("export", "copil", query="?perimetre=ministry&perimetre=exchange_office", status=422),
    Visit("training", "formation"),
    Visit("training", "copil", query="?region=6&sort=-seats"),
    Visit("training-send", "formation"),
    Visit("training-sheet", "formation", of=lambda made: {"roll": made.training[0].pk}),
    Visit("seat-plans", "analyste"),
    Visit("seat-plan", "analyste", of=lambda made: {"plan": made.training[1].uuid}),
    Visit("seat-plan", "copil", of=lambda made: {"plan": made.training[2].uuid}),
    Visit("training-agreements", "formation"),
    Visit("training-agreement-new", "formation"),
    Visit("talent-visa"),
    Visit("talent-visas", "sign"),
    Visit("talent-visas", "anapec", query="?alertes=1"),
    Visit("talent-visa-list", "analyste"),
    Visit("titles", "sign", query="?titre=Chef+de+bord"),
    Visit("titles", "analyste", query="?titre=Conseill%C3%A8re"),
    Visit("titles-queue", "analyste"),
    Visit("titles-queue", "copil"),
    Visit("plans", "copil"),
    Visit("plan", "analyste", lambda made: {"plan": made.plans[0].uuid}),
    Visit("plan", "cto", lambda made: {"plan": made.plans[1].uuid}),
    Visit("reforms", "analyste"),
    Visit("reforms", "cto", query="?q=zzzz"),
    Visit("reform", "analyste", lambda made: {"reform": made.reforms[0].uuid}),
    Visit("reform", "cto", lambda made: {"reform": made.reforms[0].uuid}, query="?version=1"),
    Visit("reform-new", "copil", query="?pae_rate=2500&nom=Exemple"),
    Visit("reform-revise", "analyste", lambda made: {"reform": made.reforms[0].uuid}, query="?pae_rate=2100"),
    Visit("reforms-beside", "secretariat"),
    Visit("search", "sign", query="?q=atlas"),
    Visit("search", "secretariat", query="?q=zzzz"),
    Visit("admin-home", "admin"),
    Visit("admin-requests", "admin"),
    Visit("admin-invitations", "admin"),
    Visit("admin-accounts", "admin"),
    Visit("admin-account", "admin", lambda made: {"uuid": made.account.uuid}),
    Visit("admin-bodies", "admin"),
    Visit("admin-body", "admin", lambda _made: {"code": "cnss"}),
    Visit("admin-clients", "admin"),
    Visit("admin-sign-ins", "admin"),
    Visit("policy", "admin"),
)
"""Every page, as those who use it see it."""
