"""An employee's right to know: what is claimed in his or her name, by whom, and to contest it.

The employee shows a CNSS number and a code received out of band. The number becomes the keyed pseudonym at once: it is
neither stored nor logged. Every failure is one answer, and attempts are counted by number and by where they come from.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Final
from uuid import UUID

import numpy as np
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils.translation import gettext as _

from minassa.claims.acting import acting
from minassa.claims.claim_models import Claim, Contest, Line
from minassa.claims.contesting import put
from minassa.claims.errors import WrongCode
from minassa.claims.round_models import WorkerCode
from minassa.claims.settling import align, money_held
from minassa.claims.states import NOT_ASKED
from minassa.declarations.pseudonyms import Pseudonyms
from minassa.journal.public import append
from minassa.registry.models import Enterprise
from minassa.registry.public import Actor, Forbidden, require, require_token, system_actor
from minassa.vocabulary.identifiers import check_immatriculation, compact

WORKER: Final = system_actor("worker")
CODE_SIGNS: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without 0, 1, I, L, O: a code is read from paper."""
CODE_LENGTH: Final = 12
CODE_DAYS: Final = 400
ATTEMPTS, SECONDS_A_TRY = 5, 600.0
PLACE_ATTEMPTS, PLACE_SECONDS_A_TRY = 30, 30.0


@dataclass(frozen=True, slots=True)
class Shown:
    """What an employee shows: CNSS number, code, and where the request comes from (for the limit of attempts).

    Its `repr` holds none of it, so that no log does.
    """

    number: str = field(repr=False)
    code: str = field(repr=False)
    place: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Claimed:
    """One premium claimed in the name of an employee: by whom, for when, how much (centimes), where it stands."""

    claim: UUID
    line: int
    enterprise: str
    measure: str
    period: str
    state: str
    amount_cents: int
    contested: bool
    answer: str


def issue_code(actor: Actor, enterprise: Enterprise, number: str, pseudonyms: Pseudonyms, at: datetime) -> str:
    """A new code for an employee whom the firm claims for, to be handed to him or her; it replaces the one before.

    The code is returned once and never kept. Forbidden for another firm's employee; WrongCode for no valid number.
    """
    require(actor, "worker.code", enterprise)
    person = person_of(number, pseudonyms)
    if not Line.objects.filter(person=person, claim__enterprise=enterprise).exists():
        raise Forbidden(_("Aucune prime n'est demandée par cette entreprise pour ce salarié."))
    code = "".join(secrets.choice(CODE_SIGNS) for _rank in range(CODE_LENGTH))
    values = {
        "code_digest": make_password(code),
        "issued_by": str(actor),
        "issued_at": at,
        "valid_until": at + timedelta(days=CODE_DAYS),
    }
    with transaction.atomic():
        kept, _made = WorkerCode.objects.update_or_create(person=person, defaults=values)
        append(f"enterprise:{enterprise.pk}", "worker.code_issued", str(actor), {"code": kept.pk}, at)
    return code


def person_of(number: str, pseudonyms: Pseudonyms) -> int:
    """The pseudonym of a CNSS number; WrongCode when it is no number of a person. Keeps nothing."""
    digits = compact(number)
    if check_immatriculation(digits):
        raise _wrong()
    person = int(pseudonyms.of_numbers(np.array([int(digits)], dtype=np.int64))[0])
    if person == Pseudonyms.nobody:
        raise _wrong()
    return person


def claimed_for(shown: Shown, pseudonyms: Pseudonyms, at: datetime) -> list[Claimed]:
    """What is claimed in the name of the employee of a number and a code, the latest first; nothing of anybody else.

    WrongCode, TooOften.
    """
    person = _known(shown, pseudonyms, at)
    lines = (
        Line.objects.filter(person=person)
        .exclude(claim__state__in=NOT_ASKED)
        .exclude(cumulative_cents=0, earlier_cents=0)
        .select_related("claim__enterprise")
        .order_by("-claim__last_month", "claim_id", "pk")
    )
    contests = {one.line_id: one for one in _own_contests(person)}
    return [_told(line, contests.get(line.pk)) for line in lines]


def contest_own(shown: Shown, claim: UUID, line: int, reason: str, pseudonyms: Pseudonyms, at: datetime) -> Contest:
    """Contest a line claimed in one's own name: it is not paid until answered. WrongCode for another's line."""
    person = _known(shown, pseudonyms, at)
    own = Line.objects.filter(pk=line, person=person, claim__uuid=claim).select_related("claim").first()
    if own is None:
        raise _wrong()
    with money_held(own.claim.reference), acting(WORKER, "", own.claim, at) as act:
        written = put(act, own.pk, reason, by=str(WORKER), by_worker=True)
        align(act)
    return written


def _known(shown: Shown, pseudonyms: Pseudonyms, at: datetime) -> int:
    """The pseudonym behind a number and its code; every attempt counts, and costs the same for a number unknown."""
    require_token("worker-place", shown.place, capacity=PLACE_ATTEMPTS, seconds=PLACE_SECONDS_A_TRY)
    person = person_of(shown.number, pseudonyms)
    require_token("worker-person", str(person), capacity=ATTEMPTS, seconds=SECONDS_A_TRY)
    kept = WorkerCode.objects.filter(person=person, valid_until__gt=at).first()
    code = compact(shown.code).upper()
    right = check_password(code, kept.code_digest if kept is not None else _decoy())
    if kept is None or not right:
        raise _wrong()
    return person


@cache
def _decoy() -> str:
    """A digest that no code has, as long to check as a true one."""
    return make_password(secrets.token_hex(16))


def _wrong() -> WrongCode:
    return WrongCode(_("Ce numéro et ce code ne vont pas ensemble, ou le code n'est plus valable."))


def _own_contests(person: int) -> list[Contest]:
    return list(Contest.objects.filter(line__person=person, by_worker=True).order_by("pk"))


def _told(line: Line, contested: Contest | None) -> Claimed:
    claim: Claim = line.claim
    waiting = contested is not None and contested.answered_at is None
    return Claimed(
        claim=claim.uuid,
        line=line.pk,
        enterprise=claim.enterprise.name,
        measure=claim.measure,
        period=claim.period,
        state=claim.state,
        amount_cents=line.amount_cents,
        contested=waiting,
        answer=contested.answer if contested is not None else "",
    )
