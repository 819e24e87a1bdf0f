"""Signs the content of a case. A signature is bound to a digest: one answer or one document changed, and it is void."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext as _

from minassa.onestop.acting import Act, acting
from minassa.onestop.answers import missing
from minassa.onestop.case_models import Case, Signature
from minassa.onestop.drafting import all_answers
from minassa.onestop.errors import IncompleteCase
from minassa.onestop.file_models import CaseDocument
from minassa.onestop.states import CaseEvent
from minassa.proof import canonical_bytes
from minassa.registry.acting import account_of
from minassa.registry.models import Power
from minassa.registry.public import Actor
from minassa.statements import Compiled, Given

_DOCUMENTS: Final = Compiled(
    lambda: (
        CaseDocument.objects.filter(case_id=Given("case"))
        .order_by("requirement", "document__sha256")
        .values_list("requirement", "document__sha256")
    )
)
_SIGNED: Final = Compiled(
    lambda: Signature.objects.filter(case_id=Given("case"), digest=Given("digest"), power=Power.SIGN).values_list("pk")[
        :1
    ]
)


def sign(actor: Actor, case: Case, at: datetime, *, expected: int | None = None) -> Case:
    """Sign the present content of a case, in the name of its enterprise. IncompleteCase when something is missing."""
    with acting(actor, "case.sign", case, at, expected) as act:
        digest = content_of(act)
        act.move(CaseEvent.SIGN)
        act.add(Signature(case=act.case, account_id=account_of(actor), power=Power.SIGN, digest=digest, at=act.at))
        act.tell("case.signed", digest=digest)
    return case


def content_of(act: Act) -> str:
    """Digest of the whole content of the case of an act; IncompleteCase when something required is missing."""
    answers = all_answers(act.case)
    documents = documents_of(act.case)
    problems = missing(act.procedure, answers, frozenset(documents))
    if problems:
        raise IncompleteCase(_("Il manque des réponses ou des pièces."), problems=problems)
    return digest_of(act.case, answers, documents)


def documents_of(case: Case) -> dict[str, list[str]]:
    """Digests of the documents of a case, by requirement."""
    found: dict[str, list[str]] = {}
    for requirement, digest in _DOCUMENTS.values(case=case.pk):
        found.setdefault(requirement, []).append(digest)
    return found


def digest_of(case: Case, answers: Mapping[str, Any], documents: Mapping[str, list[str]]) -> str:
    """SHA-256 in hexadecimal of all that an enterprise signs: which request, of whom, its answers, its documents."""
    content = {
        "case": str(case.uuid),
        "procedure": case.procedure_id,
        "enterprise": case.enterprise_id,
        "answers": dict(answers),
        "documents": dict(documents),
    }
    return hashlib.sha256(canonical_bytes(content)).hexdigest()


def is_signed(case: Case, digest: str) -> bool:
    """Whether someone with the power to sign has signed exactly this content."""
    return bool(_SIGNED.values(case=case.pk, digest=digest))
