"""What the form of each address sends, and what a variant of it sends instead."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, Final

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from minassa.entitlements.amounts import person_text
from minassa.registry.models import Body
from minassa.steering.commitments.reviewing import years_to_review
from tests.declarations.deposit.building import ebds
from tests.ledger.world import rib
from tests.onestop.world import ANSWERS
from tests.web.claims_world import a_line
from tests.web.rights import commissions, consultations, exports, markets, platforms, surveys, training, ventures
from tests.web.rights.asking import Fields, a_claim, a_side, a_task
from tests.web.rights.scene import Scene


def _act(**asked: Any) -> Callable[[Scene, str], Fields]:  # noqa: ANN401 (whatever a form holds)
    """What is sent for an act on money: a ground, a key of its own, and what it asks besides."""
    return lambda _scene, _subject: {"ground": "Motif EXEMPLE", "key": uuid.uuid4(), **asked}


_PERSON: Final = {"email": "quelqu-un@minassa.example", "language": "fr"}
_GROUNDED: Final = {"ground": "Motif", "effective_on": "2030-01-01"}
FORMS: Final[Mapping[str, Callable[[Scene, str], Fields]]] = {
    "set_language": lambda _scene, _subject: {"language": "fr", "next": "/fr/"},
    "upload-send": lambda scene, subject: {
        "files": SimpleUploadedFile(*ebds(firm=a_side(scene, subject).enterprise.affiliation or 0, period=202_508))
    },
    "case-new": lambda scene, subject: {"demarche": "regularity", "entreprise": a_side(scene, subject).enterprise.uuid},
    "case-draft": lambda _scene, _subject: {name: value for name, value in ANSWERS.items() if value},
    "case-withdraw": lambda _scene, _subject: {"sur": "oui"},
    "case-say": lambda _scene, _subject: {"text": "Bonjour"},
    "case-decide": lambda _scene, _subject: {"decision": "oui"},
    "case-appeal": lambda _scene, _subject: {"reasons": "Motif"},
    "claim-contest": lambda _scene, _subject: {"reason": "Un mois manque"},
    "claim-signed": lambda scene, subject: {"digest": a_claim(scene, subject).content_digest, "sur": "oui"},
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
    **platforms.FORMS,
    **markets.FORMS,
    **consultations.FORMS,
    **exports.FORMS,
    **surveys.FORMS,
    **commissions.FORMS,
    **ventures.FORMS,
    "review-make": lambda _scene, _subject: {"year": years_to_review()[0]},
    "reform-comment": lambda _scene, _subject: {"text": "Commentaire EXEMPLE"},
    "restitution-reply": lambda _scene, _subject: {"text": "Réponse"},
    "control-together": lambda scene, _subject: {"claim": scene.alpha.claims["signed"].uuid},
    "control-answer": lambda _scene, _subject: {"text": "Réponse", "upheld": "non"},
    "control-conclude": lambda _scene, _subject: {"findings": "Constat"},
    "control-clear": lambda scene, subject: {"line": a_line(a_claim(scene, subject)).pk, "ground": "Vu"},
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
    "commitment-tell": lambda _scene, _subject: {"next_step": "Étape EXEMPLE"},
    "survey-reason": lambda _scene, _subject: {"reason": "refused"},
    "convention-send-back": lambda _scene, _subject: {"ground": "Motif"},
    "convention-amend": lambda _scene, _subject: {"genre": "change_end", "ends_on": "2030-06-30", **_GROUNDED},
    "convention-advance": lambda _scene, _subject: {"milestone": 1},
    "advance-decide": lambda _scene, _subject: {"decision": "oui"},
    "hearing-reply": lambda _scene, _subject: {"text": "Réponse"},
    "hearing-decide": lambda _scene, _subject: {"decision": "oui"},
    "inbox-together": lambda scene, subject: {
        "act": "favorable",
        "task": "{case}/{step}".format(**a_task(scene, subject)),
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
    "enterprise-switch": lambda scene, subject: {"enterprise": a_side(scene, subject).enterprise.uuid},
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
    **platforms.VARIANTS,
    "document of beta": lambda scene: {"reprendre": f"premises_contract:{scene.beta.document.uuid}"},
    "to commune": lambda scene: {"to": scene.accounts["commune"].uuid},
    "lose": lambda _scene: {"act": "lose", "why": "Motif EXEMPLE"},
    "nothing": lambda _scene: {"closed_on": ""},
    "nothing moved": lambda _scene: {"leviers": ""},
    "one employee": lambda scene: {"person": person_text(a_line(scene.alpha.claims["signed"]).person)},
}
"""What a variant sends instead."""


def form(scene: Scene, view: str, subject: str, variant: str) -> dict[str, Any]:
    """What is sent to a view."""
    sent = FORMS[view](scene, subject) if view in FORMS else {}
    return {**sent, **(VARIANTS[variant](scene) if variant in VARIANTS else {})}
