"""An enterprise that has nobody on the platform asks for its first account; who is competent invites or refuses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from minassa.journal.public import append
from minassa.registry.accounts import Power, Role
from minassa.registry.actors import Actor
from minassa.registry.enterprises import Enterprise
from minassa.registry.errors import AlreadyAnswered, WrongIdentity
from minassa.registry.invitation_models import AccountRequest, Invitation, RequestState
from minassa.registry.invitations import invite
from minassa.registry.limits import require_token
from minassa.registry.policy import require
from minassa.registry.registering import STREAM, Identity, findings, register
from minassa.registry.rules import Offered
from minassa.registry.visibility import NONE
from minassa.vocabulary.identifiers import compact_ice

A_DAY: Final = 86_400


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person says when they ask for the first account of their enterprise."""

    ice: str
    enterprise_name: str
    place: int
    email: str
    full_name: str
    position: str = ""
    language: str = "fr"


def ask(asked: Asked, origin: str, at: datetime) -> AccountRequest:
    """A request to be answered. TooOften (5 from one `origin`, then one an hour; 2 a day for one ICE), WrongIdentity.

    The answer is the same whether the enterprise or the person is known already or not.
    """
    wrong = findings(Identity(ice=asked.ice, name=asked.enterprise_name)).get("ice", ())
    refused = [remark.message for remark in wrong if remark.severity == "reject"]
    if refused:
        raise WrongIdentity(_("Un numéro ne peut pas être juste : corrigez les champs signalés."), {"ice": refused[0]})
    ice = compact_ice(asked.ice)
    require_token("account-request-origin", origin, capacity=5, seconds=3600)
    require_token("account-request-ice", ice, capacity=2, seconds=A_DAY / 2)
    with transaction.atomic():
        made = AccountRequest.objects.create(
            ice=ice,
            enterprise_name=asked.enterprise_name.strip(),
            place=asked.place,
            email=asked.email.strip().lower(),
            full_name=asked.full_name.strip(),
            position=asked.position.strip(),
            language=asked.language,
            asked_at=at,
        )
        append(STREAM, "account-request.asked", "visitor", {"request": str(made.uuid)}, at)
    return made


@transaction.atomic
def answer(actor: Actor, request: AccountRequest, at: datetime) -> tuple[Invitation, str]:
    """Invite who asked as signatory, the enterprise being registered if need be: the invitation and its token.

    Forbidden, AlreadyAnswered, WrongIdentity.
    """
    held = _open(actor, request)
    enterprise = Enterprise.objects.filter(ice=held.ice).first() or register(
        actor, Identity(ice=held.ice, name=held.enterprise_name, place=held.place), at
    )
    offered = Offered(enterprise=enterprise, power=Power.SIGN)
    invitation, token = invite(actor, held.email, offered, at, language=held.language)
    _close(actor, held, RequestState.INVITED, at, invitation)
    return invitation, token


@transaction.atomic
def refuse(actor: Actor, request: AccountRequest, at: datetime) -> None:
    """No account is opened. Forbidden, AlreadyAnswered."""
    _close(actor, _open(actor, request), RequestState.REFUSED, at, None)


def visible_requests(actor: Actor) -> Q:
    """Condition of the requests that the actor may see: all of them, or those of the P2I they manage."""
    if actor.has_role(Role.ADMINISTRATOR, Role.SECRETARIAT):
        return Q()
    return Q(place__in=actor.places) if actor.places else NONE


def _open(actor: Actor, request: AccountRequest) -> AccountRequest:
    held = AccountRequest.objects.select_for_update().get(pk=request.pk)
    require(actor, "account-request.answer", held)
    if held.state != RequestState.OPEN:
        raise AlreadyAnswered(_("Quelqu'un a déjà répondu à cette demande."))
    return held


def _close(
    actor: Actor, request: AccountRequest, state: RequestState, at: datetime, invitation: Invitation | None
) -> None:
    request.state, request.answered_at, request.invitation = state, at, invitation
    request.answered_by_id = actor.account_id
    request.save(update_fields=["state", "answered_at", "answered_by", "invitation"])
    append(STREAM, f"account-request.{state}", str(actor), {"request": str(request.uuid)}, at)
