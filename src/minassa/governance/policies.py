"""Who may do what in committees: one predicate per action. What is not said here is refused."""

from __future__ import annotations

from typing import Final

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from minassa.governance.composing import day_of
from minassa.governance.session_models import Membership, Session, SessionState
from minassa.registry.models import Account, Enterprise, Power, Role
from minassa.registry.public import Actor, action, in_force

MEMBERS: Final = (Role.CTO_MEMBER, Role.STEERING_MEMBER)
READERS: Final = (*MEMBERS, Role.SECRETARIAT)


@action("session.list", label=_("Voir les séances des comités"), roles=READERS)
def _list(_actor: Actor, _subject: object) -> bool:
    return True


def visible_sessions(actor: Actor) -> Q:
    """Condition of the sessions that the actor may know of: all for the secretariat, those of one's own committee."""
    if actor.has_role(Role.SECRETARIAT):
        return Q()
    return Q(committee__in=sorted(actor.bodies(*MEMBERS))) & ~Q(state=SessionState.DRAFT)


@action("session.view", label=_("Lire une séance et ses points"), roles=READERS)
def _view(actor: Actor, session: Session) -> bool:
    if actor.has_role(Role.SECRETARIAT):
        return True
    return actor.in_body(session.committee, *MEMBERS) and session.state != SessionState.DRAFT


@action("session.prepare", label=_("Préparer une séance et son ordre du jour"), roles=(Role.SECRETARIAT,))
def _prepare(_actor: Actor, _subject: object) -> bool:
    return True


@action("session.convene", label=_("Convoquer ou annuler une séance"), roles=(Role.SECRETARIAT,))
def _convene(_actor: Actor, _session: Session) -> bool:
    return True


@action("session.attend", label=_("Noter qui est présent"), roles=READERS)
def _attend(actor: Actor, session: Session) -> bool:
    return actor.has_role(Role.SECRETARIAT) or _seated(actor, session)


@action("session.preside", label=_("Ouvrir et lever la séance, ouvrir et fermer les votes"), roles=MEMBERS)
def _preside(actor: Actor, session: Session) -> bool:
    """Who holds the seat that presides, or its substitute; that he or she is there, the act looks at."""
    chairs = [seat["code"] for seat in session.seats if seat["chair"]]
    return _seated(actor, session, seat__in=chairs)


@action("session.vote", label=_("Voter, se récuser, demander le secret, retirer un point de la liste"), roles=MEMBERS)
def _vote(actor: Actor, session: Session) -> bool:
    return _seated(actor, session)


@action("session.seal", label=_("Sceller le procès-verbal"), roles=(Role.SECRETARIAT,))
def _seal(_actor: Actor, _session: Session) -> bool:
    return True


def _seated(actor: Actor, session: Session, **more: object) -> bool:
    """Whether the actor, member of the committee today, holds one of its seats on the day of the session."""
    if actor.account_id is None or not actor.in_body(session.committee, *MEMBERS):
        return False
    held = Membership.objects.filter(in_force(day_of(session.planned_at)), committee=session.committee)
    return held.filter(account_id=actor.account_id, **more).exists()


@action(
    "committee.compose",
    label=_("Donner et retirer les sièges des comités"),
    roles=(Role.SECRETARIAT, Role.ADMINISTRATOR),
)
def _compose(_actor: Actor, _committee: str) -> bool:
    return True


@action(
    "committee.view", label=_("Lire la composition et les règles des comités"), roles=(*READERS, Role.ADMINISTRATOR)
)
def _composition(_actor: Actor, _subject: object) -> bool:
    return True


@action("interest.declare", label=_("Déclarer un intérêt dans une entreprise"), roles=READERS)
def _declare(actor: Actor, account: Account) -> bool:
    return actor.account_id == account.pk or actor.has_role(Role.SECRETARIAT)


@action(
    "derogation.list",
    label=_("Voir le registre des dérogations"),
    roles=(*READERS, Role.OFFICER, Role.SUPERVISOR),
    powers=tuple(Power.values),
)
def _derogations(_actor: Actor, _subject: object) -> bool:
    return True


def visible_derogations(actor: Actor) -> Q:
    """Condition of the derogations that the actor may know of: those of its firms, all for those who work on files."""
    if actor.has_role(*READERS, Role.OFFICER, Role.SUPERVISOR):
        return Q()
    return Q(enterprise__in=sorted(actor.enterprises()))


@action(
    "derogation.view",
    label=_("Lire une dérogation et ses usages"),
    roles=(*READERS, Role.OFFICER, Role.SUPERVISOR),
    powers=tuple(Power.values),
)
def _derogation(actor: Actor, enterprise: Enterprise) -> bool:
    return actor.has_role(*READERS, Role.OFFICER, Role.SUPERVISOR) or actor.may_act_for(enterprise.pk)


@action("derogation.use", label=_("Noter l'usage d'une dérogation"))
def _use(actor: Actor, _subject: object) -> bool:
    return bool(actor.system) or actor.has_role(Role.SECRETARIAT)


@action("derogation.close", label=_("Clore une dérogation avant son terme"), roles=(Role.SECRETARIAT,))
def _close(_actor: Actor, _subject: object) -> bool:
    return True
