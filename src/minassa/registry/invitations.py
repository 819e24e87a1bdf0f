"""An account is opened by an invitation: one letter, one person, one right, once, before a day."""

from __future__ import annotations

import hashlib
import secrets
from datetime import date, datetime, timedelta
from typing import Final

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from minassa.journal.public import append
from minassa.registry.accounts import Account
from minassa.registry.actors import Actor, in_force
from minassa.registry.bodies import Body
from minassa.registry.enterprises import Enterprise
from minassa.registry.errors import AlreadyHeld, OnePowerEach, WeakPassword, WrongInvitation
from minassa.registry.invitation_models import Invitation
from minassa.registry.policy import require
from minassa.registry.registering import STREAM
from minassa.registry.rules import Offered

VALID_FOR: Final = timedelta(days=7)


@transaction.atomic
def invite(actor: Actor, email: str, offered: Offered, at: datetime, *, language: str = "fr") -> tuple[Invitation, str]:
    """An invitation and its token, shown this once: only its digest is kept. Forbidden.

    Earlier invitations of the same person to the same right are revoked. Nothing tells whether the address has an
    account already.
    """
    require(actor, "invitation.send", offered)
    token = secrets.token_urlsafe(32)
    terms = {"body": offered.body, "role": offered.role, "enterprise": offered.enterprise, "power": offered.power}
    address = email.strip().lower()
    Invitation.objects.filter(pending(at), email=address, **terms).update(revoked_at=at)
    made = Invitation.objects.create(
        email=address,
        token_digest=_digest(token),
        language=language,
        invited_by_id=actor.account_id,
        invited_at=at,
        expires_at=at + VALID_FOR,
        **terms,
    )
    append(STREAM, "invitation.sent", str(actor), {"invitation": str(made.uuid), **_right(made)}, at)
    return made, token


@transaction.atomic
def revoke(actor: Actor, invitation: Invitation, at: datetime) -> None:
    """An invitation that was not used opens nothing any more. Forbidden."""
    require(actor, "invitation.revoke", invitation)
    if Invitation.objects.filter(pending(at), pk=invitation.pk).update(revoked_at=at):
        append(STREAM, "invitation.revoked", str(actor), {"invitation": str(invitation.uuid)}, at)


def pending(at: datetime) -> Q:
    """Condition of the invitations that can still be used."""
    return Q(accepted_at__isnull=True, revoked_at__isnull=True, expires_at__gt=at)


def invitation_of(token: str, at: datetime) -> Invitation:
    """The invitation of a token that can still be used; WrongInvitation otherwise."""
    found = Invitation.objects.filter(pending(at), token_digest=_digest(token)).first()
    if found is None:
        raise _refusal()
    return found


@transaction.atomic
def accept(token: str, *, full_name: str, password: str, language: str, at: datetime) -> Account:
    """The account that an invitation opens, with the right it gives.

    WrongInvitation (also when the address has an account: its owner signs in and calls `join`), WeakPassword.
    """
    invitation = _claimed(token, at)
    if Account.objects.filter(email=invitation.email).exists():
        raise _refusal()
    account = Account(email=invitation.email, full_name=full_name.strip(), language=language)
    try:
        validate_password(password, account)
    except ValidationError as weak:
        raise WeakPassword(" ".join(weak.messages)) from weak
    account.set_password(password)
    account.save()
    _give(account, invitation, at)
    return account


@transaction.atomic
def join(account: Account, token: str, at: datetime) -> None:
    """The right that an invitation gives, to the signed-in account it was sent to.

    WrongInvitation, AlreadyHeld, OnePowerEach.
    """
    invitation = _claimed(token, at)
    if invitation.email != account.email:
        raise _refusal()
    _give(account, invitation, at)


def _grant(account: Account, invitation: Invitation, since: date) -> None:
    # The account is held: two invitations accepted at the same instant see each other.
    Account.objects.select_for_update().get(pk=account.pk)
    try:
        with transaction.atomic():
            if invitation.enterprise is not None:
                _mandate(account, invitation.enterprise, invitation, since)
            elif invitation.body is not None:
                _appoint(account, invitation.body, invitation, since)
    except IntegrityError as twice:
        raise AlreadyHeld(_("Ce compte a déjà ce droit.")) from twice


def _mandate(account: Account, enterprise: Enterprise, invitation: Invitation, since: date) -> None:
    held = account.mandates.filter(in_force(since), enterprise=enterprise)
    if held.exclude(power=invitation.power).exists():
        raise OnePowerEach(
            _("Un même compte ne prépare pas et ne signe pas pour la même entreprise : invitez une autre personne.")
        )
    account.mandates.create(
        enterprise=enterprise,
        power=invitation.power,
        since=since,
        granted_by_id=invitation.invited_by_id,
    )


def _appoint(account: Account, body: Body, invitation: Invitation, since: date) -> None:
    if account.appointments.filter(in_force(since), body=body, role=invitation.role).exists():
        raise AlreadyHeld(_("Ce compte a déjà ce droit."))
    account.appointments.create(body=body, role=invitation.role, since=since)


def _claimed(token: str, at: datetime) -> Invitation:
    # The row is held: a link opened twice at the same instant is used once.
    found = Invitation.objects.select_for_update().filter(pending(at), token_digest=_digest(token)).first()
    if found is None:
        raise _refusal()
    return found


def _give(account: Account, invitation: Invitation, at: datetime) -> None:
    _grant(account, invitation, timezone.localdate(at))
    invitation.accepted_at = at
    invitation.save(update_fields=["accepted_at"])
    body = {"invitation": str(invitation.uuid), "account": account.pk, **_right(invitation)}
    append(STREAM, "invitation.accepted", f"account:{account.pk}", body, at)


def _right(invitation: Invitation) -> dict[str, str]:
    if invitation.body is not None:
        return {"body": invitation.body.code, "role": str(invitation.role)}
    enterprise = invitation.enterprise
    return {"enterprise": str(enterprise.uuid) if enterprise else "", "power": str(invitation.power)}


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _refusal() -> WrongInvitation:
    return WrongInvitation(
        _("Cette invitation n'ouvre plus rien : elle a servi, a été annulée ou a expiré. Demandez-en une nouvelle.")
    )
