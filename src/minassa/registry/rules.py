"""Who may do what in the registry: the predicates, one per action."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from minassa.registry.accounts import Account, Appointment, Mandate, Power, Role
from minassa.registry.actors import Actor
from minassa.registry.bodies import Body
from minassa.registry.enterprises import Enterprise
from minassa.registry.invitation_models import AccountRequest, Invitation
from minassa.registry.persons import Person
from minassa.registry.policy import action
from minassa.registry.visibility import (
    EVERY_ENTERPRISE,
    PERSON_ROLES,
    manages_place_of,
    sees_enterprise,
    visible_persons,
)

_KEEPERS = (Role.ADMINISTRATOR, Role.SECRETARIAT, Role.PARK_MANAGER)


@dataclass(frozen=True, slots=True)
class Offered:
    """What an invitation gives: a role in a body, or a power from an enterprise."""

    body: Body | None = None
    role: str = ""
    enterprise: Enterprise | None = None
    power: str = ""


@action(
    "enterprise.list",
    label=_("Parcourir les entreprises"),
    roles=(*EVERY_ENTERPRISE, Role.PARK_MANAGER),
    powers=tuple(Power.values),
)
def _list(_actor: Actor, _subject: object) -> bool:
    return True


@action(
    "enterprise.view",
    label=_("Voir la fiche d'une entreprise"),
    roles=(*EVERY_ENTERPRISE, Role.PARK_MANAGER),
    powers=tuple(Power.values),
)
def _view(actor: Actor, enterprise: Enterprise) -> bool:
    return sees_enterprise(actor, enterprise)


@action("enterprise.register", label=_("Inscrire une entreprise"), roles=_KEEPERS)
def _register(actor: Actor, place: int | None) -> bool:
    return actor.has_role(Role.ADMINISTRATOR, Role.SECRETARIAT) or place is None or place in actor.places


@action("enterprise.edit", label=_("Corriger la fiche d'une entreprise"), roles=_KEEPERS, powers=(Power.SIGN,))
def _edit(actor: Actor, enterprise: Enterprise) -> bool:
    return (
        actor.has_role(Role.ADMINISTRATOR, Role.SECRETARIAT)
        or actor.may_act_for(enterprise.pk, Power.SIGN)
        or manages_place_of(actor, enterprise)
    )


@action(
    "enterprise.link",
    label=_("Rattacher une entreprise à un groupe, noter ses actionnaires"),
    roles=(Role.ADMINISTRATOR, Role.SECRETARIAT),
)
def _link(_actor: Actor, _enterprise: Enterprise) -> bool:
    return True


@action(
    "mandate.list",
    label=_("Voir qui agit pour une entreprise"),
    roles=_KEEPERS,
    powers=tuple(Power.values),
)
def _mandates(actor: Actor, enterprise: Enterprise) -> bool:
    return (
        actor.has_role(Role.ADMINISTRATOR, Role.SECRETARIAT)
        or actor.may_act_for(enterprise.pk)
        or manages_place_of(actor, enterprise)
    )


@action("mandate.end", label=_("Mettre fin à un mandat"), roles=(Role.ADMINISTRATOR,), powers=(Power.SIGN,))
def _end_mandate(actor: Actor, mandate: Mandate) -> bool:
    return actor.has_role(Role.ADMINISTRATOR) or actor.may_act_for(mandate.enterprise_id, Power.SIGN)


@action(
    "invitation.send",
    label=_("Inviter une personne"),
    roles=(*_KEEPERS, Role.SUPERVISOR),
    powers=(Power.SIGN,),
)
def _invite(actor: Actor, offered: Offered) -> bool:
    if actor.has_role(Role.ADMINISTRATOR):
        return True
    if offered.body is not None:
        return offered.role == Role.OFFICER and actor.in_body(offered.body.code, Role.SUPERVISOR)
    if offered.enterprise is None:
        return False
    if actor.may_act_for(offered.enterprise.pk, Power.SIGN):
        return True
    # Managers and the secretariat bring in the first person; that person then chooses who works for the enterprise.
    first = offered.power == Power.SIGN
    return first and (actor.has_role(Role.SECRETARIAT) or manages_place_of(actor, offered.enterprise))


@action(
    "invitation.revoke",
    label=_("Annuler une invitation"),
    roles=(*_KEEPERS, Role.SUPERVISOR),
    powers=(Power.SIGN,),
)
def _revoke(actor: Actor, invitation: Invitation) -> bool:
    own = invitation.invited_by_id is not None and invitation.invited_by_id == actor.account_id
    for_enterprise = invitation.enterprise_id is not None and actor.may_act_for(invitation.enterprise_id, Power.SIGN)
    return actor.has_role(Role.ADMINISTRATOR) or own or for_enterprise


@action("invitation.list", label=_("Voir les invitations envoyées"), roles=(Role.ADMINISTRATOR,))
def _invitations(_actor: Actor, _subject: object) -> bool:
    return True


@action("account-request.list", label=_("Voir les demandes de premier compte"), roles=_KEEPERS)
def _requests(_actor: Actor, _subject: object) -> bool:
    return True


@action("account-request.answer", label=_("Répondre à une demande de premier compte"), roles=_KEEPERS)
def _answer(actor: Actor, request: AccountRequest) -> bool:
    return actor.has_role(Role.ADMINISTRATOR, Role.SECRETARIAT) or request.place in actor.places


@action("appointment.give", label=_("Nommer une personne dans un organisme"), roles=(Role.ADMINISTRATOR,))
def _appoint(_actor: Actor, _subject: object) -> bool:
    return True


@action(
    "appointment.end",
    label=_("Mettre fin à une nomination"),
    roles=(Role.ADMINISTRATOR, Role.SUPERVISOR),
)
def _end_appointment(actor: Actor, appointment: Appointment) -> bool:
    if actor.has_role(Role.ADMINISTRATOR):
        # Nobody locks the last door behind themselves by mistake: another administrator does it.
        return appointment.account_id != actor.account_id
    return appointment.role == Role.OFFICER and actor.in_body(appointment.body.code, Role.SUPERVISOR)


@action("account.list", label=_("Voir les comptes"), roles=(Role.ADMINISTRATOR,))
def _accounts(_actor: Actor, _subject: object) -> bool:
    return True


@action("account.close", label=_("Fermer ou rouvrir un compte"), roles=(Role.ADMINISTRATOR,))
def _close(actor: Actor, account: Account) -> bool:
    return account.pk != actor.account_id


@action("body.edit", label=_("Régler un organisme et son interface"), roles=(Role.ADMINISTRATOR,))
def _body(_actor: Actor, _subject: object) -> bool:
    return True


@action("client.manage", label=_("Donner et renouveler les clés des interfaces"), roles=(Role.ADMINISTRATOR,))
def _clients(_actor: Actor, _subject: object) -> bool:
    return True


@action("sign-in.list", label=_("Lire le journal des connexions"), roles=(Role.ADMINISTRATOR,))
def _sign_ins(_actor: Actor, _subject: object) -> bool:
    return True


@action(
    "policy.view",
    label=_("Lire le tableau des droits"),
    roles=tuple(Role.values),
    powers=tuple(Power.values),
)
def _policy(_actor: Actor, _subject: object) -> bool:
    return True


@action("administration.enter", label=_("Entrer dans l'administration"), roles=(*_KEEPERS,))
def _administration(_actor: Actor, _subject: object) -> bool:
    return True


@action(
    "person.view",
    label=_("Voir les personnes nommées dans les dossiers"),
    roles=(*PERSON_ROLES, Role.PARK_MANAGER),
    powers=tuple(Power.values),
)
def _person(actor: Actor, person: Person) -> bool:
    return Person.objects.filter(visible_persons(actor), pk=person.pk).exists()


@action(
    "search",
    label=_("Chercher dans tout ce que l'on peut voir"),
    roles=(*EVERY_ENTERPRISE, Role.PARK_MANAGER),
    powers=tuple(Power.values),
)
def _search(_actor: Actor, _subject: object) -> bool:
    return True
