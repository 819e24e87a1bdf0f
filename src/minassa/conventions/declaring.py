"""What the firm declares of commitments that no deposited file measures: an investment made, a dated event."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.utils.translation import gettext as _

from minassa.conventions.acting import acting
from minassa.conventions.convention_models import Convention
from minassa.conventions.errors import ConventionError, ImpossibleAct, TermsRefused
from minassa.conventions.following_models import Declared
from minassa.conventions.reading import current
from minassa.conventions.states import BINDING
from minassa.conventions.terms import LARGEST, LONGEST_NAME, Source, Unit
from minassa.delays import instant_of, local_day
from minassa.registry.public import Actor

_DIGEST: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Deed:
    """What was done for a commitment (its number): centimes invested, or 1 for an event; the day; the document."""

    number: int
    amount: int
    on: date
    title: str
    document_digest: str


def declare(actor: Actor, convention: Convention, deed: Deed, at: datetime) -> Declared:
    """Say, in the name of the firm, that something was done for a commitment, with the digest of the document.

    ImpossibleAct, UnknownCommitment, TermsRefused for a commitment that declarations measure or values that cannot be.
    """
    with acting(actor, "commitment.declare", convention, at) as act:
        if act.convention.state not in BINDING:
            raise ImpossibleAct(_("La convention n'est pas en vigueur : rien ne s'y déclare."))
        one = current(act.convention).terms.commitment(deed.number)
        if one.source is not Source.DECLARED:
            raise TermsRefused(_("Cet engagement se mesure sur vos déclarations : il n'y a rien à dire de plus."))
        _require_said(deed, local_day(instant_of(act.at)), event=one.unit is Unit.EVENT)
        same = {"convention": act.convention, "number": deed.number, "document_digest": deed.document_digest}
        if Declared.objects.filter(**same).exists():
            raise ConventionError(_("Cette pièce a déjà été déclarée pour cet engagement."))
        said = {"amount": deed.amount, "on": deed.on, "title": deed.title.strip(), "by": str(actor), "at": act.at}
        made = Declared.objects.create(**same, **said)
        # The next piece of the worker measures it again from the run it knows.
        act.set(measured_run="")
        told = {"commitment": deed.number, "amount": deed.amount, "document": deed.document_digest}
        act.tell("commitment.declared", **told)
    return made


def _require_said(deed: Deed, today: date, *, event: bool) -> None:
    if event and deed.amount not in {1, -1}:
        raise TermsRefused(_("Une étape est faite ou ne l'est pas."))
    if deed.amount == 0 or abs(deed.amount) > LARGEST:
        raise TermsRefused(_("Le montant est un nombre de centimes, autre que zéro."))
    if deed.on > today:
        raise TermsRefused(_("On déclare ce qui est fait : la date n'est pas à venir."))
    if not deed.title.strip() or len(deed.title) > LONGEST_NAME:
        raise TermsRefused(_("Nommez la pièce, en 200 caractères au plus."))
    if not _DIGEST.fullmatch(deed.document_digest):
        raise TermsRefused(_("L'empreinte de la pièce (SHA-256) compte 64 chiffres hexadécimaux."))
