"""What is sent to each address: the object it bears on, the query, the form."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, Final

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from minassa.claims.models import Claim
from minassa.entitlements.amounts import person_text
from minassa.registry.models import Body
from minassa.web.opendata.held import held
from tests.declarations.deposit.building import ebds
from tests.ledger.world import rib
from tests.onestop.world import ANSWERS
from tests.web.claims_world import a_declared_month, a_line, a_month
from tests.web.cohorts_world import COHORT
from tests.web.rights import training
from tests.web.rights.scene import Scene, Side

Fields = Mapping[str, Any]


def _side(scene: Scene, subject: str) -> Side:
    return scene.beta if subject.startswith("beta") else scene.alpha


def _case(scene: Scene, subject: str) -> Fields:
    side = _side(scene, subject)
    return {"case": (side.draft if subject.endswith("draft") else side.case).uuid}


def _task(scene: Scene, subject: str) -> Fields:
    side = _side(scene, subject)
    return {"case": side.case.uuid, "step": "commune" if subject.endswith("commune") else side.step}


def _upload(scene: Scene, subject: str) -> Fields:
    side = _side(scene, subject)
    return {"upload": (side.deposited if subject.endswith("deposited") else side.checked).uuid}


def _firm(scene: Scene, subject: str) -> Fields:
    return {"uuid": _side(scene, subject).enterprise.uuid}


def _affiliation(scene: Scene, subject: str) -> int:
    return _side(scene, subject).enterprise.affiliation or 0


def _claim(scene: Scene, subject: str) -> Fields:
    return {"claim": _the_claim(scene, subject).uuid}


def _claim_line(scene: Scene, subject: str) -> Fields:
    claim = _the_claim(scene, subject)
    return {"claim": claim.uuid, "line": a_line(claim).pk}


def _the_claim(scene: Scene, subject: str) -> Claim:
    return _side(scene, subject).claims["signed" if subject.endswith("signed") else ""]


def _account(scene: Scene, subject: str) -> Fields:
    return {"uuid": scene.accounts[subject or "preparer"].uuid}


def _session(scene: Scene, subject: str) -> Fields:
    return {"session": getattr(scene.sessions, subject or "open").uuid}


def _item(scene: Scene, subject: str) -> Fields:
    return {**_session(scene, subject), "rank": 1 if subject else 2}


def _target(scene: Scene, _subject: str) -> Fields:
    claim = scene.alpha.claims["signed"]
    return {**_session(scene, "draft"), "kind": "claim", "subject": claim.uuid}


def _account_with_state(scene: Scene, subject: str) -> Fields:
    return {"enterprise": _side(scene, subject).enterprise.uuid}


def _envelope(scene: Scene, _subject: str) -> Fields:
    return {"envelope": scene.money.envelope.pk}


def _batch(scene: Scene, subject: str) -> Fields:
    return {"number": (scene.money.sent if subject == "sent" else scene.money.proposed).number}


def _right(scene: Scene, _subject: str) -> Fields:
    return {"entitlement": scene.money.right(scene.alpha.enterprise, "suspended").pk}


def _act(**asked: Any) -> Callable[[Scene, str], Fields]:  # noqa: ANN401 (whatever a form holds)
    """What is sent for an act on money: a ground, a key of its own, and what it asks besides."""
    return lambda _scene, _subject: {"ground": "Motif EXEMPLE", "key": uuid.uuid4(), **asked}


def _convention(scene: Scene, subject: str) -> Fields:
    state = subject.removeprefix("alpha").strip() or "in_force"
    return {"convention": getattr(scene.objects["conventions"], state).uuid}


def _of_convention(name: str) -> Callable[[Scene, str], Fields]:
    """What an address of one thing of a convention bears on."""
    return lambda scene, _subject: {name: getattr(scene.objects["conventions"], name).uuid}


def _survey(scene: Scene, _subject: str) -> Fields:
    return {"survey": scene.objects["survey"].survey.uuid}


def _asked(scene: Scene, subject: str) -> Fields:
    return {"asked": scene.objects["survey"].asked[subject == "beta"].uuid}


def _open_file() -> dict[str, object]:
    """A file of the last version of the open data."""
    version = held()[0]
    return {"version": version.name, "file": version.files[0]["file"]}


OF: Final[Mapping[str, Callable[[Scene, str], Fields]]] = {
    "survey-answer": _asked,
    "survey-reason": _asked,
    "indicator": lambda _scene, _subject: {"code": "net_jobs"},
    "indicator-firms": lambda _scene, _subject: {"code": "net_jobs"},
    "indicator-firm": lambda scene, subject: {"code": "net_jobs", "affiliation": _affiliation(scene, subject)},
    "indicator-line": lambda scene, subject: {"code": "net_jobs", **a_declared_month(_affiliation(scene, subject))},
    "cohort": lambda _scene, _subject: COHORT,
    "cohort-template": lambda _scene, _subject: {"content": "cohorts"},
    "report-file": lambda _scene, _subject: {**a_month(), "form": "pdf"},
    "report-annex": lambda _scene, _subject: {**a_month(), "form": "csv"},
    "open-data-file": lambda _scene, _subject: _open_file(),
    "reference-occupation": lambda _scene, _subject: {"code": "MO-2512-04"},
    "reference-sheet": lambda _scene, _subject: {"code": "MO-2512-04"},
    **dict.fromkeys(
        ("reference-proposal", "reference-remark", "reference-decide", "reference-withdraw"),
        lambda scene, _subject: {"proposal": scene.objects["reference_proposal"].uuid},
    ),
    "reference-skill": lambda _scene, _subject: {"code": "MS-DEV-01"},
    "public-data": lambda _scene, _subject: {"name": "emplois", "kind": "csv"},
    "region": lambda _scene, _subject: {"number": 6},
    "p2i": lambda _scene, _subject: {"slug": "casanearshore"},
    "public-procedure": lambda _scene, _subject: {"code": "membership"},
    "verify": lambda scene, subject: {"number": _case(scene, subject)["case"]},
    "uploads-of": lambda scene, subject: {"enterprise": _side(scene, subject).enterprise.uuid},
    "upload-send": lambda scene, subject: {"enterprise": _side(scene, subject).enterprise.uuid},
    "upload-synthetic": lambda scene, subject: {"enterprise": _side(scene, subject).enterprise.uuid},
    "upload": _upload,
    "upload-deposit": _upload,
    "upload-receipt": _upload,
    "upload-withdraw": _upload,
    "case-document": lambda scene, subject: {"document": _side(scene, subject).document.uuid},
    "claim-line": _claim_line,
    "control-contest": lambda scene, _subject: {"contest": scene.objects["contest"].uuid},
    "control-answer": lambda scene, _subject: {"contest": scene.objects["contest"].uuid},
    "claims-following": lambda scene, subject: {"enterprise": _side(scene, subject).enterprise.uuid},
    "worker-codes": lambda scene, subject: {"enterprise": _side(scene, subject).enterprise.uuid},
    "worker-letters": lambda scene, subject: {"enterprise": _side(scene, subject).enterprise.uuid},
    "claim-contest": _claim_line,
    "dead-letter-resend": lambda scene, _subject: {"message": scene.letter.message_id},
    "messages-replay": lambda _scene, _subject: {"body": "cnss"},
    "account-invitation": lambda scene, _subject: {"token": scene.objects["token"]},
    "enterprise-establishment-end": lambda scene, subject: {**_firm(scene, subject), "number": 1},
    "enterprise-mandate-end": lambda scene, of: {**_firm(scene, of), "mandate": _side(scene, of).mandate.pk},
    "admin-request-answer": lambda scene, _subject: {"uuid": scene.objects["request"].uuid},
    "admin-invitation-revoke": lambda scene, subject: {"uuid": scene.objects[f"{subject} invitation".strip()].uuid},
    "admin-appointment-end": lambda scene, _subject: {"appointment": scene.objects["appointment"].pk},
    "admin-body": lambda _scene, _subject: {"code": "cnss"},
    "money-firm": _account_with_state,
    "money-rib": _account_with_state,
    "money-rib-propose": _account_with_state,
    "money-bank-file": lambda scene, _subject: {"file": scene.money.finding.file_id},
    "money-finding-settle": lambda scene, _subject: {"entry": scene.money.finding.pk},
    "session-item": _item,
    "session-propose": _target,
    "committee-unseat": lambda scene, _subject: {"membership": scene.sessions.sitting.rows["amdie"].pk},
    "interest-end": lambda scene, _subject: {"interest": scene.objects["interest"].pk},
    "openid_connect_login": lambda _scene, _subject: {"provider_id": "inconnu"},
    "openid_connect_callback": lambda _scene, _subject: {"provider_id": "inconnu"},
    "account_confirm_email": lambda _scene, _subject: {"key": "expiree"},
    "account_reset_password_from_key": lambda _scene, _subject: {"uidb36": "1", "key": "expiree"},
}
"""What the address of a view bears on. By the beginning of their name, otherwise: cases, tasks, firms."""
BY_PREFIX: Final[Mapping[str, Callable[[Scene, str], Fields]]] = {
    "convention": _convention,
    "survey": _survey,
    "amendment": _of_convention("amendment"),
    "advance": _of_convention("advance"),
    "hearing": _of_convention("hearing"),
    "session": _session,
    "item": _item,
    "committee": lambda _scene, _subject: {"committee": "cto"},
    "money-batch": _batch,
    "money-entitlement": _right,
    "money-recovery": lambda scene, _subject: {"number": scene.money.recovery.number},
    "money-envelope": _envelope,
    "case": _case,
    "claim": _claim,
    "proposal": lambda scene, _subject: {"proposal": scene.objects["proposal"].uuid},
    "plan": lambda scene, _subject: {"plan": scene.objects["plan"].uuid},
    "reform": lambda scene, _subject: {"reform": scene.objects["reform"].uuid},
    **training.BY_PREFIX,
    "restitution": lambda scene, _subject: {"restitution": scene.objects["restitution"].uuid},
    "control": _claim,
    "draw": lambda scene, _subject: {"draw": scene.objects["draw"].uuid},
    "task": _task,
    "admin-account": _account,
    "admin-client": lambda scene, _subject: {"client_id": scene.objects["client"]},
    "money-account": lambda scene, _subject: {"account": scene.money.pending.uuid},
    "enterprise": _firm,
}
BARE: Final = frozenset(
    {
        "cases",
        "case-new",
        "case-eligibility",
        "enterprises",
        "enterprise-new",
        "enterprise-switch",
        "money-envelopes",
        "money-envelope-open",
        "conventions",
        "surveys",
        "convention-new",
        "money-batches",
        "money-batch-new",
        "money-batch-propose",
        "session-new",
        "control",
        "control-together",
        "control-contests",
        "draw-tool",
        "worker",
        "worker-contest",
        "plans",
        "reform-new",
        *training.BARE,
        "titles-file",
        "title-ask",
        "title-answer",
    }
)
"""Addresses without any argument."""
QUERIES: Final[Mapping[str, Callable[[Scene], Fields]]] = {
    "csv": lambda _scene: {"format": "csv"},
    "xlsx": lambda _scene: {"format": "xlsx"},
    "parquet": lambda _scene: {"format": "parquet"},
    "name of alpha": lambda scene: {"q": scene.alpha.enterprise.name.lower()},
    "name of beta": lambda scene: {"q": scene.beta.enterprise.name.lower()},
    "person of beta": lambda _scene: {"q": "QZ777777"},
    "case of alpha": lambda scene: {"q": scene.alpha.case.reference.lower()},
    "draft of alpha": lambda scene: {"q": scene.alpha.draft.reference.lower()},
    "case of beta": lambda scene: {"q": scene.beta.case.reference.lower()},
}
"""What a variant asks in the address. In small letters, for what is typed comes back on the page."""
_PERSON: Final = {"email": "quelqu-un@minassa.example", "language": "fr"}
_GROUNDED: Final = {"ground": "Motif", "effective_on": "2030-01-01"}
FORMS: Final[Mapping[str, Callable[[Scene, str], Fields]]] = {
    "set_language": lambda _scene, _subject: {"language": "fr", "next": "/fr/"},
    "upload-send": lambda scene, subject: {
        "files": SimpleUploadedFile(*ebds(firm=_side(scene, subject).enterprise.affiliation or 0, period=202_508))
    },
    "case-new": lambda scene, subject: {"demarche": "regularity", "entreprise": _side(scene, subject).enterprise.uuid},
    "case-draft": lambda _scene, _subject: {name: value for name, value in ANSWERS.items() if value},
    "case-withdraw": lambda _scene, _subject: {"sur": "oui"},
    "case-say": lambda _scene, _subject: {"text": "Bonjour"},
    "case-decide": lambda _scene, _subject: {"decision": "oui"},
    "case-appeal": lambda _scene, _subject: {"reasons": "Motif"},
    "claim-contest": lambda _scene, _subject: {"reason": "Un mois manque"},
    "claim-signed": lambda scene, subject: {"digest": _the_claim(scene, subject).content_digest, "sur": "oui"},
    "claim-reply": lambda _scene, _subject: {"text": "Réponse"},
    "titles-file": lambda _scene, _subject: {
        "file": SimpleUploadedFile("titres.csv", b"titre\nComptable\n"),
        "wanted": "csv",
    },
    "title-ask": lambda _scene, _subject: {"titre": "Titre EXEMPLE"},
    "title-answer": lambda _scene, _subject: {"titre": "Titre EXEMPLE", "metier": "aucun"},
    "plans": lambda _scene, _subject: {
        "budget": "1000",
        "pae_floor": "9",
        "paf_floor": "1.5",
        "stability": "50",
        "region_floor": "80",
    },
    "reference-propose": lambda _scene, _subject: {
        "code": "MO-2512-02",
        "what": "cnc",
        "value": "5",
        "reason": "Motif EXEMPLE",
    },
    "reform-new": lambda _scene, _subject: {"name": "Autre réforme EXEMPLE", "leviers": "pae_rate=1800"},
    "reform-revise": lambda _scene, _subject: {"name": "Réforme EXEMPLE", "leviers": "pae_rate=1900"},
    "reform-propose": lambda _scene, _subject: {
        "month": f"{timezone.localdate() + timedelta(days=40):%Y-%m}",
        "ground": "Motif EXEMPLE",
    },
    **training.FORMS,
    "reform-comment": lambda _scene, _subject: {"text": "Commentaire EXEMPLE"},
    "restitution-reply": lambda _scene, _subject: {"text": "Réponse"},
    "control-together": lambda scene, _subject: {"claim": scene.alpha.claims["signed"].uuid},
    "control-answer": lambda _scene, _subject: {"text": "Réponse", "upheld": "non"},
    "control-conclude": lambda _scene, _subject: {"findings": "Constat"},
    "control-clear": lambda scene, subject: {"line": a_line(_the_claim(scene, subject)).pk, "ground": "Vu"},
    "control-propose": lambda _scene, _subject: {"ground": "Motif"},
    "campaigns": lambda _scene, _subject: {
        "name": "Autre tirage",
        **dict.fromkeys(("high", "medium", "low"), 10),
        "seed_source": "Loterie EXEMPLE",
        "seed_not_before": f"{timezone.localtime() + timedelta(days=2):%Y-%m-%dT%H:%M}",
    },
    "draw-now": lambda _scene, _subject: {"seed": "1 2 3 4 5 6"},
    "convention-declare": lambda _scene, _subject: {
        "number": 4,
        "amount": "1000",
        "on": "2026-01-05",
        "title": "Facture EXEMPLE",
        "document": SimpleUploadedFile("facture.pdf", b"exemple"),
    },
    "survey-answer": lambda _scene, _subject: {"act": "save", "headcount": "12"},
    "survey-reason": lambda _scene, _subject: {"reason": "refused"},
    "convention-send-back": lambda _scene, _subject: {"ground": "Motif"},
    "convention-amend": lambda _scene, _subject: {"genre": "change_end", "ends_on": "2030-06-30", **_GROUNDED},
    "convention-advance": lambda _scene, _subject: {"milestone": 1},
    "advance-decide": lambda _scene, _subject: {"decision": "oui"},
    "hearing-reply": lambda _scene, _subject: {"text": "Réponse"},
    "hearing-decide": lambda _scene, _subject: {"decision": "oui"},
    "inbox-together": lambda scene, subject: {
        "act": "favorable",
        "task": "{case}/{step}".format(**_task(scene, subject)),
    },
    "inbox-view-keep": lambda _scene, _subject: {"name": "retards"},
    "messages-replay": lambda _scene, _subject: {"since": "2026-01-01T00:00"},
    "inbox-view-drop": lambda scene, _subject: {"view": scene.objects["view"].pk},
    "task-propose": lambda _scene, _subject: {"answer": "favorable"},
    "task-return": lambda _scene, _subject: {"reason": "À revoir"},
    "task-complement": lambda _scene, subject: {"item": "job_title" if subject.startswith("beta") else "jobs_planned"},
    "task-assign": lambda _scene, _subject: {"to": "moi"},
    "task-say": lambda _scene, _subject: {"text": "Bonjour"},
    "enterprise-new": lambda _scene, _subject: {
        "name": "NOUVELLE EXEMPLE",
        "ice": "999900009900025",
        "filiere": 1,
        "place": 101,
        "confirmed": "on",
    },
    "enterprise-switch": lambda scene, subject: {"enterprise": _side(scene, subject).enterprise.uuid},
    "enterprise-establishment-new": lambda _scene, _subject: {"place": 101, "opened_on": "2026-01-05"},
    "enterprise-establishment-end": lambda _scene, _subject: {"closed_on": f"{timezone.localdate()}"},
    "enterprise-group": lambda _scene, _subject: {"group": "GROUPE EXEMPLE"},
    "enterprise-shareholder": lambda scene, subject: {
        "ice": (scene.alpha if subject == "beta" else scene.beta).enterprise.ice,
        "percent": 10,
        "since": "2026-01-05",
    },
    "enterprise-people": lambda _scene, _subject: {**_PERSON, "power": "prepare"},
    "admin-request-answer": lambda _scene, _subject: {"answer": "refuse"},
    "admin-invitations": lambda _scene, _subject: {
        **_PERSON,
        "body": Body.objects.get(code="cnss").pk,
        "role": "officer",
    },
    "admin-account": lambda _scene, _subject: {"body": Body.objects.get(code="cri").pk, "role": "officer"},
    "admin-body": lambda _scene, _subject: {"answers_by_api": "on", "endpoint": "https://exemple.example/ici"},
    "money-envelope-open": _act(measure="paf", budget_year=2026, amount="1000"),
    "money-envelope-change": _act(way="plus", amount="1000"),
    "money-envelope-carry": _act(),
    "money-batch-refuse": _act(),
    "money-batch-propose": _act(),
    "money-entitlement-suspend": _act(amount="1"),
    "money-entitlement-release": _act(amount="1"),
    "money-bank-receive": lambda _scene, _subject: {"files": SimpleUploadedFile("reponse.xml", b"<EXEMPLE/>")},
    "money-finding-settle": _act(),
    "account-alerts": lambda _scene, _subject: {"voulu": "oui"},
    "money-account-confirm": lambda _scene, _subject: {"certificate": "Attestation EXEMPLE"},
    "money-account-refuse": _act(),
    "money-payer-set": lambda _scene, _subject: {"name": "TRESORERIE EXEMPLE", "rib": rib(90)},
    "money-rib-propose": lambda _scene, _subject: {"holder": "TITULAIRE EXEMPLE", "rib": rib(91)},
    "money-recovery-plan": lambda _scene, _subject: {
        "count": 3,
        "first_on": f"{timezone.localdate() + timedelta(days=30)}",
    },
    "session-new": lambda _scene, _subject: {
        "committee": "cto",
        "day": f"{timezone.localdate() + timedelta(days=40)}",
        "hour": "10:00",
        "place": "Rabat",
    },
    "session-add": lambda _scene, _subject: {"form": "motion", "motion-title": "Motion", "motion-text": "EXEMPLE"},
    "session-propose": lambda _scene, _subject: {"decision": "accept"},
    "session-cancel": lambda _scene, _subject: {"reason": "Motif EXEMPLE"},
    "session-presence": lambda scene, _subject: {
        "membership": scene.sessions.sitting.rows["mtnra"].pk,
        "act": "leave",
    },
    "session-preside": lambda _scene, _subject: {"act": "close"},
    "item-member": lambda _scene, _subject: {"act": "vote", "choice": "for"},
    "item-chair": lambda _scene, _subject: {"act": "close"},
    "committee-seat": lambda _scene, _subject: {
        "seat": "amdie",
        "email": "siege-libre@minassa.example",
        "titular": "no",
        "since": f"{timezone.localdate()}",
    },
    "interest-declare": lambda scene, _subject: {"ice": scene.beta.enterprise.ice, "nature": "other"},
    "admin-clients": lambda _scene, _subject: {"body": Body.objects.get(code="cnss").pk, "scopes": "tasks:read"},
}
"""What a form sends; nothing, for the others."""
VARIANTS: Final[Mapping[str, Callable[[Scene], Fields]]] = {
    "document of beta": lambda scene: {"reprendre": f"premises_contract:{scene.beta.document.uuid}"},
    "to commune": lambda scene: {"to": scene.accounts["commune"].uuid},
    "nothing": lambda _scene: {"closed_on": ""},
    "nothing moved": lambda _scene: {"leviers": ""},
    "one employee": lambda scene: {"person": person_text(a_line(scene.alpha.claims["signed"]).person)},
}
"""What a variant sends instead."""


def arguments(scene: Scene, view: str, subject: str) -> Fields:
    """The arguments of the address of a view, for what the row is about."""
    if view in OF:
        return OF[view](scene, subject)
    if view in BARE:
        return {}
    found = next((made for prefix, made in BY_PREFIX.items() if view == prefix or view.startswith(f"{prefix}-")), None)
    return found(scene, subject) if found else {}


def form(scene: Scene, view: str, subject: str, variant: str) -> dict[str, Any]:
    """What is sent to a view."""
    sent = FORMS[view](scene, subject) if view in FORMS else {}
    return {**sent, **(VARIANTS[variant](scene) if variant in VARIANTS else {})}
