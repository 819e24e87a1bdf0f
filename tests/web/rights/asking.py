"""What is sent to each address: the object it bears on, the query, the form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from minassa.claims.models import Claim
from minassa.web.opendata.held import held
from tests.web.claims_world import a_declared_month, a_line, a_month
from tests.web.cohorts_world import COHORT
from tests.web.rights import commissions, consultations, exports, markets, platforms, surveys, training, ventures
from tests.web.rights.scene import Scene, Side

Fields = Mapping[str, Any]


def a_side(scene: Scene, subject: str) -> Side:
    return scene.beta if subject.startswith("beta") else scene.alpha


def _case(scene: Scene, subject: str) -> Fields:
    side = a_side(scene, subject)
    return {"case": (side.draft if subject.endswith("draft") else side.case).uuid}


def a_task(scene: Scene, subject: str) -> Fields:
    side = a_side(scene, subject)
    return {"case": side.case.uuid, "step": "commune" if subject.endswith("commune") else side.step}


def _upload(scene: Scene, subject: str) -> Fields:
    side = a_side(scene, subject)
    return {"upload": (side.deposited if subject.endswith("deposited") else side.checked).uuid}


def _firm(scene: Scene, subject: str) -> Fields:
    return {"uuid": a_side(scene, subject).enterprise.uuid}


def _affiliation(scene: Scene, subject: str) -> int:
    return a_side(scene, subject).enterprise.affiliation or 0


def _claim(scene: Scene, subject: str) -> Fields:
    return {"claim": a_claim(scene, subject).uuid}


def _claim_line(scene: Scene, subject: str) -> Fields:
    claim = a_claim(scene, subject)
    return {"claim": claim.uuid, "line": a_line(claim).pk}


def a_claim(scene: Scene, subject: str) -> Claim:
    return a_side(scene, subject).claims["signed" if subject.endswith("signed") else ""]


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
    return {"enterprise": a_side(scene, subject).enterprise.uuid}


def _envelope(scene: Scene, _subject: str) -> Fields:
    return {"envelope": scene.money.envelope.pk}


def _batch(scene: Scene, subject: str) -> Fields:
    return {"number": (scene.money.sent if subject == "sent" else scene.money.proposed).number}


def _right(scene: Scene, _subject: str) -> Fields:
    return {"entitlement": scene.money.right(scene.alpha.enterprise, "suspended").pk}


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
    **platforms.OF,
    **markets.OF,
    **consultations.OF,
    **exports.OF,
    **surveys.OF,
    **commissions.OF,
    **ventures.OF,
    "review": lambda scene, _subject: {"review": scene.objects["review"].uuid},
    "review-file": lambda scene, _subject: {"review": scene.objects["review"].uuid, "form": "docx"},
    "review-annex": lambda scene, _subject: {"review": scene.objects["review"].uuid, "form": "csv"},
    "review-make": lambda _scene, _subject: {},
    "survey-answer": _asked,
    "survey-reason": _asked,
    **dict.fromkeys(("commitment", "commitment-tell"), lambda _scene, _subject: {"code": "emplois"}),
    "indicator": lambda _scene, _subject: {"code": "net_jobs"},
    "indicator-firms": lambda _scene, _subject: {"code": "net_jobs"},
    "indicator-firm": lambda scene, subject: {"code": "net_jobs", "affiliation": _affiliation(scene, subject)},
    "indicator-line": lambda scene, subject: {"code": "net_jobs", **a_declared_month(_affiliation(scene, subject))},
    "cohort": lambda _scene, _subject: COHORT,
    "report-file": lambda _scene, _subject: {**a_month(), "form": "pdf"},
    "report-annex": lambda _scene, _subject: {**a_month(), "form": "csv"},
    "open-data-file": lambda _scene, _subject: _open_file(),
    "reference-occupation": lambda _scene, _subject: {"code": "MO-2512-04"},
    "reference-sheet": lambda _scene, _subject: {"code": "MO-2512-04"},
    **dict.fromkeys(
        ("talent-visa-hired", "talent-visa-given-up"), lambda scene, _subject: {"visa": scene.objects["visa"].uuid}
    ),
    "talent-visa-alert": lambda scene, _subject: {"alert": scene.objects["visa"].alerts.get().pk},
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
    "uploads-of": lambda scene, subject: {"enterprise": a_side(scene, subject).enterprise.uuid},
    "upload-send": lambda scene, subject: {"enterprise": a_side(scene, subject).enterprise.uuid},
    "upload-synthetic": lambda scene, subject: {"enterprise": a_side(scene, subject).enterprise.uuid},
    "upload": _upload,
    "upload-deposit": _upload,
    "upload-receipt": _upload,
    "upload-withdraw": _upload,
    "case-document": lambda scene, subject: {"document": a_side(scene, subject).document.uuid},
    "claim-line": _claim_line,
    "control-contest": lambda scene, _subject: {"contest": scene.objects["contest"].uuid},
    "control-answer": lambda scene, _subject: {"contest": scene.objects["contest"].uuid},
    "claims-following": lambda scene, subject: {"enterprise": a_side(scene, subject).enterprise.uuid},
    "worker-codes": lambda scene, subject: {"enterprise": a_side(scene, subject).enterprise.uuid},
    "worker-letters": lambda scene, subject: {"enterprise": a_side(scene, subject).enterprise.uuid},
    "claim-contest": _claim_line,
    "dead-letter-resend": lambda scene, _subject: {"message": scene.letter.message_id},
    "messages-replay": lambda _scene, _subject: {"body": "cnss"},
    "account-invitation": lambda scene, _subject: {"token": scene.objects["token"]},
    "enterprise-establishment-end": lambda scene, subject: {**_firm(scene, subject), "number": 1},
    "enterprise-mandate-end": lambda scene, of: {**_firm(scene, of), "mandate": a_side(scene, of).mandate.pk},
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
    "task": a_task,
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
        "commitments",
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
        *consultations.BARE,
        *exports.BARE,
        *surveys.BARE,
        "export",
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


def arguments(scene: Scene, view: str, subject: str) -> Fields:
    """The arguments of the address of a view, for what the row is about."""
    if view in OF:
        return OF[view](scene, subject)
    if view in BARE:
        return {}
    found = next((made for prefix, made in BY_PREFIX.items() if view == prefix or view.startswith(f"{prefix}-")), None)
    return found(scene, subject) if found else {}
