"""Who may do what with consultations: one predicate per action. What is not said here is refused.

What a firm asks is known to itself and to those who follow consultations; another firm never learns of it.
"""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from minassa.consultations.models import Attendance, FirmRequest, Hearing
from minassa.registry.models import Enterprise, Power, Role
from minassa.registry.public import Actor, action

FIRM: Final = (Power.PREPARE, Power.SIGN)
HOLDERS: Final = (Role.SECRETARIAT, Role.FEDERATION)
"""Who holds consultations: the secretariat of the CTO, the federation."""
READERS: Final = (*HOLDERS, Role.STEERING_MEMBER, Role.CTO_MEMBER, Role.ANALYST)


@action("consultation.list", label=_("Voir les consultations"), roles=READERS, powers=FIRM)
def _list(_actor: Actor, _subject: object) -> bool:
    """Polls and events are for every firm; the rest is asked one by one."""
    return True


@action("consultation.hold", label=_("Tenir sondages, événements et auditions"), roles=HOLDERS)
def _hold(_actor: Actor, _subject: object) -> bool:
    return True


@action("consultation.speak", label=_("Parler pour une entreprise : demande, sondage, événement"), powers=FIRM)
def may_speak(actor: Actor, enterprise: Enterprise) -> bool:
    """The firm itself, through those who prepare or sign for it."""
    return actor.may_act_for(enterprise.pk, *FIRM)


@action("consultation.come", label=_("Inscrire une entreprise à un événement"), powers=FIRM)
def may_come(actor: Actor, attendance: Attendance) -> bool:
    """The firm itself."""
    return actor.may_act_for(attendance.enterprise_id, *FIRM)


@action("consultation.request", label=_("Lire la demande d'une entreprise"), roles=HOLDERS, powers=FIRM)
def may_read_request(actor: Actor, request: FirmRequest) -> bool:
    """The firm that made it, and who follows consultations."""
    return actor.has_role(*HOLDERS) or actor.may_act_for(request.enterprise_id, *FIRM)


@action("consultation.withdraw", label=_("Retirer une demande de son entreprise"), powers=FIRM)
def may_withdraw(actor: Actor, request: FirmRequest) -> bool:
    """The firm that made it."""
    return actor.may_act_for(request.enterprise_id, *FIRM)


@action("consultation.answer", label=_("Répondre à la demande d'une entreprise"), roles=HOLDERS)
def _answer(_actor: Actor, _request: object) -> bool:
    return True


@action("consultation.hearing", label=_("Lire une audition"), roles=HOLDERS, powers=FIRM)
def may_read_hearing(actor: Actor, hearing: Hearing) -> bool:
    """Who follows consultations, and the firm that was heard once its minutes are approved."""
    if actor.has_role(*HOLDERS):
        return True
    heard = hearing.enterprise_id is not None and actor.may_act_for(hearing.enterprise_id, *FIRM)
    return heard and bool(hearing.approved_by)
